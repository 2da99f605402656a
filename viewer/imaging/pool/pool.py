"""The workers, and who gets one.

Any worker takes any request, one at a time. One of them is always kept free for what is urgent (the glass): a folder
of slow thumbnails never stands between a key press and its picture. It is started last, so that it takes nothing from
what others are at while the program starts. A worker that dies is replaced at once, and more
and more slowly if they keep dying; one that does not answer within the deadline is ended; one that has grown large or
old is replaced while it has nothing to do. Workers are started as they are needed: the first one may have been
at work before Qt was there. When nothing has been asked for a while, all but one end, and give back what they took.

Nothing in here waits, except `close` for the end of the processes.
"""

from __future__ import annotations

import logging
import os
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.imaging.pool.backoff import Backoff
from viewer.imaging.pool.worker_process import UnderWay, WorkerLost, WorkerProcess
from viewer.imaging.pool.worker_slot import WorkerSlot
from viewer.timers import repeating, single_shot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.imaging.protocol.handshake import AllowedPaths, Sandbox
    from viewer.imaging.protocol.messages import Reply, Request
    from viewer.imaging.protocol.shared_memory import SharedBuffer

DEADLINE_MS: Final = 10_000
"""Milliseconds that a worker has for one picture, from the moment it is asked."""

RECYCLE_PICTURES: Final = 200
RECYCLE_BYTES: Final = 256 * 1024 * 1024
"""A worker that has decoded so many pictures, or keeps so much memory after one, is replaced by a fresh one."""

REST_MS: Final = 30_000
"""Milliseconds without an answer after which one worker is enough: 10 MiB for each other one. A show that plays asks
more often than that, and would pay for a start, 50 ms of a processor, with each slide."""

MOST_FAILED_STARTS: Final = 3
"""Workers that die in a row without a single answer until the program counts as not startable."""

SPARE_MS: Final = 400
"""Milliseconds after which the worker that is kept free is started, should it not have been needed before."""

_REAP_MS: Final = 20
_CLOSE_SECONDS: Final = 1.0
_log = logging.getLogger("liftoff.imaging")


def most_workers(cores: int) -> int:
    """As many workers as there are processor cores, but three at least and four at most.

    Three, because one is kept free for the glass, and the glass may have one: with two, one slow picture on the glass
    would stop all thumbnails, and on two cores only one would ever be at work on them.
    """
    return max(3, min(4, cores))


class Pool(QObject):
    """Up to `workers` worker processes; how many by default, `most_workers` says.

    `adopted` are running already, perhaps with a request under way; what they have `answered` before counts as under
    way, too, until it is told in the next turn of the event loop. `start` makes another one. `answered` brings the
    last reply to a request, with the request and its buffer; `lost` a request whose worker died ("crashed", or
    "unread"
    if it had not read the request yet) or was ended at the deadline ("too-slow"), its buffer closed. `room` says that a
    request may be taken that was not before.
    """

    answered = Signal(object, object)  # UnderWay, Done | Failed | Unchanged
    lost = Signal(object, str)  # UnderWay, "crashed", "unread" or "too-slow"
    worker_available = Signal()

    def __init__(
        self, adopted: Sequence[WorkerProcess] = (), answered: Sequence[tuple[UnderWay, Reply]] = (), *,
        workers: int | None = None, deadline: int = DEADLINE_MS,
        recycle_pictures: int = RECYCLE_PICTURES, recycle_bytes: int = RECYCLE_BYTES, rest: int = REST_MS,
        start: Callable[[], WorkerProcess] = WorkerProcess.start, parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._most = most_workers(os.cpu_count() or 1) if workers is None else workers
        self._deadline = deadline
        self._recycle_pictures = recycle_pictures
        self._recycle_bytes = recycle_bytes
        self._start = start
        self._backoff = Backoff()
        self._failed_starts = 0
        self._allowed_paths: AllowedPaths | None = None
        self._sandbox: Sandbox | None = None
        self._slots: list[WorkerSlot] = []
        self._dying: list[tuple[WorkerProcess, str]] = []
        self._reaper = repeating(self, self._reap, _REAP_MS)
        self._respawn = single_shot(self, self._respawn_now)
        self._rest = single_shot(self, self._keep_one, rest)
        self._spare = single_shot(self, self._start_spare, SPARE_MS)
        self._answered_before = list(answered)
        self._telling = single_shot(self, self._tell_answered_before)
        for process in adopted:
            self._slot(process)
        if answered:
            self._telling.start()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers."""
        return tuple(slot.process.pid for slot in self._slots)

    @property
    def busy(self) -> int:
        """How many workers have a request under way."""
        return sum(slot.job is not None for slot in self._slots)

    @property
    def cannot_start(self) -> bool:
        """Whether workers only die, and none has ever answered: the program that decodes does not start."""
        return self._failed_starts >= MOST_FAILED_STARTS

    @property
    def is_failing_to_start(self) -> bool:
        """Whether the last worker that died had never answered anything."""
        return self._failed_starts > 0

    @property
    def under_way(self) -> tuple[UnderWay, ...]:
        """What the workers are at, and what has been answered but not been told."""
        return (*(job for job, _ in self._answered_before),
                *(slot.job for slot in self._slots if slot.job is not None))

    def allow(self, allowed_paths: AllowedPaths) -> None:
        """Only workers that may read `allowed_paths`, and no more, take requests from now on; others are replaced.

        What a worker has under way it may finish.
        """
        self._allowed_paths = allowed_paths
        for slot in tuple(self._slots):
            if slot.job is None and not self._serves(slot):
                self._dismiss(slot)
        for slot in self._slots:
            self._admit(slot.process)
        if not self._slots:
            self._grow()  # the next request will come at once

    def accepts(self, path: str, *, frame: int = 0, urgent: bool = False) -> bool:
        """Whether a request for this file can be submitted now.

        What is not urgent leaves one worker free, or one to be started. The next frame of an animation waits for the
        worker that has the file open, rather than have another one decode it from the start.
        """
        if frame and any(slot.job is not None and slot.path == path for slot in self._slots):
            return False
        free = [slot for slot in self._slots if slot.job is None]
        to_come = 0 if self._respawn.isActive() else self._most - len(self._slots)
        if len(free) + to_come < (1 if urgent else 2):
            return False
        if len(free) < 2 and not urgent and not self._spare.isActive():
            self._spare.start()
        if any(not slot.animating or (frame and slot.path == path) for slot in free):
            return True
        return self._grow() or bool(free)

    def submit(self, request: Request, buffer: SharedBuffer, *, urgent: bool = False) -> None:
        """Ask a worker; only where `takes` agrees. What becomes of it is told by `answered` or `lost`, later."""
        slot = self._choose(request, urgent=urgent)
        try:
            slot.ask(request, buffer, self._deadline)
        except WorkerLost:
            # It died a moment ago, and its end is about to be noticed: it takes the request along.
            slot.lose_later(UnderWay(request, buffer, None))

    def set_deadline(self, milliseconds: int) -> None:
        """Give every request from now on so long."""
        self._deadline = milliseconds

    def close(self) -> None:
        """End all workers and wait for them, a second at most."""
        self._respawn.stop()
        self._rest.stop()
        self._reaper.stop()
        self._spare.stop()
        self._telling.stop()
        for under_way, _ in self._answered_before:
            under_way.buffer.close()
        self._answered_before.clear()
        for slot in tuple(self._slots):
            self._dismiss(slot)
        end = time.monotonic() + _CLOSE_SECONDS
        for process, _ in self._dying:
            process.wait(max(0.0, end - time.monotonic()))
        self._reaper.stop()
        self._dying.clear()
        self._most = 0

    def _choose(self, request: Request, *, urgent: bool) -> WorkerSlot:
        free = [slot for slot in self._slots if slot.job is None]
        if not free:
            raise ValueError("no worker is free")
        if request.frame:
            holding = next((slot for slot in free if slot.path == request.path), None)
            if holding is not None:
                return holding
        # The first worker is kept warm for the glass, the last ones do what can wait; neither disturbs an animation,
        # nor waits for one that is just being started.
        if urgent:
            return min(free, key=lambda slot: (not slot.proven, slot.animating, self._slots.index(slot)))
        return min(free, key=lambda slot: (slot.animating, not slot.proven, -self._slots.index(slot)))

    def _serves(self, slot: WorkerSlot) -> bool:
        """Whether this worker's grounds are those that count now, or it has none yet."""
        given, wanted = slot.process.allowed_paths, self._allowed_paths
        return given is None or wanted is None or given.satisfies(wanted)

    def _admit(self, process: WorkerProcess) -> None:
        if self._allowed_paths is not None and process.allowed_paths is None:
            try:
                process.send_allowed_paths(self._allowed_paths)
            except WorkerLost:  # its end is about to be noticed
                return

    def _grow(self) -> bool:
        """Start another worker, if there may be one now."""
        if len(self._slots) >= self._most or self._respawn.isActive():
            return False
        try:
            process = self._start()
        except OSError as error:
            _log.error("A decoding worker does not start: %s", error)
            self._failed_starts += 1
            self._respawn.start(round(max(0.1, self._backoff.died(time.monotonic())) * 1000))
            return False
        self._slot(process)
        return True

    def _slot(self, process: WorkerProcess) -> None:
        slot = WorkerSlot(process, self._deadline, self)
        slot.answered.connect(self._take_answer)
        slot.lost.connect(self._lose)
        self._slots.append(slot)
        self._admit(process)
        self._note_sandbox(process.sandbox)

    def _take_answer(self, slot: WorkerSlot, job: UnderWay, reply: Reply) -> None:
        self._backoff.answered()
        self._failed_starts = 0
        self._note_sandbox(slot.process.sandbox)
        old = slot.process.pictures >= self._recycle_pictures or slot.process.memory() > self._recycle_bytes
        if old or not self._serves(slot):
            self._replace(slot)
        self._rest.start()
        self.answered.emit(job, reply)
        self.worker_available.emit()

    def _tell_answered_before(self) -> None:
        """What was answered before there was an event loop to tell it."""
        told, self._answered_before = self._answered_before, []
        for under_way, reply in told:
            self.answered.emit(under_way, reply)
        self.worker_available.emit()

    def _start_spare(self) -> None:
        """A worker that is free for the glass, if there is none."""
        if all(slot.job is not None for slot in self._slots):
            self._grow()

    def _note_sandbox(self, sandbox: Sandbox | None) -> None:
        """Say in the log how workers are shut in: once, and again should it change."""
        if sandbox is not None and sandbox != self._sandbox:
            self._sandbox = sandbox
            level = logging.INFO if sandbox.is_complete else logging.WARNING
            _log.log(level, "Pictures are decoded in %s.", sandbox.summary())

    def _replace(self, slot: WorkerSlot) -> None:
        """A fresh worker for an old one, which is kept if there is none to be had."""
        try:
            process = self._start()
        except OSError as error:
            _log.warning("A decoding worker could not be replaced: %s", error)
            return
        self._dismiss(slot)
        self._slot(process)

    def _lose(self, slot: WorkerSlot, reason: str, why: str) -> None:
        job = slot.job
        path = "" if job is None else f" over {job.request.path!r}"
        self._dismiss(slot, f"A decoding worker was lost{path}: {why}")
        if reason == "crashed":
            self._failed_starts = 0 if slot.proven else self._failed_starts + 1
            wait = self._backoff.died(time.monotonic())
            if wait:
                self._respawn.start(round(wait * 1000))
        self._grow()
        if job is not None:
            self.lost.emit(job, "unread" if slot.unheard else reason)
        self.worker_available.emit()

    def _respawn_now(self) -> None:
        self._grow()
        self.worker_available.emit()

    def _keep_one(self) -> None:
        """End those that have had nothing to do for long: not the first, nor one that has an animation open."""
        for slot in self._slots[1:]:
            if slot.job is None and not slot.animating:
                self._dismiss(slot)

    def _dismiss(self, slot: WorkerSlot, why: str = "") -> None:
        self._slots.remove(slot)
        slot.end()
        self._dying.append((slot.process, why))
        self._reaper.start()

    def _reap(self) -> None:
        """Let go of the processes that have ended; one that hangs in the kernel may take its time."""
        left = []
        for process, why in self._dying:
            if not process.has_ended:
                left.append((process, why))
            elif why:
                _log.warning("%s (%s)", why, process.exit_summary())
        self._dying = left
        if not left:
            self._reaper.stop()
