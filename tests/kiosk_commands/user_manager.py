"""A service manager of systemd's for units of this account: a real one, where no systemd has booted the machine.

It takes root, who gives it namespaces of its own: of processes, so that nothing is left of it; of mounts, for a /run
that says that systemd has booted; and a control group of its own, below which are those of its units.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Final

import pytest

from tests.processes import children, descendants

_MANAGER: Final = Path("/lib/systemd/systemd")
_PATIENCE_S: Final = 60
_MOUNT: Final = "umount -l -R /sys/fs/cgroup 2>/dev/null; mount -t cgroup2 none /sys/fs/cgroup || exit 77"
_BEGIN: Final = f"""
{_MOUNT}; mkdir "/sys/fs/cgroup/$1" && echo 0 > "/sys/fs/cgroup/$1/cgroup.procs" || exit 77
exec unshare --cgroup sh -c '{_MOUNT}; mount -t tmpfs none /run && mkdir -p /run/systemd/system || exit 77
{_MANAGER} --user & wait'
"""  # the manager of an account does not run as the first process
_CLEAN: Final = (f'{_MOUNT}; while [ -d "/sys/fs/cgroup/$1" ]; do '
                 'find "/sys/fs/cgroup/$1" -depth -type d -exec rmdir {} +; sleep 0.1; done')


class UserManager:
    """Runs until `close`; skips the test where it cannot."""

    def __init__(self, runtime: Path, **environment: str) -> None:
        """Its sockets are in `runtime`; what it starts has `environment`, too."""
        if not _MANAGER.exists() or not shutil.which("unshare") or not hasattr(os, "geteuid") or os.geteuid() != 0:
            pytest.skip("needs root, systemd and unshare")
        self._group = f"liftoff-test-{os.getpid()}-{id(self)}"
        self._environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), **environment}
        self._environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        self._process = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c", _BEGIN, "sh",
             self._group], env=self._environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        end = time.monotonic() + _PATIENCE_S
        while not (runtime / "systemd" / "private").exists():
            if self._process.poll() is not None or time.monotonic() > end:
                self.close()
                pytest.skip("needs the right to make namespaces and control groups")
            time.sleep(0.05)

    def systemctl(self, *words: str) -> str:
        """What ``systemctl --user`` answers; it has to succeed."""
        done = self.run("systemctl", "--user", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command beside it: of a process that it cannot see it takes no orders."""
        (first,) = children(self._process.pid)
        return subprocess.run(["nsenter", "--target", str(first), "--mount", "--pid", "--cgroup", *command],
                              env=self._environment, capture_output=True, text=True, check=False, timeout=_PATIENCE_S)

    def processes(self, word: str) -> list[int]:
        """Its processes with `word` on their command line, those that it has started itself first."""
        return [pid for pid in descendants(self._process.pid) if word.encode() in _command_line(pid).split(b"\0")]

    def close(self) -> None:
        """End it with all that it has started."""
        self._process.kill()
        self._process.wait()
        subprocess.run(["unshare", "--mount", "sh", "-c", _CLEAN, "sh", self._group], check=False,
                       stderr=subprocess.DEVNULL, timeout=_PATIENCE_S)


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
