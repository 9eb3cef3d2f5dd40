"""The links between last texts as groups of articles."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from math import inf

from rag.adapters.rows import ARTICLE, Row, article_of
from rag.adapters.selection import CURRENT, where
from rag.model import Article, Filters, Grouping
from rag.stories import groups

Query = Callable[[str, Mapping[str, object]], list[Row]]

_OF_ARTICLES = f"""SELECT v.article_id, v.key FROM json_each(:ids) AS wanted
    CROSS JOIN versions v ON v.article_id = wanted.value WHERE {CURRENT}"""
_LINKED = f"""SELECT l.version_key, l.other_key FROM json_each(:keys) AS wanted
    CROSS JOIN links l ON l.version_key = wanted.value AND l.kind = :kind
    CROSS JOIN versions v ON v.key = l.other_key WHERE {CURRENT}"""


def groupings(query: Query, article_ids: Collection[str], filters: Filters) -> dict[str, Grouping]:
    """What stands beside each of these articles, of what the filters let through."""
    keys: dict[str, str] = {row[0]: row[1] for row in query(_OF_ARTICLES, {"ids": _listed(article_ids)})}
    copies = _copy_groups(query, keys.values())
    reports = _reports(query, {key: copies.get(key, {key}) for key in keys.values()})
    articles = _articles(query, set().union(*copies.values(), *reports.values()), filters)
    return {
        article_id: Grouping(
            _in_order(articles, copies.get(key, set()) - {key}), _in_order(articles, reports.get(key, set()))
        )
        for article_id, key in ((article_id, keys.get(article_id, "")) for article_id in article_ids)
    }


def count_copy_groups(query: Query) -> int:
    """How many texts stand in several articles that search may see."""
    seen = f"SELECT v.key FROM versions v WHERE {CURRENT}"
    pairs = query(
        f"""SELECT version_key, other_key FROM links
            WHERE kind = 'copy' AND version_key IN ({seen}) AND other_key IN ({seen})""",
        {},
    )
    return len(set(groups((one, other) for one, other in pairs).values()))


def count_articles_of_stories(query: Query) -> int:
    """How many articles that search may see stand beside another report of their event that is no copy of them."""
    seen = f"SELECT v.key FROM versions v WHERE {CURRENT}"
    ((count,),) = query(
        f"""SELECT COUNT(DISTINCT version_key) FROM links l
            WHERE kind = 'story' AND version_key IN ({seen}) AND other_key IN ({seen}) AND NOT EXISTS (
                SELECT 1 FROM links c
                WHERE c.version_key = l.version_key AND c.kind = 'copy' AND c.other_key = l.other_key)""",
        {},
    )
    return int(count)


def _reports(query: Query, copies: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The other reports of the event of each text, of which these are the copies: with the copies of those, too."""
    linked: dict[str, set[str]] = defaultdict(set)
    for one, other in query(_LINKED, {"keys": _listed(set().union(*copies.values())), "kind": "story"}):
        linked[one].add(other)
    beside = {key: set().union(*(linked[each] for each in of_text)) - of_text for key, of_text in copies.items()}
    others = _copy_groups(query, set().union(*beside.values()))
    return {
        key: found.union(*(others.get(each, set()) for each in found)) - copies[key] for key, found in beside.items()
    }


def _copy_groups(query: Query, keys: Iterable[str]) -> dict[str, set[str]]:
    """The members of the group of each version that has copies, reached from one to the next."""
    pairs: set[tuple[str, str]] = set()
    reached: set[str] = set()
    ahead = set(keys)
    while ahead:
        found = query(_LINKED, {"keys": _listed(ahead), "kind": "copy"})
        pairs.update((one, other) for one, other in found)
        reached |= ahead
        ahead = {other for _, other in found} - reached
    group_of = groups(pairs)
    members: dict[str, set[str]] = defaultdict(set)
    for key, group in group_of.items():
        members[group].add(key)
    return {key: members[group] for key, group in group_of.items()}


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
