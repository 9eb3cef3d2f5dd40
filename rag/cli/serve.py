"""`byline serve`: the web app, run by Streamlit."""

import errno
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from rag.cli.invocation import Invocation, common_options, examples, write_json
from rag.errors import BylineError, UsageError

HERE = Path(__file__).parent.parent


@click.command(
    short_help="Run the web app.", epilog=examples("byline serve", "byline serve --port 8600 --corpus data/news")
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8501, show_default=True, metavar="N", help="Port to listen on."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDR",
    help="Address to listen on. With 0.0.0.0, whoever reaches this machine can ask, add its files as articles, and "
    "delete articles: there is no login.",
)
@common_options
def serve(invocation: Invocation, port: int, host: str) -> None:
    """Serve the web app until Ctrl-C.

    With --json it first writes {"url": ADDRESS}.
    """
    app = app_file(HERE)
    check_free(host, port)
    url = address(host, port)
    if invocation.as_json:
        write_json({"url": url}, indent=None)
    elif not invocation.quiet:
        click.echo(f"Byline is at {url} (Ctrl-C ends it)")
    sys.stdout.flush()
    # This process becomes the server, so that what ends the one ends the other.
    os.execve(sys.executable, server_command(app, host, port), server_environment(os.environ, invocation.corpus))


def app_file(package: Path) -> Path:
    """The page to run: inside an installed package, or beside it in a checkout."""
    for app in (package / "ui" / "app.py", package.parent / "app.py"):
        if app.is_file():
            return app
    raise BylineError("This installation lacks the web app's app.py. Install Byline again.")


def check_free(host: str, port: int) -> None:
    """Raises UsageError if nothing can listen there."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: closed is free
            probe.bind(place)
    except OSError as error:
        taken = error.errno in {errno.EADDRINUSE, errno.EACCES}
        hint = f"choose another, as with --port {port % 65535 + 1}" if taken else "choose another --host"
        raise UsageError(f"Port {port} of {host} cannot be used ({error.strerror}): {hint}.") from None


def address(host: str, port: int) -> str:
    """What to open in a browser.

    >>> address("127.0.0.1", 8501), address("0.0.0.0", 80), address("::1", 80)
    ('http://127.0.0.1:8501', 'http://localhost:80', 'http://[::1]:80')
    """
    if host in {"0.0.0.0", "::"}:
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def server_command(app: Path, host: str, port: int) -> list[str]:
    """Streamlit, without what it would say or ask of its own accord."""
    options = {
        "server.address": host,
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "logger.hideWelcomeMessage": "true",
        "logger.level": "warning",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(app), *flags]


def server_environment(environ: Mapping[str, str], corpus: Path | None) -> dict[str, str]:
    """The environment, with the corpus that --corpus names."""
    return {**environ, **({} if corpus is None else {"BYLINE_CORPUS": str(corpus.absolute())})}
