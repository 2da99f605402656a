from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.fakes import ManualClock
from viewer.ui.viewport.pointer_gestures import PageSteps, PointerGestures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytestqt.qtbot import QtBot

Button: TypeAlias = Qt.MouseButton
Phase: TypeAlias = Qt.ScrollPhase
CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Hand:
    """Somebody's hand on a widget, and what was understood of it."""

    def __init__(self, widget: QWidget, clock: ManualClock) -> None:
        self.widget = widget
        self.clock = clock
        self.fitted = True
        self._screen = QTest.createTouchDevice()
        self.gestures = PointerGestures(widget, clock, lambda: self.fitted)
        self.pages: list[int] = []
        self.zooms: list[tuple[float, QPointF]] = []
        self.pans: list[tuple[float, float]] = []
        self.toggles: list[QPointF] = []
        self.taps: list[QPointF] = []
        self.gestures.page.connect(self.pages.append)
        self.gestures.zoom_at.connect(lambda factor, place: self.zooms.append((factor, QPointF(place))))
        self.gestures.panned.connect(lambda by: self.pans.append((by.x(), by.y())))
        self.gestures.toggled.connect(lambda place: self.toggles.append(QPointF(place)))
        self.gestures.tapped.connect(lambda place: self.taps.append(QPointF(place)))

    def wheel(self, y: int = 0, x: int = 0, *, pixels: tuple[int, int] = (0, 0),
              keys: Qt.KeyboardModifier = PLAIN, phase: Qt.ScrollPhase = Phase.NoScrollPhase) -> None:
        """Turn the wheel over (40, 30)."""
        event = QWheelEvent(QPointF(40, 30), QPointF(40, 30), QPoint(*pixels), QPoint(x, y), Button.NoButton, keys,
                            phase, False)
        QApplication.sendEvent(self.widget, event)
        assert event.isAccepted()

    def mouse(self, kind: QEvent.Type, x: float, y: float, button: Button = Button.NoButton,
              held: Button = Button.NoButton) -> None:
        """One event of the mouse."""
        event = QMouseEvent(kind, QPointF(x, y), QPointF(x, y), button, held, PLAIN)
        QApplication.sendEvent(self.widget, event)

    def move(self, x: float, y: float, held: Button = Button.NoButton) -> None:
        self.mouse(QEvent.Type.MouseMove, x, y, held=held)

    def touch(self, *steps: Mapping[int, tuple[int, int] | None]) -> None:
        """Fingers by number, step by step: where each is, None when it leaves."""
        last: dict[int, QPoint] = {}
        for step in steps:
            sequence = QTest.touchEvent(self.widget, self._screen)
            for finger, place in step.items():
                if place is None:
                    sequence.release(finger, last.pop(finger), self.widget)
                elif finger in last:
                    last[finger] = QPoint(*place)
                    sequence.move(finger, last[finger], self.widget)
                else:
                    last[finger] = QPoint(*place)
                    sequence.press(finger, last[finger], self.widget)
            sequence.commit()
            self.clock.advance(16)

    def cursor(self) -> Qt.CursorShape:
        return self.widget.cursor().shape()


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    """A hand on a widget of 400 x 300."""
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    with qtbot.waitExposed(widget):
        widget.show()
    return Hand(widget, ManualClock())


# The wheel

def test_a_notch_down_is_the_next_page_and_a_notch_up_the_one_before(hand: Hand) -> None:
    hand.wheel(-120)
    hand.wheel(120)
    assert hand.pages == [1, -1]


def test_two_notches_at_once_are_two_pages(hand: Hand) -> None:
    hand.wheel(-240)
    assert hand.pages == [2]


def test_a_finely_reported_notch_is_one_page(hand: Hand) -> None:
    for _ in range(8):
        hand.wheel(-15)
        hand.clock.advance(8)
    assert hand.pages == [1]


def test_half_a_notch_is_forgotten_after_a_pause_or_a_turn(hand: Hand) -> None:
    hand.wheel(-60)
    hand.clock.advance(400)
    hand.wheel(-60)
    hand.wheel(60)
    hand.wheel(-60)
    assert hand.pages == []


def test_the_wheel_to_the_right_is_the_next_page_and_to_the_left_where_writing_goes_left(hand: Hand) -> None:
    hand.wheel(x=-120)
    hand.widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    hand.wheel(x=-120)
    hand.wheel(-120)
    assert hand.pages == [1, -1, 1]


def test_one_stroke_on_a_trackpad_is_one_page_momentum_included(hand: Hand) -> None:
    hand.wheel(phase=Phase.ScrollBegin)
    for _ in range(30):
        hand.wheel(-12, pixels=(0, -12), phase=Phase.ScrollUpdate)
        hand.clock.advance(8)
    for _ in range(60):
        hand.wheel(-30, pixels=(0, -30), phase=Phase.ScrollMomentum)
        hand.clock.advance(8)
    hand.wheel(phase=Phase.ScrollEnd)
    assert hand.pages == [1]


def test_each_stroke_on_a_trackpad_is_a_page_of_its_own(hand: Hand) -> None:
    for _ in range(3):
        hand.wheel(phase=Phase.ScrollBegin)
        for _ in range(12):
            hand.wheel(-12, phase=Phase.ScrollUpdate)
        hand.wheel(phase=Phase.ScrollEnd)
    assert hand.pages == [1, 1, 1]


def test_a_very_long_stroke_goes_on_paging_slowly() -> None:
    pages = PageSteps()
    assert sum(pages.add(10, now=8 * step, smooth=True) for step in range(12)) == 1
    assert sum(pages.add(10, now=100 + 8 * step, smooth=True) for step in range(48)) == 1
    assert sum(pages.add(10, now=500 + 8 * step, smooth=True) for step in range(96)) == 2


def test_ctrl_and_the_wheel_zoom_about_the_pointer(hand: Hand) -> None:
    for _ in range(3):
        hand.wheel(120, keys=CTRL)
    factor = 1.0
    for each, place in hand.zooms:
        factor *= each
        assert place == QPointF(40, 30)
    assert factor == pytest.approx(2)
    hand.wheel(-120, keys=CTRL)
    assert hand.zooms[-1][0] < 1
    assert hand.pages == []


def test_the_wheel_can_zoom_and_page_with_ctrl_instead(hand: Hand) -> None:
    hand.gestures.set_wheel_zooms(True)
    hand.wheel(120)
    hand.wheel(-120, keys=CTRL)
    assert len(hand.zooms) == 1
    assert hand.pages == [1]
    hand.gestures.set_wheel_zooms(False)
    hand.wheel(-120)
    assert hand.pages == [1, 1]


def test_the_wheel_pans_an_enlarged_picture_and_never_pages(hand: Hand) -> None:
    hand.fitted = False
    hand.wheel(-120)
    hand.wheel(x=120)
    hand.wheel(-5, pixels=(3, -7))
    assert hand.pans == [(0, -30), (40, 0), (3, -7)]
    assert hand.pages == []


def test_momentum_does_not_zoom(hand: Hand) -> None:
    hand.wheel(120, keys=CTRL, phase=Phase.ScrollMomentum)
    assert hand.zooms == []


# The mouse

def test_a_drag_pans_an_enlarged_picture_by_exactly_the_way_of_the_hand(hand: Hand) -> None:
    hand.fitted = False
    hand.mouse(QEvent.Type.MouseButtonPress, 100, 100, Button.LeftButton, Button.LeftButton)
    hand.move(101, 100, Button.LeftButton)
    assert hand.pans == []  # a hand that shakes is no drag
    hand.move(130, 90, Button.LeftButton)
    hand.move(131, 95, Button.LeftButton)
    assert hand.cursor() == Qt.CursorShape.ClosedHandCursor
    hand.mouse(QEvent.Type.MouseButtonRelease, 131, 95, Button.LeftButton)
    hand.move(200, 200)
    assert hand.pans == [(30, -10), (1, 5)]
    assert hand.cursor() == Qt.CursorShape.OpenHandCursor


def test_a_drag_over_a_fitted_picture_does_nothing(hand: Hand) -> None:
    hand.mouse(QEvent.Type.MouseButtonPress, 100, 100, Button.LeftButton, Button.LeftButton)
    hand.move(200, 100, Button.LeftButton)
    assert hand.pans == []
    assert hand.pages == []


def test_a_double_click_toggles_where_it_was(hand: Hand) -> None:
    hand.mouse(QEvent.Type.MouseButtonDblClick, 70, 80, Button.LeftButton, Button.LeftButton)
    assert hand.toggles == [QPointF(70, 80)]


def test_the_side_buttons_page_however_quickly_they_are_pressed(hand: Hand) -> None:
    hand.mouse(QEvent.Type.MouseButtonPress, 1, 1, Button.ForwardButton, Button.ForwardButton)
    hand.mouse(QEvent.Type.MouseButtonDblClick, 1, 1, Button.ForwardButton, Button.ForwardButton)
    hand.mouse(QEvent.Type.MouseButtonPress, 1, 1, Button.BackButton, Button.BackButton)
    assert hand.pages == [1, 1, -1]
    assert hand.toggles == []


def test_the_right_button_is_left_to_others(hand: Hand) -> None:
    event = QMouseEvent(QEvent.Type.MouseButtonPress, QPointF(1, 1), QPointF(1, 1), Button.RightButton,
                        Button.RightButton, PLAIN)
    assert not hand.gestures.eventFilter(hand.widget, event)


# The pointer

def test_an_enlarged_picture_is_under_an_open_hand(hand: Hand) -> None:
    hand.fitted = False
    hand.gestures.update_cursor()
    assert hand.cursor() == Qt.CursorShape.OpenHandCursor
    hand.fitted = True
    hand.gestures.update_cursor()
    assert hand.cursor() == Qt.CursorShape.ArrowCursor


# Fingers

def test_a_swipe_to_the_left_is_the_next_page_and_to_the_right_the_one_before(hand: Hand) -> None:
    hand.touch({0: (300, 100)}, {0: (250, 102)}, {0: (200, 105)}, {0: None})
    hand.touch({0: (100, 100)}, {0: (150, 102)}, {0: (200, 105)}, {0: None})
    assert hand.pages == [1, -1]
    assert hand.taps == []


def test_a_swipe_is_mirrored_where_writing_goes_left(hand: Hand) -> None:
    hand.widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    hand.touch({0: (300, 100)}, {0: (200, 105)}, {0: None})
    assert hand.pages == [-1]


def test_a_stroke_up_or_a_short_one_is_no_page(hand: Hand) -> None:
    hand.touch({0: (100, 250)}, {0: (120, 150)}, {0: (160, 50)}, {0: None})
    hand.touch({0: (100, 100)}, {0: (130, 100)}, {0: None})
    assert hand.pages == []
    assert hand.taps == []


def test_a_finger_pans_an_enlarged_picture_and_does_not_page(hand: Hand) -> None:
    hand.fitted = False
    hand.touch({0: (300, 100)}, {0: (250, 110)}, {0: (200, 105)}, {0: None})
    assert hand.pans == [(-50, 10), (-50, -5)]
    assert hand.pages == []


def test_a_pinch_zooms_about_the_middle_between_the_fingers(hand: Hand) -> None:
    hand.touch({0: (150, 100), 1: (250, 100)}, {0: (100, 100), 1: (300, 100)}, {0: None, 1: None})
    assert [factor for factor, _ in hand.zooms] == [pytest.approx(2)]
    assert hand.zooms[0][1] == QPointF(200, 100)
    assert hand.pages == []
    assert hand.taps == []


def test_two_fingers_move_an_enlarged_picture(hand: Hand) -> None:
    hand.fitted = False
    hand.touch({0: (150, 100), 1: (250, 100)}, {0: (170, 130), 1: (270, 130)}, {0: None, 1: None})
    assert hand.zooms == []
    assert hand.pans == [(20, 30)]


def test_a_finger_that_stays_after_a_pinch_does_not_page(hand: Hand) -> None:
    hand.touch({0: (150, 100), 1: (250, 100)}, {0: (100, 100), 1: (300, 100)}, {0: (100, 100), 1: None},
               {0: (20, 100)}, {0: None})
    assert hand.pages == []


def test_a_tap_is_a_tap_and_two_toggle(hand: Hand) -> None:
    hand.touch({0: (100, 100)}, {0: None})
    assert hand.taps == [QPointF(100, 100)]
    assert hand.toggles == []
    hand.touch({0: (105, 98)}, {0: None})
    assert hand.taps == [QPointF(100, 100)]
    assert hand.toggles == [QPointF(105, 98)]


def test_two_taps_far_apart_in_time_or_place_are_two_taps(hand: Hand) -> None:
    hand.touch({0: (100, 100)}, {0: None})
    hand.clock.advance(QGuiApplication.styleHints().mouseDoubleClickInterval() + 1)
    hand.touch({0: (100, 100)}, {0: None})
    hand.touch({0: (300, 200)}, {0: None})
    assert len(hand.taps) == 3
    assert hand.toggles == []


def test_a_finger_that_rests_is_no_tap(hand: Hand) -> None:
    hand.touch({0: (100, 100)}, *[{0: (100, 101)}] * 40, {0: None})
    assert hand.taps == []
