"""Plays the animated picture on the screen: each frame for its duration, a few decoded ahead, as often as it loops.

A frame that is late is waited for, and none is dropped. A frame that cannot be decoded ends the animation where it is,
and counts as the end of a round, so that nobody waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Signal

from viewer.imaging.client.picture import Picture, PictureRequest

if TYPE_CHECKING:
    from viewer.imaging.protocol.messages import Box
    from viewer.show.clock import Alarm, Clock
    from viewer.show.picture_source import PictureSource

AHEAD: Final = 3
"""Frames that are decoded before they are due."""

UNSPECIFIED_MS: Final = 100
"""Milliseconds for a frame without a duration, as in browsers."""

SHORTEST_MS: Final = 20
"""Milliseconds a frame is shown at least."""


class _Playing(NamedTuple):
    """The animation that is played: `frames` of `path` decoded for `box`, `loops` times (0: for ever)."""

    path: str
    box: Box
    frames: int
    loops: int


class Animation(QObject):
    """`frame` carries the next Picture and its number when it is due; `looped` comes at the end of each round.

    No timer is set while it is not running, and none at all for a picture of one frame.
    """

    frame = Signal(object, int)
    looped = Signal()

    def __init__(self, source: PictureSource, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._clock = clock
        self._running = True
        self._playing: _Playing | None = None
        self._alarm: Alarm | None = None
        self._number = 0
        self._rounds = 0
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

    @property
    def number(self) -> int:
        """The frame on the screen, counted from 0."""
        return self._number

    def begin(self, path: str, box: Box, first: Picture) -> None:
        """Play on from `first`, which is on the screen now: frame 0 of the file at `path` decoded for `box`."""
        self.end()
        if first.frames > 1:
            self._playing = _Playing(path, box, first.frames, first.loops)
            self._duration = first.duration
            self._wait(self._clock.now())

    def resize(self, box: Box) -> None:
        """Decode the frames to come for another box, in device pixels."""
        if self._playing is not None and self._playing.box != box:
            self._playing = self._playing._replace(box=box)
            self._look_ahead()

    def end(self) -> None:
        """Stop for good: the picture leaves the screen or has been played often enough."""
        self._halt()
        self._number = self._rounds = 0
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
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._playing is not None:
            self._source.request("animation", [])

    def _wait(self, since: int) -> None:
        """Show the current frame for its duration, counted from `since`."""
        self._late = False
        self._due = since + max(self._duration or UNSPECIFIED_MS, SHORTEST_MS)
        if self._running:
            self._look_ahead()
            self._alarm = self._clock.after(max(self._due - self._clock.now(), 1), self._time_up)

    def _look_ahead(self) -> None:
        playing = self._playing
        if playing is not None and self._running:
            number, count = self._number, playing.frames
            self._source.request("animation", [PictureRequest(playing.path, playing.box, (number + ahead) % count)
                                               for ahead in range(1, min(AHEAD, count - 1) + 1)])

    def _time_up(self) -> None:
        self._alarm = None
        playing = self._playing
        if playing is None:
            return
        if self._number + 1 == playing.frames:
            self._rounds += 1
            if self._rounds == playing.loops:
                self._stay()
                return
            self.looped.emit()
            if self._playing is not playing or not self._running:  # a listener has left the slide or stopped it
                return
        self._late = True
        self._show(self._source.picture(self._next(playing)))

    def _next(self, playing: _Playing) -> PictureRequest:
        return PictureRequest(playing.path, playing.box, (self._number + 1) % playing.frames)

    def _show(self, picture: Picture | None) -> None:
        playing = self._playing
        if playing is None:
            return
        if picture is None:
            if self._next(playing).frame in self._broken:
                self._stay()
            return
        now = self._clock.now()
        self._number = (self._number + 1) % playing.frames
        self._duration = picture.duration
        self._wait(self._due if now - self._due < SHORTEST_MS else now)
        self.frame.emit(picture, self._number)

    def _stay(self) -> None:
        """End the animation on this frame."""
        number = self._number
        self.end()
        self._number = number
        self.looped.emit()

    def _arrived(self, request: PictureRequest, picture: Picture) -> None:
        if self._late and self._running and self._playing is not None and request == self._next(self._playing):
            self._show(picture)

    def _failed(self, request: PictureRequest, _failure: object) -> None:
        if self._playing is None or request.path != self._playing.path:
            return
        self._broken.add(request.frame)
        if self._late and request == self._next(self._playing):
            self._stay()
