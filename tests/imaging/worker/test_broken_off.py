"""JPEGs that break off: damaged, unless their readable part is asked for, which then is said to be one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests import camera_raw_files, pictures
from tests.camera_raw_files import jpeg
from tests.pictures import is_near, truncated
from tests.raw_pictures import RGB, tiff
from viewer.imaging.protocol.messages import Region
from viewer.imaging.thumbnails.xdg import MTIME_KEY, REASON_KEY, URI_KEY, fail_path, file_uri

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client

GREY = (128, 128, 128)


def a_jpeg(path: Path, mode: str = "RGB", size: tuple[int, int] = (600, 400), **options: Any) -> Path:
    """A JPEG of which half has the upper half of the picture: all of it has as much detail."""
    image = pictures.photo_image(size)
    image.paste(pictures.RED, (0, 0, 60, 60))
    image.convert(mode).save(path, "JPEG", quality=90, **options)
    return path


@pytest.mark.parametrize(("mode", "options"), [
    ("RGB", {}), ("RGB", {"restart_marker_rows": 2}), ("L", {}), ("CMYK", {}),
])
def test_the_part_that_can_be_read_is_shown_where_it_is_asked_for(
    worker: Client, tmp_path: Path, mode: str, options: dict[str, Any],
) -> None:
    whole = a_jpeg(tmp_path / "a.jpg", mode, **options)
    part = truncated(whole, tmp_path / "b.jpg", keep=0.5)
    sound, answer = worker.ask(whole), worker.ask(part, partial=True)

    assert worker.ask(part).reason == "damaged"
    assert (answer.size, answer.done.incomplete) == ((600, 400), True)
    assert [answer.pixel(x, 9) for x in range(0, 600, 40)] == [sound.pixel(x, 9) for x in range(0, 600, 40)]
    assert is_near(answer.pixel(300, -9), GREY if mode != "CMYK" else answer.pixel(9, -9), 2)
    assert answer.pixel(300, -9) != sound.pixel(300, -9)


def test_a_progressive_jpeg_that_breaks_off_is_shown_with_less_detail(worker: Client, tmp_path: Path) -> None:
    whole = a_jpeg(tmp_path / "a.jpg", progressive=True)
    part = truncated(whole, tmp_path / "b.jpg", keep=0.5)
    sound, answer = worker.ask(whole), worker.ask(part, partial=True)

    assert answer.done.incomplete
    assert is_near(answer.pixel(30, 30), sound.pixel(30, 30), 30)


@pytest.mark.parametrize("partial", [False, True])
def test_a_whole_picture_is_never_called_incomplete(worker: Client, tmp_path: Path, *, partial: bool) -> None:
    assert not worker.ask(a_jpeg(tmp_path / "a.jpg"), partial=partial).done.incomplete


@pytest.mark.parametrize("box", [(600, 400), (100, 100)])
def test_a_jpeg_of_which_nothing_can_be_read_is_damaged(worker: Client, tmp_path: Path, box: tuple[int, int]) -> None:
    whole = a_jpeg(tmp_path / "a.jpg").read_bytes()
    path = tmp_path / "b.jpg"
    scan = whole.index(b"\xff\xda")
    for keep in (20, scan - 1, scan + 2, scan + 14):
        path.write_bytes(whole[:keep])
        assert worker.ask(path, box, partial=True).reason == "damaged"


def test_it_is_turned_and_made_smaller_as_a_whole_one(worker: Client, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    part = truncated(a_jpeg(tmp_path / "a.jpg", size=(1200, 800), exif=exif.tobytes()), tmp_path / "b.jpg", keep=0.5)
    answer = worker.ask(part, (100, 100), partial=True)

    assert (answer.source_size, answer.size) == ((800, 1200), (67, 100))
    assert is_near(answer.pixel(-2, 2), pictures.RED, 16)
    assert is_near(answer.pixel(2, 50), GREY, 2)


def test_a_region_beyond_the_break_is_shown_too(worker: Client, tmp_path: Path) -> None:
    part = truncated(a_jpeg(tmp_path / "a.jpg"), tmp_path / "b.jpg", keep=0.5)
    answer = worker.ask(part, (600, 400), region=Region(300, 300, 50, 50), partial=True)

    assert is_near(answer.pixel(9, 9), GREY, 2)
    assert worker.ask(part, (600, 400), region=Region(300, 300, 50, 50)).reason == "damaged"


def test_a_thumbnail_is_made_although_it_could_not_be_before(worker: Client, tmp_path: Path) -> None:
    part, root = truncated(a_jpeg(tmp_path / "a.jpg"), tmp_path / "b.jpg", keep=0.5), tmp_path / "thumbnails"
    from PIL.PngImagePlugin import PngInfo

    note, uri = PngInfo(), file_uri(str(part))
    for key, text in ((URI_KEY, uri), (MTIME_KEY, str(int(part.stat().st_mtime))), (REASON_KEY, "damaged")):
        note.add_text(key, text)
    os.makedirs(os.path.dirname(fail_path(str(root), uri)))  # noqa: PTH103, PTH120  (the names are strings)
    Image.new("L", (1, 1)).save(fail_path(str(root), uri), "PNG", pnginfo=note)
    answer = worker.ask(part, (256, 256), kind="thumbnail", thumbnails=root, partial=True)

    assert (answer.size, answer.done.incomplete) == ((256, 171), True)
    assert worker.ask(part, (256, 256), kind="thumbnail", thumbnails=root).reason == "damaged"


def test_the_preview_of_a_raw_file_is_one_too(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.rw2"
    whole = camera_raw_files.raf(jpeg(pictures.photo_image((900, 600))))
    path.write_bytes(whole[: len(whole) // 2])

    assert worker.ask(path).reason == "damaged"
    answer = worker.ask(path, partial=True)
    assert (answer.done.incomplete, answer.done.format) == (True, "RAF")


@pytest.mark.parametrize("suffix", [".png", ".webp", ".gif", ".bmp", ".avif"])
def test_other_formats_are_damaged_as_before(worker: Client, tmp_path: Path, suffix: str) -> None:
    whole = pictures.photo(tmp_path / f"a{suffix}", (120, 80))

    assert worker.ask(truncated(whole, tmp_path / f"b{suffix}", keep=0.6), partial=True).reason in (
        "damaged", "unknown-format")


def test_a_tiff_that_breaks_off_is_damaged_as_before(worker: Client, tmp_path: Path) -> None:
    path = tiff(tmp_path / "a.tif", (80, 80), [8] * 3, RGB, [bytes(3 * 80 * 80)])
    path.write_bytes(path.read_bytes()[:-4000])

    assert worker.ask(path, partial=True).reason == "damaged"
