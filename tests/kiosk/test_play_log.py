from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from viewer.gallery.model import Gallery, Slide
from viewer.gallery.open import open_source
from viewer.kiosk.config import PlayLogConfig
from viewer.kiosk.disk_thread import DiskThread
from viewer.kiosk.gallery_digest import GalleryDigest
from viewer.kiosk.play_log import MOST_WAITING, PlayLog
from viewer.kiosk.play_record import PlayRecord, read_records

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGEST = GalleryDigest(Gallery((Slide("a.jpg"),), Path("/p")))


@pytest.fixture
def disk() -> Iterator[DiskThread]:
    thread = DiskThread()
    yield thread
    thread.close()


def record(day: str = "2026-11-27", at: str = "10:00:00", slide: str = "one", **other: str) -> PlayRecord:
    texts = {"file": "1.jpg", "result": "shown", "why": "played", **other}
    return PlayRecord("", slide, start=f"{day}T{at}.000Z", end=f"{day}T23:59:59.000Z", start_ms=1000, end_ms=9000,
                      **texts)


def slides_in(path: Path) -> list[str]:
    return ["?" if one is None else one.slide for one in read_records(path)]


def write(log: PlayLog, disk: DiskThread, *records: PlayRecord) -> None:
    for one in records:
        log.append(one, DIGEST)
    assert disk.wait(30)


def test_each_record_is_a_line_of_the_day_that_it_began_on(tmp_path: Path, disk: DiskThread) -> None:
    log = PlayLog(tmp_path / "play-log", disk, PlayLogConfig())

    write(log, disk, record(slide="a"), record(slide="b"), record("2026-11-28", slide="c"), record(slide="late"))

    assert slides_in(tmp_path / "play-log" / "2026-11-27.jsonl") == ["a", "b", "late"]
    assert slides_in(tmp_path / "play-log" / "2026-11-28.jsonl") == ["c"]
    assert (log.written, log.waiting, log.problem) == (4, 0, "")


def test_a_line_says_which_version_of_the_gallery_it_was(tmp_path: Path, disk: DiskThread) -> None:
    manifest = tmp_path / "gallery.json"
    manifest.write_text('{"format": "photo-manifest", "version": 1, "slides": [{"file": "a.jpg"}]}')
    log = PlayLog(tmp_path, disk, PlayLogConfig())

    log.append(record(), GalleryDigest(open_source(manifest).gallery))
    assert disk.wait(30)

    (line,) = read_records(tmp_path / "2026-11-27.jsonl")
    asked = subprocess.run(["sha256sum", manifest], capture_output=True, text=True, check=True)
    assert line is not None
    assert line.gallery == asked.stdout.split()[0]


def test_a_table_and_a_folder_have_a_version_too(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"")
    table = tmp_path / "list.csv"
    table.write_text("file,title\na.jpg,One\n")

    of_table, of_folder = (GalleryDigest(open_source(path).gallery).hex for path in (table, tmp_path))
    table.write_text("file,title\na.jpg,Two\n")
    (tmp_path / "b.jpg").write_bytes(b"")

    assert of_table != GalleryDigest(open_source(table).gallery).hex
    assert of_folder != GalleryDigest(open_source(tmp_path).gallery).hex


@pytest.mark.parametrize("torn", [b'{"gallery": "", "slide": "to', b"\0" * 4096, b'{"half\n\0\0\0\0', b"\0\n\0"])
def test_what_a_power_cut_has_torn_is_cut_off(tmp_path: Path, disk: DiskThread, torn: bytes) -> None:
    write(PlayLog(tmp_path, disk, PlayLogConfig()), disk, record(slide="a"), record(slide="b"))
    path = tmp_path / "2026-11-27.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + torn)

    write(PlayLog(tmp_path, disk, PlayLogConfig()), disk, record(slide="c"))

    assert path.read_bytes().startswith(whole)
    assert [one for one in slides_in(path) if one != "?"] == ["a", "b", "c"]
    assert b"\0" not in path.read_bytes()


def test_yesterdays_torn_line_is_cut_off_too(tmp_path: Path, disk: DiskThread) -> None:
    write(PlayLog(tmp_path, disk, PlayLogConfig()), disk, record())
    path = tmp_path / "2026-11-27.jsonl"
    path.write_bytes(path.read_bytes() + b'{"torn')

    write(PlayLog(tmp_path, disk, PlayLogConfig()), disk, record("2026-11-28"))

    assert slides_in(path) == ["one"]


def test_no_more_days_are_kept_than_asked_whatever_the_clock_says_today(tmp_path: Path, disk: DiskThread) -> None:
    log = PlayLog(tmp_path, disk, PlayLogConfig(days=3))

    write(log, disk, *(record(f"2026-11-{day}") for day in range(10, 16)), record("2036-01-01"))

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "2026-11-14.jsonl", "2026-11-15.jsonl", "2036-01-01.jsonl"]


def test_no_more_megabytes_are_kept_than_asked_within_one_day_either(tmp_path: Path, disk: DiskThread) -> None:
    log = PlayLog(tmp_path, disk, PlayLogConfig(megabytes=1))
    long = "x" * 480
    for batch in range(8):
        write(log, disk, *(record(slide=f"{batch}-{long}", file=long) for _ in range(200)))

    kept = sorted(tmp_path.iterdir())
    assert 500_000 < sum(path.stat().st_size for path in kept) <= 1_000_000
    assert [path for path in kept if "0-xxx" in path.read_text()] == []
    assert any("7-xxx" in path.read_text() for path in kept)


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path, disk: DiskThread) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "2020-01-01.jsonl.bak").write_text("mine too")

    write(PlayLog(tmp_path, disk, PlayLogConfig(days=1)), disk, record("2026-11-27"), record("2026-11-28"))

    assert {path.name for path in tmp_path.iterdir()} == {"notes.txt", "2020-01-01.jsonl.bak", "2026-11-28.jsonl"}


def test_with_no_days_there_is_no_log(tmp_path: Path, disk: DiskThread) -> None:
    write(PlayLog(tmp_path / "play-log", disk, PlayLogConfig(days=0)), disk, record())

    assert not (tmp_path / "play-log").exists()


def test_a_place_that_cannot_be_written_is_said_once_and_tried_again(
    tmp_path: Path, disk: DiskThread, caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "liftoff.kiosk.play_log")
    place = tmp_path / "play-log"
    place.write_text("a file where the folder should be")
    log = PlayLog(place, disk, PlayLogConfig())

    for slide in "abc":
        write(log, disk, record(slide=slide))
    said = [line.message for line in caplog.records]
    problem, waiting = log.problem, log.waiting
    place.unlink()
    write(log, disk, record(slide="d"))

    assert len(said) == 1
    assert problem in said
    assert str(place) in problem
    assert waiting == 3
    assert slides_in(place / "2026-11-27.jsonl") == ["a", "b", "c", "d"]
    assert (log.problem, log.waiting, log.lost) == ("", 0, 0)
    assert [line.message for line in caplog.records][1:] == ["The play log is written again."]


def test_a_folder_that_is_cleared_away_is_made_anew(tmp_path: Path, disk: DiskThread) -> None:
    log = PlayLog(tmp_path / "play-log", disk, PlayLogConfig())
    write(log, disk, record(slide="a"))
    (tmp_path / "play-log" / "2026-11-27.jsonl").unlink()
    (tmp_path / "play-log").rmdir()

    write(log, disk, record(slide="b"))

    assert slides_in(tmp_path / "play-log" / "2026-11-27.jsonl") == ["b"]


def test_while_the_disk_takes_nothing_memory_is_bounded(tmp_path: Path, disk: DiskThread) -> None:
    place = tmp_path / "play-log"
    place.write_text("")
    log = PlayLog(place, disk, PlayLogConfig())

    write(log, disk, *(record(slide=str(number)) for number in range(MOST_WAITING + 10)))

    assert (log.waiting, log.lost) == (MOST_WAITING, 10)


def test_a_disk_that_fills_up_tears_no_line_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    """By a limit on the size of files, which ends a write in the middle as a full disk does."""
    script = """
import resource, sys
from pathlib import Path
from tests.kiosk.test_play_log import DIGEST, record, write
from viewer.kiosk.config import PlayLogConfig
from viewer.kiosk.disk_thread import DiskThread
from viewer.kiosk.play_log import PlayLog
disk = DiskThread()
log = PlayLog(Path(sys.argv[1]), disk, PlayLogConfig())
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
for slide in "abcdef":
    write(log, disk, record(slide=slide))
assert log.problem and log.waiting, (log.problem, log.waiting)
full = (Path(sys.argv[1]) / "2026-11-27.jsonl").read_bytes()
assert full.endswith(b"\\n") and 500 < len(full) <= 1000, full
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
write(log, disk, record(slide="g"))
assert not log.problem and not log.waiting
disk.close()
"""
    done = subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, text=True, check=False,
                          cwd=Path(__file__).parents[2], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})

    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
    assert slides_in(tmp_path / "2026-11-27.jsonl") == list("abcdefg")


def test_a_full_disk_and_one_that_is_read_only_are_told_apart_and_lose_nothing(tmp_path: Path) -> None:
    """On a small disk of a process's own."""
    script = """
import os, subprocess, sys
from pathlib import Path
from tests.kiosk.test_play_log import DIGEST, record, slides_in, write
from viewer.kiosk.config import PlayLogConfig
from viewer.kiosk.disk_thread import DiskThread
from viewer.kiosk.play_log import PlayLog
place = Path(sys.argv[1])
disk = DiskThread()
log = PlayLog(place / "play-log", disk, PlayLogConfig())
write(log, disk, record(slide="a"))
ballast = os.open(place / "ballast", os.O_WRONLY | os.O_CREAT)
try:
    while os.write(ballast, b"b" * 4096):
        pass
except OSError:
    os.close(ballast)
for number in range(30):  # more than a block, which the file has already
    write(log, disk, record(slide=f"b{number}"))
print(log.problem)
(place / "ballast").unlink()
write(log, disk, record(slide="c"))
assert not log.problem, log.problem
subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
write(log, disk, record(slide="d"))
print(log.problem)
subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)
write(log, disk, record(slide="e"))
print(",".join(slides_in(place / "play-log" / "2026-11-27.jsonl")))
disk.close()
"""
    alone = ["unshare", "-m"] if os.getuid() == 0 else ["unshare", "-rm"]
    mount = "mount -t tmpfs -o size=64k tmpfs \"$0\""
    if not shutil.which("unshare") or subprocess.run([*alone, "sh", "-c", mount, tmp_path], check=False,
                                                     capture_output=True).returncode:
        pytest.skip("nothing may be mounted here")
    done = subprocess.run([*alone, "sh", "-c", f"{mount} && exec \"$1\" -c \"$2\" \"$0\"", tmp_path, sys.executable,
                           script], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})

    full, read_only, slides = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert "the disk is full" in full
    assert "the disk is read-only" in read_only
    assert slides.split(",") == ["a", *(f"b{number}" for number in range(30)), "c", "d", "e"]


def test_a_disk_that_hangs_holds_up_neither_the_show_nor_its_end(tmp_path: Path) -> None:
    answers = threading.Event()
    disk = DiskThread()

    def hang() -> None:
        answers.wait(30)

    disk.submit(hang)
    log = PlayLog(tmp_path / "play-log", disk, PlayLogConfig())

    log.append(record(), DIGEST)
    is_written = disk.wait(0.05)
    disk.close(0.05)

    assert not is_written
    assert log.waiting == 1
    answers.set()
    assert disk.wait(30)
    disk.close()


def test_names_that_are_not_utf_8_and_endless_ones_make_a_line_too(tmp_path: Path, disk: DiskThread) -> None:
    write(PlayLog(tmp_path, disk, PlayLogConfig()), disk, record(file="caf\udce9.jpg"), record(slide="x" * 100_000))

    first, second = (one for one in read_records(tmp_path / "2026-11-27.jsonl") if one)
    assert first.file == "caf\\udce9.jpg"
    assert len(second.line()) < 1000


def test_lines_that_are_no_records_cost_no_others(tmp_path: Path) -> None:
    good = msgspec.structs.replace(record(slide="good"), gallery="0").line()
    bad_date = good.replace(b"2026-11-27T10", b"2026-13-27T10")
    path = tmp_path / "2026-11-27.jsonl"
    path.write_bytes(b"\xff\xfe\n[]\n" + good + b"{}\n" + bad_date + good)

    assert slides_in(path) == ["?", "?", "good", "?", "?", "good"]
