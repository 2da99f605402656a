from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.fakes import FakeLoader, a_picture
from viewer.gallery.model import Gallery, Slide
from viewer.imaging.protocol.messages import Box
from viewer.ui.thumbnails.list_view import ThumbnailListView
from viewer.ui.thumbnails.metrics import CELL

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.bench.parts.conftest import Benchmark

CELLS = 12


def test_twelve_cells_are_painted(benchmark: Benchmark, qtbot: QtBot) -> None:
    strip, loader = a_strip(qtbot)
    try:
        image = QImage(strip.size(), QImage.Format.Format_RGB32)

        benchmark(strip.render, image, QPoint())

        assert strip.visible_rows() == range(CELLS)
        assert len(loader.requests["thumbnail"]) >= CELLS
        assert image.pixelColor(CELL.width() * 5 + CELL.width() // 2, CELL.height() // 2).red() > 200
    finally:
        strip.hide()


def a_strip(qtbot: QtBot) -> tuple[ThumbnailListView, FakeLoader]:
    """A strip whose thumbnails have all come and been painted once."""
    loader = FakeLoader()
    strip = ThumbnailListView(loader)
    qtbot.addWidget(strip)
    strip.resize(CELL.width() * CELLS - 1, CELL.height() + 11)
    slides = tuple(Slide(file=f"{number:06}.jpg") for number in range(CELLS))
    strip.set_gallery(Gallery(slides=slides, folder=Path("/pictures")), "")
    with qtbot.waitExposed(strip):
        strip.show()
    QApplication.processEvents()
    for request in tuple(loader.requests["thumbnail"]):
        loader.deliver(request, a_picture(Box(256, 256)))
    for _ in range(CELLS):  # a few cells are finished in each round of painting
        strip.viewport().grab()
        QApplication.processEvents()
    return strip, loader
