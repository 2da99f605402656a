"""`liftoff --kiosk` with another time of day: wrong by as many seconds as the file says that `WRONG_BY` names.

Run as ``python -m tests.torture.kiosk_program --kiosk ...``; the supervisor starts its shows by the same command. A
slide may have as little time as `SHORTEST_MS` instead of a quarter of a second, so that a hundred thousand take less
than an hour; a show counts as healthy after `HEALTHY_S` instead of a minute, so that one crash is forgotten when the
next one comes. All else is the program's own. Monotonic clocks are as they are.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest import mock

from viewer import cli
from viewer.show import timing
from viewer.supervisor import limits, start

if TYPE_CHECKING:
    from typing import Self

WRONG_BY: Final = "LIFTOFF_TIME_OF_DAY_WRONG_BY"
SHORTEST_MS: Final = 10
HEALTHY_S: Final = 1.5

_real_time = time.time
_Real = dt.datetime


class _AnyDatetime(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _Real)


class _WrongDatetime(dt.datetime, metaclass=_AnyDatetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Self:
        """The wrong time of day."""
        return super().now(tz) + dt.timedelta(seconds=_wrong_by())


def _wrong_by() -> float:
    return float(Path(os.environ[WRONG_BY]).read_text(encoding="ascii"))


def _wrong_time() -> float:
    return _real_time() + _wrong_by()


def main() -> int:
    """Run the command line."""
    with (mock.patch.object(dt, "datetime", _WrongDatetime),
          mock.patch.object(time, "time", _wrong_time),
          mock.patch.object(timing, "SHORTEST_MS", SHORTEST_MS),
          mock.patch.object(start, "Limits", partial(limits.Limits, healthy=HEALTHY_S))):
        return cli.main()


if __name__ == "__main__":
    sys.exit(main())
