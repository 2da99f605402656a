"""Has the pictures decoded that will be wanted next: the next, the previous, and the one after the next.

Whoever goes backwards gets the previous first. While a key is held down only the very next is asked for, so that the
picture on the glass has the workers to itself; the rest follows when the key is let go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viewer.imaging.wishes import Box, Wish
from viewer.show.clock import Burst

if TYPE_CHECKING:
    from viewer.show.clock import Clock
    from viewer.show.session import Session
    from viewer.show.source import PictureSource
    from viewer.store import SettingsStore

HELD_KEY_MS: Final = 120
"""Milliseconds; moves that follow one another more quickly come from a key held down."""

_BYTES_A_PIXEL: Final = 4


class Prefetch:
    """Keeps the lane "ahead" filled with the neighbours of the slide in `session`, at the size of the glass."""

    def __init__(self, session: Session, source: PictureSource, settings: SettingsStore, clock: Clock) -> None:
        self._session = session
        self._source = source
        self._settings = settings
        self._moves = Burst(clock, HELD_KEY_MS, self.refresh)
        self._box = Box(0, 0)
        self._index = session.index
        self._backwards = False

    def follow(self) -> None:
        """Look ahead from the slide that the session has moved to."""
        session = self._session
        came_back = session.peek(1) == self._index != session.peek(-1)
        self._backwards = session.why == "step" and came_back
        self._index = session.index
        self._wish(hurried=not self._moves.begins())

    def set_box(self, box: Box) -> None:
        """Look ahead at another size, in device pixels; nothing is wished for a glass without room."""
        self._box = box
        self.refresh()

    def refresh(self) -> None:
        """Look ahead again from where the session is: other slides come next, or there is time for more."""
        self._moves.stop()
        self._wish(hurried=False)

    def stop(self) -> None:
        """Wait for no calm any more."""
        self._moves.stop()

    def _wish(self, *, hurried: bool) -> None:
        steps = (-1, 1, -2) if self._backwards else (1, -1, 2)
        wanted: dict[int, Wish] = {}
        if self._box.width > 0 and self._box.height > 0:
            for step in steps[:1] if hurried else steps[:self._room()]:
                index = self._session.peek(step)
                if index is not None and index != self._session.index:
                    wanted.setdefault(index, Wish(self._session.path_of(index), self._box))
        self._source.wish("ahead", list(wanted.values()))

    def _room(self) -> int:
        """How many pictures may be kept beside the one on the glass; one at least."""
        budget = self._settings.number("memory/pictures-mb") << 20
        return max(1, budget // (self._box.width * self._box.height * _BYTES_A_PIXEL) - 1)
