"""Runs systemctl for units of ours, with a service manager that can be reached or without one."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Final

TIMEOUT_S: Final = 60


def is_there() -> bool:
    """Whether this machine has systemctl at all."""
    return shutil.which("systemctl") is not None


def systemctl(*words: str, offline: bool = False) -> str:
    """Run ``systemctl`` with `words`: empty if that worked, else why not, as the end of a sentence without its stop.

    With `offline` only files are changed, as enabling is, and no service manager is asked (SYSTEMD_OFFLINE in
    systemd's ENVIRONMENT.md).
    """
    environment = {**os.environ, "LC_ALL": "C.UTF-8"} | ({"SYSTEMD_OFFLINE": "1"} if offline else {})
    try:
        done = subprocess.run(["systemctl", *words], capture_output=True, text=True, errors="replace", check=False,
                              timeout=TIMEOUT_S, stdin=subprocess.DEVNULL, env=environment)
    except subprocess.TimeoutExpired:
        return "systemctl did not answer"
    except OSError as error:
        return f"systemctl could not be started ({error.strerror})"
    lines = done.stderr.strip().splitlines()
    return "" if done.returncode == 0 else lines[-1].rstrip(".") if lines else f"it answered {done.returncode}"
