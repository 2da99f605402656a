"""The painted pictures say what they are meant to say, or tests that lean on them would prove nothing."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageCms, ImageOps

from tests import icc_profiles, pictures

if TYPE_CHECKING:
    from pathlib import Path


def _pixel(image: Image.Image) -> pictures.Pixel:
    rgb = image.convert("RGB")
    return lambda x, y: rgb.getpixel((x, y))  # type: ignore[return-value]  # an RGB picture's pixel is three numbers


@pytest.mark.parametrize("number", [0, 1, 11, 255, 4095, 65535])
@pytest.mark.parametrize("size", [(600, 400), (48, 32), (301, 517)])
def test_a_numbered_picture_carries_its_number(number: int, size: tuple[int, int]) -> None:
    image = pictures.numbered_image(number, size)

    assert pictures.number_of(_pixel(image), *size) == number


def test_no_number_is_read_from_anything_else() -> None:
    blend = Image.blend(pictures.numbered_image(27), pictures.numbered_image(228), 0.5)

    assert pictures.number_of(_pixel(blend), *blend.size) is None
    assert pictures.number_of(_pixel(pictures.solid_image()), 60, 40) is None


@pytest.mark.parametrize("orientation", range(1, 9))
def test_an_oriented_picture_is_right_side_up_once_turned(tmp_path: Path, orientation: int) -> None:
    with Image.open(pictures.oriented(tmp_path / "a.png", orientation)) as image:
        upright = ImageOps.exif_transpose(image)

    assert upright.size == (80, 60)
    assert [upright.getpixel(at) for at in ((5, 5), (75, 5), (5, 55), (75, 55))] == list(pictures.CORNERS)


@pytest.mark.parametrize("depth", [8, 16])
def test_a_black_picture_made_of_one_block_is_whole(tmp_path: Path, depth: int) -> None:
    path = pictures.black_png(tmp_path / "a.png", 130, 77, depth=depth)
    whole = path.read_bytes()
    begin = whole.index(b"IDAT") + 4
    rows = zlib.decompress(whole[begin : begin + int.from_bytes(whole[begin - 8 : begin - 4])])  # its checksum, too

    assert rows == bytes(77 * (1 + 130 * 3 * depth // 8))
    with Image.open(path) as image:
        assert image.size == (130, 77)
        assert image.convert("RGB").getextrema() == ((0, 0), (0, 0), (0, 0))


def test_the_hand_made_profiles_are_profiles() -> None:
    for profile in (icc_profiles.rgb_profile(), icc_profiles.grey_profile()):
        opened = ImageCms.ImageCmsProfile(BytesIO(profile))

        assert "Test" in ImageCms.getProfileDescription(opened)
