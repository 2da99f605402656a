"""How long a show that ended stays away."""

from __future__ import annotations

import pytest

from viewer.supervisor.backoff import Backoff
from viewer.supervisor.limits import Limits

LIMITS = Limits(first_wait=0.5, longest_wait=60, healthy=60)


def test_a_show_that_keeps_ending_is_started_more_and_more_slowly_but_for_ever() -> None:
    backoff = Backoff(LIMITS)

    assert [backoff.ended(3) for _ in range(10)] == [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert backoff.failures == 10


@pytest.mark.parametrize(("healthy_for", "wait", "failures"), [(59.9, 4, 4), (60, 0.5, 1), (86_400, 0.5, 1)])
def test_a_minute_on_the_screen_makes_good_what_was_before(healthy_for: float, wait: float, failures: int) -> None:
    backoff = Backoff(LIMITS)
    for _ in range(3):
        backoff.ended(0)

    assert backoff.ended(healthy_for) == wait
    assert backoff.failures == failures


def test_however_often_a_show_has_ended_the_wait_can_be_computed() -> None:
    backoff = Backoff(LIMITS._replace(longest_wait=1e12))
    backoff.failures = 1_000_000

    assert backoff.ended(0) == 0.5 * 2**30
