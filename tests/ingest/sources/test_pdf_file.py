"""PDF files: the text of their pages, what they state of themselves, and those made to do harm."""

import io
import resource
import zlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from ingest.sources import pdf_file
from ingest.sources.document import Document
from ingest.sources.formats import pdf_worker
from ingest.sources.formats.pdf_layout import lines, paragraphs, without_furniture
from ingest.sources.items import RawItem
from ingest.sources.pdf_file import SOURCE
from tests.ingest.sources.found import find

NO_TEXT = "it holds no text, perhaps only pictures of it"

Placed = tuple[float, float, float, str]  # x, y, size, text


def body(text: str, top: float = 700, x: float = 70, size: float = 10) -> list[Placed]:
    """Lines of text below each other; a blank line leaves a gap, and blanks before a line move it to the right."""
    return [
        (x + 5 * (len(line) - len(line.lstrip())), top - 12 * number, size, line.strip())
        for number, line in enumerate(text.split("\n"))
        if line
    ]


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return data + table + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (size, trailer, len(data))


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content)


def pdf(*pages: Sequence[Placed], **info: str) -> bytes:
    """A PDF of pages with text."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", FONT]
    for page in pages:
        shown = (b"BT /F1 %.1f Tf %.1f %.1f Td (%s) Tj ET" % (size, x, y, _escaped(text)) for x, y, size, text in page)
        objects += [PAGE % (len(objects) + 2), stream(zlib.compress(b"\n".join(shown)), b"/Filter /FlateDecode")]
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids)
    objects.append(
        b"<< %s >>" % b" ".join(b"/%s (%s)" % (name.encode(), _escaped(value)) for name, value in info.items())
    )
    return written(objects, b"/Info %d 0 R" % len(objects))


def _escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
)
TWO_PARAGRAPHS = """The ferry between Port Ansel and Vessen sails
again. It had been laid up for eleven years,
and few had thought to see it back.

“We are glad,” said Lena Marsh, who lives
on the island."""
PLAIN = [
    "The ferry between Port Ansel and Vessen sails again. It had been laid up for eleven years, "
    "and few had thought to see it back.",
    "“We are glad,” said Lena Marsh, who lives on the island.",
]


def fields(data: bytes) -> dict[str, object]:
    found = find(SOURCE, data, "a.pdf")
    assert found.error == ""
    [item] = found.items
    return dict(item.fields)


def text(*pages: Sequence[Placed]) -> list[str]:
    """The paragraphs of pages, without the detour through a file."""
    laid = [lines([(words, x, y, size) for x, y, size, words in page]) for page in pages]
    return paragraphs(without_furniture(laid))


def error(data: bytes) -> str:
    found = find(SOURCE, data, "a.pdf")
    assert (found.items, found.rejects) == ([], [])
    return found.error


# What a file gives


def test_a_pdf_is_an_article_without_a_date() -> None:
    made = {"CreationDate": "D:20240506070809Z", "ModDate": "D:20240507070809Z", "Author": "Ada Brook and Tom Reed"}
    assert fields(
        pdf([(70, 750, 20, "Ferry sails again"), *body(TWO_PARAGRAPHS)], Title="Ferry Sails Again", **made)
    ) == {
        "id": "/a.pdf",
        "url": "file:///a.pdf",
        "title": "Ferry Sails Again",
        "authors": ["Ada Brook", "Tom Reed"],
        "text": "\n\n".join(PLAIN),
    }


@pytest.mark.parametrize(
    "stated",
    [
        "",
        "untitled",
        "Microsoft Word - ferry_v3.docx",
        "ferry-final.indd",
        "Layout 1",
        "Annual budget template",
        "Doc2",
    ],
)
def test_the_first_line_is_the_title_where_none_is_borne_out(stated: str) -> None:
    found = fields(pdf([(70, 750, 20, "Ferry sails again"), *body(TWO_PARAGRAPHS)], Title=stated))
    assert found["title"] == "Ferry sails again"
    assert found["text"] == "\n\n".join(PLAIN)


def test_a_text_that_begins_with_a_paragraph_has_no_title() -> None:
    found = fields(pdf(body(TWO_PARAGRAPHS)))
    assert found["title"] is None
    assert found["text"] == "\n\n".join(PLAIN)


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Ada Brook", ["Ada Brook"]),
        ("Brook, Ada", None),
        ("Ada Brook; José de la Cruz & J.-P. O’Neil", ["Ada Brook", "José de la Cruz", "J.-P. O’Neil"]),
        ("Microsoft Office User", None),
        ("abrook", None),
        ("Admin", None),
        ("Harbour Courier Ltd", None),
        ("Scanner 3", None),
        ("", None),
    ],
)
def test_authors_are_taken_if_they_are_names(stated: str, names: list[str] | None) -> None:
    assert pdf_file._names(stated) == (names or [])


def test_a_pdf_that_opens_without_a_password_is_read() -> None:
    assert fields(encrypted("", "secret"))["text"] == "\n\n".join(PLAIN)


def test_a_turned_page_reads_like_any_other() -> None:
    data = pdf(body(TWO_PARAGRAPHS))
    turned = b"\n".join(
        b"BT /F1 10 Tf 0 1 -1 0 %.1f %.1f Tm (%s) Tj ET" % (800 - y, x, _escaped(words))
        for x, y, _, words in body(TWO_PARAGRAPHS)
    )
    assert data.startswith(b"%PDF")
    kids = b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>"
    page = written([b"<< /Type /Catalog /Pages 2 0 R >>", kids, FONT, PAGE % 5, stream(turned)])
    assert fields(page)["text"] == "\n\n".join(PLAIN)


# From pages to paragraphs


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (body(TWO_PARAGRAPHS), PLAIN),
        (body(TWO_PARAGRAPHS.replace("\n\n", "\n    ")), PLAIN),
        ([(70, 700, 10, "A "), (90, 700, 10, "ferry "), (120, 703, 6, "b"), (140, 700, 10, "s.")], ["A ferry bs."]),
        ([(70, 700, 10, "The ﬁrst of\n"), (70, 688, 10, "ﬁve eﬀorts\n")], ["The first of five efforts"]),
        ([(70, 750, 20, "A title in"), (70, 728, 20, "two lines"), *body("Text.")], ["A title in two lines", "Text."]),
        ([*body("A column\ngoes on in"), *body("the next.\nEnd.", x=300)], ["A column goes on in the next. End."]),
        ([*body("A column.\nIt ends."), *body("The next.\nEnds.", x=300)], ["A column. It ends.", "The next. Ends."]),
        (body("They bring:\n• fish and\n  chips\n• salt"), ["They bring:", "• fish and chips", "• salt"]),
        ([], []),
        ([(70, 700, 10, " \n"), (70, 688, 10, "")], []),
    ],
)  # fmt: skip
def test_lines_are_joined_to_paragraphs(page: Sequence[Placed], expected: list[str]) -> None:
    assert text(page) == expected


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert text(body("The ferry sails\nagain, and this"), body("time it will stay.\nWe hope.")) == [
        "The ferry sails again, and this time it will stay. We hope."
    ]
    assert text(body("It sails.\nAgain."), body("A new page.\nIt ends.")) == [
        "It sails. Again.",
        "A new page. It ends.",
    ]


def test_headers_footers_and_page_numbers_go() -> None:
    pages = [
        [
            (70, 780, 8, f"The Harbour Courier — Monday 6 May 2024 — {number}"),
            *body(f"Page {word} says this\nand no more than {word}."),
            (300, 20, 8, f"- {number} -"),
        ]
        for number, word in enumerate(("one", "two", "three"), start=1)
    ]
    assert text(*pages) == [f"Page {word} says this and no more than {word}." for word in ("one", "two", "three")]


@pytest.mark.parametrize("number", ["3", "- 3 -", "Page 3 of 12", "3/12"])
def test_the_number_of_a_single_page_goes(number: str) -> None:
    assert text([*body(TWO_PARAGRAPHS), (300, 20, 8, number)]) == PLAIN


def test_numbers_inside_a_page_stay() -> None:
    assert "11" in text([*body("It had\n11\nseats."), (300, 20, 8, "1")])[0]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("An identi-\nfier is an identifier.", "An identifier is an identifier."),
        ("A well-\nknown ferry is well-known.", "A well-known ferry is well-known."),
        ("The Anglo-\nSaxon ferry.", "The Anglo-Saxon ferry."),
        ("From 2023-\n24 on.", "From 2023- 24 on."),
        ("A so\u00ad\nlution.", "A solution."),
        ("A single-\nuse ticket.", "A single-use ticket."),
        ("He came -\nand went.", "He came - and went."),
    ],
)
def test_words_broken_at_line_ends_are_joined_where_that_is_sure(content: str, expected: str) -> None:
    assert text(body(content)) == [expected]


def test_where_many_lines_end_in_hyphens_they_break_words() -> None:
    content = "\n".join(["Some words of a text that is set in nar-", "row columns, as newspapers are."] * 15)
    assert "narrow" in text(body(content))[0]


# Files that cannot be read, and those made to do harm


def encrypted(user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(body(TWO_PARAGRAPHS)))))
    writer.encrypt(user, owner, algorithm="RC4-128")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def test_an_encrypted_pdf_is_told() -> None:
    assert error(encrypted("secret", "secret")) == "it is encrypted"


def test_a_pdf_of_pictures_is_told() -> None:
    assert error(pdf([], [])) == NO_TEXT


def test_a_pdf_without_pages_is_told() -> None:
    assert error(pdf()) == NO_TEXT


def test_fonts_that_do_not_say_their_letters_are_told() -> None:
    kids = b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>"
    shown = stream(b"BT /F1 10 Tf 70 700 Td <%s> Tj ET" % (b"010203040506" * 9))
    data = written([b"<< /Type /Catalog /Pages 2 0 R >>", kids, FONT, PAGE % 5, shown])
    assert error(data) == "its fonts do not say which letters they draw"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(9999), pdf(body(TWO_PARAGRAPHS))[:200]])
def test_a_broken_pdf_is_told(data: bytes) -> None:
    assert error(data)


def test_a_pdf_with_too_many_pages_is_told() -> None:
    kids = b" ".join([b"3 0 R"] * 50_000)
    pages = b"<< /Type /Pages /Count 50000 /Kids [%s] >>" % kids
    data = written([b"<< /Type /Catalog /Pages 2 0 R >>", pages, b"<< /Type /Page /Parent 2 0 R >>"])
    assert error(data) == "it has 50,000 pages; no article has more than 2,000"


@pytest.mark.parametrize(
    "kids",
    [
        b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>",
        b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R 3 0 R] >>",
        b"<< /Type /Pages /Count 1 /Kids %s >>" % (b"[" * 50_000),
        b"<< /Type /Pages /Count -5 /Kids 2 0 R /Parent 2 0 R >>",
    ],
)
def test_a_page_tree_without_an_end_is_told(kids: bytes) -> None:
    assert error(written([b"<< /Type /Catalog /Pages 2 0 R >>", kids, b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"]))


@pytest.mark.parametrize("content", [b"BT /F1 9 Tf (words) Tj ET " * 4_000_000, b"[" * 90_000_000, b" " * 90_000_000])
def test_a_page_that_unpacks_to_too_much_is_told_in_bounded_memory(content: bytes) -> None:
    kids = b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>"
    bomb = stream(zlib.compress(content, 1), b"/Filter /FlateDecode")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert error(written([b"<< /Type /Catalog /Pages 2 0 R >>", kids, FONT, PAGE % 5, bomb]))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_a_page_of_countless_pieces_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_worker, "_MOST_PIECES", 3)
    with pytest.raises(Exception, match="more than 3 pieces of text"):
        pdf_worker._pieces(PdfReader(io.BytesIO(pdf(body("a\nb\nc\nd")))).pages[0])


def test_a_form_that_draws_itself_ends() -> None:
    kids = b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>"
    uses = b"/Resources << /XObject << /X 5 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R %s /Contents 6 0 R >>" % uses
    form = stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + uses)
    data = written([b"<< /Type /Catalog /Pages 2 0 R >>", kids, FONT, page, form, stream(b"/X Do")])
    assert error(data)


def test_a_pdf_that_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text("import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass")
    monkeypatch.setattr(pdf_file, "_WORKER", worker)
    assert error(pdf(body("Words."))) == "reading it takes longer than any article needs"


def test_a_reader_that_breaks_down_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text("print('{}'); print('[[\"Words', end=''); raise SystemExit(3)")
    monkeypatch.setattr(pdf_file, "_WORKER", worker)
    assert error(pdf(body("Words."))) == "it cannot be read"


def test_a_file_that_is_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_file, "_MOST_BYTES", 1_000_000)
    assert error(pdf(body("Words.")) + bytes(3_000_000)) == "it is larger than 1 MB"


def test_it_is_recognised_by_its_first_bytes() -> None:
    assert SOURCE.recognises is not None
    assert SOURCE.recognises(pdf([]))
    assert not SOURCE.recognises(b"PDF")


@settings(max_examples=10, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 1500), st.binary(max_size=20))
def test_no_bytes_raise_anything_but_a_source_error(noise: bytes, place: int, splice: bytes) -> None:
    find(SOURCE, b"%PDF-1.4\n" + noise)
    good = pdf(body(TWO_PARAGRAPHS), Title="Ferry")
    find(SOURCE, good[:place] + splice + good[place + len(splice) :])


coordinates = st.floats(-1e4, 1e4)
pieces = st.tuples(st.text("Aab.- ­ﬁ1\n", max_size=8), coordinates, coordinates, st.floats(0, 50))


@given(st.lists(st.lists(pieces, max_size=8), max_size=4))
def test_no_layout_raises_anything(pages: list[list[tuple[str, float, float, float]]]) -> None:
    found = paragraphs(without_furniture([lines(page) for page in pages]))
    assert all(paragraph.strip() for paragraph in found)


def test_the_document_is_left_as_it_was_found() -> None:
    content = io.BytesIO(pdf(body(TWO_PARAGRAPHS)))
    [item] = SOURCE.read(Document("a", "a", "a", content))
    assert isinstance(item, RawItem)
    assert not content.closed
