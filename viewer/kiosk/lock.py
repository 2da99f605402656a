"""What an unattended screen lets visitors do: by the table of actions, or by its keeper's own list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.actions import ACTIONS

if TYPE_CHECKING:
    from viewer.kiosk.config import KioskConfig


def allowed_actions(config: KioskConfig) -> frozenset[str]:
    """The ids of the actions that can be used; ids that the table does not have are left out."""
    wanted = config.visitors.allowed
    return frozenset(row.id for row in ACTIONS if (row.kiosk if wanted is None else row.id in wanted))
