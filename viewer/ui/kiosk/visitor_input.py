"""Input of visitors, seen before anything in the window has it: keys, buttons, fingers, the wheel, the pointer.

What is no use to a visitor goes no further: the right and the middle button, context menus, and the repetitions of a
key that is held, maybe by a book that lies on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QSinglePointEvent, QTouchEvent

from viewer.timers import single_shot

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_SLIP: Final = 16.0
"""Logical pixels: less is a table that was knocked at, and no movement of the pointer."""

_KIND: Final = QEvent.Type
_KEYS: Final = (_KIND.ShortcutOverride, _KIND.KeyPress, _KIND.KeyRelease)
_BEGINS: Final = (_KIND.ShortcutOverride, _KIND.MouseButtonPress, _KIND.MouseButtonDblClick, _KIND.TouchBegin,
                  _KIND.Wheel, _KIND.TabletPress, _KIND.NativeGesture)
_ENDS: Final = (_KIND.ShortcutOverride, _KIND.MouseButtonRelease, _KIND.TouchEnd, _KIND.TouchCancel, _KIND.Wheel,
                _KIND.TabletRelease, _KIND.NativeGesture)
_TABS: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_USELESS: Final = Qt.MouseButton.RightButton | Qt.MouseButton.MiddleButton


class VisitorInput(QObject):
    """Event filter on the native window of `window`, from when that is first shown.

    The native window has every event once. A key is seen as ShortcutOverride: of one that is an action's there is no
    other event. `is_asleep` tells whether an input that begins with that event is to do nothing.
    """

    began = Signal()
    """A key, a button, a finger or the wheel begins to do something."""
    ended = Signal()
    """It has done what it does."""
    moved = Signal()
    """The pointer, or a finger, was moved on purpose."""
    tabbed = Signal()
    """Tab was pressed, and has not moved the focus yet."""
    pressed = Signal(QPointF)
    released = Signal()
    """A finger or the left button went down there, in logical pixels of the window; or it went up, or elsewhere."""

    def __init__(self, window: QWidget, is_asleep: Callable[[QEvent], bool]) -> None:
        super().__init__(window)
        self._window, self._is_asleep = window, is_asleep
        self._is_under_way = self._is_swallowed = False
        self._place = QPointF()
        self._settled = single_shot(self, self._end)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of an event, and keep it from the window where it is no use."""
        if watched is self._window:
            if event.type() == _KIND.Show and (handle := self._window.windowHandle()) is not None:
                handle.installEventFilter(self)
            return False
        kind = event.type()
        if kind == _KIND.ContextMenu:
            return True
        if isinstance(event, QKeyEvent) and event.isAutoRepeat():
            event.accept()  # an override that is accepted is no action's
            return True
        if kind in _BEGINS:
            self._begin(event)
        if kind == _KIND.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _TABS:
            self.tabbed.emit()
        if isinstance(event, QSinglePointEvent | QTouchEvent):
            self._follow(event)
        if kind in _ENDS:
            self._settled.start()
        is_input = kind in _KEYS or isinstance(event, QSinglePointEvent | QTouchEvent)
        if is_input and (self._is_swallowed or (isinstance(event, QMouseEvent) and event.button() & _USELESS)):
            event.accept()  # nor does Qt make a mouse's event of a finger's
            return True
        return False

    def _begin(self, event: QEvent) -> None:
        if not self._is_under_way:
            self._is_under_way = True
            self._is_swallowed = self._is_asleep(event)
            self.began.emit()

    def _end(self) -> None:
        if self._is_under_way:
            self._is_under_way = self._is_swallowed = False
            self.ended.emit()

    def _follow(self, event: QSinglePointEvent | QTouchEvent) -> None:
        kind = event.type()
        if not event.points():
            return
        place = event.points()[0].position()
        if kind in (_KIND.TouchBegin, _KIND.MouseButtonPress):
            self._place = place
            self.pressed.emit(place)
        elif kind in (_KIND.TouchEnd, _KIND.TouchCancel, _KIND.MouseButtonRelease):
            self.released.emit()
        elif kind in (_KIND.TouchUpdate, _KIND.MouseMove):
            away = place - self._place
            if away.manhattanLength() > _SLIP:
                self._place = place
                self.released.emit()
                self.moved.emit()
