"""Wishes in, pictures out: what the rest of the viewer knows of decoding.

Each lane has one list of wishes, replaced as a whole, so nothing piles up: what is no longer wished and not yet begun
is never decoded. What is wished and not at hand goes to a worker, the most urgent first. What a worker has begun is
finished and kept, wished or not, and wishing it again joins it. Every wish that was not at hand is answered once, by
`arrived` or by `failed`, unless it is withdrawn first; one for a thumbnail may be answered by a rough one before.

A file that costs a worker is tried once more, when nothing else is to be done; a file that costs two is left alone
until it has changed (`viewer.imaging.quarantine`). This process never opens the files, nor even looks at their dates.
"""

from __future__ import annotations

import logging
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from viewer.imaging.darkroom import asked_of, can_be_a_path, develop
from viewer.imaging.failures import Failure, Reason
from viewer.imaging.frames import Frame
from viewer.imaging.grounds import Groundskeeper
from viewer.imaging.lanes import GLASS_ALONE_MS, LANES, SMALL, turns
from viewer.imaging.limits import DEFAULT
from viewer.imaging.protocol import Done, Failed, Kind, Outside, Request, Unchanged
from viewer.imaging.quarantine import Quarantine
from viewer.imaging.shelf import Shelf
from viewer.imaging.wishes import Box, Lane, Picture, Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.imaging.limits import Limits
    from viewer.imaging.pool import Pool
    from viewer.imaging.process import UnderWay
    from viewer.imaging.protocol import Identity, Reply
    from viewer.imaging.thumbnails import ThumbnailWriter

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

    wish: Wish
    kind: Kind
    urgent: bool
    rough: bool


class Loader(QObject):
    """The one place that decoded pictures come from.

    `arrived` brings a Wish and its Picture, `failed` a Wish and its Failure; both from the event loop, never from
    within `wish`, and also for what was begun and is no longer wished. The loader takes over `pool`, and the requests
    that its workers have under way. New thumbnails are handed to `writer`.
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
        self._shelf = Shelf(PICTURES_BYTES, THUMBNAILS_BYTES)
        self._copy_below = _COPY_BELOW
        self._limits = DEFAULT
        self._quarantine = Quarantine()
        self.grounds = Groundskeeper(pool.allow, "" if writer is None else writer.root)
        self._lists: dict[Lane, dict[Wish, _State]] = {lane: {} for lane in LANES}
        self._jobs: dict[int, _Job] = {}
        self._serial = 0
        self._logged: dict[str, Reason] = {}
        self._has_glimpses = False
        self._glass_alone = QTimer(self, singleShot=True, interval=GLASS_ALONE_MS)
        self._glass_alone.timeout.connect(self._dispatch)
        self._refused.connect(self._refuse, Qt.ConnectionType.QueuedConnection)
        pool.answered.connect(self._take_answer)
        pool.lost.connect(self._take_loss)
        pool.room.connect(self._dispatch)
        for request, _, _ in pool.under_way:
            self._serial = max(self._serial, request.serial)
            wish = Wish(request.path, Box(request.width, request.height), request.frame)
            self._note_job(request.serial, _Job(wish, request.kind, request.kind == "picture", request.rough))

    def wish(self, lane: Lane, wishes: Sequence[Wish]) -> None:
        """Replace the wishes of `lane`, the most urgent first. What is at hand is not announced again."""
        before = self._lists[lane]
        if not wishes and not before:
            return
        for wish in reversed(wishes):
            self._shelf.get(wish)  # a use: what is wished goes last, the first of it last of all
        self._lists[lane] = {wish: self._state(wish, before.get(wish)) for wish in wishes}
        self._dispatch()

    def picture(self, wish: Wish) -> Picture | None:
        """The picture that answers `wish`, if it is at hand; counts as a use of it."""
        return self._shelf.get(wish)

    def best(self, path: str) -> Picture | None:
        """The largest picture of this file at hand, thumbnails included."""
        return self._shelf.best(path)

    def failure(self, path: str) -> Failure | None:
        """What is known to be wrong with this file."""
        return self._quarantine.of(path)

    def forget(self, path: str | None = None) -> None:
        """Believe nothing any more about one file, or any; what is still wished is decoded anew."""
        self._shelf.forget(path)
        self._quarantine.forget(path)
        self.grounds.forget(path)
        self._jobs = {serial: job for serial, job in self._jobs.items() if path is not None and job.wish.path != path}
        for wishes in self._lists.values():
            wishes.update((wish, _State.WAITING) for wish in wishes if path is None or wish.path == path)
        self._dispatch()

    def set_budgets(self, pictures_bytes: int, thumbnails_bytes: int) -> None:
        """Keep at most so much from now on, in bytes."""
        self._shelf.set_budgets(pictures_bytes, thumbnails_bytes)
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
        for lane in LANES:
            self._lists[lane] = {}
        self._jobs.clear()
        self._glass_alone.stop()
        self._pool.close()
        if self._writer is not None:
            self._writer.close()
        self._shelf.forget(None)

    def _state(self, wish: Wish, before: _State | None) -> _State:
        held = self._shelf.get(wish)
        if held is not None and held.is_sharp_in(wish.box):
            return _State.SETTLED
        return before if before in (_State.TOLD, _State.FAILED) else _State.WAITING if held is None else _State.ROUGH

    def _dispatch(self) -> None:
        """Give workers what is to be done now, as far as there are any."""
        under_way = {job.wish for job in self._jobs.values()}
        suspects: list[tuple[Lane, Wish]] = []
        kinds = {job.kind for job in self._jobs.values()}
        for lane, most in turns(kinds, passing=bool(self._lists["passing"]), glass_waits=self._glass_at_work()):
            if lane == "glass" and self._lists["passing"] and self._jobs:
                break
            to_do = (*self._waiting(lane), *self._rough(lane))
            if lane not in ("glass", "passing") and (
                self._glass_alone.isActive() or any(first == "glass" for first, _ in suspects)
            ):
                to_do = self._glimpses(lane)
            for wish in [wish for wish in to_do if wish not in under_way][:most]:
                self.grounds.reach(wish.path)
                if self._quarantine.suspects(wish):
                    suspects.append((lane, wish))
                elif not self._pool.takes(wish.path, frame=wish.frame, urgent=lane == "glass"):
                    break
                else:
                    self._ask(lane, wish)
                    under_way.add(wish)
        if suspects and self._pool.busy == 0 and self._pool.takes(suspects[0][1].path, urgent=True):
            self._ask(*suspects[0])
        if self._pool.hopeless and not self._pool.pids:
            for wish in {wish for lane in LANES for wish in self._waiting(lane)}:
                self._refuse_later(wish, Failure("no-worker"))

    def _glass_at_work(self) -> bool:
        return any(job.urgent for job in self._jobs.values())

    def _waiting(self, lane: Lane) -> tuple[Wish, ...]:
        return tuple(wish for wish, state in self._lists[lane].items() if state in (_State.WAITING, _State.TOLD))

    def _glimpses(self, lane: Lane) -> tuple[Wish, ...]:
        """What the glass may show while it waits, and costs next to nothing if the photos here have small ones."""
        waited_for = {job.wish.path for job in self._jobs.values() if job.urgent and self._has_glimpses}
        return tuple(wish for wish in self._waiting(lane) if lane == "thumbnail" and wish.path in waited_for)

    def _rough(self, lane: Lane) -> tuple[Wish, ...]:
        """What is to be made better: nothing that is only seen in passing."""
        rough = [wish for wish, state in self._lists[lane].items() if state is _State.ROUGH]
        return tuple(rough) if lane == "thumbnail" else ()

    def _ask(self, lane: Lane, wish: Wish) -> None:
        box, region, capacity = asked_of(wish)
        if not can_be_a_path(wish.path):
            self._refuse_later(wish, Failure("missing", "no file is called that"))
            return
        try:
            frame = Frame.create(capacity)
        except OSError as error:
            self._refuse_later(wish, Failure("out-of-memory", str(error)[:200]))
            return
        self._serial += 1
        kind: Kind = "thumbnail" if lane in SMALL else "picture"
        thumbnails = self._writer.root if self._writer is not None and kind == "thumbnail" else ""
        request = Request(
            self._serial, kind, wish.path, box.width, box.height, frame.capacity, wish.frame,
            self._quarantine.unless(wish), thumbnails, self._limits, region,
            rough=lane == "thumbnail" and self._lists[lane].get(wish) is not _State.ROUGH,
        )
        self._note_job(self._serial, _Job(wish, kind, lane == "glass", request.rough))
        self._pool.submit(request, frame, urgent=lane == "glass")

    def _note_job(self, serial: int, job: _Job) -> None:
        self._jobs[serial] = job
        if job.urgent:
            self._glass_alone.start()

    def _end_job(self, serial: int) -> _Job | None:
        job = self._jobs.pop(serial, None)
        if not self._glass_at_work():
            self._glass_alone.stop()
        return job

    def _take_answer(self, under_way: UnderWay, reply: Reply) -> None:
        job = self._end_job(reply.serial)
        if job is None:  # asked before everything was forgotten
            under_way.frame.close()
            return
        match reply:
            case Done():
                picture = develop(reply, under_way.frame, self._copy_below, under_way.request.region)
                self._take_picture(job, picture, from_cache=reply.from_cache)
            case Failed(_, failure, identity):
                under_way.frame.close()
                self._quarantine.failed(job.wish, failure, identity)
                self._note_failure(job, failure, identity)
                self._tell_failure(job.wish, failure)
            case Outside():
                under_way.frame.close()
                self._try_outside(job.wish)
            case Unchanged():
                under_way.frame.close()
                known = self._quarantine.of(job.wish.path, job.wish.frame)
                if known is not None:
                    self._tell_failure(job.wish, known)

    def _try_outside(self, wish: Wish) -> None:
        """A link leads elsewhere, or a folder came after the workers: others will know of it. The wish waits on."""
        if not self.grounds.stray(wish.path):
            failure = Failure("forbidden", "it lies outside what a worker may read")
            self._quarantine.failed(wish, failure, None)
            self._tell_failure(wish, failure)

    def _take_picture(self, job: _Job, picture: Picture, *, from_cache: bool) -> None:
        self.grounds.came(job.wish.path)
        self._shelf.put(job.kind, job.wish, picture)
        if job.rough:
            self._has_glimpses = not picture.is_sharp_in(job.wish.box)
        if job.rough and self._has_glimpses:
            self._settle(job.wish, _State.ROUGH)  # which says nothing of the picture itself, nor is kept on the disk
            self.arrived.emit(job.wish, picture)
            return
        self._quarantine.cleared(job.wish)
        self._logged.pop(job.wish.path, None)
        if job.kind == "thumbnail" and not from_cache and self._writer is not None:
            self._writer.keep(job.wish, picture)
        # Another wish for the same file may have turned out to be the same picture.
        answered = {job.wish: picture}
        for lane in LANES:
            for wish in self._waiting(lane):
                if wish.path == job.wish.path and (same := self._shelf.get(wish)) is not None:
                    answered[wish] = same
        for wish, found in answered.items():
            self._settle(wish, _State.SETTLED)
            self.arrived.emit(wish, found)

    def _take_loss(self, under_way: UnderWay, reason: Reason | Literal["unheard"]) -> None:
        job = self._end_job(under_way.request.serial)
        if job is None or reason == "unheard" or (under_way.identity is None and self._pool.silent):
            return  # a worker that cannot even start, or has not heard of it, is not the file's fault
        verdict = self._quarantine.lost(job.wish, reason, under_way.identity)
        if verdict.failure is not None:
            if not verdict.again:
                self._note_failure(job, verdict.failure, under_way.identity)
            self._tell_failure(job.wish, verdict.failure, again=verdict.again)

    def _note_failure(self, job: _Job, failure: Failure, identity: Identity | None) -> None:
        if self._writer is not None and job.kind == "thumbnail":
            self._writer.note_failure(job.wish, failure.reason, identity)

    def _tell_failure(self, wish: Wish, failure: Failure, *, again: bool = False) -> None:
        if self._logged.get(wish.path) != failure.reason:
            if len(self._logged) >= _MOST_LOGGED:
                self._logged.clear()
            self._logged[wish.path] = failure.reason
            detail = f" ({failure.detail})" if failure.detail else ""
            _log.warning("%r: %s%s %s", wish.path, failure.reason, detail, failure.sentence)
        states = {wishes[wish] for wishes in self._lists.values() if wish in wishes}
        self._settle(wish, _State.TOLD if again else _State.FAILED)
        if states != {_State.TOLD}:
            self.failed.emit(wish, failure)

    def _settle(self, wish: Wish, state: _State) -> None:
        for wishes in self._lists.values():
            if wish in wishes:
                wishes[wish] = state

    def _refuse_later(self, wish: Wish, failure: Failure) -> None:
        self._settle(wish, _State.FAILED)
        self._refused.emit(wish, failure)

    def _refuse(self, wish: Wish, failure: Failure) -> None:
        self._quarantine.failed(wish, failure, None)
        self._tell_failure(wish, failure)
