"""How long a worker that died stays away."""

from __future__ import annotations

import pytest

from viewer.imaging.pool.backoff import Backoff


def test_rare_deaths_are_made_good_at_once() -> None:
    backoff = Backoff()

    assert [backoff.died(now) for now in range(0, 200, 20)] == [0.0] * 10


def test_workers_that_keep_dying_are_replaced_more_and_more_slowly_but_for_ever() -> None:
    backoff = Backoff()
    now, waits = 0.0, []
    for _ in range(15):
        waits.append(backoff.died(now))
        now += waits[-1]

    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]


def test_an_answer_ends_the_waiting() -> None:
    backoff = Backoff()
    for _ in range(8):
        backoff.died(0)
    backoff.answered()

    assert [backoff.died(1) for _ in range(5)] == [0, 0, 0, 0, 1]


def test_deaths_between_answers_are_made_good_at_once_however_many() -> None:
    backoff = Backoff()
    waits = []
    for now in range(50):
        waits += [backoff.died(now / 10), backoff.died(now / 10)]
        backoff.answered()

    assert waits == [0.0] * 100


@pytest.mark.parametrize(("fifth", "wait"), [(59.9, 1.0), (60.0, 0.0)])
def test_five_deaths_are_many_within_a_minute_and_few_over_a_whole_one(fifth: float, wait: float) -> None:
    backoff = Backoff()
    for now in (0.0, 30.0, 30.0, 30.0):
        backoff.died(now)

    assert backoff.died(fifth) == wait


def test_five_deaths_in_a_row_are_many_however_long_ago_the_ones_before_them_were() -> None:
    backoff = Backoff()
    backoff.died(0.0)

    assert [backoff.died(100.0) for _ in range(5)] == [0, 0, 0, 0, 1]


def test_once_workers_are_replaced_slowly_a_long_life_is_no_answer() -> None:
    backoff = Backoff()
    for _ in range(5):
        backoff.died(0.0)

    assert backoff.died(1000.0) == 2.0
