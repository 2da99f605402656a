"""Worker processes one by one: real children, some of which speak wrongly on purpose."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.imaging.stand_ins import stand_in
from tests.pictures import solid
from viewer.imaging.pool.worker_process import UnderWay, WorkerLost, WorkerProcess, worker_command
from viewer.imaging.protocol.handshake import LONGEST_ALLOWED_PATHS, AllowedPaths, Sandbox, paths_within
from viewer.imaging.protocol.messages import LONGEST_LINE, Done, Identity, Opened, Reply, Request
from viewer.imaging.protocol.shared_memory import SharedBuffer

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT_SECONDS = 30
"""Seconds until a test gives up on a child."""


@contextmanager
def running(script: str) -> Iterator[WorkerProcess]:
    worker = WorkerProcess.start(stand_in(script))
    try:
        yield worker
    finally:
        worker.kill()
        assert worker.wait(TIMEOUT_SECONDS)


def a_request(serial: int = 7, path: str = "a.png") -> Request:
    return Request(serial, "picture", path, 10, 10, 400)


def replies(worker: WorkerProcess, count: int) -> list[Reply]:
    found: list[Reply] = []
    while len(found) < count:
        ready, _, _ = select.select([worker], [], [], TIMEOUT_SECONDS)
        assert ready, "the worker says nothing"
        found += worker.receive()
    return found


def answers(worker: WorkerProcess, buffer: SharedBuffer, count: int = 10) -> list[Reply]:
    worker.send(a_request(), buffer)
    return replies(worker, count)


def test_a_worker_answers_what_it_is_asked() -> None:
    with running("while True:\n  r = asked(); opened(r); done(r)") as worker, SharedBuffer(400) as buffer:
        for serial in (7, 8):
            worker.send(a_request(serial), buffer)
            opened, done = replies(worker, 2)

            assert opened == Opened(serial, Identity(1, 2, 3))
            assert isinstance(done, Done)
            assert done.serial == serial
        assert (worker.under_way, worker.pictures) == (None, 2)


def test_which_file_it_has_open_is_known_while_it_decodes() -> None:
    with running("opened(asked()); asked()") as worker, SharedBuffer(400) as buffer:
        worker.send(a_request(), buffer)
        assert worker.under_way is not None
        assert worker.under_way.identity is None
        replies(worker, 1)

        assert worker.under_way == UnderWay(a_request(), buffer, Identity(1, 2, 3))


def test_how_much_there_is_to_decode_is_known_once_the_header_has_been_parsed() -> None:
    with running("r = asked(); opened(r, (1, 128 << 20, 3)); parsed(r, 96_000_000); asked()") as worker, \
            SharedBuffer(400) as buffer:
        worker.send(a_request(), buffer)
        assert worker.under_way is not None
        assert worker.under_way.deadline_ms(1000) == 1000
        replies(worker, 2)

        assert worker.under_way.pixels == 96_000_000
        assert worker.under_way.deadline_ms(1000) == 3000


def test_listening_to_a_worker_with_nothing_to_say_does_not_wait() -> None:
    with running("asked()") as worker:
        assert worker.receive() == ()


def test_a_second_request_at_once_is_refused() -> None:
    with running("asked(); asked()") as worker, SharedBuffer(400) as buffer:
        worker.send(a_request(7), buffer)
        with pytest.raises(ValueError, match="under way"):
            worker.send(a_request(8), buffer)


@pytest.mark.parametrize(
    "script",
    [
        "sys.exit(3)",
        "asked(); os.kill(os.getpid(), signal.SIGSEGV)",
        "r = asked(); opened(r); os.abort()",
        "link.close(); signal.pause()",
        "say(b'hello\\n'); asked()",
        "asked(); say(b'\\n'); asked()",
        "asked(); say(b'[1, 2]\\n'); asked()",
        "asked(); say(b'\\xff\\xfe\\n'); asked()",
        "asked(); say(b'[' * 100_000 + b'\\n'); asked()",
        f"asked(); say(b'x' * {LONGEST_LINE * 2}); asked()",
        "r = asked(); r['serial'] += 1; opened(r); asked()",
        "r = asked(); opened(r); opened(r); asked()",
        "r = asked(); done(r); asked()",
        "r = asked(); parsed(r); opened(r); asked()",
        "r = asked(); opened(r); parsed(r); parsed(r); asked()",
        "r = asked(); opened(r); parsed(r, 1 << 40); asked()",
        "r = asked(); opened(r); parsed(r, 0); asked()",
        "r = asked(); opened(r, (9, 9, 9)); done(r); asked()",
        "r = asked(); opened(r); done(r, width=11); asked()",
        "r = asked(); opened(r); done(r, height=0); asked()",
        "r = asked(); opened(r); done(r, texts={'title': 5}); asked()",
        "r = asked(); opened(r); done(r); done(r); asked()",
        "r = asked(); opened(r); say({'reply': 'Outside', 'serial': r['serial']}); asked()",
        "asked(); say(b'\\0' * 70_000 + b'\\n'); asked()",
        "asked(); say(b'{}\\n' * 50_000); asked()",
        "asked(); say(b'{\"serial\":' + b'9' * 60_000 + b'}\\n'); asked()",
        "r = asked(); opened(r); done(r, texts={'title': '\\x1b[2J'}); asked()",
        "r = asked(); opened(r); done(r, texts={'caption': '\\u202e'}); asked()",
        "r = asked(); opened(r); done(r, format='\\n'); asked()",
        "r = asked(); opened(r); done(r, width=1 << 62); asked()",
        "r = asked(); opened(r); done(r, width=float('nan')); asked()",
        "r = asked(); opened(r, (1, 2, 1 << 70)); asked()",
        "asked(); say(SANDBOX); asked()",
        "while True:\n  os.urandom(1); link.sendall(os.urandom(5000))",
        "r = asked(); say({'reply': 'Unchanged', 'serial': r['serial']}); asked()",
        "r = asked(); say({'reply': 'Failed', 'serial': 7, 'failure': ['bored', ''], 'identity': None}); asked()",
    ],
)
def test_a_worker_that_dies_or_speaks_nonsense_is_lost(script: str) -> None:
    with running(script) as worker, SharedBuffer(400) as buffer, pytest.raises(WorkerLost):
        answers(worker, buffer)


@pytest.mark.parametrize("script", [
    "line(); say(SANDBOX); say(SANDBOX); line()",
    "line(); say(SANDBOX.replace(b'seccomp', b'a rope')); line()",
    "line(); say(SANDBOX.replace(b'7', b'[' * 9000)); line()",
    "line(); say(b'{\"reply\":\"Sandbox\"' + b',' * 70_000 + b'}\\n'); line()",
])
def test_a_worker_that_speaks_wrongly_of_itself_is_lost(script: str) -> None:
    with running(script) as worker:
        worker.send_allowed_paths(AllowedPaths())
        with pytest.raises(WorkerLost):
            replies(worker, 1)


def test_a_worker_reports_its_sandbox_before_the_first_request() -> None:
    with running("line(); say(SANDBOX); line()") as worker:
        worker.send_allowed_paths(AllowedPaths())
        assert select.select([worker], [], [], TIMEOUT_SECONDS)[0]

        assert worker.receive() == ()
        assert worker.sandbox == Sandbox(("seccomp",), 7, (), ())


def test_a_worker_is_told_once_where_it_may_read() -> None:
    with running("line(); line()") as worker:
        worker.send_allowed_paths(AllowedPaths(("/a",)))
        assert worker.allowed_paths == AllowedPaths(("/a",))
        with pytest.raises(ValueError, match="restricted"):
            worker.send_allowed_paths(AllowedPaths(("/b",)))


def test_a_worker_that_has_ended_cannot_be_told_where_to_read() -> None:
    with running("") as worker:
        assert worker.wait(TIMEOUT_SECONDS)
        with pytest.raises(WorkerLost):
            worker.send_allowed_paths(AllowedPaths())


def test_the_longest_allowed_paths_are_sent_at_once_to_a_worker_that_has_not_started() -> None:
    paths = paths_within((f"/{number:0300}" for number in range(1000)), LONGEST_ALLOWED_PATHS - 1000)
    script = "told = line(); r = asked(); opened(r); done(r, frames=len(told['folders'])); asked()"
    with running(script) as worker, SharedBuffer(400) as buffer:
        os.kill(worker.pid, signal.SIGSTOP)
        worker.send_allowed_paths(AllowedPaths(paths))
        worker.send(a_request(), buffer)
        os.kill(worker.pid, signal.SIGCONT)
        done = replies(worker, 2)[1]

        assert isinstance(done, Done)
        assert done.frames == len(paths) > 150


def test_control_characters_in_its_exit_summary_are_removed() -> None:
    with running(r"sys.stderr.write('\x1b[2J\x07 \u202e no such \x9b codec\n'); sys.exit(3)") as worker:
        assert worker.wait(TIMEOUT_SECONDS)
        assert worker.exit_summary() == "exit status 3: [2J no such codec"


def test_descriptors_that_a_worker_sends_along_are_not_taken() -> None:
    script = "r = asked(); opened(r); socket.send_fds(link, [b'\\n'], [0, 1, 2]); asked()"
    with running(script) as worker, SharedBuffer(400) as buffer:
        before = sorted(Path("/proc/self/fd").iterdir())
        with pytest.raises(WorkerLost):
            answers(worker, buffer)
        assert sorted(Path("/proc/self/fd").iterdir()) == before


def test_nothing_can_be_asked_of_a_worker_that_has_ended() -> None:
    with running("") as worker, SharedBuffer(400) as buffer:
        assert worker.wait(TIMEOUT_SECONDS)
        with pytest.raises(WorkerLost, match="does not read"):
            worker.send(a_request(), buffer)


@pytest.mark.parametrize("script", ["asked()", "signal.signal(signal.SIGTERM, signal.SIG_IGN); asked()"])
def test_a_killed_worker_leaves_nothing_behind(script: str) -> None:
    worker = WorkerProcess.start(stand_in(script))
    assert not worker.wait(0)
    worker.kill()

    assert worker.wait(TIMEOUT_SECONDS)
    assert worker.has_ended
    assert worker.fileno() == -1
    assert worker.exit_summary() == "SIGKILL"


def test_a_stopped_worker_can_be_killed() -> None:
    worker = WorkerProcess.start(stand_in("asked()"))
    os.kill(worker.pid, signal.SIGSTOP)
    assert not worker.wait(0)
    worker.kill()

    assert worker.wait(TIMEOUT_SECONDS)


def test_the_end_of_its_error_output_is_kept_for_the_exit_summary() -> None:
    with running("sys.stderr.write('x' * 10_000 + '\\nno such codec\\n'); sys.exit(3)") as worker:
        assert worker.wait(TIMEOUT_SECONDS)
        assert worker.exit_summary().startswith("exit status 3: ")
        assert worker.exit_summary().endswith("x no such codec")
        assert len(worker.exit_summary()) < 400


def test_unread_error_output_neither_stops_a_worker_nor_fills_memory() -> None:
    script = """
for _ in range(2000):
    try:
        os.write(2, b"?" * 4096)
    except BlockingIOError:
        pass
r = asked(); opened(r); done(r); asked()
"""
    with running(script) as worker, SharedBuffer(400) as buffer:
        assert len(answers(worker, buffer, 2)) == 2


def test_a_worker_gets_a_session_and_an_environment_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "swordfish")
    script = "r = asked(); opened(r); done(r, texts={'title': ' '.join(os.environ)}); asked()"
    with running(script) as worker, SharedBuffer(400) as buffer:
        done = answers(worker, buffer, 2)[1]

        assert isinstance(done, Done)
        assert "MALLOC_ARENA_MAX" in done.texts["title"]
        assert "SECRET_TOKEN" not in done.texts["title"]
        assert os.getsid(worker.pid) == os.getpgid(worker.pid) == worker.pid


def test_a_worker_inherits_its_own_socket_and_nothing_else() -> None:
    script = "r = asked(); opened(r); done(r, texts={'title': ' '.join(os.listdir('/proc/self/fd'))}); asked()"
    with running("asked()"), running(script) as worker, SharedBuffer(400) as buffer:
        done = answers(worker, buffer, 2)[1]

        assert isinstance(done, Done)
        assert len(str(done.texts["title"]).split()) == 6  # standard streams, socket, buffer, the listing


def test_the_memory_a_worker_takes_is_known() -> None:
    with running("asked()") as worker:
        assert worker.memory() > 0
        worker.kill()
        assert worker.wait(TIMEOUT_SECONDS)
        assert worker.memory() == 0


def test_a_program_that_is_not_there_is_an_os_error() -> None:
    with pytest.raises(OSError, match="nowhere"):
        WorkerProcess.start(["/nowhere/python"])


def test_the_worker_is_run_isolated() -> None:
    assert worker_command()[:2] == (sys.executable, "-I")
    assert worker_command()[-2:] == ("-m", "viewer.imaging.worker")


def test_in_a_frozen_build_the_program_itself_is_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert worker_command() == (sys.executable, "--worker")


@pytest.mark.parametrize("arguments", [(), ("x",), ("0",), ("99",)])
def test_whoever_asks_for_a_worker_by_hand_gets_a_sentence(arguments: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-m", "viewer", "--worker", *arguments], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False, timeout=TIMEOUT_SECONDS)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "liftoff: --worker is for Liftoff itself. Leave it out.\n"


def test_the_program_decodes_as_a_worker_and_loads_no_qt_for_it(tmp_path: Path) -> None:
    path = str(solid(tmp_path / "a.png", (200, 40, 90), (10, 10)))
    worker = WorkerProcess.start([sys.executable, "-m", "viewer", "--worker"])
    try:
        with SharedBuffer(400) as buffer:
            worker.send_allowed_paths(AllowedPaths((str(tmp_path),)))
            worker.send(a_request(path=path), buffer)
            decoded = replies(worker, 2)[-1]
            assert isinstance(decoded, Done)
            assert bytes(buffer.view[:3]) == bytes((90, 40, 200))
        loaded = Path(f"/proc/{worker.pid}/maps")
        assert not loaded.exists() or "Qt6" not in loaded.read_text()
    finally:
        worker.kill()
        assert worker.wait(TIMEOUT_SECONDS)
