"""Colour conversion: ICC profiles of every kind become sRGB, and broken ones are ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageCms

from tests import icc_profiles, pictures
from tests.pictures import is_near

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client

SWAPPED = icc_profiles.rgb_profile(
    (icc_profiles.SRGB_PRIMARIES[1], icc_profiles.SRGB_PRIMARIES[0], icc_profiles.SRGB_PRIMARIES[2]), name="Swapped",
)
"""A profile with red and green exchanged: a viewer that ignores profiles fails."""


def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".avif", ".heic"])
def test_the_profile_of_every_format_is_applied(worker: Client, tmp_path: Path, suffix: str) -> None:
    answer = worker.ask(pictures.solid(tmp_path / f"a{suffix}", (200, 40, 40), icc_profile=SWAPPED))

    assert is_near(answer.pixel(5, 5), (40, 200, 40), 8)


def test_a_wide_gamut_colour_becomes_more_saturated(worker: Client, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.png", (100, 180, 100), icc_profile=icc_profiles.rgb_profile())
    red, green, blue, _ = worker.ask(path).pixel(5, 5)

    assert (red, blue) < (75, 100)
    assert abs(green - 181) <= 3


def test_each_picture_is_converted_by_its_own_profile(worker: Client, tmp_path: Path) -> None:
    plain = pictures.solid(tmp_path / "plain.png", (200, 40, 40))
    swapped = pictures.solid(tmp_path / "swapped.png", (200, 40, 40), icc_profile=SWAPPED)
    wide = pictures.solid(tmp_path / "wide.png", (100, 180, 100), icc_profile=icc_profiles.rgb_profile())
    seen = [worker.ask(path).pixel(5, 5) for path in (swapped, wide, plain, swapped, wide)]

    assert seen[0] == seen[3]
    assert seen[1] == seen[4]
    assert seen[2] == (200, 40, 40, 255)
    assert is_near(seen[0], (40, 200, 40), 8)


def test_transparency_survives_the_profile(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (20, 20), (200, 40, 40, 128)).save(path, icc_profile=SWAPPED)
    answer = worker.ask(path)

    assert is_near(answer.pixel(5, 5), (20, 100, 20), 5)
    assert answer.pixel(5, 5)[3] == 128


def test_a_profile_applies_to_palette_images(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    pictures.solid_image((200, 40, 40)).quantize(4).save(path, icc_profile=SWAPPED)

    assert is_near(worker.ask(path).pixel(5, 5), (40, 200, 40), 10)


def test_a_linear_grey_profile_is_applied(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("L", (20, 20), 55).save(path, icc_profile=icc_profiles.grey_profile(gamma=1.0))

    assert is_near(worker.ask(path).pixel(5, 5), (128, 128, 128), 3)


def test_an_rgb_profile_applies_to_a_grey_image(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    profile = icc_profiles.rgb_profile(icc_profiles.SRGB_PRIMARIES, gamma=1.0)
    Image.new("L", (20, 20), 55).save(path, icc_profile=profile)

    assert is_near(worker.ask(path).pixel(5, 5), (128, 128, 128), 3)


@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
@pytest.mark.parametrize(("ink", "wanted"), [
    ((0, 255, 255, 0), (255, 0, 0)), ((255, 0, 0, 0), (0, 255, 255)), ((0, 0, 0, 255), (0, 0, 0)),
    ((0, 0, 0, 0), (255, 255, 255)),
])
def test_cmyk_without_a_profile_is_not_inverted(
    worker: Client, tmp_path: Path, suffix: str, ink: tuple[int, int, int, int], wanted: tuple[int, int, int],
) -> None:
    assert is_near(worker.ask(pictures.cmyk(tmp_path / f"a{suffix}", ink)).pixel(5, 5), wanted, 3)


@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_a_cmyk_profile_is_applied(worker: Client, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    Image.new("CMYK", (60, 40), (0, 255, 255, 0)).save(path, icc_profile=icc_profiles.cmyk_profile())

    assert is_near(worker.ask(path).pixel(5, 5), (119, 119, 119), 4)


def test_cmyk_is_dct_scaled_too(worker: Client, tmp_path: Path) -> None:
    answer = worker.ask(pictures.cmyk(tmp_path / "a.jpg", size=(1200, 800)), (150, 150))

    assert answer.size == (150, 100)
    assert is_near(answer.pixel(75, 50), (255, 0, 0), 3)


def test_lab_is_converted(worker: Client, tmp_path: Path) -> None:
    red = ImageCms.applyTransform(
        pictures.solid_image((200, 40, 40)),
        ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"),
    )
    assert red is not None
    path = pictures.write(red, tmp_path / "a.tif")

    assert is_near(worker.ask(path).pixel(5, 5), (200, 40, 40), 4)


@pytest.mark.parametrize("profile", [
    b"nonsense", bytes(200), SWAPPED[:300], SWAPPED[:128] + b"\xff" * 400, SWAPPED.replace(b"RGB ", b"CMYK"),
    icc_profiles.grey_profile(), SWAPPED.replace(b"acsp", b"xxxx"),
])
@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_an_unusable_profile_is_ignored(
    worker: Client, tmp_path: Path, profile: bytes, suffix: str,
) -> None:
    answer = worker.ask(pictures.solid(tmp_path / f"a{suffix}", (200, 40, 40), icc_profile=profile))

    assert is_near(answer.pixel(5, 5), (200, 40, 40), 4)


@pytest.mark.parametrize("name", ["sRGB", "sRGB-elle-V2-g10.icc", "sRGB IEC61966-2.1", "c2"])
def test_a_linear_profile_is_applied_whatever_its_name(worker: Client, tmp_path: Path, name: str) -> None:
    profile = icc_profiles.rgb_profile(icc_profiles.SRGB_PRIMARIES, gamma=1.0, name=name)
    answer = worker.ask(pictures.solid(tmp_path / "a.png", (55, 55, 55), icc_profile=profile))

    assert is_near(answer.pixel(5, 5), (128, 128, 128), 2)
