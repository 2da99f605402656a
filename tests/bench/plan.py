"""Which benchmarks there are, for whom, how often in a run, and about how long they take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tests.bench import keeping, paging, resting, starting, zooming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.bench.desk import Desk
    from tests.bench.program import Viewer


class Bench(NamedTuple):
    """A benchmark. `ours` and `peer` are about how many seconds it takes with Liftoff and with another program, 0 where
    only Liftoff can do it; `rounds` is how often Liftoff makes it in a run, the others once.
    """

    run: Callable[[Desk, Viewer], None]
    ours: float
    peer: float = 0
    rounds: int = 1


BENCHES: Final = {
    "start": Bench(starting.start, 13, 11, rounds=2),
    "window": Bench(starting.window, 7),
    "jump": Bench(starting.jump, 17, 4),
    "page": Bench(paging.page, 26, 14),
    "page-window": Bench(paging.page_window, 15),
    "hold": Bench(paging.hold, 13, 9),
    "hold-window": Bench(paging.hold_window, 13),
    "flat-out": Bench(paging.flat_out, 22, 23),
    "idle": Bench(resting.idle, 33, 7),
    "fade": Bench(resting.fade, 15),
    "thumbnails": Bench(resting.thumbnails, 6),
    "zoom": Bench(zooming.zoom, 25),
    "memory": Bench(keeping.memory, 55),
    "turns": Bench(resting.turns, 35),
    "steps": Bench(resting.steps, 4),
}


class Turn(NamedTuple):
    """One benchmark of one program, in the round `round`."""

    round: int
    name: str
    viewer: Viewer


def turns(names: Sequence[str], viewers: Sequence[Viewer], rounds: int) -> Iterator[Turn]:
    """What is done, in this order: programs alternate within a benchmark, and benchmarks within a round.

    `rounds` multiplies how often each is made. The first program is Liftoff, which alone can take part in everything.
    """
    most = rounds * max((BENCHES[name].rounds for name in names), default=0)
    for count in range(1, most + 1):
        for name in names:
            bench = BENCHES[name]
            if count <= bench.rounds * rounds:
                yield from (
                    Turn(count, name, viewer) for viewer in viewers
                    if viewer.is_ours or (bench.peer and count <= rounds and name not in viewer.cannot)
                )


def minutes(planned: Sequence[Turn]) -> float:
    """About how long that takes, the pictures having been made."""
    return sum(BENCHES[turn.name].ours if turn.viewer.is_ours else BENCHES[turn.name].peer for turn in planned) / 60
