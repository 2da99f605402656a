"""What the tests of the viewport share: a slide view, pictures of known pixels, and what was painted."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage

from tests.fakes import a_picture
from viewer.imaging.protocol.messages import Box
from viewer.ui.viewport.slide_view import SlideView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tests.fakes import ManualClock
    from viewer.imaging.client.picture import Picture

QUARTERS = ("#e02020", "#20b030", "#2040e0", "#f0dc20")
"""Top left, top right, bottom left, bottom right."""


def slide_view_on_screen(qtbot: QtBot, clock: ManualClock, size: Box) -> SlideView:
    """A visible, empty slide view of `size` device pixels."""
    slide_view = SlideView(clock)
    qtbot.addWidget(slide_view)
    slide_view.resize(*size)
    with qtbot.waitExposed(slide_view):
        slide_view.show()
    return slide_view


def plain(colour: str, size: Box, source: Box | None = None) -> Picture:
    """A picture of one colour; its file has `source` pixels, by default as many as it has."""
    image = QImage(size.width, size.height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return _picture(image, source)


def clear(colour: str, alpha: int, size: Box) -> Picture:
    """A transparent picture of one colour; alpha goes from 0 to 255."""
    image = QImage(size.width, size.height, QImage.Format.Format_ARGB32_Premultiplied)
    tint = QColor(colour)
    tint.setAlpha(alpha)
    image.fill(tint)
    return _picture(image, None)


def quartered(size: Box, source: Box | None = None) -> Picture:
    """Four corners in the colours of `QUARTERS`."""
    image = QImage(size.width, size.height, QImage.Format.Format_RGB32)
    for y in range(size.height):
        for x in range(size.width):
            image.setPixelColor(x, y, QColor(QUARTERS[(y * 2 >= size.height) * 2 + (x * 2 >= size.width)]))
    return _picture(image, source)


def noise(size: Box, source: Box | None = None, seed: int = 1) -> Picture:
    """Every pixel another colour: whatever blurs or shifts it shows."""
    data = bytearray(Random(seed).randbytes(size.width * size.height * 4))
    data[3::4] = b"\xff" * (size.width * size.height)
    image = QImage(bytes(data), size.width, size.height, size.width * 4, QImage.Format.Format_RGB32)
    return _picture(image.copy(), source)


def painted(widget: QWidget) -> QImage:
    """What the widget paints, one pixel of the image for each device pixel."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1)
    return image


def colour_at(widget: QWidget, x: float, y: float) -> str:
    """The colour painted at fractions of the width and height, as ``#rrggbb``."""
    image = painted(widget)
    return image.pixelColor(min(int(x * image.width()), image.width() - 1),
                            min(int(y * image.height()), image.height() - 1)).name()


def near(colour: str, other: str, by: int = 3) -> bool:
    """Whether two colours differ by no more than `by` of 255 in any channel."""
    return all(abs(a - b) <= by for a, b in zip(_channels(colour), _channels(other), strict=True))


def mixed(colours: Sequence[str], share: float) -> str:
    """The colour that is `share` of the way from the first to the second."""
    first, second = map(_channels, colours)
    return QColor(*(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))).name()


def _channels(colour: str) -> tuple[int, int, int]:
    tint = QColor(colour)
    return tint.red(), tint.green(), tint.blue()


def _picture(image: QImage, source: Box | None) -> Picture:
    size = Box(image.width(), image.height())
    return a_picture(size, source=source or size)._replace(image=image)
