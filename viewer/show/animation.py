"""Moves the animated picture that is on the glass: each frame for its time, a few decoded ahead, as often as it says.

A frame that is late is waited for and none is left out. A frame that cannot be decoded ends the animation where it
is, and counts as the end of a round, so that nobody waits for it.
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

UNSAID_MS: Final = 100
"""Milliseconds for a frame whose file names no time, as browsers do it."""

SHORTEST_MS: Final = 20
"""Milliseconds a frame is seen at least."""


class _Reel(NamedTuple):
    """What is being shown: `frames` of `path` in `box`, `loops` times (0: for ever)."""

    path: str
    box: Box
    frames: int
    loops: int


class Animation(QObject):
    """`frame` brings the next Picture and its number when it is due; `looped` tells of the end of each round.

    Time stands still while it is not running, and a picture of one frame needs nothing at all.
    """

    frame = Signal(object, int)
    looped = Signal()

    def __init__(self, source: PictureSource, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._clock = clock
        self._running = True
        self._reel: _Reel | None = None
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
        return self._running and self._reel is not None

    @property
    def number(self) -> int:
        """The frame on the glass, counted from 0."""
        return self._number

    def begin(self, path: str, box: Box, first: Picture) -> None:
        """Go on from `first`, which is on the glass now, frame 0 of the file at `path` decoded for `box`."""
        self.end()
        if first.frames > 1:
            self._reel = _Reel(path, box, first.frames, first.loops)
            self._duration = first.duration
            self._wait(self._clock.now())

    def resize(self, box: Box) -> None:
        """Have the frames to come decoded for another box."""
        if self._reel is not None and self._reel.box != box:
            self._reel = self._reel._replace(box=box)
            self._look_ahead()

    def end(self) -> None:
        """Let go of the picture, which leaves the glass or has been shown often enough."""
        self._halt()
        self._number = self._rounds = 0
        self._broken.clear()
        self._reel = None
        self._late = False

    def set_running(self, running: bool) -> None:
        """Stop on the frame that is on the glass, or go on; a round that is stopped counts as over."""
        if running == self._running:
            return
        self._running = running
        if self._reel is None:
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
        if self._reel is not None:
            self._source.request("animation", [])

    def _wait(self, since: int) -> None:
        """Have the frame on the glass for its time, counted from `since`."""
        self._late = False
        self._due = since + max(self._duration or UNSAID_MS, SHORTEST_MS)
        if self._running:
            self._look_ahead()
            self._alarm = self._clock.after(max(self._due - self._clock.now(), 1), self._time_up)

    def _look_ahead(self) -> None:
        reel = self._reel
        if reel is not None and self._running:
            numbers = ((self._number + ahead) % reel.frames for ahead in range(1, min(AHEAD, reel.frames - 1) + 1))
            self._source.request("animation", [PictureRequest(reel.path, reel.box, number) for number in numbers])

    def _time_up(self) -> None:
        self._alarm = None
        reel = self._reel
        if reel is None:
            return
        if self._number + 1 == reel.frames:
            self._rounds += 1
            if self._rounds == reel.loops:
                self._stay()
                return
            self.looped.emit()
            if self._reel is not reel or not self._running:  # whoever listened has turned the page
                return
        self._late = True
        self._show(self._source.picture(self._next(reel)))

    def _next(self, reel: _Reel) -> PictureRequest:
        return PictureRequest(reel.path, reel.box, (self._number + 1) % reel.frames)

    def _show(self, picture: Picture | None) -> None:
        reel = self._reel
        if reel is None:
            return
        if picture is None:
            if self._next(reel).frame in self._broken:
                self._stay()
            return
        now = self._clock.now()
        self._number = (self._number + 1) % reel.frames
        self._duration = picture.duration
        self._wait(self._due if now - self._due < SHORTEST_MS else now)
        self.frame.emit(picture, self._number)

    def _stay(self) -> None:
        """This frame is the last."""
        number = self._number
        self.end()
        self._number = number
        self.looped.emit()

    def _arrived(self, request: PictureRequest, picture: Picture) -> None:
        if self._late and self._running and self._reel is not None and request == self._next(self._reel):
            self._show(picture)

    def _failed(self, request: PictureRequest, _failure: object) -> None:
        if self._reel is None or request.path != self._reel.path:
            return
        self._broken.add(request.frame)
        if self._late and request == self._next(self._reel):
            self._stay()
