"""Stories of what stays as it was left, and of what moves by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.pictures import BLUE, GREEN, RED, animated, is_near, rgba, solid
from viewer.actions import ACTIONS
from viewer.app.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QImage

    from tests.fakes import ManualClock
    from tests.stories.conftest import Show

pytestmark = pytest.mark.story

OPENS_A_DIALOG = {"open", "open_folder", "edit_caption", "preferences", "go_to", "about"}
ENDS = {"close", "quit"}


def middle(show: Show) -> tuple[int, int, int]:
    """The colour in the middle of the slide view."""
    image = show.pixels()
    colour = image.pixelColor(image.width() // 2, image.height() // 2)
    return colour.red(), colour.green(), colour.blue()


def test_an_animated_picture_moves_and_begins_again(
    begin: Callable[..., Show], tmp_path: Path, clock: ManualClock,
) -> None:
    animated(tmp_path / "moving.gif", colours=(RED, GREEN, BLUE), durations=(200, 200, 200), size=(300, 200))
    show = begin(tmp_path / "moving.gif", clock=clock)
    names = {RED: "red", GREEN: "green", BLUE: "blue"}
    seen: list[str] = []

    def moves_on() -> bool:
        clock.advance(50)
        now = next((name for colour, name in names.items() if is_near(middle(show), colour)), "")
        if now and now not in seen[-1:]:
            seen.append(now)
        return len(seen) == 6

    show.until(moves_on)
    assert seen == ["red", "green", "blue"] * 2


def test_what_is_seen_through_a_picture_and_its_thumbnail_is_a_choice(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    rgba(tmp_path / "transparent.png", (255, 0, 0, 0), (400, 300))
    show = begin(tmp_path / "transparent.png")
    view_model = show.program.view_model
    show.until(lambda: view_model.displayed.sharp and view_model.displayed.picture is not None)

    def seen_through(image: QImage, middle: QPoint) -> int:
        """How many colours there are in a row of pixels about `middle`."""
        return len({image.pixel(middle.x() + x, middle.y() + 1) for x in range(-20, 20)})

    def through_picture() -> int:
        return seen_through(show.pixels(), show.pixels().rect().center())

    def through_thumbnail() -> int:
        strip = show.thumbnails
        return seen_through(strip.viewport().grab().toImage(), strip.visualRect(strip.currentIndex()).center())

    assert through_picture() == 2
    show.until(lambda: through_thumbnail() == 2)
    show.press(Qt.Key.Key_F11)
    show.until(lambda: show.window.isFullScreen() and through_picture() == 1)
    show.press(Qt.Key.Key_F11)
    show.until(lambda: not show.window.isFullScreen() and through_picture() == 2)

    show.program.settings.set("look/transparency", "background")
    assert through_picture() == 1
    show.until(lambda: through_thumbnail() == 1)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_strip_stands_where_the_current_slide_is_after_whatever_becomes_of_the_window(
    begin: Callable[..., Show], tmp_path: Path, direction: Qt.LayoutDirection,
) -> None:
    for number in range(60):
        solid(tmp_path / f"{number:02}.png", RED)
    QApplication.setLayoutDirection(direction)
    try:
        show = begin(tmp_path, how=Start(overrides={"caption/fullscreen": "none"}))
        show.program.session.go(30)

        def stands_there() -> bool:
            strip = show.thumbnails
            cell = strip.visualRect(strip.currentIndex())
            return (strip.isVisible() and strip.currentIndex().row() == 30
                    and strip.viewport().rect().contains(cell.center()))

        show.until(stands_there)
        size = show.window.size()
        for _ in range(2):
            show.press(Qt.Key.Key_F11)
            show.until(lambda: show.window.isFullScreen())
            show.turn()
            show.press(Qt.Key.Key_F11)
            show.until(lambda: not show.window.isFullScreen())
            show.until(stands_there)
        show.press(Qt.Key.Key_T)
        show.turn()
        show.press(Qt.Key.Key_T)
        show.until(stands_there)
        for width, height in ((700, 600), (240, 180), (1400, 900), (300, 900), size.toTuple()):
            show.window.resize(width, height)
            show.turn()
            show.until(lambda: stands_there() or not show.thumbnails.isVisible())
        show.until(stands_there)
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)


def test_the_window_comes_back_as_it_was_left(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    path = manifest([1, 2])
    show = begin(path)
    show.waits_to_see(1)
    show.press(Qt.Key.Key_T)
    show.window.resize(760, 700)
    show.press(Qt.Key.Key_L)
    show.turn()
    show.close()

    again = begin(path)
    again.waits_to_see(1)
    assert not again.thumbnails.isVisible()
    assert (again.window.width(), again.window.height()) == (760, 700)
    assert again.program.settings.number("caption/scale") == 110


def test_what_the_command_line_says_holds_for_that_run_alone(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    path = manifest([1, 2])
    show = begin(path, how=Start(overrides={"show/interval": "3"}))
    assert show.program.session.show_options.interval == "3"
    show.close()

    assert begin(path).program.session.show_options.interval == "auto"


def test_every_key_does_its_command_from_every_place_that_can_have_the_focus(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(manifest([1, 2, 3]), clock=clock)
    show.waits_to_see(1)
    done: list[str] = []
    places = [widget for widget in show.window.findChildren(QWidget)
              if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible()]
    assert len(places) >= 4
    for row in ACTIONS:
        if row.id not in OPENS_A_DIALOG | ENDS:
            action = show.program.action_set[row.id]
            action.triggered.disconnect()  # that each does what it says is told elsewhere; here it is about the keys
            action.triggered.connect(lambda *_, one=row.id: done.append(one))
    for row in ACTIONS:
        if row.id in OPENS_A_DIALOG | ENDS or not show.program.action_set[row.id].isEnabled():
            continue
        for key in row.keys:
            chord = QKeySequence(key)[0]  # type: ignore[index]  # in Qt, missing in the stubs
            for place in places:
                place.setFocus()
                done.clear()
                clock.advance(10_000)  # a digit pressed before begins no number any more
                QTest.keyClick(QApplication.focusWidget() or place, chord.key(), chord.keyboardModifiers())

                assert done == [row.id], f"{key} from {type(place).__name__} {place.accessibleName()!r}"
