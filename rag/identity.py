"""Which addresses are one article's, when an article has changed, and what its versions and passages are called.

All of it is kept in corpora, so a change of these rules needs a migration. That is also why they are our own: those of
a library change with its releases.
"""

import json
import re
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from rag.model import Article

# Parameters that say how a reader came to an article, not which it is: of advertising networks, newsletters, social
# networks and the statistics of publishers.
_TRACKING = frozenset(
    "_ga _gl amp campaign_id cid cmp cmpid dclid dicbo emc fb_action_ids fb_action_types fbclid feature ftag gaa_at "
    "gaa_n gaa_sig gaa_ts gbraid gclid gclsrc guccounter guce_referrer guce_referrer_sig icid icmp igsh igshid "
    "instance_id ito li_fat_id mbid mc_cid mc_eid mkt_tok mod msclkid ncid nl ns_campaign ns_mchannel ns_source ocid "
    "oly_anon_id oly_enc_id outputtype rcid ref ref_src ref_url referrer referringsource regi_id s_cid s_kwcid "
    "segment_id share sh smid smtyp smtype soc_src soc_trk source spm sr_share srnd src sref taid trk ttclid twclid "
    "user_id usqp vero_conv vero_id wbraid wt.mc_id xtor yclid".split()
)
# Some of them are used for numbers of articles, too: where the value is one, it tells.
_MAY_TELL = frozenset("cmp mod nl ref rcid share source src".split())
_TRACKING_PREFIXES = ("utm_", "at_", "hsa_", "pk_", "mtm_", "_hs", "__twitter", "_branch", "wt_", "wickedid", "guce_")
_PREFIXES = re.compile(r"^(?:(?:www\d?|amp|m|mobile)\.)+(?=[^.]+\.)")
_AMP_PATH = re.compile(r"^/amp(?=/.)|/amp/?$|[./]amp(?=\.html?$)|\.amp$", re.IGNORECASE)
_AMP_CACHE = re.compile(r"^/(?:[a-z]/)?(?:s/)?(?=[^/]+\.[^/]+)")
_GOOGLE_AMP = re.compile(r"^/amp/(?:s/)?(?=[^/]+\.[^/]+)")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def url_key(url: str) -> str:
    """What an address is known by: equal for two that lead to the same article.

    Scheme, `www.`, `m.`, AMP forms, default ports, fragments, trailing slashes, the order of parameters and those that
    track readers do not count. What is no web address is its own key.

    >>> url_key("http://www.News.example/a/?utm_source=x&id=7#top") == url_key("https://news.example/amp/a?id=7")
    True
    >>> url_key("https://news.example/a?id=7")
    'news.example/a?id=7'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host:
        return url
    path = _plain(parts.path)
    inside = _inside_amp_cache(host, path)
    if inside:
        return url_key(f"https://{inside}" + (f"?{parts.query}" if parts.query else ""))
    host = _PREFIXES.sub("", host) + ("" if port in (None, _DEFAULT_PORTS[parts.scheme.lower()]) else f":{port}")
    path = _AMP_PATH.sub("", path).rstrip("/")
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if _tells(*pair)))
    # "#!/story/7" and "#/story/7" are addresses within a page that is a program.
    route = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return f"{host}{path}{'?' if query else ''}{query}{route}"


def content_hash(article: Article, text: str) -> str:
    """Changes with what a version is: its title, its text (given without furniture), and who published it when.

    Neither the address counts, of which an article may have several, nor when it was last updated: publishers touch
    that without a word changed.
    """
    published = article.published_at and article.published_at.isoformat()
    seen = (article.title, article.source, article.authors, published, article.category, article.language, text)
    return _digest(seen)


def text_hash(title: str, text: str) -> str:
    """Changes with the words alone: the title and the text (given without furniture)."""
    return _digest((title, text))


def version_key(article_id: str, number: int) -> str:
    """A short key of a version, derived from its article's id alone, so that a second run makes the same one.

    >>> version_key("https://example.org/a", 2)
    'b5b10dd0429e69ac-2'
    """
    return f"{sha256(article_id.encode()).hexdigest()[:16]}-{number}"


def passage_id(article_id: str, number: int, ordinal: int) -> str:
    """The id of the passage at this place (from 0) in a version."""
    return f"{version_key(article_id, number)}-{ordinal}"


def version_of_passage(identifier: str) -> str:
    """The key of the version that the passage of this id stands in.

    >>> version_of_passage(passage_id("https://example.org/a", 2, 7))
    'b5b10dd0429e69ac-2'
    """
    return identifier.rpartition("-")[0]


def _digest(values: object) -> str:
    return sha256(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _inside_amp_cache(host: str, path: str) -> str | None:
    """The address that a copy in an AMP cache is of, without its scheme."""
    if host.endswith(".cdn.ampproject.org"):
        return _AMP_CACHE.sub("", path)
    if re.fullmatch(r"(?:www\.)?google\.[a-z.]+", host) and _GOOGLE_AMP.match(path):
        return _GOOGLE_AMP.sub("", path)
    return None


def _plain(path: str) -> str:
    """The path with its escapes written one way, and without empty steps."""
    return quote(
        unquote(re.sub(r"/{2,}", "/", path), errors="surrogateescape"),
        safe="/:@!$&'()*+,;=~-._",
        errors="surrogateescape",
    )


def _tells(name: str, value: str) -> bool:
    if name.lower() in _MAY_TELL and value.isdecimal():
        return True
    return name.lower() not in _TRACKING and not name.lower().startswith(_TRACKING_PREFIXES)
