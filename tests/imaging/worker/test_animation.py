"""Animations: frames, durations, loop counts and the open-file cache."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests import pictures
from tests.pictures import BLUE, GREEN, RED, is_near

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client

COLOURS = (RED, GREEN, BLUE)
DURATIONS = (120, 200, 80)


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png", ".avif"])
def test_every_frame_has_its_pixels_and_duration(worker: Client, tmp_path: Path, suffix: str) -> None:
    path = pictures.animated(tmp_path / f"a{suffix}", COLOURS, DURATIONS)
    for frame in (0, 1, 2, 0, 2, 1):
        answer = worker.ask(path, frame=frame)

        assert is_near(answer.pixel(5, 5), COLOURS[frame]), frame
        assert (answer.done.frames, answer.done.duration, answer.done.loops) == (3, DURATIONS[frame], 0)


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png", ".avif"])
def test_a_frame_beyond_the_last_fails(worker: Client, tmp_path: Path, suffix: str) -> None:
    path = pictures.animated(tmp_path / f"a{suffix}", COLOURS, DURATIONS)

    assert worker.ask(path, frame=3).reason == "damaged"
    assert worker.ask(path, frame=2).done.frames == 3


@pytest.mark.parametrize(("suffix", "written", "runs"), [
    (".gif", 0, 0), (".gif", 2, 3), (".webp", 0, 0), (".webp", 3, 3), (".png", 0, 0), (".png", 3, 3),
])
def test_the_loop_count_is_that_of_the_file(
    worker: Client, tmp_path: Path, suffix: str, written: int, runs: int,
) -> None:
    assert worker.ask(pictures.animated(tmp_path / f"a{suffix}", loop=written)).done.loops == runs


def test_a_gif_without_a_loop_extension_runs_once(worker: Client, tmp_path: Path) -> None:
    path = pictures.animated(tmp_path / "a.gif")
    data = path.read_bytes()
    at = data.index(b"\x21\xff\x0bNETSCAPE2.0")
    path.write_bytes(data[:at] + data[at + 19 :])

    assert worker.ask(path).done.loops == 1


@pytest.mark.parametrize(("written", "shown"), [(0, 100), (10, 100), (20, 20), (30, 30), (65_000, 65_000)])
def test_durations_of_10_ms_or_less_become_100_ms_as_in_browsers(
    worker: Client, tmp_path: Path, written: int, shown: int,
) -> None:
    path = pictures.animated(tmp_path / "a.gif", COLOURS, (written, written, written))

    assert worker.ask(path, frame=1).done.duration == shown


def test_frames_that_store_only_changes_are_composed(worker: Client, tmp_path: Path) -> None:
    first = pictures.quadrants_image()
    second = first.copy()
    second.paste(BLUE, (0, 0, 10, 10))
    path = tmp_path / "a.gif"
    first.save(path, save_all=True, append_images=[second], duration=100, optimize=True)
    answer = worker.ask(path, frame=1)

    assert is_near(answer.pixel(4, 4), BLUE)
    assert is_near(answer.pixel(-5, -5), pictures.YELLOW)


def test_two_animations_can_be_decoded_in_turns(worker: Client, tmp_path: Path) -> None:
    one = pictures.animated(tmp_path / "one.gif", COLOURS)
    other = pictures.animated(tmp_path / "other.webp", COLOURS[::-1])
    for frame in range(3):
        assert is_near(worker.ask(one, frame=frame).pixel(5, 5), COLOURS[frame])
        assert is_near(worker.ask(other, frame=frame).pixel(5, 5), COLOURS[::-1][frame])


def test_an_animation_goes_on_after_many_stills(worker: Client, tmp_path: Path) -> None:
    moving = pictures.animated(tmp_path / "a.gif", COLOURS)
    still = pictures.solid(tmp_path / "b.png", pictures.YELLOW)
    worker.ask(moving)
    for _ in range(12):
        assert is_near(worker.ask(still).pixel(5, 5), pictures.YELLOW)

    assert is_near(worker.ask(moving, frame=1).pixel(5, 5), GREEN)


def test_an_animation_whose_file_was_replaced_is_reopened(worker: Client, tmp_path: Path) -> None:
    path = pictures.animated(tmp_path / "a.gif", COLOURS)
    worker.ask(path)
    pictures.animated(tmp_path / "b.gif", COLOURS[::-1], (50, 50, 50)).replace(path)
    answer = worker.ask(path, frame=2)

    assert is_near(answer.pixel(5, 5), RED)
    assert answer.done.duration == 50


def test_an_animation_is_scaled_into_its_box(worker: Client, tmp_path: Path) -> None:
    answer = worker.ask(pictures.animated(tmp_path / "a.gif", size=(400, 300)), (100, 100), frame=2)

    assert answer.size == (100, 75)
    assert answer.source_size == (400, 300)


def test_the_default_image_of_an_animated_png_is_not_a_frame(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    frames = [pictures.solid_image(colour) for colour in COLOURS]
    frames[0].save(path, save_all=True, append_images=frames[1:], default_image=True, duration=50)
    answer = worker.ask(path)

    assert answer.done.frames == 2
    assert is_near(answer.pixel(5, 5), GREEN)
    assert is_near(worker.ask(path, frame=1).pixel(5, 5), BLUE)


def test_a_truncated_animation_shows_its_intact_frames(worker: Client, tmp_path: Path) -> None:
    whole = pictures.animated(tmp_path / "a.gif", COLOURS, size=(200, 150))
    answer = worker.ask(pictures.truncated(whole, tmp_path / "b.gif", keep=0.9))

    assert is_near(answer.pixel(5, 5), RED)
    assert worker.ask(tmp_path / "b.gif", frame=2).reason == "damaged"


def test_an_animated_png_that_claims_too_many_frames_fails_soon(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    pictures.png(
        path, 4, 4, depth=8, colour_type=0, rows=bytes(20),
        chunks=pictures.png_chunk(b"acTL", struct.pack(">II", 0x7FFFFFFF, 0)) + pictures.png_chunk(
            b"fcTL", struct.pack(">IIIIIHHBB", 0, 4, 4, 0, 0, 1, 10, 0, 0),
        ),
    )

    assert worker.ask(path).done.frames == 20_000
    assert worker.ask(path, frame=19_999).reason == "damaged"


def test_a_still_gif_is_not_an_animation(worker: Client, tmp_path: Path) -> None:
    done = worker.ask(pictures.palette(tmp_path / "a.gif")).done

    assert (done.frames, done.duration, done.loops) == (1, 0, 0)


def test_an_animation_keeps_its_transparency(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.webp"
    frames = [Image.new("RGBA", (20, 20), (*RED, 0)), Image.new("RGBA", (20, 20), (*RED, 255))]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=50, lossless=True)

    assert worker.ask(path).pixel(5, 5)[3] == 0
    assert worker.ask(path, frame=1).pixel(5, 5) == (*RED, 255)


def test_a_broken_frame_costs_only_itself(worker: Client, tmp_path: Path) -> None:
    path = pictures.animated(tmp_path / "a.png", COLOURS)
    data = path.read_bytes()
    at = data.index(b"fdAT") - 4
    size = int.from_bytes(data[at : at + 4], "big")
    broken = data[at + 8 : at + 12] + bytes(size - 4)
    path.write_bytes(
        data[: at + 4] + b"fdAT" + broken + struct.pack(">I", zlib.crc32(b"fdAT" + broken)) + data[at + size + 12 :]
    )

    assert is_near(worker.ask(path).pixel(5, 5), RED)
    assert worker.ask(path, frame=1).reason == "damaged"
    assert is_near(worker.ask(path).pixel(5, 5), RED)
