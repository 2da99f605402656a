"""Stories of someone who opens pictures: by dialog, by drop, and where there are none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton

from tests.dropping import drop_on
from tests.pictures import numbered
from tests.stories.dialogs import answer
from viewer.app.start import Start
from viewer.ui.viewport.empty_view import EmptyView

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


# Where there are no pictures

def empty_view(show: Show) -> EmptyView:
    view = show.window.findChild(EmptyView)
    assert isinstance(view, EmptyView)
    return view


def presses(show: Show, name: str) -> None:
    """Press a button by keys, which is called `name` or says so."""
    button = next(button for button in empty_view(show).findChildren(QPushButton)
                  if button.isVisible() and name in (button.accessibleName(), button.text()))
    button.setFocus()
    show.press(Qt.Key.Key_Return)


@pytest.mark.parametrize("how", [Start(), Start(fullscreen=True)], ids=["window", "full screen"])
def test_a_folder_of_folders_offers_those_with_pictures(
    begin: Callable[..., Show], tmp_path: Path, how: Start,
) -> None:
    for name, number in (("June", 7), ("May", 5), (".hidden", 3)):
        (tmp_path / name).mkdir()
        numbered(tmp_path / name / f"{number}.jpg", number, (1500, 1000))
    (tmp_path / "Letters").mkdir()
    show = begin(tmp_path, how=how)
    show.until(lambda: empty_view(show).isVisible())
    names = [button.accessibleName() or button.text() for button in empty_view(show).findChildren(QPushButton)]
    assert sorted(names) == ["Open June, 1 picture", "Open May, 1 picture", "Open a folder…", "Open pictures…",
                             "Show the launch gallery"]
    presses(show, "Open May, 1 picture")
    show.until(lambda: show.program.session.count == 1)

    assert not empty_view(show).isVisible()
    show.until(lambda: show.program.view_model.displayed.sharp)
    assert show.program.session.path == str(tmp_path / "May" / "5.jpg")
    assert show.program.slide_view.hasFocus()


def test_a_manifest_without_slides_says_so_and_the_launch_gallery_is_one_press_away(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    path = tmp_path / "gallery.json"
    path.write_text('{"format": "photo-manifest", "version": 1, "slides": [{"title": "no file"}]}')
    show = begin(path)
    show.until(lambda: empty_view(show).isVisible())
    said = [label.text() for label in empty_view(show).findChildren(QLabel) if label.isVisible()]
    assert said[0] == "No pictures here yet"
    assert said[1].startswith("Slide 1: it names no")
    assert str(path).replace("/", "") in said[2].replace("/", "").replace("\N{ZERO WIDTH SPACE}", "")

    presses(show, "Show the launch gallery")
    show.waits_for_place("1 of 11")


def test_the_buttons_ask_for_pictures_and_folders(begin: Callable[..., Show], tmp_path: Path) -> None:
    show = begin(tmp_path)
    show.until(lambda: empty_view(show).isVisible())
    for name in ("Open pictures…", "Open a folder…"):
        answer(lambda name=name: presses(show, name), lambda dialog: dialog.reject())  # type: ignore[misc]  # as lambdas go
    assert empty_view(show).isVisible()


def test_where_there_are_no_slides_no_number_is_asked_for(begin: Callable[..., Show], tmp_path: Path) -> None:
    show = begin(tmp_path)
    show.until(lambda: empty_view(show).isVisible())
    for key in (Qt.Key.Key_4, Qt.Key.Key_Return):
        show.press(key)
        assert not show.program.central.toast.isVisible()


def test_pictures_that_come_into_an_empty_folder_take_the_place_of_the_buttons(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    show = begin(tmp_path)
    show.until(lambda: empty_view(show).isVisible())
    numbered(tmp_path / "4.jpg", 4, (1500, 1000))
    show.program.gallery_watcher.reload()
    show.until(lambda: show.program.session.count == 1)

    assert not empty_view(show).isVisible()
