"""Keeps the window of an unattended show from being closed, covered, minimised or made smaller.

Which screen it is on, and whether there is one at all, is for `viewer.ui.kiosk.screen_keeper`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt

from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from viewer.show.clock import Clock
    from viewer.ui.window.main_window import MainWindow

_KIND: Final = QEvent.Type
_LOST: Final = (_KIND.WindowStateChange, _KIND.WindowDeactivate)

_LONGEST_MS: Final = 10_000
"""Milliseconds between two tries at most, where a window manager insists: each one of them may flicker."""


_CALM_MS: Final = 60_000
"""Milliseconds after the last try that count as peace."""


class WindowLock(QObject):
    """Event filter on `window`.

    A close event that comes from outside, be it Alt+F4, a task bar or a compositor's key, is refused; the program
    itself closes it by `close`, as it does upon a signal or at the session's end. What is taken away is asked for again
    in the next turn of the event loop, and then at longer and longer intervals until it is there.

    Unless it is `alone`, the keyboard is left to whatever window has it: with one on each of several screens they would
    take it from each other for ever.
    """

    def __init__(self, window: MainWindow, clock: Clock, *, alone: bool) -> None:
        super().__init__(window)
        self._window, self._clock, self._alone = window, clock, alone
        self._pause_ms = self._tried_at = 0
        self._is_ended = False
        self._restoring = DeferredCall(clock, self._restore, self)
        window.setAcceptDrops(False)
        window.installEventFilter(self)
        window.closing.connect(self._end)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - there is but the window
        """Refuse what would take the window away, and notice that it was taken."""
        kind = event.type()
        if kind == _KIND.Close and event.spontaneous():
            event.ignore()
            return True
        if kind in _LOST:
            self._look()
        return False

    @property
    def _is_lost(self) -> bool:
        window = self._window
        return window.isVisible() and (not window.isFullScreen() or window.isMinimized() or not self._fills_screen
                                       or (self._alone and not window.isActiveWindow()))

    @property
    def _fills_screen(self) -> bool:
        return self._window.geometry() == self._window.screen().geometry()

    def _look(self) -> None:
        if self._is_ended or self._restoring.is_waiting:
            return
        if self._clock.now() - self._tried_at > _CALM_MS:
            self._pause_ms = 0
        self._restoring.start(self._pause_ms)

    def _restore(self) -> None:
        window = self._window
        if self._is_ended or not self._is_lost:
            return
        self._tried_at = self._clock.now()
        self._pause_ms = min(max(self._pause_ms * 2, 250), _LONGEST_MS)
        if window.isFullScreen() and (window.isMinimized() or not self._fills_screen):
            window.setWindowState(Qt.WindowState.WindowNoState)  # a manager may have forgotten what Qt still knows
        window.set_fullscreen(True)
        window.raise_()
        if self._alone:
            window.activateWindow()
        self._restoring.start(self._pause_ms)

    def _end(self) -> None:
        self._is_ended = True
        self._restoring.cancel()
