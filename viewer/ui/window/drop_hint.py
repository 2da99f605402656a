"""What is seen while files are dragged over the window: a frame, and a sentence that says what dropping them opens."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from viewer.gallery.formats.folder import has_picture_suffix
from viewer.gallery.paths import path_of
from viewer.gallery.safe_text import line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QPaintEvent

_LOOKING_SECONDS: Final = 0.1
"""Seconds that a disk has to say whether something is a folder, before the window would seem to hang."""

_LONGEST_NAME: Final = 255
_FRAME: Final = 4  # logical pixels


def paths_in(data: QMimeData) -> list[Path]:
    """The files and folders of this computer that are dragged; nothing else can be opened."""
    urls = (bytes(url.toEncoded().data()).decode() for url in data.urls())
    return [path for path in map(path_of, urls) if path is not None]


class DropHint(QWidget):
    """Lies over the whole of `window` until it is deleted; the drag and the pointer go through it."""

    def __init__(self, window: QWidget, paths: Sequence[Path]) -> None:
        super().__init__(window)
        self.before, self.name, self.after = _sentence(paths)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        self.setAccessibleName(self.sentence)
        self.show()
        self.raise_()

    @property
    def sentence(self) -> str:
        """What dropping the files does."""
        return f"{self.before}{self.name}{self.after}"

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        """Paint a frame along the window's edge and the sentence in its middle; a long name loses its middle."""
        painter, palette = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(palette.color(QPalette.ColorRole.Accent), _FRAME)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        inside = QRectF(self.rect()).adjusted(_FRAME / 2, _FRAME / 2, -_FRAME / 2, -_FRAME / 2)
        painter.drawRect(inside)
        font = self.font()
        font.setPixelSize(round(self.fontInfo().pixelSize() * 1.3))
        painter.setFont(font)
        metrics, widest = QFontMetrics(font), self.width() - 8 * _FRAME - 2 * font.pixelSize()
        name = metrics.elidedText(self.name, Qt.TextElideMode.ElideMiddle, widest - font.pixelSize())
        words = f"{self.before}{name}{self.after}"
        wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        box = metrics.boundingRect(QRect(0, 0, max(widest, 1), self.height()), wrapped, words)
        box.moveCenter(self.rect().center())
        pen.setWidth(1)
        painter.setPen(pen)
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box.adjusted(-font.pixelSize(), -font.pixelSize() // 2 - 4, font.pixelSize(),
                                             font.pixelSize() // 2 + 4), 9, 9)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(box, wrapped, words)


def _sentence(paths: Sequence[Path]) -> tuple[str, str, str]:
    """What dropping `paths` does: the words before a name, the name, and those after it."""
    pictures = all(has_picture_suffix(path.name) for path in paths)
    if len(paths) > 1:
        return f"Drop to open {len(paths)} {'pictures' if pictures else 'files and folders'}", "", ""
    name = line(paths[0].name or str(paths[0]), _LONGEST_NAME)
    kind = "picture" if pictures else "folder" if _is_folder(paths[0]) else "gallery"
    return f"Drop to open the {kind} “", name, "”"


def _is_folder(path: Path) -> bool:
    """Whether that is a folder, as far as the disk says so in time: a share that hangs must not hang the window."""
    found: list[bool] = []

    def look() -> None:
        found.append(os.path.isdir(path))  # noqa: PTH112 - before Python 3.14 Path.is_dir raises for some names

    looking = threading.Thread(target=look, name="drop hint", daemon=True)
    looking.start()
    looking.join(_LOOKING_SECONDS)
    return found == [True]
