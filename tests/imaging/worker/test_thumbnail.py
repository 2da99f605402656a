"""Small pictures: out of the desktop's cache when it is right, the camera's own when it is enough, else decoded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests import pictures
from tests.embedded import barred, with_embedded
from tests.pictures import BLUE, GREEN, RED, is_near
from viewer.imaging.thumbnails.xdg import (
    MTIME_KEY,
    REASON_KEY,
    SIZE_KEY,
    URI_KEY,
    bucket_for,
    cache_path,
    fail_path,
    file_uri,
)
from viewer.imaging.worker.scaling import fit_size

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Answer, Client

BOX = (256, 256)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "thumbnails"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return pictures.solid(tmp_path / "photo.jpg", RED, (600, 400))


def _write(target: str, source: Path, image: Image.Image, **texts: str) -> None:
    info = PngInfo()
    found = source.stat()
    for key, text in {URI_KEY: file_uri(str(source)), MTIME_KEY: str(int(found.st_mtime)), **texts}.items():
        info.add_text(key, text)
    os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120  (the names are strings on both sides)
    image.save(target, "PNG", pnginfo=info)


def _cache(
    root: Path, source: Path, size: tuple[int, int] = (256, 171), *, bucket: str = "large",
    texts: dict[str, str] | None = None,
) -> None:
    target = cache_path(str(root), file_uri(str(source)), bucket)
    _write(target, source, pictures.solid_image(GREEN, size), **(texts or {}))


def _ask(worker: Client, path: Path, root: Path, box: tuple[int, int] = BOX) -> Answer:
    return worker.ask(path, box, kind="thumbnail", thumbnails=root)


def test_a_thumbnail_is_decoded_where_there_is_none(worker: Client, root: Path, photo: Path) -> None:
    answer = _ask(worker, photo, root)

    assert answer.size == (256, 171)
    assert is_near(answer.pixel(9, 9), RED)
    assert not answer.done.from_cache


def test_a_thumbnail_in_the_cache_is_used(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo)
    answer = _ask(worker, photo, root)

    assert is_near(answer.pixel(9, 9), GREEN)
    assert answer.done.from_cache
    assert (answer.done.source_width, answer.done.source_height) == (600, 400)
    assert answer.done.format == "JPEG"


def test_without_a_cache_none_is_looked_at(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo)

    assert not worker.ask(photo, BOX, kind="thumbnail").done.from_cache


def test_a_smaller_box_is_served_by_a_larger_thumbnail(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo, (512, 341), bucket="x-large")
    answer = _ask(worker, photo, root, (120, 120))

    assert answer.size == (120, 80)
    assert answer.done.from_cache


def test_a_thumbnail_that_is_too_small_is_passed_over(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo, (128, 85), bucket="normal")

    assert not _ask(worker, photo, root).done.from_cache


@pytest.mark.parametrize("texts", [
    {MTIME_KEY: "12345"}, {MTIME_KEY: "yesterday"}, {MTIME_KEY: ""}, {URI_KEY: "file:///another.jpg"},
    {SIZE_KEY: "7"}, {SIZE_KEY: "many"},
])
def test_a_thumbnail_of_something_else_is_passed_over(
    worker: Client, root: Path, photo: Path, texts: dict[str, str],
) -> None:
    _cache(root, photo, texts=texts)
    answer = _ask(worker, photo, root)

    assert not answer.done.from_cache
    assert is_near(answer.pixel(9, 9), RED)


def test_a_thumbnail_of_an_older_version_is_passed_over(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo)
    os.utime(photo, (1_000_000_000, 1_000_000_000))

    assert not _ask(worker, photo, root).done.from_cache


def test_a_thumbnail_with_black_bars_or_turned_is_passed_over(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo, (256, 192))
    assert not _ask(worker, photo, root, (256, 171)).done.from_cache
    _cache(root, photo, (171, 256))
    assert not _ask(worker, photo, root, (100, 100)).done.from_cache


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x89PNG\r\n\x1a\nnonsense"])
def test_a_broken_thumbnail_is_passed_over(worker: Client, root: Path, photo: Path, content: bytes) -> None:
    _cache(root, photo)
    target = next((root / "large").iterdir())
    target.write_bytes(content or target.read_bytes()[:-60])

    assert is_near(_ask(worker, photo, root).pixel(9, 9), RED)


def test_a_turned_photo_uses_its_upright_thumbnail(worker: Client, root: Path, tmp_path: Path) -> None:
    path = pictures.oriented(tmp_path / "a.jpg", 6, (400, 600))
    _cache(root, path, (171, 256))
    answer = _ask(worker, path, root)

    assert answer.done.from_cache
    assert answer.size == (171, 256)
    assert (answer.done.source_width, answer.done.source_height) == (400, 600)


def test_a_thumbnail_is_never_made_of_a_thumbnail(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo)
    thumbnail = next((root / "large").iterdir())
    _cache(root, thumbnail, (256, 171))  # as a careless program would
    answer = _ask(worker, thumbnail, root)

    assert not answer.done.from_cache


def test_a_failure_noted_before_is_believed_until_the_file_changes(
    worker: Client, root: Path, tmp_path: Path,
) -> None:
    path = pictures.solid(tmp_path / "a.png")
    note = fail_path(str(root), file_uri(str(path)))
    _write(note, path, Image.new("L", (1, 1)), **{REASON_KEY: "crashed"})
    assert _ask(worker, path, root).reason == "crashed"

    _write(note, path, Image.new("L", (1, 1)))
    assert _ask(worker, path, root).reason == "damaged"

    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert _ask(worker, path, root).size == (60, 40)


def test_what_a_limit_refused_before_is_tried_again(worker: Client, root: Path, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.png")
    _write(fail_path(str(root), file_uri(str(path))), path, Image.new("L", (1, 1)), **{REASON_KEY: "file-too-big"})

    assert _ask(worker, path, root).size == (60, 40)


def test_a_camera_s_own_thumbnail_is_used_when_it_is_enough(worker: Client, tmp_path: Path) -> None:
    path = with_embedded(tmp_path / "a.jpg", pictures.solid_image(BLUE, (160, 120)), size=(800, 600))
    answer = worker.ask(path, (160, 120), kind="thumbnail")

    assert is_near(answer.pixel(9, 9), BLUE)
    assert answer.size == (160, 120)
    assert (answer.done.source_width, answer.done.source_height) == (800, 600)
    assert not answer.done.from_cache


def test_a_camera_s_own_thumbnail_is_turned_with_its_picture(worker: Client, tmp_path: Path) -> None:
    turned = pictures.quadrants_image((120, 160)).transpose(pictures.TRANSPOSED_BY_EXIF[6])
    path = with_embedded(tmp_path / "a.jpg", turned, orientation=6, size=(800, 600))
    answer = worker.ask(path, (90, 120), kind="thumbnail")

    assert answer.size == (90, 120)
    assert all(is_near(seen, wanted) for seen, wanted in zip(answer.corners(), pictures.CORNERS, strict=True))


@pytest.mark.parametrize(("small", "size"), [((160, 120), (1600, 1200)), ((160, 120), (900, 600))])
def test_a_camera_s_thumbnail_that_is_too_small_or_has_bars_is_passed_over(
    worker: Client, tmp_path: Path, small: tuple[int, int], size: tuple[int, int],
) -> None:
    path = with_embedded(tmp_path / "a.jpg", pictures.solid_image(BLUE, small), size=size)
    box = BOX if size == (1600, 1200) else (100, 100)

    assert is_near(worker.ask(path, box, kind="thumbnail").pixel(9, 9), RED)


def test_a_broken_thumbnail_of_a_camera_is_passed_over(worker: Client, tmp_path: Path) -> None:
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
def test_a_camera_s_thumbnail_that_is_too_small_will_do_for_a_rough_one_without_its_bars(
    worker: Client, tmp_path: Path, small: Image.Image, size: tuple[int, int],
) -> None:
    path = with_embedded(tmp_path / "a.jpg", small, size=size)
    answer = worker.ask(path, BOX, kind="thumbnail", rough=True)

    assert answer.size == fit_size(size, (160, 120))
    assert all(is_near(answer.pixel(x, y), BLUE, 24) for x in (0, -1) for y in (0, -1))
    assert (answer.done.source_width, answer.done.source_height) == size
    assert answer.done.from_cache is False


def test_a_rough_thumbnail_is_turned_with_its_picture(worker: Client, tmp_path: Path) -> None:
    turned = pictures.quadrants_image((120, 160)).transpose(pictures.TRANSPOSED_BY_EXIF[6])
    path = with_embedded(tmp_path / "a.jpg", turned, orientation=6, size=(800, 600))
    answer = worker.ask(path, BOX, kind="thumbnail", rough=True)

    assert answer.size == (120, 160)
    assert all(is_near(seen, wanted) for seen, wanted in zip(answer.corners(), pictures.CORNERS, strict=True))


@pytest.mark.parametrize(("small", "size"), [
    (pictures.solid_image(BLUE, (160, 120)), (1500, 1000)),  # another part of it, or squeezed
    (pictures.solid_image(BLUE, (96, 72)), (1600, 1200)), (barred((160, 120), (160, 20)), (1600, 200)),
])
def test_a_camera_s_thumbnail_that_does_not_show_the_picture_is_passed_over_though_a_rough_one_would_do(
    worker: Client, tmp_path: Path, small: Image.Image, size: tuple[int, int],
) -> None:
    path = with_embedded(tmp_path / "a.jpg", small, size=size)
    answer = worker.ask(path, BOX, kind="thumbnail", rough=True)

    assert answer.size == fit_size(size, BOX)
    assert is_near(answer.pixel(9, 9), RED)


def test_a_thumbnail_in_the_cache_goes_before_a_rough_one(worker: Client, root: Path, tmp_path: Path) -> None:
    path = with_embedded(tmp_path / "a.jpg", pictures.solid_image(BLUE, (160, 120)), size=(800, 600))
    _cache(root, path, (256, 192))
    answer = worker.ask(path, BOX, kind="thumbnail", thumbnails=root, rough=True)

    assert is_near(answer.pixel(9, 9), GREEN)
    assert answer.done.from_cache


def test_the_bucket_asked_for_holds_what_the_box_needs() -> None:
    assert bucket_for(max(BOX)) == "large"


def test_a_damaged_picture_has_no_thumbnail(worker: Client, root: Path, photo: Path, tmp_path: Path) -> None:
    cut = pictures.truncated(photo, tmp_path / "cut.jpg", keep=0.5)

    assert _ask(worker, cut, root).reason == "damaged"
