"""Logs each failing file once for each reason."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from viewer.imaging.protocol.failures import Failure, Reason

MOST_REMEMBERED: Final = 10_000
"""Files whose last reason is remembered, so that it is not logged again."""

_log = logging.getLogger("liftoff.imaging")


class FailureLog:
    """Remembers what was logged of which file; a file that was decoded in between is logged anew."""

    def __init__(self) -> None:
        self._logged: dict[str, Reason] = {}

    def note(self, path: str, failure: Failure) -> None:
        """Log why `path` cannot be shown, unless that was the last thing logged of it."""
        if self._logged.get(path) == failure.reason:
            return
        if len(self._logged) >= MOST_REMEMBERED:
            self._logged.clear()
        self._logged[path] = failure.reason
        detail = f" ({failure.detail})" if failure.detail else ""
        _log.warning("%r: %s%s %s", path, failure.reason, detail, failure.sentence)

    def forget(self, path: str) -> None:
        """The file was decoded."""
        self._logged.pop(path, None)
