from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from viewer.kiosk.disk_thread import DiskThread
from viewer.supervisor.show_log import LARGEST, MOST_A_MINUTE, ShowLog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def disk() -> Iterator[DiskThread]:
    thread = DiskThread()
    yield thread
    thread.close()


def test_lines_are_kept_and_those_that_repeat_once(tmp_path: Path, disk: DiskThread) -> None:
    log = ShowLog(tmp_path / "deep" / "folder", disk, lambda: 0.0)
    log.write(b"one\ntwo\ntwo\n")
    log.write(b"two\nthree\n")
    assert disk.wait(30)

    assert log.path.read_bytes() == b"one\ntwo\nthree\n"


def test_a_show_that_writes_without_end_fills_no_disk(tmp_path: Path, disk: DiskThread) -> None:
    time = [0.0]
    log = ShowLog(tmp_path, disk, lambda: time[0])
    for number in range(20_000):
        time[0] += 0.1
        log.write(b"%d: %s\n" % (number, b"x" * 100))
        assert disk.wait(30)

    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 2 * LARGEST
    assert {path.name for path in tmp_path.iterdir()} == {"show.log", "show.log.1"}


def test_no_more_than_so_much_is_kept_in_a_minute(tmp_path: Path, disk: DiskThread) -> None:
    time = [0.0]
    log = ShowLog(tmp_path, disk, lambda: time[0])
    for number in range(2000):
        log.write(b"%d: %s\n" % (number, b"x" * 100))
    assert disk.wait(30)
    assert log.path.stat().st_size == MOST_A_MINUTE

    time[0] = 60
    log.write(b"later\n")
    assert disk.wait(30)
    assert log.path.read_bytes().endswith(b"later\n")


def test_a_disk_that_cannot_be_written_is_no_trouble(tmp_path: Path, disk: DiskThread) -> None:
    (tmp_path / "file").write_bytes(b"")
    log = ShowLog(tmp_path / "file" / "folder", disk, lambda: 0.0)
    log.write(b"lost\n")

    assert disk.wait(30)


def test_a_disk_that_does_not_answer_holds_nobody_up_and_gets_the_latest_when_it_does(
    tmp_path: Path, disk: DiskThread,
) -> None:
    answers = threading.Event()
    disk.submit(lambda: assert_answered(answers))
    time = [0.0]
    log = ShowLog(tmp_path, disk, lambda: time[0])
    for number in range(10):
        time[0] += 60
        log.write(b"%d\n" % number * 30_000)
        log.write(b"%d: the end\n" % number)
    assert not log.path.exists()

    answers.set()
    assert disk.wait(30)

    assert log.path.stat().st_size <= LARGEST
    assert log.path.read_bytes().endswith(b"9: the end\n")


def assert_answered(answers: threading.Event) -> None:
    """A disk that takes its time."""
    assert answers.wait(30)
