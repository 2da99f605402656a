from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QWidget,
)

from tests.ui.painting import painted
from viewer.gallery.model import ShowDefaults
from viewer.settings import BY_KEY, OPTIONS, PAGES, Option
from viewer.settings_store import SettingsStore
from viewer.show.show_options import ShowOptions
from viewer.ui.dialogs.preferences import Preferences
from viewer.ui.style.theme import DARK, LIGHT, contrast, style_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.ui.style.theme import Colours

T = TypeVar("T", bound=QWidget)


class PreferencesFixture:
    """The open preferences over a store, and the keys that the store said have changed."""

    def __init__(self, qtbot: QtBot, ini: Path, languages: Sequence[str] = ()) -> None:
        self.qtbot, self.languages = qtbot, languages
        self.store = SettingsStore(ini)
        self.changed: list[str] = []
        self.store.changed.connect(self.changed.append)
        self.open()

    def open(self) -> None:
        self.dialog = Preferences(self.store, self.languages)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        self.qtbot.addWidget(self.dialog)
        with self.qtbot.waitExposed(self.dialog):
            self.dialog.show()
        self.dialog.activateWindow()

    def part(self, key: str, kind: type[T]) -> T:
        """The part of that kind of an option's field, its page turned to."""
        label = BY_KEY[key].label
        part = next(part for part in self.dialog.findChildren(kind) if part.accessibleName() == label)
        self.tabs.setCurrentIndex(next(at for at, groups in enumerate(PAGES.values()) if BY_KEY[key].group in groups))
        return part

    def field(self, key: str) -> QWidget:
        """The first part of an option's field that takes the focus."""
        return self.part(key, QWidget)

    @property
    def tabs(self) -> QTabWidget:
        return self.dialog.findChildren(QTabWidget)[0]

    def button(self, text: str) -> QPushButton:
        return next(button for button in self.dialog.findChildren(QPushButton) if button.text() == text)

    def says(self) -> list[str]:
        """The texts that are to be seen now."""
        return [label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible()]

    def chooses(self, key: str, name: str) -> None:
        """Choose from an option's list what is called so there."""
        combo = self.part(key, QComboBox)
        names = [combo.itemText(at) for at in range(combo.count())]
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_Home)
        for _ in range(names.index(name)):
            QTest.keyClick(combo, Qt.Key.Key_Down)


@pytest.fixture
def form(qtbot: QtBot, tmp_path: Path) -> PreferencesFixture:
    return PreferencesFixture(qtbot, tmp_path / "liftoff.ini", ["en", "ru"])


def by_hand(form: PreferencesFixture, option: Option) -> object:
    """Change a field as a person does; returns the value that is to be stored then."""
    field = form.field(option.key)
    if isinstance(field, QCheckBox):
        QTest.keyClick(field, Qt.Key.Key_Space)
        return not option.default
    if isinstance(field, QSpinBox):
        step = 1 if int(option.default) < option.high else -1
        QTest.keyClick(field, Qt.Key.Key_Up if step > 0 else Qt.Key.Key_Down)
        return int(option.default) + step
    assert isinstance(field, QComboBox)
    QTest.keyClick(field, Qt.Key.Key_End)
    return "10" if option.key == "show/interval" else list(option.choices or ["en", "ru"])[-1]


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
def test_each_option_is_changed_by_its_field_at_once(form: PreferencesFixture, option: Option) -> None:
    value = by_hand(form, option)

    assert form.store.value(option.key) == value
    assert form.changed == [option.key]


def test_the_fields_show_what_is_stored(qtbot: QtBot, tmp_path: Path) -> None:
    ini = tmp_path / "liftoff.ini"
    first = PreferencesFixture(qtbot, ini)
    for key, value in (("look/theme", "light"), ("look/reduced-motion", True), ("caption/scale", 150),
                       ("caption/language", "ru"), ("show/end", "hold"), ("show/interval", "7.5")):
        first.store.set(key, value)
    again = PreferencesFixture(qtbot, ini)

    assert again.part("look/theme", QComboBox).currentText() == "Light"
    assert again.part("look/reduced-motion", QCheckBox).isChecked()
    assert again.part("caption/scale", QSpinBox).text() == "150\N{NO-BREAK SPACE}%"
    assert again.part("caption/language", QComboBox).currentText() == "русский"
    assert again.part("show/end", QComboBox).currentText() == "Hold until a key is pressed"
    assert again.part("show/interval", QComboBox).currentText() == "A fixed time"
    assert again.part("show/interval", QDoubleSpinBox).value() == 7.5
    assert again.changed == []


def test_choices_are_words_and_never_the_values_of_the_file(form: PreferencesFixture) -> None:
    values = {value for option in OPTIONS for value in option.choices}
    names = {combo.itemText(at) for combo in form.dialog.findChildren(QComboBox) for at in range(combo.count())}

    assert not names & (values | {"en", "ru"})
    assert {"Beside or below the picture", "Over the picture", "None"} <= names


# The time for each picture

def test_a_time_is_chosen_by_words_or_as_a_number(form: PreferencesFixture) -> None:
    spin = form.part("show/interval", QDoubleSpinBox)
    assert not spin.isVisible(), "there is nothing to type where reading decides"
    for name, stored in (("By hand", "0"), ("A fixed time", "10"), ("As long as reading takes", "auto")):
        form.chooses("show/interval", name)
        assert form.store.text("show/interval") == stored
        assert spin.isVisible() is (name == "A fixed time")


def test_letters_cannot_be_typed_for_a_time_and_the_old_one_stays(form: PreferencesFixture) -> None:
    form.chooses("show/interval", "A fixed time")
    spin = form.part("show/interval", QDoubleSpinBox)
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "abc")
    QTest.keyClick(spin, Qt.Key.Key_Tab)
    assert form.store.text("show/interval") == "10"

    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "45")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert form.store.text("show/interval") == "45"


# The language

def test_the_languages_of_the_gallery_are_offered_by_their_own_names(qtbot: QtBot, tmp_path: Path) -> None:
    form = PreferencesFixture(qtbot, tmp_path / "liftoff.ini", ["ru", "de", "en"])
    combo = form.part("caption/language", QComboBox)

    assert [combo.itemText(at) for at in range(combo.count())] == ["Like the desktop", "Deutsch", "English", "русский"]


def test_the_saved_language_is_offered_though_the_gallery_has_it_not(qtbot: QtBot, tmp_path: Path) -> None:
    form = PreferencesFixture(qtbot, tmp_path / "liftoff.ini", ["de"])
    form.store.set("caption/language", "pt-BR,es")
    form.open()

    assert form.part("caption/language", QComboBox).currentText() == "português (Brasil), español"


# Defaults

def test_the_defaults_of_a_page_are_restored_at_once_and_it_says_so(form: PreferencesFixture) -> None:
    form.store.set("look/theme", "light")
    form.store.set("limits/scans", 50)
    form.open()
    form.button("Restore defaults").click()

    assert (form.store.text("look/theme"), form.store.number("limits/scans")) == ("dark", 50), "of this page alone"
    assert form.part("look/theme", QComboBox).currentText() == "Dark"
    assert "This page has its defaults again." in form.says()


def test_restoring_the_defaults_can_be_undone(form: PreferencesFixture) -> None:
    form.store.set("look/theme", "light")
    form.open()
    form.button("Restore defaults").click()
    form.button("Undo").click()

    assert form.store.text("look/theme") == "light"
    assert form.part("look/theme", QComboBox).currentText() == "Light"
    assert not form.button("Undo").isVisible()


def test_there_is_nothing_to_undo_where_everything_was_a_default(form: PreferencesFixture) -> None:
    form.button("Restore defaults").click()

    assert "This page has its defaults already." in form.says()
    assert not form.button("Undo").isVisible()


def test_a_value_of_the_command_line_outlives_the_defaults(form: PreferencesFixture) -> None:
    form.store.override("show/interval", "30")
    form.button("Restore defaults").click()

    assert form.store.text("show/interval") == "30"


def test_what_the_gallery_asks_for_is_in_force_again_after_the_defaults(form: PreferencesFixture) -> None:
    options = ShowOptions(form.store)
    options.take(ShowDefaults(interval=8.0), anew=True)
    form.chooses("show/interval", "By hand")
    assert options.interval == "0"
    form.button("Restore defaults").click()

    assert options.interval == "8.0"


# The page

@pytest.mark.parametrize("key", ["caption/scale", "look/theme"])
def test_the_wheel_changes_nothing_on_its_way_down_the_page(form: PreferencesFixture, key: str) -> None:
    field = form.field(key)
    form.field("caption/language").setFocus()
    middle = field.rect().center()
    for turn in (-120, 120):
        wheel = QWheelEvent(
            QPointF(middle), QPointF(field.mapToGlobal(middle)), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )
        QApplication.sendEvent(field, wheel)

    assert form.changed == []


@pytest.mark.parametrize("family", ["DejaVu Sans", "Noto Sans", "Liberation Sans"])
def test_everything_can_be_read_and_reached_in_a_small_window(form: PreferencesFixture, family: str) -> None:
    form.dialog.setFont(QFont(family, 10))
    form.dialog.resize(384, 244)
    assert form.dialog.width() == 384
    assert form.dialog.height() == 244
    inside = form.dialog.rect()
    for at in range(form.tabs.count()):
        form.tabs.setCurrentIndex(at)
        QApplication.processEvents()
        page = form.tabs.widget(at)
        assert isinstance(page, QScrollArea)
        sheet, seen = page.widget(), page.viewport().width()
        assert sheet is not None
        assert sheet.width() <= seen
        for part in sheet.findChildren(QWidget):
            if isinstance(part, (QLabel, QComboBox, QSpinBox)):
                assert part.mapTo(sheet, part.rect().bottomRight()).x() < seen
                assert part.width() >= part.minimumSizeHint().width()
            if isinstance(part, QLabel):
                assert part.height() >= part.heightForWidth(part.width()), part.text()
        for name in ("Restore defaults", "Close"):
            button = form.button(name)
            assert inside.contains(button.geometry())
            assert button.width() >= button.sizeHint().width()
    first, stops = form.field(OPTIONS[0].key), set()
    first.setFocus()
    for _ in range(len(OPTIONS) + 6):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert inside.contains(focus.mapTo(form.dialog, focus.rect().center()))
        stops.add(focus.accessibleName() or focus.property("text"))
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    general = {option.label for option in OPTIONS if option.group in PAGES["General"]}
    assert stops == general | {"Pages", "Restore defaults", "Close"}


def test_the_window_is_no_larger_than_the_screen(form: PreferencesFixture) -> None:
    assert form.dialog.screen().availableGeometry().contains(form.dialog.rect())


def test_the_first_page_holds_a_dozen_rows_and_the_other_the_rest(form: PreferencesFixture) -> None:
    assert [form.tabs.tabText(at) for at in range(form.tabs.count())] == ["General", "Advanced"]
    assert 10 <= len([option for option in OPTIONS if option.group in PAGES["General"]]) <= 14
    assert {option.group for option in OPTIONS} == {group for groups in PAGES.values() for group in groups}


def test_every_field_has_its_label_its_name_and_its_sentence_below_it(form: PreferencesFixture) -> None:
    for option in OPTIONS:
        field = form.field(option.key)
        assert [label.text() for label in form.dialog.findChildren(QLabel) if label.buddy() is field] == [option.label]
        assert field.accessibleDescription() == option.help
        assert option.help in form.says()


def test_the_options_stand_under_the_headings_of_the_table(form: PreferencesFixture) -> None:
    pages = (form.tabs.widget(at) for at in range(form.tabs.count()))
    texts = [label.text() for page in pages if page is not None for label in page.findChildren(QLabel)]

    assert [text for text in texts if text in {option.group for option in OPTIONS}] == list(
        dict.fromkeys(option.group for option in OPTIONS))


def test_the_button_closes_it(form: PreferencesFixture) -> None:
    form.button("Close").click()

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
