"""A second screen that shows what the first shows, in step: a window that paints another one, fitted into its own size.

It repaints whenever that one does and not otherwise, so that standing still costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

_PAINTED: Final = frozenset({QEvent.Type.UpdateRequest, QEvent.Type.Expose, QEvent.Type.Resize})


class MirrorWindow(QWidget):
    """Mirrors `source`, a shown window; it takes no keys, and is closed by its owner alone."""

    def __init__(self, source: QWidget) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setObjectName("mirror")
        self.setWindowTitle(source.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._source = source
        self._may_close = False
        source.installEventFilter(self)
        source.winId()  # there has to be a window handle
        source.windowHandle().installEventFilter(self)

    def end(self) -> None:
        """Close it for good."""
        self._may_close = True
        self._source.removeEventFilter(self)
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Repaint after the source has: once for all of its parts that do."""
        if event.type() in _PAINTED:
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the source's picture, all of it, in the middle."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.black)
        picture = self._source.grab()
        if picture.isNull():
            return
        size = picture.deviceIndependentSize().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2,
                        size.width(), size.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, picture, QRectF(picture.rect()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay, whoever asks but its owner."""
        event.setAccepted(self._may_close)
