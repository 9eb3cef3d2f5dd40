from hypothesis import given
from hypothesis import strategies as st

from rag.ui.places import Place

NUMBERS = st.integers(0, 999_999_999)
VERSIONS = NUMBERS.map(lambda number: number or None)
PLACES = st.builds(Place, st.text(min_size=1), VERSIONS, NUMBERS, NUMBERS, VERSIONS)


@given(PLACES)
def test_a_link_leads_to_the_place_it_was_made_of(place: Place) -> None:
    assert Place.from_link(place.link) == place


@given(st.dictionaries(st.sampled_from(["article", "version", "start", "end", "against"]), st.text()))
def test_an_address_from_outside_never_fails(query: dict[str, str]) -> None:
    place = Place.from_query(query)
    assert (place is None) == (not query.get("article"))


def test_numbers_that_are_not_plain_digits_are_left_out() -> None:
    place = Place.from_query({"article": "a", "version": "²", "start": "1e3", "end": "9" * 5000})
    assert place == Place("a")
