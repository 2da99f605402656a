"""Whoever sits at the keyboard does anything at all: keys, mouse, wheel, sizes, options, galleries, and comes back."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, qInstallMessageHandler
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests import pictures
from tests.torture.common import Dose, Figures, ended, write_gallery
from tests.torture.program import Watched
from viewer.actions import ACTIONS
from viewer.settings import OPTIONS
from viewer.timers import repeating

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtCore import QMessageLogContext, QtMsgType

    from viewer.settings import Option, Value

_AWAY: Final = frozenset(["open", "open_folder", "close", "quit"])
"""What asks the desktop for a file, or ends the program: galleries are opened and windows closed in other ways."""

_KEYS: Final = (
    Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab,
    Qt.Key.Key_F11, Qt.Key.Key_1, Qt.Key.Key_9, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Plus, Qt.Key.Key_Z,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Menu, Qt.Key.Key_F5, Qt.Key.Key_B, Qt.Key.Key_C, Qt.Key.Key_T,
)
_WINDOWS: Final = 5
_DEEDS_A_CHANGE: Final = 10
"""So many things are done for each change of a file that the dose has."""

_SIZES: Final = ((300, 200), (640, 480), (900, 600), (600, 900), (200, 900), (1600, 300), (1900, 1000), (80, 60))


class Hands:
    """Does one thing after the other to a running program. What is thrown or warned of meanwhile is in `complaints`."""

    def __init__(self, galleries: list[Path], dice: random.Random) -> None:
        self.complaints: list[str] = []
        self._galleries = galleries
        self._dice = dice
        self._hooks: tuple[Callable[..., object], Callable[..., object] | None] = sys.excepthook, None
        self._modal = repeating(None, self._answer_dialog, 5)
        self._deeds: tuple[Callable[[Watched], None], ...] = (
            self._press, self._press, self._press, self._act, self._act, self._act, self._resize, self._fill_screen,
            self._click, self._wheel, self._open, self._choose, self._wait,
        )

    def watch(self) -> None:
        """Note from now on what is thrown and what Qt warns of; answer every dialog."""
        self._hooks = sys.excepthook, qInstallMessageHandler(self._note_warning)
        sys.excepthook = self._note_error
        self._modal.start()

    def rest(self) -> None:
        """Note nothing more."""
        self._modal.stop()
        sys.excepthook, handler = self._hooks
        qInstallMessageHandler(handler)

    def do_something(self, watched: Watched) -> str:
        """Do one thing by chance; what it was."""
        deed = self._dice.choice(self._deeds)
        deed(watched)
        watched.turn()
        return deed.__name__.lstrip("_")

    def _press(self, watched: Watched) -> None:
        shift = self._dice.choice([Qt.KeyboardModifier.NoModifier] * 3 + [Qt.KeyboardModifier.ShiftModifier])
        focus = QApplication.focusWidget() or watched.window
        for _ in range(self._dice.choice([1, 1, 1, 12])):
            QTest.keyClick(focus, self._dice.choice(_KEYS), shift)

    def _act(self, watched: Watched) -> None:
        action = watched.program.action_set[self._dice.choice([row.id for row in ACTIONS if row.id not in _AWAY])]
        if action.isEnabled():
            action.trigger()

    def _resize(self, watched: Watched) -> None:
        watched.window.resize(QSize(*self._dice.choice(_SIZES)))

    def _fill_screen(self, watched: Watched) -> None:
        """As window managers do: nobody has asked the program."""
        self._dice.choice([watched.window.showMaximized, watched.window.showNormal, watched.window.showMinimized,
                           watched.window.showFullScreen, watched.window.showNormal])()

    def _somewhere(self, widget: QWidget) -> QPoint:
        return QPoint(self._dice.randrange(max(1, widget.width())), self._dice.randrange(max(1, widget.height())))

    def _click(self, watched: Watched) -> None:
        widget = self._dice.choice([
            inside for inside in watched.window.findChildren(QWidget) if inside.isVisible() and inside.isEnabled()])
        if widget.inherits("QMenuBar") or widget.inherits("QMenu"):
            return  # its menus are asked by their actions
        button = self._dice.choice([Qt.MouseButton.LeftButton] * 3 + [Qt.MouseButton.MiddleButton,
                                                                      Qt.MouseButton.BackButton])
        QTest.mouseMove(widget, self._somewhere(widget))
        click = self._dice.choice([QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick])
        click(widget, button, Qt.KeyboardModifier.NoModifier, self._somewhere(widget))

    def _wheel(self, watched: Watched) -> None:
        slide_view = watched.program.slide_view
        place = QPointF(self._somewhere(slide_view))
        turn = QPoint(0, self._dice.choice([-120, 120, 30, -1200]))
        keys = self._dice.choice([Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
        QApplication.sendEvent(slide_view, QWheelEvent(
            place, slide_view.mapToGlobal(place), QPoint(), turn, Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False))

    def _open(self, watched: Watched) -> None:
        watched.program.gallery_watcher.open(self._dice.choice(self._galleries))

    def _choose(self, watched: Watched) -> None:
        option = self._dice.choice([option for option in OPTIONS if option.page])
        watched.program.settings.set(option.key, self._value_of(option))

    def _value_of(self, option: Option) -> Value:
        if isinstance(option.default, bool):
            return self._dice.random() < 0.5
        if isinstance(option.default, str):
            return self._dice.choice(option.choices or (option.default,))
        return option.accept(self._dice.uniform(option.low, option.high))

    def _wait(self, watched: Watched) -> None:
        watched.rest(self._dice.choice([0.01, 0.05, 0.2]))

    def _answer_dialog(self) -> None:
        menu = QApplication.activePopupWidget()
        if menu is not None:
            menu.close()
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isVisible():
            return
        for _ in range(self._dice.randrange(12)):
            focus = dialog.focusWidget()
            if focus is not None:
                QTest.keyClick(focus, self._dice.choice([Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Space,
                                                         Qt.Key.Key_A, Qt.Key.Key_Right]))
        if isinstance(dialog, QDialog) and dialog.isVisible():
            self._dice.choice([dialog.reject, dialog.accept])()

    def _note_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        at = ""
        while trace is not None:
            at, trace = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}", trace.tb_next
        self.complaints.append(f"{kind.__name__}: {error} ({at})")

    def _note_warning(self, _kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if not message.startswith("This plugin does not support"):  # what a screen that is none cannot do
            self.complaints.append(message)


def hands(folder: Path, dose: Dose) -> Figures:
    """Several windows one after the other, each with what the last one remembers; a share of the deeds for each."""
    dice = random.Random(dose.seed)
    at_work = Hands(_galleries(folder), dice)
    left: Figures = {}
    deeds = kept = 0
    for _ in range(_WINDOWS):
        watched = Watched(folder / "gallery.json", overrides={})
        at_work.watch()
        for _ in range(_DEEDS_A_CHANGE * dose.changes // _WINDOWS):
            at_work.do_something(watched)
            deeds += 1
        at_work.rest()
        QApplication.clipboard().clear()  # which may hold a picture
        left = ended(watched)
        # Python may still hold the last view of a window that is no more, and with it its picture's descriptor.
        kept += left.pop("frames left")
        left.pop("descriptors left")
    return {"deeds": deeds, "windows": _WINDOWS, **left, "frames of closed windows": kept,
            "not as foreseen": sorted(set(at_work.complaints))[:20]}


def _galleries(folder: Path) -> list[Path]:
    good = [pictures.photo(folder / f"{number}.jpg", (900, 600 + 300 * (number % 2)), seed=number)
            for number in range(12)]
    (folder / "0-broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    broken = folder / "broken.json"
    broken.write_text("{")
    (folder / "empty").mkdir()
    return [write_gallery(folder / "gallery.json", [*good[:6], folder / "0-broken.jpg"]), folder, good[0], broken,
            folder / "empty", folder / "missing.json"]
