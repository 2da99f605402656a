"""Runs the program: the QApplication, its event loop, and its end."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLoggingCategory, QObject, QResource, QSocketNotifier, QTimer, Signal
from PySide6.QtWidgets import QApplication

from viewer import __version__
from viewer.app.application import Liftoff
from viewer.resources import COMPILED
from viewer.startup.signal_wakeup import SIGNALLED, SignalWakeup

if TYPE_CHECKING:
    from viewer.app.start import Start
    from viewer.kiosk.config import KioskStart
    from viewer.startup.early_decode import EarlyDecode

SETTLED_MS: Final = 1000
"""Milliseconds after which the first picture has been seen and everything is as it will stay."""

_LOGGING_RULES: Final = "qt.qpa.wayland.textinput.warning=false"
"""What Qt does not say, in the words of QLoggingCategory: under Wayland it warns that it disables an input method that
is not in use. QT_LOGGING_RULES and QT_LOGGING_CONF are read after these and can ask for it."""


def run(early: EarlyDecode, start: Start, kiosk: KioskStart | None = None) -> str | int:
    """Run the program until its window is closed, unattended with `kiosk`; returns a sentence if it could not begin,
    else the exit status.

    That is 0 for whoever ends it on purpose. A show that has a supervisor is no person's to end by a signal, which may
    come from what watches over memory: its status is then 128 plus the signal's number, and it is started again.
    """
    if not QResource.registerResource(str(COMPILED)):
        return f"The icons and the style cannot be read from {COMPILED}. Install Liftoff again."
    limit_logging()
    app = QApplication([*sys.argv[:1], "-style", "Fusion"])  # setStyle would load the plug-ins of all styles
    app.setApplicationName("liftoff")
    app.setApplicationDisplayName("Liftoff")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("liftoff")
    if kiosk is not None:
        from viewer.app.kiosk import Kiosk, kiosk_start

        liftoff = Liftoff(early, kiosk_start(kiosk.config, start))
        Kiosk(liftoff, kiosk, liftoff.clock)
    else:
        liftoff = Liftoff(early, start)
    ending = TerminationSignals()
    ending.asked.connect(liftoff.window.close)
    if refusal := liftoff.show():
        liftoff.close()
        ending.close()
        return refusal
    QTimer.singleShot(SETTLED_MS, _collect_garbage)
    status = app.exec()
    ending.close()
    if ending.number and kiosk is not None and kiosk.heartbeat_fd >= 0:
        return SIGNALLED + ending.number
    return status


def limit_logging() -> None:
    """Have Qt keep to itself what nobody can do anything about; before the application is made."""
    QLoggingCategory.setFilterRules(_LOGGING_RULES)


def _collect_garbage() -> None:
    """Enable garbage collection; what the start has made stays to the end, and is exempt from it (gc.freeze)."""
    gc.freeze()
    gc.enable()


class TerminationSignals(QObject):
    """`asked` says that Ctrl+C, `kill` or a terminal that closes wants the program to end."""

    asked = Signal()

    def __init__(self) -> None:
        """Listen from now on; in the main thread only."""
        super().__init__()
        self.number = 0
        """The number of the signal that has come, 0 for none."""
        self._wakeup = SignalWakeup()
        self._notifier = QSocketNotifier(self._wakeup.descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Listen no more, and leave signals as they were."""
        self._notifier.setEnabled(False)
        self._wakeup.close()

    def _woken(self) -> None:
        if taken := self._wakeup.take():
            self.number = max(taken)
            self.asked.emit()
