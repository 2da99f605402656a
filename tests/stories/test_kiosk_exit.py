"""The way out of an unattended show: its PIN, by fingers, by a mouse and by a keyboard of any layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.stories.test_kiosk_visitors import COUNTDOWN_MS, IDLE_MS, TAB, countdown_of, middle
from viewer.kiosk.config import KioskConfig, VisitorsConfig
from viewer.kiosk.pin import MOST_WRONG, WAIT_MS, hash_of
from viewer.ui.kiosk.corner_hold import HOLD_MS
from viewer.ui.kiosk.keypad import OPEN_MS, Keypad
from viewer.ui.kiosk.touch_button import LEAST_SIDE, TouchButton

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QPointingDevice

    from tests.fakes import ManualClock
    from tests.stories.kiosk_show import KioskShow

PIN = "2468"
CONFIG = KioskConfig(pin=hash_of(PIN))
CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def show(unattended: Callable[..., KioskShow], manifest: Callable[..., Path]) -> KioskShow:
    begun = unattended(manifest([1, 2, 3]), CONFIG)
    begun.waits_to_see(1)
    return begun


@pytest.fixture(scope="module")
def finger(qapp: object) -> QPointingDevice:  # noqa: ARG001 - there has to be one
    return QTest.createTouchDevice()


def ask(show: KioskShow) -> Keypad:
    show.press(Qt.Key.Key_Q, modifiers=CTRL_ALT)
    return keypad_of(show)


def keypad_of(show: KioskShow) -> Keypad:
    (keypad,) = show.window.findChildren(Keypad)
    assert keypad.isVisible()
    return keypad


def digits(pin: str) -> list[Qt.Key]:
    return [Qt.Key(ord(digit)) for digit in pin]


def button(keypad: Keypad, name: str) -> TouchButton:
    return next(one for one in keypad.findChildren(TouchButton) if one.accessibleName() == name)


def test_the_right_pin_ends_the_show(show: KioskShow) -> None:
    ask(show)

    show.press(*digits(PIN), Qt.Key.Key_Return)

    assert not show.window.isVisible()


def test_the_pin_is_typed_with_a_mouse_as_well(show: KioskShow) -> None:
    keypad = ask(show)

    for digit in PIN:
        show.click_on(button(keypad, digit))
    show.click_on(button(keypad, "OK"))

    assert not show.window.isVisible()


def test_holding_a_corner_for_three_seconds_opens_the_keypad_and_fingers_type_on_it(
    show: KioskShow, clock: ManualClock, finger: QPointingDevice,
) -> None:
    def tap(place: QPoint) -> None:
        QTest.touchEvent(show.native, finger).press(0, place, show.native).commit()
        QTest.touchEvent(show.native, finger).release(0, place, show.native).commit()
        show.turn()

    QTest.touchEvent(show.native, finger).press(0, QPoint(5, 5), show.native).commit()
    clock.advance(HOLD_MS - 1)
    assert not show.window.findChildren(Keypad)
    clock.advance(1)
    keypad = keypad_of(show)
    QTest.touchEvent(show.native, finger).release(0, QPoint(5, 5), show.native).commit()
    show.turn()
    assert keypad.isVisible()

    for name in (*PIN, "OK"):
        one = button(keypad, name)
        tap(one.mapTo(show.window, one.rect().center()))

    assert not show.window.isVisible()


@pytest.mark.parametrize("how", ["let go", "moved", "elsewhere"])
def test_nothing_opens_by_a_touch_that_does_not_mean_it(show: KioskShow, clock: ManualClock, how: str) -> None:
    place = middle(show) if how == "elsewhere" else QPoint(5, 5)
    QTest.mousePress(show.native, Qt.MouseButton.LeftButton, pos=place)
    clock.advance(HOLD_MS - 1)
    if how == "moved":
        QTest.mouseMove(show.native, QPoint(90, 5))
    elif how == "let go":
        QTest.mouseRelease(show.native, Qt.MouseButton.LeftButton, pos=place)
    clock.advance(HOLD_MS)
    QTest.mouseRelease(show.native, Qt.MouseButton.LeftButton, pos=place)

    assert not show.window.findChildren(Keypad)


def test_without_a_pin_there_is_no_keypad(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = unattended(manifest([1]))
    show.waits_to_see(1)

    show.press(Qt.Key.Key_Q, modifiers=CTRL_ALT)
    QTest.mousePress(show.native, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    clock.advance(HOLD_MS)
    QTest.mouseRelease(show.native, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))

    assert not show.window.findChildren(Keypad)
    assert show.window.isVisible()


def test_what_is_typed_is_seen_as_dots_and_said_to_nobody(show: KioskShow) -> None:
    def light(keypad: Keypad) -> int:
        image = keypad.grab(keypad.card).toImage()
        lines = range(round(image.height() * 0.1), round(image.height() * 0.28))
        return sum(image.pixelColor(x, y).value() > 200 for x in range(image.width()) for y in lines)

    keypad = ask(show)
    empty = light(keypad)
    show.press(*digits("24"))
    two = light(keypad)
    show.press(*digits("6"))

    assert empty < two < light(keypad)
    assert "24" not in keypad.accessibleName() + keypad.accessibleDescription() + keypad.message
    show.press(Qt.Key.Key_Backspace)
    assert light(keypad) == two


def test_five_wrong_pins_wait_a_minute_that_is_counted_down(show: KioskShow, clock: ManualClock) -> None:
    keypad = ask(show)
    for _ in range(MOST_WRONG - 1):
        show.press(*digits("1111"), Qt.Key.Key_Return)
        assert keypad.message == "That is not the PIN."
    show.press(*digits("1111"), Qt.Key.Key_Return)
    assert keypad.message == "Too many tries. Wait 1:00."

    show.press(*digits(PIN), Qt.Key.Key_Return)
    clock.advance(13_000)
    assert show.window.isVisible()
    assert keypad.message == "Too many tries. Wait 0:47."
    assert keypad.accessibleDescription() == keypad.message
    clock.advance(WAIT_MS - 13_000)
    assert keypad.message == ""
    show.press(*digits(PIN), Qt.Key.Key_Return)

    assert not show.window.isVisible()


def test_closing_the_keypad_does_not_end_the_wait(show: KioskShow) -> None:
    ask(show)
    for _ in range(MOST_WRONG):
        show.press(*digits("1111"), Qt.Key.Key_Return)
    show.press(Qt.Key.Key_Escape)

    keypad = ask(show)

    assert keypad.message == "Too many tries. Wait 1:00."


@pytest.mark.parametrize("how", ["by itself", "Escape", "Cancel", "outside"])
def test_the_keypad_goes_and_forgets_what_was_typed(show: KioskShow, clock: ManualClock, how: str) -> None:
    keypad = ask(show)
    show.press(*digits(PIN))
    match how:
        case "by itself":
            clock.advance(OPEN_MS - 1)
            assert keypad.isVisible()
            clock.advance(1)
        case "Escape":
            show.press(Qt.Key.Key_Escape)
        case "Cancel":
            show.click_on(button(keypad, "Cancel"))
        case "outside":
            show.click(QPoint(3, show.window.height() - 3))
    assert not keypad.isVisible()

    ask(show)
    show.press(Qt.Key.Key_Return)

    assert show.window.isVisible()


def test_every_key_is_for_the_keypad_while_it_is_open(show: KioskShow) -> None:
    ask(show)
    show.press(Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_L, Qt.Key.Key_Plus)

    assert show.program.session.index == 0
    assert show.program.slide_view.is_fitted


def test_the_keypad_is_used_by_tab_and_space_and_named_for_a_screen_reader(show: KioskShow) -> None:
    keypad = ask(show)
    assert keypad.accessibleName() == "Enter the PIN"
    names = []
    for _ in range(13):
        show.press(TAB)
        focused = QApplication.focusWidget()
        assert isinstance(focused, TouchButton)
        names.append(focused.accessibleName())
    assert names == [*"1234567890", "Delete the last digit", "Cancel", "OK"]

    for name in (*PIN, "OK"):
        button(keypad, name).setFocus(Qt.FocusReason.TabFocusReason)
        show.press(Qt.Key.Key_Space)

    assert not show.window.isVisible()


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (3840, 2160), (800, 480), (480, 800)])
def test_every_key_is_large_enough_and_seen_on_any_screen(show: KioskShow, size: tuple[int, int]) -> None:
    keypad = ask(show)
    keypad.resize(*size)
    keypad.arrange()

    buttons = keypad.findChildren(TouchButton)
    for one in buttons:
        assert min(one.width(), one.height()) >= LEAST_SIDE
        assert keypad.rect().contains(one.geometry())
        assert not any(one.geometry().intersects(other.geometry()) for other in buttons if other is not one)
        assert one.fontMetrics().horizontalAdvance(one.text()) <= one.width()


def test_the_countdown_waits_for_the_keypad(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = unattended(manifest([1, 2]), KioskConfig(pin=CONFIG.pin, visitors=VisitorsConfig(idle=5)))
    show.waits_to_see(1)
    keypad = ask(show)
    show.press(*digits("1"))
    clock.advance(OPEN_MS - 1)
    assert keypad.isVisible()
    assert countdown_of(show) is None

    clock.advance(1)
    clock.advance(5000)

    assert countdown_of(show)
    assert not keypad.isVisible()


def test_a_keypad_over_the_countdown_takes_its_place(show: KioskShow, clock: ManualClock) -> None:
    show.press(Qt.Key.Key_Right)
    clock.advance(IDLE_MS + COUNTDOWN_MS // 2)
    assert countdown_of(show)

    ask(show)

    assert not countdown_of(show)
