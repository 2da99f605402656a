from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.pictures import numbered
from viewer.kiosk.config import HoursConfig, KioskConfig
from viewer.kiosk.shown_at import TimeError, moment_of, report_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KIOSK = KioskConfig(hours=HoursConfig("Mo-Fr 09:00-18:00; PH off", "DE", "Europe/Berlin"))
OPEN, CLOSED = "2026-12-24T17:59", "2026-12-24T18:00"


@pytest.fixture
def gallery(tmp_path: Path) -> Callable[..., Path]:
    def write(*slides: Any, **keys: Any) -> Path:
        for number in range(1, 7):
            numbered(tmp_path / f"{number}.jpg", number, (60, 40))
        path = tmp_path / "gallery.json"
        path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": slides, **keys}))
        return path

    return write


def told(path: Path, when: str, config: KioskConfig | None = None) -> tuple[list[str], int]:
    text, status = report_at(path, moment_of(when, config), config)
    return text.replace("\N{NO-BREAK SPACE}", " ").split("\n"), status


def test_what_is_shown_is_listed_in_order_and_what_is_left_out_with_the_reason(gallery: Callable[..., Path]) -> None:
    path = gallery(
        {"file": "1.jpg", "title": "Always"},
        {"file": "2.jpg", "title": "Autumn", "valid": {"until": "2026-11-30"}},
        {"file": "3.jpg", "valid": {"from": "2026-12-01"}, "duration": 7},
        {"file": "4.jpg", "title": {"en": "Spring"}, "valid": {"from": "2027-03-01"}},
        {"file": "gone.jpg", "title": "Gone"},
        {"title": "No file"},
        {"file": "5.jpg", "title": "Weekend", "valid": {"days": "Sa-Su"}},
        {"file": "6.jpg", "title": "Morning", "valid": {"days": "Mo-Fr", "hours": "09:00-12:00"}},
        show={"interval": 12},
    )
    lines, status = told(path, OPEN)
    assert lines[:5] == ["Thursday 24 December 2026, 17:59", "1  Always, 12 s", "3  3.jpg, 7 s", "Left out:",
                         "2  Autumn: It is not shown after 2026-11-30."]
    assert lines[5] == "4  Spring: It is not shown before 2027-03-01."
    assert lines[6].startswith("5  Gone: ")
    assert "there is no such file" in lines[6]
    assert lines[7].startswith("6  Slide 6: ")
    assert lines[8:] == ["7  Weekend: It is shown only on Sa-Su.",
                         "8  Morning: It is shown only on Mo-Fr at 09:00-12:00.", "2 of 8 slides, 0:00:19 in all"]
    assert status == 0


def test_a_closed_screen_shows_nothing_and_says_until_when(gallery: Callable[..., Path]) -> None:
    path = gallery({"file": "1.jpg"})
    assert told(path, CLOSED, KIOSK) == ([
        "Thursday 24 December 2026, 18:00",
        "The screen is closed then, until Monday 28 December 2026, 09:00: nothing is shown."], 1)
    lines, status = told(path, OPEN, KIOSK)
    assert lines[1] == "The screen is open then, until Thursday 24 December 2026, 18:00."
    assert (lines[2].startswith("1  1.jpg, "), status) == (True, 0)


def test_hours_are_those_of_the_place(gallery: Callable[..., Path]) -> None:
    path = gallery({"file": "1.jpg"})
    assert told(path, "2026-12-24T16:59Z", KIOSK)[1] == 0
    lines, status = told(path, "2026-12-24T17:00Z", KIOSK)
    assert (lines[0], status) == ("Thursday 24 December 2026, 18:00", 1)


def test_hours_by_what_is_not_known_are_said(gallery: Callable[..., Path]) -> None:
    lines, status = told(gallery({"file": "1.jpg"}), OPEN, KioskConfig(hours=HoursConfig("24/7; PH off")))
    assert "hours.country" in lines[1]
    assert status == 0


def test_a_kiosk_shows_nothing_from_elsewhere_and_goes_by_its_own_options(
    gallery: Callable[..., Path], tmp_path: Path,
) -> None:
    path = gallery({"file": "../7.jpg", "title": "Elsewhere"}, {"file": "1.jpg"}, show={"interval": 12})
    numbered(tmp_path.parent / "7.jpg", 7, (60, 40))
    assert told(path, OPEN)[0][1] == "1  Elsewhere, 12 s"
    lines, _ = told(path, OPEN, KioskConfig(options={"show/interval": 5}))
    assert lines[2] == "2  1.jpg, 5 s"
    assert lines[4].startswith("1  Slide 1 (7.jpg): the picture lies outside")


def test_by_hand_and_at_random_are_said(gallery: Callable[..., Path]) -> None:
    lines, _ = told(gallery({"file": "1.jpg"}, show={"interval": 0, "shuffle": True}), OPEN)
    assert lines[1:] == ["1  1.jpg, by hand", "1 of 1 slides, 0:00:00 in all, in random order"]


def test_where_no_slide_is_valid_the_show_stays(gallery: Callable[..., Path]) -> None:
    lines, status = told(gallery({"file": "1.jpg", "valid": {"until": "2020-01-01"}}), OPEN)
    assert lines[1] == "No slide may be shown then: the show stays at the one it has."
    assert status == 1


def test_programs_are_told_the_same(gallery: Callable[..., Path]) -> None:
    path = gallery({"file": "1.jpg", "id": "a", "title": "A", "duration": 8},
                   {"file": "2.jpg", "id": "b", "valid": {"until": "2020-01-01"}})

    def data(when: str) -> Any:
        return json.loads(report_at(path, moment_of(when, KIOSK), KIOSK, as_json=True)[0])

    left_out = [{"number": 2, "id": "b", "file": "2.jpg", "title": "2.jpg",
                 "reason": "It is not shown after 2020-01-01."}]
    assert data(OPEN) == {
        "at": "2026-12-24T17:59:00+01:00", "open": True, "until": "2026-12-24T18:00:00+01:00", "problem": "",
        "shown": [{"number": 1, "id": "a", "file": "1.jpg", "title": "A", "seconds": 8}], "left_out": left_out}
    assert data(CLOSED) == {"at": "2026-12-24T18:00:00+01:00", "open": False, "until": "2026-12-28T09:00:00+01:00",
                            "problem": "", "shown": [], "left_out": left_out}


def test_programs_are_told_of_a_show_without_hours(gallery: Callable[..., Path]) -> None:
    path, moment = gallery({"file": "1.jpg"}), moment_of("2026-12-24T18:00Z", None)
    for config in (None, KioskConfig()):
        told_now = json.loads(report_at(path, moment, config, as_json=True)[0])
        assert (told_now["open"], told_now["until"], told_now["problem"]) == (True, None, "")


def test_hours_that_are_not_understood_close_nothing_and_are_said(gallery: Callable[..., Path]) -> None:
    path, config = gallery({"file": "1.jpg"}), KioskConfig(hours=HoursConfig("whenever"))
    lines, status = told(path, OPEN, config)
    assert lines[1].startswith("“hours.open” is not kept: ")
    assert lines[2] == "The screen is open then, for ever."
    assert status == 0
    data = json.loads(report_at(path, moment_of(OPEN, config), config, as_json=True)[0])
    assert (data["open"], data["until"], data["problem"]) == (True, None, lines[1])


def test_a_screen_that_never_closes_is_open_for_ever(gallery: Callable[..., Path]) -> None:
    lines, _ = told(gallery({"file": "1.jpg"}), OPEN, KioskConfig(hours=HoursConfig("24/7")))
    assert lines[1] == "The screen is open then, for ever."


def test_titles_and_the_time_to_read_are_those_of_the_kiosk_s_language(gallery: Callable[..., Path]) -> None:
    path = gallery({"file": "1.jpg", "title": {"en": "Quay", "de": "Kai"},
                    "caption": {"en": "At dawn.", "de": "Am frühen Morgen. " * 20}})
    english, german = (told(path, OPEN, KioskConfig(options={"caption/language": one}))[0][2] for one in ("en", "de"))
    assert english.startswith("1  Quay, ")
    assert german.startswith("1  Kai, ")
    assert english.split(", ")[1] != german.split(", ")[1]


def test_a_kiosk_shows_texts_to_their_end_and_a_window_does_not(gallery: Callable[..., Path]) -> None:
    path = gallery({"file": "1.jpg", "caption": "A long story. " * 500})

    def seconds(config: KioskConfig | None) -> float:
        (one,) = json.loads(report_at(path, moment_of(OPEN, config), config, as_json=True)[0])["shown"]
        return float(one["seconds"])

    assert seconds(KioskConfig()) > seconds(None)


def test_a_kiosk_may_show_slides_at_random(gallery: Callable[..., Path]) -> None:
    config = KioskConfig(options={"show/shuffle": True})
    assert told(gallery({"file": "1.jpg"}), OPEN, config)[0][-1].endswith(", in random order")


def test_seconds_are_told_to_a_tenth(gallery: Callable[..., Path]) -> None:
    path = gallery({"file": "1.jpg", "duration": 7.33}, {"title": "No file"})
    data = json.loads(report_at(path, moment_of(OPEN, None), None, as_json=True)[0])
    assert data["shown"][0]["seconds"] == 7.3
    long = gallery({"file": "1.jpg", "duration": 3000})
    assert '\n      "seconds": 3000.0' in report_at(long, moment_of(OPEN, None), None, as_json=True)[0]
    assert {**data["left_out"][0], "reason": ""} == {"number": 2, "id": "", "file": "", "title": "", "reason": ""}


def test_a_gallery_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    moment = moment_of(OPEN, None)
    text, status = report_at(tmp_path / "gone.json", moment, None)
    assert (text.count("\n"), status) == (0, 2)
    data = {"at": moment.isoformat(), "error": text}
    assert report_at(tmp_path / "gone.json", moment, None, as_json=True)[0] == json.dumps(data, indent=2)


@pytest.mark.parametrize("text", ["", "soon", "2026-12-24", "18:00", "2026-13-24T18:00", "2026-12-24T25:00", "\0",
                                  "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "2026-12-24T18:00 and more"])
def test_what_is_no_time_is_one_sentence(text: str) -> None:
    for config in (None, KIOSK):
        with pytest.raises(TimeError, match="give day and time, as in 2026-12-24T18:00") as raised:
            moment_of(text, config)
        assert "\n" not in str(raised.value)


def test_a_time_without_an_offset_is_that_of_the_place() -> None:
    assert moment_of("2026-12-24 18:00", KIOSK).isoformat() == "2026-12-24T18:00:00+01:00"
    assert moment_of("2026-07-24T18:00", KIOSK).isoformat() == "2026-07-24T18:00:00+02:00"
    assert moment_of("2026-12-24T18:00", None) == dt.datetime(2026, 12, 24, 18).astimezone()
