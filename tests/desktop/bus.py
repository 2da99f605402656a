"""A private D-Bus, and services on it that keep a desktop awake, speaking the interfaces that real ones do."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jeepney import HeaderFields, MatchRule, MessageType, message_bus, new_error, new_method_return
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.accessibility.bus import end_group
from tests.bench.screen import SESSION_BUS
from tests.needs import need

if TYPE_CHECKING:
    from types import TracebackType

    from jeepney import Message

LONGEST_S: Final = 20.0
"""Seconds that anything here may take; it takes milliseconds."""


def need_a_bus() -> None:
    """End the test where the system has no bus to start."""
    need([] if shutil.which("dbus-daemon") else ["dbus"])


class PrivateBus:
    """A bus of its own, at `address`, with no services; used as a context manager."""

    def __enter__(self) -> PrivateBus:
        self._folder = tempfile.TemporaryDirectory(prefix="liftoff-bus-")
        self.socket = Path(self._folder.name) / "bus"
        config = Path(self._folder.name) / "bus.conf"
        config.write_text(SESSION_BUS.format(socket=self.socket), encoding="utf-8")
        reading, writing = os.pipe()
        self._daemon = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", f"--print-address={writing}"],
            pass_fds=[writing], start_new_session=True, stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as said:
            self.address = said.readline().strip()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        end_group(self._daemon)
        self._folder.cleanup()


class InhibitService:
    """A service on the bus at `address`, called `name`, that hands out locks.

    With ``fds`` a lock is a file descriptor, as logind has it, else a cookie, as org.freedesktop.ScreenSaver has it:
    that lock ends by UnInhibit, or when the connection that took it closes. `inhibitions` are the arguments of all
    calls to Inhibit; `wait_for` waits until so many locks are held.
    """

    def __init__(self, address: str, name: str, *, fds: bool = False) -> None:
        self.inhibitions: list[tuple[Any, ...]] = []
        self._held: dict[int, str] = {}
        self._changed = threading.Condition()
        self._fds = fds
        self._bus = open_dbus_connection(address, enable_fds=fds)
        unwrap_msg(self._bus.send_and_get_reply(message_bus.RequestName(name), timeout=LONGEST_S))
        left = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
        unwrap_msg(self._bus.send_and_get_reply(message_bus.AddMatch(left), timeout=LONGEST_S))
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        """Go away, as a service does that crashes."""
        self._closed.set()
        self._thread.join()
        self._bus.close()

    def wait_for(self, held: int, inhibitions: int = 0) -> None:
        """Wait until `held` locks are held, and there were that many `inhibitions` at least."""
        with self._changed:
            there = self._changed.wait_for(
                lambda: len(self._held) == held and len(self.inhibitions) >= inhibitions, LONGEST_S)
        assert there, (self._held, self.inhibitions)

    def _serve(self) -> None:
        while not self._closed.is_set():
            try:
                message = self._bus.receive(timeout=0.05)
            except TimeoutError:
                continue
            self._handle(message)

    def _handle(self, message: Message) -> None:
        fields, kind = message.header.fields, message.header.message_type
        member, sender = fields.get(HeaderFields.member), fields.get(HeaderFields.sender, "")
        with self._changed:
            if kind == MessageType.signal and member == "NameOwnerChanged" and not message.body[2]:
                self._held = {cookie: owner for cookie, owner in self._held.items() if owner != message.body[0]}
            elif kind == MessageType.method_call and member == "Inhibit":
                self.inhibitions.append(message.body)
                self._grant(message, sender)
            elif kind == MessageType.method_call and member == "UnInhibit":
                self._held.pop(message.body[0], None)
                self._bus.send(new_method_return(message))
            elif kind == MessageType.method_call:
                self._bus.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
            self._changed.notify_all()

    def _grant(self, message: Message, sender: str) -> None:
        number = len(self.inhibitions)
        if self._fds:
            reading, writing = os.pipe()
            self._bus.send(new_method_return(message, "h", (writing,)))
            os.close(writing)
            self._held[number] = ""
            threading.Thread(target=self._watch_pipe, args=(number, reading)).start()
        else:
            self._held[number] = sender
            self._bus.send(new_method_return(message, "u", (number,)))

    def _watch_pipe(self, number: int, reading: int) -> None:
        os.read(reading, 1)  # end of file, once whoever holds the other end has closed it
        os.close(reading)
        with self._changed:
            del self._held[number]
            self._changed.notify_all()
