from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QEnterEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget

from tests.dropping import drop_on
from tests.fakes import FakeLoader, ManualClock
from viewer.gallery.model import Gallery, Slide
from viewer.ui.thumbnails.bar import ThumbnailBar
from viewer.ui.thumbnails.list_view import ThumbnailListView
from viewer.ui.viewport.slide_view import SlideView
from viewer.ui.window.central_widget import CentralWidget
from viewer.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

RIGHT, LEFT, BOTTOM = (
    Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea,
)


class House:
    """A window with nothing behind it."""

    def __init__(self, qtbot: QtBot, *, shown: bool = True) -> None:
        self.slide_view = SlideView(ManualClock())
        self.central = CentralWidget(self.slide_view)
        self.strip = ThumbnailListView(FakeLoader())
        self.strip.set_gallery(Gallery(slides=tuple(Slide(file=f"{n}.jpg") for n in range(11)), folder=Path("/p")), "")
        self.thumbnail_bar = ThumbnailBar()
        self.thumbnail_bar.hold(self.strip)
        self.window = MainWindow(self.central, self.thumbnail_bar)
        qtbot.addWidget(self.window)
        if shown:
            with qtbot.waitExposed(self.window):
                self.window.show()

    def dock(self, name: str) -> QDockWidget:
        found = self.window.findChild(QDockWidget, name)
        assert found is not None
        return found

    @property
    def caption(self) -> QDockWidget:
        return self.dock("captionDock")

    @property
    def thumbnails(self) -> QDockWidget:
        return self.dock("stripDock")

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        QApplication.processEvents()


@pytest.fixture
def house(qtbot: QtBot) -> Iterator[House]:
    made = House(qtbot)
    yield made
    made.window.close()


def test_at_first_the_caption_stands_on_the_right_and_the_thumbnails_below(house: House) -> None:
    assert house.window.dockWidgetArea(house.caption) == RIGHT
    assert house.window.dockWidgetArea(house.thumbnails) == BOTTOM
    assert house.caption.isVisible()
    assert house.thumbnails.isVisible()


def test_caption_and_thumbnails_never_cover_the_picture(house: House) -> None:
    for size in ((1280, 800), (800, 1200), (1920, 1080), (740, 700)):
        house.resize(*size)
        slide_view = house.slide_view.rect().translated(house.slide_view.mapTo(house.window, QPoint()))

        for dock in (house.caption, house.thumbnails):
            assert not dock.isVisible() or not dock.geometry().intersects(slide_view), size


def test_in_an_upright_window_the_caption_goes_below_and_comes_back(house: House) -> None:
    house.resize(800, 1200)
    assert house.window.dockWidgetArea(house.caption) == BOTTOM
    assert house.caption.geometry().bottom() < house.thumbnails.geometry().top()

    house.resize(1280, 800)
    assert house.window.dockWidgetArea(house.caption) == RIGHT
    assert house.window.dockWidgetArea(house.thumbnails) == BOTTOM


def test_a_tiny_window_shows_the_picture_and_nothing_else_until_there_is_room_again(house: House) -> None:
    house.resize(400, 300)
    assert not house.caption.isVisible()
    assert not house.thumbnails.isVisible()
    assert house.slide_view.width() >= 380
    assert house.slide_view.height() >= 240

    house.resize(1280, 800)
    assert house.caption.isVisible()
    assert house.thumbnails.isVisible()


def test_the_picture_gets_the_room_of_what_is_hidden(house: House) -> None:
    before = house.slide_view.size()
    house.window.want_caption(False)
    house.window.want_strip(False)
    QApplication.processEvents()

    assert house.slide_view.width() > before.width()
    assert house.slide_view.height() > before.height()


def test_full_screen_shows_the_stage_and_the_caption_beside_it(house: House) -> None:
    house.window.set_fullscreen(True)
    QApplication.processEvents()

    assert not house.window.menuBar().isVisible()
    assert not house.caption.isVisible()
    assert house.central.panel.isVisible()
    assert not house.central.panel.geometry().intersects(house.slide_view.geometry())


def test_leaving_full_screen_brings_everything_back_where_it_was(house: House, qtbot: QtBot) -> None:
    house.window.addDockWidget(LEFT, house.caption)
    house.window.want_strip(False)
    QApplication.processEvents()
    before = house.window.size(), house.window.dockWidgetArea(house.caption), house.slide_view.size()
    house.window.set_fullscreen(True)
    QApplication.processEvents()
    house.window.set_fullscreen(False)

    qtbot.waitUntil(
        lambda: (house.window.size(), house.window.dockWidgetArea(house.caption), house.slide_view.size()) == before,
    )
    assert not house.thumbnails.isVisible()
    assert house.window.menuBar().isVisible()


def test_the_layout_is_remembered_and_full_screen_is_no_part_of_it(qtbot: QtBot, house: House) -> None:
    house.window.addDockWidget(LEFT, house.caption)
    house.window.want_strip(False)
    house.resize(1100, 700)
    house.window.set_fullscreen(True)
    state = house.window.layout_state()
    house.window.set_fullscreen(False)
    other = House(qtbot)
    other.window.restore_layout(b"", state)
    QApplication.processEvents()

    assert other.window.dockWidgetArea(other.caption) == LEFT
    assert other.caption.isVisible()
    assert not other.thumbnails.isVisible()
    other.window.close()


def test_a_window_that_began_in_full_screen_has_its_own_size_afterwards(qtbot: QtBot) -> None:
    house = House(qtbot, shown=False)
    house.window.resize(760, 640)
    house.window.set_fullscreen(True)
    QApplication.processEvents()
    house.window.set_fullscreen(False)

    qtbot.waitUntil(lambda: house.window.size().toTuple() == (760, 640))
    house.window.close()


def test_a_window_that_is_closed_in_full_screen_comes_back_in_its_own_size(qtbot: QtBot, house: House) -> None:
    house.resize(760, 640)
    house.window.set_fullscreen(True)
    QApplication.processEvents()
    remembered = house.window.geometry_state()
    other = House(qtbot)
    other.window.restore_layout(remembered, b"")

    qtbot.waitUntil(lambda: other.window.size().toTuple() == (760, 640))
    assert not other.window.isFullScreen()
    other.window.close()


def test_a_window_closed_while_its_manager_filled_the_screen_with_it_survives_and_is_a_window_again(
    qtbot: QtBot, house: House,
) -> None:
    house.window.showFullScreen()  # as window managers do, unasked
    QApplication.processEvents()
    geometry, state = house.window.geometry_state(), house.window.layout_state()

    other = House(qtbot, shown=False)
    other.window.restore_layout(geometry, state)
    other.window.show()
    assert not other.window.isFullScreen()
    for size in ((1200, 600), (600, 900), (900, 600), (500, 700)):
        other.window.resize(*size)  # Qt, which keeps what it restores to a full screen, laid out docks that were gone
        QApplication.processEvents()

    assert other.window.dockWidgetArea(other.caption) == BOTTOM


def test_a_layout_that_cannot_be_read_leaves_things_as_they_are(house: House) -> None:
    house.window.restore_layout(b"nonsense", b"\x03nonsense")

    assert house.caption.isVisible()
    assert house.window.dockWidgetArea(house.caption) == RIGHT


def test_an_upright_window_does_not_become_the_remembered_place_of_the_caption(qtbot: QtBot, house: House) -> None:
    house.resize(800, 1200)
    state = house.window.layout_state()
    assert house.window.dockWidgetArea(house.caption) == BOTTOM
    other = House(qtbot)
    other.window.restore_layout(b"", state)

    assert other.window.dockWidgetArea(other.caption) == RIGHT
    other.window.close()


def test_thumbnails_at_a_side_run_from_top_to_bottom(house: House) -> None:
    house.window.addDockWidget(LEFT, house.thumbnails)
    QApplication.processEvents()
    one, two = (house.strip.visualRect(house.strip.rows.index(row, 0)) for row in (0, 1))

    assert two.top() > one.top()


def test_in_full_screen_thumbnails_slide_in_at_the_lower_edge_and_leave_again(house: House, qtbot: QtBot) -> None:
    house.window.set_fullscreen(True)
    QApplication.processEvents()
    assert not house.thumbnail_bar.isVisible()

    edge = house.central.childAt(100, house.central.height() - 10)
    assert edge is not None
    corner = QPointF(100, 5)
    QApplication.sendEvent(edge, QEnterEvent(corner, corner, edge.mapToGlobal(corner)))
    assert house.thumbnail_bar.isVisible()
    qtbot.waitUntil(lambda: not house.thumbnail_bar.isVisible(), timeout=10_000)


def test_files_can_be_dropped_on_the_window(house: House, qtbot: QtBot, tmp_path: Path) -> None:
    not_utf_8 = tmp_path / os.fsdecode(b"a\xff.jpg")
    with qtbot.waitSignal(house.window.dropped) as dropped:
        assert drop_on(house.window, [QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/a.jpg"),
                                      QUrl(not_utf_8.as_uri())])

    assert dropped.args == [[tmp_path, not_utf_8]]


def test_what_is_on_no_disk_of_ours_cannot_be_dropped(house: House) -> None:
    assert not drop_on(house.window, [QUrl("https://example.org/a.jpg")])


def test_digits_go_to_the_slides_number_when_they_are_wanted(house: House) -> None:
    house.window.wants_digit = lambda key: key in "23456789"
    pressed: list[str] = []
    house.window.digit_pressed.connect(pressed.append)
    for key in (Qt.Key.Key_5, Qt.Key.Key_A, Qt.Key.Key_Return):
        QTest.keyClick(house.window, key)

    assert pressed == ["5"]


def test_zero_and_one_are_told_as_digits_too_and_remain_keys_of_commands(house: House) -> None:
    pressed: list[str] = []
    house.window.digit_pressed.connect(pressed.append)
    done: list[str] = []
    action = QAction(house.window)
    action.setShortcut(QKeySequence("1"))
    action.triggered.connect(lambda: done.append("actual size"))
    house.window.addAction(action)
    QTest.keyClick(house.window, Qt.Key.Key_1)

    assert pressed == ["1"]
    assert done == ["actual size"]


def test_a_key_is_let_go_once_however_often_it_repeats(house: House) -> None:
    told: list[None] = []
    house.window.key_released.connect(lambda: told.append(None))
    for repeats in (True, True, False):
        event = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, "", repeats)
        QApplication.sendEvent(house.window, event)

    assert len(told) == 1
