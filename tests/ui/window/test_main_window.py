from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QEnterEvent, QKeyEvent
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
WINDOW, MAXIMIZED = Qt.WindowState.WindowNoState, Qt.WindowState.WindowMaximized


class Desk:
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
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.window.close()


def test_at_first_the_caption_stands_on_the_right_and_the_thumbnails_below(desk: Desk) -> None:
    assert desk.window.dockWidgetArea(desk.caption) == RIGHT
    assert desk.window.dockWidgetArea(desk.thumbnails) == BOTTOM
    assert desk.caption.isVisible()
    assert desk.thumbnails.isVisible()


def test_caption_and_thumbnails_never_cover_the_picture(desk: Desk) -> None:
    for size in ((1280, 800), (800, 1200), (1920, 1080), (740, 700)):
        desk.resize(*size)
        slide_view = desk.slide_view.rect().translated(desk.slide_view.mapTo(desk.window, QPoint()))

        for dock in (desk.caption, desk.thumbnails):
            assert not dock.isVisible() or not dock.geometry().intersects(slide_view), size


def test_in_an_upright_window_the_caption_goes_below_and_comes_back(desk: Desk) -> None:
    desk.resize(800, 1200)
    assert desk.window.dockWidgetArea(desk.caption) == BOTTOM
    assert desk.caption.geometry().bottom() < desk.thumbnails.geometry().top()

    desk.resize(1280, 800)
    assert desk.window.dockWidgetArea(desk.caption) == RIGHT
    assert desk.window.dockWidgetArea(desk.thumbnails) == BOTTOM


def test_a_tiny_window_shows_the_picture_and_nothing_else_until_there_is_space_again(desk: Desk) -> None:
    desk.resize(400, 300)
    assert not desk.caption.isVisible()
    assert not desk.thumbnails.isVisible()
    assert desk.slide_view.width() >= 380
    assert desk.slide_view.height() >= 240

    desk.resize(1280, 800)
    assert desk.caption.isVisible()
    assert desk.thumbnails.isVisible()


def test_the_picture_gets_the_space_of_what_is_hidden(desk: Desk) -> None:
    before = desk.slide_view.size()
    desk.window.want_caption(False)
    desk.window.want_thumbnails(False)
    QApplication.processEvents()

    assert desk.slide_view.width() > before.width()
    assert desk.slide_view.height() > before.height()


def test_full_screen_shows_the_picture_and_the_caption_beside_it(desk: Desk) -> None:
    desk.window.set_fullscreen(True)
    QApplication.processEvents()

    assert not desk.window.menuBar().isVisible()
    assert not desk.caption.isVisible()
    assert desk.central.panel.isVisible()
    assert not desk.central.panel.geometry().intersects(desk.slide_view.geometry())


def test_leaving_full_screen_brings_everything_back_where_it_was(desk: Desk, qtbot: QtBot) -> None:
    desk.window.addDockWidget(LEFT, desk.caption)
    desk.window.want_thumbnails(False)
    QApplication.processEvents()
    before = desk.window.size(), desk.window.dockWidgetArea(desk.caption), desk.slide_view.size()
    desk.window.set_fullscreen(True)
    QApplication.processEvents()
    desk.window.set_fullscreen(False)

    qtbot.waitUntil(
        lambda: (desk.window.size(), desk.window.dockWidgetArea(desk.caption), desk.slide_view.size()) == before,
    )
    assert not desk.thumbnails.isVisible()
    assert desk.window.menuBar().isVisible()


@pytest.mark.parametrize("before", [WINDOW, MAXIMIZED])
def test_full_screen_that_someone_else_begins_and_ends_is_followed(
    desk: Desk, qtbot: QtBot, before: Qt.WindowState,
) -> None:
    desk.window.setWindowState(before)
    QApplication.processEvents()
    told: list[bool] = []
    desk.window.fullscreen_changed.connect(told.append)

    def parts() -> tuple[bool, ...]:
        return tuple(part.isVisible() for part in (desk.window.menuBar(), desk.caption, desk.thumbnails,
                                                   desk.thumbnail_bar, desk.central.panel))

    size = desk.window.size()
    desk.window.setWindowState(before | Qt.WindowState.WindowFullScreen)
    assert parts() == (False, False, False, False, True)
    desk.window.setWindowState(before)
    assert parts() == (True, True, True, True, False)
    desk.window.set_fullscreen(True)
    assert parts() == (False, False, False, False, True)
    desk.window.setWindowState(before)
    assert parts() == (True, True, True, True, False)
    assert told == [True, False, True, False]
    qtbot.waitUntil(lambda: desk.window.size() == size)
    assert desk.window.isMaximized() is (before == MAXIMIZED)


def test_full_screen_that_is_ended_by_a_resize_is_a_window_again(desk: Desk) -> None:
    desk.window.set_fullscreen(True)
    QApplication.processEvents()
    desk.resize(900, 700)

    assert not desk.window.isFullScreen()
    assert desk.window.menuBar().isVisible()
    assert desk.thumbnails.isVisible()


def test_a_maximized_window_is_maximized_again_after_full_screen(desk: Desk, qtbot: QtBot) -> None:
    desk.window.showMaximized()
    QApplication.processEvents()
    size = desk.window.size()
    desk.window.set_fullscreen(True)
    QApplication.processEvents()
    desk.window.set_fullscreen(False)

    qtbot.waitUntil(lambda: desk.window.size() == size)
    assert desk.window.isMaximized()


def test_the_layout_is_remembered_and_full_screen_is_no_part_of_it(qtbot: QtBot, desk: Desk) -> None:
    desk.window.addDockWidget(LEFT, desk.caption)
    desk.window.want_thumbnails(False)
    desk.resize(1100, 700)
    desk.window.set_fullscreen(True)
    state = desk.window.layout_state()
    desk.window.set_fullscreen(False)
    other = Desk(qtbot)
    other.window.restore_layout(b"", state)
    QApplication.processEvents()

    assert other.window.dockWidgetArea(other.caption) == LEFT
    assert other.caption.isVisible()
    assert not other.thumbnails.isVisible()
    other.window.close()


def test_a_window_that_began_in_full_screen_has_its_own_size_afterwards(qtbot: QtBot) -> None:
    desk = Desk(qtbot, shown=False)
    desk.window.resize(760, 640)
    desk.window.set_fullscreen(True)
    QApplication.processEvents()
    desk.window.set_fullscreen(False)

    qtbot.waitUntil(lambda: desk.window.size().toTuple() == (760, 640))
    desk.window.close()


def test_a_window_that_is_closed_in_full_screen_comes_back_in_its_own_size(qtbot: QtBot, desk: Desk) -> None:
    desk.resize(760, 640)
    desk.window.set_fullscreen(True)
    QApplication.processEvents()
    remembered = desk.window.geometry_state()
    other = Desk(qtbot)
    other.window.restore_layout(remembered, b"")

    qtbot.waitUntil(lambda: other.window.size().toTuple() == (760, 640))
    assert not other.window.isFullScreen()
    other.window.close()


def test_a_window_closed_while_its_manager_filled_the_screen_with_it_survives_and_is_a_window_again(
    qtbot: QtBot, desk: Desk,
) -> None:
    desk.window.showFullScreen()  # as window managers do, unasked
    QApplication.processEvents()
    geometry, state = desk.window.geometry_state(), desk.window.layout_state()

    other = Desk(qtbot, shown=False)
    other.window.restore_layout(geometry, state)
    other.window.show()
    assert not other.window.isFullScreen()
    for size in ((1200, 600), (600, 900), (900, 600), (500, 700)):
        other.window.resize(*size)  # Qt, which keeps what it restores to a full screen, laid out docks that were gone
        QApplication.processEvents()

    assert other.window.dockWidgetArea(other.caption) == BOTTOM


def test_a_layout_that_cannot_be_read_leaves_things_as_they_are(desk: Desk) -> None:
    desk.window.restore_layout(b"nonsense", b"\x03nonsense")

    assert desk.caption.isVisible()
    assert desk.window.dockWidgetArea(desk.caption) == RIGHT


def test_an_upright_window_does_not_become_the_remembered_place_of_the_caption(qtbot: QtBot, desk: Desk) -> None:
    desk.resize(800, 1200)
    state = desk.window.layout_state()
    assert desk.window.dockWidgetArea(desk.caption) == BOTTOM
    other = Desk(qtbot)
    other.window.restore_layout(b"", state)

    assert other.window.dockWidgetArea(other.caption) == RIGHT
    other.window.close()


def test_thumbnails_at_a_side_run_from_top_to_bottom(desk: Desk) -> None:
    desk.window.addDockWidget(LEFT, desk.thumbnails)
    QApplication.processEvents()
    one, two = (desk.strip.visualRect(desk.strip.model().index(row, 0)) for row in (0, 1))

    assert two.top() > one.top()


def test_in_full_screen_thumbnails_slide_in_at_the_lower_edge_and_leave_again(desk: Desk, qtbot: QtBot) -> None:
    desk.window.set_fullscreen(True)
    QApplication.processEvents()
    assert not desk.thumbnail_bar.isVisible()

    edge = desk.central.childAt(100, desk.central.height() - 10)
    assert edge is not None
    corner = QPointF(100, 5)
    QApplication.sendEvent(edge, QEnterEvent(corner, corner, edge.mapToGlobal(corner)))
    assert desk.thumbnail_bar.isVisible()
    qtbot.waitUntil(lambda: not desk.thumbnail_bar.isVisible(), timeout=10_000)


def test_files_can_be_dropped_on_the_window(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    not_utf_8 = tmp_path / os.fsdecode(b"a\xff.jpg")
    with qtbot.waitSignal(desk.window.dropped) as dropped:
        assert drop_on(desk.window, [QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/a.jpg"),
                                      QUrl(not_utf_8.as_uri())])

    assert dropped.args == [[tmp_path, not_utf_8]]


def test_what_is_on_no_disk_of_ours_cannot_be_dropped(desk: Desk) -> None:
    assert not drop_on(desk.window, [QUrl("https://example.org/a.jpg")])


def test_a_key_is_let_go_once_however_often_it_repeats(desk: Desk) -> None:
    told: list[None] = []
    desk.window.key_released.connect(lambda: told.append(None))
    for repeats in (True, True, False):
        event = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, "", repeats)
        QApplication.sendEvent(desk.window, event)

    assert len(told) == 1
