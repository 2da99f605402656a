"""The slide to display now, as a view model: a picture, a placeholder's reason, or nothing.

A picture that is cached is displayed within the call that asks for it. If it is not, the largest smaller one stands in
at once, or the old picture stays; the sharp one follows when it has been decoded. What arrives for a slide that has
been left is never displayed. A picture that cannot be shown becomes a failure, for which there is a placeholder.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.imaging.client.picture import Picture, PictureRequest
from viewer.imaging.protocol.messages import Box, Region
from viewer.show.animation import Animation
from viewer.show.clock import Burst, DeferredCall
from viewer.show.displayed_slide import BLANK, DisplayedSlide
from viewer.show.enlargement import Enlargement
from viewer.show.prefetch import Prefetch

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.imaging.protocol.failures import Failure
    from viewer.settings_store import SettingsStore
    from viewer.show.clock import Clock
    from viewer.show.picture_source import PictureSource
    from viewer.show.session import Session

RESIZING_MS: Final = 150
"""Milliseconds; sizes of the viewport that follow one another more quickly are a window being resized."""

RETRY_MS: Final = 5000
"""Milliseconds after which a picture that failed is requested again: its file may have been repaired. A file that has
not changed is not parsed again (`viewer.imaging.client.quarantine`), and nothing is said twice."""


class SlideViewModel(QObject):
    """`displayed` is what the viewport shows.

    `displayed_changed` carries the DisplayedSlide when it is another, `frame_changed` when only the frame of its
    animation is; `waiting` the index of a slide nothing can be displayed of yet; `animation_looped` comes at the end
    of each round of an animation. `prefetch` is told by others where the show goes and when a key is released.

    Where `passes_over`, which others may set, says so of a slide that cannot be shown, it is not displayed:
    `passed_over` carries what would have been, once for each visit, and the slide before stays. `companion_of`, which
    others may set as well, chooses the slide to be displayed beside one, if any.
    """

    displayed_changed = Signal(object)
    frame_changed = Signal(object)
    waiting = Signal(int)
    animation_looped = Signal()
    passed_over = Signal(object)

    def __init__(self, session: Session, source: PictureSource, settings: SettingsStore, clock: Clock,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._source = source
        self.prefetch = Prefetch(session, source, settings, clock)
        self._animation = Animation(source, clock, self)
        self._enlargement = Enlargement()
        self._retrying = DeferredCall(clock, self._retry)
        self._sizes = Burst(clock, RESIZING_MS, self._resized)
        self._box = Box(0, 0)
        self.displayed = BLANK
        self._visit = self._passed_visit = -1
        self.passes_over: Callable[[DisplayedSlide], bool] = lambda _displayed: False
        self.companion_of: Callable[[DisplayedSlide], DisplayedSlide | None] = lambda _displayed: None
        session.moved.connect(self._moved)
        session.order_changed.connect(self.prefetch.refresh)
        source.arrived.connect(self._arrived)
        source.failed.connect(self._failed)
        source.replaced.connect(self._replaced)
        self._animation.frame.connect(self._frame)
        self._animation.looped.connect(self.animation_looped)

    def set_box(self, box: Box) -> None:
        """The viewport measures `box`, in device pixels. What an enlarged view wants does not depend on it."""
        if box == self._box:
            return
        self._box = box
        if self._sizes.begins() or self._picture is None:
            self._resized()

    def want_detail(self, box: Box | None, region: Region | None = None) -> None:
        """Have the picture sharp when it is enlarged to `box` device pixels; None when it is fitted again.

        Of a large picture `region`, the part in view, comes first.
        """
        if box is not None and box.width <= self._box.width and box.height <= self._box.height:
            box = region = None
        if self._enlargement.set(box, region):
            self._update()

    def set_running(self, running: bool) -> None:
        """Let animated pictures move, or stop them: nobody sees them, or motion is not wanted."""
        self._animation.set_running(running)

    def refresh(self) -> None:
        """Display the slide anew, from what the source has now: its file may be another version."""
        self._visit = -1
        self._moved()

    def renew_companion(self) -> None:
        """Ask `companion_of` again, and display the slide with what it chooses now."""
        if self._visit == self._session.visit:
            self._display(self.displayed)

    def cached(self, index: int) -> DisplayedSlide | None:
        """What would be displayed of another slide, if its picture is cached for the viewport."""
        path = self._session.path_of(index)
        picture = self._source.picture(PictureRequest(path, self._box))
        if picture is None:
            return None
        return DisplayedSlide(index, self._session.gallery.slides[index], path, picture, sharp=True, failure=None)

    def close(self) -> None:
        """Stop all timers and let go of the picture: the program ends."""
        self._sizes.stop()
        self.prefetch.stop()
        self._animation.end()
        self._retrying.cancel()
        self.displayed = BLANK

    def _moved(self) -> None:
        kept_up = max(self._visit, self._passed_visit) == self._session.visit - 1 and self.displayed.sharp
        self._enlargement.set()
        self._animation.end()
        self._update()
        self.prefetch.follow(kept_up=kept_up)

    def _resized(self) -> None:
        self._sizes.stop()
        self._update()
        self.prefetch.set_box(self._box)

    @property
    def _picture(self) -> Picture | None:
        """The picture displayed, if it is one of this visit to the slide."""
        return self.displayed.picture if self._visit == self._session.visit else None

    def _has_failed(self) -> bool:
        """Whether what is displayed is why this slide cannot be shown."""
        return self.displayed.failure is not None and self._visit == self._session.visit

    def _is_animating(self) -> bool:
        """Whether the animation is under way, and alone decides which picture is displayed."""
        return self._animation.is_moving and self._animation.number > 0

    def _wanted(self) -> Box:
        return self._enlargement.box(self._box, self._picture)

    def _update(self) -> None:
        """Display the best picture of the slide that is cached, and request a better one where there may be one."""
        if self._session.slide is None:
            self._source.request("current", [])
            self._display(BLANK)
            return
        box, picture = self._wanted(), self._picture
        if box.width <= 0 or box.height <= 0:
            self._source.request("current", [])
            return
        goal = PictureRequest(self._session.path, box, self._animation.number)
        self._animation.resize(box)
        # Just what would be decoded for the box is there already, or the animation brings its own.
        exact = picture is not None and picture.is_sharp_in(box) and (
            picture.image.width() <= box.width and picture.image.height() <= box.height)
        if exact or (picture is not None and self._is_animating()):
            self._source.request("current", [])
            return
        cached, near = self._source.picture(goal), self._enlargement.first_request(goal, picture)
        if cached is not None:
            self._source.request("current", [])
            self._display_picture(goal, cached, sharp=True)
        elif near is None:
            self._source.request("current", [goal])
            if picture is None:
                self._display_best(goal)
        elif near != self._enlargement.held and self._enlargement.is_held(near):
            self._source.request("current", [])
        elif (held := self._source.picture(near)) is not None:
            self._display_region(near, held)
        else:
            self._source.request("current", [near])

    def _display_best(self, goal: PictureRequest) -> None:
        """Display what there is of a slide that has just come up and is not cached in the size wanted."""
        if (failure := self._source.failure(goal.path)) is not None:
            self._display_failure(failure)
        elif (best := self._source.best(goal.path)) is not None:
            self._display_picture(goal, best, sharp=best.is_sharp_in(goal.box))
        else:
            self.waiting.emit(self._session.index)

    def _display_region(self, request: PictureRequest, near: Picture) -> None:
        """Display a region; after the one that is wanted comes more of the picture, or all of it."""
        picture, enlargement = self._picture, self._enlargement
        if picture is None or enlargement.region is None or request.box != self._wanted():
            return
        if (near.identity, near.source) != (picture.identity, picture.source):
            enlargement.region = None  # another version of the file: of no use beside the picture displayed
            self._update()
            return
        following = enlargement.next_requests(request)
        if following is not None:
            self._source.request("current", following)
        elif enlargement.is_held(request._replace(region=enlargement.region)):
            return  # a later one was quicker
        enlargement.held = request
        self._display(replace(self.displayed, near=near))

    def _arrived(self, request: PictureRequest, picture: Picture) -> None:
        box, before = self._wanted(), self._picture
        if request.path != self._session.path or request.frame != self._animation.number or self._is_animating():
            return
        if request.region is not None:
            self._display_region(request, picture)
            return
        sharp = request.box == box or picture.is_sharp_in(box)
        better = before is None or (picture.image.width() > before.image.width() and not self.displayed.sharp)
        if self._has_failed() and not sharp:
            self._retry()  # there is a small picture of it now: the file may have been repaired
        elif box.width > 0 and (request.box == box or better):
            self._display_picture(request, picture, sharp=sharp)

    def _failed(self, request: PictureRequest, failure: Failure) -> None:
        if request.path != self._session.path:
            return
        known = self._source.failure(request.path) is not None or request.box == self._wanted()
        if known and not (self._picture is not None and self.displayed.sharp):
            self._display_failure(failure)

    def _replaced(self, path: str) -> None:
        """The file of the slide is another version: display that; an animation begins anew."""
        if path == self._session.path and self._picture is not None:
            self._visit = -1  # what is displayed is no longer a worse version of what is wanted
            self._animation.end()
            self._update()

    def _frame(self, picture: Picture, number: int) -> None:
        self.displayed = replace(self.displayed, picture=picture, frame=number, animated=True)
        self.frame_changed.emit(self.displayed)

    def _display_picture(self, request: PictureRequest, picture: Picture, *, sharp: bool) -> None:
        if sharp and not request.frame:
            self._animation.begin(request.path, request.box, picture)
        self._display(DisplayedSlide(self._session.index, self._session.slide, request.path, picture, sharp, None,
                                     request.frame, self._animation.is_moving))

    def _display_failure(self, failure: Failure) -> None:
        session = self._session
        failed = DisplayedSlide(session.index, session.slide, session.path, None, True, failure)
        if session.visit == self._passed_visit or (self._has_failed() and self.displayed.failure == failure):
            return
        if self.passes_over(failed):
            self._passed_visit = session.visit
            self.passed_over.emit(failed)
        else:
            self._display(failed)

    def _display(self, displayed: DisplayedSlide) -> None:
        self._retrying.cancel()
        if displayed.failure is not None:
            self._retrying.start(RETRY_MS)
        if displayed.near is None:
            self._enlargement.held = None
        self.displayed = replace(displayed, companion=self.companion_of(displayed))
        self._visit = self._session.visit
        self.displayed_changed.emit(self.displayed)

    def _retry(self) -> None:
        """Request once more the picture that failed; a request that is withdrawn first counts as a new one."""
        box = self._wanted()
        if not self._has_failed() or box.width <= 0 or box.height <= 0:
            return
        self._source.request("current", [])
        self._source.request("current", [PictureRequest(self._session.path, box)])
        self._retrying.start(RETRY_MS)
