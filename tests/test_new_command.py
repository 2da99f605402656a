"""What `liftoff new` writes, what it leaves as it is, and what it says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import pictures
from viewer.gallery.check import check
from viewer.gallery.files import write_atomically
from viewer.gallery.model import GalleryError
from viewer.gallery.open import open_source
from viewer.new_command import run

if TYPE_CHECKING:
    from collections.abc import Sequence

LAUNCH = Path(__file__).parents[1] / "assets" / "expedition-56"


def _manifest(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / "gallery.json").read_text())
    assert isinstance(found, dict)
    return found


def _files(folder: Path) -> list[str]:
    return [slide["file"] for slide in _manifest(folder)["slides"]]


def _names(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()]


def _folder(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        pictures.solid(folder / name)
    return folder



def test_a_folder_becomes_a_gallery_with_the_words_in_its_pictures(tmp_path: Path) -> None:
    folder = tmp_path / "Launch"
    folder.mkdir()
    for picture in LAUNCH.glob("*.jpg"):
        os.link(picture, folder / picture.name)
    answer = run([str(folder)])

    assert (answer.status, answer.error) == (0, "")
    assert "11 slides now: 11 with a title, 11 with a caption, 11 with an alternative text" in answer.text
    made, original = _manifest(folder), json.loads((LAUNCH / "gallery.json").read_text())
    assert list(made) == ["format", "version", "title", "slides"]
    assert made["title"] == "Launch"
    for new, old in zip(made["slides"], original["slides"], strict=True):
        assert all(new[key] == old[key] for key in ("file", "title", "caption", "alt", "credit"))
    assert check(folder / "gallery.json")[1] == []


def test_files_beside_a_picture_speak_of_it(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "a2.jpg", "a10.jpg", "B.png")
    (folder / "a2.txt").write_text("The old harbour")
    (folder / "B.png.json").write_text(json.dumps({"title": "B.png", "description": "The pier", "favorited": True}))

    assert run([str(folder)]).status == 0
    assert _manifest(folder)["slides"] == [
        {"file": "a2.jpg", "caption": "The old harbour"}, {"file": "a10.jpg"},
        {"file": "B.png", "caption": "The pier", "rating": 5},
    ]


def test_a_folder_named_in_any_way_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _folder(tmp_path / "Harbour", "a.jpg")
    monkeypatch.chdir(folder)

    assert run(["."]).status == 0
    assert _manifest(folder)["title"] == "Harbour"
    assert _files(folder) == ["a.jpg"]


def test_a_picture_that_cannot_be_shown_is_left_out_and_named(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "a.jpg")
    (folder / "b.jpg").write_bytes(b"Nothing")
    answer = run([str(folder)])

    assert answer.status == 1
    assert "1 file is left out:\n  b.jpg: This is not a picture" in answer.text
    assert _files(folder) == ["a.jpg"]


def test_nothing_is_written_where_nothing_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / "b.jpg").write_bytes(b"Nothing")
    answer = run([str(tmp_path)])

    assert answer.status == 2
    assert "No picture in" in answer.error
    assert "b.jpg: This is not a picture" in answer.text
    assert _names(tmp_path) == ["b.jpg"]


@pytest.mark.parametrize("words", [["none"], ["a.jpg"], ["empty"], [""], ["http://host/photos"]])
def test_what_is_no_folder_of_pictures_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: Sequence[str],
) -> None:
    _folder(tmp_path, "a.jpg")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    answer = run(words)

    assert answer.status == 2
    assert answer.error.endswith(".")
    assert not list(tmp_path.rglob("gallery.json"))


def test_a_gallery_that_is_there_is_left_alone(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "a.jpg")
    (folder / "gallery.json").write_text("Mine")
    answer = run([str(folder)])

    assert answer.status == 2
    assert "is there already; add --update" in answer.error
    assert (folder / "gallery.json").read_text() == "Mine"


def test_a_gallery_that_appears_at_the_last_moment_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "gallery.json").write_text("Mine")

    with pytest.raises(GalleryError, match="there is such a file already"):
        write_atomically(tmp_path / "gallery.json", [b"Other"], replace=False)
    assert (tmp_path / "gallery.json").read_text() == "Mine"
    assert _names(tmp_path) == ["gallery.json"]


def test_an_update_adds_what_is_new_and_leaves_all_else(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "a.jpg", "b.jpg", "c.jpg")
    slides = [{"file": "./b.jpg", "caption": "Mine", "x-box": [7]}, "no slide", {"caption": "", "file": "gone.jpg"}]
    written = {
        "slides": slides, "x-own": {"a": 1}, "format": "photo-manifest", "title": {"de": "Hafen"}, "version": 1,
    }
    (folder / "gallery.json").write_text(json.dumps(written))
    answer = run([str(folder), "--update"])

    assert answer.status == 1
    assert "2 new slides at its end" in answer.text
    assert "1 picture is not there any more" in answer.text
    assert "  slide 2: gone.jpg" in answer.text
    made = _manifest(folder)
    assert list(made) == list(written)
    assert made == {**written, "slides": [*slides, {"file": "a.jpg"}, {"file": "c.jpg"}]}


def test_an_update_without_news_does_not_touch_the_file(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "a.jpg")
    assert run([str(folder), "--update"]).status == 0  # there was none
    before = (folder / "gallery.json").stat()
    answer = run([str(folder), "--update"])

    assert answer.status == 0
    assert "has nothing to add" in answer.text
    assert (folder / "gallery.json").stat() == before


def test_a_gallery_that_cannot_be_read_is_not_updated(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "a.jpg")
    (folder / "gallery.json").write_text("{")
    answer = run([str(folder), "--update"])

    assert answer.status == 2
    assert answer.error
    assert (folder / "gallery.json").read_text() == "{"


def test_what_is_written_opens_as_the_folders_gallery(tmp_path: Path) -> None:
    folder = _folder(tmp_path, *(f"{number}.jpg" for number in range(30)))
    assert run([str(folder)]).status == 0

    gallery = open_source(folder).gallery
    assert gallery.origin == folder / "gallery.json"
    assert [slide.file for slide in gallery.slides] == [f"{number}.jpg" for number in range(30)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    first = pictures.photo(folder / "0.jpg", (3000, 2000))
    for number in range(1, 3000):
        os.link(first, folder / f"{number}.jpg")
    command = [sys.executable, "-m", "viewer", "new", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while not children.read_text().split():  # until a worker is there
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        text, error = process.communicate(timeout=60)

    assert (process.returncode, text) == (130, b"")
    assert b"Traceback" not in error
    assert len(_names(folder)) == 3000
