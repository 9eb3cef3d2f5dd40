import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from rag.cli.serve import app_file, check_free, server_command, server_environment
from rag.errors import BylineError, UsageError


@pytest.fixture
def taken_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_port_that_is_taken_is_bad_use_with_a_hint(run, taken_port):
    result = run("serve", "--port", str(taken_port))
    assert result.exit_code == 2
    assert f"Port {taken_port}" in result.stderr
    assert f"--port {taken_port + 1}" in result.stderr


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_a_signal_ends_it_and_leaves_nothing_behind(ending, free_port, tmp_path):
    code = "from rag.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", str(free_port), "--corpus", str(tmp_path)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            assert server.stdout.readline() == f"Byline is at http://127.0.0.1:{free_port} (Ctrl-C ends it)\n"
            wait_for(f"http://127.0.0.1:{free_port}/_stcore/health")
            server.send_signal(ending)
            assert server.wait(timeout=30) == 0
        finally:
            server.kill()
    check_free("127.0.0.1", free_port)


def wait_for(url: str, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url):
                return
        except OSError:
            assert time.monotonic() < until, f"nothing answers at {url}"
            time.sleep(0.1)


def test_a_host_that_is_not_this_machine_is_bad_use():
    with pytest.raises(UsageError, match="--host"):
        check_free("192.0.2.1", 8501)


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_cannot_be_is_bad_use(run, port):
    assert run("serve", "--port", port).exit_code == 2


def test_the_app_of_an_installed_package_is_inside_it_and_of_a_checkout_beside_it(tmp_path):
    package = tmp_path / "rag"
    (package / "ui").mkdir(parents=True)
    with pytest.raises(BylineError):
        app_file(package)
    (tmp_path / "app.py").touch()
    assert app_file(package) == tmp_path / "app.py"
    (package / "ui" / "app.py").touch()
    assert app_file(package) == package / "ui" / "app.py"


def test_the_server_listens_where_it_was_told_and_reports_to_no_one():
    command = server_command(Path("app.py"), "127.0.0.1", 8600)
    assert command[1:5] == ["-m", "streamlit", "run", "app.py"]
    assert {
        "--server.address=127.0.0.1",
        "--server.port=8600",
        "--server.headless=true",
        "--server.fileWatcherType=none",
        "--browser.gatherUsageStats=false",
    } <= set(command)


def test_the_corpus_is_handed_on_as_an_absolute_path():
    assert server_environment({"A": "1"}, None) == {"A": "1"}
    assert server_environment({"BYLINE_CORPUS": "x"}, Path("news")) == {"BYLINE_CORPUS": str(Path.cwd() / "news")}
