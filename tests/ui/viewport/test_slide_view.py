from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.ui.painting import QUARTERS, clear, colour_at, near, noise, painted, plain, quartered, slide_view_on_screen
from viewer.imaging.protocol.failures import Failure
from viewer.imaging.protocol.messages import Box, Identity
from viewer.ui.style.theme import DARK
from viewer.ui.viewport.placeholder import failed_placeholder
from viewer.ui.viewport.slide_view import LOADING_MS, SlideView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.fakes import ManualClock

VIEWPORT = Box(300, 200)
SETTLED = 200
BACKGROUND = "#101112"
RED, GREEN, BLUE = "#e02020", "#20b030", "#2040e0"


@pytest.fixture
def slide_view(qtbot: QtBot, clock: ManualClock) -> SlideView:
    """A visible slide view of 300 x 200 device pixels."""
    slide_view = slide_view_on_screen(qtbot, clock, VIEWPORT)
    clock.advance(SETTLED)
    return slide_view


class Heard:
    """Every signal of a slide view, in order."""

    def __init__(self, slide_view: SlideView) -> None:
        self.all: list[tuple[str, object]] = []
        slide_view.shown.connect(lambda key: self.all.append(("shown", key)))
        slide_view.sharp_shown.connect(lambda key: self.all.append(("sharp", key)))
        slide_view.box_changed.connect(lambda box: self.all.append(("box", box)))
        slide_view.detail_wanted.connect(lambda box: self.all.append(("detail", box)))
        slide_view.zoom_changed.connect(lambda zoom: self.all.append(("zoom", zoom)))

    def of(self, kind: str) -> list[object]:
        return [what for said, what in self.all if said == kind]


# Pixels

def test_a_picture_of_the_viewports_size_is_shown_pixel_for_pixel(slide_view: SlideView) -> None:
    picture = noise(VIEWPORT, Box(3000, 2000))
    slide_view.show_picture(picture, slide_key=1, sharp=True)
    assert painted(slide_view) == picture.image


def test_a_fitted_picture_is_centred_on_the_background(slide_view: SlideView) -> None:
    picture = noise(Box(100, 200), Box(1000, 2000))
    slide_view.show_picture(picture, slide_key=1, sharp=True)
    canvas = painted(slide_view)
    assert canvas.copy(100, 0, 100, 200) == picture.image
    assert [canvas.pixelColor(x, 100).name() for x in (0, 99, 200, 299)] == [BACKGROUND] * 4


def test_a_picture_that_was_rounded_the_other_way_is_still_shown_pixel_for_pixel(slide_view: SlideView) -> None:
    picture = noise(Box(299, 200), Box(3000, 2000))
    slide_view.show_picture(picture, slide_key=1, sharp=True)
    assert painted(slide_view).copy(0, 0, 299, 200) == picture.image


def test_a_small_picture_is_enlarged_twice_and_smoothly(slide_view: SlideView) -> None:
    picture = noise(Box(20, 10))
    slide_view.show_picture(picture, slide_key=1, sharp=True)
    canvas = painted(slide_view)
    assert [canvas.pixelColor(x, 100).name() == BACKGROUND for x in (129, 130, 169, 170)] == [True, False, False, True]
    assert [canvas.pixelColor(150, y).name() == BACKGROUND for y in (89, 90, 109, 110)] == [True, False, False, True]
    blocks = [[canvas.pixelColor(130 + 2 * x + dx, 100).name() for dx in (0, 1)] for x in range(20)]
    assert sum(one != other for one, other in blocks) > 15  # interpolated, and not squares of one colour


def test_a_small_picture_at_actual_size_is_shown_pixel_for_pixel(slide_view: SlideView) -> None:
    picture = noise(Box(20, 10))
    slide_view.show_picture(picture, slide_key=1, sharp=True)
    slide_view.toggle_zoom()
    assert painted(slide_view).copy(140, 95, 20, 10) == picture.image


def test_a_thumbnail_fills_the_place_of_the_whole_picture_at_once(slide_view: SlideView) -> None:
    slide_view.show_picture(quartered(Box(30, 20), Box(3000, 2000)), slide_key=1, sharp=False)
    assert [colour_at(slide_view, x, y) for x, y in ((.01, .01), (.99, .01), (.01, .99), (.99, .99))] == list(QUARTERS)


def test_a_picture_that_is_too_large_is_averaged_not_thinned_out(slide_view: SlideView) -> None:
    slide_view.show_picture(noise(Box(3000, 2000)), slide_key=1, sharp=True)
    canvas = painted(slide_view)
    for x, y in ((10, 10), (150, 100), (290, 190)):
        assert near(canvas.pixelColor(x, y).name(), "#808080", by=40)  # a hundred random pixels make a grey


@pytest.mark.parametrize("size", [Box(1, 1), Box(2, 300), Box(3000, 1)])
def test_a_slide_view_of_any_size_is_painted(slide_view: SlideView, size: Box) -> None:
    slide_view.show_picture(plain(RED, VIEWPORT, Box(3000, 2000)), slide_key=1, sharp=True)
    slide_view.resize(*size)
    canvas, view = painted(slide_view), slide_view.view
    assert canvas.size().toTuple() == tuple(size)
    assert view is not None
    assert canvas.pixelColor(view.target.x, view.target.y).name() == RED


def test_a_huge_viewport_shows_the_picture_in_its_middle(slide_view: SlideView) -> None:
    slide_view.show_picture(plain(RED, VIEWPORT), slide_key=1, sharp=True)
    slide_view.resize(7680, 4320)
    assert colour_at(slide_view, 0.5, 0.5) == RED
    assert colour_at(slide_view, 0.1, 0.5) == BACKGROUND


DENSITY = """
import sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from tests.ui.painting import noise, painted
from viewer.imaging.protocol.messages import Box
from viewer.show.clock import QtClock
from viewer.ui.viewport.slide_view import SlideView
app = QApplication([])
window = QWidget()
window.resize(501, 403)
slide_view = SlideView(QtClock(), window)
slide_view.setGeometry(37, 21, 333, 277)
window.show()
app.processEvents()
ratio = slide_view.devicePixelRatioF()
picture = noise(slide_view.box)
slide_view.show_picture(picture, slide_key=1, sharp=True)
canvas = painted(window).copy(round(37 * ratio), round(21 * ratio), *slide_view.box)
slide_view.show_picture(noise(Box(20, 10)), slide_key=2, sharp=True)
small = slide_view.view.target[2:]
window.close()
window.deleteLater()
app.processEvents()
print(ratio, canvas == picture.image, *small)
"""


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_device_pixels_are_counted_at_every_screen_density_and_place(ratio: float) -> None:
    child = subprocess.run(
        [sys.executable, "-c", DENSITY], env={**os.environ, "QT_SCALE_FACTOR": str(ratio)}, capture_output=True,
        text=True, check=False, timeout=60,
    )
    assert child.stdout.split() == [str(ratio), "True", "40", "20"], child.stderr


# Transparency

def test_transparent_parts_show_a_checkerboard_of_eight_pixels(slide_view: SlideView) -> None:
    slide_view.show_picture(clear("#000000", 0, Box(100, 100)), slide_key=1, sharp=True)
    canvas = painted(slide_view)
    seen = [canvas.pixelColor(x, y).name() for x, y in ((100, 50), (107, 57), (108, 50), (108, 58), (100, 58))]
    light, dark = "#999999", "#666666"
    assert seen == [light, light, dark, light, dark]
    assert colour_at(slide_view, 0.1, 0.5) == BACKGROUND


def test_half_transparent_parts_are_mixed_with_it(slide_view: SlideView) -> None:
    slide_view.show_picture(clear("#ff0000", 128, Box(100, 100)), slide_key=1, sharp=True)
    assert near(painted(slide_view).pixelColor(100, 50).name(), "#cc4c4c")


def test_transparent_parts_can_show_the_background_instead(slide_view: SlideView) -> None:
    slide_view.set_checkered(False)
    slide_view.show_picture(clear("#000000", 0, Box(100, 100)), slide_key=1, sharp=True)
    assert colour_at(slide_view, 0.5, 0.5) == BACKGROUND


def test_in_full_screen_transparent_parts_show_the_background(slide_view: SlideView, qtbot: QtBot) -> None:
    slide_view.show_picture(clear("#000000", 0, Box(100, 100)), slide_key=1, sharp=True)
    slide_view.showFullScreen()
    qtbot.waitUntil(slide_view.isFullScreen)
    assert colour_at(slide_view, 0.5, 0.5) == BACKGROUND
    slide_view.showNormal()
    assert colour_at(slide_view, 0.5, 0.5) != BACKGROUND


def test_the_background_can_be_changed(slide_view: SlideView) -> None:
    slide_view.set_colours(DARK._replace(background="#123456"))
    assert colour_at(slide_view, 0.5, 0.5) == "#123456"
    slide_view.show_picture(plain(RED, Box(10, 10)), slide_key=1, sharp=True)
    assert colour_at(slide_view, 0.01, 0.5) == "#123456"


# What is shown when

def test_a_slide_is_said_to_be_shown_after_it_was_painted(slide_view: SlideView, qtbot: QtBot) -> None:
    heard = Heard(slide_view)
    with qtbot.waitSignals([slide_view.shown, slide_view.sharp_shown], order="strict"):
        slide_view.show_picture(plain(RED, VIEWPORT), slide_key="a", sharp=True)
        assert heard.all == []
    assert heard.all == [("shown", "a"), ("sharp", "a")]


def test_a_slide_is_said_to_be_shown_once_and_once_more_when_sharp(slide_view: SlideView) -> None:
    heard = Heard(slide_view)
    slide_view.show_picture(plain(RED, Box(30, 20), Box(600, 400)), slide_key="a", sharp=False)
    slide_view.show_picture(plain(RED, Box(150, 100), Box(600, 400)), slide_key="a", sharp=False)
    for _ in range(2):
        slide_view.show_picture(plain(RED, VIEWPORT, Box(600, 400)), slide_key="a", sharp=True)
        QApplication.processEvents()
    assert heard.all == [("shown", "a"), ("sharp", "a")]


def test_a_slide_view_that_is_not_visible_shows_nothing(qtbot: QtBot, clock: ManualClock) -> None:
    slide_view = SlideView(clock)
    qtbot.addWidget(slide_view)
    slide_view.resize(*VIEWPORT)
    heard = Heard(slide_view)
    slide_view.show_picture(plain(RED, VIEWPORT), slide_key="a", sharp=True)
    painted(slide_view)
    QApplication.processEvents()
    assert heard.of("shown") == []
    with qtbot.waitSignal(slide_view.sharp_shown):
        slide_view.show()
    assert heard.of("shown") == ["a"]
    slide_view.hide()


def test_a_slide_that_was_overtaken_before_it_was_painted_was_never_shown(qtbot: QtBot, clock: ManualClock) -> None:
    slide_view = SlideView(clock)
    qtbot.addWidget(slide_view)
    heard = Heard(slide_view)
    for key in ("a", "b", "c"):
        slide_view.show_picture(plain(RED, VIEWPORT), slide_key=key, sharp=True)
    with qtbot.waitSignal(slide_view.sharp_shown):
        slide_view.show()
    assert heard.of("shown") == heard.of("sharp") == ["c"]
    slide_view.hide()


def test_the_old_picture_stays_until_the_new_one_is_there(slide_view: SlideView) -> None:
    slide_view.show_picture(plain(RED, VIEWPORT), slide_key=1, sharp=True)
    slide_view.show_loading("next.jpg", slide_key=2)
    assert colour_at(slide_view, 0.5, 0.5) == RED
    slide_view.show_picture(plain(BLUE, VIEWPORT), slide_key=2, sharp=True)
    assert colour_at(slide_view, 0.5, 0.5) == BLUE


def test_every_frame_between_two_pictures_shows_one_of_them(slide_view: SlideView,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    repaint = slide_view.repaint

    def look() -> None:
        repaint()
        seen.append(colour_at(slide_view, 0.5, 0.5))

    monkeypatch.setattr(slide_view, "repaint", look)
    for key in range(6):
        slide_view.show_loading("next.jpg", slide_key=key)
        slide_view.show_picture(plain((RED, BLUE)[key % 2], VIEWPORT), slide_key=key, sharp=True)
    assert seen == [RED, BLUE] * 3


def test_a_picture_that_takes_its_time_is_said_to_be_loading_only_after_a_while(
    slide_view: SlideView, clock: ManualClock, qtbot: QtBot,
) -> None:
    slide_view.show_picture(plain(RED, VIEWPORT), slide_key=1, sharp=True)
    heard = Heard(slide_view)
    slide_view.show_loading("slow.jpg", slide_key=2)
    clock.advance(LOADING_MS - 1)
    slide_view.show_loading("slow.jpg", slide_key=2)
    assert colour_at(slide_view, 0.05, 0.5) == RED
    clock.advance(1)
    assert colour_at(slide_view, 0.05, 0.5) == BACKGROUND
    assert slide_view.accessibleName() == "Loading…"
    with qtbot.waitSignal(slide_view.sharp_shown):
        slide_view.show_picture(plain(BLUE, VIEWPORT), slide_key=2, sharp=True)
    assert heard.of("shown") == [1, 2]
    assert clock.pending == 0


def test_coming_back_before_the_next_picture_was_there_shows_the_first_one_again(
    slide_view: SlideView, clock: ManualClock, qtbot: QtBot,
) -> None:
    heard = Heard(slide_view)
    slide_view.show_picture(plain(RED, VIEWPORT), slide_key=1, sharp=True)
    slide_view.show_loading("slow.jpg", slide_key=2)
    with qtbot.waitSignals([slide_view.shown, slide_view.sharp_shown, slide_view.shown, slide_view.sharp_shown]):
        slide_view.show_picture(plain(RED, VIEWPORT), slide_key=1, sharp=True)
    clock.advance(LOADING_MS)
    assert colour_at(slide_view, 0.05, 0.5) == RED
    assert heard.of("shown") == [1, 1]


def test_a_failure_counts_as_shown_and_can_be_overcome(slide_view: SlideView, qtbot: QtBot) -> None:
    heard = Heard(slide_view)
    with qtbot.waitSignal(slide_view.shown):
        slide_view.show_placeholder(failed_placeholder(Failure("missing"), "a.jpg"), slide_key=7)
    assert slide_view.image is None
    with qtbot.waitSignal(slide_view.sharp_shown):
        slide_view.show_picture(plain(RED, VIEWPORT), slide_key=7, sharp=True)
    assert heard.all == [("shown", 7), ("sharp", 7)]
    assert colour_at(slide_view, 0.5, 0.5) == RED


def test_a_black_screen_is_black_and_nothing_counts_as_shown_behind_it(slide_view: SlideView, qtbot: QtBot) -> None:
    heard = Heard(slide_view)
    slide_view.blank(on=True)
    slide_view.show_picture(plain(RED, VIEWPORT), slide_key=1, sharp=True)
    assert colour_at(slide_view, 0.5, 0.5) == "#000000"
    assert slide_view.is_blank
    with qtbot.waitSignal(slide_view.sharp_shown):
        assert heard.of("shown") == []
        slide_view.blank(on=False)
    assert colour_at(slide_view, 0.5, 0.5) == RED


def test_the_frames_of_an_animation_follow_each_other(slide_view: SlideView) -> None:
    for colour in (RED, GREEN, BLUE):
        slide_view.show_picture(plain(colour, VIEWPORT)._replace(frames=3), slide_key=1, sharp=True)
        assert colour_at(slide_view, 0.5, 0.5) == colour


def test_a_new_version_of_the_file_replaces_the_old_one_even_if_it_is_smaller(slide_view: SlideView) -> None:
    slide_view.show_picture(plain(RED, VIEWPORT, Box(600, 400)), slide_key=1, sharp=True)
    newer = plain(BLUE, Box(150, 100), Box(600, 400))._replace(identity=Identity(2, 2, 2))
    slide_view.show_picture(newer, slide_key=1, sharp=True)
    assert colour_at(slide_view, 0.5, 0.5) == BLUE


# Looking closely

def test_actual_size_shows_the_pictures_pixels_one_to_one(slide_view: SlideView) -> None:
    picture = noise(Box(900, 600))
    slide_view.show_picture(picture, slide_key=1, sharp=True)
    slide_view.actual_size()
    assert painted(slide_view) == picture.image.copy(300, 200, 300, 200)
    assert slide_view.zoom == 1


def test_panning_ends_at_the_pictures_edge(slide_view: SlideView) -> None:
    picture = noise(Box(900, 600))
    slide_view.show_picture(picture, slide_key=1, sharp=True)
    slide_view.actual_size()
    for _ in range(20):
        slide_view.pan(0.25, 0.25)
    assert painted(slide_view) == picture.image.copy(600, 400, 300, 200)
    slide_view.pan(-0.5, 0)
    assert painted(slide_view) == picture.image.copy(450, 400, 300, 200)


def test_zooming_about_the_pointer_keeps_what_is_under_it(slide_view: SlideView) -> None:
    slide_view.show_picture(quartered(Box(600, 400)), slide_key=1, sharp=True)
    slide_view.zoom_by(8, QPointF(75, 100))
    left = slide_view.view
    assert left is not None
    assert abs(left.target.x + left.target.width / 4 - 75) <= 1
    assert abs(left.target.y + left.target.height / 2 - 100) <= 1


def test_greatly_enlarged_pixels_are_squares(slide_view: SlideView) -> None:
    picture = noise(Box(60, 40))
    slide_view.show_picture(picture, slide_key=1, sharp=True)
    slide_view.zoom_by(5)  # from twice its size
    canvas, view = painted(slide_view), slide_view.view
    assert view is not None
    for x, y in ((20, 15), (30, 20), (36, 22)):
        left, top = view.target.x + x * 10, view.target.y + y * 10
        seen = {canvas.pixel(left + dx, top + dy) for dx in range(10) for dy in range(10)}
        assert seen == {picture.image.pixel(x, y)}


def test_moderately_enlarged_pixels_are_smoothed(slide_view: SlideView) -> None:
    picture = noise(Box(200, 150))
    slide_view.show_picture(picture, slide_key=1, sharp=True)
    slide_view.zoom_by(2)
    canvas = painted(slide_view)
    colours = {canvas.pixel(x, 100) for x in range(300)}
    assert len(colours) > 200


@pytest.mark.parametrize(("turns", "corners"), [
    (1, (2, 0, 3, 1)), (2, (3, 2, 1, 0)), (3, (1, 3, 0, 2)), (-1, (1, 3, 0, 2)),
])
def test_the_view_can_be_turned(slide_view: SlideView, turns: int, corners: tuple[int, ...]) -> None:
    slide_view.show_picture(quartered(Box(120, 120)), slide_key=1, sharp=True)
    slide_view.rotate(turns)
    canvas = painted(slide_view)
    seen = [canvas.pixelColor(x, y).name() for x, y in ((91, 41), (208, 41), (91, 158), (208, 158))]
    assert seen == [QUARTERS[corner] for corner in corners]


def test_a_turned_picture_is_exact_when_enlarged_too(slide_view: SlideView) -> None:
    slide_view.show_picture(quartered(Box(600, 400)), slide_key=1, sharp=True)
    slide_view.rotate(1)
    slide_view.actual_size()
    assert colour_at(slide_view, 0.1, 0.1) == QUARTERS[2]
    assert colour_at(slide_view, 0.9, 0.9) == QUARTERS[1]


def test_the_next_slide_is_shown_whole_and_upright(slide_view: SlideView) -> None:
    heard = Heard(slide_view)
    slide_view.show_picture(plain(RED, Box(900, 600)), slide_key=1, sharp=True)
    slide_view.rotate(1)
    slide_view.actual_size()
    slide_view.show_picture(plain(RED, Box(900, 600)), slide_key=2, sharp=True)
    assert slide_view.is_fitted
    assert slide_view.view is not None
    assert slide_view.view.turns == 0
    assert heard.of("zoom") == [1.0, None]


def test_a_sharper_picture_of_the_same_slide_keeps_the_view(slide_view: SlideView) -> None:
    slide_view.show_picture(plain(RED, VIEWPORT, Box(3000, 2000)), slide_key=1, sharp=True)
    slide_view.zoom_by(10, QPointF(10, 10))
    before = slide_view.view
    slide_view.show_picture(noise(Box(3000, 2000)), slide_key=1, sharp=True)
    assert slide_view.view == before


def test_going_back_to_the_whole_picture_shows_the_fitted_pixels_again(slide_view: SlideView) -> None:
    fitted = noise(VIEWPORT, Box(900, 600), seed=1)
    slide_view.show_picture(fitted, slide_key=1, sharp=True)
    slide_view.actual_size()
    slide_view.show_picture(noise(Box(900, 600), seed=2), slide_key=1, sharp=True)
    slide_view.fit()
    assert painted(slide_view) == fitted.image


def test_zooming_in_and_out_in_steps_comes_back_to_the_whole_picture(slide_view: SlideView) -> None:
    heard = Heard(slide_view)
    slide_view.show_picture(plain(RED, VIEWPORT, Box(900, 600)), slide_key=1, sharp=True)
    slide_view.zoom_step(1)
    slide_view.zoom_step(1)
    slide_view.zoom_step(-1)
    slide_view.zoom_step(-1)
    assert heard.of("zoom") == [0.5, pytest.approx(2 / 3), 0.5, None]
    slide_view.toggle_zoom()
    slide_view.toggle_zoom()
    assert slide_view.is_fitted


def test_zooming_without_a_picture_does_nothing(slide_view: SlideView) -> None:
    slide_view.show_placeholder(failed_placeholder(Failure("missing"), "a.jpg"), slide_key=1)
    before = painted(slide_view)
    for look in (partial(slide_view.zoom_step, 1), partial(slide_view.zoom_step, -1), slide_view.actual_size,
                 slide_view.fit, slide_view.toggle_zoom):
        look()
    slide_view.rotate(1)
    slide_view.pan(1, 1)
    slide_view.zoom_by(2)
    assert painted(slide_view) == before


# What is asked for

def test_the_first_viewport_size_is_told_at_once(qtbot: QtBot, clock: ManualClock) -> None:
    slide_view = SlideView(clock)
    qtbot.addWidget(slide_view)
    slide_view.resize(*VIEWPORT)
    heard = Heard(slide_view)
    slide_view.show()
    assert heard.of("box") == [VIEWPORT]
    slide_view.hide()
    assert clock.pending == 0


def test_while_a_window_is_dragged_only_the_first_and_the_last_size_are_told(slide_view: SlideView,
                                                                             clock: ManualClock) -> None:
    heard = Heard(slide_view)
    for width in range(301, 400):
        slide_view.resize(width, 200)
        clock.advance(16)
    assert heard.of("box") == [Box(301, 200)]
    clock.advance(80)
    assert heard.of("box") == [Box(301, 200), Box(399, 200)]


def test_a_size_that_comes_back_while_resizing_is_not_told_twice(slide_view: SlideView, clock: ManualClock) -> None:
    heard = Heard(slide_view)
    slide_view.resize(310, 200)
    slide_view.resize(320, 200)
    slide_view.resize(310, 200)
    clock.advance(SETTLED)
    assert heard.of("box") == [Box(310, 200)]


def test_detail_is_asked_for_when_zooming_has_come_to_rest(slide_view: SlideView, clock: ManualClock) -> None:
    heard = Heard(slide_view)
    slide_view.show_picture(plain(RED, VIEWPORT, Box(3000, 2000)), slide_key=1, sharp=True)
    for _ in range(6):
        slide_view.zoom_step(1)
        clock.advance(40)
    assert heard.of("detail") == []
    clock.advance(80)
    assert heard.of("detail") == [Box(3000, 2000)]


def test_detail_for_actual_size_is_requested_at_once(slide_view: SlideView, clock: ManualClock) -> None:
    heard = Heard(slide_view)
    slide_view.show_picture(plain(RED, VIEWPORT, Box(3000, 2000)), slide_key=1, sharp=True)
    slide_view.actual_size()
    assert heard.of("detail") == [Box(3000, 2000)]
    clock.advance(SETTLED)
    assert heard.of("detail") == [Box(3000, 2000)]


def test_detail_that_is_not_there_yet_is_asked_for_again_in_another_viewport(slide_view: SlideView,
                                                                         clock: ManualClock) -> None:
    heard = Heard(slide_view)
    slide_view.show_picture(plain(RED, VIEWPORT, Box(3000, 2000)), slide_key=1, sharp=True)
    slide_view.actual_size()
    clock.advance(SETTLED)
    slide_view.resize(310, 200)
    clock.advance(SETTLED)
    assert heard.all[-3:] == [("detail", Box(3000, 2000)), ("box", Box(310, 200)), ("detail", Box(3000, 2000))]


def test_detail_that_is_there_is_not_asked_for_again(slide_view: SlideView, clock: ManualClock) -> None:
    heard = Heard(slide_view)
    slide_view.show_picture(plain(RED, Box(3000, 2000)), slide_key=1, sharp=True)
    slide_view.actual_size()
    clock.advance(SETTLED)
    slide_view.zoom_by(3)
    clock.advance(SETTLED)
    assert heard.of("detail") == []


def test_back_at_the_whole_picture_the_viewports_pixels_are_asked_for_again(slide_view: SlideView,
                                                                        clock: ManualClock) -> None:
    heard = Heard(slide_view)
    slide_view.show_picture(plain(RED, VIEWPORT, Box(3000, 2000)), slide_key=1, sharp=True)
    slide_view.actual_size()
    clock.advance(SETTLED)
    slide_view.fit()
    clock.advance(SETTLED)
    assert heard.of("detail") == [Box(3000, 2000), VIEWPORT]


def test_a_quarter_turn_asks_for_the_turned_viewports_pixels(slide_view: SlideView, clock: ManualClock) -> None:
    heard = Heard(slide_view)
    slide_view.show_picture(plain(RED, Box(133, 200), Box(2000, 3000)), slide_key=1, sharp=True)
    slide_view.rotate(1)
    clock.advance(SETTLED)
    assert heard.of("detail") == [Box(200, 300)]


# Under the hand

def turn_wheel(slide_view: SlideView, delta: QPoint,
               keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    place = QPointF(75, 50)
    QApplication.sendEvent(slide_view, QWheelEvent(place, place, QPoint(), delta, Qt.MouseButton.NoButton, keys,
                                              Qt.ScrollPhase.NoScrollPhase, False))


def test_ctrl_and_the_wheel_zoom_the_picture_about_the_pointer(slide_view: SlideView) -> None:
    slide_view.show_picture(plain(RED, Box(900, 600)), slide_key=1, sharp=True)
    for _ in range(3):
        turn_wheel(slide_view, QPoint(0, 120), Qt.KeyboardModifier.ControlModifier)
    view = slide_view.view
    assert view is not None
    assert view.scale == pytest.approx(2 / 3)
    assert (view.target.x, view.target.y) == (-75, -50)  # a quarter of the picture is still under the pointer


def test_the_wheel_pages_a_fitted_picture_and_pans_an_enlarged_one(slide_view: SlideView) -> None:
    pages: list[int] = []
    slide_view.gestures.page.connect(pages.append)
    slide_view.show_picture(plain(RED, Box(900, 600)), slide_key=1, sharp=True)
    turn_wheel(slide_view, QPoint(0, -120))
    slide_view.actual_size()
    turn_wheel(slide_view, QPoint(0, -120))
    assert pages == [1]
    assert slide_view.view is not None
    assert slide_view.view.target.y == -220


def double_click(slide_view: SlideView) -> None:
    for event in (QTest.mouseDClick, QTest.mouseRelease):  # the first leaves the button down, for later tests too
        event(slide_view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(30, 20))


def test_a_double_click_looks_closer_where_it_was_and_steps_back_again(slide_view: SlideView) -> None:
    slide_view.show_picture(plain(RED, Box(900, 600)), slide_key=1, sharp=True)
    double_click(slide_view)
    assert slide_view.zoom == 1
    assert slide_view.view is not None
    assert (slide_view.view.target.x, slide_view.view.target.y) == (-60, -40)
    double_click(slide_view)
    assert slide_view.is_fitted


def test_the_cursor_tells_whether_there_is_something_to_pan(slide_view: SlideView) -> None:
    cursors = []
    slide_view.show_picture(plain(RED, Box(900, 600)), slide_key=1, sharp=True)
    for look in (slide_view.actual_size, slide_view.fit):
        look()
        cursors.append(slide_view.cursor().shape())
    assert cursors == [Qt.CursorShape.OpenHandCursor, Qt.CursorShape.ArrowCursor]


# Around it

def test_a_layout_gives_it_all_the_space_and_lets_it_shrink_to_nothing(qtbot: QtBot, clock: ManualClock) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    slide_view = SlideView(clock)
    layout.addWidget(slide_view)
    window.resize(640, 480)
    window.show()
    assert slide_view.box == Box(640, 480)
    window.resize(60, 40)
    assert slide_view.box == Box(60, 40)
    window.close()


def test_assistive_technology_finds_a_graphic_with_title_and_alternative_text(slide_view: SlideView) -> None:
    slide_view.describe("Liftoff!", "A rocket rises from a launch pad.")
    slide_view.show_picture(plain(RED, VIEWPORT), slide_key=1, sharp=True)
    seen = QAccessible.queryAccessibleInterface(slide_view)
    assert seen.role() == QAccessible.Role.Graphic
    assert seen.text(QAccessible.Text.Name) == "Liftoff!"
    assert seen.text(QAccessible.Text.Description) == "A rocket rises from a launch pad."


def test_assistive_technology_reads_a_placeholder_in_place_of_the_picture(slide_view: SlideView) -> None:
    slide_view.describe("Liftoff!", "A rocket rises from a launch pad.")
    slide_view.show_placeholder(failed_placeholder(Failure("damaged"), "rocket.jpg"), slide_key=1)
    assert slide_view.accessibleName() == "This picture can’t be shown"
    assert slide_view.accessibleDescription() == "The picture is damaged or incomplete. Copy it here again.\nrocket.jpg"
    slide_view.show_picture(plain(RED, VIEWPORT), slide_key=1, sharp=True)
    assert slide_view.accessibleName() == "Liftoff!"


def test_the_slide_view_takes_the_focus_for_the_keyboard(slide_view: SlideView) -> None:
    assert slide_view.focusPolicy() == Qt.FocusPolicy.StrongFocus
