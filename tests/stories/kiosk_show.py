"""A whole unattended show in this process, with words for what visitors do and see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.stories.conftest import Show
from viewer.app.kiosk import Kiosk, kiosk_start
from viewer.app.start import Start
from viewer.kiosk.config import KioskConfig, KioskStart
from viewer.kiosk.resume import resuming
from viewer.show.session import local_time
from viewer.startup.early_decode import EarlyDecode, Source

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from viewer.app.application import Liftoff
    from viewer.show.clock import Clock


class KioskShow(Show):
    """A running kiosk without its supervisor."""

    kiosk: Kiosk

    def __init__(self, qtbot: QtBot, path: Path, clock: Clock, config: KioskConfig, state_folder: Path,
                 time_of_day: Callable[[], dt.datetime] = local_time) -> None:
        def add_kiosk(program: Liftoff) -> None:
            self.kiosk = Kiosk(program, KioskStart(config, state_folder), program.clock,
                               time_of_day=time_of_day, distrust=lambda now: "It is wrong." if now.year < 2000 else "")

        early = EarlyDecode(resuming(Source((path,), inside_only=not config.outside_files), state_folder))
        super().__init__(qtbot, [], kiosk_start(config, Start()), clock, early=early, prepare=add_kiosk)

    @property
    def native(self) -> QWindow:
        """The native window, which has keys and the mouse first, as they come from the desktop."""
        handle = self.window.windowHandle()
        assert handle is not None
        return handle

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys, one after the other, and let each have its effect."""
        for key in keys:
            QTest.keyClick(self.native, key, modifiers)
            self.turn()

    def click(self, place: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Click with the mouse there, in logical pixels of the window, and let it have its effect."""
        QTest.mouseClick(self.native, button, pos=place)
        self.turn()

    def click_on(self, widget: QWidget) -> None:
        """Click into the middle of a widget that is seen."""
        assert widget.isVisible()
        self.click(widget.mapTo(self.window, widget.rect().center()))
