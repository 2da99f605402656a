"""Stories of someone who arranges the window by its menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from viewer.actions import BY_ID

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stories.conftest import Show

pytestmark = pytest.mark.story

KEY = Qt.Key
SIDES = ("left", "right", "top", "bottom")


@pytest.fixture
def show(begin: Callable[..., Show], manifest: Callable[..., Path]) -> Show:
    show = begin(manifest([1, 2]))
    show.waits_to_see(1)
    show.window.resize(1280, 800)
    show.turn()
    return show


def choose(show: Show, action_id: str) -> None:
    show.program.action_set[action_id].trigger()
    for _ in range(2):  # docks have their places after the next turn
        show.turn()


def side_of(show: Show, part: QWidget) -> str:
    """On which side of the picture `part` stands."""
    picture = show.program.slide_view.rect().translated(show.program.slide_view.mapTo(show.window, QPoint()))
    box = part.rect().translated(part.mapTo(show.window, QPoint()))
    assert not box.intersects(picture)
    return ("left" if box.right() < picture.left() else "right" if box.left() > picture.right()
            else "top" if box.bottom() < picture.top() else "bottom")


@pytest.mark.parametrize("strip", SIDES)
def test_caption_and_thumbnails_go_to_any_side(show: Show, strip: str) -> None:
    choose(show, f"strip_{strip}")
    for side in SIDES:
        choose(show, f"caption_{side}")
        assert (side_of(show, show.window.panel), side_of(show, show.program.thumbnail_bar)) == (side, strip)
        checked = [row for row in BY_ID if row.startswith(("caption_", "strip_"))
                   and show.program.action_set[row].isChecked()]
        assert checked == [f"caption_{side}", f"strip_{strip}"]


def test_the_menu_is_used_by_keys_alone(show: Show) -> None:
    QTest.keyClick(show.window, KEY.Key_V, Qt.KeyboardModifier.AltModifier)
    for key in (KEY.Key_P, KEY.Key_L):
        menu = QApplication.activePopupWidget()
        assert menu is not None
        QTest.keyClick(menu, key)
    for _ in range(2):
        show.turn()

    assert side_of(show, show.window.panel) == "left"


@pytest.mark.parametrize("side", ["right", "bottom"])
def test_the_panel_is_made_larger_and_smaller_and_stays_so(show: Show, side: str) -> None:
    choose(show, f"caption_{side}")
    sizes = []
    for action_id in ("caption_panel_larger", "caption_panel_larger", "caption_panel_smaller",
                      "caption_panel_smaller", "caption_panel_smaller"):
        before = show.window.panel.size()
        choose(show, action_id)
        sizes.append(show.window.panel.size())
        grown = show.window.panel.width() - before.width() + show.window.panel.height() - before.height()
        assert (grown > 0) is (action_id == "caption_panel_larger")
    show.press(KEY.Key_C, KEY.Key_C)
    show.turn()

    assert show.window.panel.size() == sizes[-1]


def test_the_layout_can_be_reset(show: Show) -> None:
    before = show.program.slide_view.size()
    for action_id in ("caption_top", "strip_left", "caption_panel_larger", "toggle_strip", "toggle_caption"):
        choose(show, action_id)
    assert show.program.slide_view.size() != before

    choose(show, "reset_layout")
    assert show.program.slide_view.size() == before
    assert (side_of(show, show.window.panel), side_of(show, show.program.thumbnail_bar)) == ("right", "bottom")


def test_in_full_screen_there_is_nothing_to_arrange(show: Show) -> None:
    rows = [row for row in BY_ID.values() if row.when == "window"]
    assert len(rows) > 8
    for full in (False, True):
        assert all(show.program.action_set[row.id].isEnabled() is not full for row in rows)
        show.press(KEY.Key_F11)


def test_a_window_too_small_for_the_thumbnails_shows_them_on_demand(show: Show) -> None:
    row, bar = show.program.action_set["toggle_strip"], show.program.thumbnail_bar
    show.window.resize(400, 300)
    show.turn()
    assert (bar.isVisible(), row.isChecked()) == (False, False)

    for seen in (True, False, True):
        show.press(KEY.Key_T)
        show.turn()
        assert (bar.isVisible(), row.isChecked()) == (seen, seen)
    show.press(KEY.Key_C)
    show.turn()
    assert side_of(show, show.window.panel) in SIDES
    assert show.window.size().toTuple() == (400, 300)
    for height, seen in ((800, True), (300, False)):
        show.window.resize(1200, height)
        show.turn()
        assert (bar.isVisible(), row.isChecked()) == (seen, seen)
