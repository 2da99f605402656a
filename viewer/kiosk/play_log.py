"""Play log: proof of what was shown, one JSON line a slide in daily files, safe on the disk before the next slide ends.

Each line is synchronized with the disk (fsync) as soon as its slide has been left, in a thread of its own: a power cut
costs the slide on the screen and no more, and a slow card never makes a crossfade stutter. At a slide every ten seconds
these are 8640 small writes a day, which any flash memory stands for decades. Lines that cannot be written, as the disk
is full, read-only or away, wait in memory for the next attempt.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import threading
from collections import deque
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, Final

import msgspec

from viewer.gallery.files import sync_folder, why
from viewer.gallery.problems import shown
from viewer.kiosk.play_record import LogFile, log_file, log_files

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.kiosk.config import PlayLogConfig
    from viewer.kiosk.disk_thread import DiskThread
    from viewer.kiosk.gallery_digest import GalleryDigest
    from viewer.kiosk.play_record import PlayRecord

_log = logging.getLogger("liftoff.kiosk.play_log")

MOST_WAITING: Final = 2000
"""Records kept in memory while the disk takes none, about a megabyte; of more the oldest are lost."""

_TAIL: Final = 65_536
_PARTS: Final = 4  # a file has at most such a part of the megabytes, so that deleting the oldest leaves the most


class PlayLog:
    """Appends records to the play log in `folder`, in the thread `disk`, within the bounds of `config`."""

    def __init__(self, folder: Path, disk: DiskThread, config: PlayLogConfig) -> None:
        self._folder, self._disk, self._config = folder, disk, config
        self._lock = threading.Lock()
        self._waiting: deque[tuple[PlayRecord, GalleryDigest]] = deque()
        self._open: LogFile | None = None
        self.written = 0
        """Lines on the disk since the start."""
        self.lost = 0
        """Lines that came to nothing: more than could be kept while the disk took none."""
        self.problem = ""
        """Why the last attempt failed, as a sentence; empty if it did not."""

    @property
    def waiting(self) -> int:
        """How many records are not on the disk yet."""
        return len(self._waiting)

    def append(self, record: PlayRecord, gallery: GalleryDigest) -> None:
        """Have `record` written, with the digest of its `gallery`; never waits."""
        if not self._config.days:
            return
        with self._lock:
            self._waiting.append((record, gallery))
            if len(self._waiting) > MOST_WAITING:
                self._waiting.popleft()
                self.lost += 1
        self._disk.submit(self._write)

    def _write(self) -> None:
        with self._lock:
            batch = list(self._waiting)
        for day, records in groupby(batch, key=_day):
            lines = [(record, msgspec.structs.replace(record, gallery=digest.hex).line()) for record, digest in records]
            try:
                self._append(day, b"".join(line for _, line in lines))
            except OSError as error:
                self._open = None  # whatever is there is looked at anew
                self._tell(f"The play log cannot be written in {shown(self._folder)}: {why(error)}.")
                return
            written = {id(record) for record, _ in lines}
            with self._lock:
                while self._waiting and id(self._waiting[0][0]) in written:
                    self._waiting.popleft()
            self.written += len(lines)
        self._tell("")

    def _tell(self, problem: str) -> None:
        before, self.problem = self.problem, problem
        if problem and not before:
            _log.warning("%s", problem)
        elif before and not problem:
            _log.info("The play log is written again.")

    def _append(self, day: str, data: bytes) -> None:
        """Append whole lines to the file of that day, or nothing; raises OSError."""
        file = self._file_for(day)
        descriptor = os.open(file.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        try:
            before = os.fstat(descriptor).st_size
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(descriptor, rest):]
                os.fsync(descriptor)
            except OSError:
                with suppress(OSError):  # then the next attempt repairs it
                    os.ftruncate(descriptor, before)
                raise
        finally:
            os.close(descriptor)
        self._open = file
        if not before:
            sync_folder(self._folder)

    def _file_for(self, day: str) -> LogFile:
        """The file that takes the next line: the last one of that day, or its next part if that is full."""
        file, most = self._open, self._config.megabytes * 1_000_000 // _PARTS
        if file is None or file.day != day:
            self._folder.mkdir(parents=True, exist_ok=True)
            files = log_files(self._folder)
            file = next((one for one in reversed(files) if one.day == day), None)
            for last in {*files[-1:], *((file,) if file else ())}:
                _repair(last.path)
            if file is None:
                file = self._begin(log_file(self._folder, day, 0))
        try:
            full = file.path.stat().st_size >= most
        except FileNotFoundError:  # somebody has cleared away
            self._folder.mkdir(parents=True, exist_ok=True)
            full = False
        return self._begin(log_file(self._folder, day, file.part + 1)) if full else file

    def _begin(self, file: LogFile) -> LogFile:
        """Delete the oldest files until there is room for another one."""
        sizes = {one: one.path.stat().st_size for one in log_files(self._folder) if one != file}
        days = {one.day for one in sizes} | {file.day}
        room = self._config.megabytes * 1_000_000 * (_PARTS - 1) // _PARTS
        for oldest in list(sizes):
            if len(days) <= self._config.days and sum(sizes.values()) <= room:
                break
            oldest.path.unlink(missing_ok=True)
            del sizes[oldest]
            days = {one.day for one in sizes} | {file.day}
        return file


def _day(waiting: tuple[PlayRecord, GalleryDigest]) -> str:
    return waiting[0].began.astimezone(dt.UTC).date().isoformat()


def _repair(path: Path) -> None:
    """Cut off what a power cut has left at the end of a file: half a line, or a block of zeros. Raises OSError."""
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        begin = file.seek(max(0, size - _TAIL))
        tail = file.read()
        end = len(tail)
        while end:
            start = tail.rfind(b"\n", 0, end - 1) + 1
            if tail[end - 1:end] == b"\n" and b"\0" not in tail[start:end]:
                break
            end = start
        if end < len(tail):
            file.truncate(begin + end)
