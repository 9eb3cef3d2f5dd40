"""Dates, counts and filters in words."""

from datetime import UTC, date, datetime

from rag.model import Article, Filters, TimeInterval


def day(moment: datetime | date | None) -> str:
    """A day as a newspaper writes it, in UTC.

    >>> day(datetime(2024, 3, 1, 23, 59, tzinfo=UTC)), day(None)
    ('1 March 2024', 'date unknown')
    """
    if moment is None:
        return "date unknown"
    if isinstance(moment, datetime):
        moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%B %Y}"


def days(interval: TimeInterval) -> str:
    """The days that a time phrase means.

    >>> days(TimeInterval(date(2024, 1, 1), date(2024, 12, 31)))
    '1 January 2024 to 31 December 2024'
    """
    first, last = day(interval.first), day(interval.last)
    return first if first == last else f"{first} to {last}"


def moment(at: datetime) -> str:
    """A day with the time of day, in UTC.

    >>> moment(datetime(2024, 3, 1, 9, 5, tzinfo=UTC))
    '1 March 2024, 09:05 UTC'
    """
    return f"{day(at)}, {at.astimezone(UTC):%H:%M} UTC"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "article"), count(11543, "article")
    ('1 article', '11,543 articles')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def origins_and_reports(origins: int, reports: int) -> str:
    """How many articles tell something, and how many outlets they have it from.

    >>> origins_and_reports(3, 7), origins_and_reports(1, 2), origins_and_reports(1, 1)
    ('3 independent origins, 7 reports', '1 origin, 2 reports', '1 report')
    """
    told = count(reports, "report")
    if reports < 2:
        return told
    return f"{count(origins, 'independent origin' if origins > 1 else 'origin')}, {told}"


def outlet_and_day(article: Article, origin: str | None = None) -> str:
    """Who published an article, when, and from whom they have it: the line that stands over a title."""
    told = f"{article.source or 'Unknown outlet'} · {day(article.published_at)}"
    return f"{told} · from {origin}" if origin else told


def describe(filters: Filters) -> str:
    """Which articles the filters leave.

    >>> describe(Filters(sources=("Meridian Wire",), published_from=date(2024, 3, 1)))
    'Meridian Wire · from 1 March 2024'
    """
    names = (filters.sources, filters.authors, filters.categories, filters.languages)
    parts = [" or ".join(values) for values in names if values]
    if filters.published_from:
        parts.append(f"from {day(filters.published_from)}")
    if filters.published_to:
        parts.append(f"to {day(filters.published_to)}")
    if filters.as_of:
        parts.append(f"as of {day(filters.as_of)}")
    return " · ".join(parts)


def size(number: int) -> str:
    """A number of bytes.

    >>> size(900), size(12_345_678)
    ('1 kB', '12.3 MB')
    """
    if number < 1_000_000:
        return f"{-(-number // 1000):,} kB"
    return f"{number / 1_000_000:,.1f} MB" if number < 1_000_000_000 else f"{number / 1_000_000_000:,.1f} GB"
