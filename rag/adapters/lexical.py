"""Words in tantivy: BM25 over the stemmed words of passages and of their titles.

The index is given terms that `rag.language.terms` has analysed already, so its own tokenizer only cuts at blanks.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from stat import S_IMODE
from typing import Self

import tantivy
from tantivy import Occur, Query

from rag.adapters.seal import NAME as SEAL
from rag.adapters.seal import Seal
from rag.adapters.swap import MENDED_BY, Turns
from rag.errors import StoreError
from rag.identity import version_key
from rag.language.terms import terms
from rag.model import Passage
from rag.ports import Scored

FOLDER = "lexical"
TITLE_BOOST = 0.5
_CURRENT, _SUPERSEDED = "current", "superseded"
_HEAP_BYTES = 64_000_000
_META, _MANAGED = "meta.json", ".managed.json"


class TantivyIndex:
    """The words of the passages of current versions and, marked, of superseded ones."""

    def __init__(self, folder: Path) -> None:
        """Opens nothing yet: the index is opened by the first search or write."""
        self._path = folder / FOLDER
        self._turns = Turns(self._path)
        self._seal = Seal(self._path, self._is_committed)
        self._opened: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None

    def close(self) -> None:
        """Let go of the index and of tantivy's own lock; what was not committed is dropped."""
        if self._writer is not None:
            self._writer.rollback()
            self._writer.wait_merging_threads()  # they change files, which are to be sealed
            with suppress(OSError):  # on a full disk the seal stays open, which says nothing wrong
                self._let_read()
                self._seal.close()
        self._opened = self._writer = None

    def refresh(self) -> None:
        """See what other processes have written."""
        if self._opened is not None:
            with self._translated(), self._turns.take():  # it may have been about to be replaced
                self._check()
                self._opened.reload()

    def search(self, query: Sequence[str], k: int, versions: Collection[str] | None = None) -> Scored:
        """The k best passages for these stemmed terms; of these versions (by key), or of all current ones if None."""
        if not query:
            return []
        with self._translated():
            if versions is None:
                among = (Occur.MustNot, self._term("state", _SUPERSEDED))
            else:
                keys = Query.term_set_query(self._index.schema, "version", list(versions))
                among = (Occur.Must, Query.const_score_query(keys, 0.0))
            searcher = self._index.searcher()
            wanted = Query.boolean_query([(Occur.Must, self._any(query)), among])
            found = searcher.search(wanted, limit=k, count=False).hits
            return [(searcher.doc(address)["id"][0], score) for score, address in found]

    def document_frequency(self, term: str) -> int:
        """In how many passages of current versions a stemmed term stands, in their text or their title.

        Counted by a search: tantivy's own figure goes on counting what was removed, until segments are merged.
        """
        with self._translated():
            superseded = (Occur.MustNot, self._term("state", _SUPERSEDED))
            wanted = Query.boolean_query([(Occur.Must, self._any([term])), superseded])
            found = self._index.searcher().search(wanted, limit=1, count=True)
            return int(found.count)  # type: ignore[attr-defined]  # its type stubs leave it out

    def _any(self, query: Sequence[str]) -> Query:
        words = [
            (Occur.Should, Query.boost_query(self._term(field, term), boost))
            for term in query
            for field, boost in (("text", 1.0), ("title", TITLE_BOOST))
        ]
        return Query.boolean_query(words)

    def _term(self, field: str, term: str) -> Query:
        return Query.term_query(self._index.schema, field, term)

    def exists(self) -> bool:
        """Whether there is an index."""
        if not self._is_there():
            with self._turns.take():  # it may have been about to be replaced
                return self._is_there()
        return True

    def _is_there(self) -> bool:
        return self._path.is_dir() and tantivy.Index.exists(str(self._path))

    def _is_committed(self, path: Path) -> bool:
        """Whether a file belongs to what was committed: those of what was dropped may still be written for a moment."""
        if path.name in (_META, _MANAGED):
            return True
        with suppress(OSError):
            segments = (self._path / _META).read_text(encoding="utf-8", errors="replace").replace("-", "")
            return path.name.partition(".")[0] in segments
        return False

    def damage(self, *, thorough: bool = False) -> str | None:
        """What is wrong with the files, if anything. What a killed writer left is whole: tantivy sees to that."""
        return self._seal.damage()

    def ids(self, *, superseded: bool = False) -> list[str]:
        """The passages of current versions that it has rows of, or of superseded ones; once for each row."""
        if not self.exists():
            return []
        with self._translated():
            searcher = self._index.searcher()
            state = self._term("state", _SUPERSEDED if superseded else _CURRENT)
            found = searcher.search(state, limit=max(1, searcher.num_docs), count=False).hits
            return [searcher.doc(address)["id"][0] for _, address in found]

    @contextmanager
    def rebuilt(self) -> Iterator[Self]:
        """A new index, to be filled and committed in the `with` block, which then takes the place of this one."""
        with self._translated(), self._turns.replacing() as folder:
            with closing(type(self)(folder)) as fresh:
                yield fresh
                fresh.commit()
            self.close()

    def add(self, passages: Sequence[Passage], *, superseded: bool = False) -> None:
        """Put passages in, or replace those of the same id."""
        self.remove([passage.id for passage in passages])
        with self._translated():
            for passage in passages:
                self._writing.add_document(
                    tantivy.Document(
                        id=passage.id,
                        version=version_key(passage.article.id, passage.version),
                        state=_SUPERSEDED if superseded else _CURRENT,
                        title=" ".join(terms(passage.article.title)),
                        text=" ".join(terms(passage.text)),
                    )
                )

    def remove(self, ids: Sequence[str]) -> None:
        """Take passages out; ids that are not there are no error."""
        with self._translated():
            for identifier in ids:
                self._writing.delete_documents_by_term("id", identifier)

    def commit(self) -> None:
        """Make what was added and removed lasting and visible."""
        with self._translated():
            self._writing.commit()
            self._let_read()
            self._index.reload()

    @property
    def _index(self) -> tantivy.Index:
        if self._opened is None:
            if self.exists():
                with self._turns.take():
                    self._check()
                    self._opened = tantivy.Index.open(str(self._path))
            else:
                self._path.mkdir(parents=True, exist_ok=True)
                self._opened = tantivy.Index(_schema(), path=str(self._path))
            self._opened.register_tokenizer("blanks", _at_blanks())
        return self._opened

    @property
    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            index = self._index
            self._seal.open()
            self._writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        return self._writer

    def _let_read(self) -> None:
        """Let whoever may read the seal read these two: tantivy writes them for its own user alone."""
        mode = S_IMODE((self._path / SEAL).stat().st_mode)
        for name in (_META, _MANAGED):
            (self._path / name).chmod(mode)

    def _check(self) -> None:
        if damage := self._seal.damage():
            raise StoreError(f"The lexical index {self._path} is damaged: {damage}. {MENDED_BY}")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, OSError) as error:  # tantivy raises all its own errors as ValueError
            raise StoreError(f"The lexical index {self._path} cannot be used: {error}. {MENDED_BY}") from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("version", "state"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("title", "text"):
        builder.add_text_field(name, tokenizer_name="blanks", index_option="freq")
    return builder.build()


def _at_blanks() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
