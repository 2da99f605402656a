"""Stories of someone who hears the program, or reaches everything by Tab."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from tests.pictures import numbered
from tests.stories.dialogs import answer
from viewer.app.start import Start
from viewer.ui.commands import state_announcements
from viewer.ui.style.theme import DARK, contrast
from viewer.ui.viewport.empty_view import EmptyView

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.conftest import Show

pytestmark = pytest.mark.story

FIELDS = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox)


def name_of(widget: QWidget) -> str:
    """What assistive technology calls the widget: its own name, its text, or its label's."""
    # On Linux a combo box's own face gives its value for a name, and leaves the name to its label.
    return widget.accessibleName() or QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def nameless(window: QWidget) -> list[str]:
    """Everything in `window` that can be used or have the focus, and has no name; not what Qt's widgets are made of."""
    found = []
    for widget in window.findChildren(QWidget):
        used = widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, FIELDS)
        made_of = widget.objectName().startswith("qt_") or widget.focusProxy() is not None
        inner = isinstance(widget.parentWidget(), (QSpinBox, QComboBox)) or widget.window() is not window
        if used and not made_of and not inner and not name_of(widget):
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}")
    for area in window.findChildren(QAbstractScrollArea):
        scrolls = area.verticalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff and area.window() is window
        if scrolls and not area.verticalScrollBar().accessibleName():
            found.append(f"scroll bar of {type(area).__name__} {area.objectName()}")
    return found


def tab_stops(show: Show) -> list[str]:
    """The names of what Tab goes through, from the slide view and back to it."""
    show.program.slide_view.setFocus()
    names: list[str] = []
    for _ in range(20):
        show.press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is show.program.slide_view:
            return names
        names.append(name_of(focus))
    raise AssertionError(f"Tab never comes back to the picture: {names}")


def edge_of(part: QWidget) -> list[str]:
    """The colours of the first pixels inside the left edge of a part, halfway down."""
    image = part.window().grab(QRect(part.mapTo(part.window(), QPoint(0, part.height() // 2)), QSize(5, 1))).toImage()
    return [image.pixelColor(x, 0).name() for x in range(5)]


RING = ["#000000", DARK.accent, DARK.accent, "#ffffff"]


@pytest.mark.parametrize("how", [Start(), Start(fullscreen=True)], ids=["window", "full screen"])
def test_a_ring_shows_where_tab_has_moved_the_focus(
    begin: Callable[..., Show], manifest: Callable[..., Path], how: Start,
) -> None:
    show = begin(manifest([1, 2, 3]), how=how)
    show.waits_to_see(1)
    program = show.program
    parts: list[QWidget] = [program.slide_view]
    parts += [program.central.panel] if how.fullscreen else [show.window.panel, show.thumbnails]
    assert all(edge_of(part)[:4] != RING for part in parts), "nobody has pressed Tab yet"
    reached: set[int] = set()

    for _ in range(2 * len(parts) + 4):
        show.press(Qt.Key.Key_Tab)
        show.turn()
        focus = QApplication.focusWidget()
        has_focus = [part for part in parts if focus in (part, part.focusProxy())]
        assert [part for part in parts if edge_of(part)[:4] == RING] == has_focus
        reached.update(map(id, has_focus))

    assert reached == set(map(id, parts))


def test_a_ring_is_not_seen_where_a_click_put_the_focus(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2, 3]))
    show.waits_to_see(1)
    show.press(Qt.Key.Key_Tab)
    QTest.mouseClick(show.program.slide_view, Qt.MouseButton.LeftButton)
    show.turn()

    assert show.program.slide_view.hasFocus()
    assert edge_of(show.program.slide_view)[:4] != RING


def test_a_ring_keeps_to_the_size_of_what_it_frames(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest([1, 2, 3]))
    show.waits_to_see(1)
    show.press(Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
    show.window.resize(1000, 700)
    show.turn()
    view = show.program.slide_view
    below = show.window.grab(QRect(view.mapTo(show.window, view.rect().bottomLeft()) - QPoint(-50, 3), QSize(1, 4)))

    assert [below.toImage().pixelColor(0, y).name() for y in range(4)] == RING[::-1]


@pytest.mark.parametrize("how", [Start(), Start(fullscreen=True)], ids=["window", "full screen"])
def test_everything_that_can_be_used_has_a_name(
    begin: Callable[..., Show], manifest: Callable[..., Path], how: Start,
) -> None:
    show = begin(manifest([1, 2, 3]), how=how)
    show.waits_for_place("1 of 3")

    assert nameless(show.window) == []


def test_everything_has_a_name_where_there_are_no_pictures(begin: Callable[..., Show], tmp_path: Path) -> None:
    show = begin(tmp_path)
    show.until(lambda: bool(show.window.findChildren(EmptyView)))

    assert nameless(show.window) == []


def test_everything_in_a_dialog_has_a_name(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest([1, 2, 3]))
    show.waits_to_see(1)
    for action_id in ("preferences", "edit_caption", "about", "go_to"):
        answer(show.program.action_set[action_id].trigger, _every_part_has_a_name)


def _every_part_has_a_name(dialog: QDialog) -> None:
    assert nameless(dialog) == []


def test_tab_goes_through_all_parts_of_the_window_and_comes_back(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2, 3]))
    show.waits_to_see(1)

    assert sorted(tab_stops(show)) == ["Caption", "Full screen", "Play the show", "Thumbnails"]


def test_the_picture_is_read_by_title_and_alternative_text(
    begin: Callable[..., Show],
) -> None:
    show = begin()
    show.waits_for_place("1 of 11")
    slide = show.program.session.slide
    assert slide is not None

    assert name_of(show.program.slide_view) == slide.title
    assert show.program.slide_view.accessibleDescription() == slide.alt
    assert show.program.slide_view.hasFocus(), "a screen reader begins with the picture"


def test_each_thumbnail_is_read_by_number_and_title(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([4, 5]))
    show.waits_to_see(4)
    strip = QAccessible.queryAccessibleInterface(show.thumbnails)
    names = {strip.child(at).text(QAccessible.Text.Name) for at in range(strip.childCount())}

    assert {"1: Title 4", "2: Title 5"} <= names


def test_the_title_of_the_window_names_the_slide_and_the_gallery(begin: Callable[..., Show]) -> None:
    show = begin()
    show.waits_for_place("1 of 11")
    show.press(Qt.Key.Key_End)
    show.waits_for_place("11 of 11")

    assert show.window.windowTitle() == f"{show.title} – Expedition 56: The Launch of Soyuz MS-09"
    assert name_of(show.window) == show.window.windowTitle()


def test_a_dialog_begins_with_its_first_field(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest([1]))
    show.waits_to_see(1)
    for action_id, first in (("edit_caption", "Title"), ("preferences", "Theme")):
        answer(show.program.action_set[action_id].trigger, partial(_begins_with, show, first))


def _begins_with(show: Show, name: str, dialog: QDialog) -> None:
    show.until(lambda: dialog.isActiveWindow() and dialog.focusWidget() is not None)
    focus = dialog.focusWidget()
    assert focus is not None
    assert name_of(focus) == name


def test_the_end_of_a_show_is_said_whether_it_stops_or_holds_its_last_picture(
    begin: Callable[..., Show], manifest: Callable[..., Path], clock: ManualClock, monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(state_announcements, "announce", lambda _, sentence: said.append(sentence))
    show = begin(manifest([1, 2]), clock=clock)
    show.waits_to_see(1)
    show.program.settings.set("show/interval", "5")
    for end, sentence in (("stop", "The show has ended."), ("hold", "That was the last picture. It stays.")):
        show.program.settings.set("show/end", end)
        show.press(Qt.Key.Key_Home, Qt.Key.Key_F5)
        for number in (1, 2):
            show.waits_for_place(f"{number} of 2")
            show.until(show.is_painted)
            clock.advance(5000)

        assert said == [sentence]
        said.clear()


def test_zooming_is_said_once_it_rests_and_a_slide_that_comes_up_whole_needs_no_word(
    begin: Callable[..., Show], manifest: Callable[..., Path], monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(state_announcements, "announce", lambda _, sentence: said.append(sentence))
    show = begin(manifest([1, 2]))
    show.waits_to_see(1)
    show.press(Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_1)
    show.until(lambda: bool(said))
    show.press(Qt.Key.Key_Right)
    show.waits_to_see(2)
    show.press(Qt.Key.Key_R)
    show.until(lambda: len(said) > 1)

    assert said == ["100\N{NO-BREAK SPACE}%", "Turned by 90 degrees"]


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("fullscreen", [False, True], ids=["window", "full screen"])
def test_the_captions_scroll_bar_is_seen_and_does_not_glare(
    begin: Callable[..., Show], tmp_path: Path, theme: str, *, fullscreen: bool,
) -> None:
    numbered(tmp_path / "1.jpg", 1, (600, 400))
    slide = {"file": "1.jpg", "caption": "A rocket rises. " * 400}
    (tmp_path / "gallery.json").write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": [slide]}))
    show = begin(tmp_path / "gallery.json", how=Start(fullscreen=fullscreen, overrides={"look/theme": theme}))
    show.waits_for_place("1 of 1")
    panel = show.program.central.panel if fullscreen else show.window.panel
    show.until(panel.scroll_bar.isVisible)
    bar = panel.scroll_bar
    image = show.window.grab(QRect(bar.mapTo(show.window, QPoint(0, 0)), bar.size())).toImage()
    middle = image.width() // 2
    handle, ground = (image.pixelColor(middle, y).name() for y in (bar.height() // 40 + 12, bar.height() - 3))

    assert bar.accessibleName() == "Scroll the caption"
    assert contrast(handle, ground) >= 3
    assert contrast(handle, ground) < 7, "it is no word, and gives way to words"
