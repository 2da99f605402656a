from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import delete

from tests.ui.painting import painted
from viewer.actions import ACTIONS, BY_ID
from viewer.ui.style.theme import DARK, LIGHT, style_sheet
from viewer.ui.window.shortcuts_overlay import ShortcutsOverlay, shortcuts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

KEYS = {action.id: action.keys for action in ACTIONS}
WIDTHS = (180, 240, 320, 400, 500, 640, 800, 955, 1100, 1280, 1920, 3840)
SIZES = ((240, 180), (400, 300), (500, 300), (800, 500), (955, 607), (1280, 800), (1920, 1080), (3840, 2160))


class OverlayFixture:
    """The overlay over a window with a text field in it."""

    def __init__(self, qtbot: QtBot, width: int, height: int, *, family: str = "") -> None:
        self.window = QWidget()
        self.window.resize(width, height)
        self.field = QLineEdit(self.window)
        self.overlay = ShortcutsOverlay(self.window)
        self.overlay.set_bindings(KEYS)
        if family:
            self.overlay.setFont(QFont(family))
        self.overlay.resize(width, height)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.field.setFocus()
        qtbot.waitUntil(self.field.hasFocus)
        self.overlay.show()
        self.bar = self.overlay.verticalScrollBar()

    @property
    def page(self) -> QRectF:
        """What is scrolled, in logical pixels."""
        return QRectF(0, 0, self.overlay.viewport().width(), self.bar.maximum() + self.overlay.viewport().height())

    def keys_shown(self) -> list[tuple[str, str, QRectF]]:
        """What is painted for every key and gesture: the action, the key, and its place."""
        shown = []
        action = ""
        for kind, text, box in self.overlay.parts:
            if kind == "action":
                action = text
            elif kind in ("key", "gesture"):
                shown.append((action, text, box))
        return shown

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.overlay.resize(width, height)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_key_is_seen_whole_at_every_width_and_covers_no_other(qtbot: QtBot, width: int) -> None:
    fixture = OverlayFixture(qtbot, width, 600)
    seen = fixture.keys_shown()

    assert sorted((text, key) for text, key, _ in seen) == sorted(
        (action, key) for rows in shortcuts(KEYS).values() for action, ways in rows.items() for _, key in ways)
    boxes = [box for _, _, box in seen]
    assert [box for box in boxes if not fixture.page.contains(box)] == []
    assert [(one, other) for at, one in enumerate(boxes) for other in boxes[:at] if one.intersects(other)] == []


@pytest.mark.parametrize("size", SIZES)
def test_what_does_not_fit_can_be_scrolled_to_and_nothing_else_scrolls(qtbot: QtBot, size: tuple[int, int]) -> None:
    fixture = OverlayFixture(qtbot, *size)
    lowest = max(box.bottom() for *_, box in fixture.keys_shown())

    assert fixture.bar.isVisible() is (fixture.bar.maximum() > 0)
    assert fixture.page.bottom() > lowest
    assert fixture.bar.isVisible() or fixture.page.height() == size[1]
    assert not fixture.bar.isVisible() or fixture.page.bottom() < lowest + 50


def test_all_keys_fit_where_the_picture_is_in_a_window_of_1280_by_800(qtbot: QtBot) -> None:
    fixture = OverlayFixture(qtbot, 955, 607)

    assert fixture.bar.maximum() == 0


def test_a_window_that_is_dragged_to_another_size_and_back_looks_as_before(qtbot: QtBot) -> None:
    fixture = OverlayFixture(qtbot, 955, 607)
    for size in SIZES:
        fixture.resize(*size)
        first = (fixture.overlay.parts, fixture.page, fixture.bar.isVisible())
        for other in SIZES:
            fixture.resize(*other)
        fixture.resize(*size)
        assert (fixture.overlay.parts, fixture.page, fixture.bar.isVisible()) == first


def test_keys_scroll_a_small_window_and_the_focus_goes_back(qtbot: QtBot) -> None:
    fixture = OverlayFixture(qtbot, 400, 300)
    assert fixture.overlay.hasFocus()
    QTest.keyClick(fixture.overlay, Qt.Key.Key_Down)
    assert fixture.bar.value() > 0

    fixture.overlay.hide()
    assert fixture.field.hasFocus()
    fixture.overlay.show()
    assert fixture.bar.value() == 0


@pytest.mark.parametrize("family", ["DejaVu Sans", "Noto Sans", "Liberation Sans"])
@pytest.mark.parametrize("size", [(1280, 800), (800, 1200), (640, 480), (640, 400), (400, 300)])
def test_every_row_can_be_read_to_its_end_in_every_font(qtbot: QtBot, family: str, size: tuple[int, int]) -> None:
    if family not in QFontDatabase.families():
        pytest.skip(f"{family} is not installed")
    fixture = OverlayFixture(qtbot, *size, family=family)
    for kind, text, box in fixture.overlay.parts:
        assert QFontMetricsF(fixture.overlay.fonts[kind]).horizontalAdvance(text) <= box.width() + 0.01, text
        assert fixture.page.contains(box), text
    lowest = max(box.bottom() for *_, box in fixture.overlay.parts)

    QTest.keyClick(fixture.overlay, Qt.Key.Key_End)
    assert lowest - fixture.bar.value() < size[1]


def test_the_keys_that_page_scroll_where_there_is_more_and_page_where_there_is_not(qtbot: QtBot) -> None:
    fixture = OverlayFixture(qtbot, 400, 300)
    paged: list[str] = []
    for name in ("PgDown", "PgUp", "End", "Home", "Right"):
        QShortcut(QKeySequence(name), fixture.window).activated.connect(partial(paged.append, name))

    places = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_Right):
        QTest.keyClick(fixture.overlay, key)
        places.append(fixture.bar.value())
    last = fixture.bar.maximum()
    assert places[1] == last
    assert 0 < places[0] < last
    assert 0 < places[2] < last
    assert places[3:] == [0, 0]
    assert paged == ["Right"]

    fixture.resize(1280, 800)
    QTest.keyClick(fixture.overlay, Qt.Key.Key_PageDown)
    assert paged == ["Right", "PgDown"]


def test_whatever_had_the_focus_may_be_gone_when_it_is_hidden(qtbot: QtBot) -> None:
    fixture = OverlayFixture(qtbot, 400, 300)
    delete(fixture.field)

    fixture.overlay.hide()

    assert not fixture.overlay.isVisible()


def test_a_click_anywhere_dismisses_it(qtbot: QtBot) -> None:
    fixture = OverlayFixture(qtbot, 400, 300)
    with qtbot.waitSignal(fixture.overlay.dismissed):
        QTest.mouseClick(fixture.overlay.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 50))


def test_a_screen_reader_reads_every_key(qtbot: QtBot) -> None:
    fixture = OverlayFixture(qtbot, 400, 300)
    overlay = fixture.overlay

    assert overlay.accessibleName() == "Keys"
    lines = overlay.accessibleDescription().splitlines()
    assert "Go to Slide: Ctrl+G, digits, then Enter" in lines
    assert len(lines) == sum(bool(keys or BY_ID[one].also) for one, keys in KEYS.items()
                             if BY_ID[one].when != "kiosk")


def test_keys_that_were_bound_anew_are_shown(qtbot: QtBot) -> None:
    fixture = OverlayFixture(qtbot, 800, 600)
    overlay = fixture.overlay
    overlay.set_bindings(KEYS | {"next": ("J", "Ctrl+Alt+J"), "shuffle": ("Ctrl+Alt+S",), "black": ()})
    overlay.hide()
    overlay.show()
    shown = {(text, key) for text, key, _ in fixture.keys_shown()}

    assert {("Next", "J"), ("Next", "Ctrl+Alt+J"), ("Shuffle", "Ctrl+Alt+S")} <= shown
    assert not any(text == "Black Screen" or key == "Right" for text, key in shown)


def test_nothing_shows_through_it_not_even_beside_the_scroll_bar(qtbot: QtBot) -> None:
    fixture = OverlayFixture(qtbot, 400, 300)
    fixture.window.setObjectName("under")
    fixture.window.setStyleSheet(style_sheet(DARK) + "#under { background: #ff0000; }")

    image = painted(fixture.window)
    assert "#ff0000" not in {image.pixelColor(x, 299).name() for x in range(400)}


def test_it_takes_the_colours_of_a_theme(qtbot: QtBot) -> None:
    fixture = OverlayFixture(qtbot, 800, 600)
    overlay = fixture.overlay
    for colours in (LIGHT, DARK):
        overlay.set_colours(colours)
        image = painted(overlay)
        assert image.pixelColor(3, 3).name() == colours.panel
        shades = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, 200, 2)}
        assert {colours.raised, colours.line} <= shades
