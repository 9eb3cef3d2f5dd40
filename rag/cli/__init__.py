"""The `byline` command. Importing it, and asking it for help, loads no model, no store and no terminal library."""

import sys
from io import TextIOWrapper

from rag.cli.group import byline

__all__ = ["main"]


def main() -> None:
    """Run the command that `sys.argv` names, and exit with its code."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a character is no reason to fail
    byline()
