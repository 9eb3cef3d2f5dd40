"""Filters as SQL: which versions search may see. The one place that decides it."""

from datetime import UTC, date, datetime, time

from rag.model import Filters

# A version under embargo is already marked as current, beside the one that it will supersede. So it is seen from the
# moment on that its embargo ends, though no one writes then. The plus keeps SQLite from looking for the current ones
# among all, which nearly all are, where it shall look for those of some articles.
CURRENT = """+v.current = 1 AND (v.embargo_s IS NULL OR v.embargo_s <= now_s())
    AND v.key NOT IN (SELECT old.key FROM versions new JOIN versions old ON old.article_id = new.article_id
                      WHERE new.embargo_s IS NOT NULL AND new.embargo_s <= now_s() AND +new.current = 1
                      AND old.number < new.number)"""

CURRENT_AS_OF = """v.published_s <= :as_of
    AND (v.embargo_s IS NULL OR v.embargo_s <= now_s())
    AND v.key = (SELECT w.key FROM versions w WHERE w.article_id = v.article_id AND w.known_s <= :as_of
                 ORDER BY w.known_s DESC, w.number DESC LIMIT 1)
    AND v.article_id NOT IN (SELECT id FROM articles WHERE withdrawn_at IS NOT NULL)"""

_DAY_SECONDS = 86_400

Parameters = dict[str, str | float]


def where(filters: Filters, matching: str = "") -> tuple[str, Parameters]:
    """The condition over `versions v` that these filters mean, with its parameters.

    `matching` adds: every word of it stands in the title.
    """
    conditions = [CURRENT if filters.as_of is None else CURRENT_AS_OF]
    parameters: Parameters = {} if filters.as_of is None else {"as_of": filters.as_of.timestamp()}

    def one_of(expression: str, name: str, values: tuple[str, ...]) -> str:
        named = {f"{name}{i}": value for i, value in enumerate(values)}
        parameters.update(named)
        return f"casefold({expression}) IN ({', '.join(f'casefold(:{n})' for n in named)})"

    if filters.sources:
        conditions.append(one_of("v.source", "source", filters.sources))
    if filters.categories:
        conditions.append(one_of("v.category", "category", filters.categories))
    if filters.languages:
        conditions.append(one_of("v.language", "language", filters.languages))
    if filters.authors:
        among = one_of("author.value", "author", filters.authors)
        conditions.append(f"EXISTS (SELECT 1 FROM json_each(v.authors) AS author WHERE {among})")
    if filters.published_from is not None:
        conditions.append("v.published_s >= :published_from")
        parameters["published_from"] = _midnight(filters.published_from)
    if filters.published_to is not None:
        conditions.append("v.published_s < :published_to")
        parameters["published_to"] = _midnight(filters.published_to) + _DAY_SECONDS
    for number, word in enumerate(matching.split()):
        conditions.append(f"instr(casefold(v.title), casefold(:word{number})) > 0")
        parameters[f"word{number}"] = word
    return " AND ".join(conditions), parameters


def _midnight(day: date) -> float:
    return datetime.combine(day, time.min, tzinfo=UTC).timestamp()
