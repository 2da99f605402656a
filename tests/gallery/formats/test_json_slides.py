from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from msgspec.structs import replace

from viewer.gallery.editing import save_texts
from viewer.gallery.formats.json_slides import PIECE_BYTES, JsonSlides, parse_lazily
from viewer.gallery.formats.manifest import read_manifest, write_manifest
from viewer.gallery.lazy_slides import BATCH, LAZY_FROM, identities_of
from viewer.gallery.model import Slide, own_texts

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.model import Problem


def rows(count: int = LAZY_FROM) -> list[dict[str, Any]]:
    return [{"file": f"{n:05}.jpg", "id": f"n{n}", "title": f"Picture {n}", "mood": n} for n in range(count)]


def saved(folder: Path, slides: list[Any]) -> Path:
    path = folder / "gallery.json"
    path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": slides}), encoding="utf-8")
    return path


def test_a_large_gallery_has_the_slides_that_parsing_it_at_once_gives(tmp_path: Path) -> None:
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


def lazily(slides: list[dict[str, Any]], indent: int | None = None) -> tuple[JsonSlides, list[int]]:
    """The same slides over their JSON text, and the indices of those that are parsed from now on."""
    parsed: list[int] = []

    def parse(raw: Any, index: int, _problems: list[Problem]) -> Slide:
        parsed.append(index)
        return msgspec.json.decode(raw, type=Slide)

    made = parse_lazily(msgspec.Raw(json.dumps(slides, indent=indent).encode()), parse)
    assert made is not None
    return made, parsed


def test_ids_and_files_are_found_without_parsing_the_slides() -> None:
    slides, parsed = lazily([*rows(), {"file": "z.jpg", "id": "\x01z"}])

    ids, files = identities_of(slides)

    assert (ids[7], ids[LAZY_FROM - 1], files[-1]) == ("n7", f"n{LAZY_FROM - 1}", "z.jpg")
    assert parsed == [LAZY_FROM], "only the one whose id is not plain"


@pytest.mark.parametrize("indent", [None, 2])
def test_of_a_replaced_slide_all_other_text_stays_as_it_is(indent: int | None) -> None:
    listed = [row | {"title": {"en": "}, {", "ru": "\\u0421"}} for row in rows()]
    listed[999] = listed[997] = {"file": "same.jpg"}
    slides, parsed = lazily(listed, indent)
    list(slides.compress())

    replaced = slides.replaced(999, b'{"file": "same.jpg", "title": "New"}')

    assert parsed == []
    before, after = b"".join(slides.text_parts()), b"".join(replaced.text_parts())
    assert before == json.dumps(listed, indent=indent).encode()
    new = after.index(b'{"file": "same.jpg", "title": "New"}')
    assert before[:new] == after[:new]
    assert before.endswith(after[new:].partition(b"New\"}")[2])
    assert [slide.title for slide in replaced[997:1000]] == ["", listed[998]["title"], "New"]


def test_an_edited_slide_of_a_large_gallery_is_saved_without_rewriting_the_others(tmp_path: Path) -> None:
    path = saved(tmp_path, rows())
    before = path.read_text()
    gallery, _ = read_manifest(path)

    edited, match = save_texts(gallery, 999, "en", own_texts(gallery.slides[999], "en")._replace(caption="New"))

    assert isinstance(edited.slides, JsonSlides)
    assert match.places is None
    again, _ = read_manifest(path)
    assert tuple(edited.slides) == tuple(again.slides)
    assert replace(edited, slides=again.slides) == again
    assert edited.slides[999].caption == "New"
    after = path.read_text()
    assert before[before.index('{"file": "01000'):-1].removesuffix("}") in after
    assert before[before.index('{"file": "00000'):before.index('{"file": "00999')] in after


@pytest.mark.parametrize("odd", [
    7, None, {}, {"file": ""}, {"file": " "}, {"file": 5}, {"file": "https://example.org/1.jpg"}, {"file": "../1.jpg"},
    {"file": "/1.jpg"}, {"file": "C:\\1.jpg"}, {"file": "a\\1.jpg"}, {"file": "1\n2.jpg"}, {"file": "\0"},
    {"file": "\ud800.jpg"}, {"file": "x" * 5000},
])
def test_one_file_that_is_not_plain_has_the_gallery_parsed_at_once(odd: object, tmp_path: Path) -> None:
    gallery, _ = read_manifest(saved(tmp_path, [*rows(), odd]))

    assert isinstance(gallery.slides, tuple)
    assert len(gallery.slides) + len(gallery.unusable) == LAZY_FROM + 1


def test_validating_finds_what_parsing_at_once_finds(tmp_path: Path) -> None:
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


def test_slides_are_identified_by_their_ids_and_files(tmp_path: Path) -> None:
    slides = rows()
    gallery, _ = read_manifest(saved(tmp_path, slides))

    assert identities_of(gallery.slides) == identities_of([Slide(row["file"], id=row["id"]) for row in slides])

    slides[3]["id"] = 4  # no id at all
    gallery, _ = read_manifest(saved(tmp_path, slides))
    names = identities_of(gallery.slides)
    assert (names.ids[2:5], names.files[2:4]) == (["n2", "", "n4"], ["00002.jpg", "00003.jpg"])


def test_slides_are_the_same_while_and_after_they_are_validated(tmp_path: Path) -> None:
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
    assert tuple(packed) == tuple(read_manifest(path)[0].slides)
    assert tuple(packed) != tuple(read_manifest(saved(tmp_path, rows()))[0].slides)


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("tricky", [
    {"caption": 'she said: "}, {", and {"file": "no.jpg"}, {"file": "nor this.jpg"} in brackets' * 3},
    {"people": [{"name": "a"}, {"name": "b"}, {"file": "c.jpg"}, {"name": "d", "of": [{}, {}]}]},
    {"caption": "x" * 2 * PIECE_BYTES},
    {"caption": "}, {" * PIECE_BYTES},
])
def test_slides_are_told_apart_whatever_is_in_them(tricky: dict[str, Any], indent: int | None, tmp_path: Path) -> None:
    slides = [row | tricky if number % 9 == 0 else row for number, row in enumerate(rows())]
    path = tmp_path / "gallery.json"
    few = slides if len(str(tricky)) < PIECE_BYTES else [*rows()[1:], slides[0]]
    path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": few}, indent=indent))

    large, whole = read_manifest(path)[0].slides, read_manifest(path, thorough=True)[0].slides

    assert tuple(large) == whole
    assert identities_of(large) == identities_of(whole)


def test_a_list_that_cannot_be_taken_apart_is_parsed_at_once(tmp_path: Path) -> None:
    people = [{"name": "somebody"}] * 5 * PIECE_BYTES

    gallery, _ = read_manifest(saved(tmp_path, [*rows(), {"file": "z.jpg", "people": people}, *rows(9)]))

    assert isinstance(gallery.slides, tuple)
    assert len(gallery.slides) == LAZY_FROM + 10


def test_compressed_slides_are_the_same_as_before(tmp_path: Path) -> None:
    path = saved(tmp_path, rows(LAZY_FROM + 7))
    slides, whole = read_manifest(path)[0].slides, read_manifest(path, thorough=True)[0].slides
    assert isinstance(slides, JsonSlides)
    packing = slides.compress()
    next(packing)
    assert (slides[0], slides[-1], slides[500]) == (whole[0], whole[-1], whole[500])

    assert len(list(packing)) > 1
    assert tuple(slides) == whole
    assert identities_of(slides) == identities_of(whole)
