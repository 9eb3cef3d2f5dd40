import pytest

from rag.language.phrases import Kind, find_phrases


def places(sentence: str) -> list[str]:
    return [sentence[found.start : found.end] for found in find_phrases(sentence, {Kind.PLACE})]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The storm hit Japan.", "Japan"),
        ("Japan was hit.", "Japan"),
        ("The storm hit New Zealand first.", "New Zealand"),
        ("He flew to the U.K. on Wednesday.", "U.K."),
        ("It is warm in the UAE now.", "UAE"),
        ("He lives in North Carolina.", "North Carolina"),
        ("He lives in Nova Scotia.", "Nova Scotia"),
        ("He lives in Ardel.", "Ardel"),
        ("The ship sank off Kapalua.", "Kapalua"),
        ("They camped near Tysvær Heights.", "Tysvær Heights"),
        ("It moved to Austin, Texas, in 2021.", "Austin, Texas"),
        ("It moved to Paris, France.", "Paris, France"),
        ("It moved to Qorten Mills, Ohio.", "Qorten Mills, Ohio"),
        ("It moved to Washington, D.C. again.", "Washington, D.C."),
        ("He swam the Hudson River.", "Hudson River"),
        ("He swam Lake Tavel.", "Lake Tavel"),
        ("He climbed Mount Tavel.", "Mount Tavel"),
        ("A fire broke out in rural Buchanan County.", "Buchanan County"),
        ("A fire closed Tavel Airport.", "Tavel Airport"),
        ("A fire closed 14 Tavel Street.", "Tavel Street"),
        ("They fought in southern Gaza.", "Gaza"),
        ("They fought in Northern California.", "Northern California"),
        ("It sank in the Black Sea.", "Black Sea"),
        ("Ice broke away from Antarctica.", "Antarctica"),
        ("The fort is south of Velden, he said.", "Velden"),
        ("Italy's government fell.", "Italy"),
        ("They marched across Lisbon.", "Lisbon"),
        ("The 2022 Qatar World Cup was hot.", "Qatar"),
        ("ROME — The government fell.", "ROME"),
    ],
)
def test_a_place_is_found_whole(sentence: str, expected: str) -> None:
    assert places(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The storm came in March.",
        "He came from Tuesday to Friday.",
        "She gave it to Maria Brandt.",
        "It was taken from President Moen.",
        "It was bought by Orchard Bank.",
        "He believes in it.",
        "Near misses are common.",
        "",
    ],
)
def test_times_and_persons_after_a_preposition_are_no_places(sentence: str) -> None:
    assert places(sentence) == []


def test_listed_states_stay_apart() -> None:
    assert places("It passed in Ohio, Texas and Maine.") == ["Ohio", "Texas", "Maine"]


def test_two_countries_at_war_are_two_places() -> None:
    assert places("The Russia-Ukraine war went on.") == ["Russia", "Ukraine"]


def test_a_university_is_a_place_and_an_organisation() -> None:
    found = find_phrases("They met at Tavel University.")
    assert {phrase.kind for phrase in found} == {Kind.PLACE, Kind.ORGANISATION}
    assert len({(phrase.start, phrase.end) for phrase in found}) == 1


def test_a_subtype_tells_a_known_place_from_a_guess() -> None:
    found = find_phrases("They went from Oslo in Velden.", {Kind.PLACE})
    assert [place.subtype for place in found] == ["known", "guess"]
