"""The links between last texts as groups of articles."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from math import inf

from rag.adapters.rows import ARTICLE, Row, article_of
from rag.adapters.selection import CURRENT, where
from rag.model import Article, Filters, Grouping
from rag.stories import groups

Query = Callable[[str, Mapping[str, object]], list[Row]]

Text = frozenset[str]
"""The versions, by key, that are copies of each other: one set that they share, however many they are."""

_OF_ARTICLES = f"""SELECT v.article_id, v.key FROM json_each(:ids) AS wanted
    CROSS JOIN versions v ON v.article_id = wanted.value WHERE {CURRENT}"""
_HAVE_LINKS = """SELECT wanted.value FROM json_each(:keys) AS wanted
    WHERE EXISTS (SELECT 1 FROM links l WHERE l.version_key = wanted.value AND l.kind = :kind)"""
_LINKED = f"""SELECT v.key FROM (
        SELECT DISTINCT l.other_key AS key FROM json_each(:keys) AS wanted
        CROSS JOIN links l ON l.version_key = wanted.value AND l.kind = :kind) AS other
    CROSS JOIN versions v ON v.key = other.key WHERE {CURRENT}"""


def groupings(query: Query, article_ids: Collection[str], filters: Filters) -> dict[str, Grouping]:
    """What stands beside each of these articles, of what the filters let through."""
    keys: dict[str, str] = {row[0]: row[1] for row in query(_OF_ARTICLES, {"ids": _listed(article_ids)})}
    copies = _texts(query, keys.values())
    texts = {article_id: copies.get(key, frozenset((key,))) for article_id, key in keys.items()}
    beside = _beside(query, set(texts.values()))
    articles = _articles(query, set().union(*beside, *beside.values()), filters)
    listed = {text: (_in_order(articles, text), _in_order(articles, others)) for text, others in beside.items()}
    found: dict[str, Grouping] = {}
    for article_id in article_ids:
        same, stories = listed[texts[article_id]] if article_id in texts else ((), ())
        found[article_id] = Grouping(tuple(each for each in same if each.id != article_id), stories)
    return found


def count_copied(query: Query, article_ids: Collection[str]) -> int:
    """How many of these articles have a copy that search may see."""
    ((count,),) = query(
        f"""SELECT COUNT(*) FROM ({_OF_ARTICLES}) AS one WHERE EXISTS (
                SELECT 1 FROM links l CROSS JOIN versions v ON v.key = l.other_key
                WHERE l.version_key = one.key AND l.kind = 'copy' AND {CURRENT})""",
        {"ids": _listed(article_ids)},
    )
    return int(count)


def count_copy_groups(query: Query) -> int:
    """How many texts stand in several articles that search may see."""
    seen = f"SELECT v.key FROM versions v WHERE {CURRENT}"
    pairs = query(
        f"""SELECT version_key, other_key FROM links
            WHERE kind = 'copy' AND +version_key IN ({seen}) AND +other_key IN ({seen})""",
        {},
    )
    return len(set(groups((one, other) for one, other in pairs).values()))


def count_articles_of_stories(query: Query) -> int:
    """How many articles that search may see stand beside another report of their event that is no copy of them."""
    seen = f"SELECT v.key FROM versions v WHERE {CURRENT}"
    ((count,),) = query(
        f"""SELECT COUNT(DISTINCT version_key) FROM links l
            WHERE kind = 'story' AND +version_key IN ({seen}) AND +other_key IN ({seen}) AND NOT EXISTS (
                SELECT 1 FROM links c
                WHERE c.version_key = l.version_key AND c.kind = 'copy' AND c.other_key = l.other_key)""",
        {},
    )
    return int(count)


def _beside(query: Query, texts: Collection[Text]) -> dict[Text, set[str]]:
    """The other reports of the event of each text, with the copies of those, too."""
    reporting = _having_links(query, set().union(*texts), "story")
    found: dict[Text, set[str]] = {
        text: set() if text.isdisjoint(reporting) else _linked(query, text, "story") - text for text in texts
    }
    copies = _texts(query, set().union(*found.values()))
    return {
        text: others.union(*{copies[each] for each in others if each in copies}) - text
        for text, others in found.items()
    }


def _texts(query: Query, keys: Collection[str]) -> dict[str, Text]:
    """The text of each version that has copies, and of each of these."""
    texts: dict[str, Text] = {}
    for key in _having_links(query, keys, "copy"):
        if key not in texts:
            text = _reached(query, key)
            texts |= dict.fromkeys(text, text)
    return texts


def _reached(query: Query, key: str) -> Text:
    """A version with its copies, reached from one to the next."""
    reached: set[str] = set()
    ahead = {key}
    while ahead:
        reached |= ahead
        ahead = _linked(query, ahead, "copy") - reached
    return frozenset(reached)


def _having_links(query: Query, keys: Collection[str], kind: str) -> list[str]:
    """Those of these versions that are linked at all."""
    return [key for (key,) in query(_HAVE_LINKS, {"keys": _listed(keys), "kind": kind})]


def _linked(query: Query, keys: Collection[str], kind: str) -> set[str]:
    """What search may see that these versions are linked to."""
    return {key for (key,) in query(_LINKED, {"keys": _listed(keys), "kind": kind})}


def _articles(query: Query, keys: Collection[str], filters: Filters) -> dict[str, Article]:
    """By their current versions' keys, the articles that pass the filters, as these have them."""
    if not keys:
        return {}
    condition, parameters = where(filters)
    rows = query(
        f"""SELECT last.key, {ARTICLE} FROM json_each(:keys) AS wanted
            CROSS JOIN versions last ON last.key = wanted.value
            CROSS JOIN versions v ON v.article_id = last.article_id WHERE {condition}""",
        parameters | {"keys": _listed(keys)},
    )
    return {row[0]: article_of(row[1:]) for row in rows}


def _in_order(articles: Mapping[str, Article], keys: Iterable[str]) -> tuple[Article, ...]:
    """The earliest first, those without a date last."""
    found = (articles[key] for key in keys if key in articles)
    return tuple(sorted(found, key=lambda a: (a.published_at.timestamp() if a.published_at else inf, a.id)))


def _listed(values: Iterable[str]) -> str:
    return json.dumps(sorted(values))
