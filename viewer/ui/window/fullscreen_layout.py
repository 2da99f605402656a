"""Where slide view and caption stand in full screen: arithmetic on rectangles, in logical pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QRect

from viewer.imaging.protocol.messages import Box
from viewer.ui.captions.composition import TypeRange

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSize

CaptionPlace: TypeAlias = Literal["beside", "overlay", "none"]
CaptionSide: TypeAlias = Literal["right", "below"]

HeightBelow: TypeAlias = "Callable[[int, TypeRange, bool], int]"
"""The height that the gallery's longest caption needs at a width, in the larger type of a range, in two columns or
one."""

_TYPICAL_ASPECT: Final = 3 / 2
_WIDEST_BESIDE: Final = 33
"""Width of a caption beside the picture, of its type's size: lines of 60 characters."""
_NARROWEST_BESIDE: Final = 11
"""The least such width, of the floor's size, up to half the screen: in lines that hold less most words are broken."""

_LEAST_BELOW: Final = 0.2
_MOST_BELOW: Final = 0.36
_MOST_LARGE_BELOW: Final = 0.6
"""Of the screen's height: a caption below the picture, the last one in large type."""

_LEAST_OF_TWO: Final = 0.25
"""Of the height that two captions share."""

_SMALLEST: Final = 13


class FullscreenLayout(NamedTuple):
    """The rectangles of slide view and caption (empty: there is none), and how the caption is set.

    `wide` tells whether there is room for two columns rather than one; `inset` is how far its words may begin and end
    inside.
    """

    slide_view: QRect
    caption: QRect
    sizes: TypeRange
    wide: bool = False
    inset: int = 0


class TypeShares(NamedTuple):
    """The size of the caption's type as shares of the screen's height: what is aimed at, and where shrinking ends."""

    aim: float
    floor: float


AT_A_DESK: Final = TypeShares(0.03, 0.022)
AT_A_DISTANCE: Final = TypeShares(0.034, 0.03)
"""For a screen in a hall: signage asks for 3 % of the height at least."""


def type_range(screen: QSize, scale: float, shares: TypeShares) -> TypeRange:
    """The caption's type on a `screen`; `scale` is the person's own factor. Below 13 pixels nobody likes to read."""
    return TypeRange(*(max(screen.height() * share, _SMALLEST) * scale for share in shares))


def fullscreen_layout(
    screen: QRect, caption: CaptionPlace, scale: float, height_below: HeightBelow, shares: TypeShares = AT_A_DESK,
) -> FullscreenLayout:
    """Divide `screen`; `scale` is the caption's text size, 1 is normal, with type by `shares`.

    The side is chosen for a 3:2 picture, and with the height that the gallery's longest caption needs, so that nothing
    changes from slide to slide: `height_below` tells it for a panel of some width. The panel beside the picture is half
    the screen's height wide, which leaves a 3:2 picture 1380 x 920 of 1920 x 1080, and wider where such a picture
    leaves more free or very large type needs it. Below it the panel may take what it leaves free, if the gallery's
    captions need so much, and has two columns unless the screen is upright.
    """
    width, height = screen.width(), screen.height()
    sizes = type_range(screen.size(), scale, shares)
    if caption == "none" or min(width, height) < 240:
        return FullscreenLayout(screen, QRect(), sizes)
    if caption == "overlay":
        tall = height // 3
        return FullscreenLayout(screen, QRect(screen.x(), screen.y() + height - tall, width, tall), sizes, wide=True)
    free = min(width - height * _TYPICAL_ASPECT, sizes.aim * _WIDEST_BESIDE)
    words = min(sizes.floor * _NARROWEST_BESIDE, width / 2)
    panel_width = round(max(min(max(height * 0.5 * min(scale, 1.3), 280), width * 0.36), words, free))
    spare = round(height - width / _TYPICAL_ASPECT)
    most = max(round(height * min(_MOST_BELOW * max(scale, 1.0), _MOST_LARGE_BELOW)), spare)
    wide = width > height
    panel_height = min(max(height_below(width, sizes, wide), round(height * _LEAST_BELOW)), most)
    if caption_side(Box(width, height), Box(3, 2), panel_width, panel_height) == "right":
        slide_view_width = width - panel_width
        # Where there is space for it, the words begin and end where a 3:2 picture does.
        inset = max(round((height - slide_view_width / _TYPICAL_ASPECT) / 2), 0)
        panel = QRect(screen.x() + slide_view_width, screen.y(), panel_width, height)
        return FullscreenLayout(QRect(screen.x(), screen.y(), slide_view_width, height), panel, sizes, inset=inset)
    panel = QRect(screen.x(), screen.y() + height - panel_height, width, panel_height)
    return FullscreenLayout(QRect(screen.x(), screen.y(), width, height - panel_height), panel, sizes, wide)


def halves(place: QRect, needed: tuple[int, int], *, across: bool) -> tuple[QRect, QRect]:
    """Two parts of `place` for two captions: equal ones, one beside the other if `across`, else one below the other.

    Of the latter, one that needs more height than half has what the other can spare: `needed` are their heights.
    """
    x, y, width, height = place.x(), place.y(), place.width(), place.height()
    if across:
        return QRect(x, y, width // 2, height), QRect(x + width // 2, y, width - width // 2, height)
    upper = height // 2
    if needed[1] > upper:
        upper = max(min(upper, needed[0]), height - needed[1], round(height * _LEAST_OF_TWO))
    elif needed[0] > upper:
        upper = min(needed[0], max(upper, height - needed[1]), height - round(height * _LEAST_OF_TWO))
    return QRect(x, y, width, upper), QRect(x, y + upper, width, height - upper)


def caption_side(screen: Box, picture: Box, beside: int, below: int) -> CaptionSide:
    """The side where a caption costs the picture least: `beside` of the screen's width, or `below` of its height.

    Any one unit does; of `picture` only the aspect ratio counts. The right wins where it makes no difference.
    """
    right = min((screen.width - beside) / picture.width, screen.height / picture.height)
    under = min(screen.width / picture.width, (screen.height - below) / picture.height)
    return "below" if under > right else "right"
