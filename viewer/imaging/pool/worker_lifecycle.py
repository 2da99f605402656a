"""Lifecycle of the worker processes: started as needed, replaced when they die or grow old, ended when idle.

A worker that dies is replaced at once, and more and more slowly if they keep dying (`viewer.imaging.pool.backoff`).
One that has grown large or old is replaced after its answer. When nothing has been decoded for a while, all but one
end. Nothing in here waits, except `close` for the end of the processes.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viewer.imaging.pool.backoff import Backoff
from viewer.imaging.pool.worker_process import WorkerLost
from viewer.imaging.pool.worker_slot import WorkerSlot
from viewer.timers import repeating, single_shot

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.imaging.pool.worker_process import UnderWay, WorkerProcess
    from viewer.imaging.protocol.handshake import AllowedPaths, Sandbox
    from viewer.imaging.protocol.messages import Reply

SPARE_MS: Final = 400
"""Milliseconds after which the worker that is kept free is started, should it not have been needed before."""

_REAP_MS: Final = 20
_CLOSE_SECONDS: Final = 1.0
_log = logging.getLogger("liftoff.imaging")


class WorkerLifecycle(QObject):
    """Up to `most` workers in `slots`, in the order in which they were started; `start` makes one.

    A worker is replaced after `recycle_pictures`, or when it keeps more than `recycle_bytes` after an answer. All but
    one end after `idle` milliseconds without an answer. `failed_starts` workers in a row have died without an answer,
    or did not start at all.
    """

    answered = Signal(object, object)
    """An UnderWay and the last reply to it."""
    lost = Signal(object, str)
    """An UnderWay whose worker died ("crashed"; "unread" if it had not read the request yet) or was ended at its
    deadline ("too-slow"); its buffer is closed."""
    worker_available = Signal()
    """A request may be accepted that was not before."""

    def __init__(self, most: int, recycle_pictures: int, recycle_bytes: int, idle: int,
                 start: Callable[[], WorkerProcess], parent: QObject) -> None:
        super().__init__(parent)
        self.slots: list[WorkerSlot] = []
        self._most = most
        self._recycle_pictures = recycle_pictures
        self._recycle_bytes = recycle_bytes
        self._start = start
        self._backoff = Backoff()
        self.failed_starts = 0
        self._allowed_paths: AllowedPaths | None = None
        self._sandbox: Sandbox | None = None
        self._dying: list[tuple[WorkerProcess, str]] = []
        self._reaping = repeating(self, self._reap, _REAP_MS)
        self._respawn = single_shot(self, self._respawn_now)
        self._idle = single_shot(self, self._keep_one, idle)
        self._spare = single_shot(self, self._start_spare, SPARE_MS)

    @property
    def sandbox(self) -> Sandbox | None:
        """What the last worker that reported on it is confined by; None before the first has."""
        return self._sandbox

    @property
    def free(self) -> list[WorkerSlot]:
        """The workers that have nothing to do."""
        return [slot for slot in self.slots if slot.job is None]

    @property
    def can_still_start(self) -> int:
        """How many more workers could be started now."""
        return 0 if self._respawn.isActive() else self._most - len(self.slots)

    def add(self, process: WorkerProcess, deadline: int = 0) -> None:
        """Take over a running worker; what it has under way is to be answered within `deadline` milliseconds."""
        slot = WorkerSlot(process, deadline, self)
        slot.answered.connect(self._take_answer)
        slot.lost.connect(self._take_loss)
        self.slots.append(slot)
        self._send_allowed_paths(process)
        self._log_sandbox(process.sandbox)

    def grow(self) -> bool:
        """Start another worker, if there may be one now."""
        if self.can_still_start < 1:
            return False
        try:
            process = self._start()
        except OSError as error:
            _log.error("A decoding worker does not start: %s", error)
            self.failed_starts += 1
            self._respawn.start(round(max(0.1, self._backoff.died(time.monotonic())) * 1000))
            return False
        self.add(process)
        return True

    def grow_soon(self) -> None:
        """Start another worker in a while, if none is free then."""
        if not self._spare.isActive():
            self._spare.start()

    def allow(self, allowed_paths: AllowedPaths) -> None:
        """Keep only workers that are restricted to `allowed_paths`; the others end once they have nothing to do."""
        self._allowed_paths = allowed_paths
        for slot in self.free:
            if not self._is_restricted_rightly(slot):
                self._dismiss(slot)
        for slot in self.slots:
            self._send_allowed_paths(slot.process)
        if not self.slots:
            self.grow()  # the next request will come at once

    def close(self) -> None:
        """End all workers and wait for them, a second at most."""
        self._most = 0
        for slot in tuple(self.slots):
            self._dismiss(slot)
        for timer in (self._respawn, self._idle, self._spare, self._reaping):
            timer.stop()
        end = time.monotonic() + _CLOSE_SECONDS
        for process, _ in self._dying:
            process.wait(max(0.0, end - time.monotonic()))
        self._dying.clear()

    def _is_restricted_rightly(self, slot: WorkerSlot) -> bool:
        given, wanted = slot.process.allowed_paths, self._allowed_paths
        return given is None or wanted is None or given.satisfies(wanted)

    def _send_allowed_paths(self, process: WorkerProcess) -> None:
        if self._allowed_paths is not None and process.allowed_paths is None:
            with suppress(WorkerLost):  # its end is about to be noticed
                process.send_allowed_paths(self._allowed_paths)

    def _take_answer(self, slot: WorkerSlot, job: UnderWay, reply: Reply) -> None:
        self._backoff.answered()
        self.failed_starts = 0
        self._log_sandbox(slot.process.sandbox)
        is_old = slot.process.pictures >= self._recycle_pictures or slot.process.memory() > self._recycle_bytes
        if is_old or not self._is_restricted_rightly(slot):
            self._replace(slot)
        if not slot.in_background:
            self._idle.start()
        self.answered.emit(job, reply)
        self.worker_available.emit()

    def _take_loss(self, slot: WorkerSlot, reason: str, why: str) -> None:
        job = slot.job
        path = "" if job is None else f" over {job.request.path!r}"
        self._dismiss(slot, f"A decoding worker was lost{path}: {why}")
        if reason == "crashed":
            self.failed_starts = 0 if slot.proven else self.failed_starts + 1
            wait = self._backoff.died(time.monotonic())
            if wait:
                self._respawn.start(round(wait * 1000))
        self.grow()
        if job is not None:
            self.lost.emit(job, "unread" if slot.unread else reason)
        self.worker_available.emit()

    def _replace(self, slot: WorkerSlot) -> None:
        """Start a fresh worker for an old one, which is kept if none can be started."""
        try:
            process = self._start()
        except OSError as error:
            _log.warning("A decoding worker could not be replaced: %s", error)
            return
        self._dismiss(slot)
        self.add(process)

    def _dismiss(self, slot: WorkerSlot, why: str = "") -> None:
        self.slots.remove(slot)
        slot.end()
        self._dying.append((slot.process, why))
        self._reaping.start()

    def _reap(self) -> None:
        """Collect the processes that have ended, without waiting: one that hangs in the kernel may take its time."""
        left = []
        for process, why in self._dying:
            if not process.has_ended:
                left.append((process, why))
            elif why:
                _log.warning("%s (%s)", why, process.exit_summary())
        self._dying = left
        if not left:
            self._reaping.stop()

    def _respawn_now(self) -> None:
        self.grow()
        self.worker_available.emit()

    def _start_spare(self) -> None:
        if not self.free:
            self.grow()

    def _keep_one(self) -> None:
        """End idle workers, except the first and any that has an animation open."""
        for slot in self.slots[1:]:
            if slot.job is None and not slot.animating:
                self._dismiss(slot)
        if any(slot.job is not None and slot.in_background for slot in self.slots[1:]):
            self._idle.start()  # its answer will not

    def _log_sandbox(self, sandbox: Sandbox | None) -> None:
        """Log what the workers' sandbox consists of: once, and again should it change."""
        if sandbox is not None and sandbox != self._sandbox:
            self._sandbox = sandbox
            level = logging.INFO if sandbox.is_complete else logging.WARNING
            _log.log(level, "Pictures are decoded in %s.", sandbox.summary())
