"""Keeps the screen lit and the machine awake while a show plays, at a desk and in a kiosk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from viewer.desktop.awake_lock import AwakeLock
from viewer.desktop.inhibitors import inhibit_desktop, inhibit_logind, reset_x11_screen_saver
from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from viewer.desktop.awake_lock import AwakeState
    from viewer.settings_store import SettingsStore
    from viewer.show.clock import Clock
    from viewer.show.player import Player

OPTION: Final = "show/keep-awake"

BEGIN_MS: Final = 10_000
"""Milliseconds that a show has to play before a lock is taken: no screen saver comes sooner, and what is imported for
it would disturb the first crossfade."""


class KeepAwake(QObject):
    """Holds a lock while `player` plays and the option says so; not while the show is paused or stopped."""

    def __init__(self, player: Player, settings: SettingsStore, clock: Clock, parent: QObject | None = None,
                 *, lock: AwakeLock | None = None) -> None:
        super().__init__(parent)
        self._player, self._settings = player, settings
        self._lock = lock or lock_of_this_desktop()
        self._begin = DeferredCall(clock, lambda: self._lock.want(True), self)
        player.state_changed.connect(self._update)
        settings.changed.connect(self._option_changed)
        self._update()

    @property
    def state(self) -> AwakeState:
        """What has come of it, for whoever keeps an unattended screen."""
        return self._lock.state

    def close(self) -> None:
        """Release the lock for good."""
        self._begin.cancel()
        self._lock.close()

    def _update(self) -> None:
        if self._player.state != "playing" or not self._settings.flag(OPTION):
            self._begin.cancel()
            self._lock.want(False)
        elif not self._lock.state.wanted and not self._begin.is_waiting:
            self._begin.start(BEGIN_MS)

    def _option_changed(self, key: str) -> None:
        if key == OPTION:
            self._update()


def lock_of_this_desktop() -> AwakeLock:
    """A lock by all that this platform has."""
    if not sys.platform.startswith("linux"):
        return AwakeLock([inhibit_desktop])
    on_x11 = [reset_x11_screen_saver] if QGuiApplication.platformName() == "xcb" else []
    return AwakeLock([inhibit_desktop, inhibit_logind, *on_x11])
