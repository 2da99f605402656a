"""The size of the viewport is a guess for the next start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from viewer.startup.last_viewport import FIRST_VIEWPORT, remember_viewport, remembered_viewport

if TYPE_CHECKING:
    from pathlib import Path


def test_the_size_of_the_viewport_is_remembered() -> None:
    assert remembered_viewport() == FIRST_VIEWPORT
    remember_viewport(1900, 1000)
    assert remembered_viewport() == (1900, 1000)
    remember_viewport(800, 600)
    assert remembered_viewport() == (800, 600)


@pytest.mark.parametrize("text", ["", "12", "wide high", "0 0", "-5 8", "999999999 5", "60000 60000", "\u00e9"])
def test_a_size_that_makes_no_sense_is_not_believed(home: Path, text: str) -> None:
    place = home / ".local/state/liftoff/viewport"
    place.parent.mkdir(parents=True)
    place.write_text(text)

    assert remembered_viewport() == FIRST_VIEWPORT


def test_a_state_folder_that_cannot_be_written_is_no_harm(home: Path) -> None:
    (home / ".local/state/liftoff").write_text("a file in the way")
    remember_viewport(1900, 1000)

    assert remembered_viewport() == FIRST_VIEWPORT


def test_nothing_but_the_size_is_left_in_the_state_folder(home: Path) -> None:
    remember_viewport(1900, 1000)

    assert [path.name for path in (home / ".local/state/liftoff").iterdir()] == ["viewport"]
