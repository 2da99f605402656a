"""The preferences: a form made from the table of options.

A change takes effect when it is complete: a number or text that is typed with Enter or when the focus leaves it, any
other at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from viewer.settings import OPTIONS
from viewer.show.timing import interval, interval_text

if TYPE_CHECKING:
    from viewer.settings import Option
    from viewer.settings_store import SettingsStore


class Preferences(QDialog):
    """A form over `OPTIONS`; every row writes to `store`."""

    def __init__(self, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preferences")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._store = store
        sheet = QWidget()
        form = QFormLayout(sheet)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(7)
        form.setHorizontalSpacing(18)
        form.setContentsMargins(18, 4, 18, 12)
        page = ""
        for option in OPTIONS:
            if option.page != page:
                page = option.page
                heading = QLabel(page)
                heading.setIndent(0)
                heading.setStyleSheet("font-weight: 650; padding-top: 8px;")
                form.addRow(heading)
            field = self._field(option)
            field.setToolTip(option.help)
            field.setAccessibleName(option.label)
            field.setAccessibleDescription(option.help)
            form.addRow(option.label, field)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(sheet)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)  # Enter completes a value instead
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 12)
        layout.addWidget(scroll)
        layout.addWidget(buttons)
        buttons.setContentsMargins(18, 0, 18, 0)
        wanted = sheet.sizeHint().height() + buttons.sizeHint().height() + 40
        self.resize(540, min(wanted, self.screen().availableGeometry().height() - 90))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the page rather than change what happens to be under the pointer."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _field(self, option: Option) -> QWidget:
        value = self._store.value(option.key)
        if isinstance(option.default, bool):
            box = QCheckBox()
            box.setChecked(bool(value))
            box.toggled.connect(lambda on: self._store.set(option.key, on))
            return box
        if isinstance(option.default, int):
            spin = QSpinBox()
            spin.setRange(int(option.low), int(option.high))
            spin.setValue(int(value))
            spin.setKeyboardTracking(False)  # half a number would take effect, such as 1 on the way to 120
            spin.valueChanged.connect(lambda number: self._store.set(option.key, number))
            return self._without_wheel(spin)
        if option.choices:
            combo = QComboBox()
            for choice in option.choices:
                combo.addItem(choice.capitalize(), choice)
            combo.setCurrentIndex(combo.findData(value))
            combo.currentIndexChanged.connect(lambda: self._store.set(option.key, combo.currentData()))
            return self._without_wheel(combo)
        line = QLineEdit(str(value))
        line.editingFinished.connect(lambda: self._store_text(option, line))
        return line

    def _store_text(self, option: Option, line: QLineEdit) -> None:
        """Store what was typed, as it is understood."""
        typed = line.text().strip()
        understood = interval_text(interval(typed)) if option.key == "show/interval" else typed
        line.setText(understood)
        self._store.set(option.key, understood)

    def _without_wheel(self, field: QComboBox | QAbstractSpinBox) -> QWidget:
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)
        return field
