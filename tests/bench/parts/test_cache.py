from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.imaging.client.lru import ByteLru

if TYPE_CHECKING:
    from tests.bench.parts.conftest import Benchmark

ITEMS = 1000
COST = 7_000_000


def full_cache() -> ByteLru[str, int]:
    cache: ByteLru[str, int] = ByteLru(ITEMS * COST)
    for number in range(ITEMS):
        cache.put(f"/pictures/{number:05}.jpg", number, COST)
    return cache


def test_a_thousand_items_that_are_there_are_got(benchmark: Benchmark) -> None:
    cache, keys = full_cache(), [f"/pictures/{number:05}.jpg" for number in range(ITEMS)]

    assert benchmark(lambda: sum(cache.get(key) is not None for key in keys)) == ITEMS


def test_a_thousand_items_are_put_and_as_many_have_to_go(benchmark: Benchmark) -> None:
    cache, serial = full_cache(), iter(range(ITEMS, 1_000_000_000))

    def put() -> int:
        return sum(len(cache.put(f"/pictures/{next(serial):05}.jpg", 0, COST)) for _ in range(ITEMS))

    assert benchmark(put) == ITEMS
