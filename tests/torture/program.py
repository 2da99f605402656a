"""The whole program in this process, paged through by its own keys and watched closely while it is."""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEventLoop, QResource, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.torture.signs import Pulse, Signs, children, children_processor_ms
from viewer.app.application import Liftoff, Start
from viewer.resources import COMPILED
from viewer.startup.early_decode import EarlyDecode, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from viewer.settings import Value

SMALL: Final[Mapping[str, Value]] = {"memory/pictures-mb": 32, "memory/thumbnails-mb": 8, "show/interval": "0"}
"""Options under which what is kept is soon full, so that memory that grows is memory that is lost."""


class Seen(NamedTuple):
    """What came of one slide: its file, the reason of the card ("" where the picture was shown), milliseconds."""

    path: str
    reason: str
    took_ms: float


class Stuck(Exception):  # noqa: N818 - what happened, not an error of ours
    """Nothing came of a slide, neither picture nor card, within the time there is for it."""


class Watched:
    """A running program with a small window. Every second of patience is real time."""

    def __init__(self, source: Path, overrides: Mapping[str, Value] = SMALL) -> None:
        self.began, self.began_children_ms = Signs.taken(), children_processor_ms()
        self._early = EarlyDecode(Source((source,)))
        self._early.wait(60)
        QResource.registerResource(str(COMPILED))
        self.program = Liftoff(self._early, Start(overrides=overrides))
        self.window = self.program.window
        self.pulse = Pulse()
        self._seen: object = None
        for seen in (self.program.slide_view.shown, self.program.slide_view.sharp_shown):
            seen.connect(self._note)
        self.refusal = self.program.show()
        self.window.resize(900, 600)
        self.pulse.start()

    @property
    def count(self) -> int:
        """How many slides there are."""
        return self.program.session.count

    def outcome(self) -> Seen | None:
        """What has come of the slide in view; None while that is open, or has not been seen."""
        view, session = self.program.view_model.displayed, self.program.session
        if view.index != session.index or self._seen != session.visit:
            return None
        if view.failure is not None:
            return Seen(session.path, view.failure.reason, 0)
        return Seen(session.path, "", 0) if view.sharp and view.picture is not None else None

    def pixels(self) -> str:
        """The size and a check sum of the picture on the glass; "" where there is none."""
        picture = self.program.view_model.displayed.picture
        if picture is None:
            return ""
        image = picture.image.convertToFormat(QImage.Format.Format_RGBA8888)  # else a byte in four may be anything
        rows = image.constBits()[: image.sizeInBytes()]
        return f"{image.width()}x{image.height()} {zlib.crc32(rows):08x}"

    def wait(self, seconds: float) -> Seen:
        """Wait for what comes of the slide in view; raises Stuck."""
        began = time.perf_counter()
        while (seen := self.outcome()) is None:
            if time.perf_counter() - began > seconds:
                raise Stuck(self.program.session.path)
            self.turn()
        return seen._replace(took_ms=(time.perf_counter() - began) * 1000)

    def turn(self) -> None:
        """Let the event loop handle what there is, or the next thing to come (the pulse, at the latest)."""
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def rest(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Let so much time pass, or less if `until` comes true. Says whether it did."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if until():
                return True
            self.turn()
        return until()

    def settle(self, seconds: float) -> bool:
        """Let the workers finish what they are at, and those that were replaced be gone. Says whether they have."""
        pool = self.program.pool
        return self.rest(seconds, lambda: pool.busy == 0 and sorted(children()) == sorted(pool.pids))

    def press(self, key: Qt.Key) -> None:
        """Press a key on the window."""
        QTest.keyClick(self.window, key)

    def page(self, seconds: float) -> Seen:
        """Press Right and wait for what comes of the slide."""
        self.press(Qt.Key.Key_Right)
        return self.wait(seconds)

    def _note(self, visit: object) -> None:
        self._seen = visit

    def signs(self) -> Signs:
        """The vital signs of this process; that they take a moment is not the program's fault."""
        signs = Signs.taken()
        self.pulse.forgive()
        return signs

    def close(self) -> None:
        """Close the window, as a person does, and let everything end."""
        self.pulse.stop()
        self.window.close()
        self._early.end()
        self.program.deleteLater()
        self.window.deleteLater()
        for _ in range(5):
            QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
            QApplication.processEvents()
