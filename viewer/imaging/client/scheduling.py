"""Whose turn it is: the lanes in their order, which depends on what is being waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set

    from viewer.imaging.client.picture import Priority
    from viewer.imaging.protocol.messages import Kind

PRIORITIES: Final[tuple[Priority, ...]] = ("current", "animation", "preview", "prefetch", "thumbnail")

SMALL: Final[frozenset[Priority]] = frozenset(["preview", "thumbnail"])
"""What is asked for here may be a thumbnail that there is already."""

CURRENT_ALONE_MS: Final = 250
"""A first picture for the glass has the machine to itself for so long; then the other lanes go on beside it."""

_HURRIED: Final[tuple[Priority, ...]] = ("animation", "preview", "current")


def priority_order(kinds: Set[Kind], *, paging: bool, current_waits: bool) -> tuple[tuple[Priority, int | None], ...]:
    """The lanes, the most urgent first, and of how many of its wishes it is the turn (None: of all).

    `kinds` are at work. While pictures pass, each is wanted for a moment only: what is large would come when it has
    gone by. While the glass waits, thumbnails are what can be seen in the meantime. Otherwise what comes next goes
    first, but not to every worker: one is for the thumbnails in view, which would come a quarter of a second later.
    """
    if paging:
        return tuple((priority, None) for priority in _HURRIED)
    if current_waits:
        return ("current", None), ("animation", None), ("thumbnail", None), ("prefetch", None)
    one_each: list[tuple[Priority, int | None]] = []
    if "picture" not in kinds:
        one_each.append(("prefetch", 1))
    if "thumbnail" not in kinds:
        one_each.append(("thumbnail", 1))
    return ("current", None), ("animation", None), *one_each, ("prefetch", None), ("thumbnail", None)
