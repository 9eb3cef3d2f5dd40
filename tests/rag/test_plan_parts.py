"""What a question implies of the articles that answer it, and its parts."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.model import Implication, Plan
from rag.plan import Sources, plan_for

SOURCES = Sources(
    ["The Daily Ledger", "Kite Weekly - Business", "Kite Weekly - Travel", "Touchline.com", "Fortune", "Meridian Wire"],
    ["Ada Brook", "Tom Reed"],
)
ASKED = datetime(2024, 3, 15, 12, tzinfo=UTC)


def implied(plan: Plan) -> list[tuple[str, str]]:
    return [(each.kind.value, each.value) for each in plan.implied]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What did the Daily Ledger report say of the bridge?", ["The Daily Ledger"]),
        ("Did the Ledger sell?", []),
        ("Who opened the bridge, according to The Daily Ledger?", ["The Daily Ledger"]),
        ("Who won, as reported by both Touchline and 'Fortune'?", ["Touchline.com", "Fortune"]),
        ("Does the Touchline.com article suggest that Vessen won?", ["Touchline.com"]),
        ("Did Fortune smile on Vessen?", []),
        ("Who lost a fortune, as reported in the press?", []),
        ("Why was Fortune sued by its printers?", []),
        ("Was there a storm in Misfortune, as reported?", []),
    ],
)
def test_an_outlet_is_implied_where_the_question_leans_on_its_reporting(question: str, named: list[str]) -> None:
    assert [value for kind, value in implied(plan_for(question, SOURCES)) if kind == "source"] == named


def test_an_outlet_with_sections_is_meant_with_all_of_them_unless_one_is_named() -> None:
    plan = plan_for("What does Kite Weekly report of rents?", SOURCES)
    assert plan.implied[0].value == "Kite Weekly"
    assert plan.implied[0].names == ("Kite Weekly - Business", "Kite Weekly - Travel")
    plan = plan_for("What does 'Kite Weekly - Travel' report of rents?", SOURCES)
    assert plan.implied[0].names == ("Kite Weekly - Travel",)


def test_an_author_is_implied_by_a_whole_name() -> None:
    plan = plan_for("What did the article by Ada Brook say of the bridge?", SOURCES)
    assert implied(plan) == [("author", "Ada Brook")]
    assert plan.implied[0].names == ("Ada Brook",)
    assert plan_for("Who is Ada Brook?", SOURCES).implied == ()


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("What did the report published on October 13, 2023 say?", ["2023-10-13"]),
        ("Was the article after October 4, 2023, and before November 1, 2023, wrong?", ["2023-10-04", "2023-11-01"]),
        ("Who won the cup last week?", ["2024-03-04 to 2024-03-10"]),
        ("Who won the cup this week?", ["2024-03-09 to 2024-03-17"]),
        ("Who won between March 11 and March 17, 2024?", ["2024-03-11 to 2024-03-17"]),
        ("Who was born on 3 May 1970?", []),
        ("What did the report of 2019 say?", []),
        ("On October 13, 2023, what did Touchline report of the cup?", ["2023-10-13"]),
        ("In late November 2023, which firm did the Fortune article name?", ["2023-11-21 to 2023-11-30"]),
        ("On October 13, 2023, who won the cup?", []),
        ("Who won on October 13, 2023, and what did Touchline report of it?", []),
        ("As of October 5, 2023, how many work at the plant?", ["2023-10-05"]),
        ("How many worked at the plant as of March 5?", ["2024-03-05"]),
        ("As of 2019, who is the mayor?", []),
    ],
)
def test_days_of_publication_are_implied(question: str, days: list[str]) -> None:
    plan = plan_for(question, SOURCES, ASKED)
    assert [value for kind, value in implied(plan) if kind == "published"] == days


def test_what_depends_on_the_asking_day_is_unknown_without_it() -> None:
    assert plan_for("Who won the cup last week?", SOURCES).implied == ()


def test_as_of_a_whole_date_is_known_without_the_asking_day() -> None:
    assert implied(plan_for("As of March 5, 2024, how many work there?")) == [("published", "2024-03-05")]


def test_days_that_open_a_question_are_no_part_of_their_own() -> None:
    plan = plan_for("On October 13, 2023, what did Touchline report of the cup in Vessen?", SOURCES)
    (part,) = plan.parts
    assert sorted(each.value for each in part.implied) == ["2023-10-13", "Touchline.com"]
    assert "October" not in part.query


@pytest.mark.parametrize("name", ["İstanbul Post", "Istanbul Post", "ISTANBUL POST"])
def test_a_letter_whose_small_form_is_longer_hides_no_source(name: str) -> None:
    question = f"What did the {name} report in İzmir say, and what did Fortune report?"
    plan = plan_for(question, Sources(["İstanbul Post", "Fortune"]))
    assert [(each.value, question[each.start : each.end]) for each in plan.implied] == [
        ("İstanbul Post", name),
        ("Fortune", "Fortune"),
    ]


def test_the_latest_is_implied_by_its_words() -> None:
    assert implied(plan_for("What is the latest on the bridge?")) == [("latest", "latest")]


def test_what_is_left_out_is_taken_for_words_like_any_other() -> None:
    question = "What did the Daily Ledger report say of the bridge?"
    plan = plan_for(question, SOURCES, without={"source:The Daily Ledger"})
    assert plan.implied == ()
    assert plan.parts[0].query == question


def test_each_outlet_has_its_clause_when_it_is_the_subject() -> None:
    plan = plan_for(
        "Does the Touchline article say that Vessen won the cup, while the Fortune report says that rents fell in May?",
        SOURCES,
    )
    assert [(part.query, [each.value for each in part.implied]) for part in plan.parts] == [
        ("Does the article say that Vessen won the cup", ["Touchline.com"]),
        (", while the report says that rents fell in May?", ["Fortune"]),
    ]


def test_each_outlet_has_its_clause_when_it_comes_behind() -> None:
    plan = plan_for(
        "Who won the cup in Vessen as reported by Touchline.com, and sold the plant in Ostmoor according to Fortune?",
        SOURCES,
    )
    first, second = plan.parts
    assert "cup" in first.query
    assert "plant" not in first.query
    assert "plant" in second.query
    assert "cup" not in second.query


def test_a_date_is_never_cut() -> None:
    plan = plan_for(
        "Between the Fortune report on rents published on May 3, 2024, and the Touchline report on the cup published "
        "on June 5, 2024, was there a change?",
        SOURCES,
    )
    assert [[each.value for each in part.implied] for part in plan.parts] == [
        ["Fortune", "2024-05-03"],
        ["Touchline.com", "2024-06-05"],
    ]


def test_a_list_of_outlets_makes_a_part_of_each_and_one_of_each_clause() -> None:
    plan = plan_for(
        "Who opened the bridge in Vessen, and later sold the plant in Ostmoor, as reported by Fortune and Touchline?",
        SOURCES,
    )
    assert [[each.value for each in part.implied] for part in plan.parts[:2]] == [["Fortune"], ["Touchline.com"]]
    assert len(plan.parts) > 3
    assert all(len(part.implied) == 2 for part in plan.parts[2:])


def test_a_question_without_outlets_is_one_part() -> None:
    question = "Who opened the bridge in Vessen, and who sold the plant in Ostmoor?"
    (part,) = plan_for(question, SOURCES).parts
    assert part.query == question


PIECES = st.lists(
    st.sampled_from(
        "Fortune; Touchline.com; The Daily Ledger; report; as reported by; while; and; ,; on May 3, 2024; bridge; "
        "rents; who; İ; 'x'; |; article by Ada Brook; latest; ?;\n".split(";")
    )
)


@given(st.one_of(PIECES.map(" ".join), st.text(max_size=80)))
def test_any_question_has_parts_that_lie_in_it_and_are_looked_for(question: str) -> None:
    plan = plan_for(question, SOURCES, ASKED)
    assert plan.parts
    for part in plan.parts:
        assert 0 <= part.start <= part.end <= len(question)
        assert set(part.implied) <= set(plan.implied)
    for each in plan.implied:
        assert 0 <= each.start < each.end <= len(question)
        assert each.kind is not Implication.SOURCE or each.names


@given(PIECES.map(" ".join))
def test_what_is_implied_can_be_left_out(question: str) -> None:
    keys = {each.key for each in plan_for(question, SOURCES, ASKED).implied}
    assert plan_for(question, SOURCES, ASKED, without=keys).implied == ()
