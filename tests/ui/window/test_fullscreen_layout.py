from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from viewer.imaging.protocol.messages import Box
from viewer.ui.window.fullscreen_layout import caption_side

SCREEN = Box(1920, 1080)

sides = st.integers(1, 20_000)
boxes = st.builds(Box, sides, sides)
screens = st.builds(Box, st.integers(1, 4000), st.integers(1, 4000))


def test_on_a_wide_screen_the_caption_goes_beside_the_picture() -> None:
    assert caption_side(SCREEN, Box(3, 2), beside=540, below=240) == "right"


def test_on_an_upright_screen_the_caption_goes_below_the_picture() -> None:
    assert caption_side(Box(1080, 1920), Box(3, 2), beside=540, below=240) == "below"


def test_a_panorama_keeps_its_width() -> None:
    assert caption_side(SCREEN, Box(4, 1), beside=540, below=240) == "below"


def test_an_upright_picture_keeps_its_height() -> None:
    assert caption_side(SCREEN, Box(2, 3), beside=540, below=240) == "right"


@settings(deadline=None)  # however slow the machine is
@given(screens, boxes, st.integers(1, 2000), st.integers(1, 2000))
def test_the_caption_takes_the_side_that_leaves_the_larger_picture(
    screen: Box, picture: Box, beside: int, below: int,
) -> None:
    def scale(width: int, height: int) -> float:
        return min(width / picture.width, height / picture.height)

    right, under = scale(screen.width - beside, screen.height), scale(screen.width, screen.height - below)
    kept = right if caption_side(screen, picture, beside, below) == "right" else under
    assert kept == max(right, under)
