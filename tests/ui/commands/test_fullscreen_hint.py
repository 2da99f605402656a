from __future__ import annotations

import pytest

from viewer.ui.commands.fullscreen_hint import way_out


@pytest.mark.parametrize(("leave", "toggle", "running", "sentence"), [
    ("Esc", "F11", False, "Esc or F11 leaves full screen."),
    ("Esc", "F11", True, "Esc ends the show, F11 leaves full screen."),
    ("Esc", "", True, "Esc ends the show, then leaves full screen."),
    ("Esc", "", False, "Esc leaves full screen."),
    ("", "F11", True, "F11 leaves full screen."),
    ("", "", True, "Move the pointer to an edge of the screen to leave full screen."),
])
def test_it_is_said_which_keys_leave_full_screen(leave: str, toggle: str, sentence: str, *, running: bool) -> None:
    assert way_out(leave, toggle, running=running) == sentence
