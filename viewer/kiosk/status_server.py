"""Status over HTTP, to be read on this machine alone: by people, by Prometheus, by whatever watches over services.

In threads of its own, and never in anybody's way: the window neither waits for a request nor, at its end, for one that
hangs. Nothing can be changed by it. A page on the web that has had a name of its own resolved to 127.0.0.1 (DNS
rebinding) asks for that name, which is refused.
"""

from __future__ import annotations

import errno
import http.server
import io
import ipaddress
import logging
import select
import socket
import threading
import time
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from viewer.kiosk import prometheus, status_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from viewer.kiosk.status import Status

_log = logging.getLogger("liftoff.kiosk.status_server")

MOST_CONNECTIONS: Final = 8
"""Connections that are served at once; one more is closed."""

LARGEST_REQUEST: Final = 8192
"""Bytes of a request with its headers; nobody here needs half of it."""

REQUEST_S: Final = 5.0
"""Seconds that a request may take to come, and its answer to be taken."""

RETRY_S: Final = 30.0
"""Seconds between two attempts to have an address that somebody else has."""

CLOSE_S: Final = 1.0
"""Seconds that `close` waits."""

THREAD_NAME: Final = "status server"
_HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": status_texts.CONTENT_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class StatusServer:
    """Serves what `status` returns (in any thread) at a loopback `host` and `port`, from now on until `close`.

    `problem` says, as a sentence, why it does not; then it is tried again every `retry_s` seconds.
    """

    def __init__(self, host: str, port: int, status: Callable[[], Status], *, retry_s: float = RETRY_S,
                 request_s: float = REQUEST_S) -> None:
        if not ipaddress.ip_address(host).is_loopback:
            raise ValueError("the status is for this machine alone")
        self._host, self._port, self._status = host, port, status
        self._retry_s, self._request_s = retry_s, request_s
        self.problem = ""
        self.is_serving = threading.Event()
        self._lock = threading.Lock()
        self._connections: dict[socket.socket, threading.Thread] = {}
        self._closed = False
        self._ours, self._theirs = socket.socketpair()  # closing one end wakes the `select` on the other
        self._thread = threading.Thread(target=self._run, name=THREAD_NAME, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Serve no more. Requests under way are cut off."""
        with self._lock:
            self._closed = True
            threads = [self._thread, *self._connections.values()]
            for connection in self._connections:
                with suppress(OSError):  # the other side has gone
                    connection.shutdown(socket.SHUT_RDWR)
        self._ours.close()
        end = time.monotonic() + CLOSE_S
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _run(self) -> None:
        with self._theirs:
            while not self._closed:
                try:
                    listening = socket.create_server(
                        (self._host, self._port), backlog=MOST_CONNECTIONS,
                        family=socket.AF_INET6 if ":" in self._host else socket.AF_INET)
                except OSError as error:
                    cause = "another program has that port" if error.errno == errno.EADDRINUSE else error.strerror
                    self._tell(f"The status cannot be read at {self.url}: {cause}. Choose another address; "
                               "meanwhile it is tried again.")
                    select.select([self._theirs], [], [], self._retry_s)
                    continue
                with listening:
                    self._tell("")
                    self._accept(listening)

    @property
    def url(self) -> str:
        """Where the page is, or would be."""
        return f"http://[{self._host}]:{self._port}/" if ":" in self._host else f"http://{self._host}:{self._port}/"

    def _tell(self, problem: str) -> None:
        before, self.problem = self.problem, problem
        if problem and not before:
            _log.warning("%s", problem)
        elif not problem:
            _log.info("The status can be read at %s.", self.url)
            self.is_serving.set()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            readable, _, _ = select.select([listening, self._theirs], [], [])
            if self._theirs in readable:
                return
            try:
                connection, address = listening.accept()
            except OSError:  # it has gone again, or there are no descriptors left, which may pass
                select.select([self._theirs], [], [], 0.1)
                continue
            with self._lock:
                if self._closed or len(self._connections) >= MOST_CONNECTIONS:
                    connection.close()
                    continue
                thread = threading.Thread(target=self._serve, args=(connection, address), name=THREAD_NAME, daemon=True)
                self._connections[connection] = thread
                thread.start()

    def _serve(self, connection: socket.socket, address: tuple[str, int]) -> None:
        try:
            with connection, suppress(OSError):  # the other side has gone, or takes too long
                request = _read_request(connection, time.monotonic() + self._request_s)
                if request is not None:
                    connection.settimeout(self._request_s)
                    _Handler(request, connection, address, self._status)
        finally:
            with self._lock:
                del self._connections[connection]


def _read_request(connection: socket.socket, until: float) -> bytes | None:
    """The head of a request; None where the other side has ended before. Raises OSError where it takes too long."""
    head = bytearray()
    while b"\r\n\r\n" not in head and b"\n\n" not in head and len(head) <= LARGEST_REQUEST:
        connection.settimeout(max(0.001, until - time.monotonic()))
        chunk = connection.recv(4096)
        if not chunk:
            return None
        head += chunk
    return bytes(head)


class _Handler(http.server.BaseHTTPRequestHandler):
    """Answers one request, which has been read already, and closes the connection (HTTP/1.0)."""

    server_version = "Liftoff"
    sys_version = ""

    def __init__(self, head: bytes, connection: socket.socket, address: tuple[str, int],
                 status: Callable[[], Status]) -> None:
        """Not the base class's, which reads from the connection itself. Raises OSError."""
        self.client_address = address
        self.rfile = io.BytesIO(head)
        self.wfile = answer = io.BytesIO()
        self._is_complete = len(head) <= LARGEST_REQUEST
        self._status = status
        self.handle_one_request()
        connection.sendall(answer.getvalue())

    def parse_request(self) -> bool:
        """Refuse what no reader of a status sends."""
        if not super().parse_request():
            return False
        if not self._is_complete:
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif self.command not in ("GET", "HEAD"):
            self._answer("Only GET and HEAD.\n", HTTPStatus.METHOD_NOT_ALLOWED, Allow="GET, HEAD")
        elif not _names_this_machine(self.headers.get_all("Host") or []):
            self._answer("Ask for 127.0.0.1 or localhost.\n", HTTPStatus.MISDIRECTED_REQUEST)
        else:
            return True
        return False

    def do_GET(self) -> None:
        """Answer a page, or that there is none."""
        status = self._status()
        match self.path:
            case "/":
                self._answer(status_texts.page(status), content="text/html; charset=utf-8")
            case "/status.json":
                self._answer(status.as_json().decode(), content="application/json")
            case "/metrics":
                self._answer(prometheus.metrics(status), content=prometheus.CONTENT_TYPE)
            case "/health" if status.is_healthy:
                self._answer("ok\n")
            case "/health":
                self._answer(f"{status.problems[0]}\n", HTTPStatus.SERVICE_UNAVAILABLE)
            case _:
                self._answer("There is /, /status.json, /metrics and /health.\n", HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815 - http.server's manner

    def _answer(self, text: str, status: HTTPStatus = HTTPStatus.OK, content: str = "text/plain; charset=utf-8",
                **headers: str) -> None:
        body = text.encode("utf-8", "backslashreplace")
        self.send_response(status)
        for name, value in {**headers, "Content-Type": content, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """With those that every answer has."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing: a log that is asked every few seconds says nothing else."""


def _names_this_machine(hosts: list[str]) -> bool:
    if len(hosts) != 1:
        return False
    name = hosts[0].rpartition(":")[0] if not hosts[0].endswith("]") and ":" in hosts[0] else hosts[0]
    if name.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
