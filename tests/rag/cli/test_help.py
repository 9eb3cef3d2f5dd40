import re
import shlex
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

import click
import pytest

from rag.cli.group import byline

COMMANDS = [
    "ingest", "ask", "search", "articles", "show", "withdraw", "delete", "eval", "status", "doctor", "backup",
    "restore", "serve",
]  # fmt: skip


def examples_of(name: str) -> list[str]:
    return re.findall(r"^ +(byline .*)$", byline.commands[name].epilog or "", re.MULTILINE)


def test_the_commands_stand_as_a_user_meets_them(run):
    listed = re.findall(r"^  ([a-z]+)  ", run("--help").stdout.partition("Commands:")[2], re.MULTILINE)
    assert listed == COMMANDS


def test_no_command_at_all_is_a_cry_for_help(run):
    assert run().stdout == run("-h").stdout
    assert run().exit_code == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_each_help_shows_its_examples_as_they_were_written(run, name):
    shown = run(name, "--help").stdout
    examples = examples_of(name)
    assert examples
    assert all(f"    {example}\n" in shown for example in examples)
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_each_example_is_a_use_that_the_command_understands(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for example in examples_of(name):
        _, command, *arguments = shlex.split(example)
        for argument in arguments:
            if argument.endswith(".jsonl"):
                (tmp_path / argument).touch()
        with byline.commands[command].make_context(command, arguments):
            pass


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help_and_the_common_ones_are_there(name):
    options = [each for each in byline.commands[name].params if isinstance(each, click.Option)]
    assert all(option.help for option in options)
    assert {"--corpus", "--json", "--quiet"} <= {name for option in options for name in option.opts}


def test_version_is_that_of_the_package(run):
    try:
        expected = version("byline")
    except PackageNotFoundError:
        pytest.skip("Byline is not installed")
    assert run("--version").stdout == f"byline {expected}\n"


def test_importing_the_command_loads_nothing_that_takes_long():
    heavy = {
        "chromadb",
        "ir_measures",
        "llama_index",
        "rich",
        "sentence_transformers",
        "streamlit",
        "tantivy",
        "torch",
        "watchfiles",
    }
    code = "import sys, rag.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)
