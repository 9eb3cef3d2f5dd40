from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from rag.model import Article, Version
from rag.suggest import suggest


def version(text: str) -> Version:
    return Version(Article(id=text, url="", title="A title"), 1, text, datetime(2024, 1, 1, tzinfo=UTC))


def test_what_is_announced_for_a_day_asks_when() -> None:
    texts = [version("Kite Motors will open its battery plant in Vessen on 14 June, the company said.")]
    assert suggest(texts, 4) == ("When will Kite Motors open its battery plant in Vessen?",)


def test_a_role_in_apposition_asks_who() -> None:
    texts = [version("“We are ready,” said Lena Marsh, the chief executive of Kite Motors, on Friday.")]
    assert suggest(texts, 4) == ("Who is the chief executive of Kite Motors?",)


def test_a_pronoun_is_no_subject() -> None:
    assert suggest([version("It will open on 14 June.")], 4) == ()


def test_two_articles_about_the_same_thing_give_one_question() -> None:
    texts = [
        version("Kite Motors will open its battery plant on 14 June, the company said."),
        version("Kite Motors will open its battery plant in Vessen on 21 June, it said."),
    ]
    assert len(suggest(texts, 4)) == 1


@given(st.lists(st.text(), max_size=5), st.integers(0, 5))
def test_never_more_than_asked_for_whatever_the_text(texts: list[str], n: int) -> None:
    assert len(suggest(map(version, texts), n)) <= n
