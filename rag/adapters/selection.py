"""Filters as SQL: which versions search may see. The one place that decides it."""

from datetime import UTC, date, datetime, time, timedelta

from rag.model import Filters

CURRENT = "v.current = 1"

CURRENT_AS_OF = """a.withdrawn_at IS NULL AND v.published_s <= :as_of AND v.number = (
    SELECT MAX(w.number) FROM versions w WHERE w.article_id = v.article_id AND w.known_s <= :as_of)"""

Parameters = dict[str, str | float]


def where(filters: Filters, matching: str = "") -> tuple[str, Parameters]:
    """The condition over `versions v JOIN articles a` that these filters mean, with its parameters.

    `matching` adds: every word of it stands in the title.
    """
    conditions = [CURRENT if filters.as_of is None else CURRENT_AS_OF]
    parameters: Parameters = {} if filters.as_of is None else {"as_of": filters.as_of.timestamp()}

    def one_of(expression: str, name: str, values: tuple[str, ...]) -> None:
        names = [f"{name}{i}" for i in range(len(values))]
        parameters.update(zip(names, values, strict=True))
        conditions.append(f"{expression} IN ({', '.join(f'casefold(:{n})' for n in names)})")

    if filters.sources:
        one_of("casefold(v.source)", "source", filters.sources)
    if filters.categories:
        one_of("casefold(v.category)", "category", filters.categories)
    if filters.languages:
        one_of("casefold(v.language)", "language", filters.languages)
    if filters.authors:
        conditions.append("EXISTS (SELECT 1 FROM json_each(v.authors) AS author WHERE")
        one_of("casefold(author.value)", "author", filters.authors)
        conditions[-2:] = [f"{conditions[-2]} {conditions[-1]})"]
    if filters.published_from is not None:
        conditions.append("v.published_s >= :published_from")
        parameters["published_from"] = _midnight(filters.published_from)
    if filters.published_to is not None:
        conditions.append("v.published_s < :published_to")
        parameters["published_to"] = _midnight(filters.published_to + timedelta(days=1))
    for number, word in enumerate(matching.split()):
        conditions.append(f"instr(casefold(v.title), casefold(:word{number})) > 0")
        parameters[f"word{number}"] = word
    return " AND ".join(conditions), parameters


def _midnight(day: date) -> float:
    return datetime.combine(day, time.min, tzinfo=UTC).timestamp()
