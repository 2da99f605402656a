from __future__ import annotations

import http.client
import json
import logging
import socket
import threading
import time
from contextlib import ExitStack
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from tests.kiosk.prometheus_format import parsed
from tests.kiosk.statuses import FULL, snapshot
from viewer.kiosk.prometheus import CONTENT_TYPE
from viewer.kiosk.status_server import LARGEST_REQUEST, MOST_CONNECTIONS, StatusServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from viewer.kiosk.status import Status

_TIMEOUT_S = 30


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody has right now."""
    with socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as server:
        return int(server.getsockname()[1])


class Visit:
    """Asks a running server, as a browser or Prometheus does."""

    def __init__(self, server: StatusServer, port: int, host: str = "127.0.0.1") -> None:
        self.server, self.port, self.host = server, port, host

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, str]:
        """The response to a request, and its body."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=_TIMEOUT_S)
        try:
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            return response, response.read().decode()
        finally:
            connection.close()

    def send(self, data: bytes) -> bytes:
        """All that is answered to these bytes, until the connection is closed."""
        with socket.create_connection((self.host, self.port), timeout=_TIMEOUT_S) as connection:
            connection.sendall(data)
            return _rest(connection)


def _rest(connection: socket.socket) -> bytes:
    received = b""
    try:
        while chunk := connection.recv(65_536):
            received += chunk
    except ConnectionResetError:
        pass
    return received


@pytest.fixture
def serve() -> Iterator[Callable[..., Visit]]:
    """Start a server of the full status; it is closed after the test."""
    with ExitStack() as servers:
        def start(status: Callable[[], Status] = lambda: FULL, host: str = "127.0.0.1", **how: Any) -> Visit:
            port = free_port(host)
            server = StatusServer(host, port, status, **how)
            servers.callback(server.close)
            assert server.is_serving.wait(_TIMEOUT_S)
            return Visit(server, port, host)

        yield start


def test_the_page_is_for_people_and_has_all_that_browsers_need_to_keep_it_harmless(
    serve: Callable[..., Visit],
) -> None:
    response, body = serve().ask("/")
    tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            tags.append(tag)
            assert not [name for name, _ in attributes if name.startswith("on") or name in ("src", "style")]

    Reader().feed(body)
    assert (response.status, response.getheader("Content-Type")) == (200, "text/html; charset=utf-8")
    assert "slide-3" in body
    assert not {"script", "img", "iframe", "form"} & set(tags)
    assert (response.getheader("Content-Security-Policy") or "").startswith("default-src 'none'; style-src 'sha256-")
    assert response.getheader("X-Content-Type-Options") == "nosniff"
    assert response.getheader("Cache-Control") == "no-store"
    assert response.getheader("Access-Control-Allow-Origin") is None


def test_the_status_is_json_and_prometheus_text(serve: Callable[..., Visit]) -> None:
    visit = serve()

    of_json, body = visit.ask("/status.json")
    of_metrics, text = visit.ask("/metrics")

    assert of_json.getheader("Content-Type") == "application/json"
    assert json.loads(body)["slide"]["id"] == "slide-3"
    assert of_metrics.getheader("Content-Type") == CONTENT_TYPE
    assert parsed(text)["liftoff_gallery_slides"].samples == {"": 11.0}


def test_health_is_ill_when_no_slide_comes(serve: Callable[..., Visit]) -> None:
    now = [6000]
    visit = serve(lambda: snapshot().at(now[0]))

    well, _ = visit.ask("/health")
    now[0] += 1_000_000
    ill, said = visit.ask("/health")

    assert (well.status, ill.status) == (200, 503)
    assert "No slide has been painted" in said


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW", "get"])
def test_nothing_but_reading_is_answered(serve: Callable[..., Visit], method: str) -> None:
    answer = serve().send(f"{method} /status.json HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    assert answer.startswith(b"HTTP/1.0 405 ")
    assert b"\r\nAllow: GET, HEAD\r\n" in answer
    assert b"slide-3" not in answer


def test_head_has_the_headers_alone(serve: Callable[..., Visit]) -> None:
    visit = serve()

    head, nothing = visit.ask("/status.json", "HEAD")
    _, body = visit.ask("/status.json")

    assert (head.status, nothing) == (200, "")
    assert int(head.getheader("Content-Length") or 0) == len(body.encode())


@pytest.mark.parametrize("path", ["/../status.json", "/status.json/", "/status", "/..%2f..%2fetc/passwd", "/?a=b",
                                  "/favicon.ico", "*", "status.json"])
def test_there_is_no_other_path(serve: Callable[..., Visit], path: str) -> None:
    response, body = serve().ask(path)

    assert response.status == 404
    assert "slide-3" not in body


@pytest.mark.parametrize(("host", "status"), [
    ("127.0.0.1", 200), ("localhost:8080", 200), ("LocalHost", 200), ("[::1]:8080", 200), ("[::1]", 200),
    ("127.1.2.3:1", 200),
    ("evil.example", 421), ("evil.example:8080", 421), ("127.0.0.1.evil.example", 421), ("localhost.evil.example", 421),
    ("192.168.1.4:8080", 421), ("0.0.0.0", 421), ("", 421), ("[::1", 421),
])
def test_only_who_asks_for_this_machine_is_answered(serve: Callable[..., Visit], host: str, status: int) -> None:
    response, body = serve().ask("/", Host=host)

    assert response.status == status
    assert ("slide-3" in body) is (status == 200)


@pytest.mark.parametrize("head", [b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n",
                                  b"GET /\r\n\r\n"])
def test_no_host_and_two_are_refused(serve: Callable[..., Visit], head: bytes) -> None:
    assert b"slide-3" not in serve().send(head)


@pytest.mark.parametrize("data", [
    b"\r\n\r\n", b"\0\xff\xfe\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / JUNK\r\n\r\n", b"G" * 8190 + b"\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"a:b\r\n" * 500 + b"\r\n",
])
def test_what_is_no_request_ends_nothing(serve: Callable[..., Visit], data: bytes) -> None:
    visit = serve()

    answer = visit.send(data)

    assert b"slide-3" not in answer
    assert visit.ask("/health")[0].status == 200


def test_a_request_without_end_is_cut_off(serve: Callable[..., Visit]) -> None:
    visit = serve()

    answer = visit.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"x: y\r\n" * LARGEST_REQUEST)

    assert b"200" not in answer[:20]
    assert visit.ask("/health")[0].status == 200


def test_one_that_trickles_has_a_time_limit_in_all(serve: Callable[..., Visit]) -> None:
    visit = serve(request_s=0.3)
    with socket.create_connection(("127.0.0.1", visit.port), timeout=_TIMEOUT_S) as connection:
        began = time.monotonic()
        connection.settimeout(0.05)
        received = None
        while received is None:
            try:
                connection.sendall(b"x")
                received = connection.recv(100)
            except TimeoutError:
                assert time.monotonic() - began < _TIMEOUT_S
            except ConnectionError:
                received = b""

    assert received == b""


def test_of_too_many_connections_the_last_are_closed(serve: Callable[..., Visit]) -> None:
    visit = serve()
    with ExitStack() as held:
        idle = [held.enter_context(socket.create_connection(("127.0.0.1", visit.port), timeout=_TIMEOUT_S))
                for _ in range(MOST_CONNECTIONS)]

        refused = held.enter_context(socket.create_connection(("127.0.0.1", visit.port), timeout=_TIMEOUT_S))
        assert _rest(refused) == b""
        idle[0].sendall(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
        assert _rest(idle[0]).endswith(b"ok\n")

    assert len([thread for thread in threading.enumerate() if thread.name == "status server"]) <= MOST_CONNECTIONS + 1


def test_a_connection_that_says_nothing_does_not_hold_up_the_end(serve: Callable[..., Visit]) -> None:
    visit = serve()
    with socket.create_connection(("127.0.0.1", visit.port), timeout=_TIMEOUT_S) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")

        began = time.monotonic()
        visit.server.close()

        assert time.monotonic() - began < 0.9
        assert _rest(connection) == b""


def test_a_port_that_is_taken_is_said_once_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "liftoff.kiosk.status_server")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        server = StatusServer("127.0.0.1", port, lambda: FULL, retry_s=0.05)
        try:
            until = time.monotonic() + _TIMEOUT_S
            while not server.problem and time.monotonic() < until:
                server.is_serving.wait(0.05)
            problem = server.problem
            assert not server.is_serving.wait(0.3)  # several attempts
            other.close()
            assert server.is_serving.wait(_TIMEOUT_S)
            response, _ = Visit(server, port).ask("/health")
        finally:
            server.close()

    assert "another program has that port" in problem
    assert f"127.0.0.1:{port}" in problem
    assert server.problem == ""
    assert response.status == 200
    assert [record.message for record in caplog.records] == [
        problem, f"The status can be read at http://127.0.0.1:{port}/."]


def test_it_can_be_had_by_the_newer_protocol_too(serve: Callable[..., Visit]) -> None:
    if not socket.has_ipv6:
        pytest.skip("this Python has none")
    try:
        visit = serve(host="::1")
    except OSError:
        pytest.skip("this machine has none")

    assert visit.ask("/health")[0].status == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::"])
def test_no_other_machine_is_ever_served(host: str) -> None:
    with pytest.raises(ValueError, match="this machine alone"):
        StatusServer(host, 8080, lambda: FULL)
