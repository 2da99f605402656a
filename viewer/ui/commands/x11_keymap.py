"""What the keyboard of an X server types, asked of Xlib, since Qt tells nobody."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

_LATIN_1: Final = range(0x21, 0x100)
"""Keysyms that are characters: those of Latin-1 (X11 protocol, appendix A)."""

_GROUPS: Final = 4
_LEVELS: Final = 4
"""XKB's limit of layouts in one keymap, and the levels: plain, Shift, AltGr, Shift and AltGr."""


class Keymap(NamedTuple):
    """Latin-1 characters of each key by its X11 key code: of the layout in use by level, and of each other layout."""

    typed: dict[int, tuple[str, ...]]
    others: list[dict[int, tuple[str, ...]]]

    def types(self, character: str) -> bool:
        """Whether the layout in use types `character` in any way; a letter counts without AltGr only."""
        levels = 2 if character.isalpha() else _LEVELS
        return any(character in characters[:levels] for characters in self.typed.values())

    def unshifted_digit(self, code: int) -> str:
        """The digit that this key types with Shift and not without; empty if there is none."""
        plain, shifted = self.typed[code][:2]
        return shifted if shifted.isdigit() and not plain.isdigit() else ""

    def latin(self, code: int) -> tuple[str, str] | None:
        """What this key types without and with Shift in the first other layout with Latin letters, if there is one."""
        for other in self.others:
            if any("a" in characters for characters in other.values()):
                return other[code][0], other[code][1]
        return None


def read_keymap(codes: Collection[int], group: int) -> Keymap | None:
    """Ask the server in DISPLAY about keys, which takes a millisecond or two; None where it cannot be asked.

    `group` is the layout in use, counted from 0.
    """
    try:
        x = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XCloseDisplay.argtypes = [ctypes.c_void_p]
    x.XkbKeycodeToKeysym.restype = ctypes.c_ulong
    x.XkbKeycodeToKeysym.argtypes = [ctypes.c_void_p, ctypes.c_ubyte, ctypes.c_int, ctypes.c_int]
    connection = x.XOpenDisplay(None)
    if not connection:
        return None

    def characters(code: int, group: int) -> tuple[str, ...]:
        keysyms = [int(x.XkbKeycodeToKeysym(connection, code, group, level)) for level in range(_LEVELS)]
        return tuple(chr(one) if one in _LATIN_1 else "" for one in keysyms)

    groups = [{code: characters(code, one) for code in codes} for one in range(_GROUPS)]
    x.XCloseDisplay(connection)
    typed = groups.pop(group)
    return Keymap(typed, groups)
