from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel

from tests.dropping import drop_on
from tests.fakes import FakeLoader, ManualClock
from viewer.gallery.model import Gallery, Slide
from viewer.ui.captions.composition import CaptionText
from viewer.ui.captions.line_scroll_area import LineScrollArea
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


class WindowFixture:
    """A window with nothing behind it."""

    def __init__(self, qtbot: QtBot, *, shown: bool = True) -> None:
        self.slide_view = SlideView(ManualClock())
        self.central = CentralWidget(self.slide_view)
        self.strip = ThumbnailListView(FakeLoader())
        self.strip.set_gallery(Gallery(slides=tuple(Slide(file=f"{n}.jpg") for n in range(11)), folder=Path("/p")), "")
        self.thumbnail_bar = ThumbnailBar()
        self.thumbnail_bar.hold(self.strip)
        self.window = MainWindow(self.central, self.thumbnail_bar)
        self.window.menuBar().addMenu("File")
        self.window.set_gallery_has_words(True)
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

    def drag_separator(self, by: QPoint) -> None:
        """Drag the separator between the picture and the caption, which stands on the right or below it."""
        box = self.caption.geometry()
        across = by.x() != 0
        start = QPoint(box.left() - 3, box.center().y()) if across else QPoint(box.center().x(), box.top() - 3)
        window = self.window.windowHandle()
        QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=start)
        for share in (0.5, 1.0):
            QTest.mouseMove(window, start + by * share)
            QApplication.processEvents()
        QTest.qWait(0)
        QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=start + by)
        QApplication.processEvents()


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[WindowFixture]:
    made = WindowFixture(qtbot)
    yield made
    made.window.close()


def test_a_long_caption_shrinks_to_the_floor_before_it_scrolls(app: WindowFixture) -> None:
    app.resize(1280, 800)
    panel = app.window.panel
    app.window.set_caption_type(20, 14)
    label = panel.findChild(QLabel, "Caption")
    assert label is not None
    sizes = []
    for length in (10, 150, 600):
        panel.set_words(CaptionText("1 of 1", "Title", "word " * length, "", ""))
        sizes.append((label.font().pixelSize(), panel.overflows))

    assert sizes[0] == (20, False)
    assert 14 <= sizes[1][0] < 20
    assert not sizes[1][1]
    assert sizes[2] == (14, True)


@pytest.mark.parametrize("family", ["DejaVu Sans", "Liberation Sans", "Noto Sans"])
def test_where_the_caption_is_shown_below_a_small_picture_two_of_its_lines_are_seen(
    app: WindowFixture, family: str,
) -> None:
    panel = app.window.panel
    panel.setFont(QFont(family))
    panel.set_words(CaptionText("1 of 1", "Title", "word " * 100, "", ""))
    app.window.set_caption_type(16, 13)
    shown = []
    for height in range(240, 500, 20):
        app.resize(380, height)
        if app.caption.isVisible():
            area = panel.findChild(LineScrollArea)
            assert area is not None
            shown.append([line.label.objectName() for line in area.lines[:area.in_view[0]]].count("Caption"))

    assert 0 < len(shown) < 13
    assert min(shown) >= 2


@pytest.mark.parametrize("size", [(384, 270), (320, 400), (640, 400), (1280, 700)])
@pytest.mark.parametrize("type_px", [13, 26, 40])
def test_a_caption_that_is_wanted_is_within_the_window_whatever_its_type(
    app: WindowFixture, size: tuple[int, int], type_px: int,
) -> None:
    app.window.set_caption_type(type_px * 1.2, type_px)
    app.resize(*size)
    app.window.want_caption(True)
    app.window.panel.updateGeometry()  # as a font or a style sheet does
    QApplication.processEvents()

    assert app.window.size().toTuple() == size
    panel = app.window.panel
    assert panel.isVisible()
    for part in (app.caption, panel):
        assert app.window.rect().contains(part.rect().translated(part.mapTo(app.window, QPoint())))
    assert app.caption.rect().contains(panel.geometry())


def test_at_first_the_caption_stands_on_the_right_and_the_thumbnails_below(app: WindowFixture) -> None:
    assert app.window.dockWidgetArea(app.caption) == RIGHT
    assert app.window.dockWidgetArea(app.thumbnails) == BOTTOM
    assert app.caption.isVisible()
    assert app.thumbnails.isVisible()


def test_caption_and_thumbnails_never_cover_the_picture(app: WindowFixture) -> None:
    for size in ((1280, 800), (800, 1200), (1920, 1080), (740, 700)):
        app.resize(*size)
        slide_view = app.slide_view.rect().translated(app.slide_view.mapTo(app.window, QPoint()))

        for dock in (app.caption, app.thumbnails):
            assert not dock.isVisible() or not dock.geometry().intersects(slide_view), size


def test_in_an_upright_window_the_caption_goes_below_and_comes_back(app: WindowFixture) -> None:
    app.resize(800, 1200)
    assert app.window.dockWidgetArea(app.caption) == BOTTOM
    assert app.caption.geometry().bottom() < app.thumbnails.geometry().top()

    app.resize(1280, 800)
    assert app.window.dockWidgetArea(app.caption) == RIGHT
    assert app.window.dockWidgetArea(app.thumbnails) == BOTTOM


def test_a_tiny_window_shows_the_picture_and_nothing_else_until_there_is_space_again(app: WindowFixture) -> None:
    app.resize(400, 300)
    assert not app.caption.isVisible()
    assert not app.thumbnails.isVisible()
    assert app.slide_view.width() >= 380
    assert app.slide_view.height() >= 240

    app.resize(1280, 800)
    assert app.caption.isVisible()
    assert app.thumbnails.isVisible()


@pytest.mark.parametrize("size", [(1280, 800), (800, 1200)])
def test_a_window_that_was_tiny_gives_the_caption_its_size_back(app: WindowFixture, size: tuple[int, int]) -> None:
    app.resize(*size)
    before = app.caption.size()
    for between in ((600, 640), (400, 300), size):
        app.resize(*between)

    assert app.caption.size() == before


@pytest.mark.parametrize(("size", "by"), [((1280, 800), QPoint(-90, 0)), ((800, 1200), QPoint(0, -90))])
def test_the_size_that_the_captions_separator_was_dragged_to_is_kept(
    app: WindowFixture, qtbot: QtBot, size: tuple[int, int], by: QPoint,
) -> None:
    app.resize(*size)
    before = app.caption.size()
    app.drag_separator(by)
    dragged = before + QSize(*map(abs, by.toTuple()))
    assert app.caption.size() == dragged

    for other in ((700, 500), (400, 300), (1500, 700), (900, 1300), size):
        app.resize(*other)
    assert app.caption.size() == dragged
    other_app = WindowFixture(qtbot)
    other_app.window.restore_layout(b"", app.window.layout_state())
    other_app.resize(*size)
    assert other_app.caption.size() == dragged
    other_app.window.close()


def test_a_small_window_has_space_for_picture_and_caption(app: WindowFixture) -> None:
    app.resize(700, 500)

    assert app.caption.isVisible()
    assert app.slide_view.width() >= 400
    assert not app.window.status_line.isVisible()


def test_the_picture_gets_the_space_of_what_is_hidden(app: WindowFixture) -> None:
    before = app.slide_view.size()
    app.window.want_caption(False)
    app.window.want_thumbnails(False)
    QApplication.processEvents()

    assert app.slide_view.width() > before.width()
    assert app.slide_view.height() > before.height()


def test_full_screen_shows_the_picture_and_the_caption_beside_it(app: WindowFixture) -> None:
    app.window.set_fullscreen(True)
    QApplication.processEvents()

    assert not app.window.menuBar().isVisible()
    assert not app.caption.isVisible()
    assert app.central.panel.isVisible()
    assert not app.central.panel.geometry().intersects(app.slide_view.geometry())


def test_leaving_full_screen_brings_everything_back_where_it_was(app: WindowFixture, qtbot: QtBot) -> None:
    app.window.addDockWidget(LEFT, app.caption)
    app.window.want_thumbnails(False)
    QApplication.processEvents()
    before = app.window.size(), app.window.dockWidgetArea(app.caption), app.slide_view.size()
    app.window.set_fullscreen(True)
    QApplication.processEvents()
    app.window.set_fullscreen(False)

    qtbot.waitUntil(
        lambda: (app.window.size(), app.window.dockWidgetArea(app.caption), app.slide_view.size()) == before,
    )
    assert not app.thumbnails.isVisible()
    assert app.window.menuBar().isVisible()


@pytest.mark.parametrize("before", [WINDOW, MAXIMIZED])
def test_full_screen_that_someone_else_begins_and_ends_is_followed(
    app: WindowFixture, qtbot: QtBot, before: Qt.WindowState,
) -> None:
    app.window.setWindowState(before)
    QApplication.processEvents()
    told: list[bool] = []
    app.window.fullscreen_changed.connect(told.append)

    def parts() -> tuple[bool, ...]:
        return tuple(part.isVisible() for part in (app.window.menuBar(), app.caption, app.thumbnails,
                                                   app.thumbnail_bar, app.central.panel))

    size = app.window.size()
    app.window.setWindowState(before | Qt.WindowState.WindowFullScreen)
    assert parts() == (False, False, False, False, True)
    app.window.setWindowState(before)
    assert parts() == (True, True, True, True, False)
    app.window.set_fullscreen(True)
    assert parts() == (False, False, False, False, True)
    app.window.setWindowState(before)
    assert parts() == (True, True, True, True, False)
    assert told == [True, False, True, False]
    qtbot.waitUntil(lambda: app.window.size() == size)
    assert app.window.isMaximized() is (before == MAXIMIZED)


def test_full_screen_that_is_ended_by_a_resize_is_a_window_again(app: WindowFixture) -> None:
    app.window.set_fullscreen(True)
    QApplication.processEvents()
    app.resize(900, 700)

    assert not app.window.isFullScreen()
    assert app.window.menuBar().isVisible()
    assert app.thumbnails.isVisible()
    app.window.set_fullscreen(True)
    assert app.central.panel.isVisible()
    app.window.set_fullscreen(False)
    assert app.window.menuBar().isVisible()


def test_a_maximized_window_is_maximized_again_after_full_screen(app: WindowFixture, qtbot: QtBot) -> None:
    app.window.showMaximized()
    QApplication.processEvents()
    size = app.window.size()
    app.window.set_fullscreen(True)
    QApplication.processEvents()
    app.window.set_fullscreen(False)

    qtbot.waitUntil(lambda: app.window.size() == size)
    assert app.window.isMaximized()


def test_the_layout_is_remembered_and_full_screen_is_no_part_of_it(qtbot: QtBot, app: WindowFixture) -> None:
    app.window.addDockWidget(LEFT, app.caption)
    app.window.want_thumbnails(False)
    app.resize(1100, 700)
    app.window.set_fullscreen(True)
    state = app.window.layout_state()
    app.window.set_fullscreen(False)
    other = WindowFixture(qtbot)
    other.window.restore_layout(b"", state)
    QApplication.processEvents()

    assert other.window.dockWidgetArea(other.caption) == LEFT
    assert other.caption.isVisible()
    assert not other.thumbnails.isVisible()
    other.window.close()


def test_a_window_that_began_in_full_screen_has_its_own_size_afterwards(qtbot: QtBot) -> None:
    app = WindowFixture(qtbot, shown=False)
    app.window.resize(760, 640)
    app.window.set_fullscreen(True)
    QApplication.processEvents()
    app.window.set_fullscreen(False)

    qtbot.waitUntil(lambda: app.window.size().toTuple() == (760, 640))
    app.window.close()


def test_a_window_that_is_closed_in_full_screen_comes_back_in_its_own_size(qtbot: QtBot, app: WindowFixture) -> None:
    app.resize(760, 640)
    app.window.set_fullscreen(True)
    QApplication.processEvents()
    remembered = app.window.geometry_state()
    other = WindowFixture(qtbot)
    other.window.restore_layout(remembered, b"")

    qtbot.waitUntil(lambda: other.window.size().toTuple() == (760, 640))
    assert not other.window.isFullScreen()
    other.window.close()


def test_a_window_closed_while_its_manager_filled_the_screen_with_it_survives_and_is_a_window_again(
    qtbot: QtBot, app: WindowFixture,
) -> None:
    app.window.showFullScreen()  # as window managers do, unasked
    QApplication.processEvents()
    geometry, state = app.window.geometry_state(), app.window.layout_state()

    other = WindowFixture(qtbot, shown=False)
    other.window.restore_layout(geometry, state)
    other.window.show()
    assert not other.window.isFullScreen()
    for size in ((1200, 600), (600, 900), (900, 600), (500, 700)):
        other.window.resize(*size)  # Qt, which keeps what it restores to a full screen, laid out docks that were gone
        QApplication.processEvents()

    assert other.window.dockWidgetArea(other.caption) == BOTTOM


def test_a_layout_that_cannot_be_read_leaves_things_as_they_are(app: WindowFixture) -> None:
    app.window.restore_layout(b"nonsense", b"\x03nonsense")

    assert app.caption.isVisible()
    assert app.window.dockWidgetArea(app.caption) == RIGHT


def test_where_an_upright_window_has_the_caption_is_not_remembered(qtbot: QtBot, app: WindowFixture) -> None:
    app.resize(800, 1200)
    state = app.window.layout_state()
    assert app.window.dockWidgetArea(app.caption) == BOTTOM
    other = WindowFixture(qtbot)
    other.window.restore_layout(b"", state)

    assert other.window.dockWidgetArea(other.caption) == RIGHT
    other.window.close()


def test_thumbnails_at_a_side_run_from_top_to_bottom(app: WindowFixture) -> None:
    app.window.addDockWidget(LEFT, app.thumbnails)
    QApplication.processEvents()
    one, two = (app.strip.visualRect(app.strip.model().index(row, 0)) for row in (0, 1))

    assert two.top() > one.top()


def test_files_can_be_dropped_on_the_window(app: WindowFixture, qtbot: QtBot, tmp_path: Path) -> None:
    not_utf_8 = tmp_path / os.fsdecode(b"a\xff.jpg")
    with qtbot.waitSignal(app.window.dropped) as dropped:
        assert drop_on(app.window, [QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/a.jpg"),
                                      QUrl(not_utf_8.as_uri())])

    assert dropped.args == [[tmp_path, not_utf_8]]


def test_what_is_on_no_disk_of_ours_cannot_be_dropped(app: WindowFixture) -> None:
    assert not drop_on(app.window, [QUrl("https://example.org/a.jpg")])


def test_a_key_is_let_go_once_however_often_it_repeats(app: WindowFixture) -> None:
    told: list[None] = []
    app.window.key_released.connect(lambda: told.append(None))
    for repeats in (True, True, False):
        event = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, "", repeats)
        QApplication.sendEvent(app.window, event)

    assert len(told) == 1
