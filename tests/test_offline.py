"""Ingest and ask with the real model where no network is: not even an attempt to reach one is made."""

import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

UNPLUGGED = """
import socket

attempts = []

def refuse(what):
    def refused(*arguments, **options):
        attempts.append((what, repr(arguments[-2:])))
        raise OSError("this machine has no network")
    return refused

connect = socket.socket.connect

def connect_to_this_machine_alone(self, address):
    if self.family == socket.AF_UNIX or address[0] in ("127.0.0.1", "::1"):
        return connect(self, address)
    return refuse("connect")(address)

socket.socket.connect = connect_to_this_machine_alone
socket.socket.connect_ex = refuse("connect_ex")
socket.socket.sendto = refuse("sendto")
socket.getaddrinfo = refuse("getaddrinfo")
socket.gethostbyname = refuse("gethostbyname")
socket.create_connection = refuse("create_connection")
"""

TASK = """
import sys
from ingest import ingest
from rag import open_corpus

file, folder = sys.argv[1:]
report = ingest(file, into=folder)
assert (report.added, report.embedded) == (3, report.passages), report
with open_corpus(folder) as news:
    answer = news.ask("When will the Harrow Sound Bridge open to traffic?")
assert "27 April 2024" in (answer.text or ""), answer
assert not {"pandas", "pyarrow"} & sys.modules.keys()  # which rag.adapters.lean keeps out
print(attempts)
"""


@pytest.mark.slow
def test_ingest_and_ask_work_without_a_network_and_do_not_look_for_one(tmp_path: Path) -> None:
    with (ROOT / "samples" / "articles.jsonl").open(encoding="utf-8") as articles:
        (tmp_path / "three.jsonl").write_text("".join(islice(articles, 3)), encoding="utf-8")
    unplugged = ("proxy", "byline_", "hf_", "huggingface", "transformers_")
    environment = {name: value for name, value in os.environ.items() if not any(s in name.lower() for s in unplugged)}
    environment |= {"PYTHONPATH": str(ROOT), "HF_HOME": str(tmp_path / "no models are kept here")}
    done = subprocess.run(
        [sys.executable, "-c", UNPLUGGED + TASK, tmp_path / "three.jsonl", tmp_path / "corpus"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=110,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[]\n"
