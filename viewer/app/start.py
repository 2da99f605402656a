"""How the program is to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.settings import Value


class Start(NamedTuple):
    """What the command line says besides what to open. `overrides` are options for this run alone.

    Without `saved` nobody's options are read, and what changes is not kept; `allowed` are the ids of the actions that
    can be used, None for all. An `unattended` show tells nobody at the screen what is wrong, and takes no numbers.
    """

    fullscreen: bool = False
    play: bool = False
    screen: str = ""
    shuffle_seed: str | None = None
    overrides: Mapping[str, Value] = {}
    saved: bool = True
    allowed: frozenset[str] | None = None
    unattended: bool = False
