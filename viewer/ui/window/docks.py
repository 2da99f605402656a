"""The two docks around the central widget: the caption and the thumbnails.

They go to any side and come back where they were. In a narrow or upright window the caption goes below the picture by
itself, and back again; a tiny one has none until there is space. Full screen hides both and leaves their arrangement
alone, so that nothing of it can get into the remembered layout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QWidget

from viewer.timers import single_shot

if TYPE_CHECKING:
    from viewer.ui.captions.panel import CaptionPanel
    from viewer.ui.thumbnails.bar import ThumbnailBar

_LAYOUT_VERSION: Final = 1
_LEAST_WIDTH_BESIDE: Final = 720
_LEAST_HEIGHT_BELOW: Final = 620
_LEAST_HEIGHT_THUMBNAILS: Final = 380
"""Logical pixels of the window below which a caption beside or below the picture, or the thumbnails, are hidden."""

_CAPTION_WIDTH: Final = 308
_AREA: Final = Qt.DockWidgetArea
_SIDES: Final = (_AREA.LeftDockWidgetArea, _AREA.RightDockWidgetArea)


class Docks(QObject):
    """Arranges caption and thumbnails in `window`; what is wanted is one thing, what there is space for another.

    In full screen both are hidden, and the thumbnail bar may be taken out of its dock.
    """

    def __init__(self, window: QMainWindow, panel: CaptionPanel, thumbnail_bar: ThumbnailBar) -> None:
        """Caption on the right, thumbnails below."""
        super().__init__(window)
        self._window, self._panel, self._thumbnail_bar = window, panel, thumbnail_bar
        self.thumbnails_wanted = True
        self.caption_wanted = True
        self._side = _AREA.RightDockWidgetArea
        self._side_width = _CAPTION_WIDTH
        self._below = False
        self._next_turn = single_shot(self, self._set_caption_height)
        self._caption = self._dock("captionDock", "Caption", panel)
        self._thumbnails = self._dock("stripDock", "Thumbnails", thumbnail_bar)
        window.addDockWidget(self._side, self._caption)
        window.addDockWidget(_AREA.BottomDockWidgetArea, self._thumbnails)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
            window.setCorner(corner, _AREA.BottomDockWidgetArea)
        window.resizeDocks([self._caption], [_CAPTION_WIDTH], Qt.Orientation.Horizontal)
        self._caption.dockLocationChanged.connect(self._caption_moved)
        self._thumbnails.dockLocationChanged.connect(self._thumbnails_moved)

    def hide(self) -> None:
        """Enter full screen."""
        self._thumbnails.hide()
        self._caption.hide()

    def show(self, size: QSize) -> None:
        """Leave full screen: take the thumbnail bar back, and arrange both in a window that is to have `size`."""
        self._thumbnails.setWidget(self._thumbnail_bar)
        self._thumbnail_bar.show()
        self._thumbnails_moved(self._window.dockWidgetArea(self._thumbnails))
        self.fit(size)

    def fit(self, size: QSize) -> None:
        """Decide what a window of `size` has space for, and where the caption goes."""
        if self._window.isFullScreen():
            return
        width, height = size.width(), size.height()
        upright = width < _LEAST_WIDTH_BESIDE or width < height * 1.05
        movable = self._side in _SIDES
        if movable and upright != self._below:
            self._below = upright
            self._place_caption(_AREA.BottomDockWidgetArea if upright else self._side)
        below = self._below or not movable
        fits = height >= _LEAST_HEIGHT_BELOW if below else width >= _LEAST_WIDTH_BESIDE
        self._caption.setVisible(self.caption_wanted and fits)
        self._thumbnails.setVisible(self.thumbnails_wanted and height >= _LEAST_HEIGHT_THUMBNAILS)
        self._panel.set_wide(below)

    def state(self) -> bytes:
        """Places and sizes, and what is wanted, to be remembered; never the caption's place in an upright window."""
        below = self._below
        if below:
            self._place_caption(self._side)
        state = bytes(self._window.saveState(_LAYOUT_VERSION).data())
        if below:
            self._place_caption(_AREA.BottomDockWidgetArea)
        return bytes([(1 if self.thumbnails_wanted else 0) | (2 if self.caption_wanted else 0)]) + state

    def restore(self, state: bytes) -> None:
        """Go back to a remembered arrangement; one that cannot be read leaves things as they are."""
        if not state:
            return
        self.thumbnails_wanted = bool(state[0] & 1)
        self.caption_wanted = bool(state[0] & 2)
        if self._window.restoreState(QByteArray(state[1:]), _LAYOUT_VERSION):
            self._side = self._window.dockWidgetArea(self._caption)
            self._thumbnails_moved(self._window.dockWidgetArea(self._thumbnails))

    def _place_caption(self, area: Qt.DockWidgetArea) -> None:
        window, caption, thumbnails = self._window, self._caption, self._thumbnails
        caption.blockSignals(True)
        if area == _AREA.BottomDockWidgetArea:
            if caption.isVisible():
                self._side_width = caption.width()
            window.removeDockWidget(caption)
            if window.dockWidgetArea(thumbnails) == area:
                # Put back after the caption, the thumbnails stand below it.
                window.removeDockWidget(thumbnails)
                window.addDockWidget(area, caption, Qt.Orientation.Vertical)
                window.addDockWidget(area, thumbnails, Qt.Orientation.Vertical)
                thumbnails.setVisible(self.thumbnails_wanted)
            else:
                window.addDockWidget(area, caption)
            self._next_turn.start()  # a dock has its place only after the event loop's turn
        else:
            window.addDockWidget(area, caption)
            window.resizeDocks([caption], [self._side_width], Qt.Orientation.Horizontal)
        caption.setVisible(self.caption_wanted)
        caption.blockSignals(False)

    def _set_caption_height(self) -> None:
        """Give a caption below the picture what a 3:2 picture and the thumbnails leave, within reason."""
        if self._below and self._caption.isVisible():
            height = self._window.height()
            spare = height - self._window.width() * 2 // 3 - 150
            self._window.resizeDocks([self._caption], [min(max(spare, height // 5), 300)], Qt.Orientation.Vertical)

    def _caption_moved(self, area: Qt.DockWidgetArea) -> None:
        """Someone dragged the caption: it stays on that side from now on."""
        if area != _AREA.NoDockWidgetArea and not self._window.isFullScreen():
            self._side = area
            self._below = False
            self._panel.set_wide(area not in _SIDES)

    def _thumbnails_moved(self, area: Qt.DockWidgetArea) -> None:
        if not self._window.isFullScreen():
            self._thumbnail_bar.set_upright(area in _SIDES)

    def _dock(self, object_name: str, title: str, widget: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(object_name)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        handle = QLabel(dock)  # a thin bar, which the style sheet dots under the pointer
        handle.setObjectName("dragHandle")
        handle.setMinimumSize(8, 8)
        handle.setToolTip(f"Drag to move the {title.lower()} to another side")
        handle.setCursor(Qt.CursorShape.SizeAllCursor)
        dock.setTitleBarWidget(handle)
        dock.setWidget(widget)
        return dock
