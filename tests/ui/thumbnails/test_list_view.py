from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from tests.fakes import FakeLoader, a_picture
from tests.mouse import double_click
from viewer.gallery.model import Gallery, Slide
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.protocol.failures import Failure
from viewer.imaging.protocol.messages import Box
from viewer.ui.thumbnails.delegate import cut_to_fill, thumbnail_box
from viewer.ui.thumbnails.list_view import ThumbnailListView
from viewer.ui.thumbnails.metrics import CELL
from viewer.ui.thumbnails.model import ThumbnailModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


def gallery_of(count: int) -> Gallery:
    slides = tuple(Slide(file=f"{number:06}.jpg", title=f"Slide <b>{number}</b>") for number in range(1, count + 1))
    return Gallery(slides=slides, folder=Path("/pictures"))


@pytest.fixture
def loader() -> FakeLoader:
    return FakeLoader()


@pytest.fixture
def strip(qtbot: QtBot, loader: FakeLoader) -> Iterator[ThumbnailListView]:
    made = ThumbnailListView(loader)
    qtbot.addWidget(made)
    made.resize(CELL.width() * 6 + 10, CELL.height() + 11)
    made.set_gallery(gallery_of(100), "")
    with qtbot.waitExposed(made):
        made.show()
    QApplication.processEvents()
    yield made
    made.hide()


def requested_rows(loader: FakeLoader) -> list[int]:
    return [int(Path(request.path).stem) - 1 for request in loader.requests["thumbnail"]]


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:  # noqa: ARG001 - a model tester wants an application
    model = ThumbnailModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    model.set_gallery(gallery_of(11), "")

    assert model.rowCount() == 11
    assert model.index(2, 0).data() == "3: Slide <b>3</b>"


def test_only_the_visible_rows_and_a_screen_on_either_side_are_requested(strip: ThumbnailListView,
                                                                      loader: FakeLoader) -> None:
    assert strip.visible_rows() == range(7)
    assert sorted(requested_rows(loader)) == list(range(14))


def test_what_is_visible_is_requested_before_what_is_not(strip: ThumbnailListView, loader: FakeLoader) -> None:
    strip.set_current(50)
    QApplication.processEvents()
    visible = strip.visible_rows()
    rows = requested_rows(loader)

    assert rows[0] == 50
    assert set(rows[: len(visible)]) == set(visible)


def test_a_hundred_thousand_rows_request_no_more_than_a_hundred(strip: ThumbnailListView, loader: FakeLoader) -> None:
    strip.set_gallery(gallery_of(100_000), "")
    strip.set_current(99_999)
    QApplication.processEvents()

    assert len(loader.requests["thumbnail"]) <= 21
    assert 99_999 in requested_rows(loader)


def test_the_current_row_is_always_visible_and_marked(strip: ThumbnailListView) -> None:
    for row in (0, 99, 42):
        strip.set_current(row)

        assert row in strip.visible_rows()
        cell = strip.visualRect(strip.model().index(row, 0))
        pixel = strip.viewport().grab().toImage().pixelColor(cell.left() + 4, cell.center().y())
        assert pixel.red() > 200
        assert pixel.blue() < 130


def test_a_thumbnail_is_painted_when_it_arrives(strip: ThumbnailListView, loader: FakeLoader) -> None:
    request = loader.requests["thumbnail"][0]
    loader.deliver(request, a_picture(Box(256, 256), colour=QColor("#00ff00")))
    QApplication.processEvents()

    row = int(Path(request.path).stem) - 1
    middle = strip.visualRect(strip.model().index(row, 0)).center()
    assert strip.viewport().grab().toImage().pixelColor(middle) == QColor("#00ff00")


def test_a_file_whose_name_is_not_utf_8_has_the_thumbnail_of_its_own_picture(
    strip: ThumbnailListView, loader: FakeLoader,
) -> None:
    names = ("a.jpg", os.fsdecode(b"a\xff.jpg"))
    strip.set_gallery(Gallery(slides=tuple(Slide(file=name) for name in names), folder=Path("/pictures")), "")
    QApplication.processEvents()
    for request in loader.requests["thumbnail"]:
        colour = "#00ff00" if request.path == "/pictures/a.jpg" else "#3060c0"
        loader.deliver(request, a_picture(Box(256, 256), colour=QColor(colour)))
    QApplication.processEvents()
    image = strip.viewport().grab().toImage()

    middles = (strip.visualRect(strip.model().index(row, 0)).center() for row in (0, 1))
    assert [image.pixelColor(middle).name() for middle in middles] == ["#00ff00", "#3060c0"]
    assert strip.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "2: a\N{REPLACEMENT CHARACTER}.jpg"


def test_a_larger_picture_that_is_at_hand_makes_a_cell_and_its_thumbnail_can_wait(
    strip: ThumbnailListView, loader: FakeLoader,
) -> None:
    path = "/pictures/000001.jpg"
    loader.put(PictureRequest(path, Box(1131, 762)), a_picture(Box(1131, 754), source=Box(4000, 2667),
                                                               colour=QColor("#3060c0")))
    strip.set_current(0)
    QApplication.processEvents()
    middle = strip.visualRect(strip.model().index(0, 0)).center()

    assert strip.viewport().grab().toImage().pixelColor(middle).name() == "#3060c0"
    visible = strip.visible_rows()
    assert requested_rows(loader)[: len(visible)] == [*visible[1:], 0]


def test_a_rough_thumbnail_is_painted_until_a_better_one_comes(strip: ThumbnailListView, loader: FakeLoader) -> None:
    request = loader.requests["thumbnail"][0]
    middle = strip.visualRect(strip.model().index(int(Path(request.path).stem) - 1, 0)).center()
    for side, colour in ((60, "#00ff00"), (256, "#3060c0")):
        loader.deliver(request, a_picture(Box(side, side), source=Box(4000, 3000), colour=QColor(colour)))
        QApplication.processEvents()

        assert strip.viewport().grab().toImage().pixelColor(middle) == QColor(colour)


def test_a_new_version_of_a_file_is_painted_in_place_of_the_old_one(
    strip: ThumbnailListView, loader: FakeLoader,
) -> None:
    request = loader.requests["thumbnail"][0]
    middle = strip.visualRect(strip.model().index(int(Path(request.path).stem) - 1, 0)).center()
    for colour in ("#00ff00", "#3060c0"):
        loader.deliver(request, a_picture(Box(256, 256), colour=QColor(colour)))
        QApplication.processEvents()

        assert strip.viewport().grab().toImage().pixelColor(middle) == QColor(colour)


def test_one_file_on_two_slides_is_cut_about_the_focal_point_of_each(
    strip: ThumbnailListView, loader: FakeLoader,
) -> None:
    slides = tuple(Slide(file="a.jpg", focus=(x, 0.5)) for x in (0.0, 1.0))
    strip.set_gallery(Gallery(slides=slides, folder=Path("/pictures")), "")
    QApplication.processEvents()
    image = QImage(512, 128, QImage.Format.Format_RGB32)
    image.fill(QColor("#00ff00"))
    for x in range(256, 512):
        for y in range(128):
            image.setPixelColor(x, y, QColor("#3060c0"))
    request = loader.requests["thumbnail"][0]
    loader.deliver(request, a_picture(Box(512, 128))._replace(image=image))
    QApplication.processEvents()
    seen = strip.viewport().grab().toImage()

    middles = (strip.visualRect(strip.model().index(row, 0)).center() for row in (0, 1))
    assert [seen.pixelColor(middle).name() for middle in middles] == ["#00ff00", "#3060c0"]


def test_a_picture_that_is_smaller_than_a_thumbnail_makes_no_cell(strip: ThumbnailListView, loader: FakeLoader) -> None:
    small = Box(40, 30)
    picture = a_picture(small, source=Box(4000, 3000), colour=QColor("#3060c0"))
    loader.put(PictureRequest("/pictures/000001.jpg", small), picture)
    strip.viewport().update()
    QApplication.processEvents()
    middle = strip.visualRect(strip.model().index(0, 0)).center()

    assert strip.viewport().grab().toImage().pixelColor(middle).name() != "#3060c0"


def test_a_file_that_failed_has_a_cell_that_says_so(strip: ThumbnailListView, loader: FakeLoader) -> None:
    before = strip.viewport().grab().toImage()
    loader.fail(loader.requests["thumbnail"][0], Failure("damaged"))
    strip.viewport().update()

    assert strip.viewport().grab().toImage() != before


def test_a_click_chooses_a_slide(strip: ThumbnailListView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.chosen) as chosen:
        QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton,
                         pos=strip.visualRect(strip.model().index(3, 0)).center())

    assert chosen.args == [3]


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
def test_the_other_buttons_choose_nothing_and_leave_the_mark_where_it_is(
    strip: ThumbnailListView, button: Qt.MouseButton,
) -> None:
    chosen: list[int] = []
    strip.chosen.connect(chosen.append)
    strip.set_current(1)
    there = strip.visualRect(strip.model().index(4, 0)).center()
    for act in (QTest.mouseClick, double_click):
        act(strip.viewport(), button, pos=there)

    assert chosen == []
    assert strip.currentIndex().row() == 1
    assert strip.selectedIndexes() == [strip.model().index(1, 0)]


def test_a_press_that_is_dragged_away_chooses_nothing(strip: ThumbnailListView) -> None:
    chosen: list[int] = []
    strip.chosen.connect(chosen.append)
    strip.set_current(1)
    begin, end = (strip.visualRect(strip.model().index(row, 0)).center() for row in (3, 5))
    QTest.mousePress(strip.viewport(), Qt.MouseButton.LeftButton, pos=begin)
    assert strip.currentIndex().row() == 1
    moved = QMouseEvent(QEvent.Type.MouseMove, QPointF(end), strip.viewport().mapToGlobal(QPointF(end)),
                        Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(strip.viewport(), moved)
    QTest.mouseRelease(strip.viewport(), Qt.MouseButton.LeftButton, pos=end)

    assert chosen == []
    assert strip.currentIndex().row() == 1
    assert strip.selectedIndexes() == [strip.model().index(1, 0)]


def test_each_of_two_quick_clicks_chooses(strip: ThumbnailListView) -> None:
    chosen: list[int] = []
    strip.chosen.connect(chosen.append)
    one, two = (strip.visualRect(strip.model().index(row, 0)).center() for row in (2, 4))
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=one)
    double_click(strip.viewport(), Qt.MouseButton.LeftButton, pos=two)

    assert chosen == [2, 4]


def test_a_click_beside_the_thumbnails_chooses_nothing(strip: ThumbnailListView) -> None:
    chosen: list[int] = []
    strip.chosen.connect(chosen.append)
    strip.set_gallery(gallery_of(2), "")
    strip.set_current(0)
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.viewport().rect().center())

    assert chosen == []
    assert strip.currentIndex().row() == 0


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("upright", [False, True])
def test_the_current_row_stays_visible_however_the_strip_is_resized_hidden_and_turned(
    strip: ThumbnailListView, direction: Qt.LayoutDirection, *, upright: bool,
) -> None:
    strip.setLayoutDirection(direction)
    strip.set_upright(upright)
    for row in (0, 42, 99):
        strip.set_current(row)
        for size in ((1, 1), (CELL.width() * 3, CELL.height() * 3), (1500, 900), (400, 200)):
            strip.resize(*size)
            QApplication.processEvents()
            if min(size) > 1:
                assert strip.viewport().rect().contains(strip.visualRect(strip.currentIndex()).center()), (row, size)
        for turned in (not upright, upright):
            strip.set_upright(turned)
            QApplication.processEvents()
            assert strip.viewport().rect().contains(strip.visualRect(strip.currentIndex()).center()), (row, turned)
        strip.hide()
        strip.resize(600, 300)
        strip.show()
        assert strip.viewport().rect().contains(strip.visualRect(strip.currentIndex()).center()), row


def test_keys_are_left_to_the_window(strip: ThumbnailListView) -> None:
    strip.set_current(3)
    strip.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_5, Qt.Key.Key_S):
        QTest.keyClick(strip, key)

    assert strip.currentIndex().row() == 3


def test_the_wheel_scrolls_the_strip(strip: ThumbnailListView) -> None:
    turn = QWheelEvent(QPointF(10, 10), strip.mapToGlobal(QPointF(10, 10)), QPoint(), QPoint(0, -240),
                       Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(strip.viewport(), turn)

    assert strip.visible_rows()[0] >= 2
    assert turn.isAccepted()


def test_a_hidden_strip_requests_the_neighbours_once_paging_rests(
    strip: ThumbnailListView, loader: FakeLoader, qtbot: QtBot,
) -> None:
    strip.set_current(40)
    strip.hide()
    strip.set_current(50)
    QApplication.processEvents()
    assert requested_rows(loader) == []
    qtbot.waitUntil(lambda: requested_rows(loader) != [])

    assert requested_rows(loader)[:4] == [50, 51, 49, 52]
    assert set(requested_rows(loader)) == set(range(30, 71))


def test_upright_it_runs_from_top_to_bottom(strip: ThumbnailListView) -> None:
    strip.set_upright(True)
    strip.resize(CELL.width() + 12, CELL.height() * 4)
    QApplication.processEvents()  # a view lays its items out in the event loop
    one, two = (strip.visualRect(strip.model().index(row, 0)) for row in (0, 1))

    assert two.top() - one.top() == CELL.height()
    assert one.left() == two.left()


def test_many_thumbnails_at_once_are_painted_over_a_few_rounds(
    strip: ThumbnailListView, loader: FakeLoader, qtbot: QtBot,
) -> None:
    for request in loader.requests["thumbnail"][:7]:
        loader.put(request, a_picture(Box(256, 256), colour=QColor("#00ff00")))
    strip.viewport().update()

    def all_green() -> bool:
        image = strip.viewport().grab().toImage()
        cells = [strip.visualRect(strip.model().index(row, 0)).center() for row in range(6)]
        return all(image.pixelColor(middle) == QColor("#00ff00") for middle in cells)

    qtbot.waitUntil(all_green)


def test_a_row_is_found_where_it_is_painted(strip: ThumbnailListView) -> None:
    for upright, size in ((False, (710, 91)), (True, (129, 300))):
        strip.set_upright(upright)
        strip.resize(*size)
        for row in (0, 55, 99):
            strip.set_current(row)
            assert strip.indexAt(strip.visualRect(strip.model().index(row, 0)).center()).row() == row


def test_right_to_left_the_first_row_is_at_the_right(strip: ThumbnailListView) -> None:
    strip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    strip.set_current(0)
    one, two = (strip.visualRect(strip.model().index(row, 0)) for row in (0, 1))

    assert one.right() == strip.viewport().width() - 1
    assert two.right() == one.left() - 1
    assert strip.indexAt(two.center()).row() == 1


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_scrolling_moves_what_is_painted_to_where_it_belongs(
    strip: ThumbnailListView, direction: Qt.LayoutDirection,
) -> None:
    strip.setLayoutDirection(direction)
    QApplication.processEvents()
    strip.horizontalScrollBar().setValue(130)
    QApplication.processEvents()
    scrolled = strip.screen().grabWindow(strip.winId()).toImage()
    strip.viewport().update()
    QApplication.processEvents()

    assert scrolled == strip.screen().grabWindow(strip.winId()).toImage()


def test_a_hundred_thousand_rows_are_never_asked_for_one_by_one(
    strip: ThumbnailListView, monkeypatch: pytest.MonkeyPatch,
) -> None:
    strip.set_gallery(gallery_of(100_000), "")
    asked: list[int] = []
    count = strip.model().rowCount

    def counted(*_: object) -> int:
        asked.append(1)
        return count()

    monkeypatch.setattr(ThumbnailModel, "rowCount", counted)
    strip.set_current(70_000)
    strip.setStyleSheet("background: red")
    strip.resize(900, 91)
    QApplication.processEvents()

    assert strip.visible_rows()[0] > 69_000
    assert len(asked) < 500


def test_a_thumbnail_is_cut_about_the_focal_point(qtbot: QtBot) -> None:  # noqa: ARG001 - pixmaps want an application
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    for x in range(200, 300):
        for y in range(100):
            image.setPixelColor(x, y, QColor("blue"))

    left, right = (cut_to_fill(image, Box(60, 60), focus, 0).toImage() for focus in ((0.1, 0.5), (0.9, 0.5)))

    assert left.pixelColor(30, 30) == QColor("red")
    assert right.pixelColor(30, 30) == QColor("blue")
    assert right.size() == QSize(60, 60)


def test_a_checkerboard_is_seen_through_a_thumbnail_or_the_strip_as_in_the_window(
    strip: ThumbnailListView, loader: FakeLoader,
) -> None:
    clear = QImage(256, 171, QImage.Format.Format_ARGB32_Premultiplied)
    clear.fill(Qt.GlobalColor.transparent)
    for request in loader.requests["thumbnail"]:
        loader.put(request, a_picture(Box(256, 256))._replace(image=clear))

    def seen_through() -> set[str]:
        image, middle = strip.viewport().grab().toImage(), strip.visualRect(strip.model().index(1, 0)).center()
        return {image.pixelColor(middle.x() + x, middle.y() + 1).name() for x in range(-16, 16)}

    for _ in range(3):  # a few are prepared in each round
        seen_through()
    assert seen_through() == {"#666666", "#999999"}
    strip.set_checkered(False)
    for _ in range(3):
        seen_through()
    assert len(seen_through()) == 1


def test_a_denser_screen_gets_larger_thumbnails() -> None:
    assert thumbnail_box(1) == Box(256, 256)
    assert thumbnail_box(2) == Box(256, 256)
    assert thumbnail_box(3) == Box(512, 512)
