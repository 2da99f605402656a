"""A share that answers only when a test lets it: a path whose every look at the disk waits."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os

class Share:
    """Makes paths on a share. It hangs from `hang` until `answer`; `asked` says that somebody waits."""

    PATIENCE = 60.0
    """Seconds after which it answers anyway, so that a test that fails ends."""

    def __init__(self) -> None:
        self._gate = threading.Event()
        self._gate.set()
        self.asked = threading.Event()

    @property
    def is_hanging(self) -> bool:
        """Whether it does not answer now."""
        return not self._gate.is_set()

    def hang(self) -> None:
        """Don't answer from now on."""
        self.asked.clear()
        self._gate.clear()

    def answer(self) -> None:
        """Answer again, and whoever has been waiting first."""
        self._gate.set()

    def path(self, place: Path) -> Path:
        """`place` as it is seen over the share; what is below it lies on the share too."""
        share = self

        class SharedPath(type(Path())):  # type: ignore[misc]  # which one it is depends on the system
            def stat(self, **how: Any) -> os.stat_result:
                share.wait()
                found: os.stat_result = super().stat(**how)
                return found

        shared: Path = SharedPath(place)
        return shared

    def wait(self) -> None:
        """Wait like a system call to a dead server."""
        if not self._gate.is_set():
            self.asked.set()
            self._gate.wait(self.PATIENCE)
