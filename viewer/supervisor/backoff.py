"""Exponential backoff for shows that end, without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viewer.supervisor.limits import Limits


class Backoff:
    """How long to wait before a show that has ended is started again, in seconds; it never gives up."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.failures = 0
        """How often it has ended since it was last healthy."""

    def ended(self, healthy_for: float) -> float:
        """Note that it has ended after being on the screen for so many seconds; returns how long to wait."""
        if healthy_for >= self._limits.healthy:
            self.failures = 0
        wait = self._limits.first_wait * (1 << min(self.failures, 30))
        self.failures += 1
        return min(wait, self._limits.longest_wait)
