"""The widget that shows slides: which one, how closely it is looked at, and what pixels that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPointF, Qt, Signal

from viewer.show.clock import DeferredCall
from viewer.ui.style.accessibility import spoken
from viewer.ui.viewport.canvas import SETTLE_MS, Announcement, Canvas
from viewer.ui.viewport.content import RESERVE, PictureContent
from viewer.ui.viewport.pointer_gestures import PointerGestures
from viewer.ui.viewport.view_geometry import Point

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QImage
    from PySide6.QtWidgets import QWidget

    from viewer.imaging.client.picture import Picture
    from viewer.imaging.protocol.messages import Box, Region
    from viewer.show.clock import Clock
    from viewer.ui.viewport.placeholder import Placeholder
    from viewer.ui.viewport.view_geometry import View

LOADING_MS: Final = 400
"""Milliseconds after which a placeholder says that a picture is still loading."""

MARGIN: Final = 0.5
"""How far around what is visible of an enlarged picture pixels are asked for, as a share of the viewport."""

_NO_SLIDE: Final = object()


class _Detail(NamedTuple):
    """What would make the view sharp: a picture in this box, or a part of that."""

    box: Box
    part: Region | None = None


class SlideView(Canvas):
    """Shows one slide at a time, a picture or a placeholder, and lets people zoom, pan and turn it.

    A slide is known by its key, any value that compares equal to itself alone; a slide that is come back to, and
    whose picture was shown all the time, may keep its key.
    """

    shown = Signal(object)
    """The slide with this key is on the screen: once for each visit, after its first frame was painted."""
    sharp_shown = Signal(object)
    """The same, for its sharp picture."""
    detail_wanted = Signal(object, object)
    """The view would be sharp with the picture decoded into this Box (before turning), of which this Region is enough;
    None: all of it. The viewport's Box again when the picture is fitted."""
    zoom_changed = Signal(object)
    """Device pixels for one pixel of the picture, or None when it is fitted."""
    rotation_changed = Signal(int)
    """How far the picture is turned: 0, 90, 180 or 270 degrees clockwise."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(clock, parent)
        self._key: object = _NO_SLIDE
        self._sharp_announced = False
        self._words = ("", "")
        self._told_zoom: float | None = None
        self._told_rotation = 0
        self._told_detail: _Detail | None = None
        self._loading: tuple[str, object] = ("", _NO_SLIDE)
        self._zooming = DeferredCall(clock, self._tell_detail, self)
        self._load_hint = DeferredCall(clock, self._put_loading, self)
        self.gestures = PointerGestures(self, clock, lambda: self.is_fitted)
        self.gestures.panned.connect(self._pan_by)
        self.set_zoomable(True)
        self.box_changed.connect(self._ask_again)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # where a screen reader reads the picture's alternative text

    def set_zoomable(self, zoomable: bool) -> None:
        """Whether wheel and fingers may zoom, as they may at first."""
        for gesture, zoom in ((self.gestures.zoom_at, self.zoom_by), (self.gestures.toggled, self.toggle_zoom)):
            (gesture.connect if zoomable else gesture.disconnect)(zoom)

    # What is shown

    def show_picture(self, picture: Picture, *, slide_key: object, transition_ms: int = 0, sharp: bool,
                     near: Picture | None = None, companion: Picture | None = None) -> None:
        """Show a picture; nothing is kept of the one before. `near` is a region of the same picture, decoded larger.
        `companion` is shown beside it.

        The same `slide_key` again is a better version of the same slide, or its next animation frame: the view stays
        and there is no transition. Another key is another slide, shown whole, faded to in `transition_ms` (0: cut).
        """
        self._load_hint.cancel()
        content = self.content
        is_same = slide_key == self._key and isinstance(content, PictureContent)
        if is_same and isinstance(content, PictureContent) and content.companion is companion:
            if content.refine(picture, near):
                self._told_detail = None
            self.renew(self._announcements_for(slide_key, sharp=sharp))
            self._view_changed()
            return
        self._told_detail = None
        pending = self._announcements if is_same else []
        self.put(self.content_for(picture, companion), [*pending, *self._announcements_for(slide_key, sharp=sharp)],
                 0 if is_same else transition_ms)
        self._speak(*self._words)
        self._view_changed()

    def content_for(self, picture: Picture, companion: Picture | None) -> PictureContent:
        """What the viewport as it is has of a picture, fitted, with `companion` beside it."""
        if companion is None:
            return PictureContent(picture, self.box)
        from viewer.ui.viewport.pair_content import PairContent  # in some kiosks only

        return PairContent(picture, companion, self.box, mirrored=self.isRightToLeft())

    def show_placeholder(self, placeholder: Placeholder, *, slide_key: object = None, transition_ms: int = 0) -> None:
        """Show a placeholder instead of a picture; it counts as shown like one."""
        self._load_hint.cancel()
        self._put_placeholder(placeholder, self._announcements_for(slide_key, sharp=False), transition_ms)

    def show_loading(self, name: str, *, slide_key: object) -> None:
        """Keep what is shown while the slide's picture is loading; after 400 ms a placeholder says so.

        That placeholder doesn't count as shown.
        """
        if slide_key in (self._key, self._loading[1]):
            return
        self._loading = (name, slide_key)
        self._load_hint.start(LOADING_MS)
        self._key = _NO_SLIDE

    @property
    def image(self) -> QImage | None:
        """The best pixels there are of the picture shown, unturned."""
        return self.content.image if isinstance(self.content, PictureContent) else None

    def describe(self, title: str, alt: str) -> None:
        """What assistive technology says about the picture: its title and its alternative text."""
        self._words = (title, alt)
        if self.content is None or isinstance(self.content, PictureContent):
            self._speak(title, alt)

    # How it is looked at

    @property
    def view(self) -> View | None:
        """How the picture is looked at; None without one."""
        return self.content.view if isinstance(self.content, PictureContent) else None

    @property
    def is_fitted(self) -> bool:
        """Whether the whole picture is seen, so that there is nothing to pan; true of a placeholder too."""
        return self.view is None or self.view.is_fitted

    @property
    def zoom(self) -> float | None:
        """Device pixels for one pixel of the picture, or None when it is fitted."""
        return None if self.view is None or self.view.is_fitted else self.view.scale

    @property
    def rotation(self) -> int:
        """How far the picture is turned, in degrees clockwise."""
        return 0 if self.view is None else self.view.turns * 90

    def zoom_step(self, direction: int) -> None:
        """Zoom in (+1) or out (-1) by one step around the middle, at most to the whole picture."""
        self._look(self.view and self.view.stepped(direction))

    def zoom_by(self, factor: float, place: QPointF | None = None) -> None:
        """Zoom in by a factor, around `place` (logical pixels)."""
        self._look(self.view and self.view.zoomed(self.view.scale * factor, self._point(place)))

    def fit(self) -> None:
        """Show the whole picture."""
        self._look(self.view and self.view.fitted())

    def actual_size(self) -> None:
        """Show one pixel of the picture on one of the screen."""
        self._look(self.view and self.view.zoomed(1.0), immediate=True)

    def toggle_zoom(self, place: QPointF | None = None) -> None:
        """Change between the whole picture and actual size, around `place` (logical pixels)."""
        self._look(self.view and self.view.toggled(self._point(place)), immediate=True)

    def pan(self, dx: float, dy: float) -> None:
        """Look further to the right and down, by fractions of the viewport."""
        self._look(self.view and self.view.panned(-dx * self.box.width, -dy * self.box.height), immediate=True)

    def rotate(self, quarter_turns: int) -> None:
        """Turn the view clockwise; the file stays as it is."""
        self._look(self.view and self.view.rotated(quarter_turns))

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing that nobody would see."""
        super().hideEvent(event)
        self._zooming.cancel()
        self._load_hint.cancel()

    # What is announced and asked for

    def _announcements_for(self, slide_key: object, *, sharp: bool) -> list[Announcement]:
        """What to announce when the slide's next frame is on the screen."""
        self._loading = ("", _NO_SLIDE)
        announcements: list[Announcement] = []
        if slide_key != self._key:
            self._key = slide_key
            self._sharp_announced = False
            announcements.append((self.shown, slide_key))
        if sharp and not self._sharp_announced:
            self._sharp_announced = True
            announcements.append((self.sharp_shown, slide_key))
        return announcements

    def _look(self, view: View | None, *, immediate: bool = False) -> None:
        """Change zoom and position. If `immediate`, the pixels are requested at once and not when zooming rests:
        it is the last step, or, while panning, what is asked for reaches beyond what is visible.
        """
        if view is None or not isinstance(self.content, PictureContent) or view == self.content.view:
            return
        self.content.view = view
        self.cut()
        self._view_changed()
        if immediate and self._zooming.is_waiting:
            self._zooming.cancel()
            self._tell_detail()

    def _point(self, place: QPointF | None) -> Point | None:
        """A point in logical pixels, in device pixels."""
        ratio = self.devicePixelRatioF()
        return None if place is None else Point(place.x() * ratio, place.y() * ratio)

    def _pan_by(self, moved: QPointF) -> None:
        moved = moved * self.devicePixelRatioF()
        self._look(self.view and self.view.panned(moved.x(), moved.y()), immediate=True)

    def _measure(self) -> None:
        super()._measure()
        self._view_changed()  # fitted to another size it has another scale

    def _view_changed(self) -> None:
        self.gestures.update_cursor()
        if self.zoom != self._told_zoom:
            self._told_zoom = self.zoom
            self.zoom_changed.emit(self.zoom)
        if self.rotation != self._told_rotation:
            self._told_rotation = self.rotation
            self.rotation_changed.emit(self.rotation)
        if self._detail() != self._told_detail:
            self._zooming.start(SETTLE_MS)
        else:
            self._zooming.cancel()

    def _ask_again(self) -> None:
        """In a viewport of another size the picture is decoded anew to fit it: ask once more for any detail beyond."""
        self._told_detail = None
        self._view_changed()

    def _detail(self) -> _Detail | None:
        """What to ask for; None: as many pixels as the viewport has, which are decoded anyway."""
        content, told = self.content, self._told_detail
        if not isinstance(content, PictureContent) or (content.view.is_fitted and content.view.turns % 2 == 0):
            return None
        if content.is_sharp(RESERVE):
            return told
        view, wanted = content.view, content.view.decode_box
        if view.is_fitted:
            return _Detail(wanted)
        needed = view.visible_region(wanted, RESERVE if content.is_sharp() else 0.0)
        if told is not None and told.box == wanted and (told.part is None or told.part.contains(needed)):
            return told  # it is on its way
        part = view.visible_region(wanted, MARGIN)
        return _Detail(wanted, None if part[2:] == wanted else part)

    def _tell_detail(self) -> None:
        detail = self._detail()
        if detail != self._told_detail:
            self._told_detail = detail
            if self.view:
                self.detail_wanted.emit(*(detail or _Detail(self.box)))

    def _put_loading(self) -> None:
        from viewer.ui.viewport.placeholder import loading_placeholder  # most starts need no placeholder: 5 ms

        self._put_placeholder(loading_placeholder(self._loading[0]), [])

    def _put_placeholder(self, placeholder: Placeholder, announcements: list[Announcement],
                         transition_ms: int = 0) -> None:
        from viewer.ui.viewport.placeholder import PlaceholderContent  # likewise

        self.put(PlaceholderContent(placeholder, self.box), announcements, transition_ms)
        self._speak(placeholder.heading, placeholder.description)
        self._view_changed()

    def _speak(self, name: str, description: str) -> None:
        self.setAccessibleName(spoken(name))
        self.setAccessibleDescription(spoken(description))
