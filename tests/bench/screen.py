"""A private screen whose pixels can be read within microseconds, and a keyboard for it.

Xvfb keeps its picture memory in a file (`-fbdir`), which is mapped here: looking at it asks nobody anything and costs
the measured programs next to no time. Keys go through the XTEST extension and are real for whoever gets them.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import struct
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import Image

if TYPE_CHECKING:
    from types import TracebackType

WIDTH: Final = 1920
HEIGHT: Final = 1080
_NEEDED: Final = (("Xvfb", "xvfb"), ("openbox", "openbox"))
_CORE_KEYBOARD: Final = 0x0100
_REVERT_TO_PARENT: Final = 2
_MAP_STATE: Final = 23  # the place of that field in XWindowAttributes (X11/Xlib.h), counted in ints
_IS_VIEWABLE: Final = 2
_KEYSYMS: Final = {
    "Right": 0xFF53, "Left": 0xFF51, "Home": 0xFF50, "End": 0xFF57, "Return": 0xFF0D, "Escape": 0xFF1B,
    "F11": 0xFFC8, "space": 0x20, "Page_Down": 0xFF56, "Down": 0xFF54, "Shift": 0xFFE1, "Ctrl": 0xFFE3,
    "Tab": 0xFF09, "F1": 0xFFBE, "F5": 0xFFC2,
}
SESSION_BUS: Final = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
"""A bus without services: what programs would start through it is not part of them."""


class NotPossible(Exception):  # noqa: N818 - a sentence for whoever started the benchmarks
    """Something that the benchmarks need is missing; the message says what to install."""


class Rect(NamedTuple):
    """Pixels of the screen."""

    x: int
    y: int
    width: int
    height: int


class Screen:
    """A screen of 1920 x 1080 pixels with a window manager; ended by `close`. `display` is its name for DISPLAY.

    `scratch` is a folder that goes with it.
    """

    def __init__(self) -> None:
        missing = [package for program, package in _NEEDED if shutil.which(program) is None]
        if missing:
            raise NotPossible(f"The benchmarks need a screen of their own: apt-get install {' '.join(missing)}")
        with ExitStack() as undo:
            memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
            self._folder = Path(undo.enter_context(tempfile.TemporaryDirectory(prefix="liftoff-screen-", dir=memory)))
            self.display = self._start_server(undo)
            self.scratch = self._folder / "scratch"
            self.scratch.mkdir()
            self._start_manager(undo)
            self.bus = self._start_bus(undo)
            self._pixels, self._at, self._row = self._map(undo)
            self.keys = Keyboard(self.display)
            undo.callback(self.keys.close)
            self.keys.park_pointer()
            self._undo = undo.pop_all()

    def _start_server(self, undo: ExitStack) -> str:
        reading, writing = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(self._folder),
             "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing], process_group=0, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        undo.callback(_end, server)
        os.close(writing)
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        if not number:
            raise NotPossible("Xvfb does not start.")
        return f":{number}"

    def _start_manager(self, undo: ExitStack) -> None:
        home = self._folder / "home"
        home.mkdir()
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "DBUS"))}
        manager = subprocess.Popen(
            ["openbox", "--sm-disable"], env=environment | {"DISPLAY": self.display, "HOME": str(home)},
            process_group=0, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        undo.callback(_end, manager)
        time.sleep(0.5)

    def _start_bus(self, undo: ExitStack) -> str:
        """A session bus on which nothing is started; its address, or nothing where there is none to be had."""
        if shutil.which("dbus-daemon") is None:
            return ""
        settings = self._folder / "bus.conf"
        settings.write_text(SESSION_BUS.format(socket=self._folder / "bus"), encoding="utf-8")
        reading, writing = os.pipe()
        bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={settings}", "--nofork", f"--print-address={writing}"],
            pass_fds=[writing], process_group=0, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        undo.callback(_end, bus)
        os.close(writing)
        with os.fdopen(reading) as said:
            return said.readline().strip()

    def image(self) -> Image.Image:
        """What is on the screen."""
        begin = self._at
        pixels = self._pixels[begin : begin + HEIGHT * self._row]
        return Image.frombuffer("RGB", (WIDTH, HEIGHT), pixels, "raw", "BGRX", self._row, 1)

    def _map(self, undo: ExitStack) -> tuple[mmap.mmap, int, int]:
        """The memory, where its pixels begin, and the bytes of a row (X11/XWDFile.h: big-endian words)."""
        with (self._folder / "Xvfb_screen0").open("rb") as file:
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        undo.callback(memory.close)
        header = struct.unpack(">25I", memory[:100])
        size, width, height, byte_order, bits, row, colours = (header[at] for at in (0, 4, 5, 7, 11, 12, 19))
        if (width, height, byte_order, bits) != (WIDTH, HEIGHT, 0, 32):
            raise NotPossible("The pixels of this Xvfb come in an order that is not known here.")
        return memory, size + 12 * colours, row

    def read(self, x: int, y: int, count: int = 1) -> bytes:
        """`count` pixels from (x, y) to the right, four bytes each: blue, green, red, nothing."""
        begin = self._at + y * self._row + 4 * x
        return self._pixels[begin : begin + 4 * count]

    def spans(self, places: list[tuple[int, int, int]]) -> list[slice]:
        """Where in `memory` the pixels (x, y, count) are: for looking at the same places again and again."""
        return [slice(begin := self._at + y * self._row + 4 * x, begin + 4 * count) for x, y, count in places]

    @property
    def memory(self) -> mmap.mmap:
        """The server's picture memory."""
        return self._pixels

    def close(self) -> None:
        """End everything that was started."""
        self._undo.close()

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self.close()


class Keyboard:
    """Presses keys on `display`, moves its pointer; `press` returns when it did so (seconds of `time.perf_counter`)."""

    def __init__(self, display: str) -> None:
        try:
            self._x, self._test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        except OSError as error:
            raise NotPossible("Keys are pressed through XTEST: apt-get install libx11-6 libxtst6") from error
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self._x.XKeysymToKeycode.restype = ctypes.c_ubyte
        for call in (self._x.XFlush, self._x.XCloseDisplay):
            call.argtypes = [ctypes.c_void_p]
        self._x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XQueryTree.argtypes = [ctypes.c_void_p, ctypes.c_ulong, *[ctypes.c_void_p] * 4]
        self._x.XSetInputFocus.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_ulong]
        self._x.XGetWindowAttributes.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p]
        self._x.XFree.argtypes = [ctypes.c_void_p]
        self._x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self._x.XkbSetAutoRepeatRate.argtypes = [ctypes.c_void_p, *[ctypes.c_uint] * 3]
        self._test.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self._test.XTestFakeMotionEvent.argtypes = [ctypes.c_void_p, *[ctypes.c_int] * 3, ctypes.c_ulong]
        self._test.XTestFakeButtonEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self._display = self._x.XOpenDisplay(display.encode())
        if not self._display:
            raise NotPossible(f"The screen {display} does not answer.")

    def press(self, key: str) -> float:
        """Press and release `key`, with "Ctrl+" or "Shift+" before it if need be."""
        pressed = self.down(key)
        self.up(key)
        return pressed

    def down(self, key: str) -> float:
        """Press `key` and keep it down: the server repeats it as `repeat` says."""
        codes = self._codes(key)
        at = time.perf_counter()
        self._send(codes, 1)
        return at

    def up(self, key: str) -> float:
        """Let `key` go."""
        codes = self._codes(key)
        at = time.perf_counter()
        self._send(codes[::-1], 0)
        return at

    def _send(self, codes: list[int], is_press: int) -> None:
        for code in codes:
            self._test.XTestFakeKeyEvent(self._display, code, is_press, 0)
        self._x.XFlush(self._display)

    def repeat(self, delay: int, interval: int) -> None:
        """How a key that is kept down repeats, in milliseconds."""
        self._x.XkbSetAutoRepeatRate(self._display, _CORE_KEYBOARD, delay, interval)
        self._x.XSync(self._display, 0)

    def focus_window(self) -> bool:
        """Give the keyboard to the newest visible window, as a window manager would; returns whether there is one."""
        windows, count, unused = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint(), ctypes.c_ulong()
        self._x.XQueryTree(self._display, self._x.XDefaultRootWindow(self._display), ctypes.byref(unused),
                           ctypes.byref(unused), ctypes.byref(windows), ctypes.byref(count))
        visible = [window for window in windows[:count.value] if self._is_visible(window)]
        if count.value:
            self._x.XFree(windows)
        if visible:
            self._x.XSetInputFocus(self._display, visible[-1], _REVERT_TO_PARENT, 0)
            self._x.XSync(self._display, 0)
        return bool(visible)

    def _is_visible(self, window: int) -> bool:
        attributes = (ctypes.c_int * 64)()  # XWindowAttributes is 136 bytes long
        return bool(self._x.XGetWindowAttributes(self._display, window, attributes)
                    and attributes[_MAP_STATE] == _IS_VIEWABLE)

    def park_pointer(self) -> None:
        """Move the pointer to where it hides nothing and calls nothing: many programs have a bar at the upper edge."""
        self._test.XTestFakeMotionEvent(self._display, -1, WIDTH - 1, HEIGHT * 2 // 3, 0)
        self._x.XSync(self._display, 0)

    def point(self, x: int, y: int) -> None:
        """Move the pointer there."""
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._x.XFlush(self._display)

    def button(self, *, is_down: bool) -> None:
        """Press the left button of the mouse, or let it go."""
        self._test.XTestFakeButtonEvent(self._display, 1, int(is_down), 0)
        self._x.XFlush(self._display)

    def close(self) -> None:
        """Hang up."""
        self._x.XCloseDisplay(self._display)

    def _codes(self, key: str) -> list[int]:
        return [int(self._x.XKeysymToKeycode(self._display, _KEYSYMS.get(name) or ord(name)))
                for name in key.split("+")]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
