"""When slides may be shown."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from viewer.gallery.formats import manifest
from viewer.gallery.formats.json_slides import JsonSlides
from viewer.gallery.formats.manifest import parse_slide, read_manifest
from viewer.gallery.lazy_slides import LAZY_FROM, is_valid_at
from viewer.gallery.model import Slide
from viewer.gallery.validity import Validity, days_in, hours_in

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.problems import Reporter

NOON = dt.datetime(2026, 6, 6, 12)
PAST = {"until": "2026-06-05"}


@pytest.fixture
def lazily(tmp_path: Path) -> JsonSlides:
    """A large gallery whose first slides have all kinds of days; all others have expired."""
    first: list[Any] = [{}, {"valid": PAST}, {"valid": {"from": "2026-06-06"}}, {"valid": {"from": "2026-06-07"}},
                        {"valid": 5}, {"valid": None}, {"valid": {"until": "soon"}}, {"caption": '"valid"'}]
    slides = [{"file": f"{number}.jpg", **(first[number] if number < len(first) else {"valid": PAST})}
              for number in range(LAZY_FROM)]
    text = json.dumps({"format": "photo-manifest", "version": 1, "slides": slides})
    text = text.replace(f'"{LAZY_FROM - 1}.jpg", "valid"', f'"{LAZY_FROM - 1}.jpg", "v\\u0061lid"')
    (tmp_path / "gallery.json").write_text(text)
    gallery, _problems = read_manifest(tmp_path / "gallery.json")
    assert isinstance(gallery.slides, JsonSlides)
    return gallery.slides


def test_a_slide_is_shown_on_its_days(lazily: JsonSlides) -> None:
    for slides in (lazily, tuple(lazily)):
        assert [number for number in range(LAZY_FROM) if is_valid_at(slides, number, NOON)] == [0, 2, 4, 5, 6, 7]
        assert is_valid_at(slides, 3, dt.datetime(2026, 6, 7))


def test_slides_that_have_expired_are_not_parsed(lazily: JsonSlides, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[object] = []

    def parse(raw: object, folder: Path, reporter: Reporter) -> Slide | None:
        parsed.append(raw)
        return parse_slide(raw, folder, reporter)

    monkeypatch.setattr(manifest, "parse_slide", parse)
    list(lazily.compress())

    assert sum(is_valid_at(lazily, number, NOON) for number in range(LAZY_FROM)) == 6
    assert len(parsed) < 15


def test_without_slides_or_days_there_is_nothing_to_look_up() -> None:
    assert is_valid_at((Slide("a.jpg"),), 0, NOON)
    assert not is_valid_at((Slide("a.jpg", valid=Validity(until="2026-06-05")),), 0, NOON)


@pytest.mark.parametrize(("limits", "moment", "covered"), [
    ({"until": "2026-09-30"}, "2026-09-30T23:59:59", True),
    ({"until": "2026-09-30"}, "2026-10-01T00:00", False),
    ({"until": "2026-09-30T18:00"}, "2026-09-30T17:59", True),
    ({"until": "2026-09-30T18:00"}, "2026-09-30T18:00", False),
    ({"until": "2026-09-30T18:00:00Z"}, "2026-09-30T19:59:00+02:00", True),
    ({"until": "2026-09-30T18:00:00Z"}, "2026-09-30T20:00:00+02:00", False),
    ({"from_": "2026-05-01T10:00"}, "2026-05-01T09:59:59", False),
    ({"from_": "2026-05-01T10:00"}, "2026-05-01T10:00", True),
    ({"days": "Mo-Fr"}, "2026-06-05T12:00", True),
    ({"days": "Mo-Fr"}, "2026-06-06T12:00", False),
    ({"days": "Sa-Mo"}, "2026-06-07T12:00", True),
    ({"days": "Sa"}, "2026-06-06T00:00", True),
    ({"days": "Tu, Sa"}, "2026-06-06T12:00", True),
    ({"hours": "10:00-12:00"}, "2026-06-06T10:00", True),
    ({"hours": "10:00-12:00"}, "2026-06-06T12:00", False),
    ({"hours": "10:00-12:00, 14:00-24:00"}, "2026-06-06T23:59", True),
    ({"hours": "10:00-12:00"}, "2026-06-06T10:15", True),
    ({"hours": "22:00-02:00"}, "2026-06-06T21:59", False),
    ({"hours": "22:00-02:00"}, "2026-06-06T22:00", True),
    ({"hours": "22:00-02:00"}, "2026-06-06T23:59", True),
    ({"hours": "22:00-02:00"}, "2026-06-06T01:59", True),
    ({"hours": "22:00-02:00"}, "2026-06-06T02:00", False),
    ({"days": "Fr", "hours": "22:00-02:00"}, "2026-06-06T01:00", True),
    ({"days": "Sa", "hours": "22:00-02:00"}, "2026-06-06T01:00", False),
    ({"days": "Sa", "hours": "10:00-10:00"}, "2026-06-06T09:59", False),
    ({"days": "Sa", "hours": "10:00-10:00"}, "2026-06-06T12:00", True),
    ({"days": "Sa", "hours": "10:00-10:00"}, "2026-06-07T09:59", True),
    ({"until": "2026-06-05", "hours": "22:00-02:00"}, "2026-06-06T01:00", True),
    ({"from_": "2026-06-06", "hours": "22:00-02:00"}, "2026-06-06T01:00", False),
    ({"days": "whenever", "hours": "late"}, "2026-06-06T01:00", True),
])
def test_a_slide_is_shown_on_its_weekdays_and_at_its_hours(
    limits: dict[str, str], moment: str, covered: bool,
) -> None:
    assert Validity(**limits).covers(dt.datetime.fromisoformat(moment)) == covered


@pytest.mark.parametrize(("moment", "covered"), [("09:59:59+02:00", False), ("10:00+02:00", True)])
def test_a_time_without_an_offset_is_that_of_the_place(moment: str, covered: bool) -> None:
    limits = Validity(from_="2026-05-01T10:00", until="2026-05-01T10:01")

    assert limits.covers(dt.datetime.fromisoformat(f"2026-05-01T{moment}")) == covered


@pytest.mark.parametrize(("text", "days"), [
    ("Mo", {0}), ("mo - WE", {0, 1, 2}), ("Friday", {4}), ("Sa-Mo", {5, 6, 0}), ("Mo,Mo", {0}),
    ("", None), ("Mo-", None), ("Mo-Tu-We", None), ("Xy", None), ("Mo;Tu", None),
])
def test_days_are_named_by_two_letters_or_more(text: str, days: set[int] | None) -> None:
    assert days_in(text) == (None if days is None else frozenset(days))


@pytest.mark.parametrize(("text", "spans"), [
    ("9:00-17:30", ((540, 1050),)), ("09:00–24:00", ((540, 1440),)), ("22:00 - 02:00", ((1320, 120),)),
    ("", None), ("9-17", None), ("24:00-25:00", None), ("09:60-10:00", None), ("24:01-02:00", None), ("10:00", None),
])
def test_hours_are_times_of_24_hours(text: str, spans: tuple[tuple[int, int], ...] | None) -> None:
    assert hours_in(text) == spans


@pytest.mark.parametrize(("valid", "sentence"), [
    ({"days": "Mo-Xy"}, "“days” must be days of the week, not “Mo-Xy”, and is left out; write them like Mo-Fr, Su."),
    ({"hours": "9-17"},
     "“hours” must be hours, not “9-17”, and is left out; write them like 10:00-12:00, 14:00-18:00."),
])
def test_what_cannot_be_understood_is_reported_kept_and_no_limit(
    valid: dict[str, str], sentence: str, tmp_path: Path,
) -> None:
    manifest_file = tmp_path / "gallery.json"
    manifest_file.write_text(json.dumps(
        {"format": "photo-manifest", "version": 1, "slides": [{"file": "a.jpg", "valid": valid}]}))

    gallery, problems = read_manifest(manifest_file)

    assert [problem.sentence for problem in problems] == [f"Slide 1 (a.jpg): {sentence}"]
    assert [problem.pointer for problem in problems] == [f"/slides/0/valid/{next(iter(valid))}"]
    assert gallery.slides[0].extra["valid"] == valid


@pytest.mark.parametrize(("limits", "reason"), [
    ({}, ""), ({"until": "2026-06-06"}, ""), ({"days": "Sa", "hours": "10:00-13:00"}, ""),
    ({"from_": "2026-06-07"}, "It is not shown before 2026-06-07."),
    ({"from_": "2026-06-06T13:00"}, "It is not shown before 2026-06-06T13:00."),
    ({"until": "2026-06-05"}, "It is not shown after 2026-06-05."),
    ({"until": "2026-06-06T11:00"}, "It is not shown after 2026-06-06T11:00."),
    ({"days": "Mo-Fr"}, "It is shown only on Mo-Fr."), ({"hours": "13:00-14:00"}, "It is shown only at 13:00-14:00."),
    ({"days": "Sa", "hours": "13:00-14:00"}, "It is shown only on Sa at 13:00-14:00."),
])
def test_why_a_slide_is_not_shown_is_one_sentence(limits: dict[str, str], reason: str) -> None:
    assert Validity(**limits).why_not(NOON) == reason
