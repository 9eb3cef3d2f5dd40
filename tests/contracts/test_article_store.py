"""What every store of articles promises (rag.ports.ArticleStore and ArticleWriter)."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.adapters.sqlite_writer import SqliteWriter
from rag.errors import ArticleNotFound, StoreError
from rag.identity import passage_id, version_key, version_of_passage
from rag.model import Filters
from rag.ports import ArticleWriter
from rag.records import BY_HAND, EmbedderInfo, Facet, Known, NewVersion, Visit, Withdrawal
from tests.making import day, keys_of, new_version


class Clock:
    """The present, as a test sets it: the first of December."""

    def __init__(self) -> None:
        self.now: datetime = day(1, 12)

    def __call__(self) -> float:
        return self.now.timestamp()


def _sqlite(folder: Path, clock: Clock) -> Iterator[ArticleWriter]:
    with closing(SqliteWriter(folder, lock_seconds=0.1, clock=clock)) as store:
        yield store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=[_sqlite], ids=["sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[ArticleWriter]:
    make: Callable[[Path, Clock], Iterator[ArticleWriter]] = request.param
    yield from make(tmp_path / "corpus", clock)


def found(store: ArticleWriter, filters: Filters = Filters()) -> list[tuple[str, int]]:
    """The versions that search may see: by their keys, their embeddings, their passages and their articles alike."""
    scope = store.scope(filters)
    ids, vectors = store.embeddings(scope.versions)
    passages = store.passages(ids, filters)
    seen = sorted({(passage.article.id, passage.version) for passage in passages.values()})
    assert set(passages) == set(ids)
    assert len(vectors) == len(ids) == scope.passages
    assert Counter(map(version_of_passage, ids)) == scope.versions
    assert sorted(scope.versions) == sorted(version_key(*each) for each in seen)
    assert store.has_passages(filters) == bool(seen)
    assert filters or store.count_passages() == len(ids)
    assert sorted(article.id for article in store.articles(filters)) == [name for name, _ in seen]
    assert store.count_articles(filters) == len(seen)
    assert {passage for name, _ in seen for passage in store.passages_of(name, filters)} == set(passages.values())
    return seen


# Reading


def test_a_new_corpus_is_empty(store: ArticleWriter) -> None:
    status = store.status()
    assert (status.articles, status.versions, status.passages, status.withdrawn, status.epoch) == (0, 0, 0, 0, 0)
    assert (status.embedder, status.first_published, status.last_published) == (None, None, None)
    assert found(store) == []


def test_a_version_is_read_back_as_it_was_written(store: ArticleWriter) -> None:
    new = new_version(
        "a",
        texts=("Zoë’s bank 🏦 lent 5 €.", "e\u0301 and a 𝒳."),
        title="Loans — “more” of them",
        source="The Daily Ledger",
        authors=("Ada Brook", "Åsa Öberg"),
        published_at=day(4),
        updated_at=day(5),
        category="business",
        language="en",
    )
    store.commit([new])
    assert store.version("a") == new.version
    assert store.passages([passage.id for passage in new.passages]) == {p.id: p for p in new.passages}


def test_a_version_without_anything_but_a_text_is_read_back_too(store: ArticleWriter) -> None:
    new = new_version("a", title="")
    store.commit([new])
    assert store.version("a") == new.version


def test_a_time_keeps_the_offset_that_it_was_given_with(store: ArticleWriter) -> None:
    published = day(4).astimezone(timezone(timedelta(hours=5, minutes=30)))
    store.commit([new_version("a", published_at=published)])
    assert store.version("a").article.published_at.isoformat() == "2024-01-04T17:30:00+05:30"  # type: ignore[union-attr]


def test_the_vectors_are_read_back_as_they_were_written(store: ArticleWriter) -> None:
    new = new_version("a", texts=("One.", "Two.", "Three."))
    store.commit([new])
    ids, vectors = store.embeddings(store.scope(Filters()).versions)
    in_order = [ids.index(passage.id) for passage in new.passages]
    assert vectors.dtype == np.float32
    np.testing.assert_array_equal(vectors[in_order], new.vectors)


def test_the_vectors_of_some_passages_come_in_the_order_that_they_are_asked_for(store: ArticleWriter) -> None:
    new = new_version("a", texts=("One.", "Two.", "Three."))
    store.commit([new])
    third, first = new.passages[2].id, new.passages[0].id
    np.testing.assert_array_equal(store.vectors([third, first]), new.vectors[[2, 0]])
    assert len(store.vectors([])) == 0
    with pytest.raises(KeyError):
        store.vectors([first, "nothing"])


def test_an_article_is_found_by_its_id_and_by_its_url(store: ArticleWriter) -> None:
    store.commit([new_version("a")])
    assert store.version("https://news.example/a") == store.version("a")
    assert store.versions("https://news.example/a") == store.versions("a")


def test_what_no_article_has_is_not_found(store: ArticleWriter) -> None:
    store.commit([new_version("a")])
    for ask in (lambda: store.version("b"), lambda: store.version("a", 2), lambda: store.versions("b")):
        with pytest.raises(ArticleNotFound):
            ask()


def test_an_older_version_stays_readable_under_its_number(store: ArticleWriter) -> None:
    old, new = new_version("a", 1, ["Old text."]), new_version("a", 2, ["New text."])
    store.commit([old])
    store.commit([new])
    assert store.version("a").text == "New text."
    assert store.version("a", 1).text == "Old text."
    assert [(version.number, version.current) for version in store.versions("a")] == [(1, False), (2, True)]


def test_of_several_articles_what_search_may_see_is_read_whole_at_once(store: ArticleWriter) -> None:
    store.commit([new_version("a", published_at=day(1), fetched_at=day(1)), new_version("b", published_at=day(5))])
    store.commit([new_version("a", 2, ["A new text."], published_at=day(1), updated_at=day(9), fetched_at=day(9))])
    assert {(each.article.id, each.number) for each in store.visible(["a", "b", "none"])} == {("a", 2), ("b", 1)}
    (seen,) = store.visible(["a", "b"], Filters(as_of=day(3)))
    assert (seen.number, seen.text) == (1, store.version("a", 1).text)


def test_articles_come_newest_first_and_those_without_a_date_last(store: ArticleWriter) -> None:
    dates = {"old": day(1), "undated": None, "new": day(9), "middle": day(5)}
    store.commit([new_version(name, published_at=published) for name, published in dates.items()])
    assert [article.id for article in store.articles()] == ["new", "middle", "old", "undated"]


def test_pages_of_articles_follow_one_another_without_gap_or_repetition(store: ArticleWriter) -> None:
    store.commit([new_version(f"a{i}", published_at=day(1)) for i in range(7)])
    paged = [article.id for offset in (0, 3, 6, 9) for article in store.articles(offset=offset, limit=3)]
    assert paged == [article.id for article in store.articles()]
    assert len(set(paged)) == 7


def test_articles_can_be_looked_for_by_the_words_of_their_titles(store: ArticleWriter) -> None:
    titles = {"a": "Storm hits the NORTH", "b": "North wins", "c": "Ärger im Norden", "d": "100% of _all_"}
    store.commit([new_version(name, title=title) for name, title in titles.items()])

    def titled(words: str) -> list[str]:
        assert store.count_articles(matching=words) == len(store.articles(matching=words))
        return sorted(article.id for article in store.articles(matching=words))

    assert titled("north") == ["a", "b"]
    assert titled("north storm") == ["a"]
    assert titled("ÄRGER") == ["c"]
    assert titled("%") == ["d"]
    assert titled("_all") == ["d"]
    assert titled("nowhere") == []


def test_facets_count_the_articles_of_each_value_the_most_first(store: ArticleWriter) -> None:
    sources = {"a": "Ledger", "b": "Courier", "c": "Ledger", "d": None}
    store.commit([new_version(name, source=source) for name, source in sources.items()])
    assert store.facets("source") == [Facet("Ledger", 2), Facet("Courier", 1)]
    assert store.facets("category") == []
    store.commit([new_version("a", 2, source="Courier")])
    assert store.facets("source") == [Facet("Courier", 2), Facet("Ledger", 1)]


def test_each_author_of_an_article_is_a_facet(store: ArticleWriter) -> None:
    store.commit([new_version("a", authors=("Ada Brook", "Tom Reed")), new_version("b", authors=("Tom Reed",))])
    assert store.facets("author") == [Facet("Tom Reed", 2), Facet("Ada Brook", 1)]


def test_the_status_counts_what_search_can_see_and_all_versions(store: ArticleWriter) -> None:
    store.commit([new_version("a", published_at=day(3)), new_version("b", texts=("One.", "Two."), published_at=day(7))])
    store.commit([new_version("a", 2, published_at=day(5)), new_version("c")])
    store.withdraw("c", "notice")
    status = store.status()
    assert (status.articles, status.versions, status.passages, status.withdrawn) == (2, 4, 3, 1)
    assert (status.first_published, status.last_published) == (day(5), day(7))


def test_a_question_for_no_passages_at_all_has_no_passages(store: ArticleWriter) -> None:
    store.commit([new_version("a")])
    assert store.passages([]) == {}
    assert store.passages(["nobody"]) == {}


# Filters


FIELDS: dict[str, dict[str, Any]] = {
    "a": {"source": "The Ledger", "authors": ("Ada Brook", "Zoë Lang"), "category": "Business", "language": "en"},
    "b": {"source": "the ledger", "authors": ("Tom Reed",), "category": "sport", "language": "en"},
    "c": {"source": "Ledger", "authors": (), "category": "business", "language": "de"},
    "d": {"source": None, "authors": ("ada brook",), "category": None, "language": None},
}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), "abcd"),
        (Filters(sources=("THE LEDGER",)), "ab"),
        (Filters(sources=("ledger", "The Ledger")), "abc"),
        (Filters(sources=("Ledg",)), ""),
        (Filters(authors=("Ada Brook",)), "ad"),
        (Filters(authors=("ZOË LANG", "tom reed")), "ab"),
        (Filters(authors=("Ada",)), ""),
        (Filters(categories=("business",)), "ac"),
        (Filters(languages=("EN",)), "ab"),
        (Filters(sources=("The Ledger",), authors=("Ada Brook", "Tom Reed"), categories=("sport",)), "b"),
    ],
    ids=str,
)
def test_names_are_filtered_whole_and_ignoring_case(store: ArticleWriter, filters: Filters, expected: str) -> None:
    store.commit([new_version(name, **fields) for name, fields in FIELDS.items()])
    assert found(store, filters) == [(name, 1) for name in expected]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(published_from=date(2024, 1, 5)), "cd"),
        (Filters(published_to=date(2024, 1, 5)), "bc"),
        (Filters(published_from=date(2024, 1, 5), published_to=date(2024, 1, 5)), "c"),
        (Filters(published_from=date(2024, 1, 6), published_to=date(2024, 1, 5)), ""),
        (Filters(published_from=date.min), "bcd"),
        (Filters(published_to=date.max), "bcd"),
    ],
    ids=str,
)
def test_days_are_filtered_with_both_ends_in_utc_and_never_match_an_unknown_one(
    store: ArticleWriter, filters: Filters, expected: str
) -> None:
    midnight = day(5).replace(hour=0)
    dates = {"a": None, "b": midnight - timedelta(seconds=1), "c": midnight, "d": midnight + timedelta(days=1)}
    store.commit([new_version(name, published_at=published) for name, published in dates.items()])
    assert found(store, filters) == [(name, 1) for name in expected]


def test_as_of_a_time_each_article_is_seen_in_the_version_of_then(store: ArticleWriter) -> None:
    store.commit([new_version("a", 1, published_at=day(1)), new_version("late", 1, published_at=day(20))])
    store.commit([new_version("a", 2, published_at=day(1), updated_at=day(10))])
    store.commit([new_version("a", 3, published_at=day(1), updated_at=day(15))])
    assert found(store, Filters(as_of=day(1) - timedelta(seconds=1))) == []
    assert found(store, Filters(as_of=day(1))) == [("a", 1)]
    assert found(store, Filters(as_of=day(12))) == [("a", 2)]
    assert found(store, Filters(as_of=day(25))) == [("a", 3), ("late", 1)]


def test_as_of_a_time_an_undated_article_is_not_seen(store: ArticleWriter) -> None:
    store.commit([new_version("undated"), new_version("updated", updated_at=day(2))])
    assert found(store, Filters(as_of=day(28))) == []


def test_a_change_without_a_later_date_counts_from_when_it_was_fetched(store: ArticleWriter) -> None:
    store.commit([new_version("a", 1, published_at=day(1), fetched_at=day(2))])
    store.commit([new_version("a", 2, published_at=day(1), fetched_at=day(8))])
    assert found(store, Filters(as_of=day(7))) == [("a", 1)]
    assert found(store, Filters(as_of=day(8))) == [("a", 2)]


def test_as_of_a_time_the_filters_look_at_the_version_of_then(store: ArticleWriter) -> None:
    store.commit([new_version("a", 1, published_at=day(1), category="sport")])
    store.commit([new_version("a", 2, published_at=day(1), updated_at=day(10), category="business")])
    assert found(store, Filters(as_of=day(5), categories=("sport",))) == [("a", 1)]
    assert found(store, Filters(as_of=day(5), categories=("business",))) == []
    assert found(store, Filters(as_of=day(12), categories=("sport",))) == []


def test_a_scope_tells_which_of_its_versions_are_superseded_by_now(store: ArticleWriter) -> None:
    store.commit([new_version("a", 1, published_at=day(1)), new_version("b", 1, published_at=day(1))])
    store.commit([new_version("a", 2, published_at=day(1), updated_at=day(10))])
    scope = store.scope(Filters(as_of=day(5)))
    assert dict(scope.versions) == {version_key("a", 1): 1, version_key("b", 1): 1}
    assert list(scope.superseded) == [version_key("a", 1)]
    assert (scope.passages, scope.current_passages) == (2, 1)
    ids, vectors = store.embeddings(scope.superseded)
    assert ids == [passage_id("a", 1, 0)]
    assert vectors.shape == (1, 8)
    assert not store.scope(Filters()).superseded


# Writing


def test_the_epoch_rises_with_every_change_that_readers_can_see_and_with_no_other(store: ArticleWriter) -> None:
    epochs = [store.epoch()]
    steps: list[Callable[[], object]] = [
        lambda: store.commit([new_version("a")]),
        lambda: store.unsettle(["x"]),
        lambda: store.settle(["x"]),
        lambda: store.record_run(day(1), {}),
        lambda: store.withdraw("a", "notice"),
        lambda: store.withdraw("a", "notice"),
        lambda: store.delete(["a"]),
        lambda: store.delete(["a"]),
    ]
    for step in steps:
        step()
        epochs.append(store.epoch())
    assert [after - before for before, after in pairwise(epochs)] == [1, 0, 0, 0, 1, 0, 1, 0]


def test_versions_are_committed_all_or_none(store: ArticleWriter) -> None:
    good, twice = new_version("a"), new_version("b")
    with pytest.raises(StoreError, match="UNIQUE"):
        store.commit([good, twice, twice])
    assert found(store) == []
    assert store.epoch() == 0


def test_what_is_known_of_an_article_are_the_hashes_of_all_its_versions(store: ArticleWriter) -> None:
    assert store.known(keys_of("a")) is None
    store.commit([new_version("a", 1)])
    store.commit([new_version("a", 2)])
    known = store.known(keys_of("a"))
    assert known is not None
    assert known.statements == {("hash of a 1", None, None, None), ("hash of a 2", None, None, None)}
    assert (known.article_id, known.last_number, known.withdrawal) == ("a", 2, None)
    assert known.last == replace(store.version("a"), text="")
    assert known.last_text_hash == "hash of the text of a 2"


def test_a_withdrawn_article_is_seen_by_no_search_but_stays_readable(store: ArticleWriter) -> None:
    store.commit([new_version("a", 1, ["Old."], published_at=day(1))])
    store.commit([new_version("a", 2, ["New."], published_at=day(1), updated_at=day(3))])
    assert store.withdraw("a", "notice")
    assert found(store) == found(store, Filters(as_of=day(2))) == found(store, Filters(as_of=day(9))) == []
    assert [version.text for version in store.versions("a")] == ["Old.", "New."]
    assert store.version("a").text == "New."
    assert store.withdrawal("a") == Withdrawal("withdrawn")


def test_an_article_that_is_withdrawn_before_it_is_known_is_remembered(store: ArticleWriter) -> None:
    assert store.withdraw("a", "notice", Withdrawal("withheld", day(3)), keys_of("a"))
    known = store.known(keys_of("a")[1:])
    assert known == Known("a", frozenset(), frozenset({"notice"}), None, "", 0, Withdrawal("withheld", day(3)))
    with pytest.raises(ArticleNotFound):
        store.version("a")


def test_a_new_version_brings_a_withdrawn_article_back(store: ArticleWriter) -> None:
    store.commit([new_version("a", 1, published_at=day(1))])
    store.withdraw("a", "notice")
    store.commit([new_version("a", 2, published_at=day(1), updated_at=day(5))])
    assert found(store) == [("a", 2)]
    assert store.status().withdrawn == 0


def test_what_a_person_withdrew_stays_out_whatever_comes_in(store: ArticleWriter) -> None:
    store.commit([new_version("a", 1, published_at=day(1))])
    store.withdraw("a", "notice", Withdrawal(BY_HAND, day(2)))
    store.commit([new_version("a", 2, published_at=day(1), updated_at=day(5))])
    assert found(store) == found(store, Filters(as_of=day(6))) == []
    assert [version.number for version in store.versions("a")] == [1, 2]
    assert store.reinstate("a")
    assert found(store) == [("a", 2)]
    assert not store.reinstate("a")


def test_a_version_that_is_older_than_the_current_one_is_history(store: ArticleWriter) -> None:
    store.commit([new_version("a", 1, ["New."], published_at=day(1), updated_at=day(5))])
    late = new_version("a", 2, ["Old."], published_at=day(1))
    store.commit([replace(late, version=replace(late.version, current=False))])
    assert found(store) == [("a", 1)]
    assert store.version("a").text == "New."
    assert found(store, Filters(as_of=day(3))) == [("a", 2)]
    assert found(store, Filters(as_of=day(7))) == [("a", 1)]
    standing = store.standing([passage_id("a", 1, 0), passage_id("a", 2, 0)])
    assert [p.version for p in standing.current] == [1]
    assert [p.version for p in standing.superseded] == [2]


def embargoed(name: str, number: int, until: datetime, **fields: Any) -> NewVersion:
    new = new_version(name, number, **fields)
    return replace(new, version=replace(new.version, embargoed_until=until))


def test_an_embargoed_article_is_found_when_its_embargo_ends_and_not_before(store: ArticleWriter, clock: Clock) -> None:
    store.commit([embargoed("a", 1, day(3, 12), published_at=day(1, 12))])
    assert found(store) == found(store, Filters(as_of=day(2, 12))) == found(store, Filters(as_of=day(9, 12))) == []
    assert (store.status().articles, store.status().embargoed, store.articles()) == (0, 1, [])
    assert store.version("a").embargoed_until == day(3, 12)
    assert not store.version("a").current
    clock.now = day(4, 12)
    assert found(store) == found(store, Filters(as_of=day(4, 12))) == [("a", 1)]
    assert found(store, Filters(as_of=day(2, 12))) == []
    assert (store.status().articles, store.status().embargoed) == (1, 0)


def test_until_an_embargo_ends_the_version_before_is_the_one_that_is_found(store: ArticleWriter, clock: Clock) -> None:
    store.commit([new_version("a", 1, ["Old."], published_at=day(1))])
    store.commit([embargoed("a", 2, day(3, 12), published_at=day(1), updated_at=day(30, 11))])
    store.lift_embargoes()
    assert found(store) == [("a", 1)]
    assert store.version("a").text == "Old."
    clock.now = day(4, 12)
    assert found(store) == [("a", 2)]
    before = store.epoch()
    store.lift_embargoes()
    assert found(store) == [("a", 2)]
    assert store.unsettled() == [passage_id("a", 1, 0)]
    assert store.epoch() == before + 1
    store.lift_embargoes()
    assert store.epoch() == before + 1


def test_a_later_embargoed_version_takes_the_place_of_an_earlier_one(store: ArticleWriter, clock: Clock) -> None:
    store.commit([new_version("a", 1, published_at=day(1))])
    store.commit([embargoed("a", 2, day(3, 12), published_at=day(1))])
    store.commit([embargoed("a", 3, day(5, 12), published_at=day(1))])
    clock.now = day(4, 12)
    assert found(store) == [("a", 1)]
    clock.now = day(6, 12)
    assert found(store) == [("a", 3)]


def test_an_embargoed_article_that_is_withdrawn_does_not_appear(store: ArticleWriter, clock: Clock) -> None:
    store.commit([new_version("a", 1, published_at=day(1))])
    store.commit([embargoed("a", 2, day(3, 12), published_at=day(1))])
    store.withdraw("a", "notice")
    clock.now = day(4, 12)
    store.lift_embargoes()
    assert found(store) == []
    store.reinstate("a")
    assert found(store) == [("a", 2)]


@pytest.mark.parametrize(
    "reference",
    ["a", "https://news.example/a", "http://www.news.example/a/?utm_source=x#top", "https://amp.news.example/a"],
)
def test_an_article_is_found_by_any_form_of_its_address(store: ArticleWriter, reference: str) -> None:
    store.commit([new_version("a"), new_version("b")])
    assert store.version(reference).article.id == "a"


def test_two_articles_with_ids_of_their_own_may_share_an_address(store: ArticleWriter) -> None:
    store.commit([new_version("a")])
    shared = keys_of("a")[1]
    assert store.known(["id:b", shared]) is None
    assert store.known([shared]) == store.known(["id:a"])
    store.commit([replace(new_version("b"), keys=("id:b", shared))])
    assert [known.article_id for key in ("id:a", "id:b", shared) if (known := store.known([key]))] == ["a", "b", "a"]


def test_an_address_is_remembered_until_its_article_is_deleted(store: ArticleWriter) -> None:
    page = Visit("https://news.example/a?utm_source=x", '"1"', "Mon, 01 Jan 2024 00:00:00 GMT", "stamp", day(1))
    other, feed = replace(page, url="https://news.example/b"), replace(page, url="https://news.example/feed")
    assert store.visit(page.url) is None
    store.commit([new_version("a"), new_version("b")])
    store.remember([page, other, feed])
    assert store.visit("https://news.example/a") == replace(page, url="https://news.example/a")
    store.delete(["a"])
    assert store.visit(page.url) is None
    assert store.visit(feed.url) is None  # it may have named the article
    assert store.visit(other.url) == other


def test_a_deleted_article_is_gone_with_all_its_versions(store: ArticleWriter) -> None:
    store.commit([new_version("a", 1), new_version("b", 1)])
    store.commit([new_version("a", 2)])
    assert store.delete(["a", "nobody"]) == 1
    assert store.known(keys_of("a")) is None
    assert store.status().versions == 1
    assert found(store) == [("b", 1)]
    with pytest.raises(ArticleNotFound):
        store.version("a")


def test_a_commit_unsettles_what_it_supersedes_and_settles_what_it_brings(store: ArticleWriter) -> None:
    old, new = new_version("a", 1), new_version("a", 2, ["One.", "Two."])
    store.commit([old])
    store.unsettle([passage.id for passage in new.passages])
    store.commit([new])
    assert store.unsettled() == [passage_id("a", 1, 0)]


@pytest.mark.parametrize(
    "change",
    [lambda store: store.withdraw("a", "notice"), lambda store: store.delete(["a"])],
    ids=["withdraw", "delete"],
)
def test_withdrawing_and_deleting_unsettle_the_passages_of_all_versions(
    store: ArticleWriter, change: Callable[[ArticleWriter], object]
) -> None:
    store.commit([new_version("a", 1), new_version("b", 1)])
    store.commit([new_version("a", 2)])
    store.settle(store.unsettled())
    change(store)
    assert sorted(store.unsettled()) == [passage_id("a", 1, 0), passage_id("a", 2, 0)]


def test_passages_are_unsettled_once_and_until_they_are_settled(store: ArticleWriter) -> None:
    store.unsettle(["x", "y"])
    store.unsettle(["y", "z"])
    store.settle(["x", "nobody"])
    assert sorted(store.unsettled()) == ["y", "z"]


def test_of_passages_those_of_current_and_of_superseded_versions_are_told_apart(store: ArticleWriter) -> None:
    first, second, gone = new_version("a", 1), new_version("a", 2), new_version("gone", 1)
    for each in (first, second, gone):
        store.commit([each])
    store.withdraw("gone", "notice")
    ids = [passage.id for each in (first, second, gone) for passage in each.passages]
    standing = store.standing([*ids, "nobody"])
    assert [passage.id for passage in standing.current] == [second.passages[0].id]
    assert np.array_equal(standing.vectors, second.vectors)
    assert [(passage.id, passage.text, passage.version) for passage in standing.superseded] == [
        (first.passages[0].id, first.passages[0].text, 1)
    ]


def test_a_corpus_remembers_what_it_was_made_with(tmp_path: Path) -> None:
    made_with = EmbedderInfo("a-model", 8, "sha", "query: ", "passage: ")
    with closing(SqliteWriter(tmp_path)) as store:
        assert store.embedder() is None
        store.record_making(made_with, "splitter")
    with closing(SqliteWriter(tmp_path)) as store:
        assert (store.embedder(), store.fact("splitter")) == (made_with, "splitter")
        assert store.status().embedder == made_with


def test_vectors_are_kept_until_they_are_forgotten(store: ArticleWriter) -> None:
    vectors = np.eye(3, dtype=np.float32)
    store.keep_vectors(["a", "b"], vectors[:2])
    store.keep_vectors(["b", "c"], vectors[1:])
    kept = store.kept_vectors(["a", "c", "nobody"])
    assert {key: vector.tolist() for key, vector in kept.items()} == {"a": [1, 0, 0], "c": [0, 0, 1]}
    store.forget_vectors(["a", "nobody"])
    assert set(store.kept_vectors(["a", "b", "c"])) == {"b", "c"}
    store.forget_vectors()
    assert store.kept_vectors(["a", "b", "c"]) == {}
    assert store.kept_vectors([]) == {}


def test_how_many_passages_were_embedded_with_which_arithmetic_adds_up(store: ArticleWriter) -> None:
    assert store.status().arithmetic == {}
    store.commit([new_version("a")], {"one": 2})
    store.commit([new_version("b")], {"one": 1, "other": 5})
    assert store.status().arithmetic == {"one": 3, "other": 5}
    with pytest.raises(StoreError):
        store.commit([new_version("c"), new_version("a")], {"one": 1})
    assert store.status().arithmetic == {"one": 3, "other": 5}
