"""``liftoff kiosk ...`` as a child process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "viewer", "kiosk")


def kiosk(*words: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run it to its end; `env` is added to the environment, without what is empty there; `input` is piped in."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **how.pop("env", {})}
    env = {name: value for name, value in env.items() if value}
    return subprocess.run([*COMMAND, *words], check=False, capture_output=True, text=True, timeout=60, env=env,
                          **{"cwd": ROOT, "input": "", **how})


def refusal(*words: str, status: int = 2, **how: Any) -> str:
    """The one sentence with which it says that it cannot do that."""
    done = kiosk(*words, **how)
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith("liftoff: ")
    assert done.stderr.count("\n") == 1
    return done.stderr.removeprefix("liftoff: ").strip()
