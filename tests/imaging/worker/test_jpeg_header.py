"""JPEG files whose header is unusual: short segments, and depths that are named."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from tests import pictures
from viewer.imaging.protocol.messages import Failed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client


def with_first_segment(path: Path, segment: bytes) -> Path:
    """Quadrants in a JPEG whose JFIF segment is replaced."""
    data = pictures.quadrants(path).read_bytes()
    assert data[2:4] == b"\xff\xe0"
    path.write_bytes(data[:2] + segment + data[4 + int.from_bytes(data[4:6], "big") :])
    return path


def lossless(path: Path, bits: int, marker: int = 0xC3) -> Path:
    """A lossless JPEG of middle grey, 8x8, by ITU-T T.81: every pixel is as predicted."""
    frame = b"\xff" + bytes([marker]) + struct.pack(">HBHHBBBB", 11, bits, 8, 8, 1, 1, 0x11, 0)
    table = b"\xff\xc4" + struct.pack(">HB", 20, 0) + bytes([1] + [0] * 15) + b"\0"
    scan = b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, 1, 0, 1, 0, 0) + bytes(8)
    path.write_bytes(b"\xff\xd8" + frame + table + scan + b"\xff\xd9")
    return path


@pytest.mark.parametrize("segment", [
    b"\xff\xe0\0\2", b"\xff\xe0\0\6JFIF", b"\xff\xe0\0\7JFIF\0", b"\xff\xe0\0\x08JFIF\0\1",
    b"\xff\xff\xe0\0\7JFIF\0", b"\xff\xe0\0\7JFIF\0" * 3, b"",
])
def test_a_short_jfif_segment_does_not_cost_the_picture(worker: Client, tmp_path: Path, segment: bytes) -> None:
    assert worker.ask(with_first_segment(tmp_path / "a.jpg", segment)).is_upright()


@pytest.mark.parametrize("bits", [9, 12, 16])
@pytest.mark.parametrize("marker", [0xC1, 0xC3])
def test_a_jpeg_of_more_than_8_bits_is_named_with_what_opens_it(
    without_codecs: Client, tmp_path: Path, bits: int, marker: int,
) -> None:
    last = without_codecs.ask(lossless(tmp_path / "a.jpg", bits, marker)).last

    assert isinstance(last, Failed)
    assert last.failure.sentence == (
        f"This kind of picture (JPEG, {bits} bits a channel) needs an addition to Liftoff. "
        "Install it: pip install 'liftoff-viewer[formats]'."
    )


@pytest.mark.parametrize("bits", [2, 7])
def test_a_jpeg_of_fewer_than_8_bits_is_named(worker: Client, tmp_path: Path, bits: int) -> None:
    last = worker.ask(lossless(tmp_path / "a.jpg", bits)).last

    assert isinstance(last, Failed)
    assert last.failure.sentence == (
        f"This is a kind of picture that Liftoff does not open: JPEG, {bits} bits a channel. Save it as JPEG or PNG."
    )


@pytest.mark.parametrize("before", [b"", b"\xff\xe8\0\x06SPIF"])
def test_jpeg_ls_is_called_that(worker: Client, tmp_path: Path, before: bytes) -> None:
    path = tmp_path / "a.jls"
    frame = b"\xff\xf7" + struct.pack(">HBHHBBBB", 11, 8, 8, 8, 1, 1, 0x11, 0)
    path.write_bytes(b"\xff\xd8" + before + frame + b"\xff\xda\0\x08\1\1\0\0\0\0" + bytes(8) + b"\xff\xd9")
    last = worker.ask(path).last

    assert isinstance(last, Failed)
    assert last.failure.sentence == "This is a JPEG-LS picture, which Liftoff does not open. Save it as JPEG or PNG."


def test_a_lossless_jpeg_of_8_bits_is_shown(worker: Client, tmp_path: Path) -> None:
    assert worker.ask(lossless(tmp_path / "a.jpg", 8)).pixel(4, 4) == (128, 128, 128, 255)


@pytest.mark.parametrize("tail", [
    b"", b"\xff", b"\xff\xe0\0", b"\xff\xe0\0\7JF", b"\xff\xe0\0\7JFIF\0", b"\xff\xe0\0\0" * 50, b"\xff\xe0\0\1",
    b"\xff\xe0\xff\xffJFIF\0", b"\xff\xe0\0\7JFIF\0" * 1000, b"\xff" * 1000, b"\xff\xc1\0\x0b", b"\xff\xc1\0\2\xff",
])
def test_a_header_that_ends_early_is_damaged(worker: Client, tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes((b"\xff\xd8" + tail).ljust(3, b"\xff"))

    assert worker.ask(path).reason in ("damaged", "unknown-format")
