from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from viewer.imaging.protocol.messages import Box
from viewer.ui.window.fullscreen_layout import CaptionPlace, caption_side, fullscreen_layout, halves

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


def test_a_wide_screen_has_the_caption_beside_and_leaves_a_3_to_2_picture_1380_by_920() -> None:
    layout = fullscreen_layout(QRect(0, 0, 1920, 1080), "beside", 1.0, lambda *_: 300)

    assert layout.slide_view == QRect(0, 0, 1380, 1080)
    assert (layout.caption.left(), layout.caption.width()) == (1380, 540)
    assert layout.caption.center().y() == layout.slide_view.center().y()


def test_three_times_as_large_type_has_lines_that_hold_common_words_and_leaves_the_picture_half_of_the_screen() -> None:
    for width, height in ((1280, 800), (1920, 1080), (640, 480)):
        layout = fullscreen_layout(QRect(0, 0, width, height), "beside", 3.0, lambda *_: 10_000)

        assert layout.caption.width() >= int(min(11 * layout.sizes.floor, width / 2))
        assert layout.slide_view.width() >= width / 2


def test_a_very_wide_screen_gives_the_caption_what_a_3_to_2_picture_leaves() -> None:
    layout = fullscreen_layout(QRect(0, 0, 2560, 1080), "beside", 1.0, lambda *_: 300)

    assert (layout.slide_view.width(), layout.caption.width()) == (1620, 940)


@pytest.mark.parametrize(("wanted", "given"), [(100, 384), (700, 700), (3000, 1200)])
def test_below_the_caption_has_what_the_gallery_needs_up_to_what_a_3_to_2_picture_leaves(
    wanted: int, given: int,
) -> None:
    layout = fullscreen_layout(QRect(0, 0, 1080, 1920), "beside", 1.0, lambda *_: wanted)

    assert layout.caption.height() == given


@pytest.mark.parametrize(("scale", "aim", "floor"), [(1.0, 32.4, 23.76), (2.0, 64.8, 47.52)])
def test_type_is_three_to_two_point_two_percent_of_the_height(scale: float, aim: float, floor: float) -> None:
    layout = fullscreen_layout(QRect(0, 0, 1920, 1080), "beside", scale, lambda *_: 300)

    assert layout.sizes == pytest.approx((aim, floor))


def test_an_upright_screen_has_the_caption_below() -> None:
    layout = fullscreen_layout(QRect(0, 0, 1080, 1920), "beside", 1.0, lambda *_: 300)

    assert not layout.wide, "one column"
    assert layout.caption.top() == layout.slide_view.bottom() + 1
    assert layout.caption.width() == layout.slide_view.width() == 1080


@pytest.mark.parametrize("place", ["beside", "none"])
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (3840, 2160), (1024, 768), (800, 1200), (640, 480)])
def test_the_caption_never_covers_the_picture(size: tuple[int, int], place: CaptionPlace) -> None:
    layout = fullscreen_layout(QRect(0, 0, *size), place, 1.0, lambda *_: 300)

    assert not layout.slide_view.intersects(layout.caption)
    assert layout.slide_view.width() * layout.slide_view.height() > 0.5 * size[0] * size[1]


def test_below_the_picture_of_a_small_screen_there_are_two_columns() -> None:
    layout = fullscreen_layout(QRect(0, 0, 640, 480), "beside", 1.0, lambda *_: 300)

    assert layout.caption.top() == layout.slide_view.bottom() + 1
    assert layout.wide


def test_as_an_option_the_caption_lies_over_the_lower_edge() -> None:
    layout = fullscreen_layout(QRect(0, 0, 1920, 1080), "overlay", 1.0, lambda *_: 300)

    assert layout.slide_view == QRect(0, 0, 1920, 1080)
    assert layout.slide_view.contains(layout.caption)


@pytest.mark.parametrize(("needed", "upper"), [
    ((300, 300), 500),
    ((800, 800), 500),
    ((300, 900), 300),
    ((300, 600), 400),
    ((900, 300), 700),
    ((600, 300), 600),
    ((10, 2000), 250),
    ((2000, 10), 750),
])
def test_of_two_captions_one_below_the_other_a_long_one_has_what_the_other_can_spare(
    needed: tuple[int, int], upper: int,
) -> None:
    first, second = halves(QRect(10, 20, 400, 1000), needed, across=False)

    assert first == QRect(10, 20, 400, upper)
    assert second == QRect(10, 20 + upper, 400, 1000 - upper)


def test_two_captions_below_their_pictures_have_half_the_width_each() -> None:
    assert halves(QRect(10, 20, 401, 100), (50, 500), across=True) == (
        QRect(10, 20, 200, 100), QRect(210, 20, 201, 100))
