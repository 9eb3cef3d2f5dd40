from pathlib import Path

import pytest

from rag.language.attribution import Attribution, attributions, is_relay, origin_of
from rag.language.attribution.origin import own_origin
from rag.model import Article

SEEDS = Path(__file__).parents[4] / "shared" / "data" / "seeds"
CORPUS = ("The Harbour Courier", "Calder Wire", "Radio Vessen News", "Touchline", "Northfield Gazette - Sport")


def article(
    source: str | None = None, *, url: str = "https://news.example/a", authors: tuple[str, ...] = ()
) -> Article:
    return Article(id="a", url=url, title="A bridge", source=source, authors=authors)


def origin(text: str, passage: str, source: str | None = "The Harbour Courier") -> str:
    start = text.index(passage)
    return origin_of(article(source), text, start, start + len(passage), attributions(text, CORPUS))


TOLD = (
    "The bridge will open in May, the mayor told The Verge. She also said that it was safe. “It took long,” she added."
    "\n\nThe harbour lies beside it. Cranes stand there. It has two piers. Ships come on Mondays."
)


def test_a_passage_comes_from_what_its_sentence_or_those_before_say() -> None:
    assert origin(TOLD, "The bridge will open in May") == "verge"
    assert origin(TOLD, "She also said that it was safe.") == "verge"
    assert origin(TOLD, "“It took long,” she added.") == "verge"
    assert origin(TOLD, "The harbour lies beside it.") == "harbour courier"


def test_of_two_sources_the_nearest_counts_and_who_is_cited_before_who_cites() -> None:
    text = "Reuters reported cracks in the deck, while the BBC reported none."
    assert origin(text, "cracks in the deck") == "reuters"
    assert origin(text, "none") == "bbc"
    assert origin("CNN, citing Le Monde, reported cracks.", "CNN, citing Le Monde, reported cracks.") == "le monde"


def test_what_somebody_else_says_afresh_is_the_articles_own() -> None:
    text = "The deck is cracked, The Verge reported. She told reporters that it was sound."
    assert origin(text, "She told reporters that it was sound.") == "harbour courier"


def test_somebody_who_was_not_named_before_speaks_for_himself() -> None:
    text = "The deck is cracked, Bo Reed told The Verge. “It is,” Reed said. “It is not,” said Ada Holm, an engineer."
    assert origin(text, "“It is,” Reed said.") == "verge"
    assert origin(text, "“It is not,” said Ada Holm, an engineer.") == "harbour courier"


def test_a_passage_of_several_sentences_comes_from_where_most_of_it_comes_from() -> None:
    text = "It opened, according to Le Monde. " + "The bridge that the town had awaited is red. " * 5
    assert origin(text, text) == "harbour courier"


def test_an_outlet_that_names_itself_is_its_own_witness() -> None:
    text = "The mayor told the BBC that the bridge would open."
    assert origin(text, text, "BBC News - Technology") == "bbc"
    assert not is_relay(article("BBC News"), text, attributions(text))


def test_an_article_that_only_relays_another_outlet_is_a_relay() -> None:
    dateline = "PORT ANSEL (Reuters) - It opened. It is red."
    assert origin(dateline, "It is red.") == "reuters"
    assert is_relay(article("Reuters"), dateline, attributions(dateline)) is False
    assert is_relay(article("The Harbour Courier", authors=("Ada Holm, Associated Press",)), "It opened.", ())
    leaning = "A bridge is for sale.\n\nBloomberg reports that the town needs money. It is red, Bloomberg said."
    assert origin(leaning, "A bridge is for sale.") == "bloomberg"


@pytest.mark.parametrize(
    "text",
    [
        "It opened. The Associated Press contributed to this report.",
        "Bloomberg reports that it is sold. The mayor told the Harbour Courier that it is not.",
        "Bloomberg reports that it is sold, Bloomberg said. The mayor said no. A welder said no. A driver said no.",
        "Bloomberg reports that it is sold. Reuters reports that it is not.",
        "A bridge is for sale. " + "The town has many bridges. " * 40 + "It is red, he told Bloomberg.",
    ],
)
def test_an_article_with_reporting_of_its_own_is_no_relay(text: str) -> None:
    assert not is_relay(article("The Harbour Courier"), text, attributions(text, CORPUS))


def test_an_article_without_a_named_outlet_is_known_by_its_site() -> None:
    assert own_origin(article(url="https://www.nytimes.com/2024/a")) == "new york times"
    assert own_origin(article("www.theguardian.com")) == "guardian"
    assert own_origin(article(url="https://www.courier.example/a")) == "courier.example"
    assert own_origin(article(url="notes/bridge.txt")) == "a"


seeds_only = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the two seed articles, which are not ours to ship, are not here"
)


def _seed(name: str) -> tuple[Article, str, tuple[Attribution, ...]]:
    (path,) = SEEDS.glob(f"{name}_*.txt")
    text = path.read_text("utf-8")
    return Article(id=str(path), url=str(path), title=""), text, attributions(text)


@seeds_only
@pytest.mark.parametrize("name", ["000", "004"])
def test_both_articles_about_sora_lean_on_bloomberg(name: str) -> None:
    told, text, found = _seed(name)
    assert is_relay(told, text, found)
    place = text.index("Altman")
    assert origin_of(told, text, place, place + 6, found) == "bloomberg"


@seeds_only
def test_what_mira_murati_said_comes_through_the_wall_street_journal() -> None:
    told, text, found = _seed("000")
    place = text.index("Murati")
    assert origin_of(told, text, place, place + 6, found) == "wall street journal"
    after = text.index("training data")
    assert origin_of(told, text, after, after + 13, found) == "wall street journal"
