"""Scrolls labels by whole lines: what a scroll bar counts here are lines, so that none is ever cut at rest."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPropertyAnimation
    from PySide6.QtGui import QResizeEvent

    from viewer.ui.captions.label import CaptionLabel

GLIDE_MS: Final = 400
"""Milliseconds that one line takes to move up while the show plays."""

_FADES: Final = (0.35, 0.65)
"""Opacity of the last line in view where more follows, and of the one before it."""

_FADED_FROM: Final = (4, 8)
"""Lines in view from which one of them fades, and from which two: of fewer each is needed."""


class PlacedLine(NamedTuple):
    """A line of `label`, its number there, where it is on the sheet, in logical pixels from the top, and its words."""

    label: CaptionLabel
    number: int
    top: int
    bottom: int
    text: str


class LineScrollArea(QAbstractScrollArea):
    """Shows a column of labels through a window whose edges lie between lines.

    `set_lines` fills it with lines of labels on `sheet`; the vertical scroll bar's value is the number of the line at
    the top. Wheel, keys and bar therefore move by lines too; then `scrolled_by_hand` is emitted. Where more follows the
    last lines in view fade.
    """

    scrolled_by_hand = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.in_view: Sequence[int] = (0,)
        """For each line that can stand at the top how many are whole and in view then."""
        self._gliding: QPropertyAnimation | None = None
        self._glides = self._reduced_motion = False
        self.lines: list[PlacedLine] = []
        """What there is to see, from the top down; to be changed by `set_lines`."""
        viewport = QWidget()
        self.setViewport(viewport)  # asked for the one that Qt made, PySide makes 85 enumerations, 15 ms of the start
        self.sheet = QWidget(viewport)
        """What moves. It ends below the last whole line in view, and is as wide as this area, so that a scroll bar
        moves no words."""
        self.verticalScrollBar().setSingleStep(1)
        self.verticalScrollBar().actionTriggered.connect(self.scrolled_by_hand)

    def set_reduced_motion(self, reduced: bool) -> None:
        """Jump from line to line instead of gliding."""
        self._reduced_motion = reduced

    def set_lines(self, lines: list[PlacedLine]) -> None:
        """Scroll over `lines`, from the top down. The number of the one at the top stays, if it can."""
        self.lines = lines
        self._fit()

    @property
    def last_top(self) -> int:
        """The number of the line at the top when the end is in view; 0 where everything is."""
        return len(self.in_view) - 1

    def glide_to(self, line: int) -> None:
        """Bring `line` to the top, with a movement unless motion is reduced."""
        self._glides = not self._reduced_motion
        self.verticalScrollBar().setValue(line)
        self._glides = False

    def scroll_to(self, line: int) -> None:
        """Bring `line` to the top, or the nearest that can stand there, because somebody wants it there."""
        self.scrolled_by_hand.emit()
        self.verticalScrollBar().setValue(line)

    def reveal(self, label: CaptionLabel) -> None:
        """Bring the first line of `label` to the top, unless all of it is in view."""
        numbers = [number for number, line in enumerate(self.lines) if line.label is label]
        top = self.verticalScrollBar().value()
        if numbers and numbers[-1] >= top + self.in_view[top]:
            self.verticalScrollBar().setValue(numbers[0])

    def minimumSizeHint(self) -> QSize:
        """As small as it has to be."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many whole lines as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002 - Qt's signature
        """Follow the scroll bar."""
        self._show()

    def _fit(self) -> None:
        """Find out which lines can stand at the top."""
        room, in_view = self.viewport().height(), []
        ends = [line.bottom for line in self.lines]
        for number, line in enumerate(self.lines):
            start = line.top if number else 0
            in_view.append(max(bisect_right(ends, start + room) - number, 1))
            if ends[-1] - start <= room:
                break
        self.in_view = in_view or (0,)
        bar, policy = self.verticalScrollBar(), Qt.ScrollBarPolicy
        bar.setRange(0, self.last_top)
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if self.last_top else policy.ScrollBarAlwaysOff)
        self._show()

    def _show(self) -> None:
        """Move the sheet so that the bar's line is at the top, and end it below the last whole line in view."""
        if not self.lines:
            self.sheet.resize(0, 0)
            return
        bar = self.verticalScrollBar()
        top = bar.value()
        last = top + self.in_view[top] - 1
        bar.setPageStep(max(self.in_view[top] - 1, 1))
        start = self.lines[top].top if top else 0
        self._fade(last)
        self.sheet.resize(self.width(), self.lines[last].bottom)
        place = QPoint(-self.viewport().x(), -start)
        if self._gliding is not None:
            self._gliding.stop()
        if self._glides and self.sheet.pos() != place:
            self._glide(place)
        else:
            self.sheet.move(place)

    def _glide(self, place: QPoint) -> None:
        from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QPropertyAnimation  # 1 ms, and few captions glide

        if self._gliding is None:
            self._gliding = QPropertyAnimation(self.sheet, b"pos", self)
            self._gliding.setDuration(GLIDE_MS)
            self._gliding.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._gliding.setStartValue(self.sheet.pos())
        self._gliding.setEndValue(place)
        self._gliding.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)

    def _fade(self, last: int) -> None:
        """Fade the lines up to number `last`, after which more follows."""
        faded: dict[CaptionLabel, dict[int, float]] = {line.label: {} for line in self.lines}
        if last < len(self.lines) - 1:
            count = self.in_view[self.verticalScrollBar().value()]
            fades = [opacity for opacity, least in zip(_FADES, _FADED_FROM, strict=True) if count >= least]
            for line, opacity in zip(self.lines[last::-1], fades, strict=False):
                faded[line.label][line.number] = opacity
        for label, lines in faded.items():
            label.set_faded(lines)
