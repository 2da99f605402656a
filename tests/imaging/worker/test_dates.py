"""Dates of metadata as ISO 8601."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.imaging.worker.dates import fullest, iso_date


@pytest.mark.parametrize(("written", "wanted"), [
    ("2018:06:06 17:12:41", "2018-06-06T17:12:41"), ("2018-06-06T17:12:41.25+05:00", "2018-06-06T17:12:41+05:00"),
    ("2018-06-06T17:12Z", "2018-06-06T17:12Z"), ("2018:06:06 17:12:41-0330", "2018-06-06T17:12:41-03:30"),
    ("2003:08:27", "2003-08-27"), ("1943", "1943"), ("1943-05", "1943-05"),
    (" 2018:06:06 17:12:41\0 ", "2018-06-06T17:12:41"),
    ("2000-02-29", "2000-02-29"), ("2018-06-06T17:12:41 +05:00", "2018-06-06T17:12:41+05:00"),
    ("2018:06:06 24:00:00", "2018-06-06"), ("2018:06:06 17:60:00", "2018-06-06"), ("2018:06:06   :  :  ", "2018-06-06"),
    ("2018:06:06 17", "2018-06-06"), ("2018-06-06T17:12:41+99:00", "2018-06-06T17:12:41"),
])
def test_a_date_of_any_form_becomes_iso_8601(written: str, wanted: str) -> None:
    assert iso_date(written) == wanted


@pytest.mark.parametrize("written", [
    "", "yesterday", "0000:00:00 00:00:00", "    :  :     :  :  ", "2018:00:00", "2018:13:01", "2018:02:30",
    "2018:06:31", "1900:02:29", "2019-02-29T10:00:00", "2018:06:00", "0001-01-01T00:00:00", "20180606", "2018-6-6",
    "12.5.1943", "٢٠١٨", "2018-06-06-07", "-2018",
])
def test_what_no_calendar_has_is_no_date(written: str) -> None:
    assert iso_date(written) == ""


@pytest.mark.parametrize(("offset", "wanted"), [
    ("+05:00", "+05:00"), ("-0330", "-03:30"), ("Z", "Z"), ("", ""), ("   :  ", ""), ("+5", ""),
    ("05:00", ""), ("+15:00", ""),
])
def test_an_offset_follows_a_time_that_has_no_zone(offset: str, wanted: str) -> None:
    assert iso_date("2018:06:06 17:12:41", offset) == f"2018-06-06T17:12:41{wanted}"
    assert iso_date("2018:06:06 17:12:41Z", offset) == "2018-06-06T17:12:41Z"
    assert iso_date("2018:06:06", offset) == "2018-06-06"


def test_the_fullest_of_several_dates_is_taken_and_of_equals_the_first() -> None:
    assert fullest(["2018", "2018-06-06T17:12", "2018-06-06"]) == "2018-06-06T17:12"
    assert fullest(["2018-06-06", "2018-06-07"]) == "2018-06-06"
    assert fullest(["2018-06-06T17:12", "2018-06-06T17:12:00"]) == "2018-06-06T17:12"
    assert fullest(["2018-06-06T17:12", "2018-06-06T17:12:41", "2018-06-06T17:12Z"]) == "2018-06-06T17:12Z"
    assert fullest([]) == fullest([""]) == ""


@given(st.text("0123456789:-+TZ. \0", max_size=30), st.text("+-0123456789: ", max_size=7))
def test_whatever_stands_there_is_a_date_of_the_calendar_or_none(written: str, offset: str) -> None:
    found = iso_date(written, offset)

    if len(found) >= 10:
        datetime.fromisoformat(found)
    assert iso_date(found) == found
