from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tests.ui.painting import painted
from viewer.resources import asset
from viewer.ui.glyphs import ICON_SIDES, Glyph, GlyphButton, app_icon, paint_glyph
from viewer.ui.theme import DARK, LIGHT, contrast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from viewer.ui.theme import Colours

GLYPHS: tuple[Glyph, ...] = get_args(Glyph)


class Shelf:
    """Two buttons in a window where Space belongs to the show."""

    def __init__(self, qtbot: QtBot) -> None:
        self.heard: list[str] = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        row = QHBoxLayout(self.window)
        self.play = GlyphButton("play", "Play the show")
        self.next = GlyphButton("next", "The next slide")
        for button in (self.play, self.next):
            row.addWidget(button)
        self.play.clicked.connect(lambda: self.heard.append(self.play.accessibleName()))
        self.next.clicked.connect(lambda: self.heard.append(self.next.accessibleName()))
        pause = QShortcut(Qt.Key.Key_Space, self.window)
        pause.activated.connect(lambda: self.heard.append("pause"))
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.play.setFocus()
        qtbot.waitUntil(self.play.hasFocus)


@pytest.fixture
def shelf(qtbot: QtBot) -> Shelf:
    return Shelf(qtbot)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_a_button(shelf: Shelf, key: Qt.Key) -> None:
    QTest.keyClick(shelf.play, key)

    assert shelf.heard == ["Play the show"]


def test_space_stays_the_shows_whatever_button_has_the_focus(shelf: Shelf) -> None:
    for button in (shelf.play, shelf.next):
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)

    assert shelf.heard == ["pause", "pause"]
    assert not shelf.play.isDown()


def test_a_click_presses_a_button_and_takes_no_focus(shelf: Shelf) -> None:
    QTest.mouseClick(shelf.next, Qt.MouseButton.LeftButton)

    assert shelf.heard == ["The next slide"]
    assert shelf.play.hasFocus()


def test_tab_reaches_every_button_and_arrows_stay_the_shows(shelf: Shelf) -> None:
    QTest.keyClick(shelf.play, Qt.Key.Key_Right)
    assert shelf.play.hasFocus()

    QTest.keyClick(shelf.play, Qt.Key.Key_Tab)
    assert shelf.next.hasFocus()


def test_a_button_says_what_it_would_do_now(shelf: Shelf) -> None:
    shelf.play.rename("Pause the show")

    assert shelf.play.accessibleName() == shelf.play.toolTip() == "Pause the show"


def test_the_focus_is_seen(shelf: Shelf) -> None:
    with_focus = painted(shelf.play)
    shelf.next.setFocus()

    assert painted(shelf.play) != with_focus


def test_every_glyph_is_another_picture(shelf: Shelf) -> None:
    seen = []
    for glyph in GLYPHS:
        shelf.play.set_glyph(glyph)
        seen.append(painted(shelf.play))

    assert all(one != other for at, one in enumerate(seen) for other in seen[:at])


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_a_sign_stands_out_from_its_button(shelf: Shelf, colours: Colours) -> None:
    shelf.next.set_colours(colours)
    image = painted(shelf.next)
    ground = image.pixelColor(image.width() // 2, 6).name()
    shades = {image.pixelColor(x, y).name() for x in range(9, 29) for y in range(9, 29)}

    assert ground == colours.raised
    assert max(contrast(shade, ground) for shade in shades) >= 7


@pytest.mark.parametrize("glyph", GLYPHS)
@pytest.mark.parametrize("side", [16, 24, 96])
def test_a_sign_stays_inside_its_square_at_every_size(glyph: Glyph, side: int) -> None:
    image = QImage(side * 3, side * 3, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    paint_glyph(painter, glyph, QRectF(side, side, side, side), QColor("white"))
    painter.end()
    lit = [(x, y) for x in range(image.width()) for y in range(image.height())
           if image.pixelColor(x, y) != QColor("black")]

    assert lit
    assert all(side <= x < 2 * side and side <= y < 2 * side for x, y in lit)


def test_the_programs_sign_comes_in_the_sizes_that_desktops_ask_for(shelf: Shelf) -> None:  # noqa: ARG001 - pixmaps need an application
    icon = app_icon()

    assert sorted(size.width() for size in icon.availableSizes()) == [16, 24, 32, 48, 64, 128, 256, 512]
    for side in ICON_SIDES:
        assert asset(f"icons/liftoff-{side}.png").is_file()
        picture = icon.pixmap(side).toImage()
        assert (picture.width(), picture.height()) == (side, side)
        assert picture.pixelColor(0, 0).alpha() < 128
        # The sky above, the rocket in the middle, the white of its flame below.
        assert picture.pixelColor(side // 4, side // 4).blue() > picture.pixelColor(side // 4, side // 4).red() + 30
        assert picture.pixelColor(side // 2, side * 3 // 4).lightness() > 220


def test_all_sizes_of_the_sign_together_are_small() -> None:
    assert sum(asset(f"icons/liftoff-{side}.png").stat().st_size for side in ICON_SIDES) < 100_000
