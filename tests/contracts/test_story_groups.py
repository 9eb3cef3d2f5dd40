"""What every store of articles promises of the groups that its articles make (rag.ports.ArticleStore.groups)."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.adapters.sqlite_writer import SqliteWriter
from rag.model import Filters
from rag.ports import ArticleWriter
from rag.records import NewVersion
from tests.digest import rows
from tests.invented import first_words, reworded, story
from tests.making import day, new_version

ORIGINAL = story(1)
TITLE = "Harbour bridge closed after barge hits pier"


class Clock:
    def __init__(self) -> None:
        self.now = day(1, 12)

    def __call__(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[ArticleWriter]:
    with closing(SqliteWriter(tmp_path / "corpus", clock=clock)) as store:
        yield store


def copies(store: ArticleWriter, name: str, filters: Filters = Filters()) -> list[str]:
    return [copy.id for copy in store.groups([name], filters)[name].copies]


def three_copies(store: ArticleWriter) -> None:
    """The original, a copy of it that was cut, and a later one; beside them another article."""
    store.commit(
        [
            new_version("later", texts=[reworded(ORIGINAL, 0.05)], published_at=day(9), source="Courier"),
            new_version("cut", texts=[first_words(ORIGINAL, 0.6)]),
            new_version("other", texts=[story(2)], published_at=day(2)),
            new_version("original", texts=[ORIGINAL], published_at=day(2), source="Ledger"),
        ]
    )


def test_copies_stand_beside_each_other_the_earliest_first_and_the_undated_last(store: ArticleWriter) -> None:
    three_copies(store)
    assert copies(store, "original") == ["later", "cut"]
    assert copies(store, "cut") == ["original", "later"]
    assert copies(store, "other") == []
    assert store.groups(["nowhere", "original"])["nowhere"].copies == ()
    assert store.groups([]) == {}


def test_how_many_of_some_articles_have_a_copy_is_counted(store: ArticleWriter) -> None:
    three_copies(store)
    assert store.count_copied(["original", "other", "nowhere"]) == 1
    assert store.count_copied(["cut", "later"]) == 2
    store.withdraw("original", "notice")
    store.withdraw("later", "notice")
    assert store.count_copied(["cut", "later"]) == 0


def test_filters_leave_members_out_and_do_not_part_the_others(store: ArticleWriter) -> None:
    three_copies(store)
    assert copies(store, "original", Filters(sources=("Courier",))) == ["later"]
    assert copies(store, "original", Filters(as_of=day(5))) == []
    assert copies(store, "later", Filters(as_of=day(10))) == ["original"]


def test_a_copy_that_changes_is_none_any_more_and_is_one_again_when_it_changes_back(store: ArticleWriter) -> None:
    three_copies(store)
    store.commit([new_version("later", 2, [story(3)])])
    assert copies(store, "original") == ["cut"]
    store.commit([new_version("later", 3, [ORIGINAL])])
    assert copies(store, "original") == ["cut", "later"]


def test_what_is_withdrawn_is_in_no_group_until_it_is_back(store: ArticleWriter) -> None:
    three_copies(store)
    store.withdraw("later", "notice")
    assert copies(store, "original") == ["cut"]
    assert copies(store, "later") == []
    store.reinstate("later")
    assert copies(store, "original") == ["later", "cut"]


def test_what_is_deleted_is_in_no_group(store: ArticleWriter) -> None:
    three_copies(store)
    store.delete(["original"])
    assert copies(store, "later") == ["cut"]
    store.delete(["later", "cut", "other"])
    folder = store.path.parent  # type: ignore[attr-defined]
    assert [rows(folder, f"SELECT * FROM {table}") for table in ("sketches", "event_keys", "links", "unlinked")] == [
        []
    ] * 4


def test_a_version_kept_as_history_changes_no_group(store: ArticleWriter) -> None:
    three_copies(store)
    history = new_version("original", 2, [story(4)])
    store.commit([replace(history, version=replace(history.version, current=False))])
    assert copies(store, "original") == ["later", "cut"]


def test_a_copy_under_embargo_joins_the_group_when_the_embargo_ends(store: ArticleWriter, clock: Clock) -> None:
    three_copies(store)
    new = new_version("embargoed", texts=[ORIGINAL], published_at=day(3))
    store.commit([replace(new, version=replace(new.version, embargoed_until=clock.now + timedelta(hours=1)))])
    assert "embargoed" not in copies(store, "original")
    assert copies(store, "embargoed") == []
    clock.now += timedelta(hours=2)
    assert copies(store, "original") == ["embargoed", "later", "cut"]
    store.lift_embargoes()
    assert copies(store, "embargoed") == ["original", "later", "cut"]


def test_another_report_of_the_event_stands_beside_with_its_copies_but_not_what_that_stands_beside(
    store: ArticleWriter,
) -> None:
    first, second, third = story(5), story(6), story(7)
    store.commit(
        [
            new_version("first", texts=[first], published_at=day(2), source="Ledger", title=TITLE),
            new_version("second", texts=[second], published_at=day(2), source="Courier", title=TITLE),
            new_version("copy", texts=[reworded(second, 0.05)], published_at=day(9), source="Echo", title="Again"),
            new_version("third", texts=[third], published_at=day(2), source="Ledger", title=TITLE),
        ]
    )
    groups = store.groups(["first", "second", "copy"])
    assert [report.id for report in groups["first"].stories] == ["second", "copy"]
    assert {report.id for report in groups["second"].stories} == {"first", "third"}
    assert {report.id for report in groups["copy"].stories} == {"first", "third"}
    assert groups["first"].copies == ()
    assert store.status().articles_of_stories == 3  # the copy has it by the text that it copies
    assert not store.groups(["first"], Filters(sources=("Ledger",)))["first"].stories


def test_a_report_of_the_event_that_changes_or_goes_stands_beside_no_more(store: ArticleWriter) -> None:
    for name, text in (("one", story(1)), ("two", story(2))):
        store.commit([new_version(name, texts=[text], published_at=day(2), source=name, title=TITLE)])
    assert [report.id for report in store.groups(["one"])["one"].stories] == ["two"]
    store.commit([new_version("two", 2, [story(2)], published_at=day(4), source="two", title=TITLE)])
    assert store.groups(["one"])["one"].stories == ()
    store.delete(["two"])
    assert store.groups(["one"])["one"].stories == ()


TEXTS = [ORIGINAL, first_words(ORIGINAL, 0.5), reworded(ORIGINAL, 0.08), story(2), reworded(story(2), 0.05), None]
_NAMES = "abcdefgh"
_steps = st.lists(
    st.tuples(st.sampled_from(_NAMES), st.sampled_from(range(len(TEXTS))), st.booleans()), min_size=6, max_size=16
)


@pytest.fixture
def few_lead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are worn out by two holders, so that who leads to others changes all the time."""
    monkeypatch.setattr("rag.stories.copies.HOLDERS", 2)
    monkeypatch.setattr("rag.adapters.linking.HOLDERS", 2)


@pytest.mark.usefixtures("few_lead")
@settings(deadline=None, max_examples=8, database=None)
@given(_steps, st.permutations(_NAMES))
def test_groups_depend_on_the_articles_that_there_are_alone(
    steps: list[tuple[str, int, bool]], arrivals: Sequence[str]
) -> None:
    """Any history of changes and deletions, in any batches, leaves what its last texts make, come in any order."""
    last = {name: text for name, text, _ in steps}
    assert _held_after(steps) == _held_after([(name, last[name], False) for name in arrivals if name in last])


def _held_after(steps: Sequence[tuple[str, int, bool]]) -> list[list[tuple[object, ...]]]:
    """The tables after these steps: an article gets a text, or goes; the third says whether its batch ends there."""
    with TemporaryDirectory() as folder, closing(SqliteWriter(Path(folder))) as store:
        numbers = dict.fromkeys(_NAMES, 0)
        batch: dict[str, int] = {}
        for name, text, ends in steps:
            if ends or name in batch or TEXTS[text] is None:
                store.commit([_version(each, numbers[each], held) for each, held in batch.items()])
                batch.clear()
            if TEXTS[text] is None:
                store.delete([name])
            else:
                numbers[name] += 1
                batch[name] = text
        store.commit([_version(each, numbers[each], held) for each, held in batch.items()])
        tables = (
            "SELECT key, substr(version_key, 1, 16) AS held_by FROM sketches ORDER BY key, held_by",
            "SELECT key, substr(version_key, 1, 16) AS held_by FROM event_keys ORDER BY key, held_by",
            "SELECT kind, substr(version_key, 1, 16), substr(other_key, 1, 16) FROM links ORDER BY 1, 2, 3",
            "SELECT version_key FROM unlinked",
        )
        return [rows(Path(folder), table) for table in tables]


def _version(name: str, number: int, text: int) -> NewVersion:
    """All of one event, each of another outlet."""
    return new_version(name, number, [TEXTS[text] or ""], title=TITLE, source=name, published_at=day(2))


@pytest.mark.usefixtures("few_lead")
@pytest.mark.parametrize("arrivals", [_NAMES, _NAMES[::-1]])
def test_who_leads_to_others_is_settled_anew_as_copies_come_and_go(arrivals: str) -> None:
    at_once = [(name, 0, False) for name in _NAMES]
    assert _held_after([(name, 0, True) for name in arrivals]) == _held_after(at_once)
    gone = TEXTS.index(None)
    coming_and_going = [*at_once, *((name, gone, False) for name in arrivals[:4])]
    assert _held_after(coming_and_going) == _held_after([(name, 0, False) for name in arrivals[4:]])
