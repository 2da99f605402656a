"""Stories of someone who opens pictures: by dialog, by drop, and where there are none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QDialog, QFileDialog

from tests.dropping import drop_on
from tests.pictures import numbered
from tests.stories.dialogs import answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stories.conftest import Show

pytestmark = pytest.mark.story


def where_open_begins(show: Show, action_id: str) -> Path:
    """The folder that a dialog to open something begins in."""
    found: list[Path] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        found.append(Path(dialog.directory().path()))

    answer(show.program.action_set[action_id].trigger, act)
    return found[0]


@pytest.mark.parametrize("action_id", ["open", "open_folder"])
def test_opening_begins_with_the_persons_pictures_else_at_home(
    begin: Callable[..., Show], home: Path, action_id: str,
) -> None:
    show = begin()
    show.waits_for_place("1 of 11")
    assert where_open_begins(show, action_id) == home, "not where the program keeps its own gallery"

    (home / "Pictures").mkdir()
    assert where_open_begins(show, action_id) == home / "Pictures"


@pytest.mark.parametrize("action_id", ["open", "open_folder"])
def test_opening_begins_where_something_was_opened_last_in_later_runs_too(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path, home: Path, action_id: str,
) -> None:
    (home / "Pictures").mkdir()
    trip = tmp_path / "2018" / "trip"
    trip.mkdir(parents=True)
    numbered(trip / "7.jpg", 7, (1500, 1000))
    first = begin(manifest([1]))
    first.waits_to_see(1)
    assert drop_on(first.window, [QUrl.fromLocalFile(str(trip))])
    first.waits_to_see(7)
    first.program.action_set["open_builtin"].trigger()
    first.waits_for_place("1 of 11")
    first.close()
    again = begin()
    again.waits_for_place("1 of 11")
    assert where_open_begins(again, action_id) == trip

    (trip / "7.jpg").unlink()
    trip.rmdir()
    assert where_open_begins(again, action_id) == tmp_path / "2018", "the nearest that is left"
