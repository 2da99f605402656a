"""Tells in a corner of the picture how it is shown, for as long as it is: "Paused · Incomplete · 200 % · 90°"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel

from viewer.ui.style.mirrored import mirrored
from viewer.ui.style.theme import DARK, FULLSCREEN
from viewer.ui.style.type_size import set_type_size

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from viewer.ui.style.theme import Colours
    from viewer.ui.viewport.slide_view import SlideView

_MARGIN: Final = 10
"""Logical pixels between the indicator and the edges of the slide view."""

_SCRIM: Final = QColor(10, 10, 10, 208)
"""Under it where it lies over the picture: at 82 % over pure white it still is #383838, 10:1 to its words."""


class StateIndicator(QLabel):
    """Says whether the show is paused, whether the picture is incomplete, the zoom unless it is fitted, and how far it
    is turned; else hidden.

    It takes the leading upper corner of `slide_view`. It is quiet beside the picture, and stands on a scrim over it.
    """

    def __init__(self, slide_view: SlideView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._slide_view = slide_view
        self._colours = DARK
        self._paused = self._incomplete = False
        self._paused_word = "Paused"
        self._zoom: float | None = None
        self._degrees = 0
        slide_view.zoom_changed.connect(self._set_zoom)
        slide_view.rotation_changed.connect(self._set_rotation)
        self.hide()

    def set_playback(self, state: str) -> None:
        """Say that the show is paused while `state` is "paused"."""
        self._paused = state == "paused"
        self._refresh()

    def set_paused_word(self, word: str) -> None:
        """Say by `word` that the show is paused."""
        self._paused_word = word
        self._refresh()

    def set_incomplete(self, incomplete: bool) -> None:
        """Say that a part of the picture is lacking, because its file breaks off."""
        self._incomplete = incomplete
        self._refresh()

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of a theme."""
        self._colours = colours
        self.update()

    def lay_out(self, type_px: float) -> None:
        """Stand in the slide view's corner, with words of that size (logical pixels); on a black screen be hidden."""
        set_type_size(self, type_px)
        self._refresh()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is small and is painted whole
        """Paint scrim, pause sign and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._is_over_picture():
            painter.setBrush(_SCRIM)
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
            ink = QColor(FULLSCREEN.text)
        else:
            ink = QColor(self._colours.quiet)
        em, high = self.fontInfo().pixelSize(), self.height()
        bars = QRect(em // 2, 0, em if self._paused else 0, high)
        words = QRect(bars.right() + 1, 0, self.width() - bars.right() - 1 - em // 2, high)
        if self._paused:
            left = mirrored(self, bars, self.rect()).left() + em * 0.15
            for bar in (left, left + em * 0.35):
                painter.fillRect(QRectF(bar, (high - em * 0.7) / 2, em * 0.18, em * 0.7), ink)
        painter.setPen(ink)
        painter.drawText(mirrored(self, words, self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())

    def _set_zoom(self, zoom: float | None) -> None:
        self._zoom = zoom
        self._refresh()

    def _set_rotation(self, degrees: int) -> None:
        self._degrees = degrees
        self._refresh()

    def _refresh(self) -> None:
        """Say what there is to say, in as much space as it needs."""
        self.setText(" · ".join(filter(None, (
            self._paused_word if self._paused else "", "Incomplete" if self._incomplete else "",
            "" if self._zoom is None else percentage(self._zoom), f"{self._degrees}°" if self._degrees else "",
        ))))
        self.setAccessibleName(self.text())
        em, words = self.fontInfo().pixelSize(), self.fontMetrics().size(0, self.text())
        wide = words.width() + em + (em if self._paused else 0)
        corner = self._slide_view.geometry().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        place = QRect(corner.left(), corner.top(), wide, words.height() + em // 2)
        self.setGeometry(mirrored(self, place, corner))
        self.setVisible(bool(self.text()) and not self._slide_view.is_blank)
        self.update()

    def _is_over_picture(self) -> bool:
        """Whether it lies over what the slide view shows, as it does in a full corner."""
        content, ratio = self._slide_view.content, self.devicePixelRatioF()
        if content is None:
            return False
        covered = QRectF(*content.covered)
        own = self.geometry().translated(-self._slide_view.pos())
        return covered.intersects(QRectF(own.x() * ratio, own.y() * ratio, own.width() * ratio, own.height() * ratio))


def percentage(zoom: float) -> str:
    """`zoom` (device pixels for one pixel of the picture) as people read it: "200 %", "6.2 %"."""
    percent = zoom * 100
    return f"{percent:.0f}\N{NO-BREAK SPACE}%" if percent >= 9.95 else f"{percent:.1f}\N{NO-BREAK SPACE}%"
