"""Where the caption stands in a window of some size, and how much space it gets: arithmetic in logical pixels."""

from __future__ import annotations

from typing import Final, NamedTuple

_LEAST_PICTURE: Final = 280
"""Width of a 3:2 picture below which it is no longer worth looking at beside its caption."""

_GAIN: Final = 1.1
"""How much wider the picture has to become for the caption to go below it: beside it, more of the caption is read."""

_USUAL_WIDTH: Final = 308
"""What suits captions in type of the usual size; larger type gets more."""

# In sizes of the caption's type: the least that is worth reading, and what suits most captions.
_LEAST_WIDTH: Final = 13
_AMPLE_WIDTH: Final = 20
_LEAST_HEIGHT: Final = 10
_AMPLE_HEIGHT: Final = 20
_TWO_COLUMNS: Final = 34


class CaptionSpace(NamedTuple):
    """Whether the caption stands below the picture, its `extent` (width beside it, height below it), whether it `fits`.

    Where it does not, `extent` is what it gets from someone who wants it all the same. `two_columns` tells whether the
    caption is wide enough to have date and credit beside it.
    """

    below: bool
    extent: int
    fits: bool
    two_columns: bool


def caption_space(width: int, height: int, type_px: float, chosen: tuple[int, int] = (0, 0), *,
                  side: bool = True) -> CaptionSpace:
    """Divide `width` x `height` between a 3:2 picture and its caption in type of `type_px`.

    `chosen` are the width beside the picture and the height below it that were chosen by hand, 0 for none. On the left
    or right (`side`) the caption goes below the picture where that makes the picture clearly larger. Neither becomes
    so small that it is of no use, as long as both find space.
    """
    beside, below = chosen
    beside = beside or min(max(_USUAL_WIDTH, round(_AMPLE_WIDTH * type_px)), round(width * 0.3))
    beside = max(min(beside, width - _LEAST_PICTURE), round(_LEAST_WIDTH * type_px))
    least_height = round(_LEAST_HEIGHT * type_px)
    below = below or min(max(height - width * 2 // 3, height // 4), round(_AMPLE_HEIGHT * type_px))
    below = max(min(below, height - _LEAST_PICTURE * 2 // 3), least_height)
    picture_beside = min(width - beside, height * 3 // 2)
    picture_above = min(width, (height - below) * 3 // 2)
    goes_below = not side or picture_above > picture_beside * _GAIN
    fits = (picture_above if goes_below else picture_beside) >= _LEAST_PICTURE and height >= least_height
    if not fits:
        goes_below = not side or width < height * 3 // 2
        beside, below = width * 3 // 5, height * 3 // 5
    two_columns = goes_below and width >= _TWO_COLUMNS * type_px
    return CaptionSpace(goes_below, below if goes_below else beside, fits, two_columns)
