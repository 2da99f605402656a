"""Order of the priorities, which depends on what is being waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set

    from viewer.imaging.client.picture import Priority
    from viewer.imaging.protocol.messages import Kind

PRIORITIES: Final[tuple[Priority, ...]] = ("current", "animation", "preview", "prefetch", "thumbnail")

SMALL: Final[frozenset[Priority]] = frozenset(["preview", "thumbnail"])
"""Priorities whose requests an existing thumbnail may answer."""

CURRENT_ALONE_MS: Final = 250
"""Milliseconds that a picture for the current slide has the machine to itself; then the others go on beside it."""


def priority_order(kinds: Set[Kind], *, paging: bool, current_waits: bool) -> tuple[tuple[Priority, int | None], ...]:
    """The priorities, most urgent first, each with how many of its requests may be sent in turn (None: all).

    `kinds` are being decoded. While a key is held (`paging`) each slide is wanted for a moment only, and a large
    picture would come too late. While the current slide waits, thumbnails are what can be shown meanwhile. Otherwise
    the neighbours go first, but leave one worker to the visible thumbnails, which would else wait for a quarter of a
    second.
    """
    if paging:
        return ("animation", None), ("preview", None), ("current", None)
    if current_waits:
        return ("current", None), ("animation", None), ("thumbnail", None), ("prefetch", None)
    one_each: list[tuple[Priority, int | None]] = []
    if "picture" not in kinds:
        one_each.append(("prefetch", 1))
    if "thumbnail" not in kinds:
        one_each.append(("thumbnail", 1))
    return ("current", None), ("animation", None), *one_each, ("prefetch", None), ("thumbnail", None)
