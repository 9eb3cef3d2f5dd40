"""What it costs to say what stands beside articles."""

from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from rag.adapters import grouping
from rag.adapters.sqlite_writer import SqliteWriter
from rag.model import Article
from tests.invented import story
from tests.making import new_version


def test_the_members_of_a_group_are_put_in_order_once_however_many_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered = []
    in_order = grouping._in_order

    def counted(articles: Mapping[str, Article], keys: Collection[str]) -> tuple[Article, ...]:
        ordered.append(len(keys))
        return in_order(articles, keys)

    monkeypatch.setattr(grouping, "_in_order", counted)
    with closing(SqliteWriter(tmp_path)) as store:
        store.commit([new_version(name, texts=[story(1)]) for name in "abcde"])
        groups = store.groups("abcde")
    assert [copy.id for copy in groups["c"].copies] == list("abde")
    assert ordered == [5, 0]
