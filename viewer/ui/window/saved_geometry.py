"""The window's place and size as they are remembered, with those from before it was maximized."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRect, Qt

from viewer.timers import single_shot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SETTLED_MS: Final = 250
"""Milliseconds after which a size is taken for the window's own."""

_NORMAL: Final = struct.Struct(">iiii")
"""Left, top, width and height before the window was maximized; what `QWidget.saveGeometry` gives follows."""

_STATE: Final = Qt.WindowState


class SavedGeometry:
    """Knows the place and size that `window` has while it is neither maximized nor in full screen.

    Qt has it, too (`QWidget.normalGeometry`), but on X11 takes the maximized size for it where the window manager
    first resizes the window and then says that it is maximized, or passes through that state on the way out of full
    screen. Here a size counts once it has lasted.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._normal = QRect()
        self._settling = single_shot(window, self.settle, _SETTLED_MS)

    def follow(self) -> None:
        """The window was moved or resized."""
        if self._window.windowState() == _STATE.WindowNoState:
            self._settling.start()

    def settle(self) -> None:
        """What the window has now is its own, unless it is maximized or in full screen."""
        if self._window.windowState() == _STATE.WindowNoState:
            self._normal = self._window.geometry()

    def state(self) -> bytes:
        """The geometry as bytes."""
        window = self._window
        normal = window.geometry() if window.windowState() == _STATE.WindowNoState else self._normal
        if not normal.isValid():
            normal = window.normalGeometry()
        place = normal.x(), normal.y(), normal.width(), normal.height()
        return _NORMAL.pack(*place) + bytes(window.saveGeometry().data())

    def restore(self, state: bytes) -> None:
        """Go back to a geometry, though not to full screen; one that cannot be read leaves things as they are."""
        window = self._window
        if len(state) < _NORMAL.size or not window.restoreGeometry(QByteArray(state[_NORMAL.size:])):
            return
        restored = window.windowState() & ~_STATE.WindowFullScreen
        if restored == _STATE.WindowMaximized:
            self._normal = QRect(*_NORMAL.unpack_from(state))
            window.setWindowState(_STATE.WindowNoState)
            window.setGeometry(self._normal)
        window.setWindowState(restored)
