"""Nothing that a visitor can press, turn, drag or drop leaves an unattended show, opens anything, or writes a file."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QGuiApplication, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.dropping import drop_on
from tests.thorough import THOROUGH
from viewer.actions import ACTIONS
from viewer.kiosk.config import KioskConfig
from viewer.kiosk.pin import hash_of
from viewer.ui.kiosk.keypad import OPEN_MS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.kiosk_show import KioskShow

MODIFIER = Qt.KeyboardModifier
HELD = [MODIFIER.NoModifier, MODIFIER.ShiftModifier, MODIFIER.ControlModifier, MODIFIER.AltModifier,
        MODIFIER.MetaModifier, MODIFIER.ControlModifier | MODIFIER.ShiftModifier,
        MODIFIER.ControlModifier | MODIFIER.AltModifier, MODIFIER.AltModifier | MODIFIER.ShiftModifier]
KEYS = [key for key in Qt.Key if key not in (Qt.Key.Key_unknown, Qt.Key.Key_Any)
        and not 0x80 <= key.value < Qt.Key.Key_Escape.value]
"""All but letters with accents, of which QTest knows nothing; keyboards that have them are pressed on an X server."""
BUTTONS = [button for button in Qt.MouseButton
           if button not in (Qt.MouseButton.NoButton, Qt.MouseButton.AllButtons, Qt.MouseButton.MouseButtonMask)]


class Lock:
    """A locked show, with a look at everything that must not happen."""

    def __init__(self, show: KioskShow, clock: ManualClock, folder: Path, home: Path) -> None:
        self.show, self._clock, self._folders = show, clock, (folder, home)
        self._gallery = show.program.session.gallery
        self._files = self._look()
        self._clipboard = QGuiApplication.clipboard().text()

    def holds(self, after: str) -> None:
        """Everything is as it has to be, once windows had time to be put right."""
        self._clock.advance(0)
        self.show.turn()
        window = self.show.window
        assert window.isVisible(), after
        assert window.isFullScreen(), after
        assert not window.isMinimized(), after
        assert window.geometry() == window.screen().geometry(), after
        assert window.menuBar().isHidden(), after
        others = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not window]
        assert not others, f"{after}: {others}"
        assert QApplication.activePopupWidget() is None, after
        assert self.show.program.session.gallery is self._gallery, after
        assert self.show.program.central.panel.isVisible(), after
        assert self.show.state in ("playing", "paused"), after
        assert self.show.program.settings.text("caption/fullscreen") == "beside", after

    def has_written_nothing(self) -> None:
        """No file has come, gone or changed, but state and caches."""
        assert self._look() == self._files
        assert QGuiApplication.clipboard().text() == self._clipboard

    def _look(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for folder in self._folders for path in folder.rglob("*")
                if path.is_file() and not {"state", ".cache"} & set(path.parts)}


@pytest.fixture
def lock(
    unattended: Callable[..., KioskShow], manifest: Callable[..., Path], clock: ManualClock, tmp_path: Path, home: Path,
) -> Lock:
    show = unattended(manifest([1, 2, 3]), KioskConfig(pin=hash_of("2468")))
    show.waits_to_see(1)
    return Lock(show, clock, tmp_path, home)


@pytest.mark.timeout(600)
@pytest.mark.qt_log_ignore("keyToAscii Unhandled key code", extend=True)  # QTest says so of itself
@pytest.mark.parametrize("held", HELD if THOROUGH else HELD[:3] + HELD[6:7], ids=lambda held: str(held.value))
def test_no_key_with_any_modifiers_leaves_the_show(lock: Lock, clock: ManualClock, held: Qt.KeyboardModifier) -> None:
    for key in KEYS:
        lock.show.press(key, modifiers=held)
        lock.holds(f"{key.name} with {held}")
        if key in (Qt.Key.Key_Q, Qt.Key.Key_A):
            clock.advance(OPEN_MS)  # the keypad, where it was opened, is gone

    lock.has_written_nothing()


def test_no_action_of_the_table_leaves_the_show_by_its_key_or_otherwise(lock: Lock) -> None:
    for row in ACTIONS:
        for key in row.keys:
            chord = QKeySequence(key)[0]  # type: ignore[index]  # in Qt, missing in the stubs
            lock.show.press(chord.key(), modifiers=chord.keyboardModifiers())
            lock.holds(key)
        lock.show.program.action_set[row.id].trigger()
        lock.holds(row.id)
        lock.show.press(Qt.Key.Key_Escape)

    lock.has_written_nothing()


def test_no_button_of_any_mouse_leaves_the_show_wherever_it_is_pressed(lock: Lock) -> None:
    window, places = lock.show.window, []
    for across in (0.001, 0.3, 0.6, 0.97):
        places += [QPoint(round(window.width() * across), round(window.height() * down)) for down in (0.001, 0.5, 0.98)]
    for button in BUTTONS:
        for place in places:
            QTest.mouseClick(lock.show.native, button, pos=place)
            QTest.mouseDClick(lock.show.native, button, pos=place)
            QTest.mouseRelease(lock.show.native, button, pos=place)
            QTest.mousePress(lock.show.native, button, pos=place)
            QTest.mouseMove(lock.show.native, window.rect().center())
            QTest.mouseRelease(lock.show.native, button, pos=window.rect().center())
            lock.holds(f"{button} at {place}")

    lock.has_written_nothing()


def test_no_wheel_leaves_the_show(lock: Lock) -> None:
    for held in HELD:
        for turn in (QPoint(0, 120), QPoint(0, -120), QPoint(240, 0)):
            place = QPointF(200, 200)
            QCoreApplication.sendEvent(lock.show.native, QWheelEvent(
                place, place, QPoint(), turn, Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False))
            lock.holds(f"{turn} with {held}")


def test_there_is_no_context_menu_by_mouse_or_by_key(lock: Lock) -> None:
    everything = [widget for widget in lock.show.window.findChildren(QWidget) if widget.isVisible()]
    assert len(everything) > 5
    for widget in (lock.show.window, *everything):
        place = widget.mapTo(lock.show.window, widget.rect().center())
        lock.show.click(place, Qt.MouseButton.RightButton)
        QCoreApplication.sendEvent(lock.show.native, QContextMenuEvent(
            QContextMenuEvent.Reason.Keyboard, place, lock.show.window.mapToGlobal(place)))
        lock.holds(widget.objectName())


def test_nothing_is_dropped_on_it(lock: Lock, tmp_path: Path) -> None:
    (tmp_path / "other.jpg").write_bytes(b"")

    assert not drop_on(lock.show.window, [QUrl.fromLocalFile(str(tmp_path / "other.jpg"))])

    lock.holds("a drop")
    assert not lock.show.window.acceptDrops()


def test_it_is_not_closed_from_outside_and_is_closed_by_the_program(lock: Lock) -> None:
    for _ in range(3):
        QCoreApplication.sendEvent(lock.show.native, QCloseEvent())  # as from Alt+F4 or a task bar
        lock.holds("a close event")

    assert lock.show.window.close()  # as upon a signal, or at the session's end


@pytest.mark.parametrize("how", ["window", "minimised", "maximised"])
def test_full_screen_that_is_taken_away_comes_back(lock: Lock, clock: ManualClock, how: str) -> None:
    window = lock.show.window
    match how:
        case "window":
            window.showNormal()
        case "minimised":
            window.showMinimized()
        case "maximised":
            window.showMaximized()
    assert not window.isFullScreen() or window.isMinimized()

    clock.advance(0)

    assert window.isFullScreen()
    assert not window.isMinimized()
    assert window.menuBar().isHidden()
    assert lock.show.program.central.panel.isVisible()


def test_a_window_manager_that_insists_is_asked_less_and_less(lock: Lock, clock: ManualClock) -> None:
    asked: list[int] = []
    window = lock.show.window
    lock.show.kiosk.screen.close()  # which looks after the place, and asks by itself

    def insist(state: Qt.WindowState) -> None:
        if state & Qt.WindowState.WindowFullScreen:
            asked.append(clock.now())
            window.showNormal()

    lock.show.native.windowStateChanged.connect(insist)
    window.showNormal()
    clock.advance(120_000)

    assert 5 < len(asked) < 40
    assert max(later - earlier for earlier, later in pairwise(asked)) == 10_000


def test_no_tool_tip_comes_up_over_what_a_visitor_sees(lock: Lock) -> None:
    lock.show.click(QPoint(300, 300))

    seen = [widget for widget in lock.show.window.findChildren(QWidget) if widget.isVisible()]
    assert not [widget.toolTip() for widget in seen if widget.toolTip()]
