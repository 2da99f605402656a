from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.supervisor.show_log import LARGEST, MOST_A_MINUTE, ShowLog

if TYPE_CHECKING:
    from pathlib import Path


def test_lines_are_kept_and_those_that_repeat_once(tmp_path: Path) -> None:
    log = ShowLog(tmp_path / "deep" / "folder", lambda: 0.0)
    log.write(b"one\ntwo\ntwo\n")
    log.write(b"two\nthree\n")

    assert log.path.read_bytes() == b"one\ntwo\nthree\n"


def test_a_show_that_writes_without_end_fills_no_disk(tmp_path: Path) -> None:
    time = [0.0]
    log = ShowLog(tmp_path, lambda: time[0])
    for number in range(20_000):
        time[0] += 0.1
        log.write(b"%d: %s\n" % (number, b"x" * 100))

    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 2 * LARGEST
    assert {path.name for path in tmp_path.iterdir()} == {"show.log", "show.log.1"}


def test_no_more_than_so_much_is_kept_in_a_minute(tmp_path: Path) -> None:
    time = [0.0]
    log = ShowLog(tmp_path, lambda: time[0])
    for number in range(2000):
        log.write(b"%d: %s\n" % (number, b"x" * 100))
    assert log.path.stat().st_size == MOST_A_MINUTE

    time[0] = 60
    log.write(b"later\n")
    assert log.path.read_bytes().endswith(b"later\n")


def test_a_disk_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    log = ShowLog(tmp_path / "file" / "folder", lambda: 0.0)
    log.write(b"lost\n")

    assert log.last_line() == "lost"
