"""Mouse, wheel, trackpad and touch events over the slide view, recognised as paging, zooming and panning.

Signals say what is meant, and nothing else is done here but the cursor's shape. Lengths are in logical pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputDevice, QMouseEvent, QNativeGestureEvent, QWheelEvent

from viewer.ui.viewport.touch_gestures import TouchGestures

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from viewer.show.clock import Clock

NOTCH: Final = 120
"""Eighths of a degree in one notch of a wheel (QWheelEvent::angleDelta)."""

_GESTURE_GAP_MS: Final = 300
_SWIPE_ON: Final = 4 * NOTCH
_ZOOM_PER_NOTCH: Final = 2 ** (1 / 3)
_NOTCHES_PER_VIEWPORT: Final = 10


class PageSteps:
    """Adds up rotation until it makes a page.

    A notch of a wheel is a page, however finely it is reported. A stroke on a trackpad is a page when it has gone as
    far as a notch, and another one for every four notches more.
    """

    def __init__(self) -> None:
        self._sum = 0.0
        self._need = float(NOTCH)
        self._last = 0

    def add(self, delta: float, now: int, *, smooth: bool) -> int:
        """Pages to go for `delta` eighths of a degree more (positive: forward) at `now` (milliseconds).

        `smooth` says that they come from a trackpad.
        """
        if now - self._last > _GESTURE_GAP_MS or delta * self._sum < 0:
            self.end()
        self._last = now
        self._sum += delta
        pages = 0
        while abs(self._sum) >= self._need:
            step = 1 if self._sum > 0 else -1
            pages += step
            self._sum -= step * self._need
            self._need = float(_SWIPE_ON if smooth else NOTCH)
        return pages

    def end(self) -> None:
        """The stroke is over: the rest of it is dropped."""
        self._sum = 0.0
        self._need = float(NOTCH)


class PointerGestures(TouchGestures):
    """Event filter that recognises gestures on one widget.

    `is_fitted` tells whether the whole picture is seen: then wheel and swipe page, else they pan.
    """

    def __init__(self, widget: QWidget, clock: Clock, is_fitted: Callable[[], bool]) -> None:
        super().__init__(widget, clock, is_fitted)
        self._page_steps = PageSteps()
        self._wheel_zooms = False
        self._drag_from: QPointF | None = None
        self._dragging = False
        kind = QEvent.Type
        self._handlers: dict[QEvent.Type, Callable[[Any], bool]] = {
            kind.Wheel: self._wheel, kind.NativeGesture: self._native_gesture,
            kind.TouchBegin: self.touch, kind.TouchUpdate: self.touch, kind.TouchEnd: self.touch,
            kind.TouchCancel: self.touch, kind.MouseMove: self._move, kind.MouseButtonPress: self._press,
            kind.MouseButtonRelease: self._release, kind.MouseButtonDblClick: self._double_click,
            kind.Leave: self._end_drag, kind.Hide: self._end_drag,
        }
        """By the type of event; each says whether it has consumed the event."""
        widget.setMouseTracking(True)
        widget.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        widget.installEventFilter(self)

    def set_wheel_zooms(self, zooms: bool) -> None:
        """Whether the wheel zooms or pages over a fitted picture; with Ctrl it does the other."""
        self._wheel_zooms = zooms

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Consume the events of pointers; leave all others."""
        handler = self._handlers.get(event.type())
        return handler(event) if handler else super().eventFilter(watched, event)

    # Wheel and trackpad

    def _wheel(self, event: QWheelEvent) -> bool:
        angle, pixels = event.angleDelta(), event.pixelDelta()
        phase = event.phase()
        smooth = (
            phase != Qt.ScrollPhase.NoScrollPhase or event.device().type() == QInputDevice.DeviceType.TouchPad
        )
        if phase in {Qt.ScrollPhase.ScrollBegin, Qt.ScrollPhase.ScrollEnd}:
            self._page_steps.end()
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        along = -angle.y() if abs(angle.y()) >= abs(angle.x()) else -angle.x()
        if ctrl != self._wheel_zooms:
            if along and phase != Qt.ScrollPhase.ScrollMomentum:
                self.zoom_at.emit(_ZOOM_PER_NOTCH ** (-along / NOTCH), event.position())
        elif not self._is_fitted():
            moved = QPointF(pixels)
            if pixels.isNull():
                size = self._widget.size()
                moved = QPointF(angle.x() * size.width(), angle.y() * size.height()) / (NOTCH * _NOTCHES_PER_VIEWPORT)
            if not moved.isNull():
                self.panned.emit(moved)
        elif phase != Qt.ScrollPhase.ScrollMomentum:
            if abs(angle.x()) > abs(angle.y()):
                along *= self.forward()
            if pages := self._page_steps.add(along, self._clock.now(), smooth=smooth):
                self.page.emit(pages)
        event.accept()
        return True

    def _native_gesture(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_at.emit(max(0.1, 1 + event.value()), event.position())
        elif event.gestureType() == Qt.NativeGestureType.SmartZoomNativeGesture:
            self.toggled.emit(event.position())
        else:
            return False
        event.accept()
        return True

    # Mouse

    def _press(self, event: QMouseEvent) -> bool:
        button = event.button()
        if button in {Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton}:
            self.page.emit(1 if button == Qt.MouseButton.ForwardButton else -1)
            return True
        if button == Qt.MouseButton.LeftButton:
            self._drag_from = event.position()
            self._dragging = False
        return False

    def _move(self, event: QMouseEvent) -> bool:
        place = event.position()
        if self._drag_from is not None and event.buttons() & Qt.MouseButton.LeftButton and not self._is_fitted():
            moved = place - self._drag_from
            if self._dragging or moved.manhattanLength() >= QGuiApplication.styleHints().startDragDistance():
                self._dragging = True
                self._drag_from = place
                self.panned.emit(moved)
        self.update_cursor()
        return False

    def _release(self, event: QMouseEvent) -> bool:
        return event.button() == Qt.MouseButton.LeftButton and self._end_drag()

    def _end_drag(self, _left: QEvent | None = None) -> bool:
        """End a drag; the pointer or the widget may have gone."""
        self._drag_from = None
        self._dragging = False
        self.update_cursor()
        return False

    def _double_click(self, event: QMouseEvent) -> bool:
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggled.emit(event.position())
            return True
        return self._press(event)  # a quick second press of a side button pages once more

    def update_cursor(self) -> None:
        """Give the cursor its shape: a hand where there is something to pan."""
        if self._dragging:
            self._widget.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif not self._is_fitted():
            self._widget.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self._widget.unsetCursor()
