from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.ui.captions.auto_scroll import looking_share, top_line

EVEN = [*accumulate([1.0] * 20)]
SIX_OF_TWENTY = [6] * 15


def top_at(progress: float, looking: float = 0.2) -> int:
    return top_line(progress, looking, SIX_OF_TWENTY, EVEN)


def test_it_rests_at_the_top_while_the_picture_is_looked_at_and_the_first_half_is_read() -> None:
    assert {top_at(percent / 100) for percent in range(31)} == {0}


def test_then_it_moves_line_by_line() -> None:
    tops = [top_at(step / 1000) for step in range(1001)]

    assert sorted(tops) == tops
    assert set(tops) == set(range(15))


def test_it_rests_with_the_end_in_view_while_the_last_half_is_read() -> None:
    assert {top_at(percent / 100) for percent in range(88, 101)} == {14}


@given(st.lists(st.floats(0.1, 9), min_size=1, max_size=40), st.integers(1, 12), st.floats(0, 0.9), st.floats(0, 1))
def test_the_line_that_is_read_is_in_view(seconds: list[float], room: int, looking: float, progress: float) -> None:
    in_view = [min(room, len(seconds))] * max(len(seconds) - room + 1, 1)
    read_by = [*accumulate(seconds)]

    top = top_line(progress, looking, in_view, read_by)

    share = max(progress - looking, 0) / (1 - looking)
    reading = sum(end <= share * read_by[-1] for end in read_by)
    assert top <= min(reading, len(seconds) - 1) < top + in_view[top]


@pytest.mark.parametrize("text", ["", "Lift-off.", "many words " * 500])
def test_what_is_not_reading_time_is_for_the_picture(text: str) -> None:
    assert 0 < looking_share(text) <= 1
    assert looking_share(text + " more words") < looking_share(text)
