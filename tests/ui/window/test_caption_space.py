from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.ui.window.caption_space import caption_space

TYPE = 13


@pytest.mark.parametrize(("width", "height", "where"), [
    (1920, 940, "beside"), (1280, 655, "beside"), (1280, 880, "beside"), (700, 360, "beside"), (500, 260, "beside"),
    (1000, 755, "below"), (800, 1055, "below"), (400, 455, "below"), (440, 335, "below"), (400, 275, "nowhere"),
    (240, 155, "nowhere"),
])
def test_the_caption_stands_where_it_costs_the_picture_least(width: int, height: int, where: str) -> None:
    space = caption_space(width, height, TYPE)

    assert ("nowhere" if not space.fits else "below" if space.below else "beside") == where


def test_larger_type_gets_more_space_and_needs_a_larger_window() -> None:
    assert caption_space(1920, 940, TYPE * 2).extent > caption_space(1920, 940, TYPE).extent
    assert caption_space(600, 260, TYPE).fits
    assert not caption_space(600, 260, TYPE * 2).fits


def test_a_chosen_size_is_kept_while_the_picture_has_space_beside_it() -> None:
    assert caption_space(1280, 655, TYPE, (450, 0)).extent == 450
    assert caption_space(800, 1055, TYPE, (450, 170)).extent == 170
    assert caption_space(640, 300, TYPE, (450, 0)).extent == 640 - 280


def test_a_side_chosen_above_or_below_is_kept() -> None:
    assert caption_space(1920, 940, TYPE, side=False).below


def test_who_wants_the_caption_where_it_does_not_fit_gets_more_of_it_than_of_the_picture() -> None:
    for width, height in ((240, 155), (400, 275), (300, 400)):
        space = caption_space(width, height, TYPE * 3)
        assert not space.fits
        assert space.extent > (height if space.below else width) / 2


@given(st.integers(1, 4000), st.integers(1, 4000), st.floats(9, 60), st.tuples(st.integers(0, 4000),
                                                                             st.integers(0, 4000)), st.booleans())
def test_both_find_space_or_it_is_said_that_they_do_not(
    width: int, height: int, type_px: float, chosen: tuple[int, int], side: bool,
) -> None:
    space = caption_space(width, height, type_px, chosen, side=side)
    room = height if space.below else width

    assert 0 <= space.extent < room or room < 2
    if space.fits:
        picture = min(width, (height - space.extent) * 1.5) if space.below else min(width - space.extent, height * 1.5)
        assert picture >= 279
        assert space.extent >= 6 * type_px
