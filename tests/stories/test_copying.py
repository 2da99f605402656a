"""Stories of the clipboard: a picture and its path, copied out of the program."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage

from tests.pictures import BLUE, GREEN, RED, animated, is_near, numbered, oriented, photo, solid, truncated
from viewer.app.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.stories.conftest import Show

pytestmark = pytest.mark.story

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def clipboard_is_emptied_again(qapp: object) -> Iterator[None]:
    del qapp
    yield
    QGuiApplication.clipboard().clear()


def toast(show: Show) -> str:
    return show.program.central.toast.accessibleName()


def copies(show: Show) -> QImage:
    """Press Ctrl+C, wait until it has been done, and paste as another program would."""
    QGuiApplication.clipboard().setText("before")
    show.press(Qt.Key.Key_C, modifiers=CTRL)
    show.until(lambda: QGuiApplication.clipboard().mimeData().hasFormat("image/png"))
    return QImage.fromData(QGuiApplication.clipboard().mimeData().data("image/png"))


def waits_for_picture(show: Show) -> None:
    """Wait until the slide's picture is shown."""
    show.until(lambda: show.program.view_model.displayed.sharp and show.program.slide_view.view is not None)


def is_colour(seen: QColor, colour: Sequence[int]) -> bool:
    return is_near((seen.red(), seen.green(), seen.blue()), colour)


def test_the_path_of_the_picture_is_copied(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    show = begin(manifest([1, 2]))
    show.waits_to_see(1)
    show.press(Qt.Key.Key_C, modifiers=CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == str(tmp_path / "1.jpg")
    assert toast(show) == "The picture's path was copied."


def test_the_whole_picture_and_its_file_are_copied_however_it_is_looked_at(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    show = begin(photo(tmp_path / "large.jpg", (2400, 3000)))
    waits_for_picture(show)
    displayed = show.program.view_model.displayed.picture
    assert displayed is not None
    assert displayed.image.width() < 2400

    copied = copies(show)
    assert copied.size().toTuple() == (2400, 3000)
    assert toast(show) == "The picture was copied (2400 × 3000)."
    original = QImage(str(tmp_path / "large.jpg"))
    for x, y in ((0, 0), (2399, 2999), (1200, 700)):
        there = original.pixelColor(x, y)
        assert is_colour(copied.pixelColor(x, y), (there.red(), there.green(), there.blue()))
    assert QGuiApplication.clipboard().mimeData().urls()[0].toLocalFile() == str(tmp_path / "large.jpg")

    show.program.slide_view.zoom_by(5)
    show.press(Qt.Key.Key_R)
    assert copies(show).size().toTuple() == (3000, 2400)


def test_a_picture_is_copied_upright(begin: Callable[..., Show], tmp_path: Path) -> None:
    show = begin(oriented(tmp_path / "sideways.jpg", 6, (3000, 2000)))
    waits_for_picture(show)

    assert QImage(str(tmp_path / "sideways.jpg")).size().toTuple() == (2000, 3000)
    assert copies(show).size().toTuple() == (3000, 2000)


def test_paging_goes_on_while_a_picture_is_copied(begin: Callable[..., Show], tmp_path: Path) -> None:
    numbered(tmp_path / "1.png", 1, (3000, 2000))
    solid(tmp_path / "2.png", GREEN, (3000, 2000))
    show = begin(tmp_path)
    waits_for_picture(show)
    show.press(Qt.Key.Key_C, modifiers=CTRL)
    show.press(Qt.Key.Key_Right)
    show.until(lambda: show.program.view_model.displayed.index == 1)
    show.until(lambda: toast(show) == "The picture was copied (3000 × 2000).")

    assert QGuiApplication.clipboard().mimeData().urls()[0].fileName() == "1.png"


def test_the_frame_of_an_animation_that_is_shown_is_copied(begin: Callable[..., Show], tmp_path: Path) -> None:
    path = animated(tmp_path / "moving.gif", durations=[20, 20, 60_000], size=(1400, 1000))
    show = begin(path)
    show.until(lambda: show.program.view_model.displayed.frame == 2)

    copied = copies(show)
    assert copied.size().toTuple() == (1400, 1000)
    assert is_colour(copied.pixelColor(700, 500), BLUE)


def test_a_file_that_has_been_damaged_or_replaced_meanwhile_is_copied_as_it_is_or_says_why_not(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    path = solid(tmp_path / "a.png", RED, (2600, 1800))
    show = begin(path, how=Start())
    waits_for_picture(show)

    os.replace(solid(tmp_path / "new.png", BLUE, (2800, 2000)), path)  # noqa: PTH105 - both ways of saying it are one
    copied = copies(show)
    assert copied.size().toTuple() == (2800, 2000)
    assert is_colour(copied.pixelColor(9, 9), BLUE)
    waits_for_picture(show)

    whole = photo(tmp_path / "whole.png", (2600, 1800))
    os.replace(truncated(whole, tmp_path / "part.png", keep=0.5), path)  # noqa: PTH105 - likewise
    QGuiApplication.clipboard().setText("before")
    show.press(Qt.Key.Key_C, modifiers=CTRL)
    show.until(lambda: toast(show).startswith("The picture was not copied."))
    assert toast(show).endswith("The picture is damaged or incomplete. Copy it here again.")
    assert QGuiApplication.clipboard().text() == "before"
