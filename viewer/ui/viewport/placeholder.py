"""What the glass shows when there is no picture: one that failed, an empty gallery, one that takes its time.

A card is words and one small sign, painted in the room's colours. Texts are plain: markup is shown as it was typed,
control and bidirectional characters are made harmless, whatever is too long is elided.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPen,
    QTextLayout,
    QTextOption,
)

from viewer.actions import BY_ID
from viewer.gallery.safe_text import text as lines
from viewer.ui.style.theme import DARK, LIGHT, contrast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.imaging.protocol.failures import Failure
    from viewer.ui.style.theme import Colours

Sign: TypeAlias = Literal["broken", "empty", "loading"]

_MEASURE: Final = 34.0
"""The widest line of a card's text, in multiples of its type size: some 65 characters."""

_READABLE: Final = 7.0
"""The least contrast of a card's text (WCAG 2.2, 1.4.6)."""

_LONGEST_TEXT: Final = 600
_SPOOFING: Final = frozenset("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Placeholder(NamedTuple):
    """One card.

    `heading` is its one strong line, `body` says what happened and what to do, `name` is a file's name (elided in
    the middle), `keys` are pairs of a key and what it does.
    """

    sign: Sign
    heading: str
    body: str = ""
    name: str = ""
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def description(self) -> str:
        """All but the heading as one text, for a screen reader."""
        return "\n".join(filter(None, (self.body, self.name, *(f"{key}: {what}" for key, what in self.keys))))


def failed_placeholder(failure: Failure, name: str) -> Placeholder:
    """The card for the picture in the file `name` that cannot be shown."""
    return Placeholder("broken", _say("This picture can’t be shown"), _say(failure.sentence), plain(name))


def empty_placeholder(problem: str = "", keys: Sequence[tuple[str, str]] | None = None) -> Placeholder:
    """The card for a gallery without slides: what to do, or first what is wrong with it.

    `keys` are pairs of a portable key sequence and what it does; None stands for the table's own for opening.
    """
    if keys is None:
        keys = [(action.keys[0], action.tip) for action in (BY_ID["open"], BY_ID["open_folder"])]
    native = QKeySequence.SequenceFormat.NativeText
    shown = tuple((QKeySequence(key).toString(native) or key, _say(what)) for key, what in keys)
    body = _say("Open a folder of pictures or a gallery, or drop them here.")
    if problem:
        body = f"{lines(problem, _LONGEST_TEXT)}\n{body}"
    return Placeholder("empty", _say("No pictures here yet"), body, keys=shown)


def loading_placeholder(name: str) -> Placeholder:
    """The card for a picture that takes its time."""
    return Placeholder("loading", _say("Loading…"), name=plain(name))


def plain(text: str) -> str:
    """`text` with control characters and those that reorder a line made visible, so that a name can't pretend."""
    safe = (
        "\N{REPLACEMENT CHARACTER}" if char in _SPOOFING or unicodedata.category(char) in {"Cc", "Cs"} else char
        for char in text[:_LONGEST_TEXT]
    )
    return "".join(safe)


def colours_on(background: str, colours: Colours) -> Colours:
    """`colours` for words on `background` (``#rrggbb``), which may be darker or lighter than the room they are for."""
    choice = next((one for one in (colours, DARK, LIGHT) if contrast(one.text, background) >= _READABLE), LIGHT)
    return choice._replace(room=background)


def paint_placeholder(painter: QPainter, room: QRectF, placeholder: Placeholder, colours: Colours, font: QFont) -> None:
    """Paint `placeholder` into the middle of `room` (logical pixels); the ground is there already."""
    if room.width() < 24 or room.height() < 16:
        return
    em = _type_size(room, font)
    quiet = colours.quiet if contrast(colours.quiet, colours.room) >= _READABLE else colours.text
    width = min(room.width() - 2 * em, _MEASURE * em)
    heading, body, small = (_sized(font, em * size, weight) for size, weight in (
        (1.6, QFont.Weight.DemiBold), (1.05, QFont.Weight.Normal), (0.95, QFont.Weight.Normal)))
    if width < 2 * em:
        return
    rows: list[tuple[float, _Block]] = []
    rows.append((0.0, _Block(placeholder.heading, heading, colours.text, width, lines=2)))
    if placeholder.body:
        rows.append((em * 0.7, _Block(placeholder.body, body, colours.text, width, lines=8)))
    if placeholder.name:
        rows.append((em * 1.0, _Block(_elided(placeholder.name, small, width), small, quiet, width, lines=1)))
    keys_height = em * 2.1 * len(placeholder.keys) + (em * 1.2 if placeholder.keys else 0)
    side = em * 4.2
    words = sum(gap + block.height for gap, block in rows)
    height = words + keys_height
    with_sign = room.height() - height >= side * 1.6
    top = room.center().y() - (height + (side + em * 1.1 if with_sign else 0)) / 2
    top = max(top, room.top() + em / 2)
    painter.save()
    painter.setClipRect(room)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if with_sign:
        _paint_sign(painter, placeholder.sign, QRectF(room.center().x() - side / 2, top, side, side), colours)
        top += side + em * 1.1
    for gap, block in rows:
        top += gap
        block.paint(painter, room.center().x() - width / 2, top)
        top += block.height
    _paint_keys(painter, placeholder.keys, QPointF(room.center().x(), top + em * 1.2), width, small, colours)
    painter.restore()


class _Block:
    """Some lines of text, laid out and centred."""

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
    """Rows of a key cap and what it does, around the middle at `top`."""
    if not keys:
        return
    metrics = QFontMetricsF(font)
    em = metrics.height()
    caps = max(metrics.horizontalAdvance(key) for key, _ in keys) + em
    words = min(max(metrics.horizontalAdvance(what) for _, what in keys), max(em, width - caps - em))
    left = top.x() - (caps + em * 0.7 + words) / 2
    painter.setFont(font)
    for row, (key, what) in enumerate(keys):
        y = top.y() + row * em * 1.7
        cap = QRectF(left, y, caps, em * 1.3)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(cap, em * 0.25, em * 0.25)
        painter.setPen(QColor(colours.text))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        room = QRectF(cap.right() + em * 0.7, y, words + 1, cap.height())
        said = metrics.elidedText(what, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, said)


def _paint_sign(painter: QPainter, sign: Sign, room: QRectF, colours: Colours) -> None:
    """A picture frame in a square of 24 units: torn, with a plus, or with three dots."""
    painter.save()
    painter.translate(room.topLeft())
    painter.scale(room.width() / 24, room.height() / 24)
    pen = QPen(QColor(colours.quiet), 1.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if sign == "loading":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.quiet))
        for x in (7.5, 12.0, 16.5):
            painter.drawEllipse(QPointF(x, 17.5), 1.1, 1.1)
    elif sign == "broken":
        for points in (
            ((11, 4.5), (4.5, 4.5), (4.5, 19.5), (9, 19.5), (11.5, 15.5), (9, 12), (12.5, 8.5), (11, 4.5)),
            ((15, 4.5), (19.5, 4.5), (19.5, 19.5), (13, 19.5), (15.5, 15.5), (13, 12), (16.5, 8.5), (15, 4.5)),
        ):
            _draw_line(painter, points)
    else:
        painter.drawRoundedRect(QRectF(3.5, 5.5, 17, 13), 1.2, 1.2)
        painter.setPen(QPen(QColor(colours.accent), 1.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        _draw_line(painter, ((12.0, 9.0), (12.0, 15.0)))
        _draw_line(painter, ((9.0, 12.0), (15.0, 12.0)))
    painter.restore()


def _draw_line(painter: QPainter, points: Sequence[tuple[float, float]]) -> None:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    painter.drawPath(path)


def _type_size(room: QRectF, font: QFont) -> float:
    """The card's type size in logical pixels: the desktop's own, larger on a large glass, smaller on a tiny one."""
    own = QFontMetricsF(font).height() / 1.25
    return min(max(own, min(room.width(), room.height() * 1.6) / 90), max(8.0, room.width() / 14), own * 3)


def _sized(font: QFont, pixels: float, weight: QFont.Weight) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(max(6, round(pixels)))
    sized.setWeight(weight)
    return sized


def _elided(name: str, font: QFont, width: float) -> str:
    return QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideMiddle, width)


def _say(text: str) -> str:
    """`text` in the language of the window."""
    return QCoreApplication.translate("Cards", text)
