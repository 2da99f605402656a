from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from tests.ui.painting import painted
from viewer.settings import BY_KEY, OPTIONS, Option
from viewer.settings_store import SettingsStore
from viewer.ui.dialogs.preferences import Preferences
from viewer.ui.style.theme import DARK, LIGHT, contrast, style_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.ui.style.theme import Colours


class PreferencesFixture:
    """The open preferences over a store, and the keys that the store said have changed."""

    def __init__(self, qtbot: QtBot, ini: Path) -> None:
        self.store = SettingsStore(ini)
        self.changed: list[str] = []
        self.store.changed.connect(self.changed.append)
        self.open(qtbot)

    def open(self, qtbot: QtBot) -> None:
        self.dialog = Preferences(self.store)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(self.dialog)
        with qtbot.waitExposed(self.dialog):
            self.dialog.show()

    def field(self, key: str) -> QWidget:
        label = BY_KEY[key].label
        return next(widget for widget in self.dialog.findChildren(QWidget) if widget.accessibleName() == label)

    def line(self, key: str) -> QLineEdit:
        field = self.field(key)
        assert isinstance(field, QLineEdit)
        return field

    def types(self, key: str, text: str) -> None:
        """Type `text` into a field and go on to another."""
        line = self.line(key)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Tab)


@pytest.fixture
def form(qtbot: QtBot, tmp_path: Path) -> PreferencesFixture:
    return PreferencesFixture(qtbot, tmp_path / "liftoff.ini")


def by_hand(field: QWidget, option: Option) -> object:
    """Change a field as a person does; returns the value that is to be stored then."""
    if isinstance(field, QCheckBox):
        QTest.keyClick(field, Qt.Key.Key_Space)
        return not option.default
    if isinstance(field, QSpinBox):
        step = 1 if int(option.default) < option.high else -1
        QTest.keyClick(field, Qt.Key.Key_Up if step > 0 else Qt.Key.Key_Down)
        return int(option.default) + step
    if isinstance(field, QComboBox):
        QTest.keyClick(field, Qt.Key.Key_End)
        return option.choices[-1]
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, Qt.Key.Key_Return)
    return "12"


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
def test_each_option_is_changed_by_its_field_at_once(form: PreferencesFixture, option: Option) -> None:
    value = by_hand(form.field(option.key), option)

    assert form.store.value(option.key) == value
    assert form.changed == [option.key]


def test_the_fields_show_what_is_stored(qtbot: QtBot, tmp_path: Path) -> None:
    ini = tmp_path / "liftoff.ini"
    first = PreferencesFixture(qtbot, ini)
    for key, value in (("look/theme", "light"), ("look/reduced-motion", True), ("caption/scale", 150),
                       ("caption/language", "ru"), ("show/end", "hold")):
        first.store.set(key, value)
    again = PreferencesFixture(qtbot, ini)

    shown = {option.key: again.field(option.key) for option in OPTIONS}
    assert isinstance(theme := shown["look/theme"], QComboBox)
    assert theme.currentText() == "Light"
    assert isinstance(motion := shown["look/reduced-motion"], QCheckBox)
    assert motion.isChecked()
    assert isinstance(scale := shown["caption/scale"], QSpinBox)
    assert scale.value() == 150
    assert again.line("caption/language").text() == "ru"
    assert isinstance(end := shown["show/end"], QComboBox)
    assert end.currentText() == "Hold"
    assert again.changed == []


@pytest.mark.parametrize(("typed", "understood"), [
    ("8", "8"), (" 2,5 ", "2.5"), ("0", "0"), ("auto", "auto"), ("soon", "auto"), ("-3", "auto"), ("", "auto"),
    ("999999999", "86400"),
])
def test_a_time_is_shown_as_it_was_understood(form: PreferencesFixture, typed: str, understood: str) -> None:
    form.store.set("show/interval", "30")
    form.types("show/interval", "30")
    line = form.line("show/interval")
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClicks(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Tab)

    assert line.text() == understood
    assert form.store.text("show/interval") == understood


def test_what_was_typed_is_kept_when_the_page_is_closed(form: PreferencesFixture) -> None:
    line = form.line("caption/language")
    line.setFocus()
    QTest.keyClicks(line, "de")
    QTest.keyClick(line, Qt.Key.Key_Escape)

    assert not form.dialog.isVisible()
    assert form.store.text("caption/language") == "de"


@pytest.mark.parametrize("key", ["caption/scale", "look/theme"])
def test_the_wheel_changes_nothing_on_its_way_down_the_page(form: PreferencesFixture, key: str) -> None:
    field = form.field(key)
    form.line("caption/language").setFocus()
    middle = field.rect().center()
    for turn in (-120, 120):
        wheel = QWheelEvent(
            QPointF(middle), QPointF(field.mapToGlobal(middle)), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )
        QApplication.sendEvent(field, wheel)

    assert form.changed == []


def test_a_window_too_low_for_the_page_scrolls_it(form: PreferencesFixture) -> None:
    form.dialog.resize(500, 300)
    bar = form.dialog.findChildren(QScrollArea)[0].verticalScrollBar()
    assert bar.maximum() > 0

    last = form.field(OPTIONS[-1].key)
    form.field(OPTIONS[-2].key).setFocus()
    QTest.keyClick(form.field(OPTIONS[-2].key), Qt.Key.Key_Tab)
    assert last.hasFocus()
    assert form.dialog.rect().contains(last.mapTo(form.dialog, last.rect().bottomLeft()))


def test_every_field_has_its_label_its_name_and_its_explanation(form: PreferencesFixture) -> None:
    forms = form.dialog.findChildren(QFormLayout)
    for option in OPTIONS:
        field = form.field(option.key)
        label = forms[0].labelForField(field)
        assert isinstance(label, QLabel)
        assert label.text() == option.label
        assert field.accessibleDescription() == field.toolTip() == option.help


def test_the_options_stand_under_the_headings_of_the_table(form: PreferencesFixture) -> None:
    texts = [label.text() for label in form.dialog.findChildren(QLabel)]

    assert [text for text in texts if text in {option.page for option in OPTIONS}] == list(
        dict.fromkeys(option.page for option in OPTIONS))


def test_the_button_closes_it(form: PreferencesFixture) -> None:
    form.dialog.findChildren(QDialogButtonBox)[0].button(QDialogButtonBox.StandardButton.Close).click()

    assert not form.dialog.isVisible()


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_a_check_box_is_seen_on_its_background_checked_or_not(qtbot: QtBot, colours: Colours) -> None:
    sheet = QWidget()
    sheet.setObjectName("sheet")
    sheet.setStyleSheet(style_sheet(colours) + f"#sheet {{ background: {colours.panel}; }}")
    qtbot.addWidget(sheet)
    box = QCheckBox(sheet)
    sheet.resize(22, 22)
    box.move(2, 2)
    box.resize(box.sizeHint())
    background = colours.panel
    for checked in (False, True):
        box.setChecked(checked)
        image = painted(sheet)
        shades = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert max(contrast(shade, background) for shade in shades) >= 3, "WCAG 2.2, 1.4.11"
        assert image.pixelColor(9, 0).name() == background, "the edge is inside the widget"


@pytest.mark.parametrize("leave", [Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape],
                         ids=["enter", "tab", "escape"])
def test_a_number_takes_effect_when_it_is_complete(form: PreferencesFixture, leave: Qt.Key) -> None:
    field = form.field("limits/megapixels")
    assert isinstance(field, QSpinBox)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "120")
    assert form.changed == [], "1 and 12 on the way to 120 would have dropped every picture"

    QTest.keyClick(field, leave)
    assert form.store.number("limits/megapixels") == 120
    assert form.changed == ["limits/megapixels"]


def test_enter_in_a_field_leaves_the_page_open(form: PreferencesFixture) -> None:
    for key in ("limits/megapixels", "show/interval"):
        form.field(key).setFocus()
        QTest.keyClick(form.field(key), Qt.Key.Key_Return)

    assert form.dialog.isVisible()


def test_a_text_takes_effect_when_it_is_complete(form: PreferencesFixture) -> None:
    line = form.line("caption/language")
    line.setFocus()
    QTest.keyClicks(line, "ru")
    assert form.changed == []

    QTest.keyClick(line, Qt.Key.Key_Return)
    assert form.changed == ["caption/language"]
