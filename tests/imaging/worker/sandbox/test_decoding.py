"""Every kind of picture decodes to the same pixels with and without the sandbox."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests import icc_profiles, pictures
from tests.imaging.worker.client import Client
from tests.imaging.worker.confined_processes import HAS_SANDBOX, LANDLOCK, SECCOMP, worker_on_a_kernel_without
from viewer.imaging.protocol.messages import Done

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

if not HAS_SANDBOX:
    pytest.skip("the sandbox is made for Linux on x86-64 and 64-bit ARM", allow_module_level=True)

PICTURE = (600, 400)


@pytest.fixture
def confined(tmp_path: Path) -> Iterator[Client]:
    """A fresh worker, which has imported nothing for an earlier test."""
    client = Client(tmp_path)
    yield client
    client.close()


@pytest.fixture
def unconfined(tmp_path: Path) -> Iterator[Client]:
    """A worker with rlimits only."""
    client = Client(tmp_path, command=worker_on_a_kernel_without(LANDLOCK, SECCOMP, error=errno.ENOSYS))
    assert client.sandbox is not None
    assert not {"landlock", "seccomp"} & set(client.sandbox.layers)
    yield client
    client.close()


def _tiff(path: Path, compression: str) -> Path:
    return pictures.write(pictures.photo_image(PICTURE), path, compression=compression)


MAKERS: dict[str, Callable[[Path], Path]] = {
    **{
        f"a{suffix}": lambda path: pictures.photo(path, PICTURE)
        for suffix in (".jpg", ".png", ".gif", ".webp", ".tif", ".bmp", ".avif", ".heic")
    },
    "progressive.jpg": lambda path: pictures.photo(path, PICTURE, progressive=True),
    "lossy.webp": lambda path: pictures.photo(path, PICTURE, lossless=False),
    "large.avif": lambda path: pictures.photo(path, (1500, 1000)),
    "large.heic": lambda path: pictures.photo(path, (1500, 1000)),
    **{
        f"{name}.tif": lambda path, name=name: _tiff(path, name)  # type: ignore[misc]  # mypy sees no default there
        for name in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg")
    },
    "cmyk.jpg": pictures.cmyk, "grey16.png": pictures.grey16, "palette.png": pictures.palette,
    "rgba.png": pictures.rgba, "grey_alpha.png": pictures.grey_alpha,
    "profile.jpg": lambda path: pictures.photo(path, PICTURE, icc_profile=icc_profiles.rgb_profile(gamma=1.8)),
    "cmyk_profile.jpg": lambda path: pictures.write(
        Image.new("CMYK", (60, 40), (0, 200, 100, 0)), path, icc_profile=icc_profiles.cmyk_profile()
    ),
    "lab.tif": lambda path: pictures.write(Image.new("LAB", (60, 40), (120, 140, 90)), path),
    "animated.gif": pictures.animated, "animated.webp": pictures.animated, "animated.png": pictures.animated,
    "animated.avif": pictures.animated,
    **{f"rotated.{ending}": lambda path: pictures.oriented(path, 6) for ending in ("jpg", "png", "webp", "tif")},
}


@pytest.mark.parametrize("name", MAKERS)
def test_each_kind_of_picture_is_the_same_with_and_without_the_sandbox(
    confined: Client, unconfined: Client, tmp_path: Path, name: str,
) -> None:
    path = MAKERS[name](tmp_path / name)
    answer = confined.ask(path, (300, 300))

    assert isinstance(answer.last, Done), answer.last
    assert answer == unconfined.ask(path, (300, 300))
    thumbnails = [worker.ask(path, (60, 60), kind="thumbnail").memory for worker in (confined, unconfined)]
    assert thumbnails[0] == thumbnails[1]


def test_xmp_is_read_in_the_sandbox(confined: Client, tmp_path: Path) -> None:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
        '<rdf:li xml:lang="x-default">Заря</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()
    path = pictures.solid(tmp_path / "a.jpg", xmp=packet)

    assert confined.ask(path).done.texts["title"] == "Заря"


def test_utf_16_text_in_exif_is_read_in_the_sandbox(confined: Client, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[40091] = "Заря".encode("utf-16-le") + b"\0\0"

    assert confined.ask(pictures.solid(tmp_path / "a.jpg", exif=exif)).done.texts["title"] == "Заря"


def test_multithreaded_decoders_work(confined: Client, tmp_path: Path) -> None:
    path = pictures.photo(tmp_path / "a.avif", (1500, 1000))
    before = len(list(Path(f"/proc/{confined.process.pid}/task").iterdir()))

    assert confined.ask(path, (1500, 1000)).size == (1500, 1000)
    assert before == 1, "confined before any thread was started"
