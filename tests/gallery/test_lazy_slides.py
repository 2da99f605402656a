from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from viewer.gallery.editing import save_texts
from viewer.gallery.formats import manifest
from viewer.gallery.formats.manifest import parse_slide, read_manifest, write_manifest
from viewer.gallery.lazy_slides import BATCH, CHUNK_BYTES, LAZY_FROM, JsonSlides, identities_of
from viewer.gallery.model import Slide
from viewer.gallery.slide_texts import own_texts

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.problems import Reporter


def rows(count: int = LAZY_FROM) -> list[dict[str, Any]]:
    return [{"file": f"{n:05}.jpg", "id": f"n{n}", "title": f"Picture {n}", "mood": n} for n in range(count)]


def saved(folder: Path, slides: list[Any]) -> Path:
    path = folder / "gallery.json"
    path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": slides}), encoding="utf-8")
    return path


def test_a_large_gallery_has_the_slides_that_reading_it_whole_gives(tmp_path: Path) -> None:
    path = saved(tmp_path, rows())

    large, problems = read_manifest(path)
    whole, _ = read_manifest(path, thorough=True)

    assert isinstance(large.slides, JsonSlides)
    assert isinstance(whole.slides, tuple)
    assert len(large.slides) == LAZY_FROM
    assert tuple(large.slides) == whole.slides
    assert (large.slides[-1], large.slides[7], large.slides[3:5]) == (
        whole.slides[-1], whole.slides[7], whole.slides[3:5])
    assert problems == []
    with pytest.raises(IndexError):
        large.slides[LAZY_FROM]


def test_a_large_gallery_that_is_saved_is_the_same_again(tmp_path: Path) -> None:
    gallery, _ = read_manifest(saved(tmp_path, rows()))

    write_manifest(gallery, tmp_path / "copy.json")

    assert json.loads((tmp_path / "copy.json").read_text(encoding="utf-8"))["slides"] == rows()


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every entry that is parsed into a slide from now on."""
    entries: list[object] = []

    def parse(raw: object, folder: Path, reporter: Reporter) -> Slide | None:
        entries.append(raw)
        return parse_slide(raw, folder, reporter)

    monkeypatch.setattr(manifest, "parse_slide", parse)
    return entries


@pytest.mark.parametrize("indent", [None, 2])
def test_an_edit_of_one_slide_neither_parses_nor_rewrites_the_others(
    indent: int | None, parsed: list[object], tmp_path: Path,
) -> None:
    path = tmp_path / "gallery.json"
    slides = [row | {"title": {"en": "}, {", "ru": "\\u0421"}} for row in rows()]
    slides[999] = slides[997] = {"file": "same.jpg"}
    path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": slides}, indent=indent))
    gallery, _ = read_manifest(path)
    texts = own_texts(gallery.slides[999], "en")._replace(caption="New")

    edited, match = save_texts(gallery, 999, "en", texts)

    assert len(parsed) < 10
    assert isinstance(edited.slides, JsonSlides)
    assert match.places is None
    before = json.dumps(slides, indent=indent)
    saved = path.read_text()
    assert [row["file"] for row in json.loads(saved)["slides"]] == [row["file"] for row in slides]
    assert json.loads(saved)["slides"][999] == {"file": "same.jpg", "caption": "New"}
    assert [line for line in before.split("\n") if line.strip() not in saved] == ([before] if indent is None else [])
    assert edited == read_manifest(path)[0]


def test_ids_are_found_without_parsing_the_slides(parsed: list[object], tmp_path: Path) -> None:
    odd = [{"file": "z.jpg", "id": None}, {"file": "y.jpg", "id": "\x01y"}]
    gallery, _ = read_manifest(saved(tmp_path, [*rows(), *odd]))

    ids = identities_of(gallery.slides).ids

    assert (ids[7], ids[-3:]) == ("n7", [f"n{LAZY_FROM - 1}", "", "y"])
    assert len(parsed) == 2


@pytest.mark.parametrize("odd", [
    7, None, {}, {"file": ""}, {"file": " "}, {"file": 5}, {"file": "https://example.org/1.jpg"}, {"file": "../1.jpg"},
    {"file": "/1.jpg"}, {"file": "C:\\1.jpg"}, {"file": "a\\1.jpg"}, {"file": "1\n2.jpg"}, {"file": "\0"},
    {"file": "\ud800.jpg"}, {"file": "x" * 5000},
])
def test_one_file_that_is_not_plain_has_the_gallery_read_whole(odd: object, tmp_path: Path) -> None:
    gallery, _ = read_manifest(saved(tmp_path, [*rows(), odd]))

    assert isinstance(gallery.slides, tuple)
    assert len(gallery.slides) + len(gallery.unusable) == LAZY_FROM + 1


def test_proofreading_finds_what_reading_whole_finds(tmp_path: Path) -> None:
    slides = rows()
    slides[5]["duration"] = "long"
    slides[1999]["id"] = "n3"
    (tmp_path / "00000.jpg").touch()
    gallery, problems = read_manifest(saved(tmp_path, slides))
    assert isinstance(gallery.slides, JsonSlides)
    assert problems == []

    found = list(gallery.slides.validate())

    assert len(found) == LAZY_FROM // BATCH
    assert [(one.pointer, one.severity) for one in found[0]] == [("/slides/5/duration", "error")]
    assert [(one.pointer, one.severity) for one in found[-1]] == [("/slides/1999/id", "warning")]
    assert found[1:-1] == [[]] * (LAZY_FROM // BATCH - 2)
    assert gallery.slides[5].duration is None


def test_slides_are_recognized_by_names_without_being_read(tmp_path: Path) -> None:
    slides = rows()
    gallery, _ = read_manifest(saved(tmp_path, slides))

    assert identities_of(gallery.slides) == identities_of([Slide(row["file"], id=row["id"]) for row in slides])

    slides[3]["id"] = 4  # no id at all
    gallery, _ = read_manifest(saved(tmp_path, slides))
    names = identities_of(gallery.slides)
    assert (names.ids[2:5], names.files[2:4]) == (["n2", "", "n4"], ["00002.jpg", "00003.jpg"])


def test_slides_that_were_proofread_are_the_same_as_before(tmp_path: Path) -> None:
    path = saved(tmp_path, rows(LAZY_FROM + 7))
    packed, whole = read_manifest(path)[0].slides, read_manifest(path, thorough=True)[0].slides
    assert isinstance(packed, JsonSlides)

    reading = packed.validate()
    for _ in range(5):
        next(reading)
        assert (packed[3], packed[-1], packed[499], packed[500]) == (whole[3], whole[-1], whole[499], whole[500])
    list(reading)

    assert tuple(packed) == whole
    assert identities_of(packed) == identities_of(whole)
    assert packed == read_manifest(path)[0].slides
    assert packed != read_manifest(saved(tmp_path, rows()))[0].slides


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("tricky", [
    {"caption": 'she said: "}, {", and {"file": "no.jpg"}, {"file": "nor this.jpg"} in brackets' * 3},
    {"people": [{"name": "a"}, {"name": "b"}, {"file": "c.jpg"}, {"name": "d", "of": [{}, {}]}]},
    {"caption": "x" * 2 * CHUNK_BYTES},
    {"caption": "}, {" * CHUNK_BYTES},
])
def test_slides_are_told_apart_whatever_is_in_them(tricky: dict[str, Any], indent: int | None, tmp_path: Path) -> None:
    slides = [row | tricky if number % 9 == 0 else row for number, row in enumerate(rows())]
    path = tmp_path / "gallery.json"
    few = slides if len(str(tricky)) < CHUNK_BYTES else [*rows()[1:], slides[0]]
    path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": few}, indent=indent))

    large, whole = read_manifest(path)[0].slides, read_manifest(path, thorough=True)[0].slides

    assert tuple(large) == whole
    assert identities_of(large) == identities_of(whole)


def test_a_list_that_cannot_be_taken_apart_is_read_whole(tmp_path: Path) -> None:
    people = [{"name": "somebody"}] * 5 * CHUNK_BYTES

    gallery, _ = read_manifest(saved(tmp_path, [*rows(), {"file": "z.jpg", "people": people}, *rows(9)]))

    assert isinstance(gallery.slides, tuple)
    assert len(gallery.slides) == LAZY_FROM + 10


def test_packed_slides_are_the_same_as_before(tmp_path: Path) -> None:
    path = saved(tmp_path, rows(LAZY_FROM + 7))
    slides, whole = read_manifest(path)[0].slides, read_manifest(path, thorough=True)[0].slides
    assert isinstance(slides, JsonSlides)
    packing = slides.compress()
    next(packing)
    assert (slides[0], slides[-1], slides[500]) == (whole[0], whole[-1], whole[500])

    assert len(list(packing)) > 1
    assert tuple(slides) == whole
    assert identities_of(slides) == identities_of(whole)
