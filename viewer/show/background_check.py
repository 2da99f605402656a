"""Packs a large gallery and reads its slides through for mistakes, little by little: nobody waits for it, and no key
does.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.gallery.formats.json_slides import JsonSlides

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewer.gallery.model import Problem
    from viewer.show.clock import Alarm, Clock
    from viewer.show.session import Session

FIRST_MS: Final = 3000
"""Milliseconds that a gallery is left alone first: there is better to do when it has just been opened."""

_AT_A_TIME: Final = 12
"""Pieces of text that are packed in one go: two milliseconds' worth."""

PAUSE_MS: Final = 20
"""Milliseconds between two blocks of slides: a tenth of a core, for 20 seconds in a hundred thousand slides."""


class BackgroundCheck(QObject):
    """`found` brings the Problems of the gallery in `session`, once it is read through, if there are any."""

    found = Signal(object)

    def __init__(self, session: Session, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._alarm: Alarm | None = None
        self._reading: Iterator[list[Problem]] = iter(())
        self._problems: list[Problem] = []
        session.gallery_changed.connect(self._begin)

    @property
    def is_reading(self) -> bool:
        """Whether there is more to read."""
        return self._alarm is not None

    def close(self) -> None:
        """Read no further, and keep nothing of what was read: a gallery that was left may be large."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        self._reading, self._problems = iter(()), []

    def _begin(self) -> None:
        self.close()
        slides = self._session.gallery.slides
        if isinstance(slides, JsonSlides):
            self._reading = _steps(slides)
            self._alarm = self._clock.after(FIRST_MS, self._go_on)

    def _go_on(self) -> None:
        found = next(self._reading, None)
        if found is not None:
            self._problems += found
            self._alarm = self._clock.after(PAUSE_MS, self._go_on)
            return
        self._alarm = None
        if self._problems:
            self.found.emit(self._problems)


def _steps(slides: JsonSlides) -> Iterator[list[Problem]]:
    """First what gives memory back."""
    packing = slides.compress()
    while sum(1 for _ in islice(packing, _AT_A_TIME)):
        yield []
    yield from slides.validate()
