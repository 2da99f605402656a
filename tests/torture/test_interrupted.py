"""Ctrl+C during the stress test."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.needs import need
from tests.torture.common import PROGRESS

pytestmark = pytest.mark.timeout(600)


def test_an_unattended_screen_that_is_interrupted_reports_what_there_was_and_leaves_nothing(tmp_path: Path) -> None:
    need([name for name in ("Xvfb", "xrandr", "openbox") if not shutil.which(name)])
    report = tmp_path / "report.json"
    command = [sys.executable, "-m", "tests.torture", "kiosk", "--share", "0.01", "--json", str(report)]

    # A socket's path has a hundred characters at most, which a test's own folder may have by itself.
    with tempfile.TemporaryDirectory() as short, subprocess.Popen(
            command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "TMPDIR": short}) as torture:
        assert torture.stderr is not None
        for line in torture.stderr:
            if line.startswith(PROGRESS) and " 2 of " in line:
                break
        torture.send_signal(signal.SIGINT)
        told, _ = torture.communicate()

    figures = json.loads(report.read_text())["kiosk"]
    assert torture.returncode == 1
    assert figures["faults found"] == ["interrupted"], figures
    assert figures["slides"] > 0
    assert figures["children left"] == 0
    assert "interrupted: True" in told
