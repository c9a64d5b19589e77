"""The preview's server among clients that reset, dawdle and send nonsense: it lives, and the terminal stays quiet."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator

import pytest

from generator.cli.serve import Server, serve
from generator.work.preview import Screen

PAGE = "<p>预览</p>"


@pytest.fixture
def server(capsys: pytest.CaptureFixture[str]) -> Iterator[Server]:
    with serve(0, Screen("1.1", PAGE)) as running:
        yield running
        assert PAGE in ask(
            running, f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{running.server_port}\r\nConnection: close\r\n\r\n"
        )
    assert capsys.readouterr() == ("", "")


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.server_port), timeout=20)


def ask(server: Server, request: str) -> str:
    """All that the server answers until it hangs up."""
    with connected(server) as client, client.makefile("rb") as answer:
        client.sendall(request.encode())
        return answer.read().decode()


@pytest.mark.parametrize("sent", [b"", b"GET /", b"GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n" * 50])
def test_clients_that_go_away(server: Server, sent: bytes) -> None:
    for _ in range(10):
        with connected(server) as client:
            client.sendall(sent.replace(b"{}", str(server.server_port).encode()))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing resets
    ask(server, "nonsense\r\n\r\n")  # by now they have been noticed


def test_clients_that_dawdle_keep_nobody_waiting(server: Server) -> None:
    slow = [connected(server) for _ in range(20)]
    for client in slow:
        client.sendall(b"GET / HT")
    assert "没有这个网页" in ask(
        server, f"GET /x HTTP/1.1\r\nHost: localhost:{server.server_port}\r\nConnection: close\r\n\r\n"
    )
    for client in slow:
        client.close()


@pytest.mark.parametrize(
    ("request_line", "status", "said"),
    [
        ("POST / HTTP/1.1", 501, "这里只能看网页（GET）。"),
        ("nonsense", 400, "看不懂这个请求。"),
        ("GET / HTTP/9.9", 505, "看不懂这个请求。"),
        (f"GET /{'x' * 70_000} HTTP/1.1", 414, "看不懂这个请求。"),
        (f"GET / HTTP/1.1\r\nX: {'x' * 70_000}", 431, "看不懂这个请求。"),
    ],
)
def test_what_is_no_request_is_answered_in_chinese(server: Server, request_line: str, status: int, said: str) -> None:
    answer = ask(server, f"{request_line}\r\nHost: 127.0.0.1:{server.server_port}\r\n\r\n")
    assert answer.startswith(f"HTTP/1.1 {status} ") and answer.endswith(f"\r\n\r\n{said}")


def test_a_folder_whose_name_is_no_text(server: Server) -> None:
    server.screen = Screen("1.1", PAGE, "数据有错误", "\udcb2\udce2/basic.yaml")
    answer = ask(server, f"GET /state HTTP/1.1\r\nHost: localhost:{server.server_port}\r\nConnection: close\r\n\r\n")
    assert "??/basic.yaml" in answer


def test_the_port_is_free_again_at_once() -> None:
    """The server hung up first: the system keeps that connection in mind for a minute."""
    with serve(0, Screen("1.1", PAGE)) as first:
        port = first.server_port
        ask(first, f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")
    with serve(port, Screen("1.2", PAGE)) as second:
        assert PAGE in ask(second, f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")
