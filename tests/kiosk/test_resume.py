from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.show.galleries import a_gallery
from viewer.gallery.lazy_slides import Identities
from viewer.gallery.model import Problem, Slide
from viewer.gallery.open import Opened
from viewer.kiosk.position import Position, write_position
from viewer.kiosk.resume import ALL_SET_ASIDE, adapted, place_of, resuming
from viewer.kiosk.set_aside import SetAsideSlide, identity_of, set_aside
from viewer.startup.early_decode import Source

if TYPE_CHECKING:
    from pathlib import Path

IDS = Identities(["a", "", "c", "", ""], ["1.jpg", "2.jpg", "3.jpg", "2.jpg", "5.jpg"])


@pytest.mark.parametrize(("index", "slide_id", "file", "place"), [
    (0, "a", "1.jpg", 0),
    (4, "c", "gone.jpg", 2),  # moved, and its file is another: it is the same slide
    (0, "", "3.jpg", 2),
    (1, "", "2.jpg", 1),
    (4, "", "2.jpg", 3),  # the nearest of two
    (3, "gone", "gone.jpg", 3),  # the next one has taken its place
    (99, "gone", "gone.jpg", 4),
    (-5, "gone", "gone.jpg", 0),
])
def test_a_slide_is_found_by_its_id_else_its_file_else_its_place(
    index: int, slide_id: str, file: str, place: int,
) -> None:
    assert place_of(Position(index, slide_id, file, ""), IDS) == place


def test_in_an_empty_gallery_there_is_no_place_but_the_first() -> None:
    assert place_of(Position(3, "a", "1.jpg", ""), Identities([], [])) == 0


def test_the_position_comes_before_the_slide_to_start_with(tmp_path: Path) -> None:
    assert resuming(Source(start="7"), tmp_path).start == "7"
    write_position(tmp_path, Position(1, "", "1.jpg", "/1.jpg"))
    source = resuming(Source(start="7"), tmp_path)

    assert source.start == ""
    assert source.keeps_last
    assert source.adapt is not None
    assert source.adapt(Opened(a_gallery(0, 1, 2), [])).start_index == 1


def _set_aside(folder: Path, *files: str) -> None:
    for file in files:
        path = str(folder / file)
        assert not set_aside(folder, SetAsideSlide("", file, path, "It crashed.", time.time(), identity_of(path)))


@pytest.mark.parametrize(("at", "aside", "start", "kept"), [
    (1, ["1.jpg"], 1, ["0.jpg", "2.jpg", "3.jpg"]),  # the next one
    (3, ["1.jpg"], 2, ["0.jpg", "2.jpg", "3.jpg"]),  # the same one
    (3, ["3.jpg"], 0, ["0.jpg", "1.jpg", "2.jpg"]),
    (2, ["1.jpg", "2.jpg"], 1, ["0.jpg", "3.jpg"]),
    (3, ["1.jpg", "2.jpg", "3.jpg"], 0, ["0.jpg"]),
    (1, ["elsewhere.jpg"], 1, ["0.jpg", "1.jpg", "2.jpg", "3.jpg"]),
])
def test_slides_that_are_set_aside_are_left_out_and_the_show_goes_on_after_them(
    tmp_path: Path, at: int, aside: list[str], start: int, kept: list[str],
) -> None:
    write_position(tmp_path, Position(at, "", f"{at}.jpg", ""))
    _set_aside(tmp_path, *aside)
    opened = adapted(Opened(a_gallery(0, 1, 2, 3), []), folder=tmp_path)

    assert [slide.file for slide in opened.gallery.slides] == kept
    assert opened.start_index == start
    assert opened.problems == []


def test_a_slide_whose_file_has_changed_is_shown_again(tmp_path: Path) -> None:
    _set_aside(tmp_path, "1.jpg")
    (tmp_path / "1.jpg").write_bytes(b"mended")

    assert len(adapted(Opened(a_gallery(0, 1), []), folder=tmp_path).gallery.slides) == 2


def test_a_slide_of_the_same_file_under_another_id_is_another_slide(tmp_path: Path) -> None:
    _set_aside(tmp_path, "1.jpg")
    opened = adapted(Opened(a_gallery(Slide("1.jpg", id="other"), 1), []), folder=tmp_path)

    assert [slide.id for slide in opened.gallery.slides] == ["other"]


def test_where_every_slide_is_set_aside_the_keeper_is_told(tmp_path: Path) -> None:
    _set_aside(tmp_path, "0.jpg", "1.jpg")
    other = Problem("/title", "warning", "No title.")
    opened = adapted(Opened(a_gallery(0, 1), [other]), folder=tmp_path)

    assert not opened.gallery.slides
    assert opened.problems == [Problem("", "error", ALL_SET_ASIDE), other]
