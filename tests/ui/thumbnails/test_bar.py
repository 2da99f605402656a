from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.fakes import FakeLoader
from tests.show.galleries import a_gallery
from tests.ui.painting import painted
from viewer.ui.style.icons import IconButton
from viewer.ui.style.theme import DARK, LIGHT
from viewer.ui.thumbnails.bar import ThumbnailBar
from viewer.ui.thumbnails.list_view import ThumbnailListView
from viewer.ui.window.progress_line import ProgressLine

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot


class CountedLine(ProgressLine):
    """A line that counts how often it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.paintings = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paintings += 1
        super().paintEvent(event)


@pytest.fixture
def line(qtbot: QtBot) -> CountedLine:
    made = CountedLine()
    qtbot.addWidget(made)
    made.resize(200, 2)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.paintings > 0)
    return made


def filled(line: ProgressLine) -> list[bool]:
    """Whether each pixel of the line has the accent colour."""
    image = painted(line)
    return [image.pixelColor(x, 1).name() == DARK.accent for x in range(image.width())]


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_the_line_is_filled_as_far_as_the_slides_time_has_gone(line: CountedLine, share: float) -> None:
    line.set_share(share)

    assert filled(line) == [x < share * 200 for x in range(200)]


def test_the_line_fills_from_where_reading_begins(line: CountedLine) -> None:
    line.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    line.set_share(0.25)

    assert filled(line) == [x >= 150 for x in range(200)]


def test_the_line_is_painted_only_when_a_pixel_changes(line: CountedLine, qtbot: QtBot) -> None:
    line.set_share(0.5)
    qtbot.waitUntil(lambda: line.paintings == 2)
    for step in range(20):
        line.set_share(0.5 + step / 20_000)
    line.set_share(0.51)
    qtbot.waitUntil(lambda: line.paintings == 3)

    assert filled(line) == [x < 102 for x in range(200)]


def test_in_full_screen_only_what_has_gone_is_seen(line: CountedLine) -> None:
    line.set_share(0.5)
    assert painted(line).pixelColor(150, 1).name() == DARK.line

    line.setWindowState(Qt.WindowState.WindowFullScreen)
    line.set_share(0.0)
    assert painted(line).pixelColor(150, 1).name() != DARK.line


def test_the_line_takes_the_themes_colours(line: CountedLine) -> None:
    line.set_colours(LIGHT)
    line.set_share(0.5)
    image = painted(line)

    assert (image.pixelColor(10, 1).name(), image.pixelColor(190, 1).name()) == (LIGHT.accent, LIGHT.line)


def test_the_pointer_goes_through_the_line(qtbot: QtBot) -> None:
    under = QWidget()
    qtbot.addWidget(under)
    line = ProgressLine(under)
    line.setGeometry(0, 0, 100, 2)

    assert under.childAt(QPoint(50, 1)) is None


class Desk:
    """The thumbnails with their buttons, and what was wanted."""

    def __init__(self, qtbot: QtBot) -> None:
        self.heard: list[str] = []
        self.strip = ThumbnailListView(FakeLoader())
        self.strip.set_gallery(a_gallery(*range(30)), "")
        self.thumbnail_bar = ThumbnailBar()
        self.thumbnail_bar.hold(self.strip)
        self.thumbnail_bar.play_button.clicked.connect(lambda: self.heard.append("play"))
        self.thumbnail_bar.fullscreen_button.clicked.connect(lambda: self.heard.append("fullscreen"))
        qtbot.addWidget(self.thumbnail_bar)
        self.thumbnail_bar.resize(900, 110)
        with qtbot.waitExposed(self.thumbnail_bar):
            self.thumbnail_bar.show()
        self.play, self.screen = self.thumbnail_bar.findChildren(IconButton)
        for button in (self.play, self.screen):
            button.load_icon()

    def lay_out(self, width: int, height: int) -> None:
        self.thumbnail_bar.resize(width, height)
        layout = self.thumbnail_bar.layout()
        assert layout is not None
        layout.activate()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_the_buttons_beside_the_thumbnails_do_what_they_say(desk: Desk) -> None:
    for button in (desk.play, desk.screen):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert desk.heard == ["play", "fullscreen"]


def test_the_buttons_say_what_they_would_do_now(desk: Desk) -> None:
    seen = []
    for playing, fullscreen, names in (
        (False, False, ("Play the show", "Full screen")), (True, True, ("Pause the show", "Leave full screen")),
    ):
        desk.thumbnail_bar.show_state(playing=playing, fullscreen=fullscreen)
        assert (desk.play.accessibleName(), desk.screen.accessibleName()) == names
        seen.append((painted(desk.play), painted(desk.screen)))
    assert seen[0][0] != seen[1][0]
    assert seen[0][1] != seen[1][1]


@pytest.mark.parametrize("upright", [False, True])
def test_thumbnails_and_buttons_stand_in_a_row_or_a_column_and_never_on_each_other(desk: Desk, upright: bool) -> None:
    desk.thumbnail_bar.set_upright(upright)
    desk.lay_out(*((140, 700) if upright else (900, 110)))
    places = [part.geometry() for part in (desk.strip, desk.play, desk.screen)]

    assert all(desk.thumbnail_bar.rect().contains(place) for place in places)
    ends = [(place.top(), place.bottom()) if upright else (place.left(), place.right()) for place in places]
    assert all(before[1] < after[0] for before, after in pairwise(ends))


def test_a_narrow_bar_keeps_its_buttons(desk: Desk) -> None:
    desk.lay_out(200, 110)

    assert all(desk.thumbnail_bar.rect().contains(button.geometry()) for button in (desk.play, desk.screen))


def test_the_bar_takes_the_themes_colours(desk: Desk) -> None:
    before = painted(desk.play)
    desk.thumbnail_bar.set_colours(LIGHT)

    assert painted(desk.play) != before
    assert painted(desk.play).pixelColor(19, 5).name() == LIGHT.raised


@pytest.mark.parametrize("upright", [False, True])
def test_the_bar_is_as_large_before_it_has_its_thumbnails(*, upright: bool, qtbot: QtBot) -> None:
    thumbnail_bar = ThumbnailBar()
    qtbot.addWidget(thumbnail_bar)
    thumbnail_bar.set_upright(upright)
    before = thumbnail_bar.sizeHint(), thumbnail_bar.minimumSizeHint(), thumbnail_bar.sizePolicy()
    thumbnail_bar.hold(ThumbnailListView(FakeLoader()))

    assert (thumbnail_bar.sizeHint(), thumbnail_bar.minimumSizeHint(), thumbnail_bar.sizePolicy()) == before


def test_thumbnails_that_come_later_take_the_bars_colours_and_direction(qtbot: QtBot) -> None:
    thumbnail_bar, strip = ThumbnailBar(), ThumbnailListView(FakeLoader())
    qtbot.addWidget(thumbnail_bar)
    thumbnail_bar.set_upright(True)
    thumbnail_bar.hold(strip)

    assert strip.flow() == ThumbnailListView.Flow.TopToBottom


def test_tab_goes_from_the_thumbnails_to_the_buttons(desk: Desk) -> None:
    desk.strip.setFocus()
    seen = []
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget() or desk.thumbnail_bar, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())

    assert seen == [desk.play, desk.screen]
