"""The composition of an unattended screen: what is added to the program, and connected with it, in a kiosk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from viewer.kiosk.lock import allowed_actions
from viewer.settings import BY_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.app.application import Liftoff
    from viewer.app.start import Start
    from viewer.kiosk.config import KioskConfig, KioskStart
    from viewer.settings import Value
    from viewer.show.clock import Clock

FIXED_OPTIONS: Final[Mapping[str, Value]] = {
    "show/end": "loop", "caption/fullscreen": "beside", "input/wheel": "page",
}
"""Options that a kiosk has whatever its keeper or a gallery says: the show goes on, words are always seen."""


def kiosk_start(config: KioskConfig, asked: Start) -> Start:
    """How an unattended show begins; `asked` is what the command line says."""
    own = {key: value for key, value in config.options.items() if key in BY_KEY}
    options = {"show/keep-awake": config.awake, **own, **asked.overrides, **FIXED_OPTIONS}
    return asked._replace(fullscreen=True, play=True, overrides=options, saved=False, allowed=allowed_actions(config))


class Kiosk(QObject):
    """The parts of a kiosk, made for `program` before it is shown."""

    def __init__(self, program: Liftoff, start: KioskStart, clock: Clock) -> None:
        """Connect everything; `clock` is the program's."""
        super().__init__(program)
        self._program, self._start, self._clock = program, start, clock
        program.slide_view.set_zoomable("zoom_in" in allowed_actions(start.config))
        program.window.closing.connect(self.close)

    def close(self) -> None:
        """End what was started; once is enough."""
