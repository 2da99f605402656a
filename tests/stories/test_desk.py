"""Each command does what its tip says, with real keys and real dialogs."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QSpinBox,
    QWidget,
)

from tests.dropping import drop_on
from tests.pictures import numbered, photo
from tests.stories.dialogs import answer, named, write
from viewer import __version__
from viewer.actions import ACTIONS, BY_ID
from viewer.app.start import Start
from viewer.gallery.open import builtin_manifest
from viewer.imaging.protocol.messages import Box
from viewer.show.gallery_watcher import THREAD_NAME
from viewer.ui.style.icons import IconButton
from viewer.ui.style.theme import DARK, LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.conftest import Show
    from viewer.ui.viewport.view_geometry import View

pytestmark = pytest.mark.story

RIGHT, LEFT, ESC = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Escape


def does(show: Show, action_id: str, times: int = 1) -> None:
    """Press the first key of an action; or choose it in its menu, where it has none."""
    action = show.program.action_set[action_id]
    assert action.isEnabled(), f"{action_id} cannot be done now"
    for _ in range(times):
        if keys := BY_ID[action_id].keys:
            chord = QKeySequence(keys[0])[0]  # type: ignore[index]  # in Qt, missing in the stubs
            show.press(chord.key(), modifiers=chord.keyboardModifiers())
        else:
            action.trigger()


def is_checked(show: Show, action_id: str) -> bool:
    return show.program.action_set[action_id].isChecked()


def can(show: Show, action_id: str) -> bool:
    return show.program.action_set[action_id].isEnabled()


def toast(show: Show) -> str:
    return show.program.central.toast.accessibleName()


def view(show: Show) -> View:
    found = show.program.slide_view.view
    assert found is not None
    return found


def drop(show: Show, *paths: Path) -> None:
    """Drop files on the window, as a file manager does."""
    assert drop_on(show.window, [QUrl.fromLocalFile(str(path)) for path in paths])


# -- going --------------------------------------------------------------------------------------------------------


def test_each_way_of_going_goes_there(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest(range(1, 6)))
    for action_id, place in (("next", "2 of 5"), ("next", "3 of 5"), ("previous", "2 of 5"), ("last", "5 of 5"),
                             ("first", "1 of 5"), ("previous", "5 of 5"), ("next", "1 of 5")):
        does(show, action_id)
        assert show.place == place
    show.waits_to_see(1)


@pytest.mark.parametrize("digits", ["2", "02", "10", "11"])
def test_digits_and_enter_go_there_and_say_so_meanwhile(
    begin: Callable[..., Show], manifest: Callable[..., Path], digits: str, clock: ManualClock,
) -> None:
    show = begin(manifest(range(1, 13)), clock=clock)
    show.waits_to_see(1)
    show.press(*(Qt.Key[f"Key_{digit}"] for digit in digits))
    if digits not in ("10", "11"):
        assert toast(show) == f"Go to {digits} of 12"
    show.press(Qt.Key.Key_Return)

    assert show.place == f"{int(digits)} of 12"


def test_digits_and_enter_go_there_from_every_focus_and_press_no_button(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest(range(1, 10)))
    show.waits_to_see(1)
    places = [show.program.slide_view, show.thumbnails, show.window.panel,
              *show.program.thumbnail_bar.findChildren(IconButton)]
    for number, place in enumerate(places, 4):
        place.setFocus()
        show.press(Qt.Key[f"Key_{number}"], Qt.Key.Key_Return)
        assert show.place == f"{number} of 9"
    assert (show.state, show.window.isFullScreen()) == ("stopped", False)


def test_digits_are_taken_back_by_backspace_and_given_up_by_escape(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest(range(1, 10)))
    show.waits_to_see(1)
    show.press(Qt.Key.Key_5, Qt.Key.Key_6, Qt.Key.Key_Backspace, Qt.Key.Key_Return)
    assert show.place == "5 of 9"

    show.press(Qt.Key.Key_7, ESC)
    assert not show.program.central.toast.isVisible()
    show.press(Qt.Key.Key_Return)
    assert show.place == "5 of 9"


def test_a_number_can_be_asked_for(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest(range(1, 10)))

    def choose(dialog: QDialog) -> None:
        spin = dialog.findChildren(QSpinBox)[0]
        assert (spin.minimum(), spin.maximum(), spin.value()) == (1, 9, 1)
        spin.setValue(7)
        dialog.accept()

    answer(lambda: does(show, "go_to"), choose)
    assert show.place == "7 of 9"
    answer(lambda: does(show, "go_to"), lambda dialog: dialog.reject())
    assert show.place == "7 of 9"


# -- looking ------------------------------------------------------------------------------------------------------


def test_zooming_goes_in_steps_and_back_to_the_whole_picture(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2]))
    show.waits_to_see(1)

    def zoom(action_id: str) -> float | None:
        does(show, action_id)
        return show.program.slide_view.zoom

    steps = [zoom("zoom_in") or 0 for _ in range(3)]
    assert steps == sorted(set(steps))
    assert steps[0] > 0
    assert zoom("zoom_out") == steps[1]
    assert [zoom(one) for one in ("fit", "zoom_out", "actual_size", "toggle_zoom", "toggle_zoom")] == [
        None, None, 1, None, 1]
    show.press(RIGHT)
    show.waits_to_see(2)
    assert show.program.slide_view.zoom is None


def test_an_enlarged_picture_is_panned_as_far_as_it_goes(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1]))
    show.waits_to_see(1)
    does(show, "actual_size")
    does(show, "zoom_in", 2)
    for there, back in (("pan_right", "pan_left"), ("pan_down", "pan_up")):
        middle = view(show)
        does(show, there)
        moved = view(show)
        assert moved != middle
        does(show, back)
        assert view(show).centre == pytest.approx(middle.centre)
        does(show, there, 40)
        end = view(show)
        does(show, there)
        assert view(show) == end
        does(show, back, 80)
        assert view(show) not in (end, middle)
        does(show, "fit")
        does(show, "actual_size")
        does(show, "zoom_in", 2)


def test_the_view_is_turned_and_the_file_is_not(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    show = begin(manifest([1, 2]))
    before = (tmp_path / "1.jpg").read_bytes()
    show.waits_to_see(1)
    turns = []
    for action_id in ("rotate_right", "rotate_right", "rotate_left", "rotate_left", "rotate_left"):
        does(show, action_id)
        turns.append(view(show).turns % 4)
    assert turns == [1, 2, 1, 0, 3]
    show.press(RIGHT, LEFT)
    show.waits_to_see(1)
    assert view(show).turns == 0
    assert (tmp_path / "1.jpg").read_bytes() == before


def test_the_captions_type_grows_and_shrinks_within_bounds(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1]))
    title = show.window.panel.findChild(QLabel, "Title")
    assert title is not None
    normal = title.font().pixelSize()
    does(show, "caption_larger")
    assert toast(show) == "Caption 110\N{NO-BREAK SPACE}%"
    assert title.font().pixelSize() > normal
    does(show, "caption_larger", 30)
    assert toast(show) == "Caption 300\N{NO-BREAK SPACE}%"
    largest = title.font().pixelSize()
    assert largest >= normal * 2.4  # in so narrow a column titles grow less than captions
    does(show, "caption_smaller", 40)
    assert toast(show) == "Caption 60\N{NO-BREAK SPACE}%"
    assert title.font().pixelSize() < normal


def test_thumbnails_caption_and_information_come_and_go(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2]))
    window, facts = show.window, show.window.panel.findChild(QLabel, "Information")
    assert facts is not None
    for action_id, seen in (("toggle_strip", show.thumbnails.isVisible), ("toggle_caption", window.panel.isVisible)):
        for on in (False, True):
            does(show, action_id)
            assert (seen(), is_checked(show, action_id)) == (on, on)
    for on in (True, False):
        does(show, "toggle_information")
        show.until(lambda on=on: facts.isVisible() is on)  # type: ignore[misc]  # mypy knows no such lambdas
        assert is_checked(show, "toggle_information") is on
    does(show, "toggle_caption")
    does(show, "toggle_information")
    show.until(facts.isVisible)
    assert "1.jpg" in facts.text()


def test_in_full_screen_thumbnails_caption_and_information_come_and_go_too(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2]), how=Start(fullscreen=True))
    central = show.program.central
    show.waits_for_place("1 of 2")
    assert central.panel.isVisible()
    assert not show.thumbnails.isVisible()
    does(show, "toggle_strip")
    assert show.thumbnails.isVisible()
    assert is_checked(show, "toggle_strip")
    does(show, "toggle_caption")
    assert not central.panel.isVisible()
    assert not is_checked(show, "toggle_caption")
    does(show, "toggle_information")
    facts = central.panel.findChild(QLabel, "Information")
    assert facts is not None
    show.until(facts.isVisible)
    assert is_checked(show, "toggle_caption")

    does(show, "fullscreen")
    assert show.window.panel.isVisible()
    assert show.thumbnails.isVisible()
    assert is_checked(show, "toggle_information")


def test_the_way_the_caption_stood_in_full_screen_comes_back_with_it(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1]), how=Start(fullscreen=True, overrides={"caption/fullscreen": "overlay"}))
    show.waits_for_place("1 of 1")
    place = show.program.central.panel.geometry()
    does(show, "toggle_caption", 2)

    assert show.program.settings.text("caption/fullscreen") == "overlay"
    assert show.program.central.panel.geometry() == place


def test_help_comes_with_f1_and_goes_with_f1_escape_and_a_click(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2]), how=Start(fullscreen=True, play=True))
    page = show.program.central.shortcuts
    def click() -> None:
        QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton)

    ways: tuple[Callable[[], None], ...] = (lambda: does(show, "help"), lambda: show.press(ESC), click)
    for leave in ways:
        does(show, "help")
        assert page.isVisible()
        assert is_checked(show, "help")
        leave()
        assert not page.isVisible()
        assert not is_checked(show, "help")
    assert show.state == "playing", "Escape took the page away and nothing else"
    assert show.window.isFullScreen()


def test_keys_go_on_working_under_the_help_and_after_it(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2, 3]))
    does(show, "help")
    show.press(RIGHT)
    assert show.place == "2 of 3"
    does(show, "help")
    assert show.program.slide_view.hasFocus()
    show.press(RIGHT)
    assert show.place == "3 of 3"


# -- the show -----------------------------------------------------------------------------------------------------


def test_the_timing_is_changed_and_said(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest([1, 2], interval=10))
    does(show, "slower")
    assert toast(show) == "12\N{NO-BREAK SPACE}s for each picture"
    does(show, "faster", 2)
    assert toast(show) == "8\N{NO-BREAK SPACE}s for each picture"


def test_playing_pausing_and_ending_are_seen_on_the_buttons_and_in_the_menu(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(manifest([1, 2]), clock=clock)
    show.waits_to_see(1)
    for action_id, state, play, pause in (
        ("play", "playing", True, False), ("pause", "paused", True, True), ("pause", "playing", True, False),
        ("play", "stopped", False, False), ("pause", "playing", True, False), ("leave", "stopped", False, False),
    ):
        does(show, action_id)
        assert (show.state, is_checked(show, "play"), is_checked(show, "pause")) == (state, play, pause)


def test_shuffling_keeps_the_slide_and_is_remembered(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    path = manifest(range(1, 10))
    show = begin(path)
    show.press(RIGHT, RIGHT)
    does(show, "shuffle")
    assert show.place == "3 of 9"
    assert toast(show) == "Shuffled: every picture once."
    assert is_checked(show, "shuffle")
    seen = {show.place}
    for _ in range(8):
        show.press(RIGHT)
        seen.add(show.place)
    assert len(seen) == 9
    show.close()

    again = begin(path)
    assert is_checked(again, "shuffle")
    here = again.place
    does(again, "shuffle")
    assert (again.place, toast(again)) == (here, "In order.")


def test_black_holds_the_show_and_gives_it_back_as_it_was(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(manifest([1, 2]), clock=clock)
    show.waits_to_see(1)
    does(show, "play")
    does(show, "black")
    assert show.state == "paused"
    assert is_checked(show, "black")
    show.press(ESC)
    assert show.state == "playing"
    assert not is_checked(show, "black")

    does(show, "black")
    does(show, "play")
    does(show, "black")
    assert show.state == "stopped", "the show was ended while the screen was black, and stays ended"
    does(show, "black", 2)
    assert show.state == "stopped"


def test_black_leaves_nothing_else_to_be_seen_in_full_screen(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2]), how=Start(fullscreen=True))
    show.waits_to_see(1)
    does(show, "black")

    screen = show.window.grab().toImage()
    shades = {screen.pixelColor(x, y).name() for x in range(0, screen.width(), 9) for y in range(0, screen.height(), 9)}
    assert shades == {"#000000"}
    does(show, "black")
    show.waits_to_see(1)
    assert show.program.central.panel.isVisible()


def test_escape_does_one_thing_at_a_time(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest([1, 2]), how=Start(fullscreen=True, play=True))
    show.waits_for_place("1 of 2")
    does(show, "black")
    does(show, "help")

    def state() -> tuple[bool, bool, str, bool]:
        program = show.program
        return (program.central.shortcuts.isVisible(), program.slide_view.is_blank, show.state,
                show.window.isFullScreen())

    seen = [state()]
    for _ in range(5):
        show.press(ESC)
        seen.append(state())
    assert seen == [(True, True, "paused", True), (False, True, "paused", True), (False, False, "playing", True),
                    (False, False, "stopped", True), (False, False, "stopped", False), (False, False, "stopped", False)]
    assert show.window.isVisible()


# -- what can be done when ----------------------------------------------------------------------------------------

WITH_SLIDES = ("edit_caption", "copy_picture", "copy_path", "zoom_in", "fit", "rotate_right", "pan_up", "next", "last",
               "go_to", "play", "pause", "slower", "shuffle")


def test_what_needs_slides_or_a_picture_cannot_be_done_without_them(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    (tmp_path / "none").mkdir()
    empty = begin(tmp_path / "none")
    assert [one for one in WITH_SLIDES if can(empty, one)] == []
    assert all(can(empty, one) for one in ("open", "reload", "preferences", "help", "fullscreen", "black", "leave"))

    path = manifest([1])
    one = begin(path)
    one.waits_to_see(1)
    assert [action_id for action_id in WITH_SLIDES if not can(one, action_id)] == ["next", "last", "go_to", "shuffle"]

    (tmp_path / "2.jpg").write_bytes(b"no picture")
    path.write_text(json.dumps({"format": "photo-manifest", "version": 1,
                                "slides": [{"file": "1.jpg"}, {"file": "2.jpg"}]}))
    two = begin(path)
    two.waits_to_see(1)
    assert can(two, "zoom_in")
    two.press(RIGHT)
    two.until(lambda: two.program.view_model.displayed.failure is not None)
    assert [action_id for action_id in WITH_SLIDES if not can(two, action_id)] == [
        "copy_picture", "zoom_in", "fit", "rotate_right", "pan_up"]
    two.press(LEFT)
    two.waits_to_see(1)
    assert can(two, "zoom_in")


def test_captions_can_be_edited_only_where_they_can_be_saved(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    path = manifest([1, 2])
    table = tmp_path / "list.csv"
    table.write_text("file,title\n1.jpg,One\n")
    (tmp_path / "folder").mkdir()
    photo(tmp_path / "folder" / "a.jpg", (60, 40))
    pair = [tmp_path / "1.jpg", tmp_path / "2.jpg"]
    for source, writable in (([path], True), ([table], False), ([tmp_path / "folder"], False), (pair, False)):
        show = begin(*source)
        show.waits_for_place(f"1 of {show.program.session.count}")
        assert can(show, "edit_caption") is writable, source


def test_the_launch_gallery_can_be_edited_only_where_it_may_be_written(
    begin: Callable[..., Show], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.access", lambda *_, **__: False)  # as for everyone but the administrator who installed it
    show = begin()
    show.waits_for_place("1 of 11")

    assert not can(show, "edit_caption")


# -- opening ------------------------------------------------------------------------------------------------------


def test_a_folder_that_is_dropped_while_the_show_plays_is_played(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    show = begin(manifest([1, 2, 3]), how=Start(play=True))
    show.waits_to_see(1)
    other = tmp_path / "other"
    other.mkdir()
    for number in (7, 8):
        numbered(other / f"{number}.jpg", number, (1500, 1000))
    drop(show, other)
    show.waits_to_see(7)

    assert (show.place, show.title, show.state) == ("1 of 2", "7.jpg", "playing")
    assert show.window.windowTitle() == "7.jpg – other"


def test_several_pictures_that_are_dropped_become_a_gallery(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    show = begin(manifest([1, 2, 3]))
    drop(show, tmp_path / "3.jpg", tmp_path / "1.jpg")
    show.waits_to_see(3)
    show.press(RIGHT)
    show.waits_to_see(1)

    assert show.place == "2 of 2"


def test_what_cannot_be_opened_is_said_and_what_was_open_stays(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    show = begin(manifest([1, 2]))
    show.press(RIGHT)
    (tmp_path / "broken.json").write_text("{")
    drop(show, tmp_path / "broken.json")
    show.until(lambda: "broken.json" in toast(show))

    assert show.place == "2 of 2"
    show.waits_to_see(2)


def test_a_gallery_with_faults_says_how_many_and_plays_the_rest(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    path = manifest([1, 2])
    raw = json.loads(path.read_text())
    raw["slides"] += [{"title": "no file"}, 7]
    path.write_text(json.dumps(raw))
    show = begin(path)

    assert toast(show) == "2 entries of this gallery could not be used. liftoff check says why."
    show.waits_to_see(1)
    assert show.place == "1 of 2"


def test_pictures_and_folders_are_opened_by_dialog(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    show = begin(manifest([1, 2, 3]))
    other = tmp_path / "other"
    other.mkdir()
    numbered(other / "9.jpg", 9, (1500, 1000))

    def choose(name: str) -> Callable[[QDialog], None]:
        def act(dialog: QDialog) -> None:
            assert isinstance(dialog, QFileDialog)
            assert dialog.directory().path() == show.program.session.gallery.folder.as_posix()
            edit = dialog.findChild(QLineEdit, "fileNameEdit")
            assert isinstance(edit, QLineEdit)
            edit.setText(name)
            dialog.accept()
        return act

    answer(lambda: does(show, "open"), choose(str(tmp_path / "2.jpg")))
    show.until(lambda: show.place == "2 of 3")
    answer(lambda: does(show, "open_folder"), choose(str(other)))
    show.waits_to_see(9)
    answer(lambda: does(show, "open"), lambda dialog: dialog.reject())
    assert show.title == "9.jpg"
    does(show, "open_builtin")
    show.waits_for_place("1 of 11")
    assert show.program.session.gallery.origin == builtin_manifest()


def test_reloading_shows_a_picture_that_was_replaced(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    show = begin(manifest([1, 2]))
    show.press(RIGHT)
    show.waits_to_see(2)
    numbered(tmp_path / "2.jpg", 77, (1500, 1000))
    does(show, "reload")
    show.waits_to_see(77)

    assert show.place == "2 of 2"


def test_galleries_that_follow_one_another_quickly_end_with_the_last(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    show = begin(manifest([1, 2, 3]))
    folders = []
    for number in range(10, 16):
        folders.append(tmp_path / str(number))
        folders[-1].mkdir()
        numbered(folders[-1] / "a.jpg", number, (1500, 1000))
    for folder in folders:
        show.program.gallery_commands.open_paths([folder])
        show.press(RIGHT)
    show.until(lambda: show.window.windowTitle() == "a.jpg – 15")
    show.waits_to_see(15)

    assert show.place == "1 of 1"


# -- new versions -------------------------------------------------------------------------------------------------


def test_a_show_of_a_single_picture_takes_a_new_version_at_once(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1], interval=600), how=Start(play=True))
    show.waits_to_see(1)
    show.until(show.is_painted)
    manifest([1, 2], interval=600)
    show.program.gallery_watcher.look()
    show.until(lambda: show.place == "1 of 2")

    assert show.state == "playing"


def test_a_new_version_that_waits_for_the_slides_end_comes_when_the_show_is_paused_or_ended(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    for action_id in ("pause", "leave"):
        show = begin(manifest([1, 2], interval=600), how=Start(play=True))
        show.waits_to_see(1)
        show.until(show.is_painted)
        manifest([1, 2, 3], interval=600)
        show.program.gallery_watcher.look()
        show.until(lambda show=show: show.program.gallery_swap.is_waiting)  # type: ignore[misc]  # bound now
        assert show.place == "1 of 2"
        does(show, action_id)
        show.until(lambda show=show: show.place == "1 of 3")  # type: ignore[misc]  # bound now
        show.close()


# -- the program --------------------------------------------------------------------------------------------------


def test_another_theme_is_seen_at_once_and_kept_for_the_next_start(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    path = manifest([1])
    show = begin(path)
    show.waits_to_see(1)

    def colours(show: Show) -> tuple[str, str]:
        return (show.window.palette().color(QPalette.ColorRole.Window).name(),
                show.window.grab().toImage().pixelColor(show.window.panel.mapTo(
                    show.window, show.window.panel.rect().center())).name())

    def choose_light(dialog: QDialog) -> None:
        combo = named(dialog, "Theme")
        assert isinstance(combo, QComboBox)
        combo.setCurrentIndex(combo.findText("Light"))
        assert colours(show) == (LIGHT.panel, LIGHT.panel), "while the page is still open"

    assert colours(show) == (DARK.panel, DARK.panel)
    answer(lambda: does(show, "preferences"), choose_light)
    assert colours(show) == (LIGHT.panel, LIGHT.panel)
    show.close()
    again = begin(path)
    assert colours(again) == (LIGHT.panel, LIGHT.panel)


def test_a_value_for_one_run_alone_is_not_kept(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    path = manifest([1])
    show = begin(path, how=Start(overrides={"look/theme": "light"}))
    assert show.window.palette().color(QPalette.ColorRole.Window).name() == LIGHT.panel
    show.close()

    again = begin(path)
    assert again.window.palette().color(QPalette.ColorRole.Window).name() == DARK.panel


def test_about_names_version_formats_and_licence(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest([1]))

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        text = dialog.text() + dialog.informativeText()
        assert __version__ in text
        assert "JPEG" in text
        assert "MIT" in text
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    answer(lambda: does(show, "about"), read)


def test_dialogs_are_gone_when_they_are_closed(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest([1, 2]))
    show.waits_to_see(1)

    for _ in range(2):
        for action_id in ("preferences", "edit_caption", "about", "go_to"):
            answer(show.program.action_set[action_id].trigger, QDialog.reject)
    show.turn()

    assert [type(child).__name__ for child in show.window.children() if type(child).__name__ in (
        "Preferences", "CaptionEditor", "QMessageBox", "QInputDialog")] == []


@pytest.mark.parametrize("action_id", ["close", "quit"])
def test_closing_and_quitting_end_the_workers_and_remember_the_window(
    begin: Callable[..., Show], manifest: Callable[..., Path], action_id: str,
) -> None:
    path = manifest([1])
    show = begin(path)
    show.waits_to_see(1)
    show.window.resize(777, 555)
    does(show, "toggle_strip")
    does(show, action_id)
    assert not show.window.isVisible()
    assert show.program.pool.pids == ()

    again = begin(path)
    assert again.window.size() == show.window.size()
    assert not again.thumbnails.isVisible()


# -- editing ------------------------------------------------------------------------------------------------------


def save(field: QWidget) -> None:
    """Press Ctrl+Enter."""
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def edits(show: Show, name: str, text: str) -> None:
    """Edit the caption and save."""
    def act(dialog: QDialog) -> None:
        save(write(dialog, name, text))

    answer(lambda: does(show, "edit_caption"), act)


def test_an_edited_caption_is_seen_and_saved_and_the_picture_stays_shown(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    path = manifest([1, 2])
    show = begin(path)
    show.press(RIGHT)
    show.waits_to_see(2)
    edits(show, "Title", "Reworded")

    assert (show.place, show.title) == ("2 of 2", "Reworded")
    assert show.sees() == 2
    assert [slide["title"] for slide in json.loads(path.read_text())["slides"]] == ["Title 1", "Reworded"]
    show.program.gallery_watcher.look()
    show.until(lambda: not show.program.gallery_watcher.is_looking)
    threads = [thread.name for thread in threading.enumerate()]
    assert THREAD_NAME not in threads, "what was written here is not read again"


def test_the_show_waits_while_its_caption_is_edited_and_goes_on(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    path = manifest([1, 2, 3], interval=5)
    show = begin(path, clock=clock)
    show.waits_to_see(1)
    does(show, "play")
    show.until(show.is_painted)

    def take_long(dialog: QDialog) -> None:
        clock.advance(60_000)
        show.turn()
        assert show.place == "1 of 3"
        save(write(dialog, "Title", "Reworded"))

    answer(lambda: does(show, "edit_caption"), take_long)
    assert show.state == "playing"
    assert [slide["title"] for slide in json.loads(path.read_text())["slides"]] == ["Reworded", "Title 2", "Title 3"]


def test_a_gallery_that_is_replaced_while_its_caption_is_edited_keeps_both_changes(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    path = manifest([1, 2])
    show = begin(path)
    show.press(RIGHT)
    show.waits_to_see(2)

    def meanwhile(dialog: QDialog) -> None:
        manifest([7, 1, 2])
        show.program.gallery_watcher.look()
        show.until(lambda: show.place == "3 of 3")
        save(write(dialog, "Title", "Reworded"))

    answer(lambda: does(show, "edit_caption"), meanwhile)
    assert [slide["title"] for slide in json.loads(path.read_text())["slides"]] == ["Title 7", "Title 1", "Reworded"]
    assert (show.place, show.title) == ("3 of 3", "Reworded")


def test_what_cannot_be_saved_is_said_in_the_form_and_nothing_that_was_typed_is_lost(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    path = manifest([1, 2])
    show = begin(path)
    show.waits_to_see(1)

    def act(dialog: QDialog) -> None:
        path.unlink()
        path.mkdir()
        field = write(dialog, "Title", "Typed in vain")
        save(field)
        assert dialog.isVisible()
        assert any("gallery.json is a folder" in label.text() for label in dialog.findChildren(QLabel))
        assert isinstance(field, QLineEdit)
        assert field.text() == "Typed in vain"
        QTest.keyClick(field, ESC)

    answer(lambda: does(show, "edit_caption"), act)
    assert show.title == "Title 1"


# -- rough handling -----------------------------------------------------------------------------------------------

ROUGH = ("fullscreen", "play", "zoom_in", "toggle_strip", "next", "help", "toggle_caption", "black", "rotate_left",
         "toggle_information", "leave", "previous", "actual_size", "pan_left", "caption_larger", "shuffle", "last",
         "pause", "reload", "fit", "faster")


def test_commands_in_any_order_leave_a_program_that_still_shows_its_pictures(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest(range(1, 8)))
    for stride in (1, 5, 8, 13):
        for at in range(len(ROUGH)):
            action_id = ROUGH[at * stride % len(ROUGH)]
            if can(show, action_id):
                show.program.action_set[action_id].trigger()
            if at % 3 == 0:
                show.window.resize(300 + 97 * (at * stride % 11), 220 + 61 * (at % 9))
            show.turn()
    for _ in range(4):
        show.press(ESC)
    if is_checked(show, "shuffle"):
        does(show, "shuffle")
    show.window.resize(1100, 800)
    show.press(Qt.Key.Key_Home)
    for number in (1, 2, 3):
        show.waits_to_see(number)
        show.press(RIGHT)
    assert show.state == "stopped"


@pytest.mark.parametrize("size", [(240, 180), (300, 900), (1200, 200)])
def test_every_command_can_be_used_in_a_window_of_any_shape(
    begin: Callable[..., Show], manifest: Callable[..., Path], size: tuple[int, int],
) -> None:
    show = begin(manifest([1, 2, 3]))
    show.waits_to_see(1)
    show.window.resize(*size)
    show.turn()
    quiet = ("open", "open_folder", "edit_caption", "preferences", "go_to", "about", "close", "quit")
    for action in ACTIONS:
        if action.id not in quiet and can(show, action.id):
            show.program.action_set[action.id].trigger()
            show.turn()

    for _ in range(4):
        show.press(ESC)
    assert show.window.isVisible()


def test_keys_that_are_held_down_switch_once(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2]))
    show.waits_to_see(1)
    repeated = {action.id for action in ACTIONS if show.program.action_set[action.id].autoRepeat()}

    assert repeated.isdisjoint(action.id for action in ACTIONS if action.checkable)
    assert repeated.isdisjoint(("leave", "quit", "close", "edit_caption", "copy_picture", "toggle_zoom"))
    assert {"next", "previous", "zoom_in", "pan_left", "caption_larger", "faster"} <= repeated


def test_turning_full_screen_on_and_off_keeps_the_windows_size_and_its_docks(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2]))
    show.waits_to_see(1)
    show.window.resize(1000, 700)
    show.turn()
    before = show.window.size(), show.window.panel.geometry(), show.thumbnails.geometry()
    for _ in range(6):
        does(show, "fullscreen")
    show.until(lambda: show.window.size() == before[0])
    show.until(lambda: (show.window.size(), show.window.panel.geometry(), show.thumbnails.geometry()) == before)
    show.waits_to_see(1)


def test_a_picture_can_be_looked_at_closely_while_another_gallery_comes(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    show = begin(manifest([1, 2]), how=Start(play=True))
    show.waits_to_see(1)
    does(show, "zoom_in", 4)
    assert show.state == "paused"
    assert toast(show) == "Paused while you look closely."
    does(show, "rotate_right")
    other = tmp_path / "other"
    other.mkdir()
    numbered(other / "5.jpg", 5, (1500, 1000))
    drop(show, other)
    show.waits_to_see(5)

    assert show.program.slide_view.is_fitted
    assert Box(*show.program.slide_view.box) == show.program.slide_view.box
