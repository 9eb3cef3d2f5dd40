"""Which days a time phrase of a news article means: "late last year" in an article of May 2024 is autumn 2023.

The phrase is brought to a plain form ("Sunday, Nov. 5 at 2 a.m." to "sunday nov 5"), and the first rule that matches
the whole of it reads it. Some rules read a part of what another reads: "by | the end of | the year". What no rule reads
is cut at "to", "and", "or" and the like, and the hull of its parts is meant. Where English leaves a choice:

- Weeks run from Monday to Sunday, seasons are the northern ones, and winter (December to February) belongs to the
  year in which it begins.
- A weekday is the day of publication or one of the six days before it; a month, a season or a date without a year is
  the nearest one. Of what is to come, each is the first that is not over yet; of what had happened, a month, a season
  or a date is the last that had begun (but a date within two months is kept, since articles are updated).
- "Last summer" is the latest that was over, "next summer" the first yet to begin, "this summer" that of the year.
- "Early", "mid" and "late" are thirds: days 1 to 10, 11 to 20 and 21 to the end of a month; January to April of a year.
- "Two weeks ago" is a week, "in three months" a month: as exact as the unit that was counted.
- "By" and "until" begin with the publication, "since" ends with it. What has no such other end is left unsaid: "after
  May", or "by Friday" where the Friday is past.
"""

from rag.language.resolve.phrase import resolve
from rag.language.resolve.sentence import resolve_in

__all__ = ["resolve", "resolve_in"]
