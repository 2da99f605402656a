"""LRU cache with a budget in bytes instead of a number of items."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

K = TypeVar("K", bound="Hashable")
V = TypeVar("V")


class ByteLru(Generic[K, V]):
    """Evicts the least recently used items beyond `budget` bytes; `used` is the sum of the items' costs, in bytes.

    The newest item stays even where it alone exceeds the budget, so that what was just decoded can be shown.
    """

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.used = 0
        self._items: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value of `key`, which counts as a use of it; None where there is none."""
        item = self._items.get(key)
        if item is None:
            return None
        self._items.move_to_end(key)
        return item[0]

    def peek(self, key: K) -> V | None:
        """The value of `key` without counting as a use of it; None where there is none."""
        item = self._items.get(key)
        return None if item is None else item[0]

    def put(self, key: K, value: V, cost: int) -> tuple[K, ...]:
        """Keep `value`, which takes `cost` bytes, in place of an older one; returns the keys that were evicted."""
        if cost < 0:
            raise ValueError("a cost cannot be negative")
        self.discard(key)
        self._items[key] = (value, cost)
        self.used += cost
        return self._shrink()

    def discard(self, key: K) -> None:
        """Drop `key`, if it is held."""
        item = self._items.pop(key, None)
        if item is not None:
            self.used -= item[1]

    def set_budget(self, budget: int) -> tuple[K, ...]:
        """Use at most `budget` bytes from now on; returns the keys that were evicted."""
        self.budget = budget
        return self._shrink()

    def clear(self) -> None:
        """Drop everything."""
        self._items.clear()
        self.used = 0

    def _shrink(self) -> tuple[K, ...]:
        gone = []
        while self.used > self.budget and len(self._items) > 1:
            key, (_, cost) = self._items.popitem(last=False)  # pragma: no mutate: None is as good as False
            self.used -= cost
            gone.append(key)
        return tuple(gone)

    def __iter__(self) -> Iterator[K]:
        """The keys, the least recently used first."""
        return iter(tuple(self._items))
