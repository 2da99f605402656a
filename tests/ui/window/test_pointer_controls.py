"""What comes with the pointer, in a window and in full screen, and that it goes again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from tests.fakes import FakeLoader
from tests.mouse import release_buttons
from tests.ui.painting import painted
from viewer.actions import ACTIONS
from viewer.gallery.model import Gallery, Slide
from viewer.ui.captions.composition import CaptionText
from viewer.ui.style.icons import IconButton
from viewer.ui.style.theme import DARK, LIGHT, style_sheet
from viewer.ui.thumbnails.bar import ThumbnailBar
from viewer.ui.thumbnails.list_view import ThumbnailListView
from viewer.ui.viewport.slide_view import SlideView
from viewer.ui.window.central_widget import CentralWidget
from viewer.ui.window.pointer_activity import POINTER_IDLE_MS, PointerActivity

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.fakes import ManualClock
    from viewer.ui.window.fullscreen_layout import CaptionPlace

WORDS: Final = CaptionText("3 of 11", "A Mighty Roar", "The rocket is on its way. " * 8, "6 June 2018", "NASA")
EDGES: Final = {"top": (600, 3), "right": (1276, 300), "bottom": (600, 796), "left": (3, 300)}


class Window(QWidget):
    """A window of any size that says whether it is full screen."""

    full = True

    def isFullScreen(self) -> bool:  # noqa: N802 - Qt's name
        return self.full


class Screen:
    """The central widget in full screen, or in a window, and a pointer."""

    def __init__(self, qtbot: QtBot, clock: ManualClock, width: int = 1280, height: int = 800, *, full: bool = True,
                 caption: CaptionPlace = "beside") -> None:
        self.clock = clock
        self.slide_view = SlideView(clock)
        self.central = CentralWidget(self.slide_view)
        self.thumbnails = ThumbnailBar()
        strip = ThumbnailListView(FakeLoader())
        strip.set_gallery(Gallery(slides=tuple(Slide(file=f"{n}.jpg") for n in range(11)), folder=Path("/p")), "")
        self.thumbnails.hold(strip)
        self.window = Window()
        self.window.full = full
        self.window.resize(width, height)
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.central)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.controls = self.central.controls
        self.bar = self.controls.bar
        self.central.set_caption(caption, 1.0)
        if full:
            self.central.change_mode(self.thumbnails)
        self.controls.set_arrows(True)
        self.central.set_words(WORDS)
        self.handle = self.window.windowHandle()
        release_buttons(self.handle)
        self.controls.follow(PointerActivity(self.handle, clock))
        self.arrows = [one for one in self.central.findChildren(IconButton)
                       if one.accessibleName() in {"The slide before", "The next slide"}]
        self.move(width // 2, height // 2)

    def move(self, x: int, y: int) -> None:
        """Move the pointer there, by way of a place nearby."""
        QTest.mouseMove(self.handle, QPoint(x + 1, y + 1))
        QTest.mouseMove(self.handle, QPoint(x, y))

    def leave(self) -> None:
        """The pointer is over another window now."""
        QApplication.sendEvent(self.handle, QEvent(QEvent.Type.Leave))

    def rest(self) -> None:
        """The pointer is not moved for two seconds."""
        self.clock.advance(POINTER_IDLE_MS)

    def seen(self) -> list[str]:
        """The names of the arrows that are seen, "bar" and "thumbnails"."""
        parts = {one.accessibleName(): one for one in self.arrows} | {"bar": self.bar, "thumbnails": self.thumbnails}
        return [name for name, part in parts.items() if part.isVisible()]


@pytest.fixture
def screen(qtbot: QtBot, clock: ManualClock) -> Screen:
    return Screen(qtbot, clock)


@pytest.mark.parametrize("place", EDGES.values(), ids=EDGES)
def test_the_bars_come_with_a_movement_near_any_edge_and_leave_when_the_pointer_rests(
    screen: Screen, place: tuple[int, int],
) -> None:
    assert screen.seen() == []
    screen.move(*place)
    assert {"bar", "thumbnails"} <= set(screen.seen())
    screen.clock.advance(POINTER_IDLE_MS - 1)
    assert {"bar", "thumbnails"} <= set(screen.seen())

    screen.clock.advance(1)
    assert screen.seen() == []


def test_the_bars_leave_though_the_pointer_rests_on_them(screen: Screen) -> None:
    screen.move(200, 790)
    for part in (screen.bar.play_button, screen.thumbnails):
        place = part.mapTo(screen.window, part.rect().center())
        screen.move(place.x(), place.y())
        assert screen.window.childAt(place) in (part, *part.findChildren(QWidget))
        screen.rest()
        assert screen.seen() == []
        screen.move(200, 790)


def test_a_movement_in_the_middle_brings_nothing(screen: Screen) -> None:
    screen.move(440, 300)
    screen.move(440, 500)

    assert screen.seen() == []


def test_movements_keep_the_bars(screen: Screen) -> None:
    screen.move(600, 3)
    for step in range(5):
        screen.clock.advance(POINTER_IDLE_MS - 1)
        screen.move(440, 300 + step)

    assert screen.seen() == ["bar", "thumbnails"]


def test_the_bars_leave_with_the_pointer(screen: Screen) -> None:
    screen.move(600, 3)
    screen.leave()

    assert screen.seen() == []


def test_a_tap_brings_the_bars_for_two_seconds(screen: Screen) -> None:
    screen.controls.show()
    screen.clock.advance(POINTER_IDLE_MS - 1)
    assert screen.seen() == ["bar", "thumbnails"]
    screen.clock.advance(1)
    assert screen.seen() == []


def test_the_bars_stay_while_one_of_their_buttons_has_the_focus(screen: Screen) -> None:
    screen.move(600, 3)
    screen.bar.leave_button.setFocus()
    screen.rest()
    screen.rest()
    assert screen.seen() == ["bar", "thumbnails"]

    screen.slide_view.setFocus()
    screen.rest()
    assert screen.seen() == []


def test_the_focus_goes_back_to_the_picture_with_the_pointer(screen: Screen) -> None:
    screen.move(600, 3)
    screen.bar.leave_button.setFocus()
    screen.leave()

    assert screen.seen() == []
    assert screen.slide_view.hasFocus()


def test_in_a_window_there_are_no_bars(qtbot: QtBot, clock: ManualClock) -> None:
    screen = Screen(qtbot, clock, full=False)
    for place in EDGES.values():
        screen.move(*place)
        screen.controls.show()

        assert not screen.bar.isVisible()


@pytest.mark.parametrize("full", [True, False])
def test_an_arrow_goes_from_under_a_pointer_that_rests_or_leaves(
    qtbot: QtBot, clock: ManualClock, *, full: bool,
) -> None:
    screen = Screen(qtbot, clock, full=full)
    for arrow in screen.arrows:
        for ends in (screen.rest, screen.leave):
            place = arrow.geometry().center()
            screen.move(place.x(), place.y() + 10)
            screen.move(place.x(), place.y())
            assert arrow.isVisible()
            assert screen.window.childAt(place) is arrow

            ends()
            assert not arrow.isVisible()


def test_an_arrow_goes_when_the_pointer_goes_to_the_middle_or_over_the_caption(screen: Screen) -> None:
    assert screen.central.panel.isVisible()
    for place in (screen.slide_view.geometry().center(), screen.central.panel.geometry().center()):
        screen.move(screen.slide_view.width() - 60, screen.slide_view.height() // 2)
        assert screen.seen() == ["The next slide"]
        screen.move(place.x(), place.y())
        assert screen.seen() == []


def test_where_there_is_one_slide_there_are_no_arrows(screen: Screen) -> None:
    screen.controls.set_arrows(False)
    screen.move(60, 400)

    assert screen.seen() == []


@pytest.mark.parametrize("caption", ["beside", "overlay", "none"])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (800, 1200), (640, 480), (480, 800)])
@pytest.mark.parametrize("pinned", [False, True])
def test_neither_bars_nor_pinned_thumbnails_cover_the_caption(
    qtbot: QtBot, clock: ManualClock, size: tuple[int, int], caption: CaptionPlace, *, pinned: bool,
) -> None:
    screen = Screen(qtbot, clock, *size, caption=caption)
    screen.central.pin_thumbnail_bar(pinned)
    screen.move(3, 100)
    whole, words = screen.central.rect(), screen.central.panel.geometry()
    seen = [part.geometry() for part in (screen.bar, screen.thumbnails) if part.isVisible()]

    assert screen.bar.geometry() in seen
    arrow, clear = screen.arrows[0].geometry(), words.top() if caption == "overlay" else screen.slide_view.height()
    if clear > 140:
        assert not arrow.intersects(screen.bar.geometry())
        assert screen.bar.geometry().top() > clear * 0.5
    assert all(whole.contains(bar) for bar in seen)
    assert len(seen) < 2 or not seen[0].intersects(seen[1])
    if screen.central.panel.isVisible():
        assert not any(words.intersects(bar) for bar in seen)
        assert caption != "none"
    assert not pinned or screen.thumbnails.isVisible()
    assert not pinned or not screen.thumbnails.geometry().intersects(screen.slide_view.geometry())


@pytest.mark.parametrize("size", [(1280, 800), (800, 1200), (640, 480), (400, 300), (320, 240)])
def test_the_bar_says_what_its_buttons_do_and_which_slide_it_is(
    qtbot: QtBot, clock: ManualClock, size: tuple[int, int],
) -> None:
    screen = Screen(qtbot, clock, *size)
    screen.move(3, 100)
    for playing, word in ((False, "Play"), (True, "Pause")):
        screen.bar.show_state(playing=playing)
        QApplication.processEvents()
        for button, label in ((screen.bar.play_button, word), (screen.bar.leave_button, "Leave full screen")):
            assert button.accessibleName().startswith(label)
            assert button.text() in (label, "")
            needed = QFontMetrics(button.font()).horizontalAdvance(button.text())
            assert button.width() >= button.height() + needed
            assert screen.bar.rect().contains(button.geometry())
        assert not screen.bar.play_button.geometry().intersects(screen.bar.leave_button.geometry())
    assert size[0] < 640 or screen.bar.leave_button.text()


def test_the_name_in_the_bar_is_elided_and_never_runs_into_a_button(screen: Screen) -> None:
    def place_of_words(title: str) -> QRect:
        screen.central.set_words(WORDS._replace(title=title))
        screen.move(3, 300)
        screen.bar.resize(700, screen.bar.height())
        image = painted(screen.bar)
        ground = image.pixelColor(2, 2)
        left, right = screen.bar.play_button.geometry().right() + 2, screen.bar.leave_button.geometry().left() - 2
        inked = [x for x in range(left, right) if any(image.pixelColor(x, y) != ground for y in range(image.height()))]
        return QRect(QPoint(min(inked), 0), QPoint(max(inked), 1))

    short, long = place_of_words("A Mighty Roar"), place_of_words("A Mighty Roar " * 40)

    assert short.left() == long.left()
    assert short.width() < 250
    assert long.right() < screen.bar.leave_button.geometry().left() - 4


def test_pinned_thumbnails_stay_and_the_bar_stands_above_them(screen: Screen) -> None:
    screen.central.pin_thumbnail_bar(True)
    assert screen.seen() == ["thumbnails"]
    assert screen.thumbnails.height() >= screen.thumbnails.sizeHint().height()
    screen.move(600, 3)
    assert screen.bar.geometry().bottom() < screen.thumbnails.geometry().top()
    screen.rest()

    assert screen.seen() == ["thumbnails"]


def test_the_thumbnails_have_their_own_buttons_in_the_dock_alone(screen: Screen) -> None:
    screen.move(600, 3)
    own = (screen.thumbnails.play_button, screen.thumbnails.fullscreen_button)
    assert not any(button.isVisible() for button in own)
    screen.window.full = False
    screen.central.change_mode(None)
    screen.thumbnails.show()

    assert all(button.isVisible() for button in own)
    assert not screen.bar.isVisible()


def test_the_page_of_keys_covers_the_bars_and_the_pinned_thumbnails(screen: Screen) -> None:
    screen.central.shortcuts.set_bindings({action.id: action.keys for action in ACTIONS})
    screen.central.shortcuts.show()
    for show in (screen.controls.show, lambda: screen.central.pin_thumbnail_bar(True), lambda: screen.move(600, 3)):
        show()
        for place in (QPoint(20, 790), QPoint(600, 700), QPoint(1270, 10)):
            found = screen.central.childAt(place)
            assert found is not None
            assert found is screen.central.shortcuts or screen.central.shortcuts.isAncestorOf(found)


def test_messages_stand_above_the_bars_while_they_are_there(screen: Screen) -> None:
    toast = screen.central.toast
    toast.say("The show is paused.")
    before = toast.geometry()
    screen.move(600, 3)
    assert toast.geometry().bottom() < screen.bar.geometry().top()
    screen.rest()

    assert toast.geometry() == before


def ground(part: QWidget) -> str:
    """The colour behind a widget's words and pictures."""
    return painted(part).pixelColor(part.width() // 2, 3).name()


def test_full_screen_is_dark_in_the_light_theme_and_the_window_light_again(screen: Screen) -> None:
    screen.window.setStyleSheet(style_sheet(LIGHT))
    screen.thumbnails.set_colours(LIGHT)
    screen.central.set_colours(LIGHT)
    screen.central.shortcuts.set_bindings({action.id: action.keys for action in ACTIONS})
    screen.move(600, 3)
    screen.central.toast.say("The show is paused.")
    screen.central.shortcuts.show()
    assert {ground(part) for part in (screen.bar, screen.thumbnails, screen.central.shortcuts)} == {DARK.panel}
    assert ground(screen.central.toast) == DARK.raised
    label = painted(screen.bar.findChildren(QLabel)[0])
    assert DARK.text in {label.pixelColor(x, y).name() for x in range(120) for y in range(label.height())}

    screen.window.full = False
    screen.central.change_mode(None)
    screen.thumbnails.setParent(screen.window)  # as the dock does
    screen.thumbnails.show()
    screen.central.toast.say("The show is paused.")
    assert {ground(part) for part in (screen.thumbnails, screen.central.shortcuts)} == {LIGHT.panel}
    assert ground(screen.central.toast) == LIGHT.raised


def test_pinned_thumbnails_are_not_seen_on_the_black_screen_but_while_the_pointer_moves(screen: Screen) -> None:
    screen.central.pin_thumbnail_bar(True)
    screen.central.set_black(True)
    assert screen.seen() == []
    screen.move(600, 3)
    assert screen.seen() == ["bar", "thumbnails"]
    screen.rest()
    assert screen.seen() == []

    screen.central.set_black(False)
    assert screen.seen() == ["thumbnails"]
