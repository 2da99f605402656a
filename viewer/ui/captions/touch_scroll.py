"""A caption that is too long for its place is moved by a finger, line by line, under which its words stay."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTouchEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from viewer.ui.captions.line_scroll_area import LineScrollArea


class TouchScroll(QObject):
    """Event filter on what of some areas is touched; a finger has no other use there."""

    def __init__(self, *areas: LineScrollArea) -> None:
        super().__init__(areas[0])
        self._areas = {area.viewport(): area for area in areas}
        self._from = (0.0, 0)
        for touched in self._areas:
            touched.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
            touched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the first finger."""
        if not isinstance(event, QTouchEvent) or not isinstance(watched, QWidget):
            return False
        area = self._areas[watched]
        place = event.points()[0].globalPosition().y() if event.points() else 0.0
        if event.type() == QEvent.Type.TouchBegin:
            self._from = place, area.verticalScrollBar().value()
        elif event.type() == QEvent.Type.TouchUpdate and area.last_top:
            began, line = self._from
            area.scroll_to(_line_at(area, area.lines[line].top + began - place))
        event.accept()
        return True


def _line_at(area: LineScrollArea, top: float) -> int:
    """The line whose beginning is nearest to that, in logical pixels from the top of the words."""
    tops = [line.top for line in area.lines]
    after = min(max(bisect_right(tops, top), 1), len(tops) - 1)
    return after if tops[after] - top < top - tops[after - 1] else after - 1
