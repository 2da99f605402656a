"""Runs the program: the QApplication, its event loop, and its end."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QResource, QTimer
from PySide6.QtWidgets import QApplication

from viewer import __version__
from viewer.app.application import Liftoff
from viewer.app.termination_signals import TerminationSignals
from viewer.resources import COMPILED

if TYPE_CHECKING:
    from viewer.app.application import Start
    from viewer.startup.early_decode import EarlyDecode

SETTLED_MS: Final = 1000
"""Milliseconds after which the first picture has been seen and everything is as it will stay."""


def run(early: EarlyDecode, start: Start) -> str:
    """Run the program until its window is closed; returns a sentence if it could not begin."""
    if not QResource.registerResource(str(COMPILED)):
        return f"The icons and the style cannot be read from {COMPILED}. Install Liftoff again."
    app = QApplication([*sys.argv[:1], "-style", "Fusion"])  # setStyle would load the plug-ins of all styles
    app.setApplicationName("liftoff")
    app.setApplicationDisplayName("Liftoff")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("liftoff")
    liftoff = Liftoff(early, start)
    ending = TerminationSignals()
    ending.asked.connect(liftoff.window.close)
    if refusal := liftoff.show():
        liftoff.close()
        ending.close()
        return refusal
    QTimer.singleShot(SETTLED_MS, _collect_garbage)
    app.exec()
    ending.close()
    return ""


def _collect_garbage() -> None:
    """From now on; what the start has made stays to the end, and is not looked through again and again."""
    gc.freeze()
    gc.enable()
