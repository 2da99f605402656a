"""Keeps an unattended show in full screen on the screen it belongs on, whatever becomes of screens.

A screen that is switched off and on, or plugged in again, is for the system another one; on the way its size and place
may be anything, and the window is moved elsewhere. What is right is established anew each time, once things are quiet.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from viewer.kiosk.config import ScreenConfig
from viewer.kiosk.screen_choice import ScreenIdentity, choose_screen
from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

    from viewer.show.clock import Clock

_STATE: Final = Qt.WindowState
_log = logging.getLogger("liftoff.screens")

QUIET_MS: Final = 500
"""Milliseconds without another change of screens before the window is placed."""

SETTLED_MS: Final = 1_000
"""Milliseconds after which a window manager has placed a window."""

LONGEST_MS: Final = 60_000
"""Milliseconds between two tries at most, where a window manager will have the window elsewhere: each may flicker."""

LOOK_MS: Final = 5_000
"""Milliseconds between two looks at whether it still is where it belongs: not everything is told."""


class ScreenKeeper(QObject):
    """Places `window`, which fills a screen, on the one that is `wanted`.

    Where that is not connected, the window waits for it on another screen, or with `alone` false, as others show
    something of their own there, unseen.
    """

    def __init__(self, window: QWidget, wanted: ScreenConfig, clock: Clock, *, alone: bool = True) -> None:
        """Choose the screen that the window comes up on, and watch from now on; it is moved by the event loop alone."""
        super().__init__(window)
        self._window, self._wanted, self._alone = window, wanted, alone
        self._placing = DeferredCall(clock, self.place, self)
        self._looking = DeferredCall(clock, self.place, self)
        self._problem = ""
        self._tries = 0  # in a row
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        for changed in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            changed.connect(self._changed)
        app.screenAdded.connect(self._watch)
        for screen in app.screens():
            self._watch(screen)
        if (index := _choose(self._wanted)) is not None:
            window.setScreen(app.screens()[index])
        self._changed()

    @property
    def problem(self) -> str:
        """Why the show is not where it belongs; empty where it is."""
        return self._problem

    def close(self) -> None:
        """Leave the window alone."""
        self._placing.cancel()
        self._looking.cancel()

    def place(self) -> None:
        """Have the window where it belongs now."""
        self._looking.start(LOOK_MS)
        index, any_other = _choose(self._wanted), _choose(ScreenConfig())
        self._tell("" if index is not None else "No screen is connected." if any_other is None else
                   f"The screen {_called(self._wanted)} is not connected.")
        if index is None and self._alone:
            index = any_other
        if index is None:
            self._window.hide()
        elif self._is_on(screen := QGuiApplication.screens()[index]):
            self._tries = 0
        else:
            self._move_to(screen)

    def _is_on(self, screen: QScreen) -> bool:
        window = self._window
        return (window.isVisible() and window.isFullScreen() and not window.isMinimized()
                and window.screen() == screen and window.geometry() == screen.geometry())

    def _move_to(self, screen: QScreen) -> None:
        """Fill `screen`: a window is moved as a window and fills the screen anew, for so window managers understand it.

        They take their time and may have other ideas, so it is looked at again soon, and later each time.
        """
        window = self._window
        window.setWindowState(_STATE.WindowNoState)
        window.setScreen(screen)
        window.winId()  # there has to be a window handle
        handle = window.windowHandle()
        handle.setScreen(screen)
        handle.setGeometry(screen.geometry())
        window.setWindowState(_STATE.WindowFullScreen)
        window.show()
        handle.setGeometry(screen.geometry())  # where there is no window manager nobody else does
        window.activateWindow()
        self._looking.start(min(SETTLED_MS << self._tries, LONGEST_MS))
        self._tries = min(self._tries + 1, LONGEST_MS.bit_length())

    def _watch(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._changed)

    def _changed(self) -> None:
        self._tries = 0
        self._placing.start(QUIET_MS)

    def _tell(self, problem: str) -> None:
        if problem != self._problem:
            self._problem = problem
            _log.warning("%s", problem or f"The show is on the screen {_called(self._wanted)} again.")


def identity_of(screen: QScreen) -> ScreenIdentity:
    """What tells `screen` from others."""
    return ScreenIdentity(screen.name(), screen.model(), screen.serialNumber(), real=not screen.geometry().isEmpty())


def _choose(wanted: ScreenConfig) -> int | None:
    return choose_screen(wanted, [identity_of(screen) for screen in QGuiApplication.screens()])


def _called(wanted: ScreenConfig) -> str:
    return " ".join(filter(None, (wanted.name, wanted.model, wanted.serial)))
