from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rag.diff import Change
from rag.ui.compare import comparison_view, rows
from rag.ui.places import Place
from tests.ui.drawn import elements, text, texts
from tests.ui.fake_corpus import FERRY, FERRY_FIRST, HOSTILE, version

CHANGES = st.lists(st.builds(Change, st.sampled_from(["same", "gone", "new"]), st.text("ab \n")))


def test_what_differs_is_marked_on_its_side_whichever_version_is_named_first() -> None:
    for shown, other in ((FERRY, FERRY_FIRST), (FERRY_FIRST, FERRY)):
        view = comparison_view(shown, other)
        assert [heading.split(",")[0] for heading in texts(view, "h3")] == ["Version 1", "Version 2"]
        *_, body = elements(view, kind="pair")
        old, new = body["children"]
        assert text(old) == FERRY_FIRST.text
        assert text(new) == FERRY.text
        assert not texts(old, "ins")
        assert not texts(new, "del")
        assert any("6" in added for added in texts(new, "ins"))
        back = next(elements(view, "a"))
        assert Place.from_link(back["attributes"]["href"]) == Place("ferry", shown.number)


def test_a_changed_title_is_marked_too() -> None:
    (title,) = elements(comparison_view(FERRY, FERRY_FIRST), kind="title")
    assert texts(title, "ins")


def test_what_is_the_same_is_told_once_to_those_who_listen() -> None:
    old = version("a", "Title", "One.\n\nTwo.\n\nThree.", source="Wire", day=1)
    new = replace(old, number=2, text="One.\n\nTwo changed.\n\nThree.")
    pairs = list(elements(comparison_view(new, old), kind="pair"))
    twins = [text(twin) for pair in pairs for twin in elements(pair, kind="twin")]
    assert twins == ["Title", "One.", "Three."]
    assert all(twin["attributes"]["aria-hidden"] == "true" for pair in pairs for twin in elements(pair, kind="twin"))


def test_two_versions_of_the_same_words_say_so() -> None:
    again = replace(FERRY, number=3)
    assert "Their words are the same." in text(comparison_view(again, FERRY))


def test_markup_in_an_article_stays_the_text_that_it_is() -> None:
    old = version("a", HOSTILE, "Nothing.", source="Wire", day=1)
    view = comparison_view(replace(old, number=2, text=HOSTILE), old)
    assert not {found["tag"] for found in elements(view)} & {"script", "img"}
    assert "<script>window.run = 1</script>" in text(view)


@given(CHANGES)
def test_rows_lose_and_add_nothing(found: list[Change]) -> None:
    cut = list(rows(found))
    for side, without in ((0, "new"), (1, "gone")):
        whole = "".join(change.text for change in found if change.kind != without)
        shown = "".join(change.text for row in cut for change in row[side])
        assert shown.replace("\n", "") == whole.replace("\n", "")


def test_a_paragraph_that_was_put_in_has_a_row_of_its_own() -> None:
    found = (Change("same", "One.\n\n"), Change("new", "Two.\n\n"), Change("same", "Three."))
    assert [tuple(text_of(side) for side in row) for row in rows(found) if not row.blank] == [
        ("One.", "One."),
        ("", "Two."),
        ("Three.", "Three."),
    ]


def text_of(side: tuple[Change, ...]) -> str:
    return "".join(change.text for change in side).strip()
