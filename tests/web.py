"""A small web of pages on this machine, for tests."""

import ssl
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """What a path answers. With an `etag` or `last_modified` a request that knows it is answered 304.

    With `drip`, so many seconds pass before each byte. `headers` go before those that follow from the rest; an empty
    one is not sent.
    """

    body: str | bytes = ""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    redirect: str = ""
    etag: str = ""
    last_modified: str = ""
    drip: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body

    def known(self, headers: Mapping[str, str]) -> bool:
        if etag := headers.get("If-None-Match"):
            return etag == self.etag
        return bool(self.last_modified) and headers.get("If-Modified-Since") == self.last_modified


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and how many bytes of body it was answered with."""

    path: str
    headers: Mapping[str, str]
    sent: int


@dataclass(slots=True)
class Web:
    """Pages by path, and what was asked of them. A list of pages is given one after another, its last one for ever.

    Pages may be put in, changed and removed at any time; what is not there is answered 404, robots.txt too.
    """

    port: int
    pages: dict[str, Page | str | Sequence[Page]]
    asked: list[Asked] = field(default_factory=list)
    scheme: str = "http"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    @property
    def requests(self) -> Counter[str]:
        return Counter(self.paths)

    @property
    def bytes_sent(self) -> Counter[str]:
        sent: Counter[str] = Counter()
        for asked in self.asked:
            sent[asked.path] += asked.sent
        return sent

    def page(self, path: str) -> Page:
        match self.pages.get(path):
            case Page() as page:
                return page
            case str() as body:
                return Page(body)
            case [*turns]:
                return turns[min(self.requests[path], len(turns) - 1)]
            case _:
                return Page("there is no such page", status=404)


class _Server(ThreadingTCPServer):
    daemon_threads = True
    web: Web


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        page = self.server.web.page(self.path)
        content = b"" if page.redirect or page.known(dict(self.headers)) else page.content
        self.server.web.asked.append(Asked(self.path, dict(self.headers), len(content)))
        self.send_response(self._status(page))
        own = {"Content-Type": page.type, "Content-Length": str(len(content))}
        own |= {"ETag": page.etag, "Last-Modified": page.last_modified, "Location": page.redirect}
        for name, value in (own | dict(page.headers)).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        try:
            self._send(content, page.drip)
        except OSError:  # who asked has gone away
            self.close_connection = True

    def _status(self, page: Page) -> int:
        if page.redirect:
            return page.status if page.status != HTTPStatus.OK else HTTPStatus.FOUND
        return HTTPStatus.NOT_MODIFIED if page.known(dict(self.headers)) else page.status

    def _send(self, content: bytes, drip: float) -> None:
        if not drip:
            self.wfile.write(content)
            return
        for byte in content:
            time.sleep(drip)
            self.wfile.write(bytes([byte]))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""


@contextmanager
def serving(pages: dict[str, Page | str | Sequence[Page]], tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """Serve these pages on a free port of 127.0.0.1."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.web = web = Web(server.server_address[1], pages, scheme="https" if tls else "http")
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield web
        finally:
            server.shutdown()
            thread.join()
