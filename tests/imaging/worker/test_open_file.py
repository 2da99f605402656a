"""Opening files: any name, regular files only, and the identity that tells versions apart."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests import pictures
from viewer.imaging.protocol.messages import Failed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.imaging.worker.client import Client
    from viewer.imaging.protocol.failures import Reason


@pytest.mark.parametrize(("make", "reason"), [
    (lambda folder: folder / "nothing.jpg", "missing"),
    (lambda folder: folder / "no" / "folder.jpg", "missing"),
    (lambda folder: folder / ("x" * 300 + ".jpg"), "missing"),
    (lambda folder: _made(folder / "a.jpg", b"") / "b.jpg", "missing"),
    (lambda folder: _made(folder / "a.jpg", b""), "empty"),
    (lambda folder: _made(folder / "a.jpg", b"Just a few words.\n"), "unknown-format"),
    (lambda folder: _made(folder / "a.jpg", b"\xff"), "unknown-format"),
    (lambda folder: _made(folder / "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "unknown-format"),
    (lambda folder: _made(folder / "a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n"), "unknown-format"),
    (lambda folder: _made(folder / "a.ppm", b"P6 1 1 255\n\0\0\0"), "unknown-format"),
    (lambda folder: _made(folder / "a.bmp", b"BM is how this text begins"), "unknown-format"),
    (lambda folder: _made(folder / "a.jpg", b"\xff\xd8\xff" + bytes(100)), "damaged"),
    (lambda folder: folder, "not-a-file"),
])
def test_a_path_that_is_no_picture_fails_with_its_reason(
    worker: Client, tmp_path: Path, make: Callable[[Path], Path], reason: Reason,
) -> None:
    assert worker.ask(make(tmp_path)).reason == reason


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
def test_pipes_devices_and_circular_links_are_refused_at_once(worker: Client, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "loop.jpg").symlink_to(tmp_path / "loop.jpg")

    assert worker.ask(tmp_path / "pipe.jpg").reason == "not-a-file"
    assert worker.ask("/dev/zero").reason == "not-a-file"
    assert worker.ask("/dev/tty").reason == "not-a-file"
    assert worker.ask(tmp_path / "loop.jpg").reason == "missing"
    assert worker.ask("a\0b.jpg").reason == "missing"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_read_permission_is_forbidden(worker: Client, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.jpg")
    path.chmod(0)

    assert worker.ask(path).reason == "forbidden"


def test_the_identity_is_reported_before_parsing(worker: Client, tmp_path: Path) -> None:
    path = _made(tmp_path / "a.jpg", b"\xff\xd8\xff" + bytes(100))
    answer = worker.ask(path)
    found = path.stat()

    assert isinstance(answer.last, Failed)
    assert answer.opened is not None
    assert answer.opened.identity == (found.st_mtime_ns, found.st_size, found.st_ino) == answer.last.identity


def test_a_file_that_cannot_be_opened_has_no_identity(worker: Client, tmp_path: Path) -> None:
    answer = worker.ask(tmp_path / "nothing.jpg")

    assert isinstance(answer.last, Failed)
    assert answer.last.identity is None
    assert answer.opened is None


def test_an_unchanged_file_is_not_read_again(worker: Client, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.jpg")
    identity = worker.ask(path).done.identity

    assert worker.ask(path, unless=identity).is_unchanged
    os.utime(path, ns=(1, 1))
    assert worker.ask(path, unless=identity).done.identity.mtime_ns == 1


@pytest.mark.parametrize("name", ["наш снимок.jpg", "a b\tc.jpg", "100%.jpg", "'\"`$(x).jpg", "-rf.jpg", "a\nb.jpg"])
def test_a_file_may_have_any_name(worker: Client, tmp_path: Path, name: str) -> None:
    pictures.solid(tmp_path / "a.jpg").rename(tmp_path / name)

    assert worker.ask(tmp_path / name).size == (60, 40)


def test_a_name_that_is_not_utf_8_is_found(worker: Client, tmp_path: Path) -> None:
    name = pictures.solid(tmp_path / "a.jpg").rename(tmp_path / os.fsdecode(b"\xff\xfe.jpg"))

    assert worker.ask(name).size == (60, 40)


def _made(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("content", "sentence"), [
    (b"\xff\x0a\xfa\x7f", "This is a JPEG XL picture, which Liftoff does not open. Save it as JPEG or PNG."),
    (b" " * 99 + b"<svg/>", "This is an SVG drawing, which Liftoff does not open. Save it as JPEG or PNG."),
    (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "This is a film, which Liftoff does not open. Choose a picture instead."),
    (b"Just a few words.\n", "This is not a picture in a format Liftoff knows. Save it as JPEG or PNG."),
])
def test_a_format_that_is_not_opened_is_named_by_its_content(
    worker: Client, tmp_path: Path, content: bytes, sentence: str,
) -> None:
    answer = worker.ask(_made(tmp_path / "a.jpg", content))

    assert isinstance(answer.last, Failed)
    assert (answer.reason, answer.last.failure.sentence) == ("unknown-format", sentence)


@pytest.mark.parametrize(("name", "content", "named"), [
    ("a.TGA", bytes([0, 0, 2]) + bytes(60), "a Targa picture"),
    ("a.svgz", b"\x1f\x8b\x08" + bytes(60), "an SVG drawing"),
    ("a.psd", bytes(60), "signature"), ("a.tga", b"8BPS\0\1", "a Photoshop document"), ("tga", bytes(60), "signature"),
])
def test_a_format_without_a_signature_is_named_by_the_files_ending(
    worker: Client, tmp_path: Path, name: str, content: bytes, named: str,
) -> None:
    answer = worker.ask(_made(tmp_path / name, content))

    assert isinstance(answer.last, Failed)
    assert answer.last.failure.detail.startswith(named)
