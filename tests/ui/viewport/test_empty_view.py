from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.fakes import ManualClock
from tests.ui.painting import slide_view_on_screen
from viewer.gallery.formats.folder import MOST_COUNTED, Subfolder
from viewer.imaging.protocol.messages import Box
from viewer.ui.style.theme import DARK, FULLSCREEN, LIGHT, contrast
from viewer.ui.viewport.empty_view import Empty, EmptyView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from viewer.ui.style.theme import Colours

LONG = "a very long name of a folder that goes on and on, " * 5 + "to here"
SUBFOLDERS = (Subfolder(Path("/photos/June"), 12), Subfolder(Path("/photos/Q&A"), 1),
              Subfolder(Path(f"/photos/{LONG}"), MOST_COUNTED + 1))
SIZE = Box(900, 600)
OPENERS = ["Open pictures…", "Open a folder…", "Show the launch gallery"]


class EmptyFixture:
    """The view on a slide view of some size, and what was asked for."""

    def __init__(self, qtbot: QtBot, size: Box = SIZE, family: str = "") -> None:
        self.slide_view = slide_view_on_screen(qtbot, ManualClock(), size)
        if family:
            self.slide_view.setFont(QFont(family, 10))
        self.slide_view.activateWindow()
        self.asked: list[object] = []
        self.view = EmptyView(self.slide_view, {
            words: lambda words=words: self.asked.append(words) for words in OPENERS})  # type: ignore[misc]  # as lambdas go
        self.view.chosen.connect(self.asked.append)

    def texts(self) -> list[str]:
        return [label.text() for label in self.view.findChildren(QLabel) if label.isVisible()]

    def buttons(self) -> list[QPushButton]:
        return [button for button in self.view.findChildren(QPushButton) if button.isVisible()]


@pytest.fixture
def empty(qtbot: QtBot) -> EmptyFixture:
    return EmptyFixture(qtbot)


def test_it_says_what_is_wrong_and_where_it_looked(empty: EmptyFixture) -> None:
    empty.view.show_empty(Empty("Slide 1 is left out.", "/photos/gallery.json"))

    assert empty.texts() == ["No pictures here yet", "Slide 1 is left out.", "Liftoff looked in /photos/gallery.json",
                             "Or drop pictures or a folder here."]


def test_everything_is_reached_and_pressed_by_keys_in_the_order_it_is_seen(empty: EmptyFixture) -> None:
    empty.slide_view.setFocus()
    empty.view.show_empty(Empty(place="/photos", subfolders=SUBFOLDERS))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space) * 3:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        QTest.keyClick(focus, Qt.Key.Key_Tab)

    assert empty.asked == [*(one.path for one in SUBFOLDERS), *OPENERS]


def test_buttons_are_read_as_they_stand_and_the_first_says_what_is_wrong(empty: EmptyFixture) -> None:
    for subfolders in (SUBFOLDERS, ()):
        empty.view.show_empty(Empty("It is broken", "/photos", subfolders))
        buttons = empty.buttons()
        read = [QAccessible.queryAccessibleInterface(button) for button in buttons]

        assert [button.mapTo(empty.view, QPoint()).y() for button in buttons] == sorted(
            button.mapTo(empty.view, QPoint()).y() for button in buttons)
        assert read[0].text(QAccessible.Text.Description) == "No pictures here yet. It is broken. /photos"
        assert not any("<" in one.text(QAccessible.Text.Description) for one in read)
        assert all("No pictures" not in one.text(QAccessible.Text.Description) for one in read[1:])


def test_subfolders_have_their_names_and_counts(empty: EmptyFixture) -> None:
    empty.view.show_empty(Empty(place="/photos", subfolders=SUBFOLDERS))
    names = {button.accessibleName() for button in empty.buttons()}

    assert {"Open June, 12 pictures", "Open Q&A, 1 picture", f"Open {LONG}, more than 999 pictures"} <= names
    empty.view.show_empty(Empty(place="/other"))
    assert sorted(button.text() for button in empty.buttons()) == sorted(OPENERS), "those of another folder are gone"


def test_markup_in_a_name_is_shown_as_it_was_typed(empty: EmptyFixture) -> None:
    empty.view.show_empty(Empty("<b>a</b>", "/<i>b</i>", (Subfolder(Path("/photos/<u>c<u>"), 2),)))

    assert "<qt>&lt;u&gt;c&lt;u&gt;</qt>" in [button.toolTip() for button in empty.buttons()]
    assert "<b>a</b>" in empty.texts()
    assert {label.textFormat() for label in empty.view.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


def test_it_gives_way_and_gives_the_focus_back(empty: EmptyFixture) -> None:
    empty.slide_view.setFocus()
    empty.view.show_empty(Empty())
    empty.view.close_view()

    assert not empty.view.isVisible()
    assert empty.slide_view.hasFocus()


def test_it_leaves_a_black_screen_black(empty: EmptyFixture) -> None:
    empty.view.show_empty(Empty())
    empty.slide_view.blank(True)
    assert not empty.view.isVisible()

    empty.slide_view.blank(False)
    assert empty.view.isVisible()


@pytest.mark.parametrize("colours", [DARK, LIGHT, FULLSCREEN], ids=["dark", "light", "full screen"])
def test_it_is_seen_in_the_colours_of_the_theme(empty: EmptyFixture, colours: Colours) -> None:
    empty.view.show_empty(Empty())
    empty.slide_view.set_colours(colours)
    QApplication.processEvents()
    image = empty.slide_view.grab().toImage()
    shades = {image.pixelColor(x, y).name() for x in range(900) for y in range(150, 450)}

    assert image.pixelColor(2, 2).name() == colours.background
    assert max(contrast(shade, colours.background) for shade in shades) >= 7
    assert contrast(colours.quiet, colours.background) >= 3, "the edge of a button (WCAG 2.2, 1.4.11)"
    assert colours.quiet in shades


@pytest.mark.parametrize("family", ["DejaVu Sans", "Noto Sans", "Liberation Sans"])
@pytest.mark.parametrize("size", [Box(240, 120), Box(384, 200), Box(900, 600), Box(1500, 1000)], ids=str)
def test_nothing_is_cut_at_any_size(qtbot: QtBot, size: Box, family: str) -> None:
    empty = EmptyFixture(qtbot, size, family)
    problem = "“" + "unbreakable" * 20 + ".json” cannot be opened."
    empty.view.show_empty(Empty(problem, "/photos/" + "x" * 120, SUBFOLDERS))
    QApplication.processEvents()
    seen, sheet = empty.view.viewport().width(), empty.view.widget()
    assert sheet is not None

    assert sheet.width() <= seen
    for label in empty.view.findChildren(QLabel):
        assert label.fontMetrics().boundingRect(
            label.rect(), int(label.alignment()) | Qt.TextFlag.TextWordWrap, label.text()).width() <= label.width()
        assert label.height() >= label.heightForWidth(label.width())
    for button in empty.buttons():
        words = button.fontMetrics().horizontalAdvance(button.text().replace("&&", "&"))
        assert words + 8 <= button.width(), button.text()
        assert button.mapTo(sheet, button.rect().topRight()).x() < seen
    for _ in empty.buttons()[1:]:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QPushButton)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert empty.view.viewport().rect().contains(focus.mapTo(empty.view.viewport(), focus.rect().center()))
