"""Thumbnails from the freedesktop cache, if valid and large enough, or else decoded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests import pictures
from tests.embedded import with_embedded
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


def test_a_thumbnail_that_is_not_cached_is_decoded(worker: Client, root: Path, photo: Path) -> None:
    answer = _ask(worker, photo, root)

    assert answer.size == (256, 171)
    assert is_near(answer.pixel(9, 9), RED)
    assert not answer.done.from_cache


def test_a_cached_thumbnail_is_used(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo)
    answer = _ask(worker, photo, root)

    assert is_near(answer.pixel(9, 9), GREEN)
    assert answer.done.from_cache
    assert answer.source_size == (600, 400)
    assert answer.done.format == "JPEG"


def test_a_cached_thumbnail_keeps_its_transparency(worker: Client, root: Path, tmp_path: Path) -> None:
    source = pictures.rgba(tmp_path / "clear.png", (224, 32, 32, 128), (600, 400))
    target = cache_path(str(root), file_uri(str(source)), "large")
    _write(target, source, Image.new("RGBA", (256, 171), (*GREEN, 128)))
    answer = _ask(worker, source, root)

    assert answer.done.from_cache
    assert answer.done.alpha


def test_without_a_cache_root_the_cache_is_not_read(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo)

    assert not worker.ask(photo, BOX, kind="thumbnail").done.from_cache


def test_a_larger_thumbnail_serves_a_smaller_box(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo, (512, 341), bucket="x-large")
    answer = _ask(worker, photo, root, (120, 120))

    assert answer.size == (120, 80)
    assert answer.done.from_cache


def test_a_thumbnail_that_is_too_small_is_ignored(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo, (128, 85), bucket="normal")

    assert not _ask(worker, photo, root).done.from_cache


@pytest.mark.parametrize("texts", [
    {MTIME_KEY: "12345"}, {MTIME_KEY: "yesterday"}, {MTIME_KEY: ""}, {URI_KEY: "file:///another.jpg"},
    {SIZE_KEY: "7"}, {SIZE_KEY: "many"},
])
def test_a_thumbnail_of_another_file_or_version_is_ignored(
    worker: Client, root: Path, photo: Path, texts: dict[str, str],
) -> None:
    _cache(root, photo, texts=texts)
    answer = _ask(worker, photo, root)

    assert not answer.done.from_cache
    assert is_near(answer.pixel(9, 9), RED)


def test_an_outdated_thumbnail_is_ignored(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo)
    os.utime(photo, (1_000_000_000, 1_000_000_000))

    assert not _ask(worker, photo, root).done.from_cache


def test_a_thumbnail_with_bars_or_rotated_is_ignored(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo, (256, 192))
    assert not _ask(worker, photo, root, (256, 171)).done.from_cache
    _cache(root, photo, (171, 256))
    assert not _ask(worker, photo, root, (100, 100)).done.from_cache


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x89PNG\r\n\x1a\nnonsense"])
def test_a_broken_thumbnail_is_ignored(worker: Client, root: Path, photo: Path, content: bytes) -> None:
    _cache(root, photo)
    target = next((root / "large").iterdir())
    target.write_bytes(content or target.read_bytes()[:-60])

    assert is_near(_ask(worker, photo, root).pixel(9, 9), RED)


def test_a_rotated_photo_uses_its_upright_thumbnail(worker: Client, root: Path, tmp_path: Path) -> None:
    path = pictures.oriented(tmp_path / "a.jpg", 6, (400, 600))
    _cache(root, path, (171, 256))
    answer = _ask(worker, path, root)

    assert answer.done.from_cache
    assert answer.size == (171, 256)
    assert answer.source_size == (400, 600)


def test_no_cached_thumbnail_is_used_for_a_thumbnail(worker: Client, root: Path, photo: Path) -> None:
    _cache(root, photo)
    thumbnail = next((root / "large").iterdir())
    _cache(root, thumbnail, (256, 171))  # as a careless program might
    answer = _ask(worker, thumbnail, root)

    assert not answer.done.from_cache


def test_a_recorded_failure_holds_until_the_file_changes(
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


def test_a_recorded_failure_by_a_limit_is_tried_again(worker: Client, root: Path, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.png")
    _write(fail_path(str(root), file_uri(str(path))), path, Image.new("L", (1, 1)), **{REASON_KEY: "file-too-big"})

    assert _ask(worker, path, root).size == (60, 40)


def test_a_cached_thumbnail_goes_before_a_rough_one(worker: Client, root: Path, tmp_path: Path) -> None:
    path = with_embedded(tmp_path / "a.jpg", pictures.solid_image(BLUE, (160, 120)), size=(800, 600))
    _cache(root, path, (256, 192))
    answer = worker.ask(path, BOX, kind="thumbnail", thumbnails=root, rough=True)

    assert is_near(answer.pixel(9, 9), GREEN)
    assert answer.done.from_cache


def test_the_bucket_for_a_box_is_large_enough() -> None:
    assert bucket_for(max(BOX)) == "large"


def test_a_damaged_picture_has_no_thumbnail(worker: Client, root: Path, photo: Path, tmp_path: Path) -> None:
    cut = pictures.truncated(photo, tmp_path / "cut.jpg", keep=0.5)

    assert _ask(worker, cut, root).reason == "damaged"
