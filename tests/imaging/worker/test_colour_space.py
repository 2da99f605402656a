"""Colour spaces named by numbers: high dynamic range is mapped to the screen's, and wide gamuts are converted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import pictures
from tests.colour_numbers import BT_709, BT_2020, HLG, LINEAR, P3, PQ, SRGB, coded
from viewer.imaging.protocol.messages import Done
from viewer.imaging.worker.colour_space import profile_by_codes, profile_by_gamma
from viewer.imaging.worker.icc import is_srgb

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client

SUFFIXES = (".png", ".avif", ".heic")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("curve", "grey", "wanted"), [
    (PQ, 148, 191),  # 203 candela, the white of a screen, makes way for highlights
    (PQ, 64, 44), (PQ, 0, 0), (PQ, 192, 255), (HLG, 128, 125), (HLG, 255, 255), (LINEAR, 55, 128), (SRGB, 55, 55),
])
def test_high_dynamic_range_is_mapped_to_that_of_a_screen(
    worker: Client, tmp_path: Path, suffix: str, curve: int, grey: int, wanted: int,
) -> None:
    primaries = BT_709 if curve in (LINEAR, SRGB) else BT_2020
    answer = worker.ask(coded(tmp_path / f"a{suffix}", (grey, grey, grey), primaries, curve))

    assert pictures.is_near(answer.pixel(5, 5), (wanted, wanted, wanted, 255), 4)


@pytest.mark.parametrize(("primaries", "colour", "wanted"), [
    (4, (120, 60, 40), (202, 130, 106)), (4, (60, 120, 40), (107, 180, 105)), (8, (120, 60, 40), (196, 131, 106)),
    (8, (60, 120, 40), (110, 185, 103)), (10, (105, 60, 20), (239, 65, 73)), (10, (60, 80, 30), (112, 167, 81)),
])
def test_primaries_of_ntsc_film_and_cie_xyz_are_obeyed(
    worker: Client, tmp_path: Path, primaries: int, colour: tuple[int, int, int], wanted: tuple[int, int, int],
) -> None:
    """What is wanted is calculated from the chromaticities of H.273 and Bradford's matrix, light as values."""
    for shown, code in ((wanted, colour), ((255, 255, 255), (255, 255, 255))):
        answer = worker.ask(coded(tmp_path / "a.png", code, primaries, LINEAR))
        assert pictures.is_near(answer.pixel(5, 5), (*shown, 255), 3)


def coded_in_stream(path: Path, colour: tuple[int, int, int], primaries: int, curve: int) -> Path:
    """A solid picture that says what its colours are only in the header of its coded stream."""
    data = coded(path, colour, primaries, curve).read_bytes().replace(b"colrnclx", b"freenclx")
    if path.suffix == ".avif":
        stream = data.rindex(b"mdat") + 4
        bits = f"{int.from_bytes(data[stream:], 'big'):0{8 * len(data[stream:])}b}"
        numbers = "".join(f"{number:08b}" for number in (BT_709, SRGB, 6))  # as the encoder has them, with the matrix
        assert bits[:400].count(numbers) == 1
        changed = bits.replace(numbers, f"{primaries:08b}{curve:08b}{6:08b}", 1)
        data = data[:stream] + int(changed, 2).to_bytes(len(data) - stream, "big")
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("suffix", [".avif", ".heic"])
@pytest.mark.parametrize(("curve", "grey", "wanted"), [(PQ, 148, 191), (HLG, 128, 125), (SRGB, 55, 55)])
def test_high_dynamic_range_may_be_named_in_the_stream_alone(
    worker: Client, tmp_path: Path, suffix: str, curve: int, grey: int, wanted: int,
) -> None:
    path = coded_in_stream(tmp_path / f"a{suffix}", (grey, grey, grey), BT_709 if curve == SRGB else BT_2020, curve)

    assert pictures.is_near(worker.ask(path).pixel(5, 5), (wanted, wanted, wanted, 255), 4)


@pytest.mark.parametrize("suffix", [".avif", ".heic"])
def test_no_stream_cut_short_or_changed_costs_its_picture_or_the_worker(
    worker: Client, tmp_path: Path, suffix: str,
) -> None:
    whole = coded_in_stream(tmp_path / f"a{suffix}", (148, 148, 148), BT_2020, PQ).read_bytes()
    boxes = whole.index({".avif": b"av1C", ".heic": b"hvcC"}[suffix])
    path = tmp_path / f"b{suffix}"
    for at in range(boxes - 4, boxes + 24):
        path.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
        answer = worker.ask(path)
        assert isinstance(answer.last, Done) or answer.reason == "damaged"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_wide_gamut_without_a_profile_is_converted(worker: Client, tmp_path: Path, suffix: str) -> None:
    red, green, blue, _ = worker.ask(coded(tmp_path / f"a{suffix}", (180, 80, 80), P3, SRGB)).pixel(5, 5)

    assert red > 188
    assert max(green, blue) < 79


def test_a_profile_has_priority_over_numbers(worker: Client, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.avif", (148, 148, 148), icc_profile=profile_by_codes(BT_709, LINEAR))
    path.write_bytes(path.read_bytes() + b"colrnclx\0\x09\0\x10")

    assert pictures.is_near(worker.ask(path).pixel(5, 5), (200, 200, 200, 255), 4)


@pytest.mark.parametrize("tail", [b"colrnclx", b"colrnclx\0\2\0\2", b"colrnclx\xff\xff\xff\xff"])
def test_numbers_that_say_nothing_are_passed_over(worker: Client, tmp_path: Path, tail: bytes) -> None:
    path = pictures.solid(tmp_path / "a.avif", (148, 148, 148))
    path.write_bytes(path.read_bytes().replace(b"colrnclx", b"freenclx") + tail)

    assert pictures.is_near(worker.ask(path).pixel(5, 5), (148, 148, 148, 255), 4)


def test_what_is_srgb_gets_no_profile() -> None:
    assert profile_by_codes(BT_709, SRGB) is None
    assert profile_by_gamma(0.45455) is None


def test_profiles_of_other_spaces_are_not_srgb() -> None:
    profiles = [profile_by_codes(P3, SRGB), profile_by_codes(BT_709, LINEAR), profile_by_gamma(1.0)]

    assert all(profile is not None and not is_srgb(profile) for profile in profiles)
