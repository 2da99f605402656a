"""Decoding a region gives, pixel for pixel, that part of the whole picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests import icc_profiles, pictures
from viewer.imaging.protocol.messages import Region

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Answer, Client

SIZE = (641, 427)
REGION = Region(101, 50, 203, 97)
LOWER_LEFT = Region(0, 300, 150, 127)
SUFFIXES = (".jpg", ".png", ".gif", ".webp", ".tif", ".bmp", ".avif", ".heic")


def image_of(answer: Answer) -> Image.Image:
    mode = "RGBa" if answer.done.alpha else "RGB"
    return Image.frombytes(mode, answer.size, answer.memory, "raw", "BGRa" if answer.done.alpha else "BGRX")


def is_part_of_the_whole(
    worker: Client, path: Path, region: Region = REGION, box: tuple[int, int] = SIZE,
) -> bool:
    """Whether `region` has the pixels of the whole picture there, and reports the whole one's size."""
    whole, part = worker.ask(path, box), worker.ask(path, box, region=region)
    assert part.size == region[2:]
    assert part.done.whole == whole.size
    assert part.done._replace(serial=0, width=0, height=0, alpha=False, whole=None) == whole.done._replace(
        serial=0, width=0, height=0, alpha=False,
    )
    x, y, width, height = region
    expected = image_of(whole).convert("RGBa").crop((x, y, x + width, y + height))
    return image_of(part).convert("RGBa").tobytes() == expected.tobytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("region", [REGION, LOWER_LEFT])
def test_a_region_has_the_pixels_of_the_whole_in_every_format(
    worker: Client, tmp_path: Path, suffix: str, region: Region,
) -> None:
    assert is_part_of_the_whole(worker, pictures.photo(tmp_path / f"a{suffix}", SIZE), region)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".avif", ".heic"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_region_is_a_part_of_the_upright_picture(
    worker: Client, tmp_path: Path, suffix: str, orientation: int,
) -> None:
    photo = pictures.photo_image((320, 214))
    photo.paste(pictures.quadrants_image((50, 30)), (60, 40))
    if orientation in pictures.TRANSPOSED_BY_EXIF:
        photo = photo.transpose(pictures.TRANSPOSED_BY_EXIF[orientation])
    exif = Image.Exif()
    exif[274] = orientation
    path = tmp_path / f"a{suffix}"
    if suffix == ".tif":
        pictures.write(photo, path, tiffinfo={274: orientation})
    else:
        pictures.write(photo, path, exif=exif.tobytes())

    assert is_part_of_the_whole(worker, path, Region(60, 40, 50, 30), (320, 214))
    assert is_part_of_the_whole(worker, path, Region(31, 20, 25, 15), (160, 107))
    corners = worker.ask(path, (320, 214), region=Region(60, 40, 50, 30)).corners()
    assert all(pictures.is_near(one, other) for one, other in zip(corners, pictures.CORNERS, strict=True))


@pytest.mark.parametrize("box", [(321, 214), (161, 107), (500, 500)])
@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_region_of_a_scaled_picture_is_a_part_of_the_scaled_one(
    worker: Client, tmp_path: Path, suffix: str, box: tuple[int, int],
) -> None:
    assert is_part_of_the_whole(worker, pictures.photo(tmp_path / f"a{suffix}", SIZE), Region(40, 31, 70, 50), box)


@pytest.mark.parametrize(("mode", "suffix"), [
    ("1", ".png"), ("L", ".jpg"), ("L", ".png"), ("LA", ".png"), ("P", ".gif"), ("RGBA", ".png"), ("RGBA", ".webp"),
    ("CMYK", ".jpg"), ("CMYK", ".tif"), ("YCbCr", ".tif"), ("LAB", ".tif"), ("I;16", ".png"), ("I", ".tif"),
    ("F", ".tif"),
])
def test_a_region_is_right_in_every_pixel_format(worker: Client, tmp_path: Path, mode: str, suffix: str) -> None:
    photo = pictures.photo_image(SIZE)
    image = photo.convert("L").convert(mode) if mode in ("I;16", "I", "F") else photo.convert(mode)
    if mode in ("RGBA", "LA"):
        image.putalpha(Image.linear_gradient("L").resize(SIZE))
    if mode in ("I", "F"):
        image = image.point(lambda value: value * 30 + 2000)  # the range of all pixels decides which is white

    assert is_part_of_the_whole(worker, pictures.write(image, tmp_path / f"a{suffix}"))


@pytest.mark.parametrize("profile", [icc_profiles.rgb_profile(), icc_profiles.rgb_profile(gamma=1.0)])
def test_a_region_is_colour_converted_like_the_whole(worker: Client, tmp_path: Path, profile: bytes) -> None:
    assert is_part_of_the_whole(worker, pictures.photo(tmp_path / "a.jpg", SIZE, icc_profile=profile))
    assert is_part_of_the_whole(worker, pictures.photo(tmp_path / "a.png", SIZE, icc_profile=profile))


@pytest.mark.parametrize("options", [{"progressive": True}, {"subsampling": 2}, {"restart_marker_rows": 1}])
def test_a_region_is_right_in_every_kind_of_jpeg(worker: Client, tmp_path: Path, options: dict[str, int]) -> None:
    path = pictures.photo(tmp_path / "a.jpg", SIZE, **options)

    assert is_part_of_the_whole(worker, path)
    assert is_part_of_the_whole(worker, path, Region(500, 0, 141, 1))


def test_a_region_beyond_the_picture_is_clipped(worker: Client, tmp_path: Path) -> None:
    path = pictures.photo(tmp_path / "a.jpg", SIZE)
    whole, part = worker.ask(path, SIZE), worker.ask(path, SIZE, region=Region(600, 400, 300, 300))

    assert part.size == (41, 27)
    assert image_of(part).tobytes() == image_of(whole).crop((600, 400, 641, 427)).tobytes()
    assert worker.ask(path, SIZE, region=Region(641, 0, 10, 10)).reason == "damaged"


def test_a_region_of_a_frame_is_a_part_of_that_frame(worker: Client, tmp_path: Path) -> None:
    path = pictures.animated(tmp_path / "a.png")
    frames = [worker.ask(path, (40, 30), frame=frame, region=Region(5, 5, 10, 10)) for frame in range(3)]

    assert [pictures.is_near(frame.pixel(0, 0), colour) for frame, colour in
            zip(frames, (pictures.RED, pictures.GREEN, pictures.BLUE), strict=True)] == [True] * 3


def test_a_jpeg_truncated_below_a_region_still_has_the_region(worker: Client, tmp_path: Path) -> None:
    """Only the rows down to its end are decoded; truncated within the region, the JPEG counts as damaged."""
    path = pictures.photo(tmp_path / "a.jpg", (1600, 1600), quality=95)
    half = pictures.truncated(path, tmp_path / "half.jpg", keep=0.6)
    whole = worker.ask(path, (1600, 1600))
    part = worker.ask(half, (1600, 1600), region=Region(100, 100, 400, 300))

    assert image_of(part).tobytes() == image_of(whole).crop((100, 100, 500, 400)).tobytes()
    assert worker.ask(half, (1600, 1600), region=Region(100, 1100, 400, 300)).reason == "damaged"
