"""A whole unattended show in this process, with words for what visitors do and see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.stories.conftest import Show
from viewer.app.kiosk import Kiosk, kiosk_start
from viewer.app.start import Start
from viewer.kiosk.config import KioskConfig, KioskStart

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app.application import Liftoff
    from viewer.show.clock import Clock


class KioskShow(Show):
    """A running kiosk without its supervisor."""

    kiosk: Kiosk

    def __init__(self, qtbot: QtBot, path: Path, clock: Clock, config: KioskConfig, state_folder: Path) -> None:
        def add_kiosk(program: Liftoff) -> None:
            self.kiosk = Kiosk(program, KioskStart(config, state_folder), program.clock)

        super().__init__(qtbot, [path], kiosk_start(config, Start()), clock, prepare=add_kiosk)
