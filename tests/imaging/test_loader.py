"""The loader with real processes that decode nothing: what is asked, in which order, and what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from tests.imaging.stand_ins import actor
from viewer.imaging.loader import Loader
from viewer.imaging.pool import Pool
from viewer.imaging.process import WorkerProcess
from viewer.imaging.wishes import Box, Picture, Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.imaging.failures import Failure

GLASS = Box(300, 300)
PATIENCE = 30_000


class Desk:
    """A loader, its workers, and a record of what they were asked and what was told."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder = folder
        self.qtbot = qtbot
        self.log = folder / "requests"
        self.log.touch()
        self.arrived: list[tuple[Wish, Picture]] = []
        self.failed: list[tuple[Wish, Failure]] = []
        self._receiver = QObject()
        self.open()

    def open(self, adopted: Sequence[WorkerProcess] = (), *, workers: int = 2, deadline: int = 20_000) -> None:
        self.pool = Pool(adopted, workers=workers, deadline=deadline, start=self.start)
        self.loader = Loader(self.pool)
        self.loader.arrived.connect(lambda wish, picture: self.arrived.append((wish, picture)))
        self.loader.failed.connect(lambda wish, failure: self.failed.append((wish, failure)))

    def start(self) -> WorkerProcess:
        return WorkerProcess.start(actor(str(self.log)))

    def reopen(self, adopted: Sequence[WorkerProcess] = (), *, workers: int = 2, deadline: int = 20_000) -> None:
        self.loader.close()
        self.open(adopted, workers=workers, deadline=deadline)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def until_told(self, *wishes: Wish) -> None:
        self.until(lambda: all(wish in self.told for wish in wishes))

    @property
    def told(self) -> list[Wish]:
        return [wish for wish, _ in self.arrived] + [wish for wish, _ in self.failed]

    @property
    def asked(self) -> list[str]:
        return [line.split(" ", 1)[1].removesuffix("#0") for line in self.log.read_text().splitlines()]

    def gate(self, name: str) -> tuple[Path, str]:
        """A file that opens a gate once it exists, and the beginning of the paths that wait at it."""
        path = self.folder / name
        return path, f"gate:{path}|"


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(tmp_path, qtbot)
    yield desk
    desk.loader.close()


def w(path: str, box: Box = GLASS, frame: int = 0) -> Wish:
    return Wish(path, box, frame)


def test_a_wish_is_answered_with_its_picture(desk: Desk) -> None:
    desk.loader.wish("glass", [w("a")])
    assert desk.arrived == []
    desk.until_told(w("a"))

    (wish, picture), = desk.arrived
    assert wish == w("a")
    assert (picture.image.width(), picture.image.height()) == (300, 200)
    assert picture.image.pixelColor(150, 100).getRgb() == (200, 40, 0, 255)
    assert picture.source == Box(600, 400)
    assert desk.loader.picture(w("a")) is picture


def test_what_is_at_hand_is_not_decoded_again(desk: Desk) -> None:
    desk.loader.wish("glass", [w("a")])
    desk.until_told(w("a"))
    desk.loader.wish("glass", [w("a")])
    desk.loader.wish("glass", [w("b")])
    desk.until_told(w("b"))

    assert desk.asked == ["picture a", "picture b"]
    assert desk.told == [w("a"), w("b")]
