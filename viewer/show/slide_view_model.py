"""Decides what the glass should hold now.

A picture that is at hand is shown within the call that asked for it. If it is not, the largest smaller one stands in
at once, or the old picture stays; the sharp one follows when it has been decoded. What arrives for a slide that has
been left never reaches the glass. A picture that cannot be shown becomes a card that says why.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.imaging.client.picture import Picture, PictureRequest
from viewer.imaging.protocol.messages import Box, Region
from viewer.show.animation import Animation
from viewer.show.clock import Burst
from viewer.show.prefetch import Prefetch

if TYPE_CHECKING:
    from viewer.gallery.model import Slide
    from viewer.imaging.protocol.failures import Failure
    from viewer.settings_store import SettingsStore
    from viewer.show.clock import Alarm, Clock
    from viewer.show.picture_source import PictureSource
    from viewer.show.session import Session

RESIZING_MS: Final = 150
"""Milliseconds; sizes of the glass that follow one another more quickly are a window being dragged."""


LOOK_AGAIN_MS: Final = 5000
"""Milliseconds after which a file whose card is on the glass is looked at again: it may have been put right. A file
that has not changed is not parsed again (`viewer.imaging.client.quarantine`), and nothing is said twice."""


WHOLE_PIXELS: Final = 32_000_000
"""What comes after the region that is looked at: all of an enlarged picture that has at most so many, else as many
around that region. A quarter more than 24 megapixels: 128 MB in memory."""


@dataclass(frozen=True, slots=True)
class DisplayedSlide:
    """What the glass holds: a picture, or a failure to explain, or with neither nothing at all.

    `sharp` says that no better picture is on its way. `frame` counts the frames of an animation from 0; `animated`
    says that there are more to come. `near` is a region of the same picture in more detail, for an enlarged displayed.
    """

    index: int
    slide: Slide | None
    path: str
    picture: Picture | None
    sharp: bool
    failure: Failure | None
    frame: int = 0
    animated: bool = False
    near: Picture | None = None


BLANK: Final = DisplayedSlide(-1, None, "", None, sharp=True, failure=None)
"""The glass without a slide."""


class SlideViewModel(QObject):
    """`show` carries the DisplayedSlide when it becomes another, `frame_changed` when only the frame of its animation
    does; `waiting` the index of a slide nothing can be shown of yet; `animation_looped` ends each of its rounds.
    """

    show = Signal(object)
    frame_changed = Signal(object)
    waiting = Signal(int)
    animation_looped = Signal()

    def __init__(self, session: Session, source: PictureSource, settings: SettingsStore, clock: Clock,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._source = source
        self._prefetch = Prefetch(session, source, settings, clock)
        self._animation = Animation(source, clock, self)
        self._clock = clock
        self._looking_again: Alarm | None = None
        self._sizes = Burst(clock, RESIZING_MS, self._resized)
        self._box = Box(0, 0)
        self._detail: Box | None = None
        self._region: Region | None = None
        self._near: PictureRequest | None = None
        self._displayed = BLANK
        self._visit = -1
        session.moved.connect(self._moved)
        session.order_changed.connect(self._prefetch.refresh)
        source.arrived.connect(self._arrived)
        source.failed.connect(self._failed)
        source.replaced.connect(self._replaced)
        self._animation.frame.connect(self._frame)
        self._animation.looped.connect(self.animation_looped)

    @property
    def displayed(self) -> DisplayedSlide:
        """What the glass holds."""
        return self._displayed

    def set_box(self, box: Box) -> None:
        """The glass has room for `box`, in device pixels. What a zoomed view wants does not depend on it."""
        if box == self._box:
            return
        self._box = box
        if self._sizes.begins() or self._on_canvas() is None:
            self._resized()

    def want_detail(self, box: Box | None, region: Region | None = None) -> None:
        """Have the picture sharp when it is enlarged to `box` device pixels; None when it fits the glass again.

        Of a large picture `region`, what is looked at, comes first.
        """
        if box is not None and box.width <= self._box.width and box.height <= self._box.height:
            box = region = None
        if (box, region) != (self._detail, self._region):
            self._detail, self._region = box, region
            self._project()

    def set_running(self, running: bool) -> None:
        """Let animated pictures move, or stop them: nobody sees them, or motion is not wanted."""
        self._animation.set_running(running)

    def calm(self) -> None:
        """A key is let go: if it was held down, the slide that it has stopped at is wanted sharp now."""
        self._prefetch.calm()

    def set_next(self, index: int) -> None:
        """The running show goes to the slide `index` next; -1: it does not run, or goes nowhere."""
        self._prefetch.set_next(index)

    def refresh(self) -> None:
        """Show the slide anew, from what the source has now: its file may be another one."""
        self._visit = -1
        self._moved()

    def close(self) -> None:
        """Wait for nothing any more: the program ends."""
        self._sizes.stop()
        self._prefetch.stop()
        self._animation.end()
        self._look_no_more()

    def _moved(self) -> None:
        kept_up = self._visit == self._session.visit - 1 and self._displayed.sharp
        self._detail = self._region = None
        self._animation.end()
        self._project()
        self._prefetch.follow(kept_up=kept_up)

    def _resized(self) -> None:
        self._sizes.stop()
        self._project()
        self._prefetch.set_box(self._box)

    def _wanted(self) -> Box:
        """The room the picture should be sharp in; never more than the file has, as far as that is known."""
        on_canvas = self._on_canvas()
        if self._detail is None or on_canvas is None:
            return self._detail or self._box
        return Box(min(self._detail.width, on_canvas.source.width), min(self._detail.height, on_canvas.source.height))

    def _on_canvas(self) -> Picture | None:
        """The picture on the glass, if it is one of this visit to the slide."""
        return self._displayed.picture if self._visit == self._session.visit else None

    def _holds_placeholder(self) -> bool:
        """Whether the glass says why this slide cannot be shown."""
        return self._displayed.failure is not None and self._visit == self._session.visit

    def _brings_frames(self) -> bool:
        """Whether the animation is under way, and has the glass for itself."""
        return self._animation.is_moving and self._animation.number > 0

    def _project(self) -> None:
        """Show the best there is of the slide, and ask for better where there may be."""
        if self._session.slide is None:
            self._source.request("current", [])
            self._put(BLANK)
            return
        box = self._wanted()
        if box.width <= 0 or box.height <= 0:
            self._source.request("current", [])
            return
        goal = PictureRequest(self._session.path, box, self._animation.number)
        on_canvas = self._on_canvas()
        self._animation.resize(box)
        if on_canvas is not None and (self._brings_frames() or _fits(on_canvas, box)):
            self._source.request("current", [])
            return
        picture, near = self._source.picture(goal), self._near_request(goal, on_canvas)
        if picture is not None:
            self._source.request("current", [])
            self._put_picture(goal, picture, sharp=True)
        elif near is None:
            self._source.request("current", [goal])
            if on_canvas is None:
                self._stand_in(goal)
        elif near.region is not None and near != self._near and self._has_near(near.box, near.region):
            self._source.request("current", [])
        elif (held := self._source.picture(near)) is not None:
            self._take_near(near, held)
        else:
            self._source.request("current", [near])

    def _has_near(self, box: Box, region: Region) -> bool:
        """Whether the glass holds all of this region already."""
        held = self._near
        return held is not None and held.box == box and held.region is not None and held.region.contains(region)

    def _near_request(self, goal: PictureRequest, on_canvas: Picture | None) -> PictureRequest | None:
        """The region to ask for before `goal`, or instead of it; None where all of it may as well come at once."""
        region = self._region
        if region is None or on_canvas is None or on_canvas.frames > 1 or goal.box != self._detail:
            return None
        return goal._replace(region=region) if 2 * region.width * region.height <= _pixels(goal.box) else None

    def _take_near(self, request: PictureRequest, near: Picture) -> None:
        """Put a region on the glass; after the one that is wanted comes more of the picture, or all of it."""
        on_canvas, region = self._on_canvas(), self._region
        if on_canvas is None or request.box != self._wanted() or region is None or request.region is None:
            return
        if (near.identity, near.source) != (on_canvas.identity, on_canvas.source):
            self._region = None  # another version of the file: it is of no use beside what is on the glass
            self._project()
            return
        if request.region == region:
            whole = _pixels(request.box) <= WHOLE_PIXELS
            self._source.request("current", [request._replace(region=None if whole else widened(region, request.box))])
        elif request.region.contains(region):
            self._source.request("current", [])
        elif self._has_near(request.box, region):
            return  # a later one was quicker
        self._near = request
        self._put(replace(self._displayed, near=near))

    def _stand_in(self, goal: PictureRequest) -> None:
        """Show what there is of a slide that has just come up and is not at hand."""
        failure = self._source.failure(goal.path)
        best = None if failure is not None else self._source.best(goal.path)
        if failure is not None:
            self._put_failure(failure)
        elif best is not None:
            self._put_picture(goal, best, sharp=best.is_sharp_in(goal.box))
        else:
            self.waiting.emit(self._session.index)

    def _arrived(self, request: PictureRequest, picture: Picture) -> None:
        box, on_canvas = self._wanted(), self._on_canvas()
        if request.path != self._session.path or request.frame != self._animation.number or self._brings_frames():
            return
        if request.region is not None:
            self._take_near(request, picture)
            return
        sharp = request.box == box or picture.is_sharp_in(box)
        better = on_canvas is None or (picture.image.width() > on_canvas.image.width() and not self._displayed.sharp)
        if self._holds_placeholder() and not sharp:
            self._look_again()  # small pictures come of it now: it may be whole again, and the card out of date
        elif box.width > 0 and (request.box == box or better):
            self._put_picture(request, picture, sharp=sharp)

    def _failed(self, request: PictureRequest, failure: Failure) -> None:
        if request.path != self._session.path:
            return
        known = self._source.failure(request.path) is not None or request.box == self._wanted()
        if known and not (self._on_canvas() is not None and self._displayed.sharp):
            self._put_failure(failure)

    def _replaced(self, path: str) -> None:
        """The file of the slide is another version: show that; an animation begins anew."""
        if path == self._session.path and self._on_canvas() is not None:
            self._visit = -1  # what is shown is no longer a worse version of what is wanted
            self._animation.end()
            self._project()

    def _frame(self, picture: Picture, number: int) -> None:
        self._displayed = replace(self._displayed, picture=picture, frame=number, animated=True)
        self.frame_changed.emit(self._displayed)

    def _put_picture(self, request: PictureRequest, picture: Picture, *, sharp: bool) -> None:
        if sharp and not request.frame:
            self._animation.begin(request.path, request.box, picture)
        self._put(DisplayedSlide(self._session.index, self._session.slide, request.path, picture, sharp, None,
                            request.frame, self._animation.is_moving))

    def _put_failure(self, failure: Failure) -> None:
        if self._holds_placeholder() and self._displayed.failure == failure:
            return
        self._put(DisplayedSlide(self._session.index, self._session.slide, self._session.path, None, True, failure))

    def _look_again(self) -> None:
        """Ask once more for the picture whose card is on the glass; a wish that is withdrawn first is a new one."""
        self._look_no_more()
        box = self._wanted()
        if not self._holds_placeholder() or box.width <= 0 or box.height <= 0:
            return
        self._source.request("current", [])
        self._source.request("current", [PictureRequest(self._session.path, box)])
        self._looking_again = self._clock.after(LOOK_AGAIN_MS, self._look_again)

    def _look_no_more(self) -> None:
        if self._looking_again is not None:
            self._looking_again.cancel()
            self._looking_again = None

    def _put(self, displayed: DisplayedSlide) -> None:
        self._look_no_more()
        if displayed.failure is not None:
            self._looking_again = self._clock.after(LOOK_AGAIN_MS, self._look_again)
        self._displayed = displayed
        self._visit = self._session.visit
        if displayed.near is None:
            self._near = None
        self.show.emit(displayed)


def widened(region: Region, box: Box) -> Region:
    """`region` of a picture of size `box` with as much around it as makes `WHOLE_PIXELS`, evenly to all sides."""
    x, y, width, height = region
    more = max(0, int(math.sqrt((width - height) ** 2 + 4 * WHOLE_PIXELS) - width - height) // 4)
    left, top = max(0, x - more), max(0, y - more)
    return Region(left, top, min(x + width + more, box.width) - left, min(y + height + more, box.height) - top)


def _pixels(box: Box) -> int:
    return box.width * box.height


def _fits(picture: Picture, box: Box) -> bool:
    """Whether `picture` is just what would be decoded for `box`."""
    return picture.is_sharp_in(box) and picture.image.width() <= box.width and picture.image.height() <= box.height
