"""The whole program, started as a person starts it, with words for what people do and see."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes import ManualClock
from tests.pictures import number_of, numbered
from viewer.app.application import Liftoff
from viewer.app.start import Start
from viewer.imaging.protocol.messages import Box
from viewer.kiosk.config import KioskConfig
from viewer.show.session import local_time
from viewer.startup.early_decode import EarlyDecode, Source
from viewer.ui.viewport.view_geometry import View

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from tests.stories.kiosk_show import KioskShow
    from viewer.show.clock import Clock
    from viewer.ui.thumbnails.list_view import ThumbnailListView

SIZE = Box(1500, 1000)
"""Pixels of every picture that `manifest` paints."""


class Show:
    """A running Liftoff. `sees` reads the window's pixels; everything else is a key or a look at a file."""

    def __init__(self, qtbot: QtBot, paths: Sequence[Path], start: Start, clock: Clock | None, *,
                 wait: bool = True, whole: bool = True, early: EarlyDecode | None = None,
                 prepare: Callable[[Liftoff], object] = lambda _program: None) -> None:
        self._qtbot = qtbot
        self.early = early or EarlyDecode(Source(tuple(paths)))
        if wait:
            self.early.wait(10)
        self.program = Liftoff(self.early, start, clock)
        prepare(self.program)
        self.refusal = self.program.show()
        self.window = self.program.window
        self.closed = False
        if whole and not self.refusal:
            qtbot.waitUntil(self.window.isActiveWindow)
            self.until(lambda: self.program.setup.is_done)

    @property
    def thumbnails(self) -> ThumbnailListView:
        """The list of thumbnails, which is built after the first picture."""
        assert self.program.thumbnails is not None
        return self.program.thumbnails

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys, one after the other, on whatever has the focus."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def hold(self, key: Qt.Key, times: int) -> None:
        """Hold a key down: the event loop turns once for each repeat."""
        for _ in range(times):
            self.press(key)
            QApplication.processEvents()

    def pixels(self) -> QImage:
        """The pixels of the slide view now."""
        return self.window.grab(self.program.slide_view.rect().translated(
            self.program.slide_view.mapTo(self.window, self.program.slide_view.rect().topLeft()))).toImage()

    def sees(self, size: Box = SIZE) -> int | None:
        """The number of the picture that is shown, read from its pixels; None where there is no whole one.

        Messages do not count: they are over the slide view, and stay for as long as they take to read.
        """
        image = self.program.slide_view.grab().toImage()
        there = View(size, Box(image.width(), image.height())).target

        def pixel(x: int, y: int) -> tuple[int, int, int]:
            colour = image.pixelColor(x, y)
            return colour.red(), colour.green(), colour.blue()

        return number_of(pixel, there.width, there.height, left=there.x, top=there.y)

    def waits_to_see(self, number: int) -> None:
        """Wait until that picture is shown, sharp."""
        self.until(lambda: self.sees() == number and self.program.view_model.displayed.sharp)

    def waits_for_place(self, place: str) -> None:
        """Wait until the panel says "3 of 11" or the like, and the picture there is sharp."""
        program = self.program

        def is_there() -> bool:
            view = program.view_model.displayed
            return self.place == place and view.index == program.session.index and view.sharp

        self.until(is_there)

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait, but not for ever."""
        self._qtbot.waitUntil(happened, timeout=20_000)

    def is_painted(self) -> bool:
        """Whether the slide was painted, its picture or its placeholder, so that its time runs."""
        return self.program.player.remaining_ms is not None

    def turn(self) -> None:
        """Let the event loop turn once."""
        QApplication.processEvents()

    @property
    def state(self) -> str:
        """Whether the show is stopped, playing or paused."""
        return self.program.player.state

    @property
    def title(self) -> str:
        """The title in the caption panel."""
        return self.window.panel.words.title

    @property
    def place(self) -> str:
        """The place in the caption panel, as in "3 of 11"."""
        return self.window.panel.words.place

    def close(self) -> None:
        """Close the window, as a person does."""
        if not self.closed:
            self.closed = True
            if self.refusal:
                self.program.close()
            self.window.close()
            self.early.end()


@pytest.fixture
def begin(qtbot: QtBot) -> Iterator[Callable[..., Show]]:
    """Start the program; it is closed after the test. Unless it is to be `whole`, the event loop has not turned yet."""
    shows: list[Show] = []

    def start(*paths: Path, how: Start | None = None, clock: Clock | None = None, whole: bool = True) -> Show:
        shows.append(Show(qtbot, paths, how or Start(), clock, whole=whole))
        return shows[-1]

    yield start
    for show in shows:
        show.close()
        show.program.deleteLater()
        show.window.deleteLater()


@pytest.fixture
def unattended(qtbot: QtBot, tmp_path: Path, clock: ManualClock) -> Iterator[Callable[..., KioskShow]]:
    """Start a kiosk; it is closed after the test."""
    from tests.stories.kiosk_show import KioskShow

    shows: list[KioskShow] = []

    def start(path: Path, config: KioskConfig | None = None,
              time_of_day: Callable[[], dt.datetime] = local_time) -> KioskShow:
        shows.append(KioskShow(qtbot, path, clock, config or KioskConfig(), tmp_path / "state", time_of_day))
        return shows[-1]

    yield start
    for show in shows:
        show.close()
        show.program.deleteLater()
        show.window.deleteLater()


@pytest.fixture
def clock() -> ManualClock:
    """Time that stands still until it is moved."""
    return ManualClock()


@pytest.fixture
def manifest(tmp_path: Path) -> Callable[..., Path]:
    """Paint numbered pictures and write a manifest over them."""

    def write(numbers: Sequence[int], **show: object) -> Path:
        for number in numbers:
            if not (tmp_path / f"{number}.jpg").exists():
                numbered(tmp_path / f"{number}.jpg", number, (SIZE.width, SIZE.height))
        slides = [{"file": f"{number}.jpg", "id": f"slide-{number}", "title": f"Title {number}"} for number in numbers]
        path = tmp_path / "gallery.json"
        fresh = tmp_path / "gallery.json.new"
        fresh.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": slides, "show": show}))
        fresh.replace(path)
        return path

    return write
