"""What the stress test takes for a leak, and for what it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.torture.growth import RESOLVED, beyond
from tests.torture.outside import Seen

if TYPE_CHECKING:
    from collections.abc import Callable

_MARKS = 75
_BEFORE = 80 << 20


def measured(size: Callable[[int], int] = lambda _: _BEFORE, descriptors: Callable[[int], int] = lambda _: 18,
             threads: Callable[[int], int] = lambda _: 7, slides: int = 70_000) -> list[str]:
    """What is found beyond its number in as many marks as the full workload has."""
    return beyond("show", [n * slides // (_MARKS - 1) for n in range(_MARKS)],
                  [Seen(size(n), descriptors(n), threads(n)) for n in range(_MARKS)])


def test_a_process_that_takes_no_more_at_the_end_is_within_its_numbers() -> None:
    coming_and_going = (18, 22, 24, 18, 20)

    assert measured(lambda n: _BEFORE + (n % 5 << 20), lambda n: coming_and_going[n % 5], lambda n: 7 + n % 3) == []


def test_memory_that_grows_by_more_than_a_hundred_bytes_a_slide_is_beyond_its_number() -> None:
    assert measured(lambda n: _BEFORE + n * 99 * 70_000 // 74) == []
    assert measured(lambda n: _BEFORE + n * 110 * 70_000 // 74) == ["show: 110.0 bytes a slide"]


def test_over_few_slides_no_memory_is_a_leak_for_caches_are_being_filled() -> None:
    assert measured(lambda n: _BEFORE + n * 400_000, slides=RESOLVED - 1) == []


def test_sixteen_mebibytes_more_are_a_leak_however_many_slides_there_were() -> None:
    assert measured(lambda n: _BEFORE + n * 400_000, slides=400_000) == ["show: 19.1 MiB"]


def test_threads_and_descriptors_that_stay_with_every_fifth_event_are_beyond_their_number() -> None:
    assert measured(descriptors=lambda n: 18 + n // 5, threads=lambda n: 7 + n // 5) == [
        "show: 10 threads more", "show: 10 descriptors more"]


def test_too_few_measurements_tell_nothing() -> None:
    assert beyond("show", [1, 90_000], [Seen(1, 1, 1), Seen(1 << 30, 90, 90)]) == []
    assert beyond("show", [], []) == []
