"""Has the pictures decoded that will be wanted next: the next, the previous, and the one after the next.

Whoever goes backwards gets the previous first. While a key is held down and full-sized pictures cannot keep up, small
ones are asked for instead, of slides that come a moment later: a picture that is asked for when its slide has come up
would arrive when it has gone by. How much later they must be is learnt from what arrives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viewer.imaging.client.memory_budget import neighbours_that_fit
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.protocol.messages import THUMBNAIL_SIDE, Box
from viewer.show.clock import Burst

if TYPE_CHECKING:
    from collections.abc import Iterable

    from viewer.imaging.client.picture import Picture
    from viewer.settings_store import SettingsStore
    from viewer.show.clock import Clock
    from viewer.show.picture_source import PictureSource
    from viewer.show.session import Session

HELD_KEY_MS: Final = 120
"""Milliseconds; moves that follow one another more quickly come from a key held down."""

RELEASE_MS: Final = 5
"""Milliseconds without a move after a key was let go. X11 tells of each repetition as if the key had been let go and
pressed again, which Qt recognizes only where both have arrived."""

PASSING: Final = Box(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
"""Device pixels of what is seen in passing: the size that the desktop's thumbnails and the strip's have."""

_MANY: Final = 12
"""Passing slides that are asked for at a time."""

_LEAST_LEAD: Final = 2
_FIRST_LEAD: Final = 4
_MOST_LEAD: Final = 16
"""Steps that a slide must be away to be asked for in passing."""


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
        self._next = (-1, -1)
        self._hurried = False
        self._lead = _FIRST_LEAD
        source.arrived.connect(self._learn)

    def follow(self, *, kept_up: bool = True) -> None:
        """Look ahead from the slide that the session has moved to; the picture before `kept_up` if it came in time."""
        session = self._session
        came_back = session.peek(1) == self._index != session.peek(-1)
        self._backwards = session.why == "step" and came_back
        self._index = session.index
        self._request(hurried=not self._moves.begins() and not kept_up)

    def set_box(self, box: Box) -> None:
        """Look ahead at another size, in device pixels; nothing is wished for a glass without room."""
        self._box = box
        self.refresh()

    def set_next(self, index: int) -> None:
        """The running show goes to the slide `index` next, past others; -1: it does not run, or goes nowhere."""
        before = self._beyond()
        self._next = (self._session.visit, index)
        if self._beyond() != before and self._index == self._session.index:  # else `follow` is about to be called
            self.refresh()

    def refresh(self) -> None:
        """Look ahead again from where the session is: other slides come next, or there is time for more."""
        self._moves.stop()
        self._request(hurried=False)

    def calm(self) -> None:
        """The key that may have been held down is let go: what is on the glass now is what is wanted."""
        self._moves.ends_soon(RELEASE_MS)

    def stop(self) -> None:
        """Wait for no calm any more."""
        self._moves.stop()

    def _request(self, *, hurried: bool) -> None:
        self._hurried = hurried
        steps = (-1, 1, -2) if self._backwards else (1, -1, 2)
        has_room = self._box.width > 0 and self._box.height > 0
        beyond = self._beyond()
        coming = [self._session.peek(step) for step in steps] if beyond is None else [beyond, self._session.peek(-1)]
        passing = [steps[0] * (self._lead + further) for further in range(_MANY)] if hurried else []
        fit = neighbours_that_fit(self._box, self._settings.number("memory/pictures-mb") << 20)
        self._source.request("prefetch", self._requests([] if hurried or not has_room else coming[:fit], self._box))
        self._source.request("preview", self._requests(map(self._session.peek, passing), PASSING))

    def _beyond(self) -> int | None:
        """The slide that the running show goes to next, where that is not simply the next one."""
        visit, index = self._next
        return index if visit == self._session.visit and index not in (-1, self._session.peek(1)) else None

    def _requests(self, indices: Iterable[int | None], box: Box) -> list[PictureRequest]:
        """Requests for the pictures of these slides, each once; without the current one."""
        session = self._session
        return [PictureRequest(session.path_of(index), box)
                for index in dict.fromkeys(indices) if index is not None and index != session.index]

    def _learn(self, request: PictureRequest, _picture: Picture) -> None:
        """A picture arrives: is its slide still to come, and by how much?"""
        if not self._hurried or request.box != PASSING:
            return
        step = -1 if self._backwards else 1
        ahead = self._requests((self._session.peek(step * steps) for steps in range(1, self._lead + _MANY)), PASSING)
        if request not in ahead:
            self._lead = min(self._lead + 2, _MOST_LEAD)
        elif request in ahead[5:]:
            self._lead = max(self._lead - 1, _LEAST_LEAD)
