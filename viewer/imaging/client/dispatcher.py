"""Sends what is wanted to the workers: the most urgent first, as many requests as the pool accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from viewer.imaging.client.conversion import can_be_a_path, dimensions_of
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.client.scheduling import CURRENT_ALONE_MS, RequestLists, RequestState, priority_order
from viewer.imaging.protocol.failures import Failure
from viewer.imaging.protocol.limits import DEFAULT
from viewer.imaging.protocol.messages import Box, Identity, Kind, Request
from viewer.imaging.protocol.shared_memory import SharedBuffer
from viewer.timers import single_shot

if TYPE_CHECKING:
    from viewer.imaging.client.picture import Priority
    from viewer.imaging.client.quarantine import Quarantine
    from viewer.imaging.pool.pool import Pool
    from viewer.imaging.pool.read_access import AccessPolicy


class Job(NamedTuple):
    """A request at a worker. `unless` is set for a recheck: the version of the file that is at hand."""

    request: PictureRequest
    kind: Kind
    urgent: bool = False
    rough: bool = False
    unless: Identity | None = None


class Dispatcher(QObject):
    """Keeps the workers of `pool` busy with `lists`; takes over what they have under way.

    `refused` brings a PictureRequest that no worker can be asked for and its Failure, from within `dispatch`.
    """

    refused = Signal(object, object)

    def __init__(self, pool: Pool, quarantine: Quarantine, access_policy: AccessPolicy, thumbnails: str,
                 parent: QObject) -> None:
        """`thumbnails` is the root of the desktop's thumbnail cache, or empty."""
        super().__init__(parent)
        self._pool = pool
        self._quarantine = quarantine
        self._access_policy = access_policy
        self._thumbnails = thumbnails
        self.lists = RequestLists()
        self.limits = DEFAULT
        self.partial = False
        """Whether the readable part of a JPEG that breaks off is asked for."""
        self.finds_embedded = False
        """Whether files here have embedded thumbnails, by the last one that was looked for."""
        self._recheck: Job | None = None
        self._jobs: dict[int, Job] = {}
        self._serial = 0
        self._current_alone = single_shot(self, self.dispatch, CURRENT_ALONE_MS)
        pool.worker_available.connect(self.dispatch)
        for message in (job.request for job in pool.under_way):
            self._serial = max(self._serial, message.serial)
            request = PictureRequest(message.path, Box(message.width, message.height), message.frame)
            self._note(message.serial, Job(request, message.kind, message.kind == "picture", message.rough))

    def dispatch(self) -> None:
        """Give workers what is to be done now, as far as there are any."""
        jobs = [job for job in self._jobs.values() if job.unless is None]
        under_way, kinds = {job.request for job in jobs}, {job.kind for job in jobs}
        paging = self.lists.has("preview")
        retries: list[tuple[Priority, PictureRequest]] = []
        for priority, most in priority_order(kinds, paging=paging, current_waits=self._is_current_at_work()):
            if priority == "current" and paging and jobs:
                break
            to_do = self._to_do(priority, alone=any(first == "current" for first, _ in retries))
            for request in [request for request in to_do if request not in under_way][:most]:
                self._access_policy.allow(request.path)
                if self._quarantine.lost_a_worker(request):
                    retries.append((priority, request))
                elif not self._pool.accepts(request.path, frame=request.frame, urgent=priority == "current"):
                    break
                else:
                    self._ask(priority, request)
                    under_way.add(request)
        if retries and self._pool.busy == 0 and self._pool.accepts(retries[0][1].path, urgent=True):
            self._ask(*retries[0])
        if self._pool.cannot_start and not self._pool.pids:
            for request in set(self.lists.all_waiting()):
                self._refuse(request, Failure("no-worker"))
        if self._recheck is not None and self._pool.is_idle:
            job, self._recheck = self._recheck, None
            self._send(job, job.unless)

    def recheck(self, request: PictureRequest | None, unless: Identity | None) -> None:
        """Ask for `request` if its file is not `unless` any more, as soon as an idle worker runs; None: do not."""
        self._recheck = None if request is None else Job(request, "picture", unless=unless)
        self.dispatch()

    def end(self, serial: int) -> Job | None:
        """A worker is done with this request: what it was, or None where it has been dropped meanwhile."""
        job = self._jobs.pop(serial, None)
        if not self._is_current_at_work():
            self._current_alone.stop()
        return job

    def drop(self, path: str) -> None:
        """Have all that is wanted of a file decoded again, and drop what is under way, except a recheck."""
        self._jobs = {serial: job for serial, job in self._jobs.items()
                      if job.request.path != path or job.unless is not None}
        self.lists.reset(lambda request: request.path == path)

    def drop_all(self) -> None:
        """Have all that is wanted decoded again, and drop all that is under way."""
        self._jobs.clear()
        self.lists.reset(lambda _: True)

    def close(self) -> None:
        """Ask for nothing any more."""
        self.lists.clear()
        self._jobs.clear()
        self._recheck = None
        self._current_alone.stop()

    def _to_do(self, priority: Priority, *, alone: bool) -> tuple[PictureRequest, ...]:
        """What is to be decoded at `priority` now; `alone` leaves the machine to the current slide."""
        waiting = self.lists.waiting(priority)
        if priority in ("current", "preview") or not (alone or self._current_alone.isActive()):
            # What is only seen in passing is not made better.
            return (*waiting, *self.lists.rough(priority)) if priority == "thumbnail" else waiting
        if priority != "thumbnail" or not self.finds_embedded:
            return ()
        # An embedded thumbnail of the slide that is waited for costs next to nothing, and can be shown meanwhile.
        waited_for = {job.request.path for job in self._jobs.values() if job.urgent}
        return tuple(request for request in waiting if request.path in waited_for)

    def _ask(self, priority: Priority, request: PictureRequest) -> None:
        if not can_be_a_path(request.path):
            self._refuse(request, Failure("missing", "no file is called that"))
            return
        rough = priority == "thumbnail" and request not in self.lists.rough(priority)
        kind: Kind = "thumbnail" if priority in ("preview", "thumbnail") else "picture"
        job = Job(request, kind, priority == "current", rough)
        self._send(job, self._quarantine.unless(request))

    def _send(self, job: Job, unless: Identity | None) -> None:
        box, region, capacity = dimensions_of(job.request)
        try:
            buffer = SharedBuffer(capacity)
        except OSError as error:
            self._refuse(job.request, Failure("out-of-memory", str(error)[:200]))
            return
        self._serial += 1
        thumbnails = self._thumbnails if job.kind == "thumbnail" else ""
        message = Request(self._serial, job.kind, job.request.path, box.width, box.height, buffer.capacity,
                          job.request.frame, unless, thumbnails, self.limits, region, job.rough, self.partial,
                          self._access_policy.beside(job.request.path) if job.kind == "picture" else ())
        self._note(self._serial, job)
        self._pool.submit(message, buffer, urgent=job.urgent, background=job.unless is not None)

    def _refuse(self, request: PictureRequest, failure: Failure) -> None:
        self.lists.set_state(request, RequestState.FAILED)
        self.refused.emit(request, failure)

    def _note(self, serial: int, job: Job) -> None:
        self._jobs[serial] = job
        if job.urgent:
            self._current_alone.start()

    def _is_current_at_work(self) -> bool:
        return any(job.urgent for job in self._jobs.values())
