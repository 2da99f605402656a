"""Placeholders painted on the canvas: centred lines of text, a small sign above them, key caps below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from viewer.imaging.protocol.messages import Region
from viewer.ui.style.theme import DARK, LIGHT, contrast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.imaging.protocol.messages import Box
    from viewer.ui.style.theme import Colours
    from viewer.ui.viewport.content import BackgroundBrushes
    from viewer.ui.viewport.placeholder import Placeholder, Sign

_MEASURE: Final = 34.0
"""The widest line of text, in multiples of its type size: some 65 characters."""

_READABLE: Final = 7.0
"""The least contrast of text (WCAG 2.2, 1.4.6)."""


class PlaceholderContent:
    """A placeholder on the background."""

    def __init__(self, placeholder: Placeholder, viewport: Box, colours: Colours, font: QFont) -> None:
        self._placeholder = placeholder
        self._viewport = viewport
        self._colours = colours
        self._font = font

    @property
    def covered(self) -> Region:
        """All of the viewport: text may be anywhere."""
        return Region(0, 0, *self._viewport)

    def resize(self, viewport: Box) -> None:
        """Fill a viewport of another size."""
        self._viewport = viewport

    def restyle(self, colours: Colours, font: QFont) -> None:
        """Take other colours or another font."""
        self._colours, self._font = colours, font

    def paint(self, painter: QPainter, brushes: BackgroundBrushes, ratio: float) -> None:
        """Paint background and placeholder."""
        width, height = self._viewport
        painter.fillRect(0, 0, width, height, brushes.around)
        painter.save()
        painter.scale(ratio, ratio)
        paint_placeholder(painter, QRectF(0, 0, width / ratio, height / ratio), self._placeholder,
                          colours_on(brushes.around.name(), self._colours), self._font)
        painter.restore()


def colours_on(background: str, colours: Colours) -> Colours:
    """`colours` for text on `background` (``#rrggbb``), or another theme's where theirs cannot be read on it."""
    choice = next((one for one in (colours, DARK, LIGHT) if contrast(one.text, background) >= _READABLE), LIGHT)
    return choice._replace(background=background)


def paint_placeholder(painter: QPainter, area: QRectF, placeholder: Placeholder, colours: Colours, font: QFont) -> None:
    """Paint `placeholder` into the middle of `area` (logical pixels); the background is there already."""
    em = _type_size(area, font)
    width = min(area.width() - 2 * em, _MEASURE * em)
    if area.width() < 24 or area.height() < 16 or width < 2 * em:
        return
    quiet = colours.quiet if contrast(colours.quiet, colours.background) >= _READABLE else colours.text
    small = _sized(font, em * 0.95)
    blocks = [(0.0, _Block(placeholder.heading, _sized(font, em * 1.6, QFont.Weight.DemiBold), colours.text, width, 2))]
    if placeholder.body:
        blocks.append((em * 0.7, _Block(placeholder.body, _sized(font, em * 1.05), colours.text, width, 8)))
    if placeholder.name:
        name = QFontMetricsF(small).elidedText(placeholder.name, Qt.TextElideMode.ElideMiddle, width)
        blocks.append((em, _Block(name, small, quiet, width, 1)))
    height = sum(gap + block.height for gap, block in blocks)
    height += em * 2.1 * len(placeholder.keys) + (em * 1.2 if placeholder.keys else 0)
    side = em * 4.2
    with_sign = area.height() - height >= side * 1.6
    middle, top = area.center().x(), area.center().y() - (height + (side + em * 1.1 if with_sign else 0)) / 2
    top = max(top, area.top() + em / 2)
    painter.save()
    painter.setClipRect(area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if with_sign:
        _paint_sign(painter, placeholder.sign, QRectF(middle - side / 2, top, side, side), colours)
        top += side + em * 1.1
    for gap, block in blocks:
        block.paint(painter, middle - width / 2, top + gap)
        top += gap + block.height
    _paint_keys(painter, placeholder.keys, QPointF(middle, top + em * 1.2), width, small, colours)
    painter.restore()


class _Block:
    """At most so many lines of text, laid out and centred."""

    def __init__(self, text: str, font: QFont, colour: str, width: float, lines: int) -> None:
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._colour = QColor(colour)
        self._layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
        self._layout.setTextOption(option)
        self.height = 0.0
        self._layout.beginLayout()
        for _ in range(lines):
            line = self._layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, self.height))
            self.height += line.height() * 1.12
        self._layout.endLayout()

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paint with the top left corner there."""
        painter.setPen(self._colour)
        self._layout.draw(painter, QPointF(x, y))


def _paint_keys(painter: QPainter, keys: Sequence[tuple[str, str]], top: QPointF, width: float, font: QFont,
                colours: Colours) -> None:
    """Paint rows of a key cap and what it does, around the middle at `top`."""
    if not keys:
        return
    metrics = QFontMetricsF(font)
    em = metrics.height()
    cap_width = max(metrics.horizontalAdvance(key) for key, _ in keys) + em
    words = min(max(metrics.horizontalAdvance(what) for _, what in keys), max(em, width - cap_width - em))
    left = top.x() - (cap_width + em * 0.7 + words) / 2
    painter.setFont(font)
    for row, (key, what) in enumerate(keys):
        cap = QRectF(left, top.y() + row * em * 1.7, cap_width, em * 1.3)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(cap, em * 0.25, em * 0.25)
        painter.setPen(QColor(colours.text))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        beside = QRectF(cap.right() + em * 0.7, cap.top(), words + 1, cap.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter,
                         metrics.elidedText(what, Qt.TextElideMode.ElideRight, beside.width()))


def _paint_sign(painter: QPainter, sign: Sign, area: QRectF, colours: Colours) -> None:
    """Paint a sign drawn in a square of 24 units: a picture torn in two, an empty one with a plus, or three dots."""
    painter.save()
    painter.translate(area.topLeft())
    painter.scale(area.width() / 24, area.height() / 24)
    round_cap = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(QColor(colours.quiet), 1.0, *round_cap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match sign:
        case "loading":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.quiet))
            for x in (7.5, 12.0, 16.5):
                painter.drawEllipse(QPointF(x, 17.5), 1.1, 1.1)
        case "broken":
            _draw_polygon(painter, (11, 4.5), (4.5, 4.5), (4.5, 19.5), (9, 19.5), (11.5, 15.5), (9, 12), (12.5, 8.5))
            _draw_polygon(painter, (15, 4.5), (19.5, 4.5), (19.5, 19.5), (13, 19.5), (15.5, 15.5), (13, 12),
                          (16.5, 8.5))
        case "empty":
            painter.drawRoundedRect(QRectF(3.5, 5.5, 17, 13), 1.2, 1.2)
            painter.setPen(QPen(QColor(colours.accent), 1.2, *round_cap))
            painter.drawLine(QPointF(12, 9), QPointF(12, 15))
            painter.drawLine(QPointF(9, 12), QPointF(15, 12))
    painter.restore()


def _draw_polygon(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolygon([QPointF(x, y) for x, y in points])


def _type_size(area: QRectF, font: QFont) -> float:
    """The type size in logical pixels: the desktop's own, larger in a large area, smaller in a tiny one."""
    own = QFontMetricsF(font).height() / 1.25
    return min(max(own, min(area.width(), area.height() * 1.6) / 90), max(8.0, area.width() / 14), own * 3)


def _sized(font: QFont, pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(max(6, round(pixels)))
    sized.setWeight(weight)
    return sized
