import pytest

from rag.language.phrases import Kind, find_phrases


def amounts(sentence: str) -> list[tuple[str, str]]:
    return [(sentence[found.start : found.end], found.subtype) for found in find_phrases(sentence, {Kind.AMOUNT})]


@pytest.mark.parametrize(
    ("sentence", "expected", "subtype"),
    [
        ("The port cost $1.35 billion to build.", "$1.35 billion", "money"),
        ("They paid 2.3 billion crowns.", "2.3 billion crowns", "money"),
        ("They paid 2.3 billion Czech crowns.", "2.3 billion Czech crowns", "money"),
        ("The firm raised £48m in shares.", "£48m", "money"),
        ("It costs 20 dollars a month.", "20 dollars a month", "money"),
        ("Petrol rose above $4 a gallon.", "above $4 a gallon", "money"),
        ("The grant is €3.2 million.", "€3.2 million", "money"),
        ("It lost thousands of dollars.", "thousands of dollars", "money"),
        ("Some 62 per cent agreed.", "Some 62 per cent", "percent"),
        ("Rates rose to 5.25%.", "5.25%", "percent"),
        ("Rates rose by 25 basis points.", "25 basis points", "percent"),
        ("It needs two-thirds to pass.", "two-thirds", "percent"),
        ("Nearly half agreed.", "Nearly half", "percent"),
        ("It strikes 10%–20% of patients.", "10%–20%", "percent"),
        ("Between 5 and 10 percent failed.", "Between 5 and 10 percent", "percent"),
        ("The plant has 640 workers.", "640 workers", "count"),
        ("It lit about 11,000 households.", "about 11,000 households", "count"),
        ("It killed three people.", "three people", "count"),
        ("More than 120,000 Americans left.", "More than 120,000 Americans", "count"),
        ("Nearly 1.6 million asylum applications wait.", "Nearly 1.6 million asylum applications", "count"),
        ("She won 23 Grand Slam titles.", "23 Grand Slam titles", "count"),
        ("Tens of thousands of people fled.", "Tens of thousands of people", "count"),
        ("He bought a dozen.", "a dozen", "number"),
        ("Up to 100 million may watch.", "Up to 100 million", "number"),
        ("Two thousand came.", "Two thousand", "number"),
        ("Twenty-six were late.", "Twenty-six", "number"),
        ("The bell weighs 1,240 kilograms.", "1,240 kilograms", "weight"),
        ("The wind reached 145 km/h.", "145 km/h", "speed"),
        ("The wind reached 90 miles per hour.", "90 miles per hour", "speed"),
        ("A 5.9 magnitude quake struck.", "5.9 magnitude", "magnitude"),
        ("A quake of magnitude 5.9 struck.", "magnitude 5.9", "magnitude"),
        ("The road is 820 kilometres long.", "820 kilometres", "distance"),
        ("A 520-foot tower fell.", "520-foot", "distance"),
        ("It reached 40 degrees Celsius.", "40 degrees Celsius", "temperature"),
        ("The fire burned 3,000 acres.", "3,000 acres", "area"),
        ("It leaked 5 million barrels.", "5 million barrels", "volume"),
        ("They won 3-1 at home.", "3-1", "score"),
        ("The bill passed 63–7.", "63–7", "score"),
        ("The nun was 118 years old.", "118 years old", "age"),
        ("A man aged 54 fell.", "aged 54", "age"),
        ("An 8-year-old fell.", "8-year-old", "age"),
        ("Jane Orlov, 61, fell.", "61", "age"),
        ("The talks took three hours.", "three hours", "duration"),
        ("The film lasts 90 minutes.", "90 minutes", "duration"),
        ("It ran five to seven years.", "five to seven years", "duration"),
        ("It took a year and a half.", "a year and a half", "duration"),
        ("It may take at least ten years.", "at least ten years", "duration"),
        ("As many as 30 ships sank.", "As many as 30 ships", "count"),
    ],
)
def test_an_amount_is_found_with_its_unit_and_hedge(sentence: str, expected: str, subtype: str) -> None:
    assert amounts(sentence) == [(expected, subtype)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It opened in 2024.",
        "It opened on March 14, 2024 at 8:30.",
        "It opened between 3 and 4 p.m. on 14 March.",
        "Covid-19 closed the school.",
        "She is No. 1 in the world.",
        "Apollo 11 landed.",
        "Nobody is the one to ask, and no one did.",
        "It was built in the 16th century.",
        "The second half was dull.",
        "Call 555-123-4567.",
        "",
    ],
)
def test_dates_labels_and_ordinals_are_no_amounts(sentence: str) -> None:
    assert amounts(sentence) == []


def test_a_year_that_counts_things_is_an_amount() -> None:
    assert amounts("About 2000 people came.") == [("About 2000 people", "count")]


def test_dates_do_not_hide_the_amounts_around_them() -> None:
    assert amounts("Of 30 ships, 12 sank on 14 March and 9 on 15 March.") == [
        ("30 ships", "count"),
        ("12", "number"),
        ("9", "number"),
    ]
