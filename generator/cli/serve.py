"""The small server behind ``shuoming preview``: one page and its state, for this machine's browser only."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from generator.model.problem import UsageError
from generator.work.preview import NOTHING, Screen

_HOST = "127.0.0.1"


class Server(ThreadingHTTPServer):
    """Holds the screen that requests read; replaced whole, so no request sees half of it."""

    daemon_threads = True
    request_queue_size = 128  # a browser asks often, and tabs are many
    allow_reuse_address = os.name != "nt"  # at once after Ctrl-C; on Windows it would let two listen at one port
    screen = NOTHING

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing where a browser went away or the machine has no more threads; a mistake of ours as usual."""
        if not isinstance(sys.exception(), (OSError, RuntimeError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    """``/`` the page, ``/state`` whether it is the newest; nothing else, and nothing to write."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        """Answer, but not under another name: a page elsewhere could have its name lead to this machine."""
        port = self.server.server_port
        if self.headers.get("Host", "") not in (f"{_HOST}:{port}", f"localhost:{port}"):
            self._answer(403, "text/plain", f"只能从 http://{_HOST}:{port}/ 访问。")
            return
        screen = self.server.screen
        path = self.path.partition("?")[0]
        if path == "/":
            self._answer(200, "text/html", screen.page)
        elif path == "/state":
            shown = {"version": screen.version, "title": screen.title, "problems": screen.problems}
            self._answer(200, "application/json", json.dumps(shown, ensure_ascii=False))
        else:
            self._answer(404, "text/plain", "没有这个网页。")

    do_HEAD = do_GET

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the base class can't read or won't do, in Chinese."""
        self.close_connection, self.request_version = True, self.protocol_version
        self._answer(code, "text/plain", "这里只能看网页（GET）。" if code == 501 else "看不懂这个请求。")

    def _answer(self, status: int, kind: str, text: str) -> None:
        data = text.encode(errors="replace")  # a folder's name may hold bytes that are no text
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *values: object) -> None:  # noqa: A002 (its name in the base class)
        """Nothing: the terminal is the clerk's."""


@contextmanager
def serve(port: int, screen: Screen) -> Iterator[Server]:
    """A running server on 127.0.0.1; ``port`` 0 takes a free one. Raises UsageError where the port is taken."""
    try:
        server = Server((_HOST, port), _Handler)
    except OSError as error:
        raise UsageError(f"端口{port}不能用（可能已被别的程序占用），请换一个，或不写 --port。") from error
    server.screen = screen
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
