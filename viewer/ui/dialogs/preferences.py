"""The preferences: pages of rows made from the table of options, each with a sentence in plain words.

A change takes effect when it is complete; there is nothing to confirm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from viewer.settings import OPTIONS, PAGES
from viewer.ui.dialogs.language_names import language_names
from viewer.ui.dialogs.option_fields import OptionField, field_for
from viewer.ui.style.accessibility import announce
from viewer.ui.style.screen_space import screen_space

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from viewer.settings import Option, Value
    from viewer.settings_store import SettingsStore

_WIDEST: Final = 560

_GAP: Final = 16
"""Logical pixels between a label and its field."""


class Preferences(QDialog):
    """A form over `OPTIONS`; every row writes to `store`.

    `languages` are the tags of those that captions can be had in now.
    """

    def __init__(self, store: SettingsStore, languages: Iterable[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preferences")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._store = store
        names = language_names([*languages, store.text("caption/language")])
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName("Pages")
        self._pages = [_Page([option for option in OPTIONS if option.group in groups], store, names)
                       for groups in PAGES.values()]
        for title, page in zip(PAGES, self._pages, strict=True):
            self._tabs.addTab(page, title)
        self._before: dict[str, Value] = {}
        self._notice = QLabel()
        self._notice.setWordWrap(True)
        self._undo = _button("Undo", self._put_back)
        restore = _button("Restore defaults", self._restore)
        close = _button("Close", self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 10)
        layout.addWidget(self._tabs)
        for row in ((self._notice, self._undo), (restore, None, close)):
            line = QHBoxLayout()
            line.setContentsMargins(18, 0, 18, 0)
            for part in row:
                if part is None:
                    line.addStretch(1)
                else:
                    line.addWidget(part, 1 if part is self._notice else 0)
            layout.addLayout(line)
        self._tell("")
        self._tabs.currentChanged.connect(lambda: self._tell(""))
        self.setMaximumSize(screen_space(self))
        self.resize(QSize(_WIDEST, 720).boundedTo(self.maximumSize()))
        self.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # the first focus is seen, too
        self._pages[0].fields[0].widget.setFocus()

    def _restore(self) -> None:
        """Give the options on this page their defaults; those with a value for this run alone keep that."""
        defaults = {option.key: option.default for option in self._page.options
                    if not self._store.is_overridden(option.key)}
        self._before = {key: self._store.value(key) for key, default in defaults.items()
                        if self._store.value(key) != default}
        self._put(defaults)
        self._tell("This page has its defaults again." if self._before else "This page has its defaults already.")
        self._undo.setVisible(bool(self._before))

    def _put_back(self) -> None:
        """Undo the restoring."""
        self._put(self._before)
        self._tell("This page is as it was before.")

    def _put(self, values: dict[str, Value]) -> None:
        self._store.put_back(values)
        for field in self._page.fields:
            field.show_stored()

    def _tell(self, sentence: str) -> None:
        if self._undo.hasFocus():
            self._page.fields[0].widget.setFocus()
        self._undo.hide()
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))
        if sentence:
            announce(self._notice, sentence)

    @property
    def _page(self) -> _Page:
        return self._pages[self._tabs.currentIndex()]


class _Page(QScrollArea):
    """A form over `options`, which scrolls where it is higher than the window."""

    def __init__(self, options: list[Option], store: SettingsStore, languages: dict[str, str]) -> None:
        super().__init__()
        self.options = options
        self.fields: list[OptionField] = []
        self._sentences: dict[QObject, QWidget] = {}
        self._rows: list[tuple[QBoxLayout, QLabel]] = []
        sheet = QWidget()
        self._column = column = QVBoxLayout(sheet)
        column.setSpacing(3)
        column.setContentsMargins(18, 4, 18, 12)
        group = ""
        for option in options:
            if option.group != group:
                group = option.group
                heading = QLabel(group)
                heading.setIndent(0)
                heading.setStyleSheet("font-weight: 650; padding-top: 8px;")
                column.addWidget(heading)
            field = field_for(option, store, languages)
            row, label = QBoxLayout(QBoxLayout.Direction.LeftToRight), QLabel(option.label)
            label.setBuddy(field.parts[0])
            row.addWidget(label)
            row.addWidget(field.widget, 1)
            column.addLayout(row)
            column.addWidget(self._explained(option, field))
            column.addSpacing(6)
            field.show_stored()
            self.fields.append(field)
            self._rows.append((row, label))
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(sheet)
        self.verticalScrollBar().setAccessibleName("Scroll the page")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put each label above its field where not all have space side by side."""
        super().resizeEvent(event)
        margins = self._column.contentsMargins()
        space = self.viewport().width() - margins.left() - margins.right()
        wide = max(label.sizeHint().width() for _, label in self._rows) + _GAP
        field = max(sum(part.minimumSizeHint().width() + _GAP for part in field.parts) for field in self.fields)
        beside = wide + field <= space
        for row, label in self._rows:
            label.setMinimumWidth(wide if beside else 0)
            row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
            row.setSpacing(0 if beside else 3)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a field's sentence in view with it, and let the wheel scroll the page instead of changing a value."""
        if event.type() == QEvent.Type.FocusIn and watched in self._sentences:
            self.ensureWidgetVisible(self._sentences[watched], 0, 8)
        elif event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _explained(self, option: Option, field: OptionField) -> QLabel:
        """The sentence below a row, for the eye and for a screen reader."""
        sentence = QLabel(option.help)
        sentence.setWordWrap(True)
        policy = sentence.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)  # a layout shaves pixels off what may shrink
        sentence.setSizePolicy(policy)
        sentence.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for part in field.parts:
            part.setAccessibleName(option.label)
            part.setAccessibleDescription(option.help)
            part.installEventFilter(self)
            self._sentences[part] = sentence
            if isinstance(part, (QComboBox, QAbstractSpinBox)):
                part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                part.setMinimumHeight(round(self.fontMetrics().height() * 1.5))  # lists and numbers alike
        return sentence


def _button(text: str, clicked: object) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)  # Enter completes a value instead
    button.clicked.connect(clicked)
    return button
