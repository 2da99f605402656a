"""Compresses and validates a large gallery in the background, a little in each turn of the event loop."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.gallery.formats.json_slides import JsonSlides
from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewer.gallery.model import Problem
    from viewer.show.clock import Clock
    from viewer.show.session import Session

FIRST_MS: Final = 3000
"""Milliseconds before the work begins: a gallery that has just been opened has more urgent work to do."""

_PIECES_AT_ONCE: Final = 12
"""Pieces of text that are compressed in one step, which takes 2 ms."""

PAUSE_MS: Final = 20
"""Milliseconds between two steps: a tenth of a core, for 20 seconds in a hundred thousand slides."""


class BackgroundCheck(QObject):
    """Validates the session's gallery; `found` carries the Problems of all its slides in the end, if there are any."""

    found = Signal(object)

    def __init__(self, session: Session, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._next_step = DeferredCall(clock, self._go_on)
        self._steps: Iterator[list[Problem]] = iter(())
        self._problems: list[Problem] = []
        session.gallery_changed.connect(self._begin)

    def close(self) -> None:
        """Stop, and keep nothing: a gallery that was left may be large."""
        self._next_step.cancel()
        self._steps, self._problems = iter(()), []

    def _begin(self) -> None:
        self.close()
        slides = self._session.gallery.slides
        if isinstance(slides, JsonSlides):
            self._steps = _steps(slides)
            self._next_step.start(FIRST_MS)

    def _go_on(self) -> None:
        found = next(self._steps, None)
        if found is not None:
            self._problems += found
            self._next_step.start(PAUSE_MS)
        elif self._problems:
            self.found.emit(self._problems)


def _steps(slides: JsonSlides) -> Iterator[list[Problem]]:
    """The problems found by each step of the work: first compression, which finds none but frees memory."""
    compression = slides.compress()
    while sum(1 for _ in islice(compression, _PIECES_AT_ONCE)):
        yield []
    yield from slides.validate()
