"""Requests the pictures that come next: of the next slide, the previous one, and the next but one.

Whoever goes backwards gets the previous one first, and a playing show the slide that it goes to. While a key is held
down and full-sized pictures cannot keep up, small ones are requested instead, of slides a few steps ahead: one that is
requested when its slide comes up would arrive when it has passed. How many steps is learnt from what arrives.
"""

from __future__ import annotations

from itertools import dropwhile, islice
from typing import TYPE_CHECKING, Final

from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.client.picture_cache import neighbours_that_fit
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
"""Milliseconds without a move after a key was released. X11 reports each repetition as a release and a press, which Qt
recognizes only where both have arrived."""

PASSING: Final = Box(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
"""Device pixels of what is seen while a key is held: the size of a thumbnail."""

_MANY: Final = 12
"""Slides that are requested at a time while a key is held."""

_LEAST_LEAD: Final = 2
_FIRST_LEAD: Final = 4
_MOST_LEAD: Final = 16
"""Steps that a slide must be away to be requested while a key is held."""


class Prefetch:
    """Requests the neighbours of the session's slide for the viewport, as "prefetch", and small ones as "preview"."""

    def __init__(self, session: Session, source: PictureSource, settings: SettingsStore, clock: Clock) -> None:
        self._session = session
        self._source = source
        self._settings = settings
        self._moves = Burst(clock, HELD_KEY_MS, self.refresh)
        self._box = Box(0, 0)
        self._index = session.index
        self._direction = 1
        self._next = (-1, -1)
        self._hurried = False
        self._lead = _FIRST_LEAD
        source.arrived.connect(self._learn)

    def follow(self, *, kept_up: bool = True) -> None:
        """Prefetch for the slide that the session has moved to; `kept_up`: the last one's picture came in time."""
        session = self._session
        came_back = session.peek(1) == self._index != session.peek(-1)
        self._direction = -1 if session.why == "step" and came_back else 1
        self._index = session.index
        self._request(hurried=not self._moves.begins() and not kept_up)

    def set_box(self, box: Box) -> None:
        """Prefetch for another viewport, in device pixels; nothing for an empty one."""
        self._box = box
        self.refresh()

    def set_next(self, index: int) -> None:
        """The running show goes to the slide `index` next, past others; -1: it does not run, or goes nowhere."""
        before = self.next_index
        self._next = (self._session.visit, index)
        if self.next_index != before and self._index == self._session.index:  # else `follow` is about to be called
            self.refresh()

    @property
    def next_index(self) -> int | None:
        """The slide that comes next: where the running show goes, else the following one; None where there is none."""
        visit, index = self._next
        return index if visit == self._session.visit and index != -1 else self._session.peek(1)

    def refresh(self) -> None:
        """Prefetch anew from where the session is: other slides come next, or there is time for more."""
        self._moves.stop()
        self._request(hurried=False)

    def calm(self) -> None:
        """The key that may have been held down is released: the slide that is displayed is the one that is wanted."""
        self._moves.ends_soon(RELEASE_MS)

    def stop(self) -> None:
        """Stop the timer."""
        self._moves.stop()

    def _request(self, *, hurried: bool) -> None:
        self._hurried = hurried
        peek, following = self._session.peek, self.next_index
        near: list[int | None] = []
        far: list[int | None] = []
        if hurried:
            far = [peek(self._direction * (self._lead + further)) for further in range(_MANY)]
        elif self._box.width > 0 and self._box.height > 0:
            passes_over = following != peek(1)
            near = ([following, peek(-1), self._after(following)] if passes_over
                    else [peek(self._direction * step) for step in (1, -1, 2)])
            near = near[:neighbours_that_fit(self._box, self._settings.number("memory/pictures-mb") << 20)]
        self._source.request("prefetch", self._requests(near, self._box))
        self._source.request("preview", self._requests(far, PASSING))

    def _after(self, following: int | None) -> int | None:
        """The slide after `following`, where that is near."""
        ahead = islice(self._session.ahead(), _MANY)
        return next(islice(dropwhile(lambda index: index != following, ahead), 1, None), None)

    def _requests(self, indices: Iterable[int | None], box: Box) -> list[PictureRequest]:
        """Requests for the pictures of these slides, each once; without the current one."""
        session = self._session
        return [PictureRequest(session.path_of(index), box)
                for index in dict.fromkeys(indices) if index is not None and index != session.index]

    def _learn(self, request: PictureRequest, _picture: Picture) -> None:
        """Adapt how far ahead small pictures are requested: one has come, for a slide passed or still to come."""
        if not self._hurried or request.box != PASSING:
            return
        coming = (self._session.peek(self._direction * step) for step in range(1, self._lead + _MANY))
        ahead = self._requests(coming, PASSING)
        if request not in ahead:
            self._lead = min(self._lead + 2, _MOST_LEAD)
        elif request in ahead[5:]:
            self._lead = max(self._lead - 1, _LEAST_LEAD)
