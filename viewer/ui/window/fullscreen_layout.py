"""Where slide view and caption stand in full screen: arithmetic on rectangles, in logical pixels."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QRect

from viewer.imaging.protocol.messages import Box

CaptionPlace: TypeAlias = Literal["beside", "overlay", "none"]
Side: TypeAlias = Literal["right", "below"]

_TYPICAL_ASPECT: Final = 3 / 2


class FullscreenLayout(NamedTuple):
    """The rectangles of slide view and caption (empty: there is none), and how the caption is set.

    `wide` tells whether it is laid out for below the picture rather than beside it; `inset` is how far its words may
    begin and end inside.
    """

    slide_view: QRect
    caption: QRect
    wide: bool
    type_px: float
    inset: int = 0


def fullscreen_layout(screen: QRect, caption: CaptionPlace, scale: float) -> FullscreenLayout:
    """Divide `screen`; `scale` is the caption's text size, 1 is normal.

    The side is chosen for a 3:2 picture, so that it does not change from slide to slide. The type is 2.6 % of the
    shorter side, about what signage asks for; the panel beside the picture is half the screen's height wide, which
    leaves such a picture 1380 x 920 of 1920 x 1080.
    """
    width, height = screen.width(), screen.height()
    type_px = max(min(width, height) * 0.026, 13) * scale
    if caption == "none" or min(width, height) < 240:
        return FullscreenLayout(screen, QRect(), False, type_px)
    if caption == "overlay":
        tall = min(round(type_px * 8.5), height // 3)
        return FullscreenLayout(screen, QRect(0, height - tall, width, tall), True, type_px)
    panel_width = round(min(max(height * 0.5 * min(scale, 1.3), 280), width * 0.36))
    spare = min(height - width / _TYPICAL_ASPECT, type_px * 20)  # what such a picture leaves free anyway
    panel_height = round(min(max(type_px * 10.5, 150, spare), height * 0.36))
    if caption_side(Box(width, height), Box(3, 2), panel_width, panel_height) == "right":
        slide_view_width = width - panel_width
        # Where there is space for it, the words begin and end where a 3:2 picture does.
        inset = max(round((height - slide_view_width / _TYPICAL_ASPECT) / 2), 0)
        panel = QRect(slide_view_width, 0, panel_width, height)
        return FullscreenLayout(QRect(0, 0, slide_view_width, height), panel, False, type_px, inset)
    slide_view_height = height - panel_height
    return FullscreenLayout(QRect(0, 0, width, slide_view_height), QRect(0, slide_view_height, width, panel_height),
                            True, type_px)


def caption_side(screen: Box, picture: Box, beside: int, below: int) -> Side:
    """The side where a caption costs the picture least: `beside` of the screen's width, or `below` of its height.

    Any one unit does; of `picture` only the aspect ratio counts. The right wins where it makes no difference.
    """
    right = min((screen.width - beside) / picture.width, screen.height / picture.height)
    under = min(screen.width / picture.width, (screen.height - below) / picture.height)
    return "below" if under > right else "right"
