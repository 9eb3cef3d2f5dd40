"""Time phrases in their sentences, which tell what is to come from what was over."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.resolve import resolve, resolve_in

OCTOBER = datetime(2024, 10, 14, 9, 30, tzinfo=UTC)  # a Monday: February is nearer ahead, April nearer behind


def first_day(sentence: str, phrase: str, published: datetime | None = OCTOBER) -> str | None:
    """The first day that the phrase means where it stands last in the sentence."""
    start = sentence.rindex(phrase)
    meant = resolve_in(sentence, start, start + len(phrase), published)
    return None if meant is None else str(meant.first)


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry was announced in February.",
        "The ferry was formally announced in February.",
        "The harbour wasn’t open in February.",
        "The mayor, who took office in February, is 61.",
        "The company said in February that it had no plans.",
        "Work on the quay began in February.",
        "A report published in February names three ships.",
        "The council approved the new breakwater in February.",
        "Ines Okafor quickly closed the shipyard in February.",
        "She died of her injuries in February.",
        "The two were married in early February.",
    ],
)
def test_what_had_happened_was_not_to_come(sentence: str) -> None:
    phrase = "early February" if "early" in sentence else "February"
    assert first_day(sentence, phrase) == "2024-02-01"


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry was announced for February.",
        "The opening was moved to February.",
        "The harbour was closed until February.",
        "The hearing is held in February.",
        "The ferry was set to sail in February.",
        "The council announced a festival in February.",
        "She asked the fleet to leave in February.",
        "The theatre postponed the opening in February.",
        "The show, acclaimed abroad, is on stage in February.",
        "The acclaimed play is on stage in February.",
        "The play could be shown in February.",
        "The boats are being auctioned in February.",
        "The ferry sails in February.",
        "In February.",
        "February",
        "The ferry was sailing again in February.",
        "She had a hearing in February.",
        "The ministry said the works take place in February.",
        "The bank signaled a rate cut in February.",
        "Harrow United play in February.",
        "The port is full of need in February.",
    ],
)
def test_what_may_be_to_come_is_the_nearest(sentence: str) -> None:
    assert first_day(sentence, "February") == "2025-02-01"


def test_a_day_soon_after_the_date_of_an_article_is_kept_since_articles_are_updated() -> None:
    assert first_day("He died on October 19.", "October 19") == "2024-10-19"
    assert first_day("He died on March 19.", "March 19") == "2024-03-19"
    assert first_day("He died on April 19.", "April 19", datetime(2024, 1, 5, tzinfo=UTC)) == "2023-04-19"
    assert first_day("He died in November.", "November") == "2023-11-01"


def test_a_year_that_is_named_and_an_article_without_a_date_leave_nothing_to_choose() -> None:
    assert first_day("It was announced in February 2026.", "February 2026") == "2026-02-01"
    assert first_day("It was announced in February.", "February", None) is None


@given(st.text(), st.text(max_size=30), st.text(), st.none() | st.datetimes(timezones=st.none() | st.timezones()))
def test_no_sentence_raises(before: str, phrase: str, after: str, published: datetime | None) -> None:
    resolve_in(before + phrase + after, len(before), len(before) + len(phrase), published)


@given(st.sampled_from(["May", "the spring", "June 5"]), st.datetimes(datetime(1000, 1, 1), datetime(2999, 1, 1)))
def test_what_was_over_is_never_later_than_what_is_nearest(phrase: str, published: datetime) -> None:
    sentence = f"It was shown in {phrase}."
    over, nearest = resolve_in(sentence, 16, 16 + len(phrase), published), resolve(phrase, published)
    assert over is not None
    assert nearest is not None
    assert over.first <= nearest.first


@pytest.mark.parametrize("piece", ["was ", "He closed ", "A", "'", "ed ", "to ", "in on "])
def test_hostile_text_is_cheap(piece: str) -> None:
    sentence = (piece * 100_000)[:100_000] + "in "
    began = time.process_time()
    resolve_in(sentence + "February.", len(sentence), len(sentence) + 8, OCTOBER)
    assert time.process_time() - began < 0.5
