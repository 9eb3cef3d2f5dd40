"""Everything that Byline raises on purpose, in one tree.

BylineError                 said to people as one sentence, without a traceback
├── UsageError              the caller asked for something that cannot be; exit code 2
│   ├── CorpusNotFound      there is no corpus in that folder
│   ├── CorpusMismatch      the corpus was made with other settings than those given
│   ├── SchemaMismatch      the corpus was made by a newer Byline
│   ├── ArticleNotFound     no article has that id or url
│   ├── SetError            a question set cannot be read
│   ├── RunNotFound         no evaluation run has that id
│   └── SettingsError       a setting cannot be read
├── CorpusBusy              another process is writing
├── StoreError              a store cannot be read or written (full disk, read-only folder, damage)
├── ModelError              an embedding model cannot be loaded
└── SourceError             an input cannot be read; ends one item, never a run
"""


class BylineError(Exception):
    """Base of all errors that Byline raises on purpose; `str(error)` says what happened and what to do."""


class UsageError(BylineError):
    """What was asked for cannot be done as it was asked."""


class CorpusNotFound(UsageError):
    """There is no corpus at that place."""

    def __init__(self, path: object) -> None:
        super().__init__(f"There is no corpus in {path}. Make one with `byline ingest FILE --corpus {path}`.")


class CorpusMismatch(UsageError):
    """The corpus was made with another embedder or splitter than the settings name."""

    def __init__(self, what: str, stored: str, configured: str) -> None:
        super().__init__(
            f"This corpus was made with {what} {stored}, but the settings name {configured}. "
            f"Use the corpus's own settings, or ingest into a new corpus with --corpus."
        )


class SchemaMismatch(UsageError):
    """The corpus has a schema that this version of Byline does not know."""

    def __init__(self, stored: int, known: int) -> None:
        super().__init__(
            f"This corpus has schema version {stored}; this Byline knows up to {known}. Install a newer Byline."
        )


class ArticleNotFound(UsageError):
    """No article of the corpus has that id or url."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"No article has the id or url {reference!r}. `byline articles` lists them.")


class SetError(UsageError):
    """A question set cannot be read, or holds no question."""


class RunNotFound(UsageError):
    """The corpus holds no finished evaluation run of that id."""

    def __init__(self, run_id: str, known: str) -> None:
        super().__init__(f"There is no finished run {run_id!r}. {known}")


class SettingsError(UsageError):
    """A setting cannot be read."""


class CorpusBusy(BylineError):
    """Another process holds the writer lock."""


class StoreError(BylineError):
    """A store cannot be read or written."""


class ModelError(BylineError):
    """The embedding model cannot be loaded, or is not the one it claims to be."""


class SourceError(BylineError):
    """An input cannot be read."""
