"""Whatever lies in a folder, the worker answers with the right reason and is there for the next picture."""

from __future__ import annotations

import io
import os
import random
import struct
import sys
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests import pictures
from viewer.imaging.protocol.messages import Done, Failed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.imaging.worker.client import Client
    from viewer.imaging.protocol.failures import Reason

SUFFIXES = (".jpg", ".png", ".gif", ".webp", ".tif", ".bmp", ".avif", ".heic")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_picture_cut_at_every_tenth_is_reported_as_damaged(worker: Client, tmp_path: Path, suffix: str) -> None:
    whole = pictures.photo(tmp_path / f"whole{suffix}", (160, 120))
    for tenth in range(1, 10):
        cut = pictures.truncated(whole, tmp_path / f"{tenth}{suffix}", keep=tenth / 10)

        assert worker.ask(cut).reason == "damaged", f"{tenth} tenths"
    assert worker.ask(whole).size == (160, 120)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_small_picture_cut_at_every_tenth_byte_never_passes_for_whole(
    worker: Client, tmp_path: Path, suffix: str,
) -> None:
    whole = pictures.quadrants(tmp_path / f"whole{suffix}", (32, 24))
    picture = worker.ask(whole).memory
    for keep in range(1, whole.stat().st_size, 10):
        answer = worker.ask(pictures.truncated(whole, tmp_path / f"cut{suffix}", keep=keep))
        if isinstance(answer.last, Done):
            assert answer.memory == picture, f"{keep} bytes"  # nothing but a trailer was missing
        else:
            assert answer.reason in {"damaged", "unknown-format"}, f"{keep} bytes"


@pytest.mark.parametrize(("make", "reason"), [
    (lambda folder: folder / "nothing.jpg", "missing"),
    (lambda folder: folder / "no" / "folder.jpg", "missing"),
    (lambda folder: folder / ("x" * 300 + ".jpg"), "missing"),
    (lambda folder: _made(folder / "a.jpg", b"") / "b.jpg", "missing"),
    (lambda folder: _made(folder / "a.jpg", b""), "empty"),
    (lambda folder: _made(folder / "a.jpg", b"Just a few words.\n"), "unknown-format"),
    (lambda folder: _made(folder / "a.jpg", b"\xff"), "unknown-format"),
    (lambda folder: _made(folder / "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "unknown-format"),
    (lambda folder: _made(folder / "a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n"), "unknown-format"),
    (lambda folder: _made(folder / "a.ppm", b"P6 1 1 255\n\0\0\0"), "unknown-format"),
    (lambda folder: _made(folder / "a.bmp", b"BM is how this text begins"), "unknown-format"),
    (lambda folder: _made(folder / "a.jpg", b"\xff\xd8\xff" + bytes(100)), "damaged"),
    (lambda folder: folder, "not-a-file"),
])
def test_what_is_no_picture_is_named(
    worker: Client, tmp_path: Path, make: Callable[[Path], Path], reason: Reason,
) -> None:
    assert worker.ask(make(tmp_path)).reason == reason


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
def test_pipes_devices_sockets_and_circles_are_refused_at_once(worker: Client, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "circle.jpg").symlink_to(tmp_path / "circle.jpg")

    assert worker.ask(tmp_path / "pipe.jpg").reason == "not-a-file"
    assert worker.ask("/dev/zero").reason == "not-a-file"
    assert worker.ask("/dev/tty").reason == "not-a-file"
    assert worker.ask(tmp_path / "circle.jpg").reason == "missing"
    assert worker.ask("a\0b.jpg").reason == "missing"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(worker: Client, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.jpg")
    path.chmod(0)

    assert worker.ask(path).reason == "forbidden"


@pytest.mark.parametrize(("make", "reason"), [
    (lambda folder: pictures.huge_header(folder / "a.png"), "too-long-a-side"),
    (lambda folder: pictures.huge_header(folder / "a.png", 30000, 30000), "too-many-pixels"),
    (lambda folder: pictures.huge_header(folder / "a.png", 70000, 10), "too-long-a-side"),
    (lambda folder: pictures.huge_header(folder / "a.gif"), "too-many-pixels"),
    (lambda folder: pictures.huge_header(folder / "a.bmp"), "too-long-a-side"),
    (lambda folder: pictures.huge_header(folder / "a.bmp", 100000, 100000), "too-long-a-side"),
    (lambda folder: pictures.many_scans(folder / "a.jpg"), "too-many-scans"),
    (lambda folder: _sparse(folder / "a.jpg", 3 << 30), "file-too-big"),
])
def test_a_bomb_is_refused_with_what_is_too_much_in_it(
    worker: Client, tmp_path: Path, make: Callable[[Path], Path], reason: str,
) -> None:
    assert worker.ask(make(tmp_path)).reason == reason


def test_a_progressive_jpeg_with_the_usual_scans_is_shown(worker: Client, tmp_path: Path) -> None:
    answer = worker.ask(pictures.quadrants(tmp_path / "a.jpg", progressive=True))

    assert all(
        pictures.is_near(seen, wanted) for seen, wanted in zip(answer.corners(), pictures.CORNERS, strict=True)
    )


def test_bytes_behind_the_end_are_not_counted_as_scans(worker: Client, tmp_path: Path) -> None:
    path = pictures.quadrants(tmp_path / "a.jpg", progressive=True)
    path.write_bytes(path.read_bytes() + b"\xff\xda\0\0" * 500)

    assert worker.ask(path).size == (80, 60)


def test_a_picture_at_the_limit_is_opened(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("L", (10_000, 10_000), 90).save(path, compress_level=1)
    answer = worker.ask(path, (300, 300))

    assert answer.size == (300, 300)
    assert answer.pixel(150, 150) == (90, 90, 90, 255)


@pytest.mark.parametrize("chunk", [
    pictures.png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80 << 20))),
    pictures.png_chunk(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(bytes(80 << 20))),
    pictures.png_chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(80 << 20))),
    pictures.png_chunk(b"iCCP", b"p\0\0not zlib"),
    pictures.png_chunk(b"tEXt", b"Comment\0hello")[:-1] + b"!",
    pictures.png_chunk(b"eXIf", b"nonsense"),
    pictures.png_chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x02\xff\xff\xff\xff\0\0\0\0"),
])
@pytest.mark.parametrize("behind", [False, True])
def test_words_that_are_broken_or_bombs_do_not_cost_the_picture(
    worker: Client, tmp_path: Path, chunk: bytes, *, behind: bool,
) -> None:
    buffer = io.BytesIO()
    pictures.quadrants_image().save(buffer, "PNG")
    data = buffer.getvalue()
    at = len(data) - 12 if behind else 33  # before IEND, or behind IHDR
    path = _made(tmp_path / "a.png", data[:at] + chunk + data[at:])

    assert worker.ask(path).pixel(5, 5) == (*pictures.RED, 255)


@pytest.mark.parametrize("exif", [
    b"Exif\0\0nonsense", b"Exif\0\0II*\0\x08\0\0\0\xff\xff", b"Exif\0\0II*\0\xff\xff\xff\xff",
    b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x02\0\0\0\x04six\0\0\0\0\0",
    b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x63\0\0\0\0\0\0",
])
@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_a_broken_exif_does_not_cost_the_picture(
    worker: Client, tmp_path: Path, exif: bytes, suffix: str,
) -> None:
    answer = worker.ask(pictures.quadrants(tmp_path / f"a{suffix}", exif=exif))

    assert all(
        pictures.is_near(seen, wanted) for seen, wanted in zip(answer.corners(), pictures.CORNERS, strict=True)
    )


def test_an_exif_that_goes_round_in_circles_ends(worker: Client, tmp_path: Path) -> None:
    circle = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<I", 8)

    assert worker.ask(pictures.quadrants(tmp_path / "a.jpg", exif=circle)).size == (80, 60)


def test_the_file_is_said_before_it_is_parsed(worker: Client, tmp_path: Path) -> None:
    path = _made(tmp_path / "a.jpg", b"\xff\xd8\xff" + bytes(100))
    answer = worker.ask(path)
    found = path.stat()

    assert isinstance(answer.last, Failed)
    assert answer.opened is not None
    assert answer.opened.identity == (found.st_mtime_ns, found.st_size, found.st_ino) == answer.last.identity


def test_a_file_that_cannot_be_opened_has_no_identity(worker: Client, tmp_path: Path) -> None:
    answer = worker.ask(tmp_path / "nothing.jpg")

    assert isinstance(answer.last, Failed)
    assert answer.last.identity is None
    assert answer.opened is None


def test_a_file_that_is_the_same_is_not_read_again(worker: Client, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.jpg")
    identity = worker.ask(path).done.identity

    assert worker.ask(path, unless=identity).is_unchanged
    os.utime(path, ns=(1, 1))
    assert worker.ask(path, unless=identity).done.identity.mtime_ns == 1


def test_hundreds_of_mutants_are_each_answered(worker: Client, tmp_path: Path) -> None:
    chance = random.Random(20180606)
    originals = [
        *(pictures.photo(tmp_path / f"photo{suffix}", (48, 36)) for suffix in SUFFIXES),
        *(pictures.animated(tmp_path / f"moving{suffix}") for suffix in (".gif", ".webp", ".png")),
        pictures.palette(tmp_path / "palette.png"), pictures.cmyk(tmp_path / "inks.jpg"),
        pictures.oriented(tmp_path / "turned.jpg", 6), pictures.grey16(tmp_path / "grey.tif"),
    ]
    path = tmp_path / "mutant"
    outcomes = []
    for turn in range(600):
        data = bytearray(originals[turn % len(originals)].read_bytes())
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(min(len(data), 200) if chance.random() < 0.5 else len(data))
            match chance.randrange(4):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    data[at] ^= 1 << chance.randrange(8)
                case 2:
                    del data[at : at + chance.randint(1, 8)]
                case _:
                    data[at:at] = bytes(chance.choice((0, 255, chance.randrange(256))) for _ in range(4))
        path.write_bytes(data)
        outcomes.append(worker.ask(path, (64, 64), kind=chance.choice(("picture", "thumbnail"))).last)

    assert any(isinstance(outcome, Done) for outcome in outcomes)
    assert {outcome.failure.reason for outcome in outcomes if isinstance(outcome, Failed)} <= {
        "damaged", "unknown-format", "too-many-pixels", "too-long-a-side", "out-of-memory",
    }
    assert worker.ask(originals[0]).size == (48, 36)


def _made(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _sparse(path: Path, size: int) -> Path:
    with path.open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(size)
    return path
