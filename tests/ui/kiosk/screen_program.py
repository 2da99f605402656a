"""A program that keeps a window on a screen, and writes a line of JSON whenever the window looks otherwise.

Run as ``python -m tests.ui.kiosk.screen_program NAME [alone] [mirror=NAME]`` with names of screens, until it is
terminated; `mirrored` is the colour that is seen in the middle of that other screen.
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
from viewer.ui.kiosk.mirrors import Mirrors
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
    window.setStyleSheet("background: #ff0000")
    mirrored = [ScreenConfig(name=word.removeprefix("mirror=")) for word in sys.argv if word.startswith("mirror=")]
    mirrors = Mirrors(window, mirrored, QtClock())
    told: dict[str, object] = {}

    def colour_of_mirror() -> str:
        screen = next((one for one in QGuiApplication.screens() if [one.name()] == [mirrored[0].name]), None)
        if screen is None:
            return ""
        middle = screen.geometry().center() - screen.geometry().topLeft()
        return screen.grabWindow(0, middle.x(), middle.y(), 1, 1).toImage().pixelColor(0, 0).name()

    def tell() -> None:
        seen = {"screen": window.screen().name(), "geometry": window.geometry().getRect(),
                "visible": window.isVisible(), "full": window.isFullScreen(), "problem": keeper.problem,
                "screens": len(QGuiApplication.screens()), "mirrored": colour_of_mirror() if mirrored else "",
                "mirror": [mirror.isVisible() for mirror in mirrors.windows]}
        if seen != told:
            told.update(seen)
            sys.stdout.write(json.dumps(seen) + "\n")
            sys.stdout.flush()

    repeating(app, tell, _LOOK_MS).start()
    app.exec()


if __name__ == "__main__":
    main()
