from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent

from tests.ui.painting import colour_at, mixed, near, plain, slide_view_on_screen
from viewer.imaging.protocol.failures import Failure
from viewer.imaging.protocol.messages import Box
from viewer.ui.style.theme import DARK
from viewer.ui.viewport.crossfade import Crossfade, eased
from viewer.ui.viewport.placeholder import failed_placeholder
from viewer.ui.viewport.slide_view import SlideView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tests.fakes import ManualClock

VIEWPORT = Box(300, 200)
RED, BLUE, GREEN, BACKGROUND = "#e02020", "#2040e0", "#20b030", "#101112"


@pytest.fixture
def owner() -> QObject:
    return QObject()


@pytest.fixture
def slide_view(qtbot: QtBot, clock: ManualClock) -> SlideView:
    """A visible slide view of 300 x 200 with a red picture on it."""
    slide_view = slide_view_on_screen(qtbot, clock, VIEWPORT)
    slide_view.show_picture(plain(RED, VIEWPORT), slide_key="red", sharp=True)
    clock.advance(1000)
    return slide_view


def test_halfway_both_pictures_are_seen_alike(slide_view: SlideView, clock: ManualClock) -> None:
    slide_view.show_picture(plain(BLUE, VIEWPORT), slide_key="blue", sharp=True, transition_ms=1000)
    clock.advance(483)  # the fade begins one frame before it is asked for
    assert near(colour_at(slide_view, 0.5, 0.5), mixed((RED, BLUE), 0.5), by=6)


def test_the_first_frame_shows_a_trace_of_the_new_picture(slide_view: SlideView) -> None:
    slide_view.show_picture(plain(BLUE, VIEWPORT), slide_key="blue", sharp=True, transition_ms=100)
    first = colour_at(slide_view, 0.5, 0.5)
    assert first != RED
    assert near(first, RED, by=25)


def test_a_fade_goes_from_one_to_the_other_without_a_step_back(slide_view: SlideView, clock: ManualClock) -> None:
    blues = []
    slide_view.show_picture(plain(BLUE, VIEWPORT), slide_key="blue", sharp=True, transition_ms=500)
    for _ in range(40):
        blues.append(QColor(colour_at(slide_view, 0.5, 0.5)).blue())
        clock.advance(17)
    assert blues == sorted(blues)
    assert len(set(blues)) > 20
    assert colour_at(slide_view, 0.5, 0.5) == BLUE


def test_a_fade_between_equal_pictures_never_darkens(slide_view: SlideView, clock: ManualClock) -> None:
    slide_view.show_picture(plain(RED, VIEWPORT), slide_key="red again", sharp=True, transition_ms=500)
    for _ in range(30):
        assert near(colour_at(slide_view, 0.5, 0.5), RED, by=2)
        clock.advance(17)


def test_what_the_new_picture_does_not_cover_fades_to_the_background(slide_view: SlideView, clock: ManualClock) -> None:
    slide_view.show_picture(plain(BLUE, Box(100, 200)), slide_key="blue", sharp=True, transition_ms=1000)
    clock.advance(483)
    assert near(colour_at(slide_view, 0.05, 0.5), mixed((RED, BACKGROUND), 0.5), by=6)
    clock.advance(1000)
    assert colour_at(slide_view, 0.05, 0.5) == BACKGROUND


def test_what_the_old_picture_did_not_cover_fades_in(slide_view: SlideView, clock: ManualClock) -> None:
    slide_view.show_picture(plain(BLUE, Box(100, 200)), slide_key="narrow", sharp=True)
    slide_view.show_picture(plain(GREEN, VIEWPORT), slide_key="wide", sharp=True, transition_ms=1000)
    clock.advance(483)
    assert near(colour_at(slide_view, 0.05, 0.5), mixed((BACKGROUND, GREEN), 0.5), by=6)


def test_a_fade_ends_and_leaves_nothing_waiting(slide_view: SlideView, clock: ManualClock) -> None:
    slide_view.show_picture(plain(BLUE, VIEWPORT), slide_key="blue", sharp=True, transition_ms=800)
    assert clock.pending == 1
    clock.advance(800)
    assert clock.pending == 0
    assert colour_at(slide_view, 0.5, 0.5) == BLUE


def test_paging_by_hand_cuts_a_fade_to_the_newest_picture(slide_view: SlideView, clock: ManualClock) -> None:
    slide_view.show_picture(plain(BLUE, VIEWPORT), slide_key="blue", sharp=True, transition_ms=800)
    clock.advance(300)
    slide_view.show_picture(plain(GREEN, VIEWPORT), slide_key="green", sharp=True)
    assert colour_at(slide_view, 0.5, 0.5) == GREEN
    assert clock.pending == 0


def test_a_fade_that_begins_during_another_begins_with_what_is_seen(slide_view: SlideView, clock: ManualClock) -> None:
    slide_view.show_picture(plain(BLUE, VIEWPORT), slide_key="blue", sharp=True, transition_ms=1000)
    clock.advance(483)
    seen = colour_at(slide_view, 0.5, 0.5)
    slide_view.show_picture(plain(GREEN, VIEWPORT), slide_key="green", sharp=True, transition_ms=1000)
    assert near(colour_at(slide_view, 0.5, 0.5), seen, by=4)
    clock.advance(1000)
    assert colour_at(slide_view, 0.5, 0.5) == GREEN


def test_a_slide_counts_as_shown_with_the_first_frame_of_its_fade(slide_view: SlideView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(slide_view.shown, check_params_cb=lambda key: key == "blue"):
        slide_view.show_picture(plain(BLUE, VIEWPORT), slide_key="blue", sharp=True, transition_ms=800)


def test_a_sharper_picture_takes_its_place_in_the_midst_of_the_fade(slide_view: SlideView, clock: ManualClock) -> None:
    slide_view.show_picture(plain(BLUE, Box(30, 20), VIEWPORT), slide_key="next", sharp=False, transition_ms=1000)
    clock.advance(483)
    slide_view.show_picture(plain(GREEN, VIEWPORT), slide_key="next", sharp=True)
    assert near(colour_at(slide_view, 0.5, 0.5), mixed((RED, GREEN), 0.5), by=6)


@pytest.mark.parametrize("cut", ["reduced motion", "black", "resize", "zoom", "hide", "background"])
def test_a_fade_ends_at_once_when(slide_view: SlideView, clock: ManualClock, cut: str) -> None:
    slide_view.show_picture(plain(BLUE, VIEWPORT, Box(600, 400)), slide_key="blue", sharp=True, transition_ms=800)
    match cut:
        case "reduced motion":
            slide_view.set_reduced_motion(reduced=True)
        case "black":
            slide_view.blank(on=True)
            slide_view.blank(on=False)
        case "resize":
            slide_view.resize(150, 100)
        case "zoom":
            slide_view.zoom_step(1)
        case "hide":
            slide_view.hide()
        case _:
            slide_view.set_colours(DARK._replace(background=BACKGROUND))
    assert colour_at(slide_view, 0.5, 0.5) == BLUE
    clock.advance(80)  # new pixels may be asked for, once
    assert clock.pending == 0


def test_with_reduced_motion_there_are_only_cuts(slide_view: SlideView, clock: ManualClock) -> None:
    slide_view.set_reduced_motion(reduced=True)
    slide_view.show_picture(plain(BLUE, VIEWPORT), slide_key="blue", sharp=True, transition_ms=800)
    assert colour_at(slide_view, 0.5, 0.5) == BLUE
    assert clock.pending == 0


def test_a_failure_fades_in_too(slide_view: SlideView, clock: ManualClock) -> None:
    slide_view.show_placeholder(failed_placeholder(Failure("missing"), "a.jpg"), slide_key="gone", transition_ms=1000)
    clock.advance(483)
    assert near(colour_at(slide_view, 0.02, 0.02), mixed((RED, BACKGROUND), 0.5), by=6)


def test_the_first_picture_of_all_does_not_fade_in(qtbot: QtBot, clock: ManualClock) -> None:
    slide_view = SlideView(clock)
    qtbot.addWidget(slide_view)
    slide_view.show()
    slide_view.show_picture(plain(BLUE, VIEWPORT), slide_key="blue", sharp=True, transition_ms=800)
    assert colour_at(slide_view, 0.5, 0.5) == BLUE
    slide_view.hide()


def test_opacity_starts_and_ends_gently_and_stays_in_range() -> None:
    assert [eased(share) for share in (-1.0, 0.0, 0.5, 1.0, 2.0)] == [0, 0, 0.5, 1, 1]
    assert eased(0.1) < 0.1
    assert eased(0.9) > 0.9


class PaintedAreas(QObject):
    """Notes which part of a widget each frame paints anew."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.areas: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(event.region().boundingRect())
        return super().eventFilter(watched, event)


def test_only_what_a_fade_changes_is_painted_anew_until_its_end(slide_view: SlideView, clock: ManualClock) -> None:
    slide_view.show_picture(plain(RED, Box(45, 45)), slide_key="small", sharp=True)
    painted = PaintedAreas(slide_view)
    slide_view.show_picture(plain(BLUE, Box(45, 22)), slide_key="smaller", sharp=True, transition_ms=200)
    clock.advance(200)
    assert painted.areas[0] == painted.areas[-1] == QRect(0, 0, 300, 200)
    assert set(map(QRect.getRect, painted.areas[1:-1])) == {(104, 54, 92, 92)}


# The fade by itself

def frame(colour: str) -> QImage:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def test_steps_keep_sixty_to_the_second_however_late_one_of_them_is(clock: ManualClock, owner: QObject) -> None:
    steps: list[int] = []
    start = clock.now()

    def step() -> None:
        steps.append(clock.now() - start)
        if len(steps) == 10:
            clock.advance(40)  # something else took its time

    fade = Crossfade(clock, step, owner)
    fade.start(frame(RED), frame(BLUE), QRect(0, 0, 40, 20), 1000)
    clock.advance(1100)
    assert 55 <= len(steps) <= 60
    off_the_grid = [at for at in steps if 1.2 < at % (1000 / 60) < 1000 / 60 - 1.2]
    assert off_the_grid == []
    assert not fade.is_running


def test_a_step_paints_all_of_the_viewport_that_is_asked_for(clock: ManualClock, owner: QObject) -> None:
    fade = Crossfade(clock, lambda: None, owner)
    fade.start(frame(RED), frame(BLUE), QRect(10, 0, 10, 20), 1000)
    canvas = frame(GREEN)
    painter = QPainter(canvas)
    fade.paint(painter)
    painter.end()
    assert all(near(canvas.pixelColor(x, 5).name(), RED, by=4) for x in (0, 15, 39))
    fade.cut()


def test_a_fade_that_is_over_paints_nothing(clock: ManualClock, owner: QObject) -> None:
    fade = Crossfade(clock, lambda: None, owner)
    fade.replace_new(frame(RED))
    canvas = frame(GREEN)
    painter = QPainter(canvas)
    fade.paint(painter)
    painter.end()
    assert canvas == frame(GREEN)
