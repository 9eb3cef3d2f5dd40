"""What Byline needs from outside. Adapters simply fit; each port has one contract test suite that they all pass."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.model import Article, Filters, Grouping, Passage, Version
from rag.records import (
    CorpusStatus,
    EmbedderInfo,
    Facet,
    Fault,
    Known,
    NewVersion,
    Scope,
    Standing,
    Vectors,
    Visit,
    Withdrawal,
)


class Tokens(Protocol):
    """Counts tokens as an embedder's tokenizer does."""

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text the embedder reads, without special tokens."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, without special tokens."""
        ...


class Embedder(Tokens, Protocol):
    """Turns text into vectors whose dot product says how near two meanings are."""

    @property
    def info(self) -> EmbedderInfo:
        """The model behind the vectors."""
        ...

    @property
    def arithmetic(self) -> str:
        """What passages are computed with by now: a library and its numbers. Empty if there is nothing to be told."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each passage text."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each question."""
        ...


class Reranker(Protocol):
    """Reads a question and a passage together, and says how well the one answers the other."""

    def scores(self, question: str, texts: list[str]) -> NDArray[np.float64]:
        """How well each text answers, shape (texts,); greater is better."""
        ...


Scored = list[tuple[str, float]]
"""Passage ids with scores, best first."""


class DerivedIndex(Protocol):
    """What an index of passages promises that can be made anew from the truth, whatever it is searched by."""

    def exists(self) -> bool:
        """Whether there is an index, not lost nor yet to be made; a look at the files, which opens nothing."""
        ...

    def damage(self, *, thorough: bool = False) -> str | None:
        """What is wrong with the files, if anything; `thorough` takes longer. To be asked under the writer lock."""
        ...

    def remove(self, ids: Sequence[str]) -> None:
        """Take passages out; ids that are not there are no error."""
        ...

    def refresh(self) -> None:
        """See what other processes have written."""
        ...

    def close(self) -> None:
        """Let go of all files and locks; the next use takes them again."""
        ...


class VectorIndex(DerivedIndex, Protocol):
    """Nearest neighbours among the passages of current versions."""

    def search(self, vector: Vectors, k: int) -> Scored:
        """The k passages nearest to one vector (shape (dimension,)), by cosine similarity."""
        ...

    def search_each(self, vectors: Vectors, k: int) -> list[Scored]:
        """What `search` finds for each of many vectors (one a row), in less time than one after the other."""
        ...

    def waste(self) -> int:
        """How many vectors the files hold of passages that were removed or replaced."""
        ...

    def ids(self) -> list[str]:
        """All passages that are in it."""
        ...

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vector (shape (dimension,)) by which each of these passages is found; not of those that cannot be."""
        ...

    def altered(self, passages: Sequence[Passage]) -> list[str]:
        """Those of these passages whose row says something else of them than `add` would write."""
        ...

    def rebuilt(self) -> AbstractContextManager["VectorIndex"]:
        """A new index, to be filled in the `with` block, which takes the place of this one whole, or not at all."""
        ...

    def erase(self, ids: Sequence[str]) -> None:
        """Leave nothing in the files of passages that were removed."""
        ...

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Put passages in with their vectors (one row each), or replace those of the same id whole."""
        ...


class LexicalIndex(DerivedIndex, Protocol):
    """BM25 over the words of passages and of their titles."""

    def search(self, terms: Sequence[str], k: int, versions: Collection[str] | None = None) -> Scored:
        """The k best passages for these stemmed terms.

        Only of these versions (by key), superseded ones too; or of all that are not superseded when None.
        """
        ...

    def document_frequency(self, term: str) -> int:
        """In how many passages of current versions a stemmed term stands."""
        ...

    def add(self, passages: Sequence[Passage], *, superseded: bool = False) -> None:
        """Put passages in, or replace those of the same id; superseded ones are found only by their version."""
        ...

    def ids(self, *, superseded: bool = False) -> list[str]:
        """All passages of current versions that are in it, or of superseded ones; once for each time they are."""
        ...

    def rebuilt(self) -> AbstractContextManager["LexicalIndex"]:
        """A new index, to be filled in the `with` block, which takes the place of this one whole, or not at all."""
        ...

    def commit(self) -> None:
        """Make what was added and removed lasting and visible."""
        ...


class ArticleStore(Protocol):
    """The truth, as readers see it: every call sees whole versions only."""

    def snapshot(self) -> AbstractContextManager[None]:
        """In the `with` block, every call sees one and the same epoch."""
        ...

    def epoch(self) -> int:
        """A number that rises with every change that readers can see."""
        ...

    def status(self) -> CorpusStatus:
        """What the corpus holds."""
        ...

    def version(self, reference: str, number: int | None = None) -> Version:
        """A version of the article with this id or url, the current (or last) one by default.

        Raises ArticleNotFound when there is none.
        """
        ...

    def versions(self, reference: str) -> tuple[Version, ...]:
        """All versions of an article, first to last. Raises ArticleNotFound."""
        ...

    def visible(self, article_ids: Collection[str], filters: Filters = ...) -> list[Version]:
        """Of each of these articles the version that search may see under these filters, if there is one."""
        ...

    def articles(self, filters: Filters = ..., matching: str = "", offset: int = 0, limit: int = 50) -> list[Article]:
        """A page of articles, newest first, whose title holds every word of `matching`."""
        ...

    def count_articles(self, filters: Filters = ..., matching: str = "") -> int:
        """How many articles `articles` would page through."""
        ...

    def facets(self, field: str) -> list[Facet]:
        """The values of `source`, `author`, `category` or `language`, most articles first."""
        ...

    def passages(self, ids: Collection[str], filters: Filters = ...) -> dict[str, Passage]:
        """Those of the passages that search may see under these filters, by id."""
        ...

    def passages_of(self, article_id: str, filters: Filters = ...) -> tuple[Passage, ...]:
        """The passages of an article that search may see under these filters, in the order of its text."""
        ...

    def groups(self, article_ids: Collection[str], filters: Filters = ...) -> dict[str, Grouping]:
        """What stands beside each of these articles (an empty Grouping where nothing does), under these filters.

        Groups are made of current texts, also under an as-of date: that only leaves out what was published later. They
        depend on which articles there are, never on the order in which these came in. What is withdrawn or under
        embargo is in none, and joins none.
        """
        ...

    def count_copied(self, article_ids: Collection[str]) -> int:
        """How many of these articles have a copy that search may see."""
        ...

    def count_passages(self) -> int:
        """How many passages search may see when nothing is filtered."""
        ...

    def has_passages(self, filters: Filters) -> bool:
        """Whether search may see any passage under these filters."""
        ...

    def scope(self, filters: Filters) -> Scope:
        """The versions that search may see under these filters."""
        ...

    def embeddings(self, version_keys: Collection[str]) -> tuple[list[str], Vectors]:
        """Ids and vectors (one row each) of all passages of these versions."""
        ...

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """The vectors of these passages, one row each, in order. Raises KeyError for one that there is not."""
        ...

    def known(self, keys: Sequence[str]) -> Known | None:
        """What is stored of the article that goes by any of these keys of rag.identity, or None.

        Two items that were given ids are one article only if the ids are the same, whatever their addresses.
        """
        ...

    def seen(self, item_hash: str) -> bool:
        """Whether an item of this hash has been taken, and what it made is still there."""
        ...

    def visit(self, url: str) -> Visit | None:
        """What is remembered of an address, or None."""
        ...

    def withdrawal(self, article_id: str) -> Withdrawal | None:
        """Why an article is out of every search; None if it is not."""
        ...


class VectorKeeper(Protocol):
    """Keeps vectors that belong to no version yet, so that a run which dies has not computed them in vain.

    They are kept by hashes of what was embedded: no text of theirs stands anywhere.
    """

    def keep_vectors(self, keys: Sequence[str], vectors: Vectors) -> None:
        """Keep these (one row a key) until they are forgotten."""
        ...

    def kept_vectors(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """Those of these keys that are kept, each of shape (dimension,)."""
        ...

    def forget_vectors(self, keys: Sequence[str] | None = None) -> None:
        """Forget those of these keys, or all; writes nothing if there are none."""
        ...


class ArticleWriter(ArticleStore, VectorKeeper, Protocol):
    """The truth, as the one writer changes it.

    The derived indexes cannot take part in its transactions. So the ids of passages whose derived rows may not
    match the truth are kept in it as *unsettled*, from before the indexes are touched until after: a writer that
    was killed leaves behind exactly what the next one has to look at.
    """

    def lock(self, purpose: str) -> AbstractContextManager[None]:
        """Hold the writer lock. Raises CorpusBusy, saying who holds it, after the time that the settings allow."""
        ...

    def unsettle(self, passage_ids: Sequence[str]) -> None:
        """Note that the derived rows of these passages are about to change."""
        ...

    def unsettled(self) -> list[str]:
        """The passages whose derived rows may not match the truth."""
        ...

    def settle(self, passage_ids: Sequence[str]) -> None:
        """Note that the derived rows of these passages match the truth."""
        ...

    def raise_epoch(self) -> None:
        """Tell readers that the derived indexes have changed, though the truth has not."""
        ...

    def passage_ids(self) -> list[str]:
        """Those of all versions."""
        ...

    def faults(self) -> list[Fault]:
        """What is wrong with the truth itself: its file, its rows, the offsets and the vectors of its passages."""
        ...

    def mend_groups(self) -> None:
        """Make those parts of the story groups anew that `faults` finds out of step with the articles."""
        ...

    def compact(self) -> None:
        """Give the space of what was deleted back to the disk. Takes as much again while it works."""
        ...

    def standing(self, passage_ids: Sequence[str]) -> Standing:
        """What should be in the derived indexes of these passages."""
        ...

    def commit(self, versions: Sequence[NewVersion], arithmetic: Mapping[str, int] | None = None) -> None:
        """Make these versions current and raise the epoch, in one transaction; unsettles what they supersede.

        `arithmetic` is how many of their passages were embedded with which; it is added to what is recorded of that.
        """
        ...

    def withdraw(
        self,
        article_id: str,
        notice: str,
        withdrawal: Withdrawal = Withdrawal(),
        keys: Sequence[str] = (),
        item_hash: str = "",
    ) -> bool:
        """Take an article out of every search, keep its versions readable; whether it was not withdrawn before.

        `notice` is the hash of what withdrew it, which is known from then on, and `item_hash` that of the item as it
        came in. An id that is not known yet is remembered as withdrawn, and goes by these keys.
        """
        ...

    def reinstate(self, article_id: str) -> bool:
        """Put a withdrawn article back, in the version that was current; whether it was withdrawn."""
        ...

    def lift_embargoes(self) -> None:
        """Make those versions current whose embargo has ended; unsettles what they supersede."""
        ...

    def learn(self, article_id: str, keys: Sequence[str]) -> None:
        """Let an article go by these keys from now on, too. Writes nothing if it does already."""
        ...

    def remember(self, visits: Sequence[Visit]) -> None:
        """Remember these addresses as they were found."""
        ...

    def delete(self, article_ids: Sequence[str]) -> int:
        """Remove articles with all their versions, and the vectors that are kept; how many articles there were.

        Their passages are unsettled, and *unerased*: in files of the derived indexes their text may still stand.
        """
        ...

    def unerased(self) -> list[str]:
        """The passages of deleted articles that may still stand in files of the derived indexes."""
        ...

    def note_erased(self) -> None:
        """Note that no file of a derived index holds what was deleted. From then on none of the truth does, either."""
        ...

    def record_run(self, started_at: datetime, report: Mapping[str, object]) -> None:
        """Add a finished run to the ledger."""
        ...
