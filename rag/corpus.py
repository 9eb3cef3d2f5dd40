"""What a caller holds: a corpus to ask, search and look around in."""

from collections.abc import Callable, Collection
from pathlib import Path
from types import TracebackType
from typing import Self

from rag.answer import Answerer
from rag.model import Answer, Article, Filters, Passage, Ranking, Story, Version
from rag.ports import ArticleStore
from rag.records import CorpusStatus, Facet, Withdrawal
from rag.suggest import suggest

_NEWEST = 100
"""Articles that example questions are made from."""


class Corpus:
    """An opened corpus. Sees at once what another process ingests into it; may be shared between threads."""

    def __init__(self, folder: Path, store: ArticleStore, answerer: Answerer, close: Callable[[], None]) -> None:
        self.folder = folder
        self._store = store
        self.answerer = answerer
        self._close = close
        self._examples: tuple[tuple[int, int], tuple[str, ...]] | None = None

    def ask(self, question: str, *, filters: Filters = Filters(), k: int = 10, without: Collection[str] = ()) -> Answer:
        """Answer a question from the best `k` passages that the filters allow, or say why not.

        `without` holds keys of what the question seems to imply but does not (`answer.plan.implied`).
        """
        return self.answerer.ask(question, filters, k, without)

    def search(
        self, query: str, *, filters: Filters = Filters(), k: int = 10, without: Collection[str] = ()
    ) -> Ranking:
        """The best `k` passages for a query, of those that the filters allow; `without` as for `ask`."""
        return self.answerer.search(query, filters, k, without)

    @property
    def ranking(self) -> str:
        """What orders its passages: a name, with a hash of what was fitted."""
        return self.answerer.searcher.name

    @property
    def reader(self) -> str:
        """What reads its passages, likewise."""
        return self.answerer.reader.name

    def article(self, reference: str, version: int | None = None) -> Version:
        """The article with this id or url, in its current version or the one of this number.

        Raises ArticleNotFound.
        """
        return self._store.version(reference, version)

    def passages(self, reference: str, *, filters: Filters = Filters()) -> tuple[Passage, ...]:
        """The passages of the article with this id or url that search may see under these filters, in order.

        Raises ArticleNotFound.
        """
        return self._store.passages_of(self._store.version(reference).article.id, filters)

    def versions(self, reference: str) -> tuple[Version, ...]:
        """All versions of an article, first to last. Raises ArticleNotFound."""
        return self._store.versions(reference)

    def withdrawal(self, reference: str) -> Withdrawal | None:
        """Why the article with this id or url is out of every search; None if it is not. Raises ArticleNotFound."""
        return self._store.withdrawal(self._store.version(reference).article.id)

    def story(self, reference: str) -> Story:
        """The article with this id or url among its copies.

        Only those that search may see; of one that it may not, the article alone. Raises ArticleNotFound.
        """
        return self.answerer.story(self._store.version(reference))

    def articles(
        self, *, filters: Filters = Filters(), matching: str = "", offset: int = 0, limit: int = 50
    ) -> list[Article]:
        """A page of articles, newest first, whose title holds every word of `matching`."""
        return self._store.articles(filters, matching, offset, limit)

    def count_articles(self, *, filters: Filters = Filters(), matching: str = "") -> int:
        """How many articles `articles` would page through."""
        return self._store.count_articles(filters, matching)

    def facets(self, field: str) -> list[Facet]:
        """The values of `source`, `author`, `category` or `language`, most articles first."""
        return self._store.facets(field)

    def epoch(self) -> int:
        """A number that rises with every change that readers can see."""
        return self._store.epoch()

    def status(self) -> CorpusStatus:
        """What the corpus holds."""
        return self._store.status()

    def example_questions(self, n: int = 4) -> tuple[str, ...]:
        """Up to `n` questions that the newest articles answer, made from their own sentences."""
        epoch = self._store.epoch()
        if self._examples is None or self._examples[0] != (epoch, n):
            newest = (self._store.version(article.id) for article in self._store.articles(Filters(), "", 0, _NEWEST))
            self._examples = (epoch, n), suggest(newest, n)
        return self._examples[1]

    def size_on_disk(self) -> int:
        """Bytes of all files of the corpus."""
        return sum(map(_size, self.folder.rglob("*")))

    def close(self) -> None:
        """Let go of all files."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _size(path: Path) -> int:
    """Bytes of a file; 0 of a folder, and of a file that a writer has just removed."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0
