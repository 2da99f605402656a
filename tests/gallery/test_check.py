"""The problems that `liftoff check` finds, and its report."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.gallery.manifests import head
from viewer.gallery.check import advice, check, report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.gallery.model import Gallery

PICTURE = b"\x89PNG\r\n\x1a\n\x00"


def _problems(folder: Path, manifest: dict[str, Any]) -> list[tuple[str, str]]:
    (folder / "gallery.json").write_text(json.dumps(manifest))
    (folder / "a.jpg").write_bytes(PICTURE)
    return [(problem.pointer, problem.severity) for problem in check(folder / "gallery.json")[1]]


def test_a_gallery_in_order_gives_no_problem(tmp_path: Path) -> None:
    slide = {"file": "a.jpg", "alt": "A quay", "title": "The quay", "caption": "Stones.", "duration": 18,
             "sha256": hashlib.sha256(PICTURE).hexdigest().upper(), "_inventory": 7, "x-box": 1}

    assert _problems(tmp_path, head(slides=[slide], show={"transition": "crossfade"}) | {"$schema": "x"}) == []
    assert report(tmp_path / "gallery.json") == ("1 slide, 0 errors, 0 warnings", 0)


@pytest.mark.parametrize(("keys", "expected"), [
    ({"alt": ""}, ("/slides/0/alt", "warning")),
    ({"caption": "word " * 101}, ("/slides/0/caption", "warning")),
    ({"caption": {"en": "short", "de": "Wort " * 101}}, ("/slides/0/caption", "warning")),
    ({"caption": "word " * 50, "duration": 20}, ("/slides/0/duration", "warning")),
    ({"title": {"en": "word " * 50, "de": "Wort"}, "duration": 20}, ("/slides/0/duration", "warning")),
    ({"caption": {"en": "word", "de": "Wort " * 50}, "duration": 20}, ("/slides/0/duration", "warning")),
    ({"credit": {"en": "word", "de": "Wort " * 50}, "duration": 20}, ("/slides/0/duration", "warning")),
    ({"sha256": "0" * 64}, ("/slides/0/sha256", "error")),
    ({"file": "gone.jpg", "sha256": "0" * 64}, ("/slides/0/file", "error")),
    ({"file": "sub", "sha256": "0" * 64}, ("/slides/0/file", "error")),
    ({"file": "notes.txt"}, ("/slides/0/file", "warning")),
    ({"captoin": "x"}, ("/slides/0/captoin", "warning")),
    ({"zzzzzz": "x"}, ("/slides/0/zzzzzz", "warning")),
    ({"valid": {"form": "2026-05-01"}}, ("/slides/0/valid/form", "warning")),
])
def test_each_fault_of_a_slide_is_reported_once(
    tmp_path: Path, keys: dict[str, Any], expected: tuple[str, str],
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "notes.txt").write_bytes(PICTURE)
    found = _problems(tmp_path, head(slides=[{"file": "a.jpg", "alt": "A quay"} | keys]))

    assert found == [expected]


def test_the_faults_of_the_gallery_are_reported(tmp_path: Path) -> None:
    slides = [{"file": "a.jpg", "alt": "x"}, {"file": "./a.jpg", "alt": "x"}]

    assert _problems(tmp_path, head(slides=slides, titel="x", show={"intervall": 5, "transition": "wipe"})) == [
        ("/titel", "warning"), ("/show/intervall", "warning"), ("/show/transition", "warning"),
        ("/slides/1/file", "warning")]


def test_pointers_count_unusable_slides_too(tmp_path: Path) -> None:
    found = _problems(tmp_path, head(slides=[7, {"file": "a.jpg"}, 8, {"file": "a.jpg", "alt": "x"}]))

    assert found == [("/slides/0", "error"), ("/slides/2", "error"), ("/slides/1/alt", "warning"),
                     ("/slides/3/file", "warning")]


@pytest.mark.parametrize(("misspelt", "right"), [("captoin", "caption"), ("flie", "file")])
def test_a_misspelt_key_of_a_slide_is_answered_with_the_right_one(tmp_path: Path, misspelt: str, right: str) -> None:
    _problems(tmp_path, head(slides=[{"file": "a.jpg", "alt": "x", misspelt: "x"}]))

    sentences = [problem.sentence for problem in check(tmp_path / "gallery.json")[1]]
    assert sentences == [f"Slide 1 (a.jpg): there is no key “{misspelt}”; write “{right}” if that is meant."]


@pytest.mark.parametrize(("misspelt", "right"), [
    ("titel", "title"), ("fromat", "format"), ("versoin", "version"), ("sildes", "slides"),
])
def test_a_misspelt_key_of_the_gallery_is_answered_with_the_right_one(
    tmp_path: Path, misspelt: str, right: str,
) -> None:
    _problems(tmp_path, head(slides=[{"file": "a.jpg", "alt": "x"}], **{misspelt: "x"}))

    sentences = [problem.sentence for problem in check(tmp_path / "gallery.json")[1]]
    assert sentences == [f"The gallery: there is no key “{misspelt}”; write “{right}” if that is meant."]


@pytest.mark.parametrize(("name", "sentence"), [
    ("notes.txt", "the name does not end like a picture's; check that it is one."),
    ("harbour.2018.SVG", "by its name this is an SVG drawing, which Liftoff does not open. Save it as JPEG or PNG."),
])
def test_of_a_name_that_is_no_pictures_only_its_end_counts(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / name).write_bytes(PICTURE)
    _problems(tmp_path, head(slides=[{"file": name, "alt": "x"}]))

    assert [one.sentence for one in check(tmp_path / "gallery.json")[1]] == [f"Slide 1 ({name}): {sentence}"]


def test_a_file_that_may_not_be_read_cannot_be_summed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _problems(tmp_path, head(slides=[{"file": "a.jpg", "alt": "x", "sha256": "0" * 64}]))
    gallery = check(tmp_path / "gallery.json")[0]
    assert gallery is not None

    def refuse(*_arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    problems = advice(gallery)
    monkeypatch.undo()

    assert [problem.pointer for problem in problems] == ["/slides/0/sha256"]
    assert "permissions" in problems[0].sentence


def test_pictures_that_cannot_be_decoded_are_errors_and_each_file_is_decoded_once(tmp_path: Path) -> None:
    slides = [7, {"file": "a.jpg"}, {"file": "gone.jpg"}, {"file": "b.jpg"}, {"file": "a.jpg"}]
    _problems(tmp_path, head(slides=slides))
    (tmp_path / "b.jpg").write_bytes(PICTURE)
    asked: list[str] = []

    def decode(gallery: Gallery, paths: Sequence[str]) -> dict[str, str]:
        assert gallery.folder == tmp_path
        asked.extend(paths)
        return {str(tmp_path / "a.jpg"): "The picture is damaged."}

    problems = [(one.pointer, one.sentence) for one in check(tmp_path / "gallery.json", decode)[1]
                if one.severity == "error"]
    assert asked == [str(tmp_path / "a.jpg"), str(tmp_path / "b.jpg")]
    assert [pointer for pointer, _ in problems] == ["/slides/0", "/slides/2/file", "/slides/1/file", "/slides/4/file"]
    assert problems[2][1] == "Slide 2 (a.jpg): The picture is damaged."


def test_that_nothing_can_be_decoded_is_an_error_of_the_whole(tmp_path: Path) -> None:
    _problems(tmp_path, head(slides=[{"file": "a.jpg", "alt": "x"}]))

    text, status = report(tmp_path / "gallery.json", lambda _gallery, _paths: "No worker starts.")
    assert (text, status) == ("error: No worker starts.\n1 slide, 1 error, 0 warnings", 2)


def test_a_folder_that_may_not_be_entered_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "private").mkdir()
    stat = Path.stat

    def refuse(path: Path, **how: bool) -> os.stat_result:
        if path.parent.name == "private":
            raise PermissionError(13, "Permission denied")
        return stat(path, **how)

    (tmp_path / "gallery.json").write_text(json.dumps(head(slides=[{"file": "private/a.jpg", "alt": "x"}])))
    with monkeypatch.context() as refusing:
        refusing.setattr(Path, "stat", refuse)
        problems = check(tmp_path / "gallery.json")[1]

    assert [problem.pointer for problem in problems] == ["/slides/0/file"]
    assert f"the folder {tmp_path / 'private'} may not be entered; change its permissions." in problems[0].sentence


def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stat = Path.stat

    def refuse_stat(path: Path, **how: bool) -> os.stat_result:
        if path.parent == tmp_path:
            raise PermissionError(13, "Permission denied")
        return stat(path, **how)

    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as refusing:
        refusing.setattr(Path, "stat", refuse_stat)
        refusing.setattr(os, "scandir", refuse)
        problems = check(tmp_path)[1]

    assert [problem.sentence for problem in problems] == [
        f"The folder {tmp_path} cannot be opened: you may not read or write there; change the permissions."]


def test_a_folder_gets_no_warning_for_having_no_texts(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(PICTURE)

    assert check(tmp_path)[1] == []


def test_a_gallery_that_cannot_be_opened_is_an_error_and_no_traceback(tmp_path: Path) -> None:
    text, status = report(tmp_path / "gone.json")

    assert (text.count("\n"), status, check(tmp_path / "gone.json")[0]) == (1, 2, None)
    assert text.startswith("error: ")
    assert json.loads(report(tmp_path / "gone.json", as_json=True)[0])["slides"] == 0


def test_the_report_comes_as_lines_or_as_json(tmp_path: Path) -> None:
    _problems(tmp_path, head(slides=[{"file": "a.jpg", "alt": "x", "x\ny": 1}, {"file": "gone.jpg", "alt": "x"}]))

    text, status = report(tmp_path / "gallery.json")
    listed = json.loads(report(tmp_path / "gallery.json", as_json=True)[0])

    error, warning, totals = text.split("\n")
    assert error.startswith("error: /slides/1/file: Slide 2 (gone.jpg): there is no such file")
    assert warning.startswith("warning: /slides/0/x\N{REPLACEMENT CHARACTER}y: Slide 1 (a.jpg): there is no key")
    assert (totals, status) == ("2 slides, 1 error, 1 warning", 2)
    assert listed["slides"] == 2
    assert [(one["pointer"], one["severity"]) for one in listed["problems"]] == [
        ("/slides/1/file", "error"), ("/slides/0/x\ny", "warning")]
    assert f"{warning[:8]} /slides/0/x\N{REPLACEMENT CHARACTER}y: {listed['problems'][1]['sentence']}" == warning


@pytest.mark.parametrize(("slide", "status"), [({"alt": "x"}, 0), ({}, 1), ({"alt": 5}, 2)])
def test_the_status_is_that_of_the_worst_problem(tmp_path: Path, slide: dict[str, object], status: int) -> None:
    _problems(tmp_path, head(slides=[{"file": "a.jpg"} | slide]))

    assert report(tmp_path / "gallery.json")[1] == status


def test_a_name_that_is_too_long_for_the_disk_is_said_to_be_so(tmp_path: Path) -> None:
    gallery, problems = check((tmp_path / ("x" * 300), tmp_path / "y"))

    assert gallery is None
    assert [problem.severity for problem in problems] == ["error"]
    assert problems[0].sentence.count(".") >= 1


@pytest.mark.parametrize(("name", "content", "what"), [
    ("a.svg", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
    ("a.psd", b"8BPS\0\1" + bytes(60), "a Photoshop document"),
    ("a.TGA", bytes([0, 0, 2]) + bytes(60), "a Targa picture"),  # which has no signature
])
def test_a_file_in_a_format_that_is_not_opened_is_said_to_be_that(
    tmp_path: Path, name: str, content: bytes, what: str,
) -> None:
    (tmp_path / name).write_bytes(content)
    _problems(tmp_path, head(slides=[{"file": name, "alt": "x"}]))
    sentence = f"{what}, which Liftoff does not open. Save it as JPEG or PNG."

    assert report(tmp_path / name) == (
        f"error: {tmp_path / name} is {sentence}\n0 slides, 1 error, 0 warnings", 2)
    assert [one.sentence for one in check((tmp_path / name, tmp_path / "a.jpg"))[1]] == [
        f"{tmp_path / name} is {sentence}"]
    assert [one.sentence for one in check(tmp_path / "gallery.json")[1]] == [
        f"Slide 1 ({name}): by its name this is {sentence}"]


def test_of_a_file_that_is_in_error_no_more_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(b"<svg/>")
    _problems(tmp_path, head(slides=[{"file": "a.svg", "alt": "x"}]))
    problems = check(tmp_path / "gallery.json", lambda _gallery, paths: dict.fromkeys(paths, "This is a drawing."))[1]

    assert [problem.sentence for problem in problems] == ["Slide 1 (a.svg): This is a drawing."]


def _sentences(folder: Path, *slides: dict[str, Any], **keys: Any) -> list[str]:
    _problems(folder, head(slides=[{"file": "a.jpg", "alt": "A quay"} | slide for slide in slides], **keys))
    return [problem.sentence.removeprefix("Slide 1 (a.jpg): ") for problem in check(folder / "gallery.json")[1]]


@pytest.mark.parametrize(("keys", "sentence"), [
    ({"alt": ""}, "there is no “alt” text; describe the picture for people who cannot see it."),
    ({"caption": "word " * 101},
     "the caption has 101 words; shorten it to 100, which is what people read standing up."),
    ({"caption": {"en": "short", "de": "Wort " * 120}},
     "the caption has 120 words in “de”; shorten it to 100, which is what people read standing up."),
    ({"caption": "word " * 50, "duration": 20},
     "20 seconds are too short for reading the text; write 28 or “auto”."),
    ({"title": {"en": "word " * 50, "de": "Wort"}, "duration": 20.5},
     "20.5 seconds are too short for reading the text in “en”; write 28 or “auto”."),
    ({"sha256": "0" * 64}, "the file is not the one that was summed; copy it again, or write its new sum."),
    ({"zzzzzz": "x"}, "there is no key “zzzzzz”; correct it, or begin it with _ to keep it."),
    ({"valid": {"form": "2026-05-01"}}, "there is no key “form”; write “from” if that is meant."),
    ({"valid": {"untill": "2026-05-01"}}, "there is no key “untill”; write “until” if that is meant."),
])
def test_what_is_wrong_with_a_slide_is_said_with_what_to_do(
    tmp_path: Path, keys: dict[str, Any], sentence: str,
) -> None:
    assert _sentences(tmp_path, keys) == [sentence]


@pytest.mark.parametrize("keys", [
    {"caption": "word " * 100}, {"caption": "word " * 50, "duration": 28}, {"duration": 1}, {"duration": "auto"},
    {"caption": "word " * 50, "duration": "auto"}, {"_note": 1}, {"x-note": 1},
    {"valid": {"from": "2026-05-01", "until": "2026-06-01"}},
])
def test_what_is_just_in_order_is_not_complained_about(tmp_path: Path, keys: dict[str, Any]) -> None:
    assert _sentences(tmp_path, keys) == []


def test_a_duration_is_too_short_from_the_first_tenth_of_a_second(tmp_path: Path) -> None:
    assert _sentences(tmp_path, {"caption": "word " * 50, "duration": 27.9}) == [
        "27.9 seconds are too short for reading the text; write 28 or “auto”."]


def test_a_second_slide_with_the_same_picture_names_the_first(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()

    assert _sentences(tmp_path, {}, {"file": "sub/../a.jpg"}, {"file": "./a.jpg"}) == [
        "Slide 2 (sub/../a.jpg): slide 1 shows the same picture; leave one out if that is not meant.",
        "Slide 3 (./a.jpg): slide 1 shows the same picture; leave one out if that is not meant."]


def test_a_transition_that_does_not_exist_is_answered_with_those_that_do(tmp_path: Path) -> None:
    assert _sentences(tmp_path, {}, show={"transition": "wipe"}) == [
        "The gallery: there is no transition wipe; write crossfade or cut."]


@pytest.mark.parametrize(("errors", "warnings", "totals"), [
    (0, 0, "1 slide, 0 errors, 0 warnings"), (1, 0, "2 slides, 1 error, 0 warnings"),
    (2, 1, "4 slides, 2 errors, 1 warning"), (0, 2, "3 slides, 0 errors, 2 warnings"),
])
def test_errors_and_warnings_are_counted_apart(tmp_path: Path, errors: int, warnings: int, totals: str) -> None:
    for number in range(warnings):
        (tmp_path / f"w{number}.jpg").write_bytes(PICTURE)
    slides = [{"file": "a.jpg", "alt": "x"}, *({"file": f"gone{number}.jpg", "alt": "x"} for number in range(errors)),
              *({"file": f"w{number}.jpg"} for number in range(warnings))]
    _problems(tmp_path, head(slides=slides))

    assert report(tmp_path / "gallery.json")[0].splitlines()[-1] == totals


def test_json_is_indented_by_two_for_people_who_read_it(tmp_path: Path) -> None:
    _problems(tmp_path, head(slides=[{"file": "a.jpg", "alt": "x"}]))

    assert report(tmp_path / "gallery.json", as_json=True) == ('{\n  "problems": [],\n  "slides": 1\n}', 0)
