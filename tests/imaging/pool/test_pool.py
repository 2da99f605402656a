"""The pool: who gets a worker, and what happens when one goes."""

from __future__ import annotations

import os
import select
import signal
import socket
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer

from tests.imaging.stand_ins import actor, stand_in
from viewer.imaging.pool.pool import Pool, most_workers
from viewer.imaging.pool.worker_process import UnderWay, WorkerProcess
from viewer.imaging.pool.worker_slot import WorkerSlot
from viewer.imaging.protocol.failures import Failure
from viewer.imaging.protocol.handshake import AllowedPaths
from viewer.imaging.protocol.messages import Done, Failed, Request
from viewer.imaging.protocol.shared_memory import SharedBuffer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.imaging.protocol.messages import Reply

TIMEOUT_MS = 30_000


class Bench:
    """Pools that are closed at the end of the test, and a record of what they said."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.log = folder / "requests"
        self.log.touch()
        self.qtbot = qtbot
        self.pools: list[Pool] = []
        self.started = 0
        self.bad = 0  # so many workers die at once
        self.answers: list[Reply] = []
        self.losses: list[tuple[UnderWay, str]] = []
        self.serial = 0
        self.buffers: list[SharedBuffer] = []

    def pool(
        self, *adopted: WorkerProcess, workers: int = 2, deadline: int = 20_000,
        recycle_pictures: int = 200, recycle_bytes: int = 1 << 30, idle: int = 600_000,
        answered: Sequence[tuple[UnderWay, Reply]] = (),
    ) -> Pool:
        pool = Pool(
            adopted, answered, workers=workers, deadline=deadline, recycle_pictures=recycle_pictures,
            recycle_bytes=recycle_bytes, idle=idle, start=self.start,
        )
        pool.answered.connect(lambda _, reply: self.answers.append(reply))
        pool.lost.connect(lambda job, reason: self.losses.append((job, reason)))
        self.pools.append(pool)
        return pool

    def start(self) -> WorkerProcess:
        self.started += 1
        return WorkerProcess.start(stand_in("sys.exit(3)") if self.started <= self.bad else actor(str(self.log)))

    def request(self, path: str = "a", frame: int = 0) -> tuple[Request, SharedBuffer]:
        self.serial += 1
        self.buffers.append(SharedBuffer(400))
        return Request(self.serial, "picture", path, 10, 10, 400, frame), self.buffers[-1]

    def ask(self, pool: Pool, path: str = "a", *, frame: int = 0, urgent: bool = False) -> None:
        assert pool.accepts(path, frame=frame, urgent=urgent)
        pool.submit(*self.request(path, frame), urgent=urgent)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=TIMEOUT_MS)

    def until_answered(self, count: int = 1) -> None:
        self.until(lambda: len(self.answers) >= count)

    def makers(self) -> list[int]:
        return [int(line.split()[0]) for line in self.log.read_text().splitlines()]


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(tmp_path, qtbot)
    yield bench
    for pool in bench.pools:
        pool.close()
    for buffer in bench.buffers:
        buffer.close()


def test_a_request_is_answered(bench: Bench) -> None:
    pool = bench.pool()
    bench.ask(pool, urgent=True)
    assert pool.busy == 1
    bench.until_answered()

    assert isinstance(bench.answers[0], Done)
    assert pool.busy == 0


def test_workers_are_started_only_as_they_are_needed(bench: Bench) -> None:
    pool = bench.pool(workers=4)
    assert bench.started == 0
    bench.ask(pool, urgent=True)
    assert bench.started == 1
    bench.until_answered()
    bench.ask(pool, urgent=True)
    bench.until_answered(2)

    assert bench.started == 1


def test_what_can_wait_never_takes_the_last_free_worker(bench: Bench) -> None:
    pool = bench.pool(workers=3)
    bench.ask(pool, "hang:a")
    bench.ask(pool, "hang:b")
    assert not pool.accepts("c")
    assert pool.accepts("c", urgent=True)
    bench.ask(pool, "c", urgent=True)
    bench.until_answered()

    assert bench.started == 3
    assert not pool.accepts("c")


def test_nothing_is_taken_when_every_worker_is_busy(bench: Bench) -> None:
    pool = bench.pool()
    bench.ask(pool, "hang:a", urgent=True)
    bench.ask(pool, "hang:b", urgent=True)

    assert not pool.accepts("c", urgent=True)
    with pytest.raises(ValueError, match="no worker"):
        pool.submit(*bench.request())


def test_a_worker_started_before_the_pool_is_taken_over_with_its_request(bench: Bench) -> None:
    early = bench.start()
    early.send(*bench.request("early"))
    pool = bench.pool(early)
    assert [job.request.path for job in pool.under_way] == ["early"]
    bench.until_answered()

    assert bench.started == 1
    assert pool.pids == (early.pid,)


def test_what_was_answered_before_the_pool_came_is_told_in_the_next_turn(bench: Bench) -> None:
    early, (request, buffer) = bench.start(), bench.request("early")
    early.send(request, buffer)
    replies: list[Reply] = []
    while not replies or not isinstance(replies[-1], Done):
        select.select([early.fileno()], [], [])
        replies += early.receive()
    pool = bench.pool(early, answered=[(UnderWay(request, buffer, None), replies[-1])])
    assert [job.request.path for job in pool.under_way] == ["early"]
    assert (pool.busy, bench.answers) == (0, [])
    bench.until_answered()

    assert bench.answers == [replies[-1]]
    assert pool.under_way == ()
    bench.ask(pool, "a", urgent=True)
    bench.until_answered(2)
    assert bench.started == 1


def test_what_was_answered_before_is_let_go_if_nobody_was_told(bench: Bench) -> None:
    request, buffer = bench.request("early")
    failed = Failed(request.serial, Failure("damaged", ""), None)
    pool = bench.pool(answered=[(UnderWay(request, buffer, None), failed)])
    pool.close()

    assert buffer.handle == -1
    assert bench.answers == []


def test_the_worker_that_is_kept_free_is_started_last(bench: Bench) -> None:
    pool = bench.pool(workers=3)
    bench.ask(pool, "hang:a")
    assert bench.started == 1
    bench.ask(pool, "hang:b")
    assert bench.started == 2
    bench.until(lambda: bench.started == 3)

    assert pool.busy == 2
    assert not pool.accepts("c")


def test_a_worker_that_is_free_is_enough_to_start_no_other(bench: Bench) -> None:
    pool = bench.pool(workers=3)
    bench.ask(pool)
    bench.until_answered()
    bench.ask(pool)
    bench.until_answered(2)

    assert bench.started == 1


def test_a_request_that_was_hung_before_the_pool_came_has_a_deadline_too(bench: Bench) -> None:
    early = bench.start()
    early.send(*bench.request("hang:early"))
    bench.pool(early, deadline=50)
    bench.until(lambda: len(bench.losses) == 1)

    assert bench.losses[0][1] == "too-slow"


def test_a_picture_may_take_the_deadline_twice(bench: Bench) -> None:
    pool = bench.pool(deadline=20_000)
    before = pool.patience_ms
    bench.ask(pool, "hang:a", urgent=True)

    assert (before, pool.patience_ms) == (40_000, 40_000)


@pytest.mark.parametrize("path", ["crash:a", "nonsense:a"])
def test_a_crash_names_the_file_and_its_version_and_is_made_good(bench: Bench, path: str) -> None:
    pool = bench.pool()
    bench.ask(pool, path, urgent=True)
    bench.until(lambda: len(bench.losses) == 1)
    job, reason = bench.losses[0]

    assert (job.request.path, reason) == (path, "crashed")
    assert job.identity is not None
    bench.ask(pool, "b", urgent=True)
    bench.until_answered()
    assert bench.started == 2


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_an_idle_worker_that_dies_is_replaced(bench: Bench, sent: signal.Signals) -> None:
    pool = bench.pool()
    bench.ask(pool, urgent=True)
    bench.until_answered()
    (old,) = pool.pids
    os.kill(old, sent)
    bench.until(lambda: pool.pids not in ((old,), ()))

    bench.ask(pool, urgent=True)
    bench.until_answered(2)
    assert bench.losses == []


def test_a_worker_that_died_unnoticed_takes_its_request_along(bench: Bench) -> None:
    pool = bench.pool()
    bench.ask(pool, urgent=True)
    bench.until_answered()
    (old,) = pool.pids
    os.kill(old, signal.SIGKILL)
    os.waitid(os.P_PID, old, os.WEXITED | os.WNOWAIT)
    bench.ask(pool, "b", urgent=True)
    bench.until(lambda: len(bench.losses) == 1)

    (job, reason), = bench.losses
    assert (job.request.path, reason) == ("b", "unread")


@pytest.mark.parametrize("path", ["hang:a", "mute:a"])
def test_a_worker_is_ended_at_the_deadline(bench: Bench, path: str) -> None:
    pool = bench.pool(deadline=50)
    bench.ask(pool, path, urgent=True)
    (old,) = pool.pids
    bench.until(lambda: len(bench.losses) == 1)

    assert bench.losses[0][1] == "too-slow"
    assert old not in pool.pids


@pytest.mark.parametrize(("path", "milliseconds"), [("large:{}|a", 100_000), ("gate:{}|a", 20_000)])
def test_a_large_file_has_more_time(bench: Bench, path: str, milliseconds: int) -> None:
    pool, gate = bench.pool(deadline=20_000), bench.log.with_name("open")
    bench.ask(pool, path.format(gate))
    bench.until(lambda: any(job.identity is not None for job in pool.under_way))
    slot, = pool.findChildren(WorkerSlot)

    assert [timer.interval() for timer in slot.findChildren(QTimer)] == [milliseconds]
    gate.touch()
    bench.until_answered()


def test_a_picture_of_many_pixels_has_more_time(bench: Bench) -> None:
    early = WorkerProcess.start(stand_in("line(); r = asked(); opened(r); parsed(r, 64_000_000); asked()"))
    pool = bench.pool(early, deadline=20_000)
    pool.allow(AllowedPaths())
    pool.submit(*bench.request())
    bench.until(lambda: any(job.pixels for job in pool.under_way))
    slot, = pool.findChildren(WorkerSlot)

    assert [timer.interval() for timer in slot.findChildren(QTimer)] == [40_000]


def test_a_stopped_worker_is_ended_at_the_deadline(bench: Bench) -> None:
    pool = bench.pool(deadline=50)
    bench.ask(pool, "hang:a", urgent=True)
    os.kill(pool.pids[0], signal.SIGSTOP)
    bench.until(lambda: len(bench.losses) == 1)

    assert bench.losses[0][1] == "too-slow"


def test_an_answer_that_is_there_counts_although_the_deadline_has_passed(bench: Bench) -> None:
    early = bench.start()
    early.send(*bench.request())
    with socket.socket(fileno=os.dup(early.fileno())) as link:
        bench.until(lambda: bool(select.select([link], [], [], 0)[0]))
        bench.until(lambda: link.recv(10_000, socket.MSG_PEEK).count(b"\n") == 2)
    bench.pool(early, deadline=0)
    bench.until(lambda: bool(bench.answers or bench.losses))

    assert bench.losses == []


def test_a_worker_is_replaced_after_so_many_pictures(bench: Bench) -> None:
    pool = bench.pool(recycle_pictures=3)
    for count in range(1, 8):
        bench.ask(pool, urgent=True)
        bench.until_answered(count)

    makers = bench.makers()
    assert [makers.count(maker) for maker in dict.fromkeys(makers)] == [3, 3, 1]
    assert bench.losses == []


def test_a_worker_that_has_grown_is_replaced(bench: Bench) -> None:
    pool = bench.pool(recycle_bytes=1)
    for count in range(1, 4):
        bench.ask(pool, urgent=True)
        bench.until_answered(count)

    assert len(set(bench.makers())) == 3


def test_after_a_rest_one_worker_is_left_and_others_come_back_when_needed(bench: Bench) -> None:
    pool = bench.pool(workers=3, idle=50)
    bench.ask(pool, "a")
    first = pool.pids[0]
    bench.ask(pool, "b", urgent=True)
    bench.until_answered(2)
    bench.until(lambda: pool.pids == (first,))
    bench.ask(pool, "c")
    bench.ask(pool, "d", urgent=True)
    bench.until_answered(4)

    assert bench.started == 3
    assert bench.losses == []


def test_a_worker_that_is_at_something_or_has_an_animation_open_does_not_end_for_rest(bench: Bench) -> None:
    pool = bench.pool(workers=4, idle=50)
    gate = bench.log.with_name("gate")
    bench.ask(pool, "a")
    bench.ask(pool, f"gate:{gate}|slow")
    bench.ask(pool, "moving", frame=1)
    bench.ask(pool, "b", urgent=True)
    first, slow, moving, _ = pool.pids
    bench.until(lambda: len(pool.pids) < 4)

    assert pool.pids == (first, slow, moving)
    gate.touch()
    bench.until_answered(4)


def test_the_next_frame_goes_to_the_worker_that_has_the_file_open(bench: Bench) -> None:
    pool = bench.pool(workers=4)
    bench.ask(pool, "film:a", frame=1)
    assert not pool.accepts("film:a", frame=2)
    bench.until_answered()
    for count in range(2, 6):
        bench.ask(pool, "other")
        bench.ask(pool, "film:a", frame=count)
        bench.until_answered(2 * count - 1)

    frames = [line.split()[0] for line in bench.log.read_text().splitlines() if "film:a" in line]
    assert len(frames) == 5
    assert len(set(frames)) == 1


def test_workers_that_die_at_their_start_are_hopeless_until_one_answers(bench: Bench) -> None:
    bench.bad = 3
    pool = bench.pool()
    assert pool.accepts("a", urgent=True)
    bench.until(lambda: pool.cannot_start)
    bench.ask(pool, urgent=True)
    bench.until_answered()

    assert not pool.cannot_start


def test_a_closed_pool_takes_nothing_and_leaves_no_process(bench: Bench) -> None:
    pool = bench.pool()
    bench.ask(pool, "hang:a", urgent=True)
    bench.ask(pool, "hang:b", urgent=True)
    pids = pool.pids
    pool.close()

    assert not pool.accepts("c", urgent=True)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.parametrize(("cores", "workers"), [(1, 3), (2, 3), (3, 3), (4, 4), (64, 4)])
def test_there_are_three_workers_or_four(cores: int, workers: int) -> None:
    assert most_workers(cores) == workers
