"""Asks an X server from outside what windows it shows, and where."""

from __future__ import annotations

import ctypes
from typing import Final, NamedTuple

_VIEWABLE: Final = 2  # X.h: IsViewable
_HANDLER: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


class Place(NamedTuple):
    """Where a window is, in pixels."""

    x: int
    y: int
    width: int
    height: int


class _Attributes(ctypes.Structure):
    """XWindowAttributes of Xlib.h."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border_width", "depth")),
        ("visual", ctypes.c_void_p), ("root", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("class", "bit_gravity", "win_gravity", "backing_store")),
        ("backing_planes", ctypes.c_ulong), ("backing_pixel", ctypes.c_ulong), ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong), ("map_installed", ctypes.c_int), ("map_state", ctypes.c_int),
        *((name, ctypes.c_long) for name in ("all_events", "your_events", "do_not_propagate")),
        ("override_redirect", ctypes.c_int), ("screen", ctypes.c_void_p),
    )


class XWindows:
    """The windows on the server `display`, until `close`."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._ignoring = _HANDLER(lambda _display, _event: 0)  # a window may go while it is asked about
        self._x.XSetErrorHandler.argtypes = [_HANDLER]
        self._x.XSetErrorHandler(self._ignoring)
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        for name in ("XDefaultRootWindow", "XCloseDisplay", "XFree"):
            getattr(self._x, name).argtypes = [ctypes.c_void_p]
        self._x.XQueryTree.argtypes = [ctypes.c_void_p, ctypes.c_ulong, *[ctypes.c_void_p] * 4]
        self._x.XGetWindowAttributes.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p]
        self._connection = self._x.XOpenDisplay(display.encode())

    def places(self) -> list[Place]:
        """Where the top-level windows are that can be seen."""
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        windows = ctypes.POINTER(ctypes.c_ulong)()
        self._x.XQueryTree(self._connection, self._x.XDefaultRootWindow(self._connection), ctypes.byref(root),
                           ctypes.byref(parent), ctypes.byref(windows), ctypes.byref(count))
        found = []
        for window in windows[:count.value]:
            told = _Attributes()
            if (self._x.XGetWindowAttributes(self._connection, window, ctypes.byref(told))
                    and told.map_state == _VIEWABLE):
                found.append(Place(told.x, told.y, told.width, told.height))
        self._x.XFree(windows)
        return found

    def close(self) -> None:
        """Leave the server."""
        self._x.XCloseDisplay(self._connection)
        self._x.XSetErrorHandler(_HANDLER())
