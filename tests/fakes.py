"""Typed fakes for the two seams of the show: the loader and the clock. Nothing here sleeps, and nothing is random."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QImage

from viewer.imaging.client.picture import Picture, PictureRequest, Priority
from viewer.imaging.client.scheduling import PRIORITIES
from viewer.imaging.protocol.messages import Box, Identity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from viewer.gallery.model import Text
    from viewer.imaging.protocol.failures import Failure

SOURCE = Box(600, 400)
"""What every picture of the fake loader measures in its file, unless told otherwise."""


def a_picture(
    box: Box = SOURCE, *, source: Box = SOURCE, colour: QColor | Qt.GlobalColor = Qt.GlobalColor.red,
    frames: int = 1, duration: int = 0, loops: int = 0, texts: Mapping[str, Text] | None = None,
) -> Picture:
    """A picture of one colour, `source` at full size, fitted into `box` and never enlarged."""
    scale = min(1.0, box.width / source.width, box.height / source.height)
    width, height = max(1, round(source.width * scale)), max(1, round(source.height * scale))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    return Picture(image, source, frames, duration, loops, "PNG", Identity(1, 1, 1), texts or {})


class FakeLoader(QObject):
    """Fake `Loader` that decodes nothing: a test says what arrives and what fails.

    `requests` is each priority's list as last requested; `calls` is the whole history. Use `deliver` and `fail`.
    """

    arrived = Signal(object, object)
    failed = Signal(object, object)
    replaced = Signal(object)
    rechecked = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.requests: dict[Priority, tuple[PictureRequest, ...]] = dict.fromkeys(PRIORITIES, ())
        self.calls: list[tuple[Priority, tuple[PictureRequest, ...]]] = []
        self.pictures: dict[PictureRequest, Picture] = {}
        self.failures: dict[str, Failure] = {}
        self.rechecks: list[PictureRequest] = []
        self.closed = False

    def request(self, priority: Priority, requests: Sequence[PictureRequest]) -> None:
        """Replace the priority's list, and note the call."""
        self.requests[priority] = tuple(requests)
        self.calls.append((priority, tuple(requests)))

    def picture(self, request: PictureRequest) -> Picture | None:
        """What was delivered or put for exactly this request."""
        return self.pictures.get(request)

    def best(self, path: str) -> Picture | None:
        """The largest still of this file that was delivered or put."""
        of_path = [picture for request, picture in self.pictures.items()
                   if request.path == path and request.frame == 0 and request.region is None]
        return max(of_path, key=lambda picture: picture.nbytes, default=None)

    def failure(self, path: str) -> Failure | None:
        """What `fail` said."""
        return self.failures.get(path)

    def recheck(self, request: PictureRequest | None, unless: Identity | None = None) -> None:
        """Note what is to be looked at; a test says what comes of it with `rechecked` and `replace`."""
        if request is not None and unless is not None:
            self.rechecks.append(request)

    def replace(self, request: PictureRequest, picture: Picture | None) -> None:
        """The file of `request` is another version, of which there is `picture`, or nothing."""
        self.pictures = {other: held for other, held in self.pictures.items() if other.path != request.path}
        if picture is not None:
            self.put(request, picture)
        self.replaced.emit(request.path)
        self.rechecked.emit(request, True)

    def forget(self) -> None:
        """Forget everything."""
        self.pictures.clear()
        self.failures.clear()

    def set_budgets(self, pictures_bytes: int, thumbnails_bytes: int) -> None:
        """Nothing is evicted here."""

    def set_deadline(self, milliseconds: int) -> None:
        """Nothing is late here."""

    def close(self) -> None:
        """Note it."""
        self.closed = True

    def put(self, request: PictureRequest, picture: Picture | None = None) -> Picture:
        """Have a picture at hand for `request`, silently; by default a red one that fits its box."""
        held = picture if picture is not None else a_picture(request.box)
        self.pictures[request] = held
        return held

    def deliver(self, request: PictureRequest, picture: Picture | None = None) -> Picture:
        """A picture arrives for `request`."""
        held = self.put(request, picture)
        self.failures.pop(request.path, None)
        self.arrived.emit(request, held)
        return held

    def fail(self, request: PictureRequest, failure: Failure) -> None:
        """`request` turns out not to be decodable."""
        self.failures[request.path] = failure
        self.failed.emit(request, failure)


class WallClock:
    """The time of day, which goes with a `ManualClock` until a test sets it."""

    def __init__(self, clock: ManualClock, text: str) -> None:
        self._clock = clock
        self.set(text)

    def set(self, text: str) -> None:
        """From now on it is that time, with an offset as in 2026-11-27T08:59:00+01:00."""
        self._base, self._at = dt.datetime.fromisoformat(text), self._clock.now()

    def jump(self, step: dt.timedelta) -> None:
        """Somebody, or a time server, sets it."""
        self._base, self._at = self() + step, self._clock.now()

    def __call__(self) -> dt.datetime:
        """The time with its offset."""
        return self._base + dt.timedelta(milliseconds=self._clock.now() - self._at)


class ManualAlarm:
    """One alarm of a `ManualClock`."""

    def __init__(self, clock: ManualClock, due: int, ring: Callable[[], None]) -> None:
        self._clock = clock
        self.due = due
        self.ring = ring

    def cancel(self) -> None:
        """It will not ring."""
        self._clock.drop(self)


class ManualClock:
    """Time that stands still until a test moves it, in milliseconds."""

    def __init__(self, start: int = 1_000_000) -> None:
        self._now = start
        self._alarms: list[ManualAlarm] = []

    def now(self) -> int:
        """Milliseconds on a clock that never goes back."""
        return self._now

    def after(self, milliseconds: int, ring: Callable[[], None]) -> ManualAlarm:
        """Have `ring` called once, in `milliseconds`; the alarm can be cancelled."""
        alarm = ManualAlarm(self, self._now + milliseconds, ring)
        self._alarms.append(alarm)
        return alarm

    def drop(self, alarm: ManualAlarm) -> None:
        """Forget an alarm, if it has not rung."""
        if alarm in self._alarms:
            self._alarms.remove(alarm)

    @property
    def pending(self) -> int:
        """How many alarms are set."""
        return len(self._alarms)

    def advance(self, milliseconds: int) -> None:
        """Let time pass; what falls due rings in order, at its own time, alarms set on the way included."""
        end = self._now + milliseconds
        while due := [alarm for alarm in self._alarms if alarm.due <= end]:
            first = min(due, key=lambda alarm: alarm.due)
            self._alarms.remove(first)
            self._now = max(self._now, first.due)
            first.ring()
        self._now = end
