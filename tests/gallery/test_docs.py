"""docs/manifest.md agrees with the code: its examples are valid, and its keys are all there are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.gallery.manifests import head, read, read_slide, read_text
from viewer.gallery.formats.csv_table import read_table
from viewer.gallery.formats.fields import GALLERY_KEYS, SHOW_KEYS, SLIDE_KEYS
from viewer.gallery.formats.folder import PICTURE_SUFFIXES

PAGE = (Path(__file__).parents[2] / "docs" / "manifest.md").read_text(encoding="utf-8")


def _section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def _rows(title: str) -> list[tuple[str, object]]:
    rows = re.findall(r"^\| `(\w+)` \|.*\| `(.*)` \|$", _section(title), re.MULTILINE)
    return [(key, json.loads(example)) for key, example in rows]


def _block(language: str) -> str:
    found = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def test_the_example_is_a_good_manifest_of_ten_lines(tmp_path: Path) -> None:
    text = _block("json")

    gallery, problems = read_text(tmp_path, text)

    assert (len(gallery.slides), problems) == (2, [])
    assert len(text.strip().splitlines()) <= 10


def test_the_table_is_a_good_table(tmp_path: Path) -> None:
    (tmp_path / "slides.csv").write_text(_block("csv"), encoding="utf-8")

    gallery, problems = read_table(tmp_path / "slides.csv")

    assert [(slide.duration, slide.focus) for slide in gallery.slides] == [(18, (0.5, 0.3)), ("auto", None)]
    assert problems == []


def test_the_page_names_every_key_and_no_other() -> None:
    assert {key for key, _ in _rows("The keys of the gallery")} == {"format", "version", "slides", *GALLERY_KEYS}
    assert {key for key, _ in _rows("The keys of `show`")} == set(SHOW_KEYS)
    assert {key for key, _ in _rows("The keys of a slide")} == {"file", *SLIDE_KEYS}
    assert {f".{suffix}" for suffix in re.findall(r"`\.(\w+)`", _section("Other sources"))} == PICTURE_SUFFIXES


@pytest.mark.parametrize(("key", "example"), _rows("The keys of a slide"))
def test_every_example_of_a_slides_key_is_good(tmp_path: Path, key: str, example: object) -> None:
    gallery, problems = read_slide(tmp_path, **{key: example})

    assert (problems, gallery.slides[0].extra) == ([], {})


@pytest.mark.parametrize(("key", "example"), _rows("The keys of the gallery"))
def test_every_example_of_the_gallerys_keys_is_good(tmp_path: Path, key: str, example: object) -> None:
    gallery, problems = read(tmp_path, head(**{key: example}))

    assert (problems, gallery.extra) == ([], {})


@pytest.mark.parametrize(("key", "example"), _rows("The keys of `show`"))
def test_every_example_for_the_show_is_good(tmp_path: Path, key: str, example: object) -> None:
    gallery, problems = read(tmp_path, head(show={key: example}))

    assert (problems, gallery.show.extra) == ([], {})
