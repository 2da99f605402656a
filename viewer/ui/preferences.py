"""The preferences: one page made from the table of options. A change takes effect at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from viewer.settings import OPTIONS

if TYPE_CHECKING:
    from viewer.settings import Option
    from viewer.store import SettingsStore


class Preferences(QDialog):
    """A form over `OPTIONS`; every row writes to the store as it is changed."""

    def __init__(self, store: SettingsStore, parent: QWidget | None = None) -> None:
        """The form, showing what is stored now."""
        super().__init__(parent)
        self.setWindowTitle("Preferences")
        self._store = store
        sheet = QWidget()
        form = QFormLayout(sheet)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(9)
        form.setHorizontalSpacing(18)
        page = ""
        for option in OPTIONS:
            if option.page != page:
                page = option.page
                heading = QLabel(page)
                heading.setStyleSheet("font-weight: 650; padding-top: 10px;")
                form.addRow(heading)
            field = self._field(option)
            field.setToolTip(option.help)
            field.setAccessibleName(option.label)
            field.setAccessibleDescription(option.help)
            form.addRow(option.label, field)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(sheet)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(scroll)
        layout.addWidget(buttons)
        self.resize(520, 620)

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
            spin.valueChanged.connect(lambda number: self._store.set(option.key, number))
            return spin
        if option.choices:
            combo = QComboBox()
            combo.addItems(list(option.choices))
            combo.setCurrentText(str(value))
            combo.currentTextChanged.connect(lambda text: self._store.set(option.key, text))
            return combo
        line = QLineEdit(str(value))
        line.editingFinished.connect(lambda: self._store.set(option.key, line.text().strip()))
        return line
