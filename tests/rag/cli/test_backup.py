import json
from pathlib import Path

import pytest


def test_backup_says_what_it_wrote(run, backend):
    result = run("backup", "news.zip")
    assert result.stdout == "Written to news.zip: 3 articles, 4 versions, 1,200 passages.\n"
    assert backend.kept == [(Path("news.zip"), False)]


def test_restore_says_what_is_there_now(run, backend):
    result = run("restore", "news.zip", "--force")
    assert result.stdout.startswith("Restored from news.zip of 2024-12-01T12:00:00+00:00: 3 articles")
    assert backend.kept == [(Path("news.zip"), True)]


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_the_document_says_what_the_file_holds(run, command):
    document = json.loads(run(command, "news.zip", "--json").stdout)
    assert document["file"] == "news.zip"
    assert (document["articles"], document["passages"], document["epoch"]) == (3, 1200, 7)
    assert run(command, "news.zip", "--quiet").stdout == ""
