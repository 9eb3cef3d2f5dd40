import subprocess
import sys

import pytest

import ingest
import rag

HEAVY = ("torch", "chromadb", "tantivy", "sentence_transformers", "streamlit", "llama_index", "transformers")


def test_the_public_names_of_rag_are_few_and_these() -> None:
    assert rag.__all__ == [
        "Abstention", "Answer", "Article", "BylineError", "Citation", "Claim", "Corpus", "Filters", "Hit", "Passage",
        "Ranking", "Settings", "Span", "Version", "open_corpus",
    ]  # fmt: skip


def test_the_public_names_of_ingest_are_few_and_these() -> None:
    assert ingest.__all__ == [
        "IngestReport", "Planned", "Progress", "delete", "ingest", "reinstate", "watch", "withdraw",
    ]  # fmt: skip


@pytest.mark.parametrize("package", [rag, ingest], ids=["rag", "ingest"])
def test_every_public_name_is_there_and_documented(package: object) -> None:
    for name in package.__all__:  # type: ignore[attr-defined]
        assert getattr(package, name).__doc__, name


@pytest.mark.parametrize(
    "statement", ["import rag", "import ingest", "from rag.cli import main", "import rag.settings"]
)
def test_importing_loads_no_model_no_store_and_no_web_app(statement: str) -> None:
    script = f"import sys\n{statement}\nprint([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_library_stays_silent_unless_it_is_told_to_log() -> None:
    script = (
        "import logging, rag\nlogging.getLogger('rag').warning('unheard')\nassert logging.getLogger().handlers == []"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
