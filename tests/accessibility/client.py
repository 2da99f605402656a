"""A small assistive technology: walks the tree of accessible objects that a program offers, and hears its events.

Interfaces, methods and numbers are those of AT-SPI 2 (at-spi2-core: xml/*.xml and atspi/atspi-constants.h).
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jeepney import DBusAddress, HeaderFields, MatchRule, Properties, message_bus, new_method_call

from tests.accessibility.bus import TIMEOUT_S, call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jeepney import Message
    from jeepney.io.blocking import DBusConnection

ROLES: Final = {
    8: "check menu item", 20: "filler", 23: "frame", 27: "image", 29: "label", 31: "list", 32: "list item", 33: "menu",
    34: "menu bar", 35: "menu item", 39: "panel", 42: "progress bar", 43: "push button", 48: "scroll bar",
    75: "application", 83: "heading",
}
"""Numbers of AtspiRole, those that occur."""

STATES: Final = {1: "active", 4: "checked", 8: "enabled", 11: "focusable", 12: "focused", 22: "selectable",
                 23: "selected", 25: "showing", 30: "visible"}
"""Bits of AtspiStateType, those that are asked for."""

_TREE_ROOT: Final = "/org/a11y/atspi/accessible/root"
_REGISTRY: Final = DBusAddress("/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry")


class Event(NamedTuple):
    """What a program told of an object: the event's name, its detail, whether that is so now, a value, and whose."""

    name: str
    detail: str
    is_so: bool
    value: Any
    path: str


class Node(NamedTuple):
    """An accessible object and what is in it; `path` is its identity."""

    role: str
    name: str
    description: str
    states: frozenset[str]
    path: str
    children: tuple[Node, ...]

    def walk(self) -> Iterator[Node]:
        """This object and all in it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, role: str, name: str | None = None) -> list[Node]:
        """Those in it with this role, and name if one is given."""
        return [node for node in self.walk() if node.role == role and name in (None, node.name)]


class Client:
    """Listens on AT-SPI's bus from the beginning; `wait_for_program` finds the program it is about."""

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus
        self._signals: deque[Message] = deque()
        bus.filter(MatchRule(type="signal"), queue=self._signals)
        self._program = ""
        for kind in ("Object", "Window", "Focus"):
            call(self._bus, message_bus.AddMatch(MatchRule(type="signal", interface=f"org.a11y.atspi.Event.{kind}")))
            call(self._bus, new_method_call(_REGISTRY, "RegisterEvent", "s", (f"{kind.lower()}:",)))

    def wait_for_program(self) -> None:
        """Wait until a program is on the bus; all else is about that one."""
        desktop = DBusAddress(_TREE_ROOT, "org.a11y.atspi.Registry", "org.a11y.atspi.Accessible")
        programs = self.until(lambda: call(self._bus, new_method_call(desktop, "GetChildren")))
        self._program = programs[0][0]

    def until(self, happened: Callable[[], Any]) -> Any:
        """Wait for something, while messages come in; returns what it is. Raises TimeoutError."""
        end = time.monotonic() + TIMEOUT_S
        while not (it := happened()):
            if time.monotonic() > end:
                raise TimeoutError(f"It did not happen. Heard: {[event[:3] for event in self.events()]}")
            self._receive(0.02)
        return it

    def tree(self) -> Node:
        """What is showing of the program now."""
        return self._node(_TREE_ROOT)

    @property
    def focus(self) -> str:
        """The path of the object that was last said to get the focus since `forget`; empty if none was."""
        focused = [event.path for event in self.events() if event.detail == "focused" and event.is_so]
        return focused[-1] if focused else ""

    def describe(self, path: str) -> Node:
        """One object, without what is in it."""
        return self._node(path, deep=False)

    def events(self) -> list[Event]:
        """All that was heard of the program since `forget`."""
        heard = []
        for message in self._signals:
            fields = message.header.fields
            if fields[HeaderFields.sender] == self._program and fields[HeaderFields.signature].startswith("siiv"):
                detail, number, _, (_, value), *_ = message.body
                heard.append(Event(fields[HeaderFields.member], detail, number == 1, value, fields[HeaderFields.path]))
        return heard

    def forget(self) -> None:
        """Forget what was heard, to begin anew."""
        self.describe(_TREE_ROOT)  # the answer comes after all that was sent before it
        self._signals.clear()

    def announcements(self) -> list[str]:
        """The sentences that a screen reader was asked to say since `forget`, as far as they were sent by now."""
        self.describe(_TREE_ROOT)  # likewise
        return [event.value for event in self.events() if event.name == "Announcement"]

    def _receive(self, seconds: float) -> None:
        """Take what has come in, and wait for so long if there was nothing."""
        try:
            while True:
                self._bus.recv_messages(timeout=seconds)
                seconds = 0
        except TimeoutError:
            pass

    def _ask(self, path: str, method: str) -> Any:
        return call(self._bus, new_method_call(self._accessible(path), method))

    def _accessible(self, path: str) -> DBusAddress:
        return DBusAddress(path, self._program, "org.a11y.atspi.Accessible")

    def _node(self, path: str, *, deep: bool = True) -> Node:
        low, high = self._ask(path, "GetState")
        states = frozenset(name for bit, name in STATES.items() if (low | high << 32) >> bit & 1)
        name, description = (call(self._bus, Properties(self._accessible(path)).get(one))[1]
                             for one in ("Name", "Description"))
        role = self._ask(path, "GetRole")
        children = [self._node(child) for _, child in self._ask(path, "GetChildren")] if deep else []
        seen = tuple(child for child in children if child.role == "frame" or "showing" in child.states)
        return Node(ROLES.get(role, f"role {role}"), name, description, states, path, seen)
