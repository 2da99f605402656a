"""systemd's notification protocol (sd_notify(3), sd_watchdog_enabled(3)): one datagram for each message, no library."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class ServiceManager:
    """Tells the service manager that has started this process how it is; nothing where none has.

    `watchdog` is how often it wants to hear that all is well, in seconds; None where it does not. Half of that is sent
    for, as its manual advises.
    """

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._address = _address(environ.get("NOTIFY_SOCKET", ""))
        self.watchdog = _watchdog(environ) if self._address else None
        self._status = ""

    def ready(self) -> None:
        """It has started."""
        self._send("READY=1")

    def alive(self) -> None:
        """All is well."""
        self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """It is about to end."""
        self._send("STOPPING=1")

    def say(self, status: str) -> None:
        """What it does, as one line for people; the same again is not sent."""
        if status != self._status:
            self._status = status
            self._send("STATUS=" + " ".join(status.split()))

    def _send(self, message: str) -> None:
        if self._address:
            try:
                with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
                    link.setblocking(False)
                    link.sendto(message.encode(errors="replace"), self._address)
            except OSError:
                return  # it is restarting, or does not read; a watchdog that misses one message gets the next


def _address(name: str) -> str:
    """The socket's address; in an abstract one's name "@" stands for the NUL. Others than these are not of Unix."""
    if name.startswith("@"):
        return "\0" + name[1:]
    return name if name.startswith("/") else ""


def _watchdog(environ: Mapping[str, str]) -> float | None:
    if environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    microseconds = environ.get("WATCHDOG_USEC", "")
    return int(microseconds) / 2e6 if microseconds.isdecimal() and int(microseconds) else None
