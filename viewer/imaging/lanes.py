"""Whose turn it is: the lanes in their order, which depends on what is being waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set

    from viewer.imaging.protocol import Kind
    from viewer.imaging.wishes import Lane

LANES: Final[tuple[Lane, ...]] = ("glass", "animation", "passing", "ahead", "thumbnail")

SMALL: Final[frozenset[Lane]] = frozenset(["passing", "thumbnail"])
"""What is asked for here may be a thumbnail that there is already."""

GLASS_ALONE_MS: Final = 250
"""A first picture for the glass has the machine to itself for so long; then the other lanes go on beside it."""

_HURRIED: Final[tuple[Lane, ...]] = ("animation", "passing", "glass")


def turns(kinds: Set[Kind], *, passing: bool, glass_waits: bool) -> tuple[tuple[Lane, int | None], ...]:
    """The lanes, the most urgent first, and of how many of its wishes it is the turn (None: of all).

    `kinds` are at work. While pictures pass, each is wanted for a moment only: what is large would come when it has
    gone by. While the glass waits, thumbnails are what can be seen in the meantime. Otherwise what comes next goes
    first, but not to every worker: one is for the thumbnails in view, which would come a quarter of a second later.
    """
    if passing:
        return tuple((lane, None) for lane in _HURRIED)
    if glass_waits:
        return ("glass", None), ("animation", None), ("thumbnail", None), ("ahead", None)
    one_each: list[tuple[Lane, int | None]] = []
    if "picture" not in kinds:
        one_each.append(("ahead", 1))
    if "thumbnail" not in kinds:
        one_each.append(("thumbnail", 1))
    return ("glass", None), ("animation", None), *one_each, ("ahead", None), ("thumbnail", None)
