"""The two articles that Byline was first asked about, with the real model. They are not part of the project."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import ingest
from rag import Answer, Corpus, Settings, open_corpus

SEEDS = Path(__file__).parent.parent.parent / "shared" / "data" / "seeds"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the two seed articles, which are not ours to ship, are not here"),
]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    settings = Settings(corpus=tmp_path_factory.mktemp("seeds") / "corpus")
    report = ingest(SEEDS, settings=settings)
    assert (report.added, report.rejected) == (2, ())
    with open_corpus(settings=settings) as corpus:
        yield corpus


def marked(answer: Answer) -> str:
    claim = answer.claims[0]
    assert claim.span is not None
    return claim.text[claim.span.start : claim.span.end]


def test_when_will_sora_launch(seeds: Corpus) -> None:
    answer = seeds.ask("when will Sora launch?")
    assert "definitely this year, but could be a few months" in answer.claims[0].text
    assert "this year" in marked(answer)
    citation = answer.citations[0]
    assert citation.article.id.endswith("000_9810063dac809d42.txt")
    assert seeds.article(citation.article.id, citation.version).text[citation.start : citation.end] == citation.quote


def test_both_articles_lean_on_bloomberg_and_what_murati_said_comes_through_the_wall_street_journal(
    seeds: Corpus,
) -> None:
    for article in seeds.articles():
        (itself,) = (report for report in seeds.story(article.id).reports if report.article.id == article.id)
        assert itself.origin == "Bloomberg"
    answer = seeds.ask("when will Sora launch?")
    assert answer.citations[0].origin == "Wall Street Journal"
    assert answer.origins <= answer.reports <= 2


def test_the_two_articles_are_one_story_and_no_copies(seeds: Corpus) -> None:
    for article in seeds.articles():
        story = seeds.story(article.id)
        assert [report.is_copy for report in story.reports] == [False, False]
        assert story.origins == 1
    assert seeds.status().articles_of_stories == 2


def test_who_is_the_chief_technical_officer(seeds: Corpus) -> None:
    assert marked(seeds.ask("Who is OpenAI's chief technical officer?")) == "Mira Murati"


@pytest.mark.parametrize(
    "question",
    [
        "Which agencies has Sora been sold to?",
        "What does a Sora subscription cost?",
        "Who won the 1998 World Cup?",
        "How many people live in Lisbon?",
        "When does the Tour de France start?",
    ],
)
def test_what_the_articles_do_not_say_is_declined(seeds: Corpus, question: str) -> None:
    answer = seeds.ask(question)
    assert answer.abstention is not None
    assert answer.text is None
    assert answer.nearest
