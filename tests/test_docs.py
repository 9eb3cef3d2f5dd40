"""What the documents under docs/ show is what happens."""

import re
import subprocess
import sys
from pathlib import Path

from ingest.sources.registry import known_sources

INGEST = Path(__file__).parent.parent / "docs" / "ingest.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", INGEST.read_text(encoding="utf-8"), re.DOTALL)


def test_the_source_of_the_documents_is_added_by_its_entry_point(tmp_path: Path) -> None:
    [module] = [block for block in blocks("python") if "SOURCE = " in block]
    [entry] = blocks("toml")
    (tmp_path / "wire_log.py").write_text(module, encoding="utf-8")
    package = tmp_path / "wire_log-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: wire-log\nVersion: 1.0\n")
    name = entry.splitlines()[1].replace('"', "")
    (package / "entry_points.txt").write_text(f"[byline.sources]\n{name}\n")
    (tmp_path / "night.wire").write_text("7|Harbour opens|The harbour opens on Monday.\nbroken\n")
    script = (
        "from ingest.sources import read_items\n"
        "for item in read_items(['night.wire']): print(item.item, getattr(item, 'reason', None) or dict(item.fields))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{INGEST.parent.parent}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines() == [
        "night.wire, line 1 {'id': '7', 'title': 'Harbour opens', 'text': 'The harbour opens on Monday.'}",
        "night.wire, line 2 it has no three parts",
    ]


def test_the_example_of_a_source_is_short() -> None:
    [module] = [block for block in blocks("python") if "SOURCE = " in block]
    assert len([line for line in module.splitlines() if line.strip()]) <= 20


def test_the_documents_name_every_suffix_that_is_read() -> None:
    text = INGEST.read_text(encoding="utf-8")
    aliases = {".tbz2", ".txz"}
    assert [suffix for suffix in known_sources().suffixes if suffix not in text and suffix not in aliases] == []
