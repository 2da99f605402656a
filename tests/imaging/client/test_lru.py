"""The cache counted in bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.imaging.client.lru import ByteLru


def test_what_was_used_longest_ago_goes_first() -> None:
    cache: ByteLru[str, int] = ByteLru(30)
    for number, key in enumerate("abc"):
        assert cache.put(key, number, 10) == ()
    assert cache.get("a") == 0

    assert cache.put("d", 3, 10) == ("b",)
    assert list(cache) == ["c", "a", "d"]
    assert cache.used == 30


def test_peeking_is_not_a_use() -> None:
    cache: ByteLru[str, int] = ByteLru(20)
    cache.put("a", 1, 10)
    cache.put("b", 2, 10)
    assert cache.peek("a") == 1
    assert cache.peek("z") is None

    assert cache.put("c", 3, 10) == ("a",)


def test_an_item_larger_than_the_budget_is_kept_alone_until_the_next_one() -> None:
    cache: ByteLru[str, int] = ByteLru(30)
    cache.put("a", 1, 10)

    assert cache.put("huge", 2, 1000) == ("a",)
    assert cache.get("huge") == 2
    assert cache.put("b", 3, 10) == ("huge",)
    assert (list(cache), cache.used) == (["b"], 10)


def test_a_value_that_is_replaced_is_counted_once() -> None:
    cache: ByteLru[str, int] = ByteLru(30)
    cache.put("a", 1, 10)
    cache.put("a", 2, 20)

    assert (cache.get("a"), cache.used, list(cache)) == (2, 20, ["a"])


def test_a_smaller_budget_takes_effect_at_once() -> None:
    cache: ByteLru[str, int] = ByteLru(30)
    for key in "abc":
        cache.put(key, 0, 10)

    assert cache.set_budget(15) == ("a", "b")
    assert (cache.budget, cache.used) == (15, 10)


def test_a_forgotten_key_gives_its_room_back() -> None:
    cache: ByteLru[str, int] = ByteLru(30)
    cache.put("a", 0, 10)
    cache.discard("a")
    cache.discard("a")

    assert (cache.used, "a" in cache, cache.get("a")) == (0, False, None)


def test_clearing_gives_all_room_back() -> None:
    cache: ByteLru[str, int] = ByteLru(30)
    cache.put("a", 0, 10)
    cache.clear()

    assert (cache.used, list(cache)) == (0, [])


def test_a_negative_cost_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        ByteLru[str, int](30).put("a", 0, -1)


STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "get", "discard", "budget"]), st.integers(0, 5), st.integers(0, 60)),
    max_size=60,
)


@given(STEPS, st.integers(0, 100))
def test_whatever_happens_it_agrees_with_a_plain_list(steps: list[tuple[str, int, int]], budget: int) -> None:
    cache: ByteLru[int, int] = ByteLru(budget)
    model: list[tuple[int, int]] = []  # (key, cost), the longest unused first; the value is the cost
    for action, key, number in steps:
        held = [item for item in model if item[0] == key]
        others = [item for item in model if item[0] != key]
        gone: tuple[int, ...] = ()
        match action:
            case "put":
                gone = cache.put(key, number, number)
                model = [*others, (key, number)]
            case "get":
                assert cache.get(key) == (held[0][1] if held else None)
                model = others + held
            case "discard":
                cache.discard(key)
                model = others
            case _:
                budget = number
                gone = cache.set_budget(number)
        dropped = []
        while len(model) > 1 and sum(cost for _, cost in model) > budget:
            dropped.append(model.pop(0)[0])

        assert gone == tuple(dropped)
        assert list(cache) == [key for key, _ in model]
        assert cache.used == sum(cost for _, cost in model)
        assert cache.used <= budget or len(list(cache)) == 1
