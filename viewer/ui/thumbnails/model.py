"""The gallery's slides as rows of a Qt list model."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from viewer.gallery.model import localized
from viewer.gallery.safe_text import isolated, text
from viewer.gallery.slide_texts import slide_name

if TYPE_CHECKING:

    from PySide6.QtWidgets import QWidget

    from viewer.gallery.model import Gallery


class ThumbnailModel(QAbstractListModel):
    """The gallery's slides as rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No rows yet."""
        super().__init__(parent)
        self._gallery: Gallery | None = None
        self._lang = ""

    def set_gallery(self, gallery: Gallery, lang: str) -> None:
        """Show `gallery`, with titles in `lang`."""
        self.beginResetModel()
        self._gallery = gallery
        self._lang = lang
        self.endResetModel()

    def path(self, row: int) -> str:
        """The file of a row."""
        assert self._gallery is not None, "a row comes from a gallery"
        return self._gallery.path_str(self._gallery.slides[row])

    def focus(self, row: int) -> tuple[float, float]:
        """The focal point of a row's picture, as fractions of its width and height; the middle if none is given."""
        assert self._gallery is not None, "a row comes from a gallery"
        return self._gallery.slides[row].focus or (0.5, 0.5)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many slides there are."""
        return 0 if self._gallery is None or parent.isValid() else len(self._gallery.slides)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Number and title, also as a tool tip and for screen readers, or the alternative text."""
        if self._gallery is None or not index.isValid() or index.row() >= len(self._gallery.slides):
            return None
        slide = self._gallery.slides[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            named = f"{index.row() + 1}: {isolated(slide_name(slide, localized(slide.title, self._lang)))}"
            # Of a tool tip Qt guesses whether it is markup; this one says that it is, and is none.
            return f"<p>{html.escape(named)}</p>" if role == Qt.ItemDataRole.ToolTipRole else named
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return text(localized(slide.alt, self._lang), 500)
        return None
