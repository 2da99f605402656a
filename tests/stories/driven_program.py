"""The whole program, used by a script: pages, fills the screen, plays, changes an option and closes the window.

Run as ``python -m tests.stories.driven_program GALLERY``, a gallery of a red and a green picture. Writes what was
displayed as one JSON object.
"""

from __future__ import annotations

import json
import locale
import sys
from typing import TYPE_CHECKING
from unittest import mock

from PySide6.QtCore import QDeadlineTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QSpinBox

from tests.pictures import GREEN, RED, Rgb, is_near
from tests.stories.dialogs import answer, named
from viewer import cli
from viewer.app.application import Liftoff
from viewer.settings import BY_KEY

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> int:
    """Run the command line with a script at the window; returns the exit status."""
    show = Liftoff.show

    def show_and_drive(program: Liftoff) -> str:
        QTimer.singleShot(0, program, lambda: _drive(program))
        return show(program)

    with mock.patch.object(Liftoff, "show", show_and_drive):
        return cli.main(sys.argv[1:])


def _drive(program: Liftoff) -> None:
    window, player = program.window, program.player
    try:
        _until(lambda: _displays(program, RED) and program.setup.is_done, "the first picture")
        seen = {"locale": locale.setlocale(locale.LC_NUMERIC), "title": window.panel.words.title,
                "place": window.panel.words.place}
        QTest.keyClick(window, Qt.Key.Key_Right)
        _until(lambda: _displays(program, GREEN), "the second picture")
        QTest.keyClick(window, Qt.Key.Key_F11)
        _until(window.isFullScreen, "full screen")
        QTest.keyClick(window, Qt.Key.Key_F5)
        _until(lambda: player.remaining_ms is not None, "the show")
        seen["state"] = player.state
        QTest.keyClick(window, Qt.Key.Key_F5)
        QTest.keyClick(window, Qt.Key.Key_F11)
        _until(lambda: not window.isFullScreen(), "the window")
        answer(program.action_set["preferences"].trigger, _type_text_size)
        sys.stdout.write(json.dumps(seen))
    finally:
        window.close()


def _displays(program: Liftoff, colour: Rgb) -> bool:
    view = program.slide_view
    pixel = view.grab().toImage().pixelColor(view.rect().center())
    return program.view_model.displayed.sharp and is_near((pixel.red(), pixel.green(), pixel.blue()), colour, 40)


def _type_text_size(dialog: QDialog) -> None:
    field = named(dialog, BY_KEY["caption/scale"].label)
    assert isinstance(field, QSpinBox)
    field.selectAll()
    QTest.keyClicks(field, "130")
    QTest.keyClick(field, Qt.Key.Key_Return)


def _until(happened: Callable[[], bool], what: str) -> None:
    deadline = QDeadlineTimer(60_000)
    while not happened():
        if deadline.hasExpired():
            raise TimeoutError(f"{what} has not come")
        QTest.qWait(10)


if __name__ == "__main__":
    sys.exit(main())
