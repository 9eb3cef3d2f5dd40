import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.sentences import sentence_spans

# "¦" stands where one sentence ends and the next begins.
NAMES_AND_ABBREVIATIONS = [
    "Mr. Okafor met Mrs. Lind, Dr. Sato and Gov. Reyes.¦ They spoke.",
    "Sens. Ada Holm and Bo Reed, Rep. Lu, Lt. Col. Diaz and Brig. Gen. Roy came.¦ They left.",
    "The U.S. economy grew.¦ The U.K. Supreme Court ruled.",
    "He was born in the U.S.¦ The family moved to Kenya.",
    "The U.S. All-Star team won.",
    "The U.S.-led group met in Washington, D.C.¦ It agreed.",
    "Apple Inc. CEO Tim Cook spoke for Apple Inc.¦ He smiled.",
    "The flood of Jan. 6, like that of Sept. 2001, was No. 1 in Reed vs. Holm.¦ So it was.",
    "The park opens in Jan.¦ Visitors pay.",
    "Food, e.g. Apples, i.e. fruit, etc. was sold.¦ Bread, etc.¦ The shop closed.",
    "The St. Louis store on Main St. is open.",
    "It weighs approx. 3.5 kg, see Fig. 3 and p. 12.¦ Cheap.",
    "J. K. Rowling, J.K. Rowling and Samuel L. Jackson met.¦ He smiled.",
    "Plan B was plan A.¦ It failed.¦ So did I.¦ Holm knew.",
    "She sold X.¦ Reed bought it.",
    "Sam Reed Jr. and Al Holm Sr. came on Martin Luther King Jr. Day.",
    "A Ph.D. student met a M.D. in the lab.¦ They talked.",
    "ST. LOUIS (AP) — It rained.¦ It poured.",
    "The match is in Annapolis, MD.¦ Kickoff is late.",
    "Yahoo! Finance and Jeopardy! were sold.¦ E! News was not.",
]
TIMES_AND_NUMBERS = [
    "It runs from 8 p.m. to 10 a.m. on Friday.",
    "It starts at 8 p.m. ET or 5 p.m. Pacific.¦ Doors open at 7 p.m.¦ Tickets sell out.",
    "Inflation rose 3.5% in May.¦ It fell 0.2 points.¦ $5 million was gone.",
    "It was the best of 2022.¦ 15 people came.",
    "Use version 3.11.4 or v2.0.1 from https://www.example.org/get/index.html today.¦ Then run it.",
    "Visit Example.com or write to joe.smith@example.co.uk now.¦ Go on.",
]
QUOTES_AND_MARKS = [
    "“It could be months.”¦ She added more.",
    '"It could be months."¦ She added more.',
    "‘It could be months.’¦ She added more.",
    "“Stop!” he said.¦ “Is it true?” she asked.¦ “No,” he said.",
    "“Why now?” Agent Holm asked.¦ He left.",
    "Who knew?!¦ Nobody did!!!¦ “What?!”¦ He ran.",
    "“I don't know...”¦ He left.",
    "I was ... not sure.¦ I was… torn.¦ We waited ...¦ Then we left.",
    'He agreed.¦ "... It is a drag," she said.',
    "(It was closed.)¦ We left (see below).¦ (No one knew.)",
    "It is the seventh (seventh!) Mission film.¦ It is good.",
    "OpenAI said: “work together. ”¦ On it went.",
    "He said: “We won.¦ They lost.”¦ Then he left.",
    "It sold out.¦ iPhone buyers queued.",
]
SCRAPED = [
    "It is on the horizon.¦We look forward.¦ It cost $3 billion.¦That was much.",
    "“It took months.”¦She added more.",
    "Mr.Holm met Warner Bros.Discovery at Booking.Com and read /news/some.Page.html first.",
]
LINES = [
    "Headline of the day\n¦The body begins here.¦ And goes on.",
    "A headline without stop\n\n¦another paragraph in lower case",
    "Mr.\n\n¦Holm",
    "The text was hard wrapped at the\nend of the line, and the\nPresident of it,\nHolm, went\non.¦ Then it stopped.",
    "It ended with Dr.\nHolm.\n¦Then it began.",
    "He moved to the U.S.\n¦Holm stayed.",
    "- First item\n¦- Second item.\n¦- Third item",
    "Three things:\n¦• first\n¦• second",
    "Things to know:\n¦1. The first.\n¦2. The second.",
    "  \n Blanks around. \t\n",
]


@pytest.mark.parametrize(
    "marked",
    [*NAMES_AND_ABBREVIATIONS, *TIMES_AND_NUMBERS, *QUOTES_AND_MARKS, *SCRAPED, *LINES],
    ids=lambda case: case[:30],
)
def test_a_text_is_cut_at_its_sentences_and_nowhere_else(marked: str) -> None:
    text = marked.replace("¦", "")
    assert [text[start:end] for start, end in sentence_spans(text)] == [part.strip() for part in marked.split("¦")]


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n"])
def test_a_blank_text_has_no_sentence(text: str) -> None:
    assert sentence_spans(text) == ()


PIECES = st.sampled_from(
    [*"aB1.?!…,:;-–“”\"'’()[]\n \t\r\u00a0é漢", "Mr. ", "U.S. ", "The ", "p.m. ", "1. ", "...", "\n\n"]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text())
def test_the_spans_are_trimmed_in_order_and_cover_all_but_whitespace(text: str) -> None:
    spans = sentence_spans(text)
    bounds = [offset for span in spans for offset in span]
    assert bounds == sorted(bounds)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@given(st.lists(PIECES, max_size=20).map("".join), st.lists(PIECES, max_size=20).map("".join))
def test_a_blank_line_always_ends_a_sentence(before: str, after: str) -> None:
    gap = len(before)
    assert not any(start < gap < end for start, end in sentence_spans(f"{before}\n\n{after}") if after.strip())


@pytest.mark.parametrize(
    "pattern",
    ["a", "abc def ", ".", ". ", "a. ", "A. ", "“", '"', "(", "\n", "a\n", " ", "Mr. ", "... ", "a.B ", '?" Ab '],
)
def test_the_time_stays_linear_on_hostile_text(pattern: str) -> None:
    text = pattern * (300_000 // len(pattern))
    began = time.process_time()
    sentence_spans(text)
    assert time.process_time() - began < 3  # about 0.5 s at most; what is quadratic takes minutes
