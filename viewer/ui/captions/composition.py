"""How a slide's texts are set in type: sizes, colours and spaces, and the largest size at which they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.ui.captions.text_layout import Block, Paragraph, plain_block

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.ui.style.theme import Colours


class CaptionText(NamedTuple):
    """The texts of one slide. `facts` are further lines, label and text, shown on request; `alt` is not shown.

    `named_by_file` tells that the title is none but the name of the file.
    """

    place: str
    title: str
    caption: str
    date: str
    credit: str
    facts: tuple[tuple[str, str], ...] = ()
    alt: str = ""
    named_by_file: bool = False

    @property
    def amount(self) -> int:
        """The number of characters that are always shown."""
        return sum(map(len, self[1:5]))


NOTHING: Final = CaptionText("", "", "", "", "")


class TypeRange(NamedTuple):
    """Sizes of the caption's type in logical pixels: the one aimed at, and the least, from which on it scrolls."""

    aim: float
    floor: float


class Composition(NamedTuple):
    """Blocks by the role of their labels: those that flow from the top, those at the foot, and the facts."""

    flow: tuple[tuple[str, Block], ...]
    foot: tuple[tuple[str, Block], ...]
    facts: tuple[str, Block]


_QUIET: Final = 0.8  # size of date, credit and facts, of the caption's
_PLACE: Final = 0.72  # of the size aimed at: it does not shrink with the caption, so that it stays where it is
_TITLE: Final = 1.55
_TITLE_IN_NARROW: Final = 1.25  # where a line holds so few characters that a larger one would take two or three
_NARROW: Final = 11  # widths of a line, of the size aimed at


def compose(words: CaptionText, size: int, sizes: TypeRange, colours: Colours, width: int) -> Composition:
    """`words` with a caption in type of `size` logical pixels, of the range `sizes`, for lines of `width`.

    Lines are a multiple of the type's size apart and not of the font's own height, of which Noto has a fifth more than
    others. 1.42 is within what typographers ask for lines of 30 to 75 characters, and a little less than WCAG 2.2 wants
    to be possible (1.5, 1.4.12).
    """
    quiet = colours.quiet
    title = size * (_TITLE_IN_NARROW if width < _NARROW * sizes.aim else _TITLE)
    flow = (
        ("Slide", plain_block(words.place, quiet, max(sizes.floor * _QUIET, sizes.aim * _PLACE), 1.3)),
        ("Title", plain_block(words.title, colours.text, title, 1.18, weight=650, gap=sizes.aim * 0.3,
                              name=words.named_by_file)),
        ("Caption", plain_block(words.caption, colours.text, size, 1.42, gap=size * 0.55)),
    )
    foot = (
        ("Date", plain_block(words.date, quiet, size * _QUIET, 1.35)),
        ("Credit", plain_block(words.credit, quiet, size * _QUIET, 1.35, gap=size * 0.15)),
    )
    return Composition(flow, foot, ("Information", _facts(words, size, colours)))


def _facts(words: CaptionText, size: int, colours: Colours) -> Block:
    paragraphs: list[Paragraph] = []
    for name, text in words.facts:
        shown = plain_block(text, colours.text, size, 1).paragraphs
        if shown:
            paragraphs.append(Paragraph(name, colours.quiet, round(size * 0.6) if paragraphs else 0))
            paragraphs += shown
    return plain_block("", "", size * _QUIET, 1.35, gap=size * 1.4)._replace(paragraphs=tuple(paragraphs))


def largest_size(sizes: TypeRange, fits: Callable[[int], bool]) -> int | None:
    """The largest whole size in the range of `sizes` that `fits`; None if not even the least does.

    Whatever fits at some size has to fit at all smaller ones.
    """
    low, high = round(sizes.floor), round(sizes.aim)
    if fits(high):
        return high
    if not fits(low):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low
