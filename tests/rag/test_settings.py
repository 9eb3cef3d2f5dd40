from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, toml: str) -> None:
    (folder / "byline.toml").write_text(toml, encoding="utf-8")


def test_without_environment_and_file_all_is_as_by_default(folder: Path) -> None:
    assert Settings.load({}, folder) == Settings()


def test_the_environment_counts_more_than_the_file_and_the_file_more_than_the_default(folder: Path) -> None:
    write(folder, 'corpus = "from-file"\nbatch_size = 8')
    settings = Settings.load({"BYLINE_CORPUS": "from-environment"}, folder)
    assert settings == Settings(corpus=Path("from-environment"), batch_size=8)


def test_every_setting_can_be_given_by_the_environment_and_has_the_type_of_its_default(folder: Path) -> None:
    given = {
        "BYLINE_CORPUS": "news",
        "BYLINE_EMBEDDER": "a-model",
        "BYLINE_QUERY_PROMPT": "query: ",
        "BYLINE_PASSAGE_PROMPT": "passage: ",
        "BYLINE_PASSAGE_TOKENS": "128",
        "BYLINE_OVERLAP_TOKENS": "16",
        "BYLINE_BATCH_SIZE": "4",
        "BYLINE_LOCK_SECONDS": "2.5",
    }
    expected = Settings(Path("news"), "a-model", "query: ", "passage: ", 128, 16, 4, 2.5)
    assert Settings.load(given, folder) == expected


def test_what_is_not_ours_in_the_environment_is_passed_over(folder: Path) -> None:
    assert Settings.load({"PATH": "/bin", "BYLINE": "x"}, folder) == Settings()


def test_the_file_of_the_working_directory_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "lock_seconds = 3")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("BYLINE_LOCK_SECONDS", raising=False)
    assert Settings.load().lock_seconds == 3.0


def test_a_name_that_is_no_setting_is_refused_with_those_that_are(folder: Path) -> None:
    write(folder, 'korpus = "x"')
    with pytest.raises(SettingsError, match=r"'korpus'.*corpus, embedder"):
        Settings.load({}, folder)


@pytest.mark.parametrize("content", [b"corpus = ", b'corpus = "\xff"', b"[corpus"])
def test_a_file_that_is_not_toml_is_refused(folder: Path, content: bytes) -> None:
    (folder / "byline.toml").write_bytes(content)
    with pytest.raises(SettingsError, match="cannot be read as TOML"):
        Settings.load({}, folder)


@pytest.mark.parametrize("value", ["many", "0", "-3", "1.5", "nan"])
def test_a_value_of_the_wrong_kind_is_refused_and_named(folder: Path, value: str) -> None:
    with pytest.raises(SettingsError, match="BYLINE_BATCH_SIZE"):
        Settings.load({"BYLINE_BATCH_SIZE": value}, folder)


@pytest.mark.parametrize("value", ["0", "-1", "soon", "nan"])
def test_a_time_to_wait_must_be_a_time(folder: Path, value: str) -> None:
    with pytest.raises(SettingsError, match="BYLINE_LOCK_SECONDS"):
        Settings.load({"BYLINE_LOCK_SECONDS": value}, folder)


@pytest.mark.parametrize(
    "line", ["batch_size = 2.5", "batch_size = true", "corpus = 5", "embedder = 5", "embedder = ['a']"]
)
def test_a_value_of_the_wrong_kind_in_the_file_is_refused(folder: Path, line: str) -> None:
    write(folder, line)
    with pytest.raises(SettingsError, match=line.split()[0]):
        Settings.load({}, folder)


def test_a_setting_that_the_environment_leaves_empty_is_not_set(folder: Path) -> None:
    assert Settings.load({"BYLINE_CORPUS": "", "BYLINE_EMBEDDER": ""}, folder) == Settings()


def test_settings_are_values_that_open_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    settings = Settings(corpus=Path("nowhere"))
    assert not list(folder.iterdir())
    with pytest.raises(FrozenInstanceError):
        settings.batch_size = 1  # type: ignore[misc]
