"""Each limit in a real worker: the same file within it and beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests import icc_profiles, pictures
from tests.pictures import GREEN, RED, is_near
from viewer.imaging.protocol.limits import DEFAULT, LOWEST
from viewer.imaging.worker.animation import frame_count
from viewer.imaging.worker.formats import open_image
from viewer.imaging.worker.metadata import drop_excess_metadata

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client


def test_more_pixels_than_the_limit_are_refused(worker: Client, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.png", size=(1250, 1000))

    assert worker.ask(path, limits=DEFAULT._replace(pixels=1_249_999)).reason == "too-many-pixels"
    assert worker.ask(path, limits=DEFAULT._replace(pixels=1_250_000)).size == (1250, 1000)


@pytest.mark.parametrize("size", [(300, 20), (20, 300)])
def test_a_longer_side_than_the_limit_is_refused(
    worker: Client, tmp_path: Path, size: tuple[int, int],
) -> None:
    path = pictures.solid(tmp_path / "a.jpg", size=size)

    assert worker.ask(path, limits=DEFAULT._replace(side=299)).reason == "too-long-a-side"
    assert worker.ask(path, limits=DEFAULT._replace(side=300)).size == size


def test_a_larger_file_than_the_limit_is_refused_for_thumbnails_too(worker: Client, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.bmp", size=(800, 600))
    limits = DEFAULT._replace(file_bytes=LOWEST.file_bytes)

    assert worker.ask(path, limits=limits).reason == "file-too-big"
    assert worker.ask(path, limits=limits, kind="thumbnail").reason == "file-too-big"
    assert worker.ask(path, kind="thumbnail").size == (800, 600)


def test_more_jpeg_scans_than_the_limit_are_refused(worker: Client, tmp_path: Path) -> None:
    path = pictures.many_scans(tmp_path / "a.jpg", scans=50, side=64)

    assert worker.ask(path, limits=DEFAULT._replace(scans=20)).reason == "too-many-scans"
    assert worker.ask(path).size == (64, 64)


def test_an_animation_is_cut_off_at_the_frame_limit(worker: Client, tmp_path: Path) -> None:
    path = pictures.animated(tmp_path / "a.gif", (RED, GREEN, RED), (100, 100, 100))

    assert worker.ask(path, limits=DEFAULT._replace(frames=2)).done.frames == 2
    assert worker.ask(path, frame=2, limits=DEFAULT._replace(frames=2)).reason == "damaged"
    assert worker.ask(path, frame=2).done.frames == 3
    assert worker.ask(path, limits=DEFAULT._replace(frames=1)).done.frames == 1


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png", ".avif"])
def test_an_animation_beyond_the_byte_limit_is_a_still(tmp_path: Path, suffix: str) -> None:
    path = pictures.animated(tmp_path / f"a{suffix}", (RED, GREEN), (100, 100))
    with path.open("rb") as file:
        image, found = open_image(file)
        whole = 2 * image.width * image.height * 4

        assert frame_count(image, found, DEFAULT._replace(animation_bytes=whole)) == 2
        assert frame_count(image, found, DEFAULT._replace(animation_bytes=whole - 1)) == 1


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
def test_metadata_beyond_the_limit_is_ignored_and_the_picture_is_shown(
    worker: Client, tmp_path: Path, suffix: str,
) -> None:
    exif = Image.Exif()
    exif[270] = "A rocket"
    path = pictures.solid(tmp_path / f"a{suffix}", exif=exif.tobytes(), icc_profile=icc_profiles.rgb_profile())

    answer = worker.ask(path, limits=DEFAULT._replace(metadata_bytes=0))

    assert is_near(answer.pixel(5, 5), RED, 60)
    assert worker.ask(path).done.texts["caption"] == "A rocket"
    if suffix != ".tif":  # whose texts are among the tags that describe the image
        assert answer.done.texts == {}


def test_profile_and_exif_are_kept_before_texts() -> None:
    image = Image.new("RGB", (8, 8))
    image.info |= {"xmp": b"x" * 50, "exif": b"e" * 30, "icc_profile": b"i" * 60, "photoshop": {1: b"p" * 10}}

    drop_excess_metadata(image, 100)

    assert set(image.info) == {"icc_profile", "exif", "photoshop"}


def test_photos_of_100_megapixels_are_decoded(worker: Client, tmp_path: Path) -> None:
    jpeg = pictures.solid(tmp_path / "a.jpg", size=(11_600, 8_700))
    deep = pictures.black_png(tmp_path / "a.png", 9_400, 9_400, depth=16)

    assert worker.ask(jpeg).size == (1440, 1080)
    assert worker.ask(deep).size == (1080, 1080)
