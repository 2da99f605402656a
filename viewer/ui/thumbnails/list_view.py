"""The strip of thumbnails: a list view that lays out by arithmetic and requests thumbnails only near what is visible.

Rows are uniform, so where a row lies is arithmetic, and a hundred thousand of them cost what eleven do. The view is
still a QListView, for what it is to screen readers, but Qt's own layout, which asks for every row, is never run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from viewer.imaging.client.picture import PictureRequest
from viewer.timers import single_shot
from viewer.ui.thumbnails.delegate import ThumbnailDelegate, best_in_memory, thumbnail_box
from viewer.ui.thumbnails.metrics import CELL, fix_extent
from viewer.ui.thumbnails.model import ThumbnailModel

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
    from PySide6.QtWidgets import QScrollBar

    from viewer.gallery.model import Gallery
    from viewer.show.picture_source import PictureSource
    from viewer.ui.style.theme import Colours

_HIDDEN_NEIGHBOURS: Final = 20
"""Slides on either side whose thumbnails are requested while the strip is hidden: while a key is held, they stand in
for pictures that are not decoded yet."""

_HIDDEN_DELAY_MS: Final = 700
"""Milliseconds without a move after which a hidden strip requests them: paging is quicker without."""


class ThumbnailListView(QListView):
    """The view. It requests thumbnails of `source`; `set_current` follows the show."""

    chosen = Signal(int)
    """The row that was clicked."""

    def __init__(self, source: PictureSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Thumbnails")
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setAccessibleName("Scroll the thumbnails")
        self._source = source
        self._upright = False
        self._model = ThumbnailModel(self)
        self._delegate = ThumbnailDelegate(source, self._model, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_upright(False)
        for settled in (source.arrived, source.failed):
            settled.connect(self._renew)
        self._pressed_row = -1
        # Scrolling comes in many small steps: requests are worked out once for each turn of the event loop.
        self._requesting = single_shot(self, self._request)
        self._repainting = single_shot(self, self.viewport().update)

    def set_upright(self, upright: bool) -> None:
        """Run from top to bottom, for a dock at the side; else from left to right."""
        self._upright = upright
        bar, hidden = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setFlow(QListView.Flow.TopToBottom if upright else QListView.Flow.LeftToRight)
        self.setHorizontalScrollBarPolicy(hidden if upright else bar)
        self.setVerticalScrollBarPolicy(bar if upright else hidden)
        fix_extent(self, upright=upright)
        self.doItemsLayout()
        self._bring_current()

    def set_gallery(self, gallery: Gallery, lang: str) -> None:
        """Show another gallery, or the same one read again."""
        self._delegate.clear()
        self._model.set_gallery(gallery, lang)
        self._request_soon()

    def set_colours(self, colours: Colours) -> None:
        """Take another theme's colours."""
        self._delegate.set_colours(colours)
        self.viewport().update()

    def set_checkered(self, checkered: bool) -> None:
        """Whether a checkerboard is seen through the transparent parts of pictures, or the strip."""
        self._delegate.set_checkered(checkered)
        self.viewport().update()

    def set_current(self, row: int) -> None:
        """Mark `row` and bring it into view: into the middle, unless the pointer is busy in the strip."""
        index = self._model.index(row, 0)
        if not index.isValid():
            self.selectionModel().clear()
            return
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if self.isVisible():
            self._bring_current()
        else:
            self._source.request("thumbnail", [])
        self._request_soon()

    def _renew(self, request: PictureRequest) -> None:
        """Paint what arrived or failed, perhaps a new version of the file, if it is visible."""
        self._delegate.renew(request.path)
        for row in self.visible_rows():
            if self._model.path(row) == request.path:
                self.update(self._model.index(row, 0))

    def visible_rows(self) -> range:
        """The rows that are visible."""
        start, extent = self._bar().value(), self._extent()
        return range(start // extent, min((start + self._length()) // extent + 1, self._model.rowCount()))

    # Qt's virtual methods of layout, answered by arithmetic

    def doItemsLayout(self) -> None:
        """Lay out nothing but the scroll bar."""
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        """Set the scroll bar's range and steps."""
        bar, length = self._bar(), self._length()
        bar.setRange(0, max(self._model.rowCount() * self._extent() - length, 0))
        bar.setPageStep(length)
        bar.setSingleStep(self._extent())

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Where a row lies in the viewport, in logical pixels."""
        if not index.isValid():
            return QRect()
        start = index.row() * self._extent() - self._bar().value()
        if self._upright:
            return QRect(0, start, self.viewport().width(), CELL.height())
        if self.isRightToLeft():
            start = self.viewport().width() - start - CELL.width()
        return QRect(start, 0, CELL.width(), CELL.height())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point in the viewport."""
        along = point.y() if self._upright else point.x()
        if not self._upright and self.isRightToLeft():
            along = self.viewport().width() - 1 - along
        return self._model.index((along + self._bar().value()) // self._extent(), 0)

    def scrollTo(self, index: QModelIndex | QPersistentModelIndex,
                 hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Scroll to a row, by as little as it takes or into the middle."""
        if not index.isValid():
            return
        self.updateGeometries()
        bar, start, length = self._bar(), index.row() * self._extent(), self._length()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(start - (length - self._extent()) // 2)
        else:
            bar.setValue(min(max(bar.value(), start + self._extent() - length), start))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move the painted pixels, have the rest painted, and request its thumbnails."""
        self.viewport().scroll(-dx if self.isRightToLeft() else dx, dy)
        self._request_soon()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the row that was pressed."""
        index = self.indexAt(rect.topLeft())
        if index.isValid():
            self.selectionModel().select(index, command)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are due."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        selected = QStyle.StateFlag.State_Selected
        current = self.currentIndex().row()
        self._delegate.begin()
        for row in self.visible_rows():
            index = self._model.index(row, 0)
            option.rect = self.visualRect(index)
            if option.rect.intersects(event.rect()):
                option.state = option.state | selected if row == current else option.state & ~selected
                self._delegate.paint(painter, option, index)
        if self._delegate.put_off:
            self._repainting.start()

    def _bar(self) -> QScrollBar:
        return self.verticalScrollBar() if self._upright else self.horizontalScrollBar()

    def _extent(self) -> int:
        return CELL.height() if self._upright else CELL.width()

    def _length(self) -> int:
        return self.viewport().height() if self._upright else self.viewport().width()

    # Events

    # The mark belongs to the slide that is shown: QListView would move it with whatever button is pressed.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click with the left button may begin; the others do nothing."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed_row = self.indexAt(event.position().toPoint()).row() if is_left else -1

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second of two quick clicks is a click like any other."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Nothing is selected by dragging."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the row that was clicked: pressed and released on."""
        pressed, self._pressed_row = self._pressed_row, -1
        if pressed >= 0 and self.indexAt(event.position().toPoint()).row() == pressed:
            self.chosen.emit(pressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys to the window, where they page and digits go to a slide."""
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, whichever way the wheel turns and the strip runs."""
        bar = self._bar()
        pixels, angle = event.pixelDelta(), event.angleDelta()
        if not pixels.isNull():
            step = pixels.y() or pixels.x()
        else:
            step = round((angle.y() or angle.x()) / 120 * CELL.width() * 1.5)
        bar.setValue(bar.value() - step)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in view, and request thumbnails for the rows that are visible now."""
        super().resizeEvent(event)
        self.updateGeometries()
        self._bring_current()
        self._request_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the current row, and request thumbnails at once."""
        super().showEvent(event)
        self._bring_current()
        self._requesting.start(0)

    def _bring_current(self) -> None:
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(self.currentIndex(),
                      hint.EnsureVisible if self.viewport().underMouse() else hint.PositionAtCenter)

    def _request_soon(self) -> None:
        self._requesting.start(0 if self.isVisible() else _HIDDEN_DELAY_MS)

    def _request(self) -> None:
        """Request thumbnails of the visible rows and as many on either side, most urgent first."""
        current, dpr = self.currentIndex().row(), self.devicePixelRatioF()
        visible, margin = range(max(current, 0), max(current, 0) + 1), _HIDDEN_NEIGHBOURS
        if self.isVisible():
            visible = self.visible_rows()
            margin = len(visible)
        middle = current if current in visible else (visible.start + visible.stop - 1) // 2

        def urgency(row: int) -> tuple[bool, bool, int, bool]:
            """Visible rows without any picture first, from the middle outwards; of two equally far the later first."""
            has_picture = row in visible and best_in_memory(self._source, self._model.path(row), dpr) is not None
            return row not in visible, has_picture, abs(row - middle), row < middle

        near = range(max(visible.start - margin, 0), min(visible.stop + margin, self._model.rowCount()))
        rows = sorted(near, key=urgency)
        box = thumbnail_box(dpr)
        self._source.request("thumbnail", [PictureRequest(self._model.path(row), box) for row in rows])
