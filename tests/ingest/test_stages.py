"""Stages hand on all they are given, in order; none outlives the run."""

import threading
from collections.abc import Generator, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.stages import Stages, StoppedError


def going_on() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("byline-ingest")]


def of(values: list[int]) -> Generator[int]:
    yield from values


def doubled(values: Iterator[int]) -> Generator[int]:
    for value in values:
        yield 2 * value


@given(st.lists(st.integers()), st.integers(1, 4))
def test_values_come_through_any_number_of_stages_in_order(values: list[int], room: int) -> None:
    with Stages(lambda: False, 2) as stages:
        assert list(stages.ahead(doubled(stages.ahead(of(values), room)), room)) == [2 * value for value in values]
    assert going_on() == []


def test_a_stage_works_ahead_by_as_many_as_there_is_room_for_and_one() -> None:
    made: list[int] = []
    three_made = threading.Event()

    def making() -> Generator[int]:
        for value in range(10):
            made.append(value)
            if value == 3:
                three_made.set()
            yield value

    with Stages(lambda: False, 1) as stages:
        assert next(stages.ahead(making(), 2)) == 0
        assert three_made.wait(20)
        assert made == [0, 1, 2, 3]


def test_an_error_comes_behind_the_values_before_it() -> None:
    def failing() -> Generator[int]:
        yield 1
        raise ZeroDivisionError

    seen: list[int] = []
    with pytest.raises(ZeroDivisionError), Stages(lambda: False, 2) as stages:  # noqa: PT012
        for value in stages.ahead(doubled(stages.ahead(failing(), 1)), 1):
            seen.append(value)
    assert seen == [2]
    assert going_on() == []


def test_when_the_last_stage_fails_the_others_end_and_are_closed() -> None:
    closed = threading.Event()

    def endless() -> Generator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    with pytest.raises(ZeroDivisionError), Stages(lambda: False, 2) as stages:  # noqa: PT012
        for value in stages.ahead(doubled(stages.ahead(endless(), 1)), 1):
            assert value / 0
    assert closed.is_set()
    assert going_on() == []


def test_a_wish_to_end_is_heard_while_a_stage_is_waited_for() -> None:
    wished, asked = threading.Event(), threading.Event()

    def slow() -> Generator[int]:
        wished.set()
        asked.wait(20)
        yield 1

    def stopped() -> bool:
        if wished.is_set():
            asked.set()
        return wished.is_set()

    with pytest.raises(StoppedError), Stages(stopped, 1) as stages:
        next(stages.ahead(slow(), 1))
    assert going_on() == []
