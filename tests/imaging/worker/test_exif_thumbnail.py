"""Thumbnails that cameras embed in Exif: used where they show the whole picture and are large enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import pictures
from tests.embedded import barred, with_embedded
from tests.pictures import BLUE, RED, is_near
from viewer.imaging.worker.scaling import fit_size

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from tests.imaging.worker.client import Client

BOX = (256, 256)


def test_a_large_enough_exif_thumbnail_is_used(worker: Client, tmp_path: Path) -> None:
    path = with_embedded(tmp_path / "a.jpg", pictures.solid_image(BLUE, (160, 120)), size=(800, 600))
    answer = worker.ask(path, (160, 120), kind="thumbnail")

    assert is_near(answer.pixel(9, 9), BLUE)
    assert answer.size == (160, 120)
    assert answer.source_size == (800, 600)
    assert not answer.done.from_cache


def test_an_exif_thumbnail_is_turned_upright_like_its_picture(worker: Client, tmp_path: Path) -> None:
    turned = pictures.quadrants_image((120, 160)).transpose(pictures.TRANSPOSED_BY_EXIF[6])
    path = with_embedded(tmp_path / "a.jpg", turned, orientation=6, size=(800, 600))
    answer = worker.ask(path, (90, 120), kind="thumbnail")

    assert answer.size == (90, 120)
    assert answer.is_upright()


@pytest.mark.parametrize(("small", "size"), [((160, 120), (1600, 1200)), ((160, 120), (900, 600))])
def test_an_exif_thumbnail_that_is_too_small_or_has_bars_is_ignored(
    worker: Client, tmp_path: Path, small: tuple[int, int], size: tuple[int, int],
) -> None:
    path = with_embedded(tmp_path / "a.jpg", pictures.solid_image(BLUE, small), size=size)
    box = BOX if size == (1600, 1200) else (100, 100)

    assert is_near(worker.ask(path, box, kind="thumbnail").pixel(9, 9), RED)


def test_a_broken_exif_thumbnail_is_ignored(worker: Client, tmp_path: Path) -> None:
    path = with_embedded(tmp_path / "a.jpg", pictures.solid_image(BLUE, (160, 120)), size=(800, 600))
    data = bytearray(path.read_bytes())
    at = data.index(b"\xff\xd8\xff", 3)
    data[at : at + 40] = bytes(40)
    path.write_bytes(data)

    assert is_near(worker.ask(path, (100, 100), kind="thumbnail").pixel(9, 9), RED)


@pytest.mark.parametrize(("small", "size"), [
    (pictures.solid_image(BLUE, (160, 120)), (1600, 1200)), (barred((160, 120), (160, 107)), (1500, 1000)),
    (barred((160, 120), (80, 120)), (1000, 1500)), (barred((160, 120), (160, 90)), (1920, 1080)),
])
def test_a_rough_thumbnail_may_be_smaller_and_loses_its_bars(
    worker: Client, tmp_path: Path, small: Image.Image, size: tuple[int, int],
) -> None:
    path = with_embedded(tmp_path / "a.jpg", small, size=size)
    answer = worker.ask(path, BOX, kind="thumbnail", rough=True)

    assert answer.size == fit_size(size, (160, 120))
    assert all(is_near(answer.pixel(x, y), BLUE, 24) for x in (0, -1) for y in (0, -1))
    assert answer.source_size == size
    assert answer.done.from_cache is False


def test_a_rough_thumbnail_is_turned_upright_like_its_picture(worker: Client, tmp_path: Path) -> None:
    turned = pictures.quadrants_image((120, 160)).transpose(pictures.TRANSPOSED_BY_EXIF[6])
    path = with_embedded(tmp_path / "a.jpg", turned, orientation=6, size=(800, 600))
    answer = worker.ask(path, BOX, kind="thumbnail", rough=True)

    assert answer.size == (120, 160)
    assert answer.is_upright()


@pytest.mark.parametrize(("small", "size"), [
    (pictures.solid_image(BLUE, (160, 120)), (1500, 1000)),  # cropped, or squeezed
    (pictures.solid_image(BLUE, (96, 72)), (1600, 1200)), (barred((160, 120), (160, 20)), (1600, 200)),
])
def test_an_exif_thumbnail_of_only_a_part_is_ignored_even_for_a_rough_one(
    worker: Client, tmp_path: Path, small: Image.Image, size: tuple[int, int],
) -> None:
    path = with_embedded(tmp_path / "a.jpg", small, size=size)
    answer = worker.ask(path, BOX, kind="thumbnail", rough=True)

    assert answer.size == fit_size(size, BOX)
    assert is_near(answer.pixel(9, 9), RED)
