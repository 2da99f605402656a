"""Formats that are not opened are known by how their files begin, and nothing else is taken for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import pictures
from viewer.gallery.picture_formats import FORMATS as OPENED
from viewer.unsupported_formats import BY_ENDING, FORMATS, HEAD, named, recognised

if TYPE_CHECKING:
    from pathlib import Path

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.mark.parametrize(("head", "what"), [
    (b"\xff\x0a\xfa\x7f", "a JPEG XL picture"), (b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl ", "a JPEG XL picture"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "a JPEG 2000 picture"), (b"8BPS\0\1", "a Photoshop document"),
    (SVG, "an SVG drawing"), (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x -->\n" + SVG, "an SVG drawing"),
    (b"gimp xcf v011\0", "a GIMP picture"), (b"\0\0\1\0\1\0", "a Windows icon"),
    (b"P6 1 1 255\n\0\0\0", "a Netpbm picture"), (b"\xff\xd8\xff\xf7\0\x0b\x08", "a JPEG-LS picture"),
    (b"P5\n# made by hand\n", "a Netpbm picture"), (b"%!PS-Adobe-3.0 EPSF-3.0\n", "a PostScript drawing"),
    (b"%PDF-1.7\n", "a PDF document"), (b"FOVb\0\0\2\0", "a camera raw picture (X3F)"),
    (b"II\x1a\0\0\0HEAPCCDR", "a camera raw picture (CRW)"), (b"\0\0\0\x14ftypqt  \0\0\0\0", "a film"),
    (b"\0\0\0\x20ftypisom\0\0\2\0", "a film"), (b"RIFF\0\0\1\0AVI LIST", "a film"), (b"ID3\4", "a sound file"),
    (b"\n<!DOCTYPE html><title>404</title>", "a web page"), (bytes(128) + b"DICM", "a DICOM picture"),
])
def test_a_format_is_known_by_how_its_files_begin(head: bytes, what: str) -> None:
    found = recognised(head)

    assert found is not None
    assert (found.what, found) == (what, named(what))


@pytest.mark.parametrize("head", [
    b"", b"\xff", b"Just a few words.\n", b"file,title\na.jpg,A\n", b"BM is how this text begins", b"P.S.: 1905", b"P1",
    b"<?xml version='1.0'?><feed/>", b"<b>bold</b>", b"II*\0", bytes(HEAD), b"PK\3\4" + bytes(60),
])
def test_what_is_none_of_them_has_no_name(head: bytes) -> None:
    assert recognised(head) is None
    assert named(head.decode("latin-1")) is None


@pytest.mark.parametrize("suffix", ["jpg", "png", "gif", "webp", "tif", "bmp", "avif", "heic"])
def test_no_picture_that_is_opened_is_taken_for_one_that_is_not(tmp_path: Path, suffix: str) -> None:
    assert recognised(pictures.solid(tmp_path / f"a.{suffix}").read_bytes()[:HEAD]) is None


def test_no_ending_belongs_to_two_formats() -> None:
    endings = [ending for one in FORMATS for ending in one.endings]

    assert len(endings) == len(set(endings)) == len(BY_ENDING)
    assert not set(endings) & {ending for several in OPENED.values() for ending in several}


def test_what_to_do_depends_on_whether_it_is_a_picture() -> None:
    assert BY_ENDING["psd"].end_of_sentence == (
        "a Photoshop document, which Liftoff does not open. Save it as JPEG or PNG.")
    assert BY_ENDING["mp4"].end_of_sentence == "a film, which Liftoff does not open. Choose a picture instead."
