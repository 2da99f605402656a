"""The help overlay: all keys on one sheet, made from the table of actions and the keys now bound to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget
from shiboken6 import isValid

from viewer.ui.style.theme import DARK
from viewer.ui.window.shortcuts_sheet import ShortcutsSheet, groups

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QHideEvent, QMouseEvent, QResizeEvent, QShowEvent

    from viewer.ui.style.theme import Colours


class ShortcutsOverlay(QScrollArea):
    """Scrolls the sheet over what it covers, and goes with Esc, F1, or a click (`dismissed`)."""

    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self._sheet = ShortcutsSheet()
        self._bindings: Mapping[str, tuple[str, ...]] = {}
        self._before: QWidget | None = None
        self.setWidget(self._sheet)
        self._sheet.setAutoFillBackground(False)  # as setWidget has made it
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Keys")
        self.set_colours(DARK)
        self.hide()

    def set_bindings(self, bindings: Mapping[str, tuple[str, ...]]) -> None:
        """Show these keys from the next time on."""
        self._bindings = bindings

    def set_colours(self, colours: Colours) -> None:
        """Take the colours of a theme."""
        self.setStyleSheet(f"#help, #help > QWidget {{ background: {colours.panel}; }}")
        self._sheet.set_colours(colours)

    @property
    def sheet(self) -> ShortcutsSheet:
        """What is scrolled."""
        self._fill()
        return self._sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the sheet out anew."""
        super().resizeEvent(event)
        if self.isVisible():
            self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the top, with the keys that scroll; a screen reader reads the sheet."""
        self._fill()
        super().showEvent(event)
        if not event.spontaneous():
            self._before = QApplication.focusWidget()
            self.verticalScrollBar().setValue(0)
            self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the focus back to whatever had it, which may be gone by now."""
        super().hideEvent(event)
        before, self._before = (None, self._before) if event.spontaneous() else (self._before, None)
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere dismisses the sheet."""
        event.accept()
        self.dismissed.emit()

    def _fill(self) -> None:
        """Show the keys that are bound now; not before someone looks, as it takes a while."""
        shown = groups(self._bindings)
        self._sheet.set_groups(shown)
        self.setAccessibleDescription("\n".join(
            f"{row.text}: {', '.join((*row.keys, row.also) if row.also else row.keys)}"
            for group in shown for row in group.rows
        ))
        self._lay_out()

    def _lay_out(self) -> None:
        """Lay the sheet out, with a scroll bar where it is higher than the window."""
        policy = Qt.ScrollBarPolicy
        self._sheet.set_width(self.width(), self.size())
        scrolls = self._sheet.height() > self.height()
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if scrolls else policy.ScrollBarAlwaysOff)
        if scrolls:
            self._sheet.set_width(self.viewport().width(), self.size())
        else:
            self._sheet.resize(self.size())
