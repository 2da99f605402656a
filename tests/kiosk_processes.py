"""An unattended screen as processes: supervisor, show and workers, and the socket of a service manager."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.processes import children, descendants

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE_S: Final = 60
ROOT: Final = Path(__file__).parents[1]


class Kiosk:
    """``liftoff --kiosk`` with its supervisor and slides of a second, and the socket that it takes for systemd's."""

    def __init__(self, home: Path, *words: str, folder: Path = ROOT, program: str = "viewer",
                 within: Sequence[str] = (), **environment: str) -> None:
        """Start it, with the command `within` before its own."""
        self._link = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        (home / "notify").unlink(missing_ok=True)
        self._link.bind(str(home / "notify"))
        self._link.settimeout(PATIENCE_S)
        kept = {name: value for name, value in os.environ.items()
                if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
        self.supervisor = subprocess.Popen(
            [*within, sys.executable, "-m", program, "--kiosk", "--slideshow=1", *words], cwd=folder,
            env=kept | {"NOTIFY_SOCKET": str(home / "notify"), "PYTHONPATH": str(ROOT), **environment},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )

    def sees(self, *slides: str) -> str:
        """Wait until one of these slides was painted from now on; returns which."""
        self._link.setblocking(False)
        with suppress(BlockingIOError):
            while self._link.recv(4096):
                pass
        self._link.settimeout(PATIENCE_S)
        while (status := self._link.recv(4096).decode().removeprefix("STATUS=Showing ")) not in slides:
            pass
        return status

    def waits_for(self, message: str) -> None:
        """Wait until the service manager is told so."""
        while self._link.recv(4096).decode() != message:
            pass

    def wakes(self, seconds: float) -> None:
        """Wait until the service manager is told anything, but no longer than so."""
        self._link.settimeout(seconds)
        with suppress(TimeoutError):
            self._link.recv(4096)

    @property
    def show(self) -> int:
        """The process that shows."""
        (pid,) = children(self.supervisor.pid)
        return pid

    @property
    def processes(self) -> list[int]:
        """Everything that runs: supervisor, show and its workers."""
        return descendants(self.supervisor.pid)

    def end(self) -> tuple[int, str]:
        """End it politely; returns its status and what it complained of."""
        self.supervisor.terminate()
        _, said = self.supervisor.communicate(timeout=PATIENCE_S)
        return self.supervisor.returncode, said

    def close(self) -> None:
        for pid in self.processes[1:]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.supervisor.kill()
        self.supervisor.communicate()
        self._link.close()
