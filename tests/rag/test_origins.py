from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.model import Answer, Article, Citation, Grouping, Hit, Passage, Report, Version
from rag.origins import tell, trace, trace_hits
from tests.making import NOW, article, day

OWN = "The bridge will open in May. It is red, and it is long."
DATELINE = "PORT ANSEL (Meridian Wire) - The bridge will open in May. It is red, and it is long."
TOLD = (
    "The mayor told The Wall Street Journal that the bridge will open in May. Cranes stand.\n\n"
    "It has two piers. “I am glad,” said Bo Reed, a driver. “I am not,” said Ada Holm, a welder."
)
OUTLETS = frozenset({"Meridian Wire", "The Harbour Courier", "Northfield Gazette"})


def version(name: str, source: str | None, text: str, **fields: Any) -> Version:
    return Version(article(name, source=source, **fields), 1, text, NOW)


def cite(cited: Version, words: str, *reports: Report, number: int = 1) -> Citation:
    start = cited.text.index(words)
    return Citation(number, cited.article, 1, start, start + len(words), words, reports=reports)


def report(of: Version, words: str) -> Report:
    start = of.text.index(words)
    return Report(of.article, 1, start, start + len(words))


def grouped(*copies: Version) -> dict[str, Grouping]:
    """These versions as copies of one text."""
    return {each.article.id: Grouping(tuple(other.article for other in copies if other is not each)) for each in copies}


def traced(
    *citations: Citation, versions: Sequence[Version], groups: Mapping[str, Grouping] = MappingProxyType({})
) -> Answer:
    return trace(Answer("When?", citations=citations), groups, versions, OUTLETS)


COURIER = version("courier", "The Harbour Courier", OWN, published_at=day(2))
GAZETTE = version("gazette", "Northfield Gazette", OWN, published_at=day(3))
COPIES = [COURIER, GAZETTE]
LEDGER = version("ledger", "The Daily Ledger", TOLD, published_at=day(4))


def test_what_an_article_says_itself_has_its_own_outlet_as_the_one_origin() -> None:
    answer = traced(cite(COURIER, "The bridge will open in May."), versions=[COURIER])
    assert (answer.origins, answer.reports, answer.citations[0].origin) == (1, 1, None)


def test_a_sentence_that_names_another_outlet_comes_from_there_and_the_rest_does_not() -> None:
    answer = traced(
        cite(LEDGER, "The mayor told The Wall Street Journal that the bridge will open in May."),
        cite(LEDGER, "It has two piers.", number=2),
        versions=[LEDGER],
    )
    assert [citation.origin for citation in answer.citations] == ["Wall Street Journal", None]
    assert (answer.origins, answer.reports) == (2, 1)


def test_two_outlets_that_tell_the_same_are_two_origins() -> None:
    answer = traced(cite(COURIER, "The bridge will open in May.", report(GAZETTE, OWN)), versions=[COURIER, GAZETTE])
    assert (answer.origins, answer.reports) == (2, 2)


def test_copies_of_one_text_are_one_origin_that_of_who_published_first() -> None:
    answer = traced(cite(GAZETTE, "It is red, and it is long."), versions=COPIES, groups=grouped(*COPIES))
    assert (answer.origins, answer.reports) == (1, 2)
    assert answer.citations[0].origin == "The Harbour Courier"
    assert answer.citations[0].reports[0].origin is None


def test_a_dateline_that_one_copy_has_kept_speaks_for_all() -> None:
    kept = version("kept", "Northfield Gazette", DATELINE, published_at=day(9))
    copies = [COURIER, kept]
    answer = traced(cite(COURIER, "The bridge will open in May."), versions=copies, groups=grouped(*copies))
    assert answer.origins == 1
    assert [answer.citations[0].origin, answer.citations[0].reports[0].origin] == ["Meridian Wire", "Meridian Wire"]


def test_an_article_that_only_relays_an_outlet_is_no_second_witness_of_it() -> None:
    wire = version("wire", "Meridian Wire", DATELINE)
    relay = version("relay", "Northfield Gazette", DATELINE.replace("May", "May, at last"))
    answer = traced(
        cite(wire, "It is red", report(relay, "The bridge will open in May, at last.")), versions=[wire, relay]
    )
    assert (answer.origins, answer.reports) == (1, 2)
    assert answer.citations[0].origin is None
    assert answer.citations[0].reports[0].origin == "Meridian Wire"


def test_copies_that_are_cited_beside_each_other_are_one_origin() -> None:
    answer = traced(
        cite(COURIER, "The bridge will open in May."),
        cite(GAZETTE, "It is red, and it is long.", number=2),
        versions=COPIES,
        groups=grouped(*COPIES),
    )
    assert (answer.origins, answer.reports) == (1, 2)


def test_articles_without_an_outlet_are_origins_of_their_own() -> None:
    notes = [Version(Article(f"{name}.txt", f"{name}.txt", "A bridge"), 1, OWN, NOW) for name in ("a", "b")]
    answer = traced(cite(notes[0], "It is red", report(notes[1], "It is red")), versions=notes)
    assert (answer.origins, answer.citations[0].origin) == (2, None)


def test_a_version_that_has_gone_meanwhile_leaves_the_article_its_own_origin() -> None:
    answer = traced(cite(COURIER, "It is red"), versions=[])
    assert (answer.origins, answer.citations[0].origin) == (1, None)


def test_a_copy_without_the_quoted_words_is_no_report_of_them() -> None:
    changed = version("changed", "The Daily Ledger", OWN.replace("in May", "in June"), published_at=day(3))
    copies = [COURIER, GAZETTE, changed]
    answer = traced(cite(COURIER, "The bridge will open in May."), versions=copies, groups=grouped(*copies))
    assert answer.citations[0].also_in == ("gazette",)
    assert (answer.origins, answer.reports) == (1, 2)


def test_copies_that_repeat_what_another_article_says_are_one_origin_more() -> None:
    answer = traced(
        cite(LEDGER, "It has two piers.", report(COURIER, OWN), report(GAZETTE, OWN)),
        versions=[LEDGER, *COPIES],
        groups=grouped(*COPIES) | grouped(LEDGER),
    )
    assert (answer.origins, answer.reports) == (2, 3)


def test_the_reports_of_a_story_come_earliest_first_those_without_a_date_last() -> None:
    undated = version("undated", "Touchline", TOLD)
    story = tell("gazette", grouped(*COPIES) | grouped(undated), [undated, GAZETTE, COURIER], OUTLETS)
    assert [(report.article.id, report.is_copy, report.origin) for report in story.reports] == [
        ("courier", True, None),
        ("gazette", False, "The Harbour Courier"),
        ("undated", False, None),
    ]
    assert story.origins == 2


def test_hits_name_their_origins_and_are_counted_with_their_copies() -> None:
    told = Passage("ledger-1-0", LEDGER.article, 1, 0, 72, TOLD[:72])
    own = Passage("courier-1-0", COURIER.article, 1, 0, len(OWN), OWN)
    found = (Hit(1, 0.9, told), Hit(2, 0.8, own, ("gazette",)))
    traced, origins, reports = trace_hits(found, grouped(*COPIES) | grouped(LEDGER), [LEDGER, *COPIES], OUTLETS)
    assert [hit.origin for hit in traced] == ["Wall Street Journal", None]
    assert (origins, reports) == (2, 3)


VERSIONS = [*COPIES, LEDGER, version("wire", "Meridian Wire", DATELINE)]
GROUPS = grouped(*COPIES)
reports = st.builds(lambda of: Report(of.article, 1, 0, 9), st.sampled_from(VERSIONS))
citations = st.builds(
    lambda cited, reports: Citation(1, cited.article, 1, 0, 9, cited.text[:9], reports=tuple(reports)),
    st.sampled_from(VERSIONS),
    st.lists(reports, max_size=4),
)


@settings(deadline=None, max_examples=25)  # the first example makes the tables of names
@given(st.lists(citations, min_size=1, max_size=3), st.randoms())
def test_of_any_citations_in_any_order_there_are_as_many_origins_and_never_more_than_reports(
    cited: list[Citation], draw: Any
) -> None:
    answer = traced(*cited, versions=VERSIONS, groups=GROUPS)
    draw.shuffle(cited)
    again = traced(*cited, versions=VERSIONS[::-1], groups=GROUPS)
    assert (again.origins, again.reports) == (answer.origins, answer.reports)
    assert 1 <= answer.origins <= answer.reports
