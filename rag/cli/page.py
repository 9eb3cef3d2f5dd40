"""Text on a terminal, wrapped and coloured; or where there is none, plain, a paragraph a line."""

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from rag.cli.wording import line

WIDEST = 100
"""Columns in which a text still reads well."""


class Page:
    """Paragraphs one below the other. What it is given is text, never markup."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, markup=False, emoji=False)
        self.width = min(self.console.width, WIDEST)

    @property
    def on_terminal(self) -> bool:
        """Whether a person is watching; else a program or a file is to read this."""
        return self.console.is_terminal

    def paragraph(self, text: str | Text = "", *, lead: str = "", style: str = "", wrap: bool = True) -> None:
        """A paragraph whose first line starts with `lead`, and whose others are indented to match.

        An address is not to be wrapped, so that it can be copied: the terminal then breaks it where it must.
        """
        if not self.on_terminal:
            print(f"{lead}{text}", file=self.console.file)
            return
        body = Text(text) if isinstance(text, str) else text.copy()
        body.stylize_before(style)
        lines = body.wrap(self.console, max(self.width - len(lead), 20)) if wrap else [body]
        for number, each in enumerate(lines):
            each.rstrip()
            self.console.print(Text(" " * len(lead) if number else lead) + each, soft_wrap=True)

    def heading(self, text: str) -> None:
        """A line that stands out, with a blank one before."""
        self.paragraph()
        self.paragraph(text, style="bold")

    def facts(self, facts: Mapping[str, str | None]) -> None:
        """Names and values in two columns, without those that are unknown."""
        for name, value in facts.items():
            if value:
                self.paragraph(line(value), lead=f"{name:<11}", wrap=name not in {"Url", "Id"})
