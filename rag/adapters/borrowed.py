"""The derived indexes of a corpus in a folder that nobody can write to: their libraries write even to read."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from rag.errors import StoreError


class Borrowed:
    """Where the derived indexes can be opened: in the corpus's folder, or if need be, in a temporary copy of them."""

    def __init__(self, corpus: Path) -> None:
        """Raises StoreError when there is no room for the copy."""
        self._copy = None if os.access(corpus, os.W_OK) else TemporaryDirectory(prefix="byline-")
        self.folder = corpus if self._copy is None else Path(self._copy.name)
        if self._copy is not None:
            try:
                for name in ("chroma", "lexical"):
                    with suppress(FileNotFoundError):  # a lost index is told when it is asked
                        shutil.copytree(corpus / name, self.folder / name)
            except (OSError, shutil.Error) as error:
                self._copy.cleanup()
                raise StoreError(
                    f"{corpus} cannot be written to, and its indexes cannot be copied to {self.folder}: {error}."
                ) from error

    def close(self) -> None:
        """Remove the copy."""
        if self._copy is not None:
            self._copy.cleanup()
