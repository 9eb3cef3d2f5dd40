"""What the README says is true: its Python runs, its commands and settings exist."""

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from rag.cli.group import byline
from rag.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.mark.slow
def test_the_python_examples_run_one_after_the_other(sample_corpus: Path, tmp_path: Path) -> None:
    """They begin with an ingest of the sample, which has been ingested before: that it can be is tested elsewhere."""
    shutil.copytree(sample_corpus, tmp_path / "corpus")
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    ran = subprocess.run(
        [sys.executable, "-c", "\n".join(blocks("python"))],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert re.match(r"0 1\d\d 0\n", ran.stdout)
    assert "Helena Voss" in ran.stdout
    assert "True No article here speaks of" in ran.stdout


def test_every_command_shown_is_understood() -> None:
    shown = [line for block in blocks("sh") for line in block.splitlines() if re.match(r"(\S*/)?byline ", line)]
    assert len(shown) >= 5
    for line in shown:
        _, name, *arguments = shlex.split(line, comments=True)
        command = byline.commands[name]
        command.make_parser(command.make_context(name, ["--help"], resilient_parsing=True)).parse_args(arguments)


def test_every_command_is_listed() -> None:
    assert all(re.search(rf"^byline .*\b{name}\b", README, re.MULTILINE) for name in byline.commands)


def test_every_setting_is_listed() -> None:
    assert all(f"`BYLINE_{field.name.upper()}`" in README for field in fields(Settings))


def test_every_file_that_is_linked_to_is_there() -> None:
    linked = re.findall(r"\]\((?!https?:)([^)]+)\)", README)
    assert linked
    assert [link for link in linked if not (ROOT / link.partition("#")[0]).exists()] == []
