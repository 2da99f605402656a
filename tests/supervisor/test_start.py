from __future__ import annotations

import sys

import pytest

from viewer.supervisor.start import show_command


@pytest.mark.parametrize("started", [["-m", "viewer"], ["/usr/bin/liftoff"], ["-X", "utf8", "-m", "viewer"], []])
def test_a_show_is_started_as_the_program_itself_was(monkeypatch: pytest.MonkeyPatch, started: list[str]) -> None:
    words = ["--kiosk", "gallery.json"]
    monkeypatch.setattr(sys, "orig_argv", ["python3", *started, *words])
    monkeypatch.setattr(sys, "argv", ["viewer", *words])

    assert show_command(words).line(1, 7) == [
        sys.executable, *started, "--heartbeat-fd", "7", "--kiosk-entry", "1", "--kiosk", "gallery.json"]
