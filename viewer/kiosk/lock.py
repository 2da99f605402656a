"""What an unattended screen lets visitors do, and what nobody can change on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viewer.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.kiosk.config import KioskConfig
    from viewer.settings import Value

FIXED_OPTIONS: Final[Mapping[str, Value]] = {
    "show/end": "loop", "show/read-to-end": True, "caption/fullscreen": "beside", "input/wheel": "page",
    "decode/partial": False,
}
"""Options that a kiosk has whatever its keeper or a gallery says: the show goes on, words are seen to their end, and no
part of a damaged picture is."""


def allowed_actions(config: KioskConfig) -> frozenset[str]:
    """The ids of the actions that can be used. A keeper's list can allow less than the table does, never more."""
    wanted = config.visitors.allowed
    return frozenset(row.id for row in ACTIONS
                     if row.kiosk and (wanted is None or row.id in wanted or row.when == "kiosk"))
