"""A keyboard with a layout of its own on a Wayland compositor that allows virtual ones (sway), spoken to directly.

The wire format is that of the Wayland protocol, chapter 4; the requests are those of wayland.xml and of
virtual-keyboard-unstable-v1.xml. `wtype` cannot do it: it makes a keymap of the letters it is told, in no place.
"""

from __future__ import annotations

import ctypes
import os
import socket
import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIFT, CONTROL, ALTGR = 1, 1 << 2, 1 << 7
"""Modifiers as masks (xkbcommon's real modifiers)."""

_DISPLAY, _SYNC, _GET_REGISTRY, _BIND = 1, 0, 1, 0
_CREATE, _KEYMAP, _KEY, _MODIFIERS = 0, 0, 1, 2
_MANAGER: Final = "zwp_virtual_keyboard_manager_v1"


class _Names(ctypes.Structure):
    """xkbcommon.h: struct xkb_rule_names."""

    _fields_ = tuple((name, ctypes.c_char_p) for name in ("rules", "model", "layout", "variant", "options"))


def _keymap(layouts: str) -> bytes:
    xkb = ctypes.CDLL("libxkbcommon.so.0")
    for name in ("xkb_context_new", "xkb_keymap_new_from_names", "xkb_keymap_get_as_string"):
        getattr(xkb, name).restype = ctypes.c_void_p
    context = ctypes.c_void_p(xkb.xkb_context_new(0))
    names = _Names(b"evdev", b"pc105", layouts.encode(), b"", b"")
    keymap = ctypes.c_void_p(xkb.xkb_keymap_new_from_names(context, ctypes.byref(names), 0))
    text = xkb.xkb_keymap_get_as_string(keymap, 1)
    return ctypes.string_at(text) + b"\0"


class WaylandKeyboard:
    """A keyboard on the compositor that listens at `path`. Keys are named by evdev's codes."""

    def __init__(self, path: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(path)
        self._names, self._group, self._time = 1, 0, 0
        registry, done = self._name(), self._name()
        self._ask(_DISPLAY, _GET_REGISTRY, struct.pack("=I", registry))
        self._ask(_DISPLAY, _SYNC, struct.pack("=I", done))
        offered = dict(self._offered(done))
        seat, manager = (self._bind(registry, offered[one], one) for one in ("wl_seat", _MANAGER))
        self._keyboard = self._name()
        self._ask(manager, _CREATE, struct.pack("=II", seat, self._keyboard))

    def use(self, layouts: str) -> None:
        """Set up some layouts of xkeyboard-config, with commas between them, and type with the last."""
        keymap = _keymap(layouts)
        self._group = layouts.count(",")
        file = os.memfd_create("keymap")
        os.write(file, keymap)
        self._ask(self._keyboard, _KEYMAP, struct.pack("=II", 1, len(keymap)), file)
        os.close(file)

    def press(self, code: int, modifiers: int = 0) -> None:
        """Press and release a key while the modifiers are held."""
        self._ask(self._keyboard, _MODIFIERS, struct.pack("=4I", modifiers, 0, 0, self._group))
        for is_down in (1, 0):
            self._time += 1
            self._ask(self._keyboard, _KEY, struct.pack("=3I", self._time, code, is_down))
        self._ask(self._keyboard, _MODIFIERS, struct.pack("=4I", 0, 0, 0, self._group))

    def close(self) -> None:
        """Unplug it."""
        self._socket.close()

    def _name(self) -> int:
        self._names += 1
        return self._names

    def _ask(self, receiver: int, request: int, arguments: bytes, file: int | None = None) -> None:
        message = struct.pack("=IHH", receiver, request, 8 + len(arguments)) + arguments
        socket.send_fds(self._socket, [message], [] if file is None else [file])

    def _bind(self, registry: int, number: int, interface: str) -> int:
        made, text = self._name(), interface.encode() + b"\0"
        self._ask(registry, _BIND, struct.pack("=II", number, len(text)) + text + b"\0" * (-len(text) % 4)
                  + struct.pack("=II", 1, made))
        return made

    def _offered(self, done: int) -> Iterator[tuple[str, int]]:
        """The interfaces that the compositor has, with their numbers."""
        with self._socket.makefile("rb") as told:
            while True:
                sender, _, size = struct.unpack("=IHH", told.read(8))
                arguments = told.read(size - 8)
                if sender == done:
                    return
                number, length = struct.unpack_from("=II", arguments)
                yield arguments[8:7 + length].decode(), number
