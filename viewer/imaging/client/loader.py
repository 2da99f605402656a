"""Wishes in, pictures out: what the rest of the viewer knows of decoding.

Each lane has one list of wishes, replaced as a whole, so nothing piles up: what is no longer wished and not yet begun
is never decoded. What is wished and not at hand goes to a worker, the most urgent first. What a worker has begun is
finished and kept, wished or not, and wishing it again joins it. Every wish that was not at hand is answered once, by
`arrived` or by `failed`, unless it is withdrawn first; one for a thumbnail may be answered by a rough one before.

A file that costs a worker is tried once more, when nothing else is to be done; a file that costs two is left alone
until it has changed (`viewer.imaging.client.quarantine`). This process never opens the files, nor even looks at their
dates.
"""

from __future__ import annotations

import logging
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from viewer.imaging.client.conversion import can_be_a_path, dimensions_of, picture_from
from viewer.imaging.client.picture import Picture, PictureRequest, Priority
from viewer.imaging.client.picture_cache import PictureCache
from viewer.imaging.client.quarantine import Quarantine
from viewer.imaging.client.scheduling import CURRENT_ALONE_MS, PRIORITIES, SMALL, priority_order
from viewer.imaging.pool.read_access import AccessPolicy
from viewer.imaging.protocol.failures import Failure, Reason
from viewer.imaging.protocol.limits import DEFAULT
from viewer.imaging.protocol.messages import Box, Done, Failed, Kind, Outside, Request, Unchanged
from viewer.imaging.protocol.shared_memory import SharedBuffer
from viewer.timers import single_shot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.imaging.pool.pool import Pool
    from viewer.imaging.pool.worker_process import UnderWay
    from viewer.imaging.protocol.limits import Limits
    from viewer.imaging.protocol.messages import Identity, Reply
    from viewer.imaging.thumbnails.writer import ThumbnailWriter

PICTURES_BYTES: Final = 128 * 1024 * 1024
THUMBNAILS_BYTES: Final = 32 * 1024 * 1024
"""What is kept unless `set_budgets` says otherwise."""

_COPY_BELOW: Final = 1024 * 1024
_MOST_IN_PLACE: Final = 300
"""A small picture is copied out of the shared memory, which costs less than the file descriptor that it ties up: below
so many bytes, and so many that no more than 300 descriptors are tied up within the budget."""

_MOST_LOGGED: Final = 10_000
"""Files of which is remembered what the log said: it says the same of none of them again."""

_log = logging.getLogger("liftoff.imaging")


class _State(Enum):
    """What has become of a wish."""

    WAITING = auto()
    TOLD = auto()  # it failed, and is quietly tried once more
    FAILED = auto()
    ROUGH = auto()  # the camera's own small thumbnail is at hand; a better one is made when all have one
    SETTLED = auto()


class _Job(NamedTuple):
    """A wish at a worker."""

    request: PictureRequest
    kind: Kind
    urgent: bool
    rough: bool


class Loader(QObject):
    """The one place that decoded pictures come from.

    `arrived` brings a PictureRequest and its Picture, `failed` a PictureRequest and its Failure; both from the event
    loop, never from within `request`, and also for what was begun and is no longer wanted. The loader takes over
    `pool`, and the requests that its workers have under way. New thumbnails are handed to `writer`.
    """

    arrived = Signal(object, object)
    failed = Signal(object, object)
    _refused = Signal(object, object)

    def __init__(
        self, pool: Pool, writer: ThumbnailWriter | None = None, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pool = pool
        self._writer = writer
        self._cache = PictureCache(PICTURES_BYTES, THUMBNAILS_BYTES)
        self._copy_below = _COPY_BELOW
        self._limits = DEFAULT
        self._quarantine = Quarantine()
        self.access_policy = AccessPolicy(pool.allow, "" if writer is None else writer.root)
        self._lists: dict[Priority, dict[PictureRequest, _State]] = {priority: {} for priority in PRIORITIES}
        self._jobs: dict[int, _Job] = {}
        self._serial = 0
        self._logged: dict[str, Reason] = {}
        self._finds_embedded = False
        self._current_alone = single_shot(self, self._dispatch, CURRENT_ALONE_MS)
        self._refused.connect(self._refuse, Qt.ConnectionType.QueuedConnection)
        pool.answered.connect(self._take_answer)
        pool.lost.connect(self._take_loss)
        pool.worker_available.connect(self._dispatch)
        for message, _, _ in pool.under_way:
            self._serial = max(self._serial, message.serial)
            request = PictureRequest(message.path, Box(message.width, message.height), message.frame)
            self._note_job(message.serial, _Job(request, message.kind, message.kind == "picture", message.rough))

    def request(self, priority: Priority, requests: Sequence[PictureRequest]) -> None:
        """Replace the wishes of `priority`, the most urgent first. What is at hand is not announced again."""
        before = self._lists[priority]
        if not requests and not before:
            return
        for request in reversed(requests):
            self._cache.get(request)  # a use: what is wished goes last, the first of it last of all
        self._lists[priority] = {request: self._state(request, before.get(request)) for request in requests}
        self._dispatch()

    def picture(self, request: PictureRequest) -> Picture | None:
        """The picture that answers `request`, if it is at hand; counts as a use of it."""
        return self._cache.get(request)

    def best(self, path: str) -> Picture | None:
        """The largest picture of this file at hand, thumbnails included."""
        return self._cache.best(path)

    def failure(self, path: str) -> Failure | None:
        """What is known to be wrong with this file."""
        return self._quarantine.of(path)

    def forget(self, path: str | None = None) -> None:
        """Believe nothing any more about one file, or any; what is still wished is decoded anew."""
        self._cache.forget(path)
        self._quarantine.forget(path)
        self.access_policy.forget(path)
        jobs = self._jobs.items()
        self._jobs = {serial: job for serial, job in jobs if path is not None and job.request.path != path}
        for requests in self._lists.values():
            requests.update((request, _State.WAITING) for request in requests if path is None or request.path == path)
        self._dispatch()

    def set_budgets(self, pictures_bytes: int, thumbnails_bytes: int) -> None:
        """Keep at most so much from now on, in bytes."""
        self._cache.set_budgets(pictures_bytes, thumbnails_bytes)
        self._copy_below = max(_COPY_BELOW, pictures_bytes // _MOST_IN_PLACE)

    def set_deadline(self, milliseconds: int) -> None:
        """Give a worker so long for one picture from now on."""
        self._pool.set_deadline(milliseconds)

    def set_limits(self, limits: Limits) -> bool:
        """Bear so much of a file from now on; where that is news, all is decoded anew, and what was refused tried.

        Says whether it is news. What is under way was asked for under other limits, and will not be believed.
        """
        if limits == self._limits:
            return False
        self._limits = limits
        self.forget()
        return True

    def close(self) -> None:
        """End the workers and the writing; nothing arrives any more."""
        for priority in PRIORITIES:
            self._lists[priority] = {}
        self._jobs.clear()
        self._current_alone.stop()
        self._pool.close()
        if self._writer is not None:
            self._writer.close()
        self._cache.forget(None)

    def _state(self, request: PictureRequest, before: _State | None) -> _State:
        held = self._cache.get(request)
        if held is not None and held.is_sharp_in(request.box):
            return _State.SETTLED
        return before if before in (_State.TOLD, _State.FAILED) else _State.WAITING if held is None else _State.ROUGH

    def _dispatch(self) -> None:
        """Give workers what is to be done now, as far as there are any."""
        under_way = {job.request for job in self._jobs.values()}
        suspects: list[tuple[Priority, PictureRequest]] = []
        kinds = {job.kind for job in self._jobs.values()}
        paging = bool(self._lists["preview"])
        for priority, most in priority_order(kinds, paging=paging, current_waits=self._current_at_work()):
            if priority == "current" and self._lists["preview"] and self._jobs:
                break
            to_do = (*self._waiting(priority), *self._rough(priority))
            if priority not in ("current", "preview") and (
                self._current_alone.isActive() or any(first == "current" for first, _ in suspects)
            ):
                to_do = self._current_thumbnails(priority)
            for request in [request for request in to_do if request not in under_way][:most]:
                self.access_policy.allow(request.path)
                if self._quarantine.lost_a_worker(request):
                    suspects.append((priority, request))
                elif not self._pool.accepts(request.path, frame=request.frame, urgent=priority == "current"):
                    break
                else:
                    self._ask(priority, request)
                    under_way.add(request)
        if suspects and self._pool.busy == 0 and self._pool.accepts(suspects[0][1].path, urgent=True):
            self._ask(*suspects[0])
        if self._pool.cannot_start and not self._pool.pids:
            for request in {request for priority in PRIORITIES for request in self._waiting(priority)}:
                self._refuse_later(request, Failure("no-worker"))

    def _current_at_work(self) -> bool:
        return any(job.urgent for job in self._jobs.values())

    def _waiting(self, priority: Priority) -> tuple[PictureRequest, ...]:
        waiting = (_State.WAITING, _State.TOLD)
        return tuple(request for request, state in self._lists[priority].items() if state in waiting)

    def _current_thumbnails(self, priority: Priority) -> tuple[PictureRequest, ...]:
        """What the glass may show while it waits, and costs next to nothing if the photos here have small ones."""
        waited_for = {job.request.path for job in self._jobs.values() if job.urgent and self._finds_embedded}
        waiting = self._waiting(priority) if priority == "thumbnail" else ()
        return tuple(request for request in waiting if request.path in waited_for)

    def _rough(self, priority: Priority) -> tuple[PictureRequest, ...]:
        """What is to be made better: nothing that is only seen in passing."""
        rough = [request for request, state in self._lists[priority].items() if state is _State.ROUGH]
        return tuple(rough) if priority == "thumbnail" else ()

    def _ask(self, priority: Priority, request: PictureRequest) -> None:
        box, region, capacity = dimensions_of(request)
        if not can_be_a_path(request.path):
            self._refuse_later(request, Failure("missing", "no file is called that"))
            return
        try:
            buffer = SharedBuffer.create(capacity)
        except OSError as error:
            self._refuse_later(request, Failure("out-of-memory", str(error)[:200]))
            return
        self._serial += 1
        kind: Kind = "thumbnail" if priority in SMALL else "picture"
        thumbnails = self._writer.root if self._writer is not None and kind == "thumbnail" else ""
        message = Request(
            self._serial, kind, request.path, box.width, box.height, buffer.capacity, request.frame,
            self._quarantine.unless(request), thumbnails, self._limits, region,
            rough=priority == "thumbnail" and self._lists[priority].get(request) is not _State.ROUGH,
        )
        self._note_job(self._serial, _Job(request, kind, priority == "current", message.rough))
        self._pool.submit(message, buffer, urgent=priority == "current")

    def _note_job(self, serial: int, job: _Job) -> None:
        self._jobs[serial] = job
        if job.urgent:
            self._current_alone.start()

    def _end_job(self, serial: int) -> _Job | None:
        job = self._jobs.pop(serial, None)
        if not self._current_at_work():
            self._current_alone.stop()
        return job

    def _take_answer(self, under_way: UnderWay, reply: Reply) -> None:
        job = self._end_job(reply.serial)
        if job is None:  # asked before everything was forgotten
            under_way.buffer.close()
            return
        match reply:
            case Done():
                picture = picture_from(reply, under_way.buffer, self._copy_below, under_way.request.region)
                self._take_picture(job, picture, from_cache=reply.from_cache)
            case Failed(_, failure, identity):
                under_way.buffer.close()
                self._quarantine.failed(job.request, failure, identity)
                self._note_failure(job, failure, identity)
                self._tell_failure(job.request, failure)
            case Outside():
                under_way.buffer.close()
                self._try_outside(job.request)
            case Unchanged():
                under_way.buffer.close()
                known = self._quarantine.of(job.request.path, job.request.frame)
                if known is not None:
                    self._tell_failure(job.request, known)

    def _try_outside(self, request: PictureRequest) -> None:
        """A link leads elsewhere, or a folder came after the workers: others will know of it. The wish waits on."""
        if not self.access_policy.retry_outside(request.path):
            failure = Failure("forbidden", "it lies outside what a worker may read")
            self._quarantine.failed(request, failure, None)
            self._tell_failure(request, failure)

    def _take_picture(self, job: _Job, picture: Picture, *, from_cache: bool) -> None:
        self.access_policy.note_read(job.request.path)
        self._cache.put(job.kind, job.request, picture)
        if job.rough:
            self._finds_embedded = not picture.is_sharp_in(job.request.box)
        if job.rough and self._finds_embedded:
            self._settle(job.request, _State.ROUGH)  # which says nothing of the picture itself, nor is kept on the disk
            self.arrived.emit(job.request, picture)
            return
        self._quarantine.cleared(job.request)
        self._logged.pop(job.request.path, None)
        if job.kind == "thumbnail" and not from_cache and self._writer is not None:
            self._writer.keep(job.request.path, job.request.box, picture.image, source=picture.source,
                              format_name=picture.format, identity=picture.identity)
        # Another wish for the same file may have turned out to be the same picture.
        answered = {job.request: picture}
        for priority in PRIORITIES:
            for request in self._waiting(priority):
                if request.path == job.request.path and (same := self._cache.get(request)) is not None:
                    answered[request] = same
        for request, found in answered.items():
            self._settle(request, _State.SETTLED)
            self.arrived.emit(request, found)

    def _take_loss(self, under_way: UnderWay, reason: Reason | Literal["unread"]) -> None:
        job = self._end_job(under_way.request.serial)
        if job is None or reason == "unread" or (under_way.identity is None and self._pool.is_failing_to_start):
            return  # a worker that cannot even start, or has not heard of it, is not the file's fault
        outcome = self._quarantine.lost(job.request, reason, under_way.identity)
        if outcome.failure is not None:
            if not outcome.again:
                self._note_failure(job, outcome.failure, under_way.identity)
            self._tell_failure(job.request, outcome.failure, again=outcome.again)

    def _note_failure(self, job: _Job, failure: Failure, identity: Identity | None) -> None:
        if self._writer is not None and job.kind == "thumbnail":
            self._writer.note_failure(job.request.path, failure.reason, identity)

    def _tell_failure(self, request: PictureRequest, failure: Failure, *, again: bool = False) -> None:
        if self._logged.get(request.path) != failure.reason:
            if len(self._logged) >= _MOST_LOGGED:
                self._logged.clear()
            self._logged[request.path] = failure.reason
            detail = f" ({failure.detail})" if failure.detail else ""
            _log.warning("%r: %s%s %s", request.path, failure.reason, detail, failure.sentence)
        states = {requests[request] for requests in self._lists.values() if request in requests}
        self._settle(request, _State.TOLD if again else _State.FAILED)
        if states != {_State.TOLD}:
            self.failed.emit(request, failure)

    def _settle(self, request: PictureRequest, state: _State) -> None:
        for requests in self._lists.values():
            if request in requests:
                requests[request] = state

    def _refuse_later(self, request: PictureRequest, failure: Failure) -> None:
        self._settle(request, _State.FAILED)
        self._refused.emit(request, failure)

    def _refuse(self, request: PictureRequest, failure: Failure) -> None:
        self._quarantine.failed(request, failure, None)
        self._tell_failure(request, failure)
