"""Values as a person reads them. What an article says is data: nothing in it may steer the terminal it is shown on."""

import re
from datetime import UTC, datetime

# Everything that moves a cursor, starts an escape sequence or turns the direction of reading around it, and halves of
# surrogate pairs, which no terminal can be sent. Tabs and line breaks other than "\n" are only made plain.
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE_LIKE = re.compile("[\t\x0b\x0c\r\x85\u2028\u2029]")

_MONTHS = "January February March April May June July August September October November December".split()


def safe(text: str) -> str:
    r"""`text` as it may be sent to a terminal, of the same length, so that offsets into it still hold.

    >>> safe("a\tb \x1b[31mred")
    'a b �[31mred'
    """
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", _SPACE_LIKE.sub(" ", text))


def line(text: str) -> str:
    r"""`text` made safe, and one line of it, of the same length.

    >>> line("Oil\nrises")
    'Oil rises'
    """
    return safe(text).replace("\n", " ")


def shortened(text: str, characters: int) -> str:
    """The beginning of `text` up to a whole word, with an ellipsis if anything was left out.

    >>> shortened("Oil prices rose on Monday", 12)
    'Oil prices…'
    >>> shortened("Oil prices", 12)
    'Oil prices'
    """
    if len(text) <= characters:
        return text
    kept = text[:characters]
    return (kept.rpartition(" ")[0] or kept[:-1]).rstrip(" ,;:.") + "…"


def day(moment: datetime | None) -> str:
    """The day of `moment` in UTC, as the options take it.

    >>> day(datetime(2024, 4, 1, 12, tzinfo=UTC)), day(None)
    ('2024-04-01', 'undated')
    """
    return "undated" if moment is None else moment.astimezone(UTC).date().isoformat()


def moment(time: datetime) -> str:
    """A time as it was stated, with its offset from UTC.

    >>> moment(datetime(2024, 3, 4, 9, 5, tzinfo=UTC))
    '4 March 2024 09:05 +00:00'
    """
    return f"{time.day} {_MONTHS[time.month - 1]} {time.year} {time:%H:%M} {time.isoformat()[-6:]}"


def counted(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "article"), counted(1200, "article"), counted(2, "copy", "copies")
    ('1 article', '1,200 articles', '2 copies')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def origins_and_reports(origins: int, reports: int) -> str:
    """How many articles tell something, and how many outlets they have it from.

    >>> origins_and_reports(3, 7), origins_and_reports(1, 2), origins_and_reports(1, 1)
    ('3 independent origins, 7 reports', '1 origin, 2 reports', '1 report')
    """
    told = counted(reports, "report")
    if reports < 2:
        return told
    return f"{counted(origins, 'independent origin' if origins > 1 else 'origin')}, {told}"


def size(number_of_bytes: int) -> str:
    """A number of bytes in decimal units, as disks are sold.

    >>> size(0), size(12_345_678)
    ('0 bytes', '12.3 MB')
    """
    if number_of_bytes < 1000:
        return counted(number_of_bytes, "byte")
    amount = float(number_of_bytes)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 999.95:
            return f"{amount:.1f} {unit}"
    return f"{amount / 1000:,.1f} TB"
