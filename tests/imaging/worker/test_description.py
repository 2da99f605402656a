"""What a worker says of a picture without its pixels, from the file and from those beside it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, PngImagePlugin

from tests import pictures
from viewer.imaging.protocol.messages import Described

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
    b'<rdf:li xml:lang="x-default">From the side</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>'
)
TAKEOUT: dict[str, Any] = {
    "title": "a.jpg", "description": "At the pier", "photoTakenTime": {"timestamp": "1528287161", "formatted": "x"},
    "geoData": {"latitude": 45.92, "longitude": -63.342, "altitude": 0.0}, "people": [{"name": "Ann"}, {"name": "Ben"}],
    "favorited": True,
}


def _described(worker: Client, path: Path, *beside: Path) -> Described:
    last = worker.ask(path, kind="texts", beside=tuple(map(str, beside))).last
    assert isinstance(last, Described), last
    return last


def _written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_picture_is_described_without_its_pixels(worker: Client, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[270] = 6, "The old harbour"
    path = pictures.solid(tmp_path / "a.jpg", size=(60, 40), exif=exif)
    answer = worker.ask(path, kind="texts")
    described = answer.last

    assert isinstance(described, Described)
    assert (described.source_width, described.source_height, described.format) == (40, 60, "JPEG")
    assert described.texts == {"caption": "The old harbour"}
    assert answer.opened is not None
    assert described.identity == answer.opened.identity


def test_texts_behind_the_pixels_of_a_png_are_found(worker: Client, tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add(b"tEXt", b"Title\0Behind", after_idat=True)
    path = pictures.solid(tmp_path / "a.png", pnginfo=info)

    assert _described(worker, path).texts == {"title": "Behind"}


def test_a_file_that_is_no_picture_is_not_described(worker: Client, tmp_path: Path) -> None:
    assert worker.ask(_written(tmp_path / "a.jpg", "Nothing"), kind="texts").reason == "unknown-format"
    assert worker.ask(tmp_path / "none.jpg", kind="texts").reason == "missing"


def test_what_stands_beside_a_picture_goes_before_what_is_in_it(worker: Client, tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Title", "From the file")
    info.add_text("Author", "Ann")
    path = pictures.solid(tmp_path / "a.png", pnginfo=info)
    beside = [_written(tmp_path / "a.xmp", XMP), _written(tmp_path / "a.txt", "The caption.\n\nIn two paragraphs.\n")]

    assert _described(worker, path, *beside).texts == {
        "title": "From the side", "caption": "The caption.\n\nIn two paragraphs.", "credit": "Ann",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_a_plain_text_may_be_in_any_of_its_usual_character_sets(
    worker: Client, tmp_path: Path, encoding: str,
) -> None:
    path = pictures.solid(tmp_path / "a.jpg")
    beside = _written(tmp_path / "a.txt", "Hingehört nach Zürich".encode(encoding))

    assert _described(worker, path, beside).texts == {"caption": "Hingehört nach Zürich"}


def test_what_google_photos_knew_is_read(worker: Client, tmp_path: Path) -> None:
    beside = _written(tmp_path / "a.jpg.json", json.dumps(TAKEOUT))

    assert _described(worker, pictures.solid(tmp_path / "a.jpg"), beside).texts == {
        "caption": "At the pier", "taken": "2018-06-06T12:12:41Z", "place": "45.92000, -63.34200",
        "keywords": "Ann\nBen", "rating": "5",
    }


@pytest.mark.parametrize("content", [
    b"", b"{", b"[" * 100_000, b"[]", b"null", b"{}", json.dumps({**TAKEOUT, "title": 1}).encode(),
    json.dumps({"title": "a", "description": ["x"], "people": {"name": "x"}, "geoData": 3, "favorited": 1}).encode(),
    json.dumps({"title": "a.jpg", "photoTakenTime": {"timestamp": "9" * 400}}).encode(),
    json.dumps({"title": "a.jpg", "geoData": {"latitude": "x"}, "photoTakenTime": {"timestamp": []}}).encode(),
    b"\0" * 5000, b" " * (1 << 21),
])
def test_a_file_beside_a_picture_that_makes_no_sense_costs_nothing(
    worker: Client, tmp_path: Path, content: bytes,
) -> None:
    path = pictures.solid(tmp_path / "a.jpg")
    for ending in ("json", "xmp"):
        assert _described(worker, path, _written(tmp_path / f"a.{ending}", content)).texts == {}


def test_a_folder_a_pipe_or_nothing_beside_a_picture_costs_nothing(worker: Client, tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    os.mkfifo(tmp_path / "a.json")
    beside = [tmp_path / name for name in ("a.txt", "a.json", "a.xmp")]

    assert _described(worker, pictures.solid(tmp_path / "a.jpg"), *beside).texts == {}
