"""What an unattended screen lets visitors do: by the table of actions, or by its keeper's own list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.actions import ACTIONS

if TYPE_CHECKING:
    from viewer.kiosk.config import KioskConfig


def allowed_actions(config: KioskConfig) -> frozenset[str]:
    """The ids of the actions that can be used. A keeper's list can allow less than the table does, never more."""
    wanted = config.visitors.allowed
    return frozenset(row.id for row in ACTIONS
                     if row.kiosk and (wanted is None or row.id in wanted or row.when == "kiosk"))
