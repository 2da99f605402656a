"""Format detection by signature, and which image of a file is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import pictures
from tests.pictures import is_near
from viewer.imaging.worker.formats import format_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client


@pytest.mark.parametrize(("head", "found"), [
    (b"\xff\xd8\xff\xe0", "JPEG"), (b"\xff\xd8", None), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF89a", "GIF"),
    (b"GIF88a", None), (b"RIFF\0\0\0\0WEBPVP8 ", "WEBP"), (b"RIFF\0\0\0\0WAVE", None), (b"II*\0", "TIFF"),
    (b"MM\0+", "TIFF"), (b"BM" + bytes(12) + b"\x28\0\0\0", "BMP"), (b"BM" + bytes(16), None),
    (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", "AVIF"), (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "AVIF"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIF"), (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", None),
    (b"\0\0\0\x10ftypisom\0\0\0\0heic", None), (b"<svg", None), (b"%PDF-1.7", None), (b"", None),
])
def test_a_format_is_recognised_by_its_signature(head: bytes, found: str | None) -> None:
    assert format_of(head) == found


def test_a_wrong_suffix_is_ignored(worker: Client, tmp_path: Path) -> None:
    for suffix, lie, found in ((".png", "a.jpg", "PNG"), (".jpg", "b.gif", "JPEG"), (".webp", "c", "WEBP")):
        lying = pictures.quadrants(tmp_path / f"x{suffix}").rename(tmp_path / lie)

        assert worker.ask(lying).done.format == found


def test_the_first_image_of_an_mpo_is_shown(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.mpo"
    pictures.solid_image(pictures.GREEN).save(path, save_all=True, append_images=[pictures.solid_image()])
    answer = worker.ask(path)

    assert is_near(answer.pixel(5, 5), pictures.GREEN)
    assert answer.done.frames == 1


def test_the_first_page_of_a_tiff_is_shown_and_is_not_an_animation(worker: Client, tmp_path: Path) -> None:
    answer = worker.ask(pictures.pages(tmp_path / "a.tif"))

    assert is_near(answer.pixel(5, 5), pictures.RED)
    assert answer.done.frames == 1
