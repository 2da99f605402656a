"""Construction of timers.

Setters only: Qt's bindings look a keyword argument such as `interval=` up by a name whose case the C library has
folded, and in a Turkish or Azerbaijani locale no upper-case "I" comes of "i", so that construction raises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject


def repeating(parent: QObject | None, action: Callable[[], object], interval_ms: int) -> QTimer:
    """A stopped timer owned by `parent` that calls `action` every `interval_ms` milliseconds once started."""
    timer = QTimer(parent)
    timer.setInterval(interval_ms)
    timer.timeout.connect(action)
    return timer


def single_shot(parent: QObject | None, action: Callable[[], object], delay_ms: int = 0) -> QTimer:
    """A stopped timer owned by `parent` that calls `action` once, `delay_ms` milliseconds after it is started."""
    timer = repeating(parent, action, delay_ms)
    timer.setSingleShot(True)
    return timer
