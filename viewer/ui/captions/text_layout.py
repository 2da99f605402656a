"""Lays paragraphs out at a width, in whole lines whose places are known: what is measured is what is painted."""

from __future__ import annotations

import math
import unicodedata
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from viewer.gallery.safe_text import LONGEST_TEXT

LONGEST_SHOWN: Final = LONGEST_TEXT + 200
"""Characters of one text that are laid out: the longest text and the words that say it is cut. Megabytes would stop
the window for seconds."""

_MOST_NAME_LINES: Final = 3
"""Lines that a file's name may take before its middle is left out."""


class Paragraph(NamedTuple):
    """Words of one colour (``#rrggbb``), `gap` logical pixels below the paragraph before."""

    text: str
    colour: str
    gap: int = 0


class Block(NamedTuple):
    """Paragraphs in type of one size and weight; lines are at least `pitch` high. Lengths are logical pixels.

    `gap` is the space above it. The middle of a `name` is left out where it would be long.
    """

    paragraphs: tuple[Paragraph, ...]
    size: int
    pitch: int
    weight: int = 400
    gap: int = 0
    name: bool = False


class Line(NamedTuple):
    """A line of text and where it stands within its block, in logical pixels from its top; lines do not overlap."""

    top: int
    bottom: int
    text: str


class LaidOut(NamedTuple):
    """A block at one width: Qt's layout of each paragraph, the lines, and the height in logical pixels."""

    layouts: tuple[QTextLayout, ...]
    lines: tuple[Line, ...]
    height: int


def plain_block(text: str, colour: str, size: float, pitch: float, *, weight: int = 400, gap: float = 0,
                name: bool = False) -> Block:
    """A block of the lines of `text`, shown as typed, in type of `size` pixels with lines `pitch` times as high."""
    shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
    size = max(round(size), 8)
    paragraphs = tuple(Paragraph(line, colour) for line in shown.split("\n")) if shown else ()
    return Block(paragraphs, size, math.ceil(size * pitch), weight, round(gap), name)


def type_of(block: Block, family: QFont) -> QFont:
    """The font of a block, of the same family as `family`."""
    font = QFont(family)
    font.setPixelSize(block.size)
    font.setWeight(QFont.Weight(block.weight))
    return font


def lay_out(block: Block, family: QFont, width: int) -> LaidOut:
    """Break `block` into lines of `width` pixels, between words or, where one is longer than a line, within it.

    A line is as high as its letters, some of which may come from a taller font, and stands in the middle of its pitch.
    """
    font = type_of(block, family)
    if block.name:
        block = _elided(block, font, width)
    layouts, lines, y = [], [], 0
    for paragraph in block.paragraphs:
        y += paragraph.gap
        layout = QTextLayout(paragraph.text, font)
        layout.setCacheEnabled(True)
        layout.setTextOption(_option(is_right_to_left(paragraph.text)))
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            tall = max(math.ceil(line.height()), block.pitch)
            line.setPosition(QPointF(0, y + (tall - math.ceil(line.height())) // 2))
            lines.append(Line(y, y + tall, paragraph.text[line.textStart():line.textStart() + line.textLength()]))
            y += tall
        layout.endLayout()
        layouts.append(layout)
    return LaidOut(tuple(layouts), tuple(lines), y)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left (Unicode Standard Annex 9, P2)."""
    if text.isascii():
        return False
    strong = (way for way in map(unicodedata.bidirectional, text) if way in ("L", "R", "AL"))
    return next(strong, "L") != "L"


def _elided(block: Block, font: QFont, width: int) -> Block:
    """`block` without so much of its middle that it takes three lines at most."""
    metrics, whole = QFontMetricsF(font), block.paragraphs[0]
    for share in (1.0, 0.9, 0.75, 0.5):
        room = width * _MOST_NAME_LINES * share
        shown = whole._replace(text=metrics.elidedText(whole.text, Qt.TextElideMode.ElideMiddle, room))
        shorter = block._replace(paragraphs=(shown,), name=False)
        if len(lay_out(shorter, font, width).lines) <= _MOST_NAME_LINES:
            break
    return shorter


def _option(right_to_left: bool, /) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setAlignment(Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft)
    return option
