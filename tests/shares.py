"""Simulated network share: paths whose `stat` and `mkdir` block until the test has the share answer."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os

class Share:
    """Makes paths on a share that hangs from `hang` until `answer`; `asked` is set while a caller waits."""

    TIMEOUT = 60.0
    """Seconds after which it answers anyway, so that a failing test ends."""

    def __init__(self) -> None:
        self._gate = threading.Event()
        self._gate.set()
        self.asked = threading.Event()

    @property
    def is_hanging(self) -> bool:
        """Whether the share hangs now."""
        return not self._gate.is_set()

    def hang(self) -> None:
        """Hang from now on."""
        self.asked.clear()
        self._gate.clear()

    def answer(self) -> None:
        """Answer all waiting callers, and from now on."""
        self._gate.set()

    def path(self, place: Path) -> Path:
        """`place` as a path on the share; paths derived from it are on the share too."""
        share = self

        class SharedPath(type(Path())):  # type: ignore[misc]  # its base class depends on the system
            def stat(self, **how: Any) -> os.stat_result:
                share.wait()
                found: os.stat_result = super().stat(**how)
                return found

            def mkdir(self, *arguments: Any, **how: Any) -> None:  # which calls no `stat` since Python 3.14
                share.wait()
                super().mkdir(*arguments, **how)

        shared: Path = SharedPath(place)
        return shared

    def wait(self) -> None:
        """Block like a system call to a server that does not answer."""
        if not self._gate.is_set():
            self.asked.set()
            self._gate.wait(self.TIMEOUT)
