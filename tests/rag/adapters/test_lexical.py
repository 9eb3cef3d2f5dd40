"""What is particular to the index of words being tantivy's: its files."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from rag.adapters.lexical import TantivyIndex
from tests.making import passage


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o027, 0o640), (0o077, 0o600)])
def test_whoever_may_read_the_other_files_of_a_corpus_may_read_those_that_tantivy_writes(
    tmp_path: Path, umask: int, mode: int
) -> None:
    before = os.umask(umask)
    try:
        with closing(TantivyIndex(tmp_path)) as index:
            index.add([passage("Rain is expected.")])
            index.commit()
            assert _modes(tmp_path) == {mode}
            index.add([passage("Snow is expected.", "b")])
        assert _modes(tmp_path) == {mode}
    finally:
        os.umask(before)


def _modes(folder: Path) -> set[int]:
    """Of all files but locks, which belong to the writer."""
    files = [path for path in (folder / "lexical").iterdir() if path.suffix != ".lock"]
    return {path.stat().st_mode & 0o777 for path in files}
