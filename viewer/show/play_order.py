"""The order of a show and the position in it: pure arithmetic, no step slower in 100,000 slides than in ten.

In order, a step is an addition. Shuffled, the show runs in cycles: each shows every slide once, in a Fisher-Yates
permutation that is drawn as far as it is needed, from the seed and the number of the cycle alone. The history of what
was seen lets Back go back, after jumps too. A slide somebody jumped to is not shown again in its cycle, and a new
cycle never begins with the slide that ended the old one.
"""

from __future__ import annotations

from itertools import chain, groupby, islice
from itertools import count as numbers
from random import Random
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Seed: TypeAlias = int | str

LONGEST_HISTORY: Final = 20_000
"""Slides of a shuffled show that are remembered; there is always half of it to go back, a day at ten seconds each."""


class PlayOrder:
    """`count` slides, one of them current: `position`, counted from 0; -1 where there are none.

    `loop` may be changed at any time: with it a step past an end goes on at the other one. `seed` is what the order is
    shuffled with, None means in order; the same seed and the same moves lead to the same slides, whatever was peeked at
    meanwhile.
    """

    def __init__(self, count: int, *, start: int = 0, loop: bool = True, shuffle_seed: Seed | None = None) -> None:
        self.loop = loop
        self._count = count
        self.position = min(max(start, 0), count - 1)
        self.shuffle(shuffle_seed)

    def shuffle(self, seed: Seed | None) -> None:
        """Shuffle with `seed` from here on, or go on in order. The current slide stays, and counts as shown."""
        self.seed = seed
        self._cycles = None if seed is None or self._count < 2 else _Cycles(self._count, seed)
        self._history: list[int] = []
        self._at = -1  # pragma: no mutate: the history is empty, and a visit sets it
        self._visit(self.position)

    def renumber(self, places: Sequence[int | None], count: int) -> None:
        """Go on with `count` slides, of which ``places[i]`` is the one that was i; None: it is gone.

        A slide that is gone gives way to the one in its place. A shuffled show remembers what this cycle has shown,
        and its history keeps what is left of it.
        """
        history, at, cycles = self._history, self._at, self._cycles
        here = places[self.position] if self._count else 0
        self._count = count
        self.position = min(self.position if here is None else here, count - 1)
        self.shuffle(self.seed)
        if cycles is not None and self._cycles is not None:
            back = _left([*(places[index] for index in history[:at]), self.position])
            ahead = _left([self.position, *(places[index] for index in history[at + 1:])])
            self._history, self._at = back + ahead[1:], len(back) - 1
            self._cycles.shown.update(_left(places[index] for index in cycles.shown))

    def step(self, steps: int = 1) -> bool:
        """Move by `steps`, backwards if negative, as far as there are slides. Says whether the slide is another one."""
        before = self.position
        if self._cycles is None:
            self.position = min(max(self._in_order(steps), 0), self._count - 1)
        elif steps < 0:  # pragma: no mutate: no steps lead nowhere either way
            self._at = max(self._at + steps, 0)
            self.position = self._history[self._at]
        else:
            for index in list(islice(self.ahead(), steps)):
                self.skip_to(1, index)
        return self.position != before

    def skip_to(self, steps: int, index: int) -> bool:
        """Go to `index`, which `ahead` has just named as `steps` away. Says whether the slide is another one.

        Slides in between count as shown in their cycle but do not enter the history: nobody has seen them.
        """
        before = self.position
        if self._cycles is not None and self._at + steps >= len(self._history):
            self._at = len(self._history) - 1  # pragma: no mutate: any place from there on keeps all of it
            if steps > 1:
                self._cycles.skip_to(index)
            self._visit(index)
        else:
            self._at += steps
            self.position = index
        return self.position != before

    def go(self, index: int) -> bool:
        """Jump to the slide `index`, or the nearest there is. Says whether the slide is another one."""
        index = min(max(index, 0), self._count - 1)
        if index == self.position:
            return False
        self._visit(index)
        return True

    def peek(self, steps: int) -> int | None:
        """The slide that `step(steps)` leads to, without going there; None where there is no such slide."""
        if self._cycles is None:
            target = self._in_order(steps)
            return target if 0 <= target < self._count else None
        place = self._at + steps
        if place < len(self._history):
            return self._history[place] if place >= 0 else None
        return next(islice(self.ahead(), steps - 1, None), None)

    def ahead(self) -> Iterator[int]:
        """The slides that one step leads to, two steps, three: without end if `loop`. Nothing may move meanwhile."""
        if self._cycles is not None:
            again = map(self._history.__getitem__, range(self._at + 1, len(self._history)))
            return chain(again, self._cycles.coming(self._history[-1], self.loop))
        if self.loop and self._count:
            return (place % self._count for place in numbers(self.position + 1))
        return iter(range(self.position + 1, self._count))

    def _in_order(self, steps: int) -> int:
        target = self.position + steps
        return target % self._count if self.loop and self._count else target

    def _visit(self, index: int) -> None:
        """Go to `index`, as the new end of the history."""
        self.position = index
        if self._cycles is None:
            return
        self._cycles.show(index)
        del self._history[self._at + 1:]
        if len(self._history) >= LONGEST_HISTORY:
            del self._history[:LONGEST_HISTORY // 2]
        self._history.append(index)
        self._at = len(self._history) - 1


class _Cycles:
    """What comes next in a shuffled show of two slides or more: by the seed, and what this cycle has shown so far."""

    def __init__(self, count: int, seed: Seed) -> None:
        self._count = count
        self._seed = seed
        self._cycle = 0
        self._place = 0  # in the cycle's order; all slides before it are shown
        self.shown: set[int] = set()
        self._orders: dict[int, _Order] = {}

    def show(self, index: int) -> None:
        """Count `index` as shown: as the first of a new cycle, if this one is over."""
        if len(self.shown) == self._count:
            self._begin_next()
        self.shown.add(index)

    def skip_to(self, index: int) -> None:
        """Count as shown what `coming` yields before `index`, in this cycle, or all of it and then in the next."""
        if index in self.shown:
            self._begin_next()
        slides = self._order(self._cycle).slides
        place = slides.index(index, self._place)  # pragma: no mutate: only saves time
        self.shown.update(slides[self._place:place])
        self._place = place

    def _begin_next(self) -> None:
        self._orders.pop(self._cycle, None)  # pragma: no mutate: only saves memory
        self._cycle, self._place, self.shown = self._cycle + 1, 0, set()

    def coming(self, last: int, loop: bool) -> Iterator[int]:
        """The slides to come after `last`: to the end of this cycle, and without end if `loop`."""
        order = self._order(self._cycle)
        while self._place < self._count and order[self._place] in self.shown:
            self._place += 1
        for place in range(self._place, self._count):  # pragma: no mutate: only saves time
            if order[place] not in self.shown:
                last = order[place]
                yield last
        for cycle in numbers(self._cycle + 1) if loop else ():
            order = self._order(cycle)
            head = (1, 0) if order[0] == last else (0, 1)
            for place in chain(head, range(2, self._count)):
                last = order[place]
                yield last

    def _order(self, cycle: int) -> _Order:
        if cycle not in self._orders:
            self._orders[cycle] = _Order(self._count, f"{self._seed}/{cycle}")
        return self._orders[cycle]


def _left(places: Iterable[int | None]) -> list[int]:
    """The slides that are still there, none twice in a row."""
    return [place for place, _ in groupby(place for place in places if place is not None)]


class _Order:
    """A Fisher-Yates permutation of `count` slides; `slides` is drawn up to the highest place that was asked for."""

    def __init__(self, count: int, seed: str) -> None:
        self.slides = list(range(count))
        self._drawn = 0
        self._random = Random(seed)

    def __getitem__(self, place: int) -> int:
        slides = self.slides
        while self._drawn <= place:
            other = self._random.randrange(self._drawn, len(slides))
            slides[self._drawn], slides[other] = slides[other], slides[self._drawn]
            self._drawn += 1
        return slides[place]
