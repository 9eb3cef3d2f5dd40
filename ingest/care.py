"""Look after a corpus from Python: check it, mend it, give space back, back it up and restore it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.examine import Diagnosis, examine
from ingest.report import Progress
from ingest.write import CorpusWriter
from rag.build import Writing, open_writing, restore_truth
from rag.build import back_up as back_up_truth
from rag.errors import UsageError
from rag.records import Backup
from rag.settings import Settings


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was wrong, and what still is; after a compaction, the bytes on disk before and now."""

    found: Diagnosis
    left: Diagnosis
    compacted: tuple[int, int] | None = None


def check_up(
    corpus: Path | str | None = None,
    *,
    settings: Settings | None = None,
    repair: bool = False,
    compact: bool = False,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Checkup:
    """Compare truth, vectors and words of a corpus, and change nothing, unless told to.

    With `repair`, what differs in the derived indexes is written again from the truth, and an index that cannot be
    used is made anew; nothing is embedded. Where the truth itself is damaged, nothing is changed. With `compact`, if
    nothing is wrong any more, the space of what was removed and replaced is given back to the disk. Raises
    CorpusNotFound, CorpusBusy, StoreError.
    """
    with open_writing(corpus, settings, create=False, embeds=False) as opened:
        store, vectors, lexical = opened.store, opened.vectors, opened.lexical
        with store.lock("byline doctor"):
            found = left = examine(store, vectors, lexical, progress)
            if repair and found.faults and all(fault.mendable for fault in found.faults):
                _repair(opened, found, progress)
                left = examine(store, vectors, lexical, progress)
            return Checkup(found, left, _compact(opened, progress) if compact and not left.faults else None)


def back_up(
    file: Path,
    corpus: Path | str | None = None,
    *,
    settings: Settings | None = None,
    force: bool = False,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Backup:
    """Write all that a corpus knows to one file, while readers and a writer go on.

    Whole or not at all: until it is done, `file` is as it was. Raises UsageError when it is there already, unless
    `force` is given; CorpusNotFound, StoreError.
    """
    if file.exists() and not force:
        raise UsageError(f"{file} is there already. Give --force to replace it.")
    return back_up_truth(file, corpus, settings, _telling(progress))


def restore(
    file: Path,
    corpus: Path | str | None = None,
    *,
    settings: Settings | None = None,
    force: bool = False,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Backup:
    """Make a corpus of what `back_up` wrote; its indexes are made from it, and nothing is embedded.

    Nothing is touched until the checksum of the file is found right. Raises UsageError when the folder is not empty,
    unless `force` is given: then what is there is replaced, and readers that are open go on with the new corpus. Raises
    StoreError for a file that is damaged, CorpusBusy when a writer is at work, and then has changed nothing.
    """
    folder = Path(corpus) if corpus is not None else (settings or Settings.load()).corpus
    if not file.is_file():
        raise UsageError(f"There is no backup {file}.")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise UsageError(f"{folder} is not empty. Give --force to replace the corpus in it, or name another --corpus.")
    backup = restore_truth(file, folder, settings, _telling(progress))
    with open_writing(folder, settings, create=False, embeds=False) as opened:
        progress(Progress("making the indexes", backup.articles, backup.passages, 0, 1.0))
        with CorpusWriter(opened.store, opened.vectors, opened.lexical).lock("byline restore"):
            return backup


def _telling(progress: Callable[[Progress], None]) -> Callable[[str, float], None]:
    return lambda stage, fraction: progress(Progress(stage, 0, 0, 0, fraction))


def _repair(opened: Writing, found: Diagnosis, progress: Callable[[Progress], None]) -> None:
    writer = CorpusWriter(opened.store, opened.vectors, opened.lexical)
    progress(Progress("mending", 0, found.passages, 0, 0.0))
    opened.store.mend_groups()
    if "vectors" in found.broken:
        writer.rebuild_vectors()
    if "words" in found.broken:
        writer.rebuild_words()
    writer.mend(found.differing)


def _compact(opened: Writing, progress: Callable[[Progress], None]) -> tuple[int, int]:
    """The bytes on disk before and after."""
    before = _size(opened.settings.corpus)
    writer = CorpusWriter(opened.store, opened.vectors, opened.lexical)
    for stage, step in (
        ("making the vectors anew", writer.rebuild_vectors),
        ("making the words anew", writer.rebuild_words),
        ("compacting the database", opened.store.compact),
    ):
        progress(Progress(stage, 0, 0, 0, 0.0))
        step()
    return before, _size(opened.settings.corpus)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
