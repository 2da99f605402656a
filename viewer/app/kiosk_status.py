"""What a kiosk tells its keeper: makes play log, status file and server, and has the parts of the program asked."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from viewer.gallery.model import localized
from viewer.gallery.safe_text import line
from viewer.kiosk.config_values import loopback_address
from viewer.kiosk.disk_thread import DiskThread
from viewer.kiosk.failed_slides import FailedSlides
from viewer.kiosk.next_paint import NextPaint
from viewer.kiosk.play_log import PlayLog
from viewer.kiosk.play_record import FOLDER, iso
from viewer.kiosk.play_recorder import PlayRecorder, utc_now
from viewer.kiosk.resident_memory import resident_memory
from viewer.kiosk.set_aside import read_set_aside
from viewer.kiosk.status import (
    AwakeStatus,
    FailedSlide,
    GalleryStatus,
    MemoryStatus,
    PlayLogStatus,
    SandboxStatus,
    ScreenStatus,
    ServerStatus,
    SlideStatus,
    read_status,
    restarts_since,
)
from viewer.kiosk.status_reporter import StatusReporter
from viewer.ui.kiosk.pixel_proof import PixelProof

if TYPE_CHECKING:
    from viewer.app.application import Liftoff
    from viewer.kiosk.config import KioskStart
    from viewer.kiosk.status_server import StatusServer
    from viewer.show.clock import Clock


class KioskStatus(QObject):
    """Follows `program` from before it is shown, and writes into the folder that `start` names.

    Other parts of the kiosk have their own fields asked of them by `reporter.add`.
    """

    def __init__(self, program: Liftoff, start: KioskStart, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = program
        self._problem = self._away_since = ""
        self._read = iso(utc_now())
        self._folder = start.state_folder
        self._aside: tuple[FailedSlide, ...] = ()
        supervisor = os.getppid() if start.heartbeat_fd >= 0 else 0
        restarts = restarts_since(read_status(start.state_folder), supervisor)
        session, view_model, player, slide_view = (program.session, program.view_model, program.player,
                                                   program.slide_view)
        self.disk = DiskThread()
        self.play_log = PlayLog(start.state_folder / FOLDER, self.disk, start.config.play_log)
        self.recorder = PlayRecorder(session, view_model, self.play_log, clock, self._screen_name, self)
        self._failed = FailedSlides(session, view_model, self)
        next_paint = NextPaint(session, player, clock, self)
        self.reporter = StatusReporter(start.state_folder, self.disk, clock, lambda: self.recorder.painted_ms,
                                       lambda: next_paint.due_ms(dark=slide_view.is_blank), self)
        self.pixels = PixelProof(slide_view, view_model, clock, self)
        self.server = self._server(start)
        for field, source in (
            ("entry", lambda: start.entry), ("state", lambda: player.state), ("gallery", self._gallery),
            ("slide", self._slide), ("failed", lambda: self._failed.failed), ("play_log", self._play_log),
            ("awake", self._awake), ("screens", self._screens), ("memory", self._memory), ("sandbox", self._sandbox),
            ("server", self._served), ("set_aside", self._set_aside), ("supervisor", lambda: supervisor),
            ("restarts", lambda: restarts), ("pixels", lambda: self.pixels.status),
        ):
            self.reporter.add(field, source)
        for painted in (slide_view.shown, slide_view.sharp_shown):
            painted.connect(self.recorder.seen)
        slide_view.looks_changed.connect(self._look_changed)
        session.gallery_changed.connect(self._gallery_changed)
        program.gallery_watcher.failed.connect(self._gallery_failed)
        program.gallery_watcher.looked.connect(self._gallery_looked_for)
        for changed in (slide_view.shown, slide_view.looks_changed, player.state_changed,
                        program.gallery_watcher.failed):
            changed.connect(self.reporter.report_soon)

    def close(self) -> None:
        """Write what is still to be written, and end."""
        self.reporter.close()
        self.pixels.close()
        self.recorder.close()
        if self.server is not None:
            self.server.close()
        self.disk.close()

    def _server(self, start: KioskStart) -> StatusServer | None:
        """The server, if it is asked for; that of another screen has another port, counted from the first's."""
        if not start.config.status.address:
            return None
        from viewer.kiosk.status_server import StatusServer  # http.server takes a while to import

        host, port = loopback_address(start.config.status.address)
        return StatusServer(host, port + start.config.shows.index(start.entry), self.reporter.status_now)

    def _look_changed(self) -> None:
        self.recorder.set_dark(self._program.slide_view.is_blank)

    def _gallery_changed(self) -> None:
        self._read, self._problem = iso(utc_now()), ""
        self.disk.submit(self._compute_digest)
        self.disk.submit(self._read_set_aside)

    def _compute_digest(self) -> None:
        _ = self.recorder.gallery.hex

    def _gallery_failed(self, sentence: str) -> None:
        self._problem = sentence

    def _gallery_looked_for(self, found: bool) -> None:
        if found == bool(self._away_since):
            self._away_since = "" if found else iso(utc_now())
            self.reporter.report_soon()

    def _screen_name(self) -> str:
        # While the last one is being unplugged there is none.
        return next((screen.name for screen in self._screens() if screen.ours), "")

    # What the fields of the status say

    def _gallery(self) -> GalleryStatus:
        session = self._program.session
        gallery, problem = session.gallery, self._problem or self._program.gallery_commands.problem
        return GalleryStatus(line(str(gallery.origin or gallery.folder)), line(localized(gallery.title)),
                             self.recorder.gallery.known, session.count, self._read, line(problem),
                             bool(self._away_since), self._away_since)

    def _slide(self) -> SlideStatus:
        session, companion = self._program.session, self._program.view_model.displayed.companion
        if (slide := session.slide) is None:
            return SlideStatus()
        beside = None if companion is None else companion.slide
        return SlideStatus(session.index + 1, line(slide.id), line(slide.file),
                           line(localized(slide.title, session.language)),
                           "" if beside is None else line(beside.id or beside.file))

    def _play_log(self) -> PlayLogStatus:
        log = self.play_log
        return PlayLogStatus(log.written, log.waiting, log.lost, log.problem)

    def _awake(self) -> AwakeStatus:
        keep_awake = self._program.keep_awake
        return AwakeStatus() if keep_awake is None else AwakeStatus(*keep_awake.state)

    def _screens(self) -> tuple[ScreenStatus, ...]:
        ours = self._program.window.screen()
        made = []
        for screen in QGuiApplication.screens():
            size, scale = screen.size(), screen.devicePixelRatio()
            made.append(ScreenStatus(line(screen.name()), line(screen.model()), line(screen.serialNumber()),
                                     round(size.width() * scale), round(size.height() * scale), scale, screen is ours))
        return tuple(made)

    def _memory(self) -> MemoryStatus:
        workers = self._program.pool.memory
        return MemoryStatus(resident_memory(), sum(workers), len(workers))

    def _sandbox(self) -> SandboxStatus:
        sandbox = self._program.pool.sandbox
        return SandboxStatus() if sandbox is None else SandboxStatus(sandbox.is_complete, sandbox.summary())

    def _set_aside(self) -> tuple[FailedSlide, ...]:
        self.disk.submit(self._read_set_aside)  # for the next time
        return self._aside

    def _read_set_aside(self) -> None:
        now = time.time()
        self._aside = tuple(FailedSlide(line(slide.id), line(slide.file), line(slide.reason))
                            for slide in read_set_aside(self._folder) if slide.still_counts(now))

    def _served(self) -> ServerStatus:
        return ServerStatus() if self.server is None else ServerStatus(self.server.url, self.server.problem)
