import pytest

from rag.language.phrases import Kind, find_phrases


def times(sentence: str) -> list[str]:
    return [sentence[found.start : found.end] for found in find_phrases(sentence, {Kind.TIME})]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The bridge opens on March 14, he said.", "March 14"),
        ("The bridge opened on 14 March 2024 in Ardel.", "14 March 2024"),
        ("The permit ends Dec. 9, 2024.", "Dec. 9, 2024"),
        ("It was filed 2024-03-14 by hand.", "2024-03-14"),
        ("They left on the 14th of March.", "the 14th of March"),
        ("The fair runs May 3-5 this time.", "May 3-5"),
        ("It flooded in late March.", "late March"),
        ("It flooded in mid-October.", "mid-October"),
        ("Work starts early next year.", "early next year"),
        ("The vote is in March or April.", "March or April"),
        ("It runs between May 3 and June 5.", "between May 3 and June 5"),
        ("Open from 9 a.m. to 5 p.m. on Friday.", "from 9 a.m. to 5 p.m. on Friday"),
        ("It closed from Friday through Monday.", "from Friday through Monday"),
        ("It happened on Tuesday, 12 March.", "Tuesday, 12 March"),
        ("Clocks go back Sunday, Nov. 5 at 2 a.m.", "Sunday, Nov. 5 at 2 a.m."),
        ("They met Friday night.", "Friday night"),
        ("They met early Friday morning.", "early Friday morning"),
        ("They met late on Tuesday.", "late on Tuesday"),
        ("They meet next Tuesday.", "next Tuesday"),
        ("The report is due by the end of the month.", "by the end of the month"),
        ("More will follow in the coming weeks.", "the coming weeks"),
        ("Prices fell over the past three years.", "the past three years"),
        ("They will meet in the next two weeks.", "in the next two weeks"),
        ("Repairs take a few months.", "a few months"),
        ("The line reopens within two years.", "within two years"),
        ("The line reopens in 10 days.", "in 10 days"),
        ("He left two weeks ago.", "two weeks ago"),
        ("He left a year earlier.", "a year earlier"),
        ("She joined in 1970 and stayed.", "1970"),
        ("She has sung there since 1970.", "since 1970"),
        ("Sales fell in the first quarter of 2024.", "the first quarter of 2024"),
        ("It rained on the third weekend of May.", "the third weekend of May"),
        ("He died on Monday.", "Monday"),
        ("The harbour froze yesterday.", "yesterday"),
        ("The debate begins at 8 p.m. ET.", "8 p.m. ET"),
        ("The debate begins at 8:30 tonight.", "8:30 tonight"),
        ("Jazz clubs closed in the 1990s.", "the 1990s"),
        ("Jazz clubs closed in the early ’90s.", "the early ’90s"),
        ("It was built in the 16th century.", "the 16th century"),
        ("A sequel is planned for spring 2025.", "spring 2025"),
        ("They married in the summer of 2019.", "the summer of 2019"),
        ("It snowed this summer.", "this summer"),
        ("He will decide later this week or early next week.", "later this week or early next week"),
        ("It closes on New Year's Eve.", "New Year's Eve"),
        ("It closes before Christmas.", "before Christmas"),
        ("The strike was in 2007 and 2008.", "2007 and 2008"),
        ("The 2022-23 season was long.", "2022-23"),
        ("Trains were late over the weekend.", "the weekend"),
        ("It may open in May.", "May"),
        ("A ban takes effect by March, she added.", "by March"),
    ],
)
def test_a_time_is_found_whole(sentence: str, expected: str) -> None:
    assert times(sentence) == [expected]


def test_a_hedged_time_reaches_to_the_end_of_its_hedge() -> None:
    sentence = "It will be released “definitely this year, but could be a few months.”"
    assert times(sentence) == ["this year, but could be a few months"]


def test_two_times_that_are_not_coordinated_stay_two() -> None:
    assert times("He wrote on Monday that the port closed in 1986.") == ["Monday", "1986"]


@pytest.mark.parametrize(
    "sentence",
    [
        "They may march to the square.",
        "Theresa May said no.",
        "May said the plan was dead.",
        "June Carter sang with April Jones.",
        "Crowds cheered as March Madness began.",
        "It cost $2000 to run 2000 metres.",
        "The second door was the last one.",
        "The year-long plan and the day-to-day work went on.",
        "She fell and had a fall.",
        "He sat on a sun lounger.",
        "About 1,240 people came.",
        "",
    ],
)
def test_words_that_only_look_like_times_are_none(sentence: str) -> None:
    assert times(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "subtype"),
    [
        ("It opens on March 14.", "date"),
        ("It opens in 2025.", "year"),
        ("It opens at 9 a.m. daily.", "clock"),
        ("It opens next month.", "relative"),
        ("It opens within two years.", "duration-until"),
        ("It opens in spring 2025.", "season"),
        ("It opens Friday.", "weekday"),
    ],
)
def test_a_time_has_a_subtype(sentence: str, subtype: str) -> None:
    assert [found.subtype for found in find_phrases(sentence, {Kind.TIME})] == [subtype]
