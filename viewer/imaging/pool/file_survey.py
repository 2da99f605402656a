"""Goes through all pictures of a gallery, several at once and without Qt: which can be shown, and what texts they have.

The rules are those of the window. A picture has a deadline; one that costs a worker is tried once more, at the end and
alone, and is the only one that this costs; what a link leads to outside the gallery's folders may be read.
"""

from __future__ import annotations

import os
import select
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Literal

from viewer.imaging.pool.read_access import AccessPolicy
from viewer.imaging.pool.worker_process import (
    DEADLINE_MS,
    MOST_FAILED_STARTS,
    RECYCLE_BYTES,
    RECYCLE_PICTURES,
    WorkerLost,
    WorkerProcess,
)
from viewer.imaging.protocol.failures import Failure
from viewer.imaging.protocol.messages import INTERIM, Box, Described, Failed, Outside, Request
from viewer.imaging.protocol.shared_memory import SharedBuffer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from viewer.gallery.model import Gallery
    from viewer.imaging.protocol.failures import Reason
    from viewer.imaging.protocol.handshake import AllowedPaths
    from viewer.imaging.protocol.messages import Reply

_BOX: Final = Box(256, 256)
"""Pixels to decode into: a file is read to its end whatever the size, and small ones take the least time."""

_MOST_WORKERS: Final = 4


class NoWorkerError(Exception):
    """No worker starts, so that nothing can be decoded."""


class _Slot:
    """A worker, the memory it writes into, and the file it is at, asked for and due at times of the monotonic clock.

    Raises OSError where there can be none.
    """

    def __init__(self, start: Callable[[], WorkerProcess]) -> None:
        self.buffer = SharedBuffer(4 * _BOX.width * _BOX.height)
        try:
            self.process = start()
        except OSError:
            self.buffer.close()
            raise
        self.path = ""
        self.asked = self.due = 0.0

    def end(self) -> None:
        self.process.kill()
        self.process.wait(1.0)
        self.buffer.close()


class FileSurvey:
    """One survey of the files of `gallery`; `run` does it, and may be interrupted: it leaves no process behind.

    Files are decoded, or with the kind "texts" described, together with those beside them; `described` then has what
    was found, by their paths. `progress` is told how many files have been tried. `workers` are as many as there are
    processor cores, four at most, unless said otherwise; `start` starts one. `strict`: nothing is read without the
    whole sandbox.
    """

    def __init__(self, gallery: Gallery, progress: Callable[[int], None], *, strict: bool = False,
                 kind: Literal["picture", "texts"] = "picture",
                 workers: int | None = None, deadline: int = DEADLINE_MS,
                 start: Callable[[], WorkerProcess] = WorkerProcess.start) -> None:
        self.described: dict[str, Described] = {}
        self._progress = progress
        self._kind: Literal["picture", "texts"] = kind
        self._workers = min(_MOST_WORKERS, os.cpu_count() or 1) if workers is None else workers
        self._deadline = deadline
        self._start = start
        self._slots: list[_Slot] = []
        self._waiting: deque[str] = deque()
        self._lost_once: list[str] = []
        self._failures: dict[str, Failure] = {}
        self._tried = self._serial = self._failed_starts = 0
        self._access_policy = AccessPolicy(self._allow, "")
        self._access_policy.require_sandbox(strict)
        self._access_policy.set_gallery(gallery)

    def run(self, paths: Iterable[str]) -> dict[str, Failure]:
        """The files of `paths` that cannot be shown, and why not. Raises NoWorkerError."""
        self._waiting.extend(paths)
        try:
            self._decode(self._workers)
            self._waiting.extend(self._lost_once)
            self._decode(1)
        finally:
            for slot in self._slots:
                slot.end()
            self._slots.clear()
        return self._failures

    def _decode(self, most: int) -> None:
        """Decode what is waiting, `most` files at a time."""
        while self._waiting or self._busy():
            while self._waiting and len(self._busy()) < most:
                self._ask(self._waiting.popleft())
            busy = self._busy()
            rest = min((slot.due for slot in busy), default=0.0) - time.monotonic()
            ready = select.select([slot.process for slot in busy], [], [], max(0.0, rest))[0] if busy else []
            for slot in busy:
                if slot.process in ready:
                    self._receive(slot)
                elif slot.due <= time.monotonic():
                    self._lose(slot, "too-slow")

    def _busy(self) -> list[_Slot]:
        return [slot for slot in self._slots if slot.path]

    def _ask(self, path: str) -> None:
        self._access_policy.allow(path)
        slot = self._free_slot()
        slot.path, slot.asked = path, time.monotonic()
        slot.due = slot.asked + self._deadline / 1000
        self._serial += 1
        beside = self._access_policy.beside(path) if self._kind == "texts" else ()
        request = Request(self._serial, self._kind, path, *_BOX, slot.buffer.capacity, beside=beside)
        try:
            slot.process.send(request, slot.buffer)
        except WorkerLost:
            self._lose(slot, "crashed")

    def _free_slot(self) -> _Slot:
        """A worker that has nothing to do, fresh enough and allowed to read what it has to; started if need be."""
        wanted = self._access_policy.current
        for slot in [slot for slot in self._slots if not slot.path]:
            allowed = slot.process.allowed_paths
            is_old = slot.process.pictures >= RECYCLE_PICTURES or slot.process.memory() > RECYCLE_BYTES
            if not is_old and allowed is not None and (wanted is None or allowed.satisfies(wanted)):
                return slot
            self._slots.remove(slot)
            slot.end()
        try:
            slot = _Slot(self._start)
        except OSError as error:
            raise NoWorkerError from error
        self._slots.append(slot)
        if wanted is not None:
            with suppress(WorkerLost):  # which will be noticed when it is asked
                slot.process.send_allowed_paths(wanted)
        return slot

    def _receive(self, slot: _Slot) -> None:
        try:
            replies = slot.process.receive()
        except WorkerLost:
            self._lose(slot, "crashed")
        else:
            for reply in replies:
                if not isinstance(reply, INTERIM):
                    self._take(slot, reply)
                elif slot.process.under_way is not None:
                    slot.due = slot.asked + slot.process.under_way.deadline_ms(self._deadline) / 1000

    def _take(self, slot: _Slot, reply: Reply) -> None:
        path, slot.path = slot.path, ""
        self._failed_starts = 0
        if isinstance(reply, Outside):
            if self._access_policy.retry_outside(path):
                self._waiting.appendleft(path)
                return
            self._failures[path] = Failure("forbidden")
        elif isinstance(reply, Failed):
            self._failures[path] = reply.failure
        elif isinstance(reply, Described):
            self.described[path] = reply
        self._access_policy.note_read(path)
        self._note_tried()

    def _lose(self, slot: _Slot, reason: Reason) -> None:
        """The worker is lost, "crashed" or "too-slow": its file is tried once more, unless that has been done."""
        under_way = slot.process.under_way
        has_opened = under_way is not None and under_way.identity is not None
        path = slot.path
        self._slots.remove(slot)
        slot.end()
        if reason != "too-slow" and not has_opened:  # it did not come to the file
            self._failed_starts += 1
            if self._failed_starts >= MOST_FAILED_STARTS:
                raise NoWorkerError
            self._waiting.appendleft(path)
        elif path not in self._lost_once:
            self._lost_once.append(path)
        else:
            self._failures[path] = Failure(reason)
            self._note_tried()

    def _note_tried(self) -> None:
        self._tried += 1
        self._progress(self._tried)

    def _allow(self, allowed_paths: AllowedPaths) -> None:
        """Nothing to do: what is allowed is asked for when a worker is chosen."""
