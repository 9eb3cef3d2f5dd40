"""What every lexical index promises (rag.ports.LexicalIndex)."""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from rag.adapters.lexical import TantivyIndex
from rag.identity import version_key
from rag.language.terms import query_terms
from rag.ports import LexicalIndex, Scored
from tests.indexes import MemoryWords
from tests.making import passage


def _tantivy(folder: Path) -> Iterator[LexicalIndex]:
    with closing(TantivyIndex(folder)) as index:
        yield index


def _memory(folder: Path) -> Iterator[LexicalIndex]:
    yield MemoryWords()


@pytest.fixture(params=[_tantivy, _memory], ids=["tantivy", "memory"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LexicalIndex]:
    make: Callable[[Path], Iterator[LexicalIndex]] = request.param
    yield from make(tmp_path)


def ids(scored: Scored) -> list[str]:
    return [identifier for identifier, _ in scored]


COMET = passage("A comet was seen.", "comet")
STORM = passage("A storm was seen by many people over the whole of the northern coast.", "storm")
BOTH = passage("A comet was seen in a storm.", "both")


def test_an_index_without_passages_finds_nothing(index: LexicalIndex) -> None:
    assert index.search(["comet"], 5) == []
    assert index.document_frequency("comet") == 0


def test_passages_with_any_of_the_terms_are_found_the_best_first(index: LexicalIndex) -> None:
    index.add([COMET, STORM, BOTH])
    index.commit()
    found = index.search(["comet", "storm"], 5)
    assert ids(found)[0] == BOTH.id
    assert set(ids(found)) == {COMET.id, STORM.id, BOTH.id}
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_a_rare_term_counts_more_than_a_common_one(index: LexicalIndex) -> None:
    rare = passage("The zeppelin landed.", "rare")
    common = [passage("The council landed.", f"common{i}") for i in range(5)]
    index.add([*common, rare])
    index.commit()
    assert ids(index.search(["zeppelin", "council"], 6))[0] == rare.id


def test_no_more_than_k_are_found(index: LexicalIndex) -> None:
    index.add([passage("A comet.", f"a{i}") for i in range(5)])
    index.commit()
    assert len(index.search(["comet"], 3)) == 3


def test_terms_are_compared_as_they_are_analysed(index: LexicalIndex) -> None:
    index.add([passage("Zoë’s U.S. bank launches 1,350 loans.", "a")])
    index.commit()
    for question in ("zoe", "U.S.", "launching", "1350", "ZOË", "loan"):
        assert len(index.search(query_terms(question), 5)) == 1, question


def test_the_words_of_the_title_are_found_too_but_count_less_than_those_of_the_text(index: LexicalIndex) -> None:
    titled = passage("It was seen at night from here.", "titled", title="The comet returns")
    told = passage("The comet was seen from here.", "told", title="It returns at night")
    index.add([titled, told])
    index.commit()
    assert set(ids(index.search(["comet"], 5))) == {titled.id, told.id}


@pytest.mark.parametrize("terms", [[], ["unheard"]], ids=["no terms", "a term that stands nowhere"])
def test_nothing_is_found_for(index: LexicalIndex, terms: list[str]) -> None:
    index.add([COMET])
    index.commit()
    assert index.search(terms, 5) == []


def test_superseded_passages_are_found_only_when_asked_for_by_version(index: LexicalIndex) -> None:
    old, new = passage("A comet was seen.", "a", 1), passage("A comet was photographed.", "a", 2)
    index.add([old], superseded=True)
    index.add([new])
    index.commit()
    assert ids(index.search(["comet"], 5)) == [new.id]
    assert ids(index.search(["comet"], 5, [version_key("a", 1)])) == [old.id]
    assert set(ids(index.search(["comet"], 5, [version_key("a", 1), version_key("a", 2)]))) == {old.id, new.id}


def test_only_the_versions_asked_for_are_found_however_many_rank_before_them(index: LexicalIndex) -> None:
    index.add([passage("Comet, comet, comet.", f"loud{i}") for i in range(50)])
    quiet = passage("Somewhere in this long report of a quiet night a comet is told of, once and never again.", "quiet")
    index.add([quiet])
    index.commit()
    assert ids(index.search(["comet"], 3, [version_key("quiet", 1)])) == [quiet.id]


def test_the_versions_asked_for_do_not_change_the_scores(index: LexicalIndex) -> None:
    index.add([COMET, STORM])
    index.commit()
    versions = [version_key("comet", 1)]
    assert index.search(["comet"], 5, versions)[0][1] == pytest.approx(index.search(["comet"], 5)[0][1])


def test_of_no_versions_nothing_is_found(index: LexicalIndex) -> None:
    index.add([COMET])
    index.commit()
    assert index.search(["comet"], 5, []) == []


def test_what_is_added_under_an_id_that_is_there_replaces_it(index: LexicalIndex) -> None:
    index.add([passage("A comet was seen.", "a")])
    index.commit()
    index.add([passage("A storm was seen.", "a")])
    index.commit()
    assert index.search(["comet"], 5) == []
    assert len(index.search(["storm"], 5)) == 1


def test_a_passage_can_become_superseded(index: LexicalIndex) -> None:
    index.add([COMET])
    index.commit()
    index.add([COMET], superseded=True)
    index.commit()
    assert index.search(["comet"], 5) == []
    assert ids(index.search(["comet"], 5, [version_key("comet", 1)])) == [COMET.id]


def test_what_is_removed_is_not_found(index: LexicalIndex) -> None:
    index.add([COMET, BOTH])
    index.commit()
    index.remove([COMET.id])
    index.commit()
    assert ids(index.search(["comet"], 5)) == [BOTH.id]


def test_removing_what_is_not_there_is_no_error(index: LexicalIndex) -> None:
    index.add([COMET])
    index.remove(["nobody"])
    index.commit()
    assert ids(index.search(["comet"], 5)) == [COMET.id]


def test_a_term_is_counted_by_the_passages_that_hold_it(index: LexicalIndex) -> None:
    index.add([COMET, STORM, BOTH])
    index.commit()
    assert [index.document_frequency(term) for term in ("comet", "storm", "unheard")] == [2, 2, 0]


def test_a_term_of_removed_passages_alone_stands_in_none(index: LexicalIndex) -> None:
    index.add([COMET, STORM])
    index.commit()
    index.remove([COMET.id])
    index.commit()
    assert index.document_frequency("comet") == 0


def test_what_was_not_committed_is_not_found(index: LexicalIndex) -> None:
    index.add([COMET])
    assert index.search(["comet"], 5) == []


def test_tantivy_keeps_what_was_committed_and_drops_the_rest(tmp_path: Path) -> None:
    with closing(TantivyIndex(tmp_path)) as writing:
        writing.add([COMET])
        writing.commit()
        writing.add([BOTH])
    with closing(TantivyIndex(tmp_path)) as reading:
        assert ids(reading.search(["comet"], 5)) == [COMET.id]


def test_a_tantivy_reader_sees_what_another_one_wrote_once_it_is_refreshed(tmp_path: Path) -> None:
    with closing(TantivyIndex(tmp_path)) as writing, closing(TantivyIndex(tmp_path)) as reading:
        writing.add([COMET])
        writing.commit()
        assert ids(reading.search(["comet"], 5)) == [COMET.id]
        writing.remove([COMET.id])
        writing.add([BOTH])
        writing.commit()
        reading.refresh()
        assert ids(reading.search(["comet"], 5)) == [BOTH.id]


def test_making_a_tantivy_index_opens_nothing(tmp_path: Path) -> None:
    TantivyIndex(tmp_path).close()
    assert not list(tmp_path.iterdir())


def test_it_tells_what_is_in_it(index: LexicalIndex) -> None:
    assert index.ids() == []
    index.add([COMET])
    index.add([STORM], superseded=True)
    index.commit()
    assert index.ids() == [COMET.id]
    assert index.ids(superseded=True) == [STORM.id]
    assert index.damage(thorough=True) is None


def test_a_rebuilt_index_takes_the_place_of_the_old_one_whole(index: LexicalIndex) -> None:
    index.add([COMET])
    index.commit()
    with index.rebuilt() as fresh:
        fresh.add([STORM])
        assert ids(index.search(["comet"], 5)) == [COMET.id]
    assert ids(index.search(["comet"], 5)) == []
    assert ids(index.search(["storm"], 5)) == [STORM.id]


def test_an_index_whose_rebuilding_fails_stays(index: LexicalIndex) -> None:
    index.add([COMET])
    index.commit()
    with suppress(KeyError), index.rebuilt() as fresh:
        fresh.add([STORM])
        raise KeyError
    assert index.ids() == [COMET.id]
