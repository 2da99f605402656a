"""Keys that the documentation names are keys that do something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from viewer.actions import ACTIONS

ROOT = Path(__file__).parent.parent
CHORD = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)+(?:\w+|[^\s\w`|])")
GESTURES = {"Ctrl+wheel", "Ctrl+arrows"}


@pytest.mark.parametrize("page", ["README.md", "docs/accessibility.md"])
def test_chords_in_the_documentation_belong_to_actions(page: str) -> None:
    named = set(CHORD.findall((ROOT / page).read_text("utf-8")))
    assert named
    assert named - GESTURES <= {key for action in ACTIONS for key in action.keys}
