"""Plays the animated picture on the screen: each frame for its duration, a few decoded ahead, as often as it loops.

A frame that is late is waited for, and none is dropped. A frame that cannot be decoded ends the animation where it is,
and counts as the end of a round, so that nobody waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.imaging.client.picture import Picture, PictureRequest
from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from viewer.imaging.protocol.messages import Box
    from viewer.show.clock import Clock
    from viewer.show.picture_source import PictureSource

AHEAD: Final = 3
"""Frames that are decoded before they are due."""

UNSPECIFIED_MS: Final = 100
"""Milliseconds for a frame without a duration, as in browsers."""

SHORTEST_MS: Final = 20
"""Milliseconds a frame is shown at least."""


class Animation(QObject):
    """`frame` carries the next Picture and its number when it is due; `looped` comes at the end of each round.

    `number` is the frame on the screen, counted from 0. No timer is set while it is not running, and none at all for a
    picture of one frame.
    """

    frame = Signal(object, int)
    looped = Signal()

    def __init__(self, source: PictureSource, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._clock = clock
        self.number = 0
        self._running = True
        self._playing: PictureRequest | None = None  # of frame 0
        self._frames = 0
        self._loops = 0
        self._rounds = 0
        self._frame_end = DeferredCall(clock, self._time_up)
        self._duration = 0
        self._due = 0
        self._late = False
        self._broken: set[int] = set()
        source.arrived.connect(self._arrived)
        source.failed.connect(self._failed)

    @property
    def is_moving(self) -> bool:
        """Whether there is a frame to come."""
        return self._running and self._playing is not None

    def begin(self, path: str, box: Box, first: Picture) -> None:
        """Play on from `first`, which is on the screen now: frame 0 of the file at `path` decoded for `box`."""
        self.end()
        if first.frames > 1:
            self._playing = PictureRequest(path, box)
            self._frames, self._loops, self._duration = first.frames, first.loops, first.duration
            self._wait(self._clock.now())

    def resize(self, box: Box) -> None:
        """Decode the frames to come for another box, in device pixels."""
        if self._playing is not None and self._playing.box != box:
            self._playing = self._playing._replace(box=box)
            if self._running:
                self._look_ahead()

    def end(self) -> None:
        """Stop for good: the picture leaves the screen or has been played often enough."""
        self._halt()
        self.number = self._rounds = 0
        self._broken.clear()
        self._playing = None
        self._late = False

    def set_running(self, running: bool) -> None:
        """Stop on the frame that is on the screen, or go on; a round that is stopped counts as over."""
        if running == self._running:
            return
        self._running = running
        if self._playing is None:
            return
        if running:
            self._wait(self._clock.now())
        else:
            self._halt()
            self.looped.emit()

    def _halt(self) -> None:
        self._frame_end.cancel()
        if self._playing is not None:
            self._source.request("animation", [])

    def _wait(self, since: int) -> None:
        """Show the current frame for its duration, counted from `since`."""
        self._late = False
        self._due = since + max(self._duration or UNSPECIFIED_MS, SHORTEST_MS)
        if self._running:
            self._look_ahead()
            self._frame_end.start(max(self._due - self._clock.now(), 1))

    def _look_ahead(self) -> None:
        ahead = map(self._coming, range(1, min(AHEAD, self._frames - 1) + 1))
        self._source.request("animation", [request for request in ahead if request is not None])

    def _coming(self, steps: int = 1) -> PictureRequest | None:
        """The request of the frame so many steps ahead, after the last the first again."""
        playing = self._playing
        return None if playing is None else playing._replace(frame=(self.number + steps) % self._frames)

    def _time_up(self) -> None:
        playing = self._playing
        if self.number + 1 == self._frames:
            self._rounds += 1
            if self._rounds == self._loops:
                self._stay()
                return
            self.looped.emit()
            if self._playing is not playing or not self._running:  # a listener has left the slide or stopped it
                return
        self._late = True
        coming = self._coming()
        assert coming is not None
        picture = self._source.picture(coming)
        if picture is not None:
            self._show(picture, coming.frame)
        elif coming.frame in self._broken:
            self._stay()

    def _show(self, picture: Picture, number: int) -> None:
        now = self._clock.now()
        self.number = number
        self._duration = picture.duration
        self._wait(self._due if now - self._due < SHORTEST_MS else now)
        self.frame.emit(picture, number)

    def _stay(self) -> None:
        """End the animation on this frame."""
        number = self.number
        self.end()
        self.number = number
        self.looped.emit()

    def _arrived(self, request: PictureRequest, picture: Picture) -> None:
        if self._late and self._running and request == self._coming():
            self._show(picture, request.frame)

    def _failed(self, request: PictureRequest, _failure: object) -> None:
        if self._playing is None or request.path != self._playing.path:
            return
        self._broken.add(request.frame)
        if self._late and request == self._coming():
            self._stay()
