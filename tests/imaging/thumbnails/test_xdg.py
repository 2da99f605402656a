"""The names of shared thumbnails are the ones that other programs look under."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer import __version__
from viewer.imaging.thumbnails.xdg import bucket_for, cache_path, fail_path, file_uri

posix = pytest.mark.skipif(sys.platform == "win32", reason="addresses of POSIX paths")


@posix
def test_the_example_of_the_specification_gets_the_name_given_there() -> None:
    assert file_uri("/home/jens/photos/me.png") == "file:///home/jens/photos/me.png"
    assert cache_path("/t", "file:///home/jens/photos/me.png", "normal") == (
        "/t/normal/c6ee772d9e49320e97ec29a7eb5b1697.png"
    )


@posix
@pytest.mark.parametrize(("path", "uri"), [
    ("/a b.jpg", "file:///a%20b.jpg"),
    ("/Grüße.jpg", "file:///Gr%C3%BC%C3%9Fe.jpg"),
    ("/100%.jpg", "file:///100%25.jpg"),
    ("/a#b?c;d.jpg", "file:///a%23b%3Fc%3Bd.jpg"),
    ("/[x]{y}^`|<>\".jpg", "file:///%5Bx%5D%7By%7D%5E%60%7C%3C%3E%22.jpg"),
    ("/it's (1)!,=+&@:$*~.jpg", "file:///it's%20(1)!,=+&@:$*~.jpg"),
    ("/back\\slash.jpg", "file:///back%5Cslash.jpg"),
    ("/a/./b//../c.jpg", "file:///a/c.jpg"),
])
def test_a_path_is_escaped_as_the_desktop_does(path: str, uri: str) -> None:
    assert file_uri(path) == uri


@posix
def test_a_name_that_is_not_utf_8_keeps_its_bytes() -> None:
    assert file_uri(os.fsdecode(b"/\xff\xfe.jpg")) == "file:///%FF%FE.jpg"


def test_a_relative_path_is_taken_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert file_uri("a.jpg") == file_uri(str(tmp_path / "a.jpg"))


@given(st.text(st.characters(exclude_characters="\0")))
def test_two_paths_share_an_address_only_if_they_are_one_file(name: str) -> None:
    name = name.replace("/", "-").replace("\\", "-").encode("utf-8", "ignore").decode("utf-8")
    uri = file_uri("/folder/x" + name)

    assert uri.isascii()
    assert (uri == file_uri("/folder/x")) == (name == "")


@pytest.mark.parametrize(("side", "bucket"), [
    (1, "normal"), (128, "normal"), (129, "large"), (256, "large"), (257, "x-large"), (1024, "xx-large"),
    (5000, "xx-large"),
])
def test_the_bucket_is_the_smallest_that_fills_the_box(side: int, bucket: str) -> None:
    assert bucket_for(side) == bucket


def test_a_failure_is_noted_under_this_version_of_this_program() -> None:
    path = Path(fail_path("/t", "file:///a.jpg"))

    assert path.parent == Path("/t/fail") / f"liftoff-{__version__}"
