"""Reading manifests: whatever is wrong with a value or a slide costs no other."""

from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING, Any

import pytest

from tests.gallery.manifests import head, read, read_slide, read_text
from viewer.gallery.files import LARGEST_GALLERY
from viewer.gallery.formats.manifest import read_manifest
from viewer.gallery.lazy_slides import LAZY_FROM
from viewer.gallery.model import GalleryError, ShowDefaults
from viewer.gallery.open import open_source
from viewer.gallery.validity import Validity

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.model import Problem

HEAD = '{"format": "photo-manifest", "version": 1, "slides": '
NO_TEXTS: list[Any] = [7, 1.5, False, ["a"]]
NO_LINES: list[Any] = [7, True, [], {"en": "x"}]
NO_DURATIONS: list[Any] = [0, -1, True, "ten", "18", [], {}, -1e308]
NO_POINTS: list[Any] = [0.5, [0.5], [0.5, 0.5, 0.5], [2, 0], [-0.1, 0], ["0", "0"], [True, False], {}]
NO_FILES: list[Any] = [
    None, 7, [], "", "  ", "a\0.jpg", "x" * 5000, "\ud800.jpg", "http://host/a.jpg", "HTTPS://host/a.jpg",
    "file:///a.jpg", "file:a.jpg", "data:image/png;base64,AAAA", "javascript:alert(1)", "smb://host/a.jpg",
    "qrc:/a.png", " http://host/a.jpg",
]

NO_RATINGS: list[Any] = [0, 6, -1, 4.5, "4", True, [4], {}]
NO_KEYWORDS: list[Any] = ["harbour", 7, {"en": "harbour"}, ["harbour", 7], [["harbour"]], True]

GOOD = {
    "file": "photos/harbour.jpg", "id": "harbour-01", "title": {"en": "The old quay", "ru": "Старый причал"},
    "caption": "Seen from the north.\nSpring tide.", "alt": "A stone quay", "credit": "Port Archive", "rights": "CC0",
    "source": "Box 7", "taken": "circa 1905", "duration": 18, "focus": [0.5, 1], "notes": "Scanned twice",
    "valid": {"from": "2026-05-01", "until": "2026-09-30T18:00:00Z"}, "sha256": "0f" * 32,
    "keywords": ["harbour", "old ships"], "rating": 4,
}


def _pointers(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.severity) for problem in problems]


def test_every_key_of_a_good_manifest_is_read_without_problems(tmp_path: Path) -> None:
    show = {"interval": "auto", "transition": "cut", "loop": True, "shuffle": False}
    keys = {"title": "Harbour", "summary": {"en": "Ships"}, "date": "2026", "credit": "Us", "rights": "CC0",
            "lang": "en-GB", "show": show}

    gallery, problems = read(tmp_path, head(slides=[GOOD], **keys))

    slide = gallery.slides[0]
    assert problems == []
    assert {key: getattr(gallery, key) for key in keys if key != "show"} == {
        key: value for key, value in keys.items() if key != "show"}
    assert (gallery.show.interval, gallery.show.transition, gallery.show.loop, gallery.show.shuffle) == (
        "auto", "cut", True, False)
    others = GOOD.keys() - {"focus", "valid", "keywords"}
    assert {key: getattr(slide, key) for key in others} == {key: GOOD[key] for key in others}
    assert slide.keywords == ("harbour", "old ships")
    assert (slide.focus, slide.valid) == ((0.5, 1), Validity("2026-05-01", "2026-09-30T18:00:00Z"))
    assert (gallery.origin, gallery.folder, gallery.writable) == (tmp_path / "gallery.json", tmp_path, True)
    assert gallery.path(slide) == tmp_path / "photos" / "harbour.jpg"


@pytest.mark.parametrize(("text", "complaint"), [
    (b"", "is empty"),
    (b" \n\t ", "is empty"),
    (b"hello", "not valid JSON"),
    (b'{"slides": [{"file": "a.jpg"},\n  {"file" "b.jpg"}]}', "line 2, column 11"),
    (b"[]", "one JSON object"),
    (b"NaN", "one JSON object"),
    (b'"\\ud800"', "one JSON object"),
    (b"{}", "no list of"),
    (b'{"slides": NaN}', "no list of"),
    (json.dumps(head(slides={"file": "a.jpg"})).encode(), "no list of"),
    (json.dumps(head(format="data-package")).encode(), "its “format” is “data-package”"),
    (json.dumps(head(format=["photo-manifest"])).encode(), "its “format” is a list"),
    (json.dumps(head(version=2)).encode(), "version is the number 2"),
    (json.dumps(head(version="2.1")).encode(), "version is “2.1”"),
    (json.dumps(head(version=True)).encode(), "version is true"),
    (json.dumps(head(version={})).encode(), "version is a group of keys"),
    (b'{"format": "photo-manifest", "version": 1e400, "slides": []}', "version is “1e400”"),
    (b'{"slides": ' + b"[" * 100_000, "nested too deeply"),
    (b"[" * 1000, "one JSON object"),
])
def test_a_manifest_with_nothing_to_show_is_refused_in_one_sentence(
    tmp_path: Path, text: bytes, complaint: str,
) -> None:
    with pytest.raises(GalleryError) as refusal:
        read_text(tmp_path, text)

    sentence = str(refusal.value)
    assert complaint in sentence
    assert "gallery.json" in sentence
    assert sentence.endswith(".")
    assert sentence.isprintable()


@pytest.mark.parametrize("unit", [b"[", b'{"a":', b"[[],", b'{"slides":['])
def test_64_mebibytes_of_brackets_are_refused_without_a_traceback(tmp_path: Path, unit: bytes) -> None:
    start = b'{"format": "photo-manifest", "version": 1, "slides": '
    text = (start + unit * (LARGEST_GALLERY // len(unit)))[:LARGEST_GALLERY]

    with pytest.raises(GalleryError, match="nested too deeply"):
        read_text(tmp_path, text)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "gallery.json"
    with path.open("wb") as file:
        file.truncate(LARGEST_GALLERY + 1)

    with pytest.raises(GalleryError, match="larger than 64 MiB"):
        read_manifest(path)


@pytest.mark.parametrize("encode", [
    lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.encode("utf-16"),
    lambda text: text.encode("utf-16-le"),
    lambda text: text.encode("utf-16-be"),
    lambda text: text.encode("utf-32"),
    lambda text: text.encode("cp1252"),
], ids=["bom", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows"])
def test_manifests_in_other_encodings_are_read_and_all_but_a_mark_is_said(tmp_path: Path, encode: Any) -> None:
    data = encode(json.dumps(head(title="Café – 1905"), ensure_ascii=False))

    gallery, problems = read_text(tmp_path, data)

    assert gallery.title == "Café – 1905"
    assert [problem.pointer for problem in problems] == ([] if data.startswith(b"\xef") else [""])
    assert all("save it as UTF-8" in problem.sentence for problem in problems)


@pytest.mark.parametrize("before", range(4))
def test_a_text_of_megabytes_is_read_as_it_is(tmp_path: Path, before: int) -> None:
    title = "x" * before + "Старт 🚀 発射 " * 60_000
    gallery, problems = read_text(tmp_path, json.dumps(head(title=title), ensure_ascii=False).encode())

    assert gallery.title == title
    assert problems == []


def test_a_stray_byte_after_megabytes_is_said(tmp_path: Path) -> None:
    text = json.dumps(head(title="Старт" * 300_000, date="caf?"), ensure_ascii=False).encode()

    gallery, problems = read_text(tmp_path, text.replace(b"caf?", b"caf\xe9"))

    assert gallery.date == "café"
    assert _pointers(problems) == [("", "warning")]


def test_a_stray_byte_does_not_spoil_the_other_texts(tmp_path: Path) -> None:
    gallery, problems = read_text(tmp_path, json.dumps(head(title="Старт", date="caf?"), ensure_ascii=False).encode()
                                  .replace(b"caf?", b"caf\xe9"))

    assert (gallery.title, gallery.date) == ("Старт", "café")
    assert _pointers(problems) == [("", "warning")]


@pytest.mark.parametrize(("version", "pointer"), [(1.0, None), (1.7, None), ("1", "/version"), ("1.2", "/version")])
def test_minor_versions_are_read(tmp_path: Path, version: object, pointer: str | None) -> None:
    gallery, problems = read(tmp_path, head(version=version))

    assert len(gallery.slides) == 1
    assert _pointers(problems) == ([(pointer, "warning")] if pointer else [])


def test_a_manifest_that_does_not_say_what_it_is_plays_with_warnings(tmp_path: Path) -> None:
    gallery, problems = read(tmp_path, {"slides": [{"file": "a.jpg"}], "format": None})

    assert len(gallery.slides) == 1
    assert _pointers(problems) == [("", "warning"), ("", "warning")]


def test_an_empty_list_is_a_gallery_without_slides_and_a_problem(tmp_path: Path) -> None:
    gallery, problems = read(tmp_path, head(slides=[]))

    assert gallery.slides == ()
    assert _pointers(problems) == [("/slides", "warning")]


@pytest.mark.parametrize(("key", "value"), [
    *[(key, value) for key in ("id", "taken") for value in NO_LINES],
    *[(key, value) for key in ("title", "caption", "alt", "credit", "rights", "source", "notes") for value in NO_TEXTS],
    *[("duration", value) for value in NO_DURATIONS],
    *[("focus", value) for value in NO_POINTS],
    ("valid", "2026"), ("valid", 7), ("valid", []), ("sha256", "abc"), ("sha256", 7), ("sha256", "zz" * 32),
    *[("rating", value) for value in NO_RATINGS],
    *[("keywords", value) for value in NO_KEYWORDS],
])
def test_a_bad_value_is_left_out_and_kept_for_saving_and_the_slide_plays(
    tmp_path: Path, key: str, value: object,
) -> None:
    gallery, problems = read_slide(tmp_path, title="A", **{key: value}) if key != "title" else read_slide(
        tmp_path, caption="A", title=value)

    slide = gallery.slides[0]
    assert slide.file == "a.jpg"
    assert "A" in (slide.title, slide.caption)
    assert getattr(slide, key) == type(slide)("a.jpg").__getattribute__(key)
    assert slide.extra == {key: value}
    assert _pointers(problems) == [(f"/slides/0/{key}", "error")]
    assert problems[0].sentence.startswith(f"Slide 1 (a.jpg): “{key}” must be ")


@pytest.mark.parametrize(("key", "value"), [
    ("title", 5), ("summary", []), ("date", 2018), ("credit", True), ("rights", 1.5), ("lang", "English language"),
    ("lang", 5), ("show", "fast"), ("show", []),
])
def test_a_bad_value_of_the_gallery_is_left_out_and_kept_for_saving(tmp_path: Path, key: str, value: object) -> None:
    gallery, problems = read(tmp_path, head(**{key: value}))

    assert getattr(gallery, key) == (ShowDefaults() if key == "show" else "")
    assert gallery.extra == {key: value}
    assert _pointers(problems) == [(f"/{key}", "error")]


@pytest.mark.parametrize(("key", "value"), [
    ("interval", -1), ("interval", "slow"), ("transition", 5), ("loop", "yes"), ("loop", 1), ("shuffle", None),
])
def test_a_bad_setting_of_the_show_is_left_to_the_user_s_settings(tmp_path: Path, key: str, value: object) -> None:
    gallery, problems = read(tmp_path, head(show={key: value}))

    assert getattr(gallery.show, key) is None
    assert gallery.show.extra == {key: value}
    assert _pointers(problems) == ([] if value is None else [(f"/show/{key}", "error")])


@pytest.mark.parametrize(("slide", "pointer"), [
    (7, "/slides/1"), (None, "/slides/1"), ("b.jpg", "/slides/1"), ([], "/slides/1"), ({}, "/slides/1"),
    ({"title": "No file"}, "/slides/1"),
    *[({"file": file}, "/slides/1/file") for file in NO_FILES],
])
def test_a_slide_without_a_usable_file_costs_no_other(tmp_path: Path, slide: object, pointer: str) -> None:
    gallery, problems = read(tmp_path, head(slides=[{"file": "a.jpg"}, slide, {"file": "c.jpg"}]))

    assert [found.file for found in gallery.slides] == ["a.jpg", "c.jpg"]
    assert gallery.unusable == {1: slide}
    assert _pointers(problems) == [(pointer, "error")]
    assert problems[0].sentence.startswith("Slide 2: ")
    assert problems[0].sentence.isprintable()


@pytest.mark.parametrize("file", ["/photos/a.jpg", "../a.jpg", "x/../../a.jpg", "..", "C:\\photos\\a.jpg", "C:a.jpg"])
def test_paths_out_of_the_folder_work_and_are_flagged(tmp_path: Path, file: str) -> None:
    gallery, problems = read_slide(tmp_path, file=file)

    assert len(gallery.slides) == 1
    assert {problem.severity for problem in problems} == {"warning"}
    assert problems[-1].pointer == "/slides/0/file"


@pytest.mark.parametrize("file", [
    "a..b.jpg", "x/../a.jpg", "Expo: 1.jpg", "2018-06-06T11:12.jpg", "line\nbreak.jpg", "файл.jpg", "a%20b.jpg",
    ".hidden/a.jpg", "~/a.jpg",
])
def test_odd_but_good_names_are_taken_as_they_are(tmp_path: Path, file: str) -> None:
    gallery, problems = read_slide(tmp_path, file=file)

    assert (gallery.slides[0].file, problems) == (file, [])


@pytest.mark.skipif(os.sep != "/", reason="a backslash is a separator there")
def test_backslashes_separate_folders_unless_a_file_is_called_so(tmp_path: Path) -> None:
    gallery, problems = read_slide(tmp_path, file="photos\\a.jpg")
    (tmp_path / "photos\\a.jpg").touch()
    again, silence = read_slide(tmp_path, file="photos\\a.jpg")

    assert (gallery.slides[0].file, again.slides[0].file) == ("photos/a.jpg", "photos\\a.jpg")
    assert (_pointers(problems), silence) == ([("/slides/0/file", "warning")], [])


def test_a_name_that_is_not_unicode_comes_through_json(tmp_path: Path) -> None:
    gallery, problems = read_text(tmp_path, json.dumps(head(slides=[{"file": os.fsdecode(b"\xff.jpg")}])))

    assert (gallery.slides[0].file, problems) == (os.fsdecode(b"\xff.jpg"), [])


def test_pointers_are_escaped(tmp_path: Path) -> None:
    _gallery, problems = read_slide(tmp_path, title={"a/b~c": "x", "": "y"})

    assert _pointers(problems) == [("/slides/0/title/a~1b~0c", "warning"), ("/slides/0/title/", "warning")]


def test_a_language_map_loses_only_its_bad_wordings(tmp_path: Path) -> None:
    gallery, problems = read_slide(tmp_path, title={"en": "Quay", "ru": 5, "de": None, "fr": ["Le", "quai"]})

    slide = gallery.slides[0]
    assert slide.title == {"en": "Quay", "fr": "Le\nquai"}
    assert slide.extra == {"title": {"ru": 5, "de": None}}
    assert _pointers(problems) == [("/slides/0/title/ru", "error"), ("/slides/0/title/fr", "warning")]


def test_validity_keeps_what_it_cannot_use(tmp_path: Path) -> None:
    gallery, problems = read_slide(tmp_path, valid={"from": "tomorrow", "until": "", "why": "loan", "x": None})

    slide = gallery.slides[0]
    assert slide.valid == Validity()
    assert slide.extra == {"valid": {"from": "tomorrow", "why": "loan", "x": None}}
    assert _pointers(problems) == [("/slides/0/valid/from", "error")]


def test_a_validity_that_ends_before_it_begins_is_said(tmp_path: Path) -> None:
    _gallery, problems = read_slide(tmp_path, valid={"from": "2026-05-02", "until": "2026-05-01"})

    assert _pointers(problems) == [("/slides/0/valid", "error")]


@pytest.mark.parametrize(("written", "used"), [
    ("86400", 86400), ("86401", 86400), ("9999999999999", 86400), ("1e308", 86400), ("9" * 60, 86400),
    ("0.001", 0.001), ('"auto"', "auto"),
])
def test_a_duration_is_never_longer_than_a_day(tmp_path: Path, written: str, used: object) -> None:
    gallery, problems = read_text(
        tmp_path, HEAD + f'[{{"file": "a.jpg", "duration": {written}}}]}}')

    assert gallery.slides[0].duration == used
    clamped = used == 86400 and written != "86400"
    assert _pointers(problems) == ([("/slides/0/duration", "warning")] if clamped else [])


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 5000, "-" + "9" * 5000])
def test_numbers_that_are_none_cost_their_own_key_only(tmp_path: Path, number: str) -> None:
    gallery, problems = read_text(tmp_path, HEAD + (
        f'[{{"file": "a.jpg", "duration": {number}, "x": {number}}}, {{"file": "b.jpg", "duration": 5}}]}}'))

    assert [slide.duration for slide in gallery.slides] == [None, 5]
    assert gallery.slides[0].extra == {"duration": number, "x": number}
    assert _pointers(problems) == [("/slides/0/duration", "error")]


@pytest.mark.parametrize(("written", "used", "warned"), [
    (r"a\ud800b", "a\N{REPLACEMENT CHARACTER}b", True), (r"a\u0000b\u001b[31m\u009b", "ab[31m", True),
    ("a\x07b", "ab", True), ("a\nb\tc", "a\nb\tc", False), (r"a\r\nb\rc", "a\nb\nc", False),
    (r"\ud83d\ude80", "\N{ROCKET}", False), ("\u202eabc", "\u202eabc", False),
])
def test_texts_hold_nothing_that_cannot_be_shown(tmp_path: Path, written: str, used: str, warned: bool) -> None:
    gallery, problems = read_text(
        tmp_path, HEAD + f'[{{"file": "a.jpg", "title": "{written}"}}]}}')

    assert gallery.slides[0].title == used
    assert _pointers(problems) == ([("/slides/0/title", "warning")] if warned else [])


def test_ids_hold_nothing_that_cannot_be_shown(tmp_path: Path) -> None:
    gallery, problems = read_slide(tmp_path, id="a\x00b")

    assert (gallery.slides[0].id, _pointers(problems)) == ("ab", [("/slides/0/id", "warning")])


def test_ids_that_stand_twice_are_said_and_both_slides_play(tmp_path: Path) -> None:
    gallery, problems = read(tmp_path, head(slides=[{"file": "a.jpg", "id": "x"}, {"file": "b.jpg", "id": "x"},
                                                    {"file": "c.jpg"}, {"file": "d.jpg"}]))

    assert [slide.id for slide in gallery.slides] == ["x", "x", "", ""]
    assert _pointers(problems) == [("/slides/1/id", "warning")]


def test_of_keys_that_stand_twice_the_last_counts_and_a_thorough_look_finds_them(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    text = ('{"format": "photo-manifest", "version": 1, "slides": '
            '[{"file": "b.jpg", "file": "a.jpg", "valid": {"from": "", "from": ""}}]}')

    gallery, silence = read_text(tmp_path, text)
    _gallery, problems = read_text(tmp_path, text, thorough=True)

    assert (gallery.slides[0].file, silence) == ("a.jpg", [])
    assert _pointers(problems) == [("/slides/0/from", "warning"), ("/slides/0/file", "warning")]


@pytest.mark.parametrize("where", ["key", "slide"])
def test_a_value_nested_very_deep_is_not_kept_and_that_is_said(tmp_path: Path, where: str) -> None:
    deep: Any = 1
    for _ in range(150):
        deep = [deep]

    gallery, problems = read(tmp_path, head(slides=[{"file": "a.jpg", "x": deep}] if where == "key" else [deep]))

    assert [slide.extra for slide in gallery.slides] == ([{}] if where == "key" else [])
    assert ("/slides/0/x" if where == "key" else "/slides/0", "error") in _pointers(problems)


@pytest.mark.parametrize("thorough", [False, True])
@pytest.mark.parametrize("count", [1, LAZY_FROM])
@pytest.mark.parametrize("depth", [960, 9_900, 40_000])
def test_what_is_nested_too_deep_for_the_parser_costs_its_value_or_is_refused(
    tmp_path: Path, depth: int, count: int, *, thorough: bool,
) -> None:
    """How deep it goes depends on the Python: 3.11 refuses most of these files, 3.14 none."""
    deep = "[" * depth + "]" * depth
    text = json.dumps(head(slides=[*[{"file": "a.jpg"}] * (count - 1), {"file": "b.jpg", "x": 0}, {"file": "c.jpg"}]))

    refusal = ""
    try:
        gallery, problems = read_text(tmp_path, text.replace(": 0}", f": {deep}}}"), thorough=thorough)
    except GalleryError as error:
        refusal = str(error)

    assert not refusal or "nested too deeply" in refusal
    if not refusal:
        assert [(slide.file, slide.extra) for slide in gallery.slides][-2:] == [("b.jpg", {}), ("c.jpg", {})]
        assert _pointers(problems) == [(f"/slides/{count - 1}/x", "error")]


def test_missing_and_impossible_files_are_seen_when_looked_for_and_kept(tmp_path: Path) -> None:
    (tmp_path / "IMG_1.JPG").write_bytes(b"x")
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "folder.jpg").mkdir()
    os.mkfifo(tmp_path / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(tmp_path / "socket.jpg"))
    files = ["IMG_1.JPG", "img_1.jpg", "IMG_2.JPG", "gone/a.jpg", "empty.jpg", "folder.jpg", "pipe.jpg", "socket.jpg",
             "/dev/null", "IMG_1.JPG/x.jpg", "x" * 300]
    manifest = head(slides=[{"file": file} for file in files])

    silent, nothing = read(tmp_path, manifest)
    gallery, problems, _, _subfolders = open_source(tmp_path / "gallery.json", thorough=True)

    assert [slide.file for slide in gallery.slides] == files
    assert silent.slides == gallery.slides
    assert [problem.pointer for problem in nothing] == ["/slides/8/file"]
    said = {int(problem.pointer.split("/")[2]): problem.sentence for problem in problems if problem.severity == "error"}
    expected = {1: "one called IMG_1.JPG", 2: "one called IMG_1.JPG", 3: "put it there", 4: "is empty", 5: "a folder",
                6: "a pipe", 7: "a socket", 8: "a device", 9: "cannot be looked at", 10: "too long"}
    assert said.keys() == expected.keys()
    assert [words for index, words in expected.items() if words not in said[index]] == []


def test_a_manifest_that_is_no_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(tmp_path / "socket.json"))
    (tmp_path / "loop.json").symlink_to("loop.json")
    for name, words in (("loop.json", "in a circle"), ("pipe.json", "a pipe"), ("socket.json", "a socket"),
                        ("/dev/zero", "a device"), (".", "a folder"), ("gone.json", "no such file"),
                        ("x" * 300, "too long"), ("a\0b", "null")):
        with pytest.raises(GalleryError, match=words):
            read_manifest(tmp_path / name)


def test_a_pipe_that_takes_the_files_place_at_the_last_moment_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    os.mkfifo(tmp_path / "pipe")
    pipe = (tmp_path / "pipe").stat()
    (tmp_path / "gallery.json").write_text(json.dumps(head()))

    monkeypatch.setattr(os, "fstat", lambda _descriptor: pipe)

    with pytest.raises(GalleryError, match="a pipe"):
        read_manifest(tmp_path / "gallery.json")


def test_a_hundred_thousand_slides_are_all_read(tmp_path: Path) -> None:
    slides: list[object] = [{"file": f"{index}.jpg", "title": "T", "duration": 18} for index in range(100_000)]
    slides[5000] = {"file": "broken.jpg", "duration": "ten"}
    slides[70_000] = None

    gallery, problems = read(tmp_path, head(slides=slides))

    assert len(gallery.slides) == 99_999
    assert _pointers(problems) == [("/slides/5000/duration", "error"), ("/slides/70000", "error")]
