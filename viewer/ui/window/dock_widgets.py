"""Dock widgets, which only their handle moves, and the sides of a window where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QWidget

    from viewer.actions import Side

_AREA: Final = Qt.DockWidgetArea
AREAS: Final[dict[Side, Qt.DockWidgetArea]] = {
    "left": _AREA.LeftDockWidgetArea, "right": _AREA.RightDockWidgetArea, "top": _AREA.TopDockWidgetArea,
    "bottom": _AREA.BottomDockWidgetArea,
}
BESIDE: Final = (_AREA.LeftDockWidgetArea, _AREA.RightDockWidgetArea)
_OUTWARDS: Final = (_AREA.RightDockWidgetArea, _AREA.BottomDockWidgetArea)
"""Areas whose last dock stands at the window's edge."""


def side_of(area: Qt.DockWidgetArea) -> Side:
    """The side of the window that `area` is; the right for none, which a new dock has."""
    return next((side for side, one in AREAS.items() if one == area), "right")


def make_dock(window: QMainWindow, object_name: str, title: str, widget: QWidget) -> QDockWidget:
    """A dock with `widget`, in no area yet; `title` says what its handle moves."""
    dock = QDockWidget(window)  # of no title: what is in it has a name, and that once is enough
    dock.setObjectName(object_name)
    dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
    handle = QLabel(dock)  # a thin bar, which the style sheet dots under the pointer
    handle.setObjectName("dragHandle")
    handle.setMinimumSize(8, 8)
    handle.setToolTip(f"Drag to move the {title} to another side")
    handle.setAccessibleName(handle.toolTip())
    handle.setCursor(Qt.CursorShape.SizeAllCursor)
    dock.setTitleBarWidget(handle)
    dock.setWidget(widget)
    return dock


def place_docks(window: QMainWindow, inner: QDockWidget, inner_area: Qt.DockWidgetArea,
                outer: QDockWidget, outer_area: Qt.DockWidgetArea) -> None:
    """Put two docks into areas of `window`, which hides them if they move; in the same one `outer` is at the edge."""
    if inner_area == outer_area:
        across = Qt.Orientation.Horizontal if inner_area in BESIDE else Qt.Orientation.Vertical
        both = (inner, outer) if inner_area in _OUTWARDS else (outer, inner)
        for dock in both:
            window.removeDockWidget(dock)
        for dock in both:
            window.addDockWidget(inner_area, dock, across)
        return
    for dock, area in ((inner, inner_area), (outer, outer_area)):
        if window.dockWidgetArea(dock) != area:
            window.removeDockWidget(dock)
            window.addDockWidget(area, dock)
