"""A loader with its workers, and a record of what was asked and announced: with stand-ins, and with real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from tests.imaging.stand_ins import actor
from viewer.imaging.client.loader import Loader
from viewer.imaging.client.picture import Picture, PictureRequest
from viewer.imaging.pool.pool import IDLE_MS, Pool
from viewer.imaging.pool.worker_process import WorkerProcess
from viewer.imaging.protocol.messages import Box
from viewer.imaging.thumbnails.writer import ThumbnailWriter
from viewer.locations import thumbnail_root

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.imaging.protocol.failures import Failure

CURRENT = Box(300, 300)
TIMEOUT_MS = 30_000


class Desk:
    """A loader, its workers, and a record of what they were asked and what was told."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder = folder
        self.qtbot = qtbot
        self.log = folder / "requests"
        self.log.touch()
        self.arrived: list[tuple[PictureRequest, Picture]] = []
        self.failed: list[tuple[PictureRequest, Failure]] = []
        self._receiver = QObject()
        self.open()

    def open(
        self, adopted: Sequence[WorkerProcess] = (), *, workers: int = 2, deadline: int = 20_000, idle: int = IDLE_MS,
    ) -> None:
        self.pool = Pool(adopted, workers=workers, deadline=deadline, idle=idle, start=self.start)
        self.loader = Loader(self.pool)
        self.loader.arrived.connect(lambda request, picture: self.arrived.append((request, picture)))
        self.loader.failed.connect(lambda request, failure: self.failed.append((request, failure)))

    def start(self) -> WorkerProcess:
        return WorkerProcess.start(actor(str(self.log)))

    def reopen(
        self, adopted: Sequence[WorkerProcess] = (), *, workers: int = 2, deadline: int = 20_000, idle: int = IDLE_MS,
    ) -> None:
        self.loader.close()
        self.open(adopted, workers=workers, deadline=deadline, idle=idle)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=TIMEOUT_MS)

    def until_told(self, *requests: PictureRequest) -> None:
        self.until(lambda: all(request in self.told for request in requests))

    @property
    def told(self) -> list[PictureRequest]:
        return [request for request, _ in self.arrived] + [request for request, _ in self.failed]

    @property
    def asked(self) -> list[str]:
        return [line.split(" ", 1)[1].removesuffix("#0") for line in self.log.read_text().splitlines()]

    def gate(self, name: str) -> tuple[Path, str]:
        """A file that opens a gate once it exists, and the beginning of the paths that wait at it."""
        path = self.folder / name
        return path, f"gate:{path}|"


class Eye:
    """A loader with real workers, and what it has shown so far."""

    def __init__(self, qtbot: QtBot, *adopted: WorkerProcess, deadline: int = 60_000,
                 writer: ThumbnailWriter | None = None) -> None:
        self._qtbot = qtbot
        self.writer = writer or ThumbnailWriter(thumbnail_root())
        self.started: list[WorkerProcess] = list(adopted)
        self.pool = Pool(adopted, deadline=deadline, start=self._start)
        self.loader = Loader(self.pool, self.writer)
        self.pictures: dict[PictureRequest, Picture] = {}
        self.failures: dict[PictureRequest, str] = {}
        self.loader.arrived.connect(self.pictures.__setitem__)
        self.loader.failed.connect(lambda request, failure: self.failures.update({request: failure.reason}))

    def _start(self) -> WorkerProcess:
        self.started.append(WorkerProcess.start())
        return self.started[-1]

    def processes(self) -> list[WorkerProcess]:
        """Those at work now."""
        return [process for process in self.started if process.pid in self.pool.pids]

    def until(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=60_000)

    def sees(self, *requests: PictureRequest) -> None:
        self.until(lambda: all(request in self.pictures or request in self.failures for request in requests))

    def see(self, path: Path, box: Box = CURRENT) -> Picture:
        request = PictureRequest(str(path), box)
        self.loader.request("current", [request])
        self.sees(request)
        return self.pictures[request]

    def close(self) -> None:
        self.writer.done(30_000)
        self.loader.close()
        self.pictures.clear()
        QCoreApplication.processEvents()


def colour(picture: Picture, x: int, y: int) -> tuple[int, int, int, int]:
    seen = picture.image.pixelColor(x, y)
    return seen.red(), seen.green(), seen.blue(), seen.alpha()
