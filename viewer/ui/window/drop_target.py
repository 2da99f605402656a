"""Takes files and folders that are dropped on the window, and shows beforehand that it will."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viewer.ui.window.drop_hint import DropHint


class DropTarget(QObject):
    """Event filter on `window` that accepts local files and folders; everything else is left alone."""

    dropped = Signal(object)
    """Paths (list[pathlib.Path]) that were dropped."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._hint: DropHint | None = None  # while files are dragged over the window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - there is but the window
        """Show the hint, take it away, or tell what was dropped."""
        if not isinstance(event, (QDropEvent, QDragLeaveEvent)) or event.type() == QEvent.Type.DragMove:
            return False
        from viewer.ui.window.drop_hint import DropHint, paths_in  # nothing is dropped during a start

        if self._hint is not None:
            self._hint.hide()
            self._hint.deleteLater()
            self._hint = None
        if isinstance(event, QDragLeaveEvent):
            return False
        if paths := paths_in(event.mimeData()):
            event.acceptProposedAction()
            if isinstance(event, QDragEnterEvent):
                self._hint = DropHint(self._window, paths)
            else:
                self.dropped.emit(paths)
        return True
