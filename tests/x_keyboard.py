"""A keyboard on an X server: its layout is set, and keys are pressed as a person with that layout presses them."""

from __future__ import annotations

import ctypes
import subprocess
from typing import Final, NamedTuple

SHIFT, CONTROL, ALT, ALTGR = "Shift_L", "Control_L", "Alt_L", "ISO_Level3_Shift"

LEVELS: Final = ((), (SHIFT,), (ALTGR,), (SHIFT, ALTGR))
"""What is held for each of the characters of a key."""

TYPEWRITER: Final = (*range(10, 22), *range(24, 36), *range(38, 50), *range(51, 62))
"""The codes of the keys that type characters (xkeyboard-config, keycodes/evdev)."""

NAMES: Final = {"PgDown": "Page_Down", "PgUp": "Page_Up", "Backspace": "BackSpace", "Esc": "Escape", "Space": "space"}
"""X11's names of keys that Qt calls otherwise."""

_CORE_KEYBOARD: Final = 0x100  # XKB.h: XkbUseCoreKbd
_CODES: Final = range(8, 256)


class Stroke(NamedTuple):
    """A key's code, and the names of the keys that are held meanwhile."""

    code: int
    held: tuple[str, ...] = ()


class XKeyboard:
    """The keyboard of `display`, with a US layout until there is another."""

    def __init__(self, display: str) -> None:
        self._display = display
        self._x, self._test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XStringToKeysym.restype = self._x.XkbKeycodeToKeysym.restype = ctypes.c_ulong
        self._x.XkbKeycodeToKeysym.argtypes = [ctypes.c_void_p, ctypes.c_ubyte, ctypes.c_int, ctypes.c_int]
        self._x.XkbLockGroup.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_uint]
        self._x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self._x.XFlush.argtypes = self._x.XCloseDisplay.argtypes = [ctypes.c_void_p]
        self._test.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self._connection = self._x.XOpenDisplay(display.encode())
        self._keysyms: dict[tuple[int, int], int] = {}  # by level and code
        self.use("us")
        self._us = self._typed()

    def use(self, layouts: str) -> None:
        """Set up some layouts of xkeyboard-config, with commas between them, and type with the last."""
        subprocess.run(["setxkbmap", "-display", self._display, "-layout", layouts], check=True, stderr=subprocess.PIPE)
        group = layouts.count(",")
        self._x.XkbLockGroup(self._connection, _CORE_KEYBOARD, group)
        self._x.XSync(self._connection, 0)
        asking = self._x.XOpenDisplay(self._display.encode())  # a connection never asks for the keyboard twice
        self._keysyms = {
            (level, code): int(self._x.XkbKeycodeToKeysym(asking, code, group, level)
                               or self._x.XkbKeycodeToKeysym(asking, code, 0, level))  # the same in all layouts
            for level in range(len(LEVELS)) for code in _CODES
        }
        self._x.XCloseDisplay(asking)

    def at_place_of(self, character: str) -> Stroke:
        """How a US keyboard types a character, whatever this layout makes of it."""
        return self._us[character]

    def named(self, name: str) -> Stroke:
        """The key with that X11 name, such as ``Page_Down``."""
        wanted = int(self._x.XStringToKeysym(name.encode()))
        return Stroke(next(code for (_, code), keysym in self._keysyms.items() if keysym == wanted))

    def stroke(self, keys: str) -> Stroke:
        """How someone with this layout presses a key sequence of Qt's, such as ``Ctrl+PgDown``.

        A character that the layout does not type is looked for where a US keyboard has it.
        """
        *modifiers, last = keys.removesuffix("+").split("+")
        character = (last or "+").lower()
        if len(character) == 1:
            key = self._typed().get(character) or self._us[character]
        else:
            key = self.named(NAMES.get(last, last))
        held = (*({"Ctrl": CONTROL, "Shift": SHIFT, "Alt": ALT}[one] for one in modifiers), *key.held)
        return Stroke(key.code, tuple(dict.fromkeys(held)))

    def press(self, *strokes: Stroke) -> None:
        """Press and release keys, one after the other."""
        for stroke in strokes:
            codes = [*(self.named(name).code for name in stroke.held), stroke.code]
            for code in codes:
                self._test.XTestFakeKeyEvent(self._connection, code, 1, 0)
            for code in reversed(codes):
                self._test.XTestFakeKeyEvent(self._connection, code, 0, 0)
        self._x.XFlush(self._connection)

    def close(self) -> None:
        """Hang up."""
        self._x.XCloseDisplay(self._connection)

    def _typed(self) -> dict[str, Stroke]:
        """The characters of Latin-1 that this layout types, each with as few keys held as possible."""
        return {chr(keysym): Stroke(code, LEVELS[level]) for (level, code), keysym in reversed(self._keysyms.items())
                if code in TYPEWRITER and 0x20 < keysym < 0x100}  # such keysyms are the characters (X11, appendix A)
