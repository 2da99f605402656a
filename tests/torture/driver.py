"""Drives the whole program in this process by key presses and observes what is shown."""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEventLoop, QResource, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.torture.process_state import LatencyMonitor, ProcessState, children, children_processor_ms
from viewer.app.application import Liftoff
from viewer.app.start import Start
from viewer.resources import COMPILED
from viewer.startup.early_decode import EarlyDecode, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from viewer.settings import Value

SMALL: Final[Mapping[str, Value]] = {"memory/pictures-mb": 32, "memory/thumbnails-mb": 8, "show/interval": "0"}
"""Options with small caches that are soon full, so that memory growth is a leak."""


class SlideOutcome(NamedTuple):
    """Outcome of one slide: its file, the failure's reason ("" where the picture is shown), and milliseconds."""

    path: str
    reason: str
    took_ms: float


class HangError(Exception):
    """A slide showed neither a picture nor a placeholder in time."""


class Driver:
    """A running program with a small window. Timeouts are real time."""

    def __init__(self, source: Path, overrides: Mapping[str, Value] = SMALL) -> None:
        self.began, self.began_children_ms = ProcessState.measured(), children_processor_ms()
        self._early = EarlyDecode(Source((source,)))
        self._early.wait(60)
        QResource.registerResource(str(COMPILED))
        self.program = Liftoff(self._early, Start(overrides=overrides))
        self.window = self.program.window
        self.latency = LatencyMonitor()
        self._seen: object = None
        for seen in (self.program.slide_view.shown, self.program.slide_view.sharp_shown):
            seen.connect(self._note)
        # Words found in some file would bring their panel, and other pictures would be smaller from then on.
        self.window.caption_visibility.with_words = False
        self.refusal = self.program.show()
        self.window.resize(900, 600)
        self.latency.start()

    @property
    def count(self) -> int:
        """How many slides there are."""
        return self.program.session.count

    def outcome(self) -> SlideOutcome | None:
        """The current slide's outcome; None while there is none or it has not been painted."""
        view, session = self.program.view_model.displayed, self.program.session
        if view.index != session.index or self._seen != session.visit:
            return None
        if view.failure is not None:
            return SlideOutcome(session.path, view.failure.reason, 0)
        return SlideOutcome(session.path, "", 0) if view.sharp and view.picture is not None else None

    def pixels(self) -> str:
        """Size and checksum of the picture on the canvas; "" where there is none."""
        picture = self.program.view_model.displayed.picture
        if picture is None:
            return ""
        image = picture.image.convertToFormat(QImage.Format.Format_RGBA8888)  # in which every byte is defined
        rows = image.constBits()[: image.sizeInBytes()]
        return f"{image.width()}x{image.height()} {zlib.crc32(rows):08x}"

    def wait(self, seconds: float) -> SlideOutcome:
        """Wait for the current slide's outcome; raises HangError."""
        began = time.perf_counter()
        while (seen := self.outcome()) is None:
            if time.perf_counter() - began > seconds:
                raise HangError(self.program.session.path)
            self.process_events()
        return seen._replace(took_ms=(time.perf_counter() - began) * 1000)

    def process_events(self) -> None:
        """Process pending events, or wait for the next one (the latency timer's, at the latest)."""
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def run_for(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Process events for `seconds`, or until `until` is true; whether it is."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if until():
                return True
            self.process_events()
        return until()

    def settle(self, seconds: float) -> bool:
        """Wait until no worker is busy and replaced ones have exited; whether that happened within `seconds`."""
        pool = self.program.pool
        return self.run_for(seconds, lambda: pool.busy == 0 and sorted(children()) == sorted(pool.pids))

    def press(self, key: Qt.Key) -> None:
        """Press a key on the window."""
        QTest.keyClick(self.window, key)

    def page(self, seconds: float) -> SlideOutcome:
        """Press Right and wait for the slide's outcome."""
        self.press(Qt.Key.Key_Right)
        return self.wait(seconds)

    def _note(self, visit: object) -> None:
        self._seen = visit

    def state(self) -> ProcessState:
        """Resources of this process; the time that measuring takes does not count as latency."""
        state = ProcessState.measured()
        self.latency.skip()
        return state

    def close(self) -> None:
        """Close the window like a user, and destroy the program; there is nothing to drive afterwards.

        Nor is anything kept for Python's sake: a view that Qt has destroyed still refers to its picture.
        """
        self.latency.stop()
        self.window.close()
        self._early.end()
        self.program.deleteLater()
        self.window.deleteLater()
        for _ in range(5):
            QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
            QApplication.processEvents()
        del self.program, self.window
