"""Why a document cannot be had."""

from rag.errors import SourceError


class Stopped(SourceError):
    """It was not fetched because the run is to end."""

    def __init__(self) -> None:
        super().__init__("the run was stopped before it was fetched")


class Failed(SourceError):
    """A request came to nothing.

    `status` is the server's, or 0 when it gave no answer. What is `passing` may come right when it is tried again;
    `wait` is for how many seconds the server asks to be left alone.
    """

    def __init__(self, sentence: str, status: int = 0, *, passing: bool = False, wait: float = 0) -> None:
        super().__init__(sentence)
        self.status = status
        self.passing = passing
        self.wait = wait
