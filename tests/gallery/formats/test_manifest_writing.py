"""Saving manifests: nothing is lost or half written, and reading gives what was saved."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.gallery.manifests import head, read
from tests.thorough import THOROUGH
from viewer.gallery.editing import with_texts
from viewer.gallery.formats.folder import read_folder
from viewer.gallery.formats.manifest import read_manifest, write_manifest
from viewer.gallery.model import Gallery, GalleryError, ShowDefaults, Slide
from viewer.gallery.validity import Validity

AWKWARD: list[dict[str, Any]] = [
    head(),
    head(title=None, summary="", lang="en", date=7, show={}, x={"y": [1, {"z": None}]}, version=1.5),
    head(show={"loop": True, "x": 1, "interval": "slow", "shuffle": None}),
    head(show=None),
    head(show=7),
    head(slides=[1, {"file": "a.jpg"}, None, [[]], {"file": "b.jpg", "id": "x"}, {"title": "lost"}]),
    head(slides=[{"duration": "ten", "title": {"ru": 5, "en": "Quay", "": "x"}, "file": "a.jpg", "caption": "",
                  "valid": {"x": 1, "from": "2026-05-01", "until": 7}, "focus": [0, 1], "sha256": "", "extra": {"a": 1},
                  "order": ["x"], "alt": {}, "rights": None, "notes": {"en": 5}}]),
    {"slides": []},
    {"extra": 1, "order": 2, "unusable": {"0": 1}, "writable": "yes", "folder": "x", "origin": 3, "slides": []},
]


@pytest.mark.parametrize("manifest", AWKWARD, ids=range(len(AWKWARD)))
def test_saving_keeps_every_key_and_value_in_its_place(tmp_path: Path, manifest: dict[str, Any]) -> None:
    gallery, _problems = read(tmp_path, manifest)

    write_manifest(gallery, tmp_path / "gallery.json")

    saved = json.loads((tmp_path / "gallery.json").read_text())
    assert manifest.items() <= ({"format": None, "version": None} | saved).items()
    assert [key for key in saved if key in manifest] == list(manifest)
    assert json.dumps(manifest["slides"], sort_keys=True) == json.dumps(saved["slides"], sort_keys=True)
    assert [list(slide) for slide in saved["slides"] if isinstance(slide, dict)] == [
        list(slide) for slide in manifest["slides"] if isinstance(slide, dict)]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=10)
    | st.sampled_from(["auto", "en", "2026-05-01", "photo-manifest", "a.jpg", "http://x/y", "..\\x.jpg", "0" * 64]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["file", "title", "caption", "duration", "focus", "valid", "from", "en", "ru", "id", "show",
                         "extra", "interval", "loop", "slides", "x"]) | st.text(max_size=3), inner, max_size=5),
    max_leaves=20,
)
SLIDES = st.lists(JSON_VALUES | st.fixed_dictionaries({"file": st.just("a.jpg") | JSON_VALUES}, optional=dict.fromkeys(
    ("title", "caption", "duration", "focus", "valid", "id", "sha256", "taken", "notes"), JSON_VALUES)), max_size=5)
MANIFESTS = JSON_VALUES | st.fixed_dictionaries(
    {"slides": SLIDES},
    optional={"format": st.just("photo-manifest"), "version": st.just(1) | JSON_VALUES}
    | dict.fromkeys(("title", "summary", "date", "lang", "show", "credit", "rights", "x", "extra"), JSON_VALUES))


def _is_readable(sentence: str) -> bool:
    """Whether all of it is seen, but for what joins letters and what keeps a name from turning the sentence round."""
    return re.sub("[\u200c\u200d\u2068\u2069]", "", sentence).isprintable()


@settings(deadline=None, max_examples=300 if THOROUGH else 75)
@given(MANIFESTS)
@example({"slides": [{"file": "a.jpg", "x": float("nan")}], "show": {"interval": float("inf")}})
@example({"slides": [{"file": "\udc80.jpg", "\ud800": "\ud800", "title": {"\ud800": "\ud800"}}]})
def test_whatever_json_holds_it_is_a_gallery_or_one_sentence_and_survives_saving(value: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "gallery.json")
        path.write_text(json.dumps(value))
        try:
            first, problems = read_manifest(path, thorough=True)
        except GalleryError as refusal:
            assert _is_readable(str(refusal))  # noqa: PT017 - either outcome is right, and both are looked at
            return

        assert all(_is_readable(problem.sentence) for problem in problems)
        entries = value["slides"] if isinstance(value, dict) else []
        assert len(first.slides) + len(first.unusable) == len(entries)

        write_manifest(first, path)
        json.loads(path.read_bytes(), parse_constant=pytest.fail)
        assert read_manifest(path)[0] == first


def test_the_saved_file_is_for_people(tmp_path: Path) -> None:
    gallery = Gallery(
        (Slide("a.jpg", id="a", title={"en": "Liftoff!", "ru": "Старт!"}, caption="long " * 30, duration="auto",
               focus=(0.5, 0.25), valid=Validity(until="2026-09-30")), Slide("b.jpg")),
        tmp_path, title="Launch", show=ShowDefaults(interval=20), extra={"list": ["x" * 60, {"y": "z" * 60}]})

    write_manifest(gallery, tmp_path / "gallery.json")

    expected = """{
  "format": "photo-manifest",
  "version": 1,
  "title": "Launch",
  "show": {"interval": 20},
  "slides": [
    {
      "file": "a.jpg",
      "id": "a",
      "title": {"en": "Liftoff!", "ru": "Старт!"},
      "caption": "LONG",
      "duration": "auto",
      "focus": [0.5, 0.25],
      "valid": {"until": "2026-09-30"}
    },
    {"file": "b.jpg"}
  ],
  "list": [
    "XXX",
    {"y": "ZZZ"}
  ]
}
"""
    for short, long in (("LONG", "long " * 30), ("XXX", "x" * 60), ("ZZZ", "z" * 60)):
        expected = expected.replace(short, long)
    assert (tmp_path / "gallery.json").read_text() == expected


def test_an_edited_caption_is_saved_beside_what_could_not_be_used(tmp_path: Path) -> None:
    gallery, _problems = read(tmp_path, head(slides=[{"title": {"ru": 5, "en": "Quay"}, "file": "a.jpg"}]))

    write_manifest(with_texts(gallery, 0, {"title": "The quay", "caption": "New"}, "en"), tmp_path / "gallery.json")

    assert json.loads((tmp_path / "gallery.json").read_text())["slides"] == [
        {"title": {"en": "The quay", "ru": 5}, "file": "a.jpg", "caption": "New"}]


def test_names_that_are_not_unicode_can_be_saved(tmp_path: Path) -> None:
    name = b"caf\xe9\n1.jpg"
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).touch()
    except OSError:
        pytest.skip("this file system takes Unicode only")
    gallery, _problems = read_folder(tmp_path)

    write_manifest(gallery, tmp_path / "gallery.json")

    again, problems = read_manifest(tmp_path / "gallery.json")
    assert ([os.fsencode(slide.file) for slide in again.slides], problems) == ([name], [])


def test_a_gallery_saved_elsewhere_still_finds_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    gallery, _problems = read(tmp_path, head(slides=[{"file": "x/a.jpg"}, {"file": "/abs/b.jpg"}]))

    write_manifest(gallery, tmp_path / "sub" / "copy.json")

    again, _problems = read_manifest(tmp_path / "sub" / "copy.json")
    assert [slide.file for slide in again.slides] == ["../x/a.jpg", "/abs/b.jpg"]


def test_a_gallery_saved_on_another_drive_names_its_pictures_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    gallery, _problems = read(tmp_path, head())
    (tmp_path / "sub").mkdir()

    def refuse(*_arguments: object) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(os.path, "relpath", refuse)
    write_manifest(gallery, tmp_path / "sub" / "copy.json")
    monkeypatch.undo()

    assert read_manifest(tmp_path / "sub" / "copy.json")[0].slides[0].file == str(tmp_path / "a.jpg")


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_saving_keeps_the_mode_and_a_symbolic_link(tmp_path: Path) -> None:
    gallery, _problems = read(tmp_path, head())
    real, link = tmp_path / "gallery.json", tmp_path / "link.json"
    real.chmod(0o640)
    link.symlink_to(real)

    write_manifest(msgspec.structs.replace(gallery, title="New"), link)

    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert read_manifest(real)[0].title == "New"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gallery.json", "link.json"]


@pytest.mark.parametrize(("number", "words"), [
    (errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "permissions"),
    (errno.EIO, "system says “"),
])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_save_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, words: str,
) -> None:
    gallery, _problems = read(tmp_path, head(title="Old"))
    before = (tmp_path / "gallery.json").read_bytes()

    def fail(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(GalleryError, match=words):
        write_manifest(msgspec.structs.replace(gallery, title="New"), tmp_path / "gallery.json")
    monkeypatch.undo()

    assert [path.name for path in tmp_path.iterdir()] == ["gallery.json"]
    assert (tmp_path / "gallery.json").read_bytes() == before


@pytest.mark.parametrize("name", ["gone/gallery.json", "a\0b.json"])
def test_where_nothing_can_be_saved_that_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(GalleryError, match="could not be saved"):
        write_manifest(Gallery((), tmp_path), tmp_path / name)
