"""The gallery's slides as rows of a Qt list model."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from viewer.gallery.model import Gallery, localized, slide_name
from viewer.gallery.safe_text import isolated, text
from viewer.ui.style.accessibility import spoken

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ThumbnailModel(QAbstractListModel):
    """The gallery's slides as rows.

    `path` and `focus` are no roles of `data`: a path that passes through a QVariant loses the bytes that are not UTF-8.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gallery = Gallery(slides=(), folder=Path())
        self._lang = ""

    def set_gallery(self, gallery: Gallery, lang: str) -> None:
        """Show `gallery`, with texts in the language `lang`."""
        self.beginResetModel()
        self._gallery = gallery
        self._lang = lang
        self.endResetModel()

    def path(self, row: int) -> str:
        """The file of a row."""
        return self._gallery.path_str(self._gallery.slides[row])

    def focus(self, row: int) -> tuple[float, float]:
        """The focal point of a row's picture, as fractions of its width and height; the middle if none is given."""
        return self._gallery.slides[row].focus or (0.5, 0.5)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many slides there are."""
        return 0 if parent.isValid() else len(self._gallery.slides)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Number and title, also as a tool tip and for screen readers, or the alternative text."""
        if not 0 <= index.row() < len(self._gallery.slides):
            return None
        slide = self._gallery.slides[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            named = f"{index.row() + 1}: {isolated(slide_name(slide, localized(slide.title, self._lang)))}"
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return spoken(named)
            # Qt guesses whether a tool tip is markup: this one is, with its text escaped.
            return f"<p>{html.escape(named)}</p>" if role == Qt.ItemDataRole.ToolTipRole else named
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return spoken(text(localized(slide.alt, self._lang), 500))
        return None
