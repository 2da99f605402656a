from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from viewer.kiosk.set_aside import LASTS, MOST, SetAsideSlide, identity_of, read_set_aside, set_aside

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_800_000_000.0


def _slide(path: Path, *, when: float = NOW) -> SetAsideSlide:
    return SetAsideSlide(path.stem, path.name, str(path), "It crashed.", when, identity_of(str(path)))


def test_what_is_set_aside_is_read_again(tmp_path: Path) -> None:
    slides = [_slide(tmp_path / "a.jpg"), _slide(tmp_path / "b.jpg")]
    assert [set_aside(tmp_path / "state", slide) for slide in slides] == ["", ""]

    assert read_set_aside(tmp_path / "state") == tuple(slides)


def test_it_counts_for_a_day_and_while_the_file_is_as_it_was(tmp_path: Path) -> None:
    picture = tmp_path / "a.jpg"
    picture.write_bytes(b"one")
    slide = _slide(picture)
    assert slide.still_counts(NOW)
    assert slide.still_counts(NOW + LASTS - 1)
    assert not slide.still_counts(NOW + LASTS)
    assert not slide.still_counts(NOW - 1)  # the clock was set back

    os.utime(picture, ns=(1, 1))
    assert not slide.still_counts(NOW)


def test_one_that_is_set_aside_again_is_listed_once_and_old_ones_go(tmp_path: Path) -> None:
    set_aside(tmp_path, _slide(tmp_path / "old.jpg", when=NOW - LASTS))
    for number in range(MOST + 1):
        set_aside(tmp_path, _slide(tmp_path / f"{number % (MOST // 2)}.jpg"))

    names = [slide.file for slide in read_set_aside(tmp_path)]
    assert len(names) == MOST // 2
    assert "old.jpg" not in names


def test_no_more_than_so_many_are_listed_and_the_last_ones_are(tmp_path: Path) -> None:
    for number in range(MOST + 2):
        set_aside(tmp_path, _slide(tmp_path / f"{number}.jpg"))

    assert [slide.file for slide in read_set_aside(tmp_path)] == [f"{number}.jpg" for number in range(2, MOST + 2)]


@pytest.mark.parametrize("data", [b"", b"{", b'"\xff"', b'{"slides": 3}', b'{"slides": [{"id": 1}]}', b"[" * 100_000])
def test_a_damaged_list_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "set-aside.json").write_bytes(data)

    assert read_set_aside(tmp_path) == ()


def test_a_disk_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    assert set_aside(tmp_path / "file" / "state", _slide(tmp_path / "a.jpg")) == "there is no such file; check the name"
