"""What stands above the text of a Markdown file: YAML between lines of ---, or TOML between lines of +++."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, time

import yaml

_BLOCK = re.compile(
    r"\n*(?:---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$|\+\+\+[ \t]*\n(?P<toml>.*?)^\+\+\+[ \t]*$)\n?",
    re.DOTALL | re.MULTILINE,
)
_LONGEST = 20_000
_EMPTY = ("", "~", "null", "Null", "NULL")


class FrontMatterError(Exception):
    """The front matter cannot be read, or not safely."""


def front_matter(text: str) -> tuple[dict[str, object], str]:
    """The fields above a text, and the text. Without any, no fields and all of it. Raises FrontMatterError.

    Values of YAML are texts as they are written, and never dates or numbers.

    >>> front_matter("---\\ntitle: Storm\\ndate: 2024-05-06\\n---\\nIt blew.")
    ({'title': 'Storm', 'date': '2024-05-06'}, 'It blew.')
    """
    block = _BLOCK.match(text)
    if block is None:
        return {}, text
    written = block["toml"] if block["yaml"] is None else block["yaml"]
    if len(written) > _LONGEST:
        raise FrontMatterError(f"its front matter is longer than {_LONGEST:,} characters")
    try:
        fields = _from_toml(written) if block["yaml"] is None else _from_yaml(written)
    except RecursionError as error:
        raise FrontMatterError("its front matter is nested too deeply") from error
    if not isinstance(fields, Mapping):  # words between two rules
        return {}, text
    return {str(name): value for name, value in fields.items()}, text[block.end() :]


class _TextLoader(yaml.BaseLoader):
    """Makes nothing but texts, lists and mappings, and nothing of what is stated elsewhere."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:  # few of which can stand for gigabytes
            raise FrontMatterError("its front matter has anchors or aliases, which are not read")
        return super().compose_node(parent, index)


def _from_yaml(written: str) -> object:
    try:
        fields = yaml.load(written, Loader=_TextLoader)
    except yaml.YAMLError as error:
        raise FrontMatterError(f"its front matter is no YAML: {_told(error)}") from error
    if not isinstance(fields, Mapping):
        return fields
    return {name: value for name, value in fields.items() if value not in _EMPTY}


def _told(error: yaml.YAMLError) -> str:
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return str(error)[:100]
    return f"{error.problem} in its line {error.problem_mark.line + 1}"


def _from_toml(written: str) -> object:
    try:
        fields = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise FrontMatterError(f"its front matter is no TOML: {error}") from error
    except ValueError as error:  # an integer of thousands of digits
        raise FrontMatterError("its front matter holds a number that is too large") from error
    return {name: value.isoformat() if isinstance(value, date | time) else value for name, value in fields.items()}
