"""Assigns requests to worker processes.

Any worker takes any request, one at a time. One of them is always kept free for what is urgent (the current slide), so
that a folder of slow thumbnails never stands between a key press and its picture; it is started last, so that it takes
no processor time from the others while the program starts. Workers are started as they are needed; the first may have
been at work before Qt was loaded (`viewer.startup.early_decode`).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.imaging.pool.worker_lifecycle import WorkerLifecycle
from viewer.imaging.pool.worker_process import (
    DEADLINE_MS,
    MOST_FAILED_STARTS,
    RECYCLE_BYTES,
    RECYCLE_PICTURES,
    UnderWay,
    WorkerLost,
    WorkerProcess,
)
from viewer.timers import single_shot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.imaging.pool.worker_slot import WorkerSlot
    from viewer.imaging.protocol.handshake import AllowedPaths, Sandbox
    from viewer.imaging.protocol.messages import Reply, Request
    from viewer.imaging.protocol.shared_memory import SharedBuffer

IDLE_MS: Final = 30_000
"""Milliseconds without an answer after which one worker is enough: each other one takes 10 MiB. A playing show asks
more often than that, and would pay for a start, 50 ms of a processor, with each slide."""


def most_workers(cores: int) -> int:
    """As many workers as there are processor cores, but three at least and four at most.

    Three, because one is kept free for the current slide, which may keep another one busy: with two, one slow picture
    would stop all thumbnails, and on two cores only one would ever be at work on them.
    """
    return max(3, min(4, cores))


class Pool(QObject):
    """Up to `workers` worker processes; how many by default, `most_workers` says. Signals as in `WorkerLifecycle`.

    `adopted` are running already, perhaps with a request under way; what they have `answered` before counts as under
    way, too, until it is emitted in the next turn of the event loop. `start` makes another one. `deadline` is what each
    request has from now on, in milliseconds.
    """

    answered = Signal(object, object)
    lost = Signal(object, str)
    worker_available = Signal()

    def __init__(
        self, adopted: Sequence[WorkerProcess] = (), answered: Sequence[tuple[UnderWay, Reply]] = (), *,
        workers: int | None = None, deadline: int = DEADLINE_MS,
        recycle_pictures: int = RECYCLE_PICTURES, recycle_bytes: int = RECYCLE_BYTES, idle: int = IDLE_MS,
        start: Callable[[], WorkerProcess] = WorkerProcess.start, parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        most = most_workers(os.cpu_count() or 1) if workers is None else workers
        self._workers = WorkerLifecycle(most, recycle_pictures, recycle_bytes, idle, start, self)
        self._workers.answered.connect(self.answered)
        self._workers.lost.connect(self.lost)
        self._workers.worker_available.connect(self.worker_available)
        self.deadline = deadline
        self._answered_before = list(answered)
        self._emitting = single_shot(self, self._emit_answered_before)
        for process in adopted:
            self._workers.add(process, deadline)
        if answered:
            self._emitting.start()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers."""
        return tuple(slot.process.pid for slot in self._workers.slots)

    @property
    def patience_ms(self) -> int:
        """Milliseconds that a picture may take which is asked for now: what was given to the one under way, and once
        more the deadline, as it may have to be decoded a second time.
        """
        return self.deadline + max((self.deadline, *(slot.given_ms for slot in self._workers.slots)))

    @property
    def memory(self) -> tuple[int, ...]:
        """The private resident memory of each worker, in bytes; 0 where that is not known."""
        return tuple(slot.process.memory() for slot in self._workers.slots)

    @property
    def sandbox(self) -> Sandbox | None:
        """What workers are confined by; None until the first has said so."""
        return self._workers.sandbox

    @property
    def busy(self) -> int:
        """How many workers have a request under way."""
        return len(self._workers.slots) - len(self._workers.free)

    @property
    def is_idle(self) -> bool:
        """Whether there are workers and none of them has anything to do."""
        return bool(self._workers.slots) and self.busy == 0

    @property
    def cannot_start(self) -> bool:
        """Whether workers only die, and none has ever answered: the program that decodes does not start."""
        return self._workers.failed_starts >= MOST_FAILED_STARTS

    @property
    def is_failing_to_start(self) -> bool:
        """Whether the last worker that died had never answered anything."""
        return self._workers.failed_starts > 0

    @property
    def under_way(self) -> tuple[UnderWay, ...]:
        """What the workers are at, and what has been answered but not been emitted."""
        return (*(job for job, _ in self._answered_before),
                *(slot.job for slot in self._workers.slots if slot.job is not None))

    def allow(self, allowed_paths: AllowedPaths) -> None:
        """Give requests from now on only to workers that may read `allowed_paths` and no more.

        What other workers have under way they may finish.
        """
        self._workers.allow(allowed_paths)

    def accepts(self, path: str, *, frame: int = 0, urgent: bool = False) -> bool:
        """Whether a request for this file can be submitted now.

        What is not urgent leaves one worker free, or one to be started. The next frame of an animation waits for the
        worker that has the file open, rather than have another one decode it from the start.
        """
        if frame and any(slot.job is not None and slot.path == path for slot in self._workers.slots):
            return False
        free = self._workers.free
        if len(free) + self._workers.can_still_start < (1 if urgent else 2):
            return False
        if len(free) < 2 and not urgent:
            self._workers.grow_soon()
        if any(not slot.animating or (frame and slot.path == path) for slot in free):
            return True
        return self._workers.grow() or bool(free)

    def submit(self, request: Request, buffer: SharedBuffer, *, urgent: bool = False, background: bool = False) -> None:
        """Ask a worker; only where `accepts` agrees, or in the `background` where the pool `is_idle`.

        What is done in the background keeps no worker from ending when idle. `answered` or `lost` follows.
        """
        slot = self._choose(request, urgent=urgent)
        try:
            slot.ask(request, buffer, self.deadline, in_background=background)
        except WorkerLost:
            # It died a moment ago, and its end is about to be noticed: it takes the request along.
            slot.lose_soon(UnderWay(request, buffer, None))

    def close(self) -> None:
        """End all workers and wait for them, a second at most."""
        self._emitting.stop()
        for under_way, _ in self._answered_before:
            under_way.buffer.close()
        self._answered_before.clear()
        self._workers.close()

    def _choose(self, request: Request, *, urgent: bool) -> WorkerSlot:
        free = self._workers.free
        if not free:
            raise ValueError("no worker is free")
        if request.frame:
            holding = next((slot for slot in free if slot.path == request.path), None)
            if holding is not None:
                return holding
        # The first worker is kept warm for the current slide, the last ones do what can wait; neither disturbs an
        # animation, nor waits for one that is just being started.
        place = self._workers.slots.index
        if urgent:
            return min(free, key=lambda slot: (not slot.proven, slot.animating, place(slot)))
        return min(free, key=lambda slot: (slot.animating, not slot.proven, -place(slot)))

    def _emit_answered_before(self) -> None:
        """What was answered before there was an event loop to emit it."""
        before, self._answered_before = self._answered_before, []
        for under_way, reply in before:
            self.answered.emit(under_way, reply)
        self.worker_available.emit()
