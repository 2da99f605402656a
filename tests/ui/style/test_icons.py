from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest
from PySide6.QtCore import QDir, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QShortcut
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tests.ui.painting import painted
from viewer.resources import asset
from viewer.ui.style.icons import ICON_SIDES, IconButton, IconName, app_icon
from viewer.ui.style.theme import DARK, LIGHT, contrast, style_sheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from viewer.ui.style.theme import Colours

ICONS: tuple[IconName, ...] = get_args(IconName)


class ThumbnailBar:
    """Two buttons in a window where Space belongs to the show."""

    def __init__(self, qtbot: QtBot) -> None:
        self.heard: list[str] = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        row = QHBoxLayout(self.window)
        self.play = IconButton("play", "Play the show")
        self.next = IconButton("next", "The next slide")
        for button in (self.play, self.next):
            row.addWidget(button)
            button.load_icon()
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
def thumbnail_bar(qtbot: QtBot) -> ThumbnailBar:
    return ThumbnailBar(qtbot)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_a_button(thumbnail_bar: ThumbnailBar, key: Qt.Key) -> None:
    QTest.keyClick(thumbnail_bar.play, key)

    assert thumbnail_bar.heard == ["Play the show"]


def test_space_stays_the_shows_whatever_button_has_the_focus(thumbnail_bar: ThumbnailBar) -> None:
    for button in (thumbnail_bar.play, thumbnail_bar.next):
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)

    assert thumbnail_bar.heard == ["pause", "pause"]
    assert not thumbnail_bar.play.isDown()


def test_a_click_presses_a_button_and_takes_no_focus(thumbnail_bar: ThumbnailBar) -> None:
    QTest.mouseClick(thumbnail_bar.next, Qt.MouseButton.LeftButton)

    assert thumbnail_bar.heard == ["The next slide"]
    assert thumbnail_bar.play.hasFocus()


def test_tab_reaches_every_button_and_arrows_stay_the_shows(thumbnail_bar: ThumbnailBar) -> None:
    QTest.keyClick(thumbnail_bar.play, Qt.Key.Key_Right)
    assert thumbnail_bar.play.hasFocus()

    QTest.keyClick(thumbnail_bar.play, Qt.Key.Key_Tab)
    assert thumbnail_bar.next.hasFocus()


def test_a_button_says_what_it_would_do_now(thumbnail_bar: ThumbnailBar) -> None:
    thumbnail_bar.play.rename("Pause the show")

    assert thumbnail_bar.play.accessibleName() == thumbnail_bar.play.toolTip() == "Pause the show"


def test_the_focus_is_seen(thumbnail_bar: ThumbnailBar) -> None:
    with_focus = painted(thumbnail_bar.play)
    thumbnail_bar.next.setFocus()

    assert painted(thumbnail_bar.play) != with_focus


def test_every_icon_is_another_picture(thumbnail_bar: ThumbnailBar) -> None:
    seen = []
    for icon in ICONS:
        thumbnail_bar.play.set_icon(icon)
        seen.append(painted(thumbnail_bar.play))

    assert all(one != other for at, one in enumerate(seen) for other in seen[:at])


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_a_button_paints_its_icon_in_the_colours_of_the_theme(thumbnail_bar: ThumbnailBar, colours: Colours) -> None:
    thumbnail_bar.play.set_colours(colours)
    image = painted(thumbnail_bar.play)

    assert image.pixelColor(19, 6).name() == colours.raised
    assert image.pixelColor(19, 19).name() == colours.text
    assert contrast(colours.text, colours.raised) >= 7


def test_a_button_has_no_icon_until_it_is_loaded_and_then_the_one_it_was_last_given(qtbot: QtBot) -> None:
    button, other = IconButton("play", "Play"), IconButton("next", "Next")
    for each in (button, other):
        qtbot.addWidget(each)
    other.set_icon("play")
    other.set_colours(LIGHT)
    button.set_colours(LIGHT)
    assert painted(button).pixelColor(19, 19).name() == LIGHT.raised

    for each in (button, other):
        each.load_icon()
    assert painted(button).pixelColor(19, 19).name() == LIGHT.text
    assert painted(other) == painted(button)


def test_an_icon_is_sharp_at_every_pixel_ratio(thumbnail_bar: ThumbnailBar) -> None:
    thumbnail_bar.play.set_icon("pause")
    image = QImage(38 * 4, 38 * 4, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(4)
    thumbnail_bar.play.render(image)
    row = [image.pixelColor(x, image.height() // 2).name() for x in range(40, 112)]

    assert row.count(DARK.text) > 20
    assert sum(shade not in (DARK.text, DARK.raised) for shade in row) <= 8  # two pixels at each of four edges


def test_the_icons_that_the_program_and_its_style_name_are_those_it_has() -> None:
    styled = re.findall(r":/icons/([^)]*)", style_sheet(DARK))

    assert sorted([*(f"{icon}.svg" for icon in ICONS), *styled]) == QDir(":/icons").entryList()


@pytest.mark.parametrize("icon", ICONS)
@pytest.mark.parametrize("side", [16, 24, 96])
def test_an_icon_is_drawn_in_the_themes_colours_and_inside_its_square(icon: IconName, side: int) -> None:
    drawing = QSvgRenderer(f":/icons/{icon}.svg")
    image = QImage(side * 3, side * 3, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter, QRectF(side, side, side, side))
    painter.end()
    inked = [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).alpha()]

    assert drawing.viewBox() == QRect(0, 0, 24, 24)
    assert inked
    assert all(side <= x < 2 * side and side <= y < 2 * side for x, y in inked)
    colours = re.findall('(?:fill|stroke|color)="(.*?)"', asset(f"icons/{icon}.svg").read_text("utf-8"))
    assert set(colours) <= {"none", "currentColor", "accentColor"}


def test_the_programs_sign_comes_in_the_sizes_that_desktops_ask_for(thumbnail_bar: ThumbnailBar) -> None:  # noqa: ARG001 - pixmaps need an application
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
