"""A program that keeps a window on a screen, and writes a line of JSON whenever the window looks otherwise.

Run as ``python -m tests.ui.kiosk.screen_program NAME [alone]`` with the name of a screen, until it is terminated.
"""

from __future__ import annotations

import json
import signal
import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from viewer.kiosk.config import ScreenConfig
from viewer.show.clock import QtClock
from viewer.timers import repeating
from viewer.ui.kiosk.screen_keeper import ScreenKeeper

_LOOK_MS = 30


def main() -> None:
    """Show the window until the test ends this program."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(True)
    window = QWidget()
    window.showFullScreen()
    keeper = ScreenKeeper(window, ScreenConfig(name=sys.argv[1]), QtClock(), alone="alone" in sys.argv)
    told: dict[str, object] = {}

    def tell() -> None:
        seen = {"screen": window.screen().name(), "geometry": window.geometry().getRect(),
                "visible": window.isVisible(), "full": window.isFullScreen(), "problem": keeper.problem,
                "screens": len(QGuiApplication.screens())}
        if seen != told:
            told.update(seen)
            sys.stdout.write(json.dumps(seen) + "\n")
            sys.stdout.flush()

    repeating(app, tell, _LOOK_MS).start()
    app.exec()


if __name__ == "__main__":
    main()
