from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

from tests.fakes import a_picture
from viewer.imaging.protocol.messages import Box
from viewer.ui.style.theme import DARK, FULLSCREEN, LIGHT, contrast
from viewer.ui.viewport.slide_view import SlideView
from viewer.ui.window.state_indicator import StateIndicator, percentage

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from tests.fakes import ManualClock
    from viewer.ui.style.theme import Colours

WIDE, TALL = Box(1600, 400), Box(600, 2000)


class Corner:
    """A slide view with a indicator in its corner; it shows a white picture."""

    def __init__(self, qtbot: QtBot, clock: ManualClock) -> None:
        self.window = QWidget()
        self.window.resize(800, 600)
        self.slide_view = SlideView(clock, self.window)
        self.slide_view.setGeometry(0, 0, 800, 600)
        self.indicator = StateIndicator(self.slide_view, self.window)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.show(WIDE)
        self.indicator.lay_out(15)

    def show(self, size: Box) -> None:
        """Show another picture of that size."""
        self.slide_view.show_picture(a_picture(size, source=size, colour=Qt.GlobalColor.white), slide_key=object(),
                                     sharp=True)
        QApplication.processEvents()

    def said(self) -> str:
        """What the indicator says; empty while it is hidden."""
        return self.indicator.text().replace("\N{NO-BREAK SPACE}", " ") if self.indicator.isVisible() else ""

    def colours(self) -> tuple[str, set[str]]:
        """The ground under the indicator's words, and all colours there."""
        image: QImage = self.window.grab(self.indicator.geometry()).toImage()
        shades = [image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())]
        return max(set(shades), key=shades.count), set(shades)


@pytest.fixture
def corner(qtbot: QtBot, clock: ManualClock) -> Corner:
    return Corner(qtbot, clock)


def test_it_is_seen_as_long_as_the_show_is_paused(corner: Corner) -> None:
    for state, said in (("playing", ""), ("paused", "Paused"), ("playing", ""), ("paused", "Paused"), ("stopped", "")):
        corner.indicator.set_playback(state)
        assert corner.said() == said


def test_it_is_said_as_long_as_it_is_shown_that_a_picture_is_incomplete(corner: Corner) -> None:
    corner.indicator.set_incomplete(True)
    corner.indicator.set_playback("paused")
    assert corner.said() == "Paused · Incomplete"
    assert corner.indicator.accessibleName() == "Paused · Incomplete"

    corner.indicator.set_incomplete(False)
    assert corner.said() == "Paused"


def test_zoom_is_said_in_device_pixels_until_the_picture_is_fitted_again(corner: Corner) -> None:
    assert corner.said() == ""
    corner.slide_view.actual_size()
    assert corner.said() == "100 %"
    corner.slide_view.zoom_step(1)
    assert corner.said() == "150 %"
    corner.slide_view.fit()
    assert corner.said() == ""


def test_rotation_is_said_until_the_picture_stands_upright_again(corner: Corner) -> None:
    said = []
    for _ in range(4):
        corner.slide_view.rotate(1)
        said.append(corner.said())

    assert said == ["90°", "180°", "270°", ""]


def test_all_of_it_stands_in_one_line_and_goes_with_the_slide_but_for_the_pause(corner: Corner) -> None:
    corner.indicator.set_playback("paused")
    corner.slide_view.rotate(1)
    corner.slide_view.zoom_by(8)
    assert corner.said() == "Paused · 300 % · 90°"
    needed = QFontMetrics(corner.indicator.font()).horizontalAdvance(corner.indicator.text())
    assert needed < corner.indicator.width() < needed + 50

    corner.show(WIDE)
    assert corner.said() == "Paused"


def test_a_black_screen_has_no_sign(corner: Corner) -> None:
    corner.indicator.set_playback("paused")
    for black in (True, False):
        corner.slide_view.blank(black)
        corner.indicator.lay_out(15)
        assert corner.indicator.isVisible() is not black


@pytest.mark.parametrize("colours", [DARK, LIGHT, FULLSCREEN])
def test_beside_the_picture_it_is_quiet_and_over_it_it_has_a_scrim(corner: Corner, colours: Colours) -> None:
    corner.slide_view.set_colours(colours)
    corner.indicator.set_colours(colours)
    corner.indicator.set_playback("paused")
    ground, seen = corner.colours()
    assert ground == colours.background
    assert colours.quiet in seen

    corner.slide_view.zoom_by(8)
    ground, seen = corner.colours()
    assert QColor(ground).lightness() < 80
    assert DARK.text in seen
    assert contrast(DARK.text, ground) >= 7


def test_a_tall_picture_leaves_it_a_corner_too(corner: Corner) -> None:
    corner.indicator.set_playback("paused")
    corner.show(TALL)

    assert corner.colours()[0] == DARK.background


def test_it_stands_where_reading_begins_and_the_pointer_goes_through_it(corner: Corner) -> None:
    corner.indicator.set_playback("paused")
    assert corner.indicator.geometry().topLeft() == QPoint(10, 10)
    assert corner.window.childAt(corner.indicator.geometry().center()) is corner.slide_view

    corner.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    corner.indicator.lay_out(15)
    assert corner.indicator.geometry().right() == 789
    assert corner.colours()[0] == DARK.background


@pytest.mark.parametrize(("zoom", "said"), [
    (1 / 64, "1.6 %"), (1 / 16, "6.2 %"), (1 / 12, "8.3 %"), (0.0998, "10 %"), (2 / 3, "67 %"), (1.0, "100 %"),
    (1.5, "150 %"), (32.0, "3200 %"),
])
def test_percentages_are_as_exact_as_anybody_wants_them(zoom: float, said: str) -> None:
    assert percentage(zoom) == said.replace(" ", "\N{NO-BREAK SPACE}")
