"""Part with random user input: keys, mouse, wheel, window sizes, options and galleries (monkey testing)."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, qInstallMessageHandler
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from tests import pictures
from tests.mouse import double_click
from tests.torture.common import Figures, Workload, closing_figures, write_gallery
from tests.torture.driver import Driver
from viewer.actions import ACTIONS
from viewer.settings import OPTIONS
from viewer.timers import repeating

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtCore import QMessageLogContext, QtMsgType

    from viewer.settings import Option, Value

_EXCLUDED: Final = frozenset(["open", "open_folder", "close", "quit"])
"""Actions that open a native dialog or end the program; galleries are opened and windows closed in other ways."""

_KEYS: Final = (
    Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab,
    Qt.Key.Key_F11, Qt.Key.Key_1, Qt.Key.Key_9, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Plus, Qt.Key.Key_Z,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Menu, Qt.Key.Key_F5, Qt.Key.Key_B, Qt.Key.Key_C, Qt.Key.Key_T,
)
_WINDOWS: Final = 5
_EVENTS_PER_CHANGE: Final = 10
"""Events for each file change of the workload."""

_SIZES: Final = ((300, 200), (640, 480), (900, 600), (600, 900), (200, 900), (1600, 300), (1900, 1000), (80, 60))


class RandomInput:
    """Sends random input to a running program. Exceptions and Qt warnings are collected in `complaints`."""

    def __init__(self, galleries: list[Path], rng: random.Random) -> None:
        self.complaints: list[str] = []
        self._galleries = galleries
        self._rng = rng
        self._hooks: tuple[Callable[..., object], Callable[..., object] | None] = sys.excepthook, None
        self._modal = repeating(None, self._answer_dialog, 5)
        self._events: tuple[Callable[[Driver], None], ...] = (
            *[self._press] * 3, *[self._trigger_action] * 3, self._resize, self._change_window_state, self._click,
            self._wheel, self._open, self._choose, self._wait,
        )

    def start(self) -> None:
        """Start collecting exceptions and warnings, and answering dialogs."""
        self._hooks = sys.excepthook, qInstallMessageHandler(self._note_warning)
        sys.excepthook = self._note_error
        self._modal.start()

    def stop(self) -> None:
        """Stop collecting."""
        self._modal.stop()
        sys.excepthook, handler = self._hooks
        qInstallMessageHandler(handler)

    def send_event(self, driver: Driver) -> str:
        """Send one random event; its name."""
        event = self._rng.choice(self._events)
        event(driver)
        driver.process_events()
        return event.__name__.lstrip("_")

    def _press(self, driver: Driver) -> None:
        shift = self._rng.choice([Qt.KeyboardModifier.NoModifier] * 3 + [Qt.KeyboardModifier.ShiftModifier])
        focus = QApplication.focusWidget() or driver.window
        for _ in range(self._rng.choice([1, 1, 1, 12])):
            QTest.keyClick(focus, self._rng.choice(_KEYS), shift)

    def _trigger_action(self, driver: Driver) -> None:
        action = driver.program.action_set[self._rng.choice([row.id for row in ACTIONS if row.id not in _EXCLUDED])]
        if action.isEnabled():
            action.trigger()

    def _resize(self, driver: Driver) -> None:
        driver.window.resize(QSize(*self._rng.choice(_SIZES)))

    def _change_window_state(self, driver: Driver) -> None:
        """Change the window state like a window manager, without the program's doing."""
        self._rng.choice([driver.window.showMaximized, driver.window.showNormal, driver.window.showMinimized,
                           driver.window.showFullScreen, driver.window.showNormal])()

    def _somewhere(self, widget: QWidget) -> QPoint:
        return QPoint(self._rng.randrange(max(1, widget.width())), self._rng.randrange(max(1, widget.height())))

    def _click(self, driver: Driver) -> None:
        widget = self._rng.choice([
            inside for inside in driver.window.findChildren(QWidget) if inside.isVisible() and inside.isEnabled()])
        if widget.inherits("QMenuBar") or widget.inherits("QMenu"):
            return  # menus are covered by their actions
        button = self._rng.choice([Qt.MouseButton.LeftButton] * 3 + [Qt.MouseButton.MiddleButton,
                                                                      Qt.MouseButton.BackButton])
        QTest.mouseMove(widget, self._somewhere(widget))
        if self._rng.randrange(3):
            QTest.mouseClick(widget, button, pos=self._somewhere(widget))
        else:
            double_click(widget, button, self._somewhere(widget))

    def _wheel(self, driver: Driver) -> None:
        slide_view = driver.program.slide_view
        place = QPointF(self._somewhere(slide_view))
        turn = QPoint(0, self._rng.choice([-120, 120, 30, -1200]))
        keys = self._rng.choice([Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
        QApplication.sendEvent(slide_view, QWheelEvent(
            place, slide_view.mapToGlobal(place), QPoint(), turn, Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False))

    def _open(self, driver: Driver) -> None:
        driver.program.gallery_watcher.open(self._rng.choice(self._galleries))

    def _choose(self, driver: Driver) -> None:
        option = self._rng.choice([option for option in OPTIONS if option.group])
        driver.program.settings.set(option.key, self._value_of(option))

    def _value_of(self, option: Option) -> Value:
        if isinstance(option.default, bool):
            return self._rng.random() < 0.5
        if isinstance(option.default, str):
            return self._rng.choice([*option.choices] or [option.default])
        return option.accept(self._rng.uniform(option.low, option.high))

    def _wait(self, driver: Driver) -> None:
        driver.run_for(self._rng.choice([0.01, 0.05, 0.2]))

    def _answer_dialog(self) -> None:
        menu = QApplication.activePopupWidget()
        if menu is not None:
            menu.close()
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isVisible():
            return
        if isinstance(dialog, QFileDialog):  # its own questions would wait for the timer that this is called by
            dialog.reject()
            return
        for _ in range(self._rng.randrange(12)):
            focus = dialog.focusWidget()
            if focus is not None:
                QTest.keyClick(focus, self._rng.choice([Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Space,
                                                         Qt.Key.Key_A, Qt.Key.Key_Right]))
        if isinstance(dialog, QDialog) and dialog.isVisible():
            self._rng.choice([dialog.reject, dialog.accept])()

    def _note_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        at = ""
        while trace is not None:
            at, trace = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}", trace.tb_next
        self.complaints.append(f"{kind.__name__}: {error} ({at})")

    def _note_warning(self, _kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if not message.startswith("This plugin does not support"):  # of the offscreen platform
            self.complaints.append(message)


def random_input(folder: Path, workload: Workload) -> Figures:
    """Random input to several windows in turn, each with the options and state that the last one has saved."""
    rng = random.Random(workload.seed)
    user = RandomInput(_galleries(folder), rng)
    left: Figures = {}
    events = kept = 0
    for _ in range(_WINDOWS):
        driver = Driver(folder / "gallery.json", overrides={})
        user.start()
        for _ in range(_EVENTS_PER_CHANGE * workload.changes // _WINDOWS):
            user.send_event(driver)
            events += 1
        user.stop()
        QApplication.clipboard().clear()  # which may hold a picture
        left = closing_figures(driver)
        # Python may still reference a destroyed window's view, and with it its picture's descriptor.
        kept += left.pop("buffers left")
        left.pop("descriptors left")
    return {"events": events, "windows": _WINDOWS, **left, "buffers of closed windows": kept,
            "unexpected": sorted(set(user.complaints))[:20]}


def _galleries(folder: Path) -> list[Path]:
    good = [pictures.photo(folder / f"{number}.jpg", (900, 600 + 300 * (number % 2)), seed=number)
            for number in range(12)]
    (folder / "0-broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    broken = folder / "broken.json"
    broken.write_text("{")
    (folder / "empty").mkdir()
    return [write_gallery(folder / "gallery.json", [*good[:6], folder / "0-broken.jpg"]), folder, good[0], broken,
            folder / "empty", folder / "missing.json"]
