"""A program that shows the window on the screen in DISPLAY and writes a line of JSON whenever it looks otherwise.

Run as ``python -m tests.ui.window.fullscreen_program``, with ``full`` to begin in full screen; the first line is the
window's X11 id. Lines that it reads tell it to fill the screen (``full``), to be a window (``window``) or to end
(``close``). The window's place and size are kept in its home for the next run.
"""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QDockWidget

from tests.fakes import ManualClock
from viewer.timers import repeating
from viewer.ui.thumbnails.bar import ThumbnailBar
from viewer.ui.viewport.slide_view import SlideView
from viewer.ui.window.central_widget import CentralWidget
from viewer.ui.window.main_window import MainWindow

_LOOK_MS = 50


def main() -> None:
    """Show the window until the test ends this program."""
    app = QApplication(sys.argv)
    central = CentralWidget(SlideView(ManualClock()))
    window = MainWindow(central, ThumbnailBar())
    window.set_gallery_has_words(True)
    window.menuBar().addMenu("File")
    window.resize(1000, 700)
    kept = Path.home() / "geometry"
    window.restore_layout(kept.read_bytes() if kept.exists() else b"", b"")
    window.fit_screen(first_time=False)
    told: dict[str, object] = {}

    def tell() -> None:
        seen = {"full": window.isFullScreen(), "maximized": window.isMaximized(), "menu": window.menuBar().isVisible(),
                "remembered": struct.unpack_from(">iiii", window.geometry_state())[2:], "size": window.size().toTuple(),
                "docks": [dock.isVisible() for dock in window.findChildren(QDockWidget)],
                "panel": central.panel.isVisible()}
        if seen != told:
            told.update(seen)
            sys.stdout.write(json.dumps(seen) + "\n")
            sys.stdout.flush()

    def obey() -> None:
        word = sys.stdin.readline().strip()
        if word == "close":
            kept.write_bytes(window.geometry_state())
            app.quit()
        window.set_fullscreen(word == "full")

    listening = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, app)
    listening.activated.connect(obey)
    looking = repeating(app, tell, _LOOK_MS)
    if "full" in sys.argv:
        window.set_fullscreen(True)
    else:
        window.show()
    sys.stdout.write(f"{int(window.winId())}\n")
    sys.stdout.flush()
    looking.start()
    app.exec()


if __name__ == "__main__":
    main()
