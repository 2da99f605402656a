"""A whole kiosk on the screen in DISPLAY, which writes a line of JSON whenever its window looks otherwise.

Run as ``python -m tests.ui.kiosk.lock_program GALLERY PIN``; the first line is the window's X11 id. It ends with the
kiosk.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from viewer.app.application import Liftoff
from viewer.app.run import run
from viewer.app.start import Start
from viewer.kiosk.config import KioskConfig, KioskStart
from viewer.kiosk.pin import hash_of
from viewer.startup.early_decode import EarlyDecode, Source
from viewer.timers import repeating
from viewer.ui.kiosk.keypad import Keypad

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOK_MS = 30


def main() -> int:
    """Run until the kiosk ends by itself; returns what the command line would."""
    early = EarlyDecode(Source((Path(sys.argv[1]),), inside_only=True))
    with tempfile.TemporaryDirectory() as state:
        kiosk = KioskStart(KioskConfig(pin=hash_of(sys.argv[2]), awake=False), Path(state))
        with mock.patch.object(Liftoff, "show", _show_and_watch):
            refusal = run(early, Start(), kiosk)
    early.end()
    return 1 if refusal else 0


_SHOW = Liftoff.show


def _show_and_watch(program: Liftoff) -> str:
    refusal = _SHOW(program)
    _watch(program)
    return refusal


def _watch(program: Liftoff) -> None:
    window = program.window
    told: dict[str, object] = {}

    def tell() -> None:
        keypads = window.findChildren(Keypad)
        seen = {"full": window.isFullScreen(), "minimized": window.isMinimized(), "active": window.isActiveWindow(),
                "size": window.size().toTuple(), "slide": program.session.index, "state": program.player.state,
                "keypad": any(keypad.isVisible() for keypad in keypads),
                "others": [type(one).__name__ for one in QApplication.topLevelWidgets()
                           if one.isVisible() and one is not window]}
        if seen != told:
            told.update(seen)
            sys.stdout.write(json.dumps(seen) + "\n")
            sys.stdout.flush()

    sys.stdout.write(f"{int(window.winId())}\n")
    repeating(window, tell, _LOOK_MS).start()
    window.installEventFilter(_StateChanges(window, tell))


class _StateChanges(QObject):
    """Tells of each state that the window is in, however soon it is in another."""

    def __init__(self, window: QObject, tell: Callable[[], None]) -> None:
        super().__init__(window)
        self._tell = tell

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - there is but the window
        if event.type() == QEvent.Type.WindowStateChange:
            self._tell()
        return False


if __name__ == "__main__":
    sys.exit(main())
