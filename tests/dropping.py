"""Drags files onto a window, like a file manager."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class Drag:
    """A drag of `urls`, or of `text`, that has come to the middle of `window`; `accepted` says whether it may drop."""

    def __init__(self, window: QWidget, urls: Sequence[QUrl], text: str = "") -> None:
        self._window, self._mime = window, QMimeData()
        self._how = Qt.DropAction.CopyAction, self._mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        if urls:
            self._mime.setUrls(list(urls))
        if text:
            self._mime.setText(text)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Qt 6.12 has another signature, which 6.8 lacks
            enter = QDragEnterEvent(window.rect().center(), *self._how)
        QApplication.sendEvent(window, enter)
        self.accepted = enter.isAccepted()

    def leave(self) -> None:
        """Drag on, out of the window."""
        QApplication.sendEvent(self._window, QDragLeaveEvent())

    def drop(self) -> None:
        """Let go."""
        QApplication.sendEvent(self._window, QDropEvent(QPointF(self._window.rect().center()), *self._how))


def drop_on(window: QWidget, urls: Sequence[QUrl]) -> bool:
    """Drag `urls` onto the middle of `window`, and drop them if it accepts; whether it does."""
    drag = Drag(window, urls)
    if drag.accepted:
        drag.drop()
    return drag.accepted
