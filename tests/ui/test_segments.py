from hypothesis import given
from hypothesis import strategies as st

from rag.ui.segments import paragraphs, segments

TEXTS = st.text(alphabet="ab.\n🌊é")
BOUNDS = st.integers(-3, 30)


@given(TEXTS, BOUNDS, BOUNDS)
def test_segments_rebuild_their_text(text: str, start: int, end: int) -> None:
    assert "".join(segment.text for segment in segments(text, start, end)) == text


@given(TEXTS, st.data())
def test_paragraphs_light_exactly_the_characters_between_the_bounds(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    lit = [segment.text for paragraph in paragraphs(text, start, end) for segment in paragraph.segments if segment.lit]
    assert "".join(lit) == text[start:end].replace("\n", "")


@given(TEXTS)
def test_a_paragraph_knows_where_it_begins(text: str) -> None:
    for paragraph in paragraphs(text, 0, 0):
        line = "".join(segment.text for segment in paragraph.segments)
        assert text[paragraph.start :].startswith(line)
        assert text[: paragraph.start].endswith(("\n", "")[paragraph.start == 0])


def test_an_emoji_before_the_words_does_not_shift_them() -> None:
    text = "🌊🌊 The harbour reopens."
    start = text.index("harbour")
    assert [segment.text for segment in segments(text, start, start + 7) if segment.lit] == ["harbour"]


def test_bounds_in_the_wrong_order_light_nothing() -> None:
    assert not any(segment.lit for segment in segments("harbour", 5, 2))


@given(TEXTS, st.data())
def test_what_is_furniture_is_told_whatever_is_lit(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    first, last = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    cuts = [cut for paragraph in paragraphs(text, start, end, [(first, last)]) for cut in paragraph.segments]
    assert "".join(cut.text for cut in cuts if cut.furniture) == told(text[first:last], text, first)
    assert "".join(cut.text for cut in cuts if cut.lit) == told(text[start:end], text, start)


def told(part: str, text: str, at: int) -> str:
    """What of a part stands in lines that are not blank."""
    lines = [line for line in text.split("\n") for _ in range(len(line) + 1)]
    return "".join(c for i, c in enumerate(part, at) if c != "\n" and lines[i].strip())
