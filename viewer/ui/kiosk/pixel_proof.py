"""Compares once a minute what the window's surface has with the picture that the show says is on it.

It finds a show that goes on while an old picture, or black, stays in the window. The surface is what Qt hands to the
compositor or the X server: a fault of theirs, of the cable or of the panel is not seen.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QRect

from viewer.kiosk.pixel_proof import PATCH, is_same, luminance, places
from viewer.kiosk.play_record import iso
from viewer.kiosk.play_recorder import utc_now
from viewer.kiosk.status import PixelStatus
from viewer.show.clock import DeferredCall
from viewer.ui.viewport.view_geometry import View

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from viewer.show.clock import Clock
    from viewer.show.slide_view_model import SlideViewModel
    from viewer.ui.viewport.content import PictureContent
    from viewer.ui.viewport.slide_view import SlideView

_log = logging.getLogger("liftoff.kiosk.pixels")

EVERY_MS: Final = 60_000
"""Milliseconds between two comparisons."""

CONFIRM_MS: Final = 1_000
"""Milliseconds after which a mismatch has to be there still: a paint that was asked for may not have come yet."""

RETRY_MS: Final = 5_000
"""Milliseconds until the next attempt where there was nothing to compare: a crossfade, black, an enlarged picture."""


class PixelProof(QObject):
    """`status` says what has come of it."""

    def __init__(self, slide_view: SlideView, view_model: SlideViewModel, clock: Clock,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slide_view, self._view_model = slide_view, view_model
        self.status = PixelStatus()
        self._suspected = False
        self._next = DeferredCall(clock, self._compare_again, self)
        self._next.start(EVERY_MS)

    def close(self) -> None:
        """Compare no more."""
        self._next.cancel()

    def compare(self) -> bool | None:
        """Whether the surface has the picture of the slide; None where that cannot be said now."""
        content = self._expected()
        if content is None:
            return None
        view, ratio = self._slide_view, self._slide_view.devicePixelRatioF()
        window = view.window()
        seen: list[float] = []
        expected: list[float] = []
        for x, y in places(view.box):
            middle = QPoint(round((x + PATCH / 2) / ratio), round((y + PATCH / 2) / ratio))
            if window.childAt(view.mapTo(window, middle)) is not view:
                continue  # a message or a button lies on it
            area = QRect(x, y, PATCH, PATCH)
            if (patch := view.seen(area)) is None:
                return None
            seen.append(_luminance(patch))
            expected.append(_luminance(view.rendered(content, area)))
        return is_same(seen, expected)

    def _expected(self) -> PictureContent | None:
        """The picture that is to be seen, whole, in the viewport as it is."""
        view, displayed = self._slide_view, self._view_model.displayed
        if not view.can_be_seen() or view.is_fading or displayed.picture is None or not displayed.sharp:
            return None
        if view.view is not None and not view.view.is_fitted:
            return None
        content = view.content_for(displayed.picture, displayed.picture_beside)
        content.view = View(displayed.picture.source, view.box, turns=view.rotation // 90)
        return content

    def _compare_again(self) -> None:
        right = self.compare()
        if right is False and not self._suspected:
            self._suspected = True
            self._next.start(CONFIRM_MS)
            return
        self._suspected = False
        self._next.start(RETRY_MS if right is None else EVERY_MS)
        if right is not None:
            self._tell(right=right)

    def _tell(self, *, right: bool) -> None:
        before = self.status
        self.status = PixelStatus(right, iso(utc_now()), before.comparisons + 1, before.mismatches + (not right))
        if not right and before.right is not False:
            _log.warning("The window does not show the picture of the slide %s.", self._view_model.displayed.path)
        elif right and before.right is False:
            _log.info("The window shows the picture of its slide again.")


def _luminance(patch: QImage) -> float:
    return luminance(bytes(patch.constBits()))  # `patch` lives until they are copied; its memory is its own
