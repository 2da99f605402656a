"""The limits of one file: the same in the settings, on the page about them, and on the way to a worker."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from viewer.imaging.protocol.codec import read_request, write_request
from viewer.imaging.protocol.failures import LIMITED, SENTENCES
from viewer.imaging.protocol.limits import DEFAULT, HIGHEST, KEYS, LOWEST, Limits, limits_of, read_limits
from viewer.imaging.protocol.messages import ProtocolError, Request
from viewer.settings import BY_KEY, OPTIONS


def test_settings_that_nobody_has_touched_give_the_limits_that_hold_anyway() -> None:
    assert limits_of(lambda key: int(BY_KEY[key].default)) == DEFAULT


def test_nothing_can_be_set_that_a_worker_would_not_take() -> None:
    assert limits_of(lambda key: int(BY_KEY[key].low)) == LOWEST
    assert limits_of(lambda key: int(BY_KEY[key].high)) == HIGHEST


def test_all_limits_stand_on_a_page_of_the_preferences_of_their_own() -> None:
    assert [option.key for option in OPTIONS if option.group == "Limits"] == list(KEYS)


def test_the_page_about_limits_says_what_the_settings_say() -> None:
    page = (Path(__file__).parents[3] / "docs" / "limits.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(limits/[a-z-]+)` \|.*\| (\d+) \| (\d+) \| (\d+) \| [^|]+ \|$", page, re.MULTILINE)

    assert [key for key, *_ in rows] == list(KEYS)
    for key, default, low, high in rows:
        assert (int(default), int(low), int(high)) == (BY_KEY[key].default, BY_KEY[key].low, BY_KEY[key].high), key


@pytest.mark.parametrize("raw", [
    None, {}, [], list(DEFAULT)[:-1], [*DEFAULT, 1], [*DEFAULT[:-1], True], [*DEFAULT[:-1], 1.5], [*DEFAULT[:-1], -1],
    [HIGHEST.pixels + 1, *DEFAULT[1:]], [0, *DEFAULT[1:]], "150000000",
])
def test_limits_that_are_none_are_refused(raw: object) -> None:
    with pytest.raises(ValueError, match="limit"):
        read_limits(raw)


def test_a_request_with_limits_that_are_none_is_no_request() -> None:
    request = Request(1, "picture", "a.jpg", 10, 10, 400, limits=Limits(pixels=HIGHEST.pixels + 1))

    with pytest.raises(ProtocolError):
        read_request(write_request(request))


def test_each_limit_that_refuses_has_a_sentence_of_its_own_and_says_where_it_can_be_changed() -> None:
    sentences = {SENTENCES[reason] for reason in LIMITED}

    assert len(sentences) == 4
    assert all("limits in the preferences" in sentence for sentence in sentences)
