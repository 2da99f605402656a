"""Stories of the room that the caption takes from the picture, and when it takes none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.pictures import numbered, solid, with_description
from viewer.app.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stories.conftest import Show

pytestmark = pytest.mark.story

KEY = Qt.Key


def line(show: Show) -> list[str]:
    """What the line below the picture says; nothing where it is not to be seen."""
    labels = show.window.status_line.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible()]


def caption_is_checked(show: Show) -> bool:
    return show.program.action_set["toggle_caption"].isChecked()


def two_pictures(folder: Path) -> Path:
    for number in (1, 2):
        numbered(folder / f"{number}.jpg", number, (1500, 1000))
    return folder


def test_a_folder_of_pictures_without_words_gives_them_all_the_room(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    show = begin(two_pictures(tmp_path))
    show.waits_to_see(1)
    assert not show.window.panel.isVisible()
    assert line(show) == ["1.jpg", "1 of 2"]
    show.press(KEY.Key_Right)
    assert line(show) == ["2.jpg", "2 of 2"]

    show.press(KEY.Key_F11)
    assert show.program.slide_view.size() == show.window.size()
    assert line(show) == []


@pytest.mark.parametrize("full", [False, True], ids=["window", "full screen"])
def test_without_words_caption_and_information_still_bring_the_panel_and_take_it_away(
    begin: Callable[..., Show], tmp_path: Path, *, full: bool,
) -> None:
    show = begin(two_pictures(tmp_path), how=Start(fullscreen=full))
    show.waits_for_place("1 of 2")
    panel = show.program.central.panel if full else show.window.panel
    for keys in ((KEY.Key_C, KEY.Key_C), (KEY.Key_I, KEY.Key_I), (KEY.Key_I, KEY.Key_C)):
        for key, seen in zip(keys, (True, False), strict=True):
            show.press(key)
            assert (panel.isVisible(), caption_is_checked(show)) == (seen, seen)


def test_the_first_words_found_in_a_file_bring_the_panel_for_the_rest_of_the_gallery(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    solid(tmp_path / "1.jpg")
    solid(tmp_path / "2.jpg", exif=with_description("High tide."))
    solid(tmp_path / "3.jpg")
    show = begin(tmp_path)
    seen = []
    for place, key in (("1 of 3", KEY.Key_Right), ("2 of 3", KEY.Key_Right), ("3 of 3", KEY.Key_Home),
                       ("1 of 3", KEY.Key_Home)):
        show.waits_for_place(place)
        seen.append(show.window.panel.isVisible())
        show.press(key)

    assert seen == [False, True, True, True]
    show.press(KEY.Key_R, modifiers=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    show.until(lambda: not show.window.panel.isVisible())


@pytest.mark.parametrize("is_home", [False, True], ids=["a folder", "the home folder"])
def test_what_stands_beside_the_pictures_of_a_folder_are_their_captions(
    begin: Callable[..., Show], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_home: bool,
) -> None:
    if is_home:  # which workers may not read as a whole
        monkeypatch.setenv("HOME", str(tmp_path))
    (two_pictures(tmp_path) / "1.txt").write_text("The old harbour.")
    (tmp_path / "2.jpg.json").write_text('{"title": "2.jpg", "description": "The new one."}')
    show = begin(tmp_path)
    show.waits_to_see(1)
    assert show.window.panel.words.caption == "The old harbour."
    show.press(KEY.Key_Right)
    show.waits_to_see(2)
    assert show.window.panel.words.caption == "The new one."


def test_a_window_too_small_for_the_caption_names_the_slide_and_shows_the_caption_on_demand(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2]))
    show.window.resize(400, 300)
    show.turn()
    assert line(show) == ["Title 1", "1 of 2"]
    assert not caption_is_checked(show)
    button = show.window.status_line.findChild(QPushButton)
    assert button is not None

    asks = (partial(show.press, KEY.Key_C), partial(QTest.mouseClick, button, Qt.MouseButton.LeftButton),
            partial(show.press, KEY.Key_I))
    for ask in asks:
        for seen in (True, False):
            ask()
            show.turn()
            assert show.window.panel.isVisible() is seen
            assert (button.isChecked(), caption_is_checked(show)) == (seen, seen)
            assert button.isVisible()
    show.window.resize(1200, 780)
    show.turn()
    assert show.window.panel.isVisible()
    assert line(show) == []


def test_who_hides_the_captions_is_told_of_none(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest([1, 2]))
    show.waits_to_see(1)
    show.press(KEY.Key_C)
    for size in ((1200, 780), (400, 300)):
        show.window.resize(*size)
        show.turn()
        assert (show.window.panel.isVisible(), line(show)) == (False, [])


def test_a_wish_for_galleries_without_words_is_remembered(begin: Callable[..., Show], tmp_path: Path) -> None:
    show = begin(two_pictures(tmp_path))
    show.press(KEY.Key_C)
    show.close()

    assert begin(tmp_path).window.panel.isVisible()
