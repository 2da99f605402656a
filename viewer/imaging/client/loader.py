"""Facade of decoding for the rest of the viewer: requests in, pictures out by signal or from the cache.

Each priority has one list of requests, replaced as a whole: what is no longer wanted and not yet begun is never
decoded. A request that is not at hand goes to a worker, the most urgent first; what a worker has begun is finished and
cached, wanted or not, and a repeated request joins it. Every request that was not at hand is answered once, by
`arrived` or `failed`, unless it is withdrawn first; a thumbnail may be answered by a rough one before.

A file that costs a worker is retried once, when nothing else is to be done; a file that costs two is quarantined until
it changes (`viewer.imaging.client.quarantine`). The cache holds one version of each file: when a worker meets another
one, the old one is dropped. This process never opens the files, nor even stats them.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QObject, Qt, Signal

from viewer.imaging.client.conversion import picture_from
from viewer.imaging.client.dispatcher import Dispatcher
from viewer.imaging.client.picture_cache import PictureCache
from viewer.imaging.client.quarantine import LASTING, Quarantine
from viewer.imaging.client.scheduling import RequestState
from viewer.imaging.pool.read_access import AccessPolicy
from viewer.imaging.protocol.failures import Failure, Reason
from viewer.imaging.protocol.messages import Done, Failed, Outside, Unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.imaging.client.dispatcher import Job
    from viewer.imaging.client.picture import Picture, PictureRequest, Priority
    from viewer.imaging.pool.pool import Pool
    from viewer.imaging.pool.worker_process import UnderWay
    from viewer.imaging.protocol.limits import Limits
    from viewer.imaging.protocol.messages import Identity, Reply
    from viewer.imaging.thumbnails.writer import ThumbnailWriter

_COPY_BELOW: Final = 1024 * 1024
_MOST_IN_PLACE: Final = 300
"""A small picture is copied out of its shared memory, which costs less than the file descriptor it would keep: below so
many bytes, and as many that at most 300 descriptors are kept within the budget."""

_MOST_LOGGED: Final = 10_000
"""Files whose last logged reason is remembered, so that it is not logged again."""

_log = logging.getLogger("liftoff.imaging")


class Loader(QObject):
    """The one source of decoded pictures. Its signals come from the event loop, never from within `request`.

    The loader takes over `pool` and the requests its workers have under way. New thumbnails are given to `writer`.
    """

    arrived = Signal(object, object)
    """A PictureRequest and its Picture; also for what was begun and is no longer wanted."""
    failed = Signal(object, object)
    """A PictureRequest and its Failure."""
    replaced = Signal(object)  # a str: as Signal(str) a path that is not UTF-8 would lose bytes
    """The file at this path is another version than before; what was cached of the old one has been dropped."""
    missed = Signal(object)
    """A recheck has found no file at this path (a str); its picture is kept."""
    rechecked = Signal(object, bool)
    """A PictureRequest given to `recheck`, and whether its file could be looked at."""

    def __init__(self, pool: Pool, writer: ThumbnailWriter | None = None, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._writer = writer
        self._cache = PictureCache(128 << 20, 32 << 20)  # bytes, until `set_budgets` is called
        self._copy_below = _COPY_BELOW
        self._quarantine = Quarantine()
        self._logged: dict[str, Reason] = {}
        self._unconfirmed: tuple[PictureRequest, Failure] | None = None
        thumbnails = "" if writer is None else writer.root
        self.access_policy = AccessPolicy(pool.allow, thumbnails)
        self._dispatcher = Dispatcher(pool, self._quarantine, self.access_policy, thumbnails, self)
        self._lists = self._dispatcher.lists
        self._dispatcher.refused.connect(self._report, Qt.ConnectionType.QueuedConnection)
        pool.answered.connect(self._take_answer)
        pool.lost.connect(self._take_loss)

    def request(self, priority: Priority, requests: Sequence[PictureRequest]) -> None:
        """Replace the requests of `priority`, the most urgent first. What is at hand is not announced again."""
        if not requests and not self._lists.has(priority):
            return
        for request in reversed(requests):
            self._cache.get(request)  # a use: what is wanted goes last, the first of it last of all
        self._lists.replace(priority, requests, self._state_at_hand)
        self._dispatcher.dispatch()

    def recheck(self, request: PictureRequest | None, unless: Identity | None = None) -> None:
        """Have a worker look whether the file still is the version `unless`; if not, it decodes `request` anew.

        At the lowest priority, one at a time, only by a worker that is running and idle; a recheck that has not begun
        is replaced by the next one, or by None withdrawn. `rechecked` says that it is over; before that comes
        `replaced`, if the file was. A file that is missing keeps its picture (a share may be away). A new version that
        fails counts when it has failed twice: the first time it may not have been written to its end.
        """
        self._dispatcher.recheck(request, unless)

    def picture(self, request: PictureRequest) -> Picture | None:
        """The picture that answers `request`, if it is at hand; counts as a use of it."""
        return self._cache.get(request)

    def best(self, path: str) -> Picture | None:
        """The largest picture of this file at hand, thumbnails included."""
        return self._cache.best(path)

    def failure(self, path: str) -> Failure | None:
        """What is known to be wrong with this file."""
        return self._quarantine.of(path)

    def forget(self) -> None:
        """Drop all that is cached and known; what is still wanted is decoded anew."""
        self._cache.clear()
        self._quarantine.clear()
        self.access_policy.forget()
        self._dispatcher.drop_all()
        self._dispatcher.dispatch()

    def drop(self, path: str) -> None:
        """Drop what is cached of a file; where it is on the screen it is decoded anew, or fails."""
        self._drop(path)
        self.replaced.emit(path)

    def set_budgets(self, pictures_bytes: int, thumbnails_bytes: int) -> None:
        """Cache at most so many bytes from now on."""
        self._cache.set_budgets(pictures_bytes, thumbnails_bytes)
        self._copy_below = max(_COPY_BELOW, pictures_bytes // _MOST_IN_PLACE)

    def set_deadline(self, milliseconds: int) -> None:
        """Give a worker so long for one picture from now on."""
        self._pool.deadline = milliseconds

    def set_limits(self, limits: Limits) -> bool:
        """Accept files within `limits` from now on; if these are new, forget everything. Returns whether they are."""
        if limits == self._dispatcher.limits:
            return False
        self._dispatcher.limits = limits
        self.forget()
        return True

    def set_partial(self, *, partial: bool) -> bool:
        """Have the readable part of a JPEG that breaks off from now on, or its failure; if that is new, forget
        everything. Returns whether it is.
        """
        if partial == self._dispatcher.partial:
            return False
        self._dispatcher.partial = partial
        self.forget()
        return True

    def close(self) -> None:
        """End the workers and the writing; nothing arrives any more."""
        self._dispatcher.close()
        self._pool.close()
        if self._writer is not None:
            self._writer.close()
        self._cache.clear()

    def _state_at_hand(self, request: PictureRequest) -> RequestState | None:
        held = self._cache.get(request)
        if held is None:
            return None
        return RequestState.DONE if held.is_sharp_in(request.box) else RequestState.ROUGH

    def _take_answer(self, under_way: UnderWay, reply: Reply) -> None:
        job = self._dispatcher.end(reply.serial)
        if job is not None and isinstance(reply, Done):
            picture = picture_from(reply, under_way.buffer, self._copy_below, under_way.request.region)
            self._take_picture(job, picture, from_cache=reply.from_cache)
        else:
            under_way.buffer.close()
        if job is None:  # asked before everything was forgotten
            return
        if job.unless is not None:
            self._end_recheck(job, reply)
            return
        match reply:
            case Failed(_, failure, identity):
                self._note_failure(job, failure, identity)
                self._report(job.request, failure, identity)
            case Outside() if not self.access_policy.retry_outside(job.request.path):
                self._report(job.request, Failure("forbidden", "it lies outside what a worker may read"))
            case Unchanged() if (known := self._quarantine.of(job.request.path, job.request.frame)) is not None:
                self._tell(job.request, known)

    def _take_picture(self, job: Job, picture: Picture, *, from_cache: bool) -> None:
        path = job.request.path
        self.access_policy.note_read(path)
        is_replaced = self._cache.identity(path) not in (None, picture.identity)
        if is_replaced:
            self._drop(path)
        self._cache.put(job.kind, job.request, picture)
        if is_replaced:
            self.replaced.emit(path)
        if job.rough:
            self._dispatcher.finds_embedded = not picture.is_sharp_in(job.request.box)
            if self._dispatcher.finds_embedded:  # which says nothing of the picture itself, nor is written to the disk
                self._lists.set_state(job.request, RequestState.ROUGH)
                self.arrived.emit(job.request, picture)
                return
        self._quarantine.cleared(job.request)
        self._logged.pop(path, None)
        is_lasting = job.kind == "thumbnail" and not from_cache and not picture.incomplete
        if is_lasting and self._writer is not None:
            self._writer.keep(path, job.request.box, picture.image, source=picture.source,
                              format_name=picture.format, identity=picture.identity)
        # Other requests for the same file may have turned out to be the same picture. Nobody waits for a recheck.
        answered = {job.request: picture} if job.unless is None else {}
        for request in self._lists.all_waiting():
            if request.path == path and (same := self._cache.get(request)) is not None:
                answered[request] = same
        for request, found in answered.items():
            self._lists.set_state(request, RequestState.DONE)
            self.arrived.emit(request, found)

    def _end_recheck(self, job: Job, reply: Reply) -> None:
        path = job.request.path
        if isinstance(reply, Failed) and reply.failure.reason in LASTING:
            found = job.request, reply.failure
            if found == self._unconfirmed:
                self._drop(path)
                self._quarantine.failed(job.request, reply.failure, reply.identity)
                self.replaced.emit(path)
            self._unconfirmed = found
        elif isinstance(reply, Failed) and reply.failure.reason == "missing":
            self.missed.emit(path)
        elif isinstance(reply, Outside):
            self.access_policy.retry_outside(path)
        self.rechecked.emit(job.request, True)

    def _take_loss(self, under_way: UnderWay, reason: Reason | Literal["unread"]) -> None:
        job, identity = self._dispatcher.end(under_way.request.serial), under_way.identity
        if job is None:
            return
        # A worker that cannot even start, or has not read the request, is not the file's fault.
        if reason != "unread" and (identity is not None or not (self._pool.is_failing_to_start or job.unless)):
            outcome = self._quarantine.lost(job.request, reason, identity)
            if outcome.failure is not None and not outcome.again:
                self._note_failure(job, outcome.failure, identity)
            if outcome.failure is not None and job.unless is None:
                self._tell(job.request, outcome.failure, again=outcome.again)
            elif outcome.failure is not None and not outcome.again:
                self._drop(job.request.path)
                self.replaced.emit(job.request.path)
        if job.unless is not None:
            self.rechecked.emit(job.request, False)

    def _drop(self, path: str) -> None:
        """Drop what belongs to an old version of a file; what is wanted of it is decoded anew."""
        self._cache.forget(path)
        self._dispatcher.drop(path)

    def _note_failure(self, job: Job, failure: Failure, identity: Identity | None) -> None:
        if self._writer is not None and job.kind == "thumbnail":
            self._writer.note_failure(job.request.path, failure.reason, identity)

    def _report(self, request: PictureRequest, failure: Failure, identity: Identity | None = None) -> None:
        self._quarantine.failed(request, failure, identity)
        self._tell(request, failure)

    def _tell(self, request: PictureRequest, failure: Failure, *, again: bool = False) -> None:
        if self._logged.get(request.path) != failure.reason:
            if len(self._logged) >= _MOST_LOGGED:
                self._logged.clear()
            self._logged[request.path] = failure.reason
            detail = f" ({failure.detail})" if failure.detail else ""
            _log.warning("%r: %s%s %s", request.path, failure.reason, detail, failure.sentence)
        before = self._lists.set_state(request, RequestState.RETRYING if again else RequestState.FAILED)
        if before != {RequestState.RETRYING}:
            self.failed.emit(request, failure)
