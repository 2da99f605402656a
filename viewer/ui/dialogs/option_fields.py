"""Fields of the preferences: for each option the widget that its values need, which no wrong value can be typed into.

A field writes to the store when a value is complete: a typed number with Enter or when the focus leaves it, any other
at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QHBoxLayout, QSpinBox, QWidget

from viewer.show.timing import FROM_BY_HAND

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from viewer.settings import Option
    from viewer.settings_store import SettingsStore

_FIXED: Final = "A fixed time"


class OptionField(NamedTuple):
    """The field of an option: what stands beside its label, the parts of that which take the focus, and how to show
    what is stored now.
    """

    widget: QWidget
    parts: tuple[QWidget, ...]
    show_stored: Callable[[], None]


def field_for(option: Option, store: SettingsStore, others: Mapping[str, str]) -> OptionField:
    """The field that writes `option` to `store`. `others` are values, with their names, for an option that may be any
    text.
    """
    if isinstance(option.default, bool):
        return _check_box(option, store)
    if isinstance(option.default, int):
        return _spin_box(option, store)
    if option.high:
        return _list_or_seconds(option, store)
    return _list(option, store, option.choices or {"": option.empty, **others})


def _check_box(option: Option, store: SettingsStore) -> OptionField:
    box = QCheckBox()
    box.toggled.connect(lambda on: store.set(option.key, on))

    def show_stored() -> None:
        with QSignalBlocker(box):
            box.setChecked(store.flag(option.key))

    return OptionField(box, (box,), show_stored)


def _spin_box(option: Option, store: SettingsStore) -> OptionField:
    spin = QSpinBox()
    spin.setRange(int(option.low), int(option.high))
    spin.setSuffix(_suffix(option))
    spin.setKeyboardTracking(False)  # half a number would take effect, such as 1 on the way to 120
    spin.valueChanged.connect(lambda number: store.set(option.key, number))

    def show_stored() -> None:
        with QSignalBlocker(spin):
            spin.setValue(store.number(option.key))

    return OptionField(spin, (spin,), show_stored)


def _list(option: Option, store: SettingsStore, names: Mapping[str, str]) -> OptionField:
    combo = _combo(names)
    combo.currentIndexChanged.connect(lambda: store.set(option.key, combo.currentData()))

    def show_stored() -> None:
        with QSignalBlocker(combo):
            combo.setCurrentIndex(combo.findData(store.value(option.key)))

    return OptionField(combo, (combo,), show_stored)


def _list_or_seconds(option: Option, store: SettingsStore) -> OptionField:
    """A list, and beside it a number for the last choice there."""
    combo = _combo({**option.choices, _FIXED: _FIXED})
    spin = QDoubleSpinBox()
    spin.setSuffix(_suffix(option))
    spin.setKeyboardTracking(False)
    spin.setValue(FROM_BY_HAND)

    def write() -> None:
        fixed = combo.currentData() == _FIXED
        spin.setVisible(fixed)
        store.set(option.key, f"{spin.value():g}" if fixed else combo.currentData())

    def show_stored() -> None:
        stored = store.text(option.key)
        with QSignalBlocker(combo), QSignalBlocker(spin):
            combo.setCurrentIndex(combo.findData(stored if stored in option.choices else _FIXED))
            if stored not in option.choices:
                seconds = float(stored.replace(",", "."))
                spin.setDecimals(0 if seconds.is_integer() else 2)
                spin.setRange(1 if seconds.is_integer() else 0.01, option.high)
                spin.setValue(seconds)
            spin.setVisible(stored not in option.choices)

    spin.setDecimals(0)
    spin.setRange(1, option.high)
    combo.currentIndexChanged.connect(write)
    spin.valueChanged.connect(write)
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(combo, 1)
    row.addWidget(spin)
    both.setFocusProxy(combo)
    return OptionField(both, (combo, spin), show_stored)


def _combo(names: Mapping[str, str]) -> QComboBox:
    combo = QComboBox()
    for value, name in names.items():
        combo.addItem(name, value)
    return combo


def _suffix(option: Option) -> str:
    return f"\N{NO-BREAK SPACE}{option.unit}" if option.unit else ""
