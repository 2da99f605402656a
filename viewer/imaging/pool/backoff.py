"""Exponential backoff for replacing workers that die."""

from __future__ import annotations

from collections import deque


class Backoff:
    """How long to wait before a worker that died is replaced; all times in seconds.

    No time while deaths are rare or answers come between them: then single files are the cause, and get quarantined.
    From the fifth death in a row within a minute 1 second, then 2, 4 and so on up to 60, until a worker has answered.
    It never gives up.
    """

    def __init__(self) -> None:
        self._deaths: deque[float] = deque(maxlen=5)
        self._wait = 0.0

    def died(self, now: float) -> float:
        """Record that a worker died at `now`; returns how long to wait."""
        self._deaths.append(now)
        often = len(self._deaths) == 5 and now - self._deaths[0] < 60
        if often or self._wait:
            self._wait = min(max(1.0, self._wait * 2), 60.0)
        return self._wait

    def answered(self) -> None:
        """Record that a worker has answered: workers work."""
        self._deaths.clear()
        self._wait = 0.0
