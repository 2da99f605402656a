"""Damaged and malicious files: the right failure reason, and the worker survives each."""

from __future__ import annotations

import io
import random
import struct
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

SUFFIXES = (".jpg", ".png", ".gif", ".webp", ".tif", ".bmp", ".avif", ".heic")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_picture_truncated_at_every_tenth_is_damaged(worker: Client, tmp_path: Path, suffix: str) -> None:
    whole = pictures.photo(tmp_path / f"whole{suffix}", (160, 120))
    for tenth in range(1, 10):
        cut = pictures.truncated(whole, tmp_path / f"{tenth}{suffix}", keep=tenth / 10)

        assert worker.ask(cut).reason == "damaged", f"{tenth} tenths"
    assert worker.ask(whole).size == (160, 120)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_picture_truncated_anywhere_never_passes_for_complete(
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
    (lambda folder: pictures.huge_header(folder / "a.png"), "too-long-a-side"),
    (lambda folder: pictures.huge_header(folder / "a.png", 30000, 30000), "too-many-pixels"),
    (lambda folder: pictures.huge_header(folder / "a.png", 70000, 10), "too-long-a-side"),
    (lambda folder: pictures.huge_header(folder / "a.gif"), "too-many-pixels"),
    (lambda folder: pictures.huge_header(folder / "a.bmp"), "too-long-a-side"),
    (lambda folder: pictures.huge_header(folder / "a.bmp", 100000, 100000), "too-long-a-side"),
    (lambda folder: pictures.many_scans(folder / "a.jpg"), "too-many-scans"),
    (lambda folder: _sparse(folder / "a.jpg", 3 << 30), "file-too-big"),
])
def test_a_decompression_bomb_is_refused_with_the_limit_it_exceeds(
    worker: Client, tmp_path: Path, make: Callable[[Path], Path], reason: str,
) -> None:
    assert worker.ask(make(tmp_path)).reason == reason


def test_an_ordinary_progressive_jpeg_is_decoded(worker: Client, tmp_path: Path) -> None:
    answer = worker.ask(pictures.quadrants(tmp_path / "a.jpg", progressive=True))

    assert answer.is_upright()


def test_bytes_after_the_end_are_not_counted_as_scans(worker: Client, tmp_path: Path) -> None:
    path = pictures.quadrants(tmp_path / "a.jpg", progressive=True)
    path.write_bytes(path.read_bytes() + b"\xff\xda\0\0" * 500)

    assert worker.ask(path).size == (80, 60)


def test_a_picture_of_100_megapixels_is_decoded(worker: Client, tmp_path: Path) -> None:
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
def test_broken_or_bomb_png_chunks_do_not_cost_the_picture(
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
def test_broken_exif_does_not_cost_the_picture(
    worker: Client, tmp_path: Path, exif: bytes, suffix: str,
) -> None:
    answer = worker.ask(pictures.quadrants(tmp_path / f"a{suffix}", exif=exif))

    assert answer.is_upright()


def test_exif_whose_directory_refers_to_itself_is_survived(worker: Client, tmp_path: Path) -> None:
    circle = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<I", 8)

    assert worker.ask(pictures.quadrants(tmp_path / "a.jpg", exif=circle)).size == (80, 60)


def test_hundreds_of_mutated_files_each_get_an_answer(worker: Client, tmp_path: Path) -> None:
    chance = random.Random(20180606)
    originals = [
        *(pictures.photo(tmp_path / f"photo{suffix}", (48, 36)) for suffix in SUFFIXES),
        *(pictures.animated(tmp_path / f"moving{suffix}") for suffix in (".gif", ".webp", ".png")),
        pictures.palette(tmp_path / "palette.png"), pictures.cmyk(tmp_path / "cmyk.jpg"),
        pictures.oriented(tmp_path / "rotated.jpg", 6), pictures.grey16(tmp_path / "grey.tif"),
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
        "damaged", "unknown-format", "unsupported", "too-many-pixels", "too-long-a-side", "out-of-memory",
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
