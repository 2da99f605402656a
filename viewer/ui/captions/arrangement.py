"""Where a slide's texts stand in a caption panel, and in which size: arithmetic in logical pixels.

Title and caption flow from the top; date and credit stand at the foot, or beside the caption where the panel is low and
wide. Type is as large as fits. Where even the least does not, everything is one column that scrolls, so that the
caption loses neither lines nor a part of their length to the credit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRect

from viewer.ui.captions.composition import TypeRange, compose, largest_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from viewer.ui.captions.composition import CaptionText
    from viewer.ui.captions.text_layout import Block, LaidOut
    from viewer.ui.style.theme import Colours

WIDEST: Final = 75
"""The most characters in a line of the caption (Bringhurst, The Elements of Typographic Style, 2.1.2)."""

CHARACTER: Final = 0.5
"""Width of the average character of a text, of the type's size."""

_FOOT: Final = 20  # characters in a line of date and credit where they stand beside the caption
_LEAST_BESIDE_FOOT: Final = 30  # characters in a line of the caption then
_LEAST_SIDE: Final = 16  # the scroll bar stands there
_INSET_KEPT: Final = 0.83  # of the size aimed at: so far the longest caption shrinks for the sake of the inset


class Frame(NamedTuple):
    """The panel: its size, that of the type, whether it is for a low place, and how far in the words may begin."""

    width: int
    height: int
    sizes: TypeRange
    wide: bool = False
    inset: int = 0


class Placed(NamedTuple):
    """A block that has been laid out, the role of its label, and where it stands."""

    role: str
    block: Block
    laid_out: LaidOut
    place: QRect


class Arrangement(NamedTuple):
    """The area that scrolls, within the panel; what flows in it, from its top; what stands at the panel's foot."""

    area: QRect
    flow: tuple[Placed, ...]
    foot: tuple[Placed, ...]


class Arranger(NamedTuple):
    """Arranges texts in these colours; `measure` lays a block out at a width."""

    measure: Callable[[Block, int], LaidOut]
    colours: Colours

    def arrange(self, words: CaptionText, top: int, frame: Frame, *, information: bool) -> Arrangement:
        """Arrange `words` from `top` down. Facts, if `information` is wanted, follow and do not shrink the type."""
        edge = _edge(frame)
        room = max(frame.height - top - edge, 1)
        fitting = largest_size(frame.sizes, lambda size: self._needed(words, frame, size) <= room)
        size = round(frame.sizes.floor) if fitting is None else fitting
        side, beside = _side(frame), _foot_width(frame, words)
        column = _column(frame, size, beside)
        if fitting is None and beside and column < _column(frame, size, 0):
            return self.arrange(words, top, frame._replace(wide=False), information=information)
        composition = compose(words, size, frame.sizes, self.colours, column)
        flow, foot = composition.flow, composition.foot
        foot_tall = self._height(foot, beside or column)
        if fitting is None and (not beside or foot_tall > room):
            flow, foot, foot_tall, beside = flow + _following(foot, round(size * 1.1)), (), 0, 0
        if information:
            flow = (*flow, composition.facts)
        placed = tuple(self._stacked(flow, side, 0, column))
        if beside:
            left = frame.width - beside - side
            return Arrangement(QRect(0, top, left - side // 3, room), placed,
                               tuple(self._stacked(foot, left, top, beside)))
        taken = foot_tall + _gap(size) if foot_tall else 0
        spare = 0 if fitting is None else room - self._needed(words, frame, size)
        end = frame.height - edge - min(max(frame.inset - edge, 0), spare)  # where a picture ends, if that can be
        return Arrangement(QRect(0, top, frame.width, end - top - taken), placed,
                           tuple(self._stacked(foot, side, end - foot_tall, column)))

    def height(self, words: CaptionText, frame: Frame) -> int:
        """The height at which all of `words` fits in the size aimed at; that of `frame` does not matter."""
        return self._needed(words, frame, round(frame.sizes.aim)) + 2 * round(frame.sizes.aim)

    def top(self, longest: CaptionText, frame: Frame) -> int:
        """Where the first line of every slide begins: at the inset if the gallery's `longest` texts fit from there."""
        edge = _edge(frame)
        size = max(round(frame.sizes.aim * _INSET_KEPT), round(frame.sizes.floor))
        fits = frame.inset + self._needed(longest, frame, size) + edge <= frame.height
        return max(frame.inset, edge) if fits else edge

    def _needed(self, words: CaptionText, frame: Frame, size: int) -> int:
        """The height of all texts, without the space above and below."""
        beside = _foot_width(frame, words)
        column = _column(frame, size, beside)
        composition = compose(words, size, frame.sizes, self.colours, column)
        flow = self._height(composition.flow, column)
        if beside:
            return max(flow, self._height(composition.foot, beside))
        foot = self._height(composition.foot, column)
        return flow + foot + (_gap(size) if foot else 0)

    def _height(self, blocks: Iterable[tuple[str, Block]], width: int) -> int:
        placed = [*self._stacked(blocks, 0, 0, width)]
        return placed[-1].place.bottom() + 1 if placed else 0

    def _stacked(self, blocks: Iterable[tuple[str, Block]], x: int, y: int, width: int) -> Iterable[Placed]:
        """The blocks that have text, one below the other; the first one's gap does not count."""
        first = True
        for role, block in blocks:
            if block.paragraphs:
                laid_out = self.measure(block, width)
                y += 0 if first else block.gap
                yield Placed(role, block, laid_out, QRect(x, y, width, laid_out.height))
                y, first = y + laid_out.height, False


def _following(blocks: tuple[tuple[str, Block], ...], gap: int) -> tuple[tuple[str, Block], ...]:
    """`blocks` with `gap` before the first that has text."""
    first = next((role for role, block in blocks if block.paragraphs), "")
    return tuple((role, block._replace(gap=gap) if role == first else block) for role, block in blocks)


def _edge(frame: Frame) -> int:
    """The least space above and below the words."""
    return min(round(frame.sizes.aim), max(frame.height // 12, 6))


def _gap(size: int) -> int:
    """The least space between caption and foot."""
    return round(size * 0.9)


def _side(frame: Frame) -> int:
    """The space beside the words."""
    return max(min(round(frame.sizes.aim * 1.4), frame.width // 10), _LEAST_SIDE)


def side_by_side(sizes: TypeRange) -> int:
    """The width from which on date and credit may stand beside the caption."""
    return round((_LEAST_BESIDE_FOOT + _FOOT + 3 * 1.4 / CHARACTER) * CHARACTER * sizes.aim)


def _foot_width(frame: Frame, words: CaptionText) -> int:
    """The width of date and credit beside the caption; 0 if they stand below it, or there are none."""
    if not frame.wide or not (words.date or words.credit) or frame.width < side_by_side(frame.sizes):
        return 0
    return max(round(_FOOT * CHARACTER * frame.sizes.aim), (frame.width - 3 * _side(frame)) // 4)


def _column(frame: Frame, size: int, beside: int) -> int:
    """The width of the caption, where date and credit take `beside` of the panel's."""
    room = frame.width - 2 * _side(frame) - (beside + _side(frame) if beside else 0)
    return max(min(room, round(WIDEST * CHARACTER * size)), 1)
