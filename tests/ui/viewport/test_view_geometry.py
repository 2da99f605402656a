from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viewer.imaging.protocol.messages import Box, Region
from viewer.ui.viewport.view_geometry import (
    LARGEST_SCALE,
    LEVELS,
    Point,
    View,
    device_length,
    snapped,
    turned_region,
)

calmly = settings(deadline=None)
"""However slow the machine is."""

PHOTO = Box(6000, 4000)
CANVAS = Box(1920, 1080)

sides = st.integers(1, 20_000)
boxes = st.builds(Box, sides, sides)
viewports = st.builds(Box, st.integers(1, 4000), st.integers(1, 4000))
scales = st.floats(0.001, 64, allow_nan=False)
fractions = st.floats(0, 1, allow_nan=False)
lengths = st.floats(-5000, 5000, allow_nan=False)


def fitted(source: Box, viewport: Box) -> Region:
    return View(source, viewport).target


@st.composite
def views(draw: st.DrawFn) -> View:
    """Any view that can be reached by zooming, panning and turning."""
    view = View(draw(boxes), draw(viewports)).rotated(draw(st.integers(-5, 5)))
    if draw(st.booleans()):
        at = Point(draw(fractions) * view.viewport.width, draw(fractions) * view.viewport.height)
        view = view.zoomed(draw(scales), at).panned(draw(lengths), draw(lengths))
    return view


# The whole picture

def test_a_large_picture_is_fitted_into_the_middle_of_the_viewport() -> None:
    assert fitted(PHOTO, CANVAS) == Region(150, 0, 1620, 1080)


def test_an_upright_picture_is_fitted_by_its_height() -> None:
    assert fitted(Box(4000, 6000), CANVAS) == Region(600, 0, 720, 1080)


def test_a_small_picture_is_enlarged_twice_and_no_more() -> None:
    assert fitted(Box(16, 10), CANVAS) == Region(944, 530, 32, 20)


@pytest.mark.parametrize("shape", [Box(1, 1), Box(3, 2), Box(2, 3), Box(16, 9)])
@pytest.mark.parametrize("viewport", [CANVAS, Box(865, 754), Box(800, 1200), Box(3840, 2160)])
def test_a_larger_picture_is_never_shown_smaller(viewport: Box, shape: Box) -> None:
    sizes = [Box(shape.width * times, shape.height * times) for times in range(1, 2001)]
    for before, after in pairwise(fitted(size, viewport) for size in sizes):
        assert 0 <= after.width - before.width <= 2 * shape.width  # steadily: nowhere does a pixel more make a leap
        assert 0 <= after.height - before.height <= 2 * shape.height


def test_a_hair_thin_picture_keeps_at_least_one_pixel() -> None:
    assert fitted(Box(20_000, 1), Box(100, 100)) == Region(0, 49, 100, 1)


def test_a_picture_fits_a_viewport_of_one_pixel() -> None:
    assert fitted(PHOTO, Box(1, 1)) == Region(0, 0, 1, 1)


@calmly
@given(boxes, viewports)
def test_the_whole_picture_is_inside_the_viewport_and_fills_a_side_or_has_twice_its_size(
    source: Box, viewport: Box,
) -> None:
    target = fitted(source, viewport)
    assert target.x >= 0
    assert target.y >= 0
    assert target.right <= viewport.width
    assert target.bottom <= viewport.height
    assert target.width == viewport.width or target.height == viewport.height or \
        target[2:] == (2 * source.width, 2 * source.height)


@calmly
@given(boxes, viewports)
def test_the_whole_picture_keeps_its_shape_to_the_nearest_pixel(source: Box, viewport: Box) -> None:
    target, scale = fitted(source, viewport), View(source, viewport).fit_scale
    assert abs(target.width - max(1, source.width * scale)) <= 0.5
    assert abs(target.height - max(1, source.height * scale)) <= 0.5


# Zoom

def test_zooming_in_stops_at_round_levels() -> None:
    view = View(PHOTO, CANVAS)
    seen = []
    for _ in range(5):
        view = view.stepped(+1)
        seen.append(view.scale)
    assert seen == [pytest.approx(1 / 3), 0.5, pytest.approx(2 / 3), 1.0, 1.5]


def test_zooming_out_ends_at_the_whole_picture() -> None:
    view = View(PHOTO, CANVAS).zoomed(0.4).stepped(-1).stepped(-1)
    assert view == View(PHOTO, CANVAS)
    assert view.stepped(-1) == view


def test_zooming_in_ends_at_the_largest_level() -> None:
    view = View(PHOTO, CANVAS).zoomed(1e9)
    assert view.scale == LARGEST_SCALE
    assert view.stepped(+1).scale == LARGEST_SCALE


def next_level(scale: float, direction: int) -> float:
    """The scale one step further, of a picture that is far larger than the viewport."""
    return View(Box(10**6, 10**6), Box(1, 1), zoom=scale).stepped(direction).scale


def test_zooming_out_of_an_enormous_picture_ends_at_the_smallest_level() -> None:
    assert next_level(LEVELS[0], -1) == LEVELS[0]


def test_a_step_keeps_the_point_under_the_pointer_as_any_zoom_does() -> None:
    view, corner = View(PHOTO, CANVAS).zoomed(1.0), Point(100, 50)

    assert view.stepped(+1, corner) == view.zoomed(1.5, corner) != view.zoomed(1.5)
    assert view.stepped(-1, corner) == view.zoomed(2 / 3, corner) != view.zoomed(2 / 3)


def test_no_key_press_is_spent_on_less_than_a_percent() -> None:
    assert next_level(0.4999, +1) == pytest.approx(2 / 3)
    assert next_level(0.5001, -1) == pytest.approx(1 / 3)


@calmly
@given(scales)
def test_the_levels_lead_up_and_down_again(scale: float) -> None:
    assert next_level(scale, +1) > scale or scale * 1.005 >= LEVELS[-1]
    assert next_level(scale, -1) < scale or scale <= LEVELS[0] * 1.005


def test_the_toggle_goes_to_actual_size_and_back() -> None:
    view = View(PHOTO, CANVAS)
    assert view.toggled().scale == 1
    assert view.toggled().toggled() == view


def test_a_picture_that_is_nearly_large_enough_fills_the_viewport() -> None:
    view = View(Box(1920, 1280), Box(2760, 2160))

    assert view.target == Region(0, 160, 2760, 1840)
    assert view.zoomed(1.0).target == Region(420, 440, 1920, 1280)
    assert view.zoomed(1.0).is_fitted
    assert view.zoomed(0.2).scale == 1.0
    assert view.toggled().scale == 1.0
    assert view.toggled().toggled() == view


def test_a_small_picture_is_toggled_between_twice_its_size_and_its_own() -> None:
    view = View(Box(16, 16), CANVAS)
    assert view.scale == 2
    assert view.toggled().target[2:] == (16, 16)
    assert view.toggled().is_fitted
    assert view.toggled().toggled() == view
    assert view.stepped(+1).toggled() == view


def test_zooming_out_of_a_small_picture_ends_at_its_own_size_and_goes_on_in_from_twice_that() -> None:
    view = View(Box(16, 16), CANVAS)
    assert view.zoomed(0.1).scale == 1
    assert view.stepped(-1).scale == 1.5
    assert view.stepped(+1).scale == 3


@calmly
@given(views(), scales, fractions, fractions)
def test_zooming_keeps_the_point_under_the_pointer_unless_an_edge_forbids_it(
    view: View, scale: float, across: float, down: float,
) -> None:
    before = view.target
    at = Point(before.x + across * before.width, before.y + down * before.height)
    if not (0 <= at.x <= view.viewport.width and 0 <= at.y <= view.viewport.height):
        return  # the pointer is not over the viewport
    zoomed = view.zoomed(scale, at)
    after = zoomed.target
    for place, start, extent, viewport, fraction in (
        (at.x, after.x, after.width, zoomed.viewport.width, across),
        (at.y, after.y, after.height, zoomed.viewport.height, down),
    ):
        held_by_an_edge = extent <= viewport or start == 0 or start + extent == viewport
        # Both views lie on whole pixels; what is half a pixel off before is that much more when enlarged.
        off_before = max(1.0, zoomed.scale / view.scale)
        assert held_by_an_edge or abs(start + fraction * extent - place) <= off_before + 1


def test_what_lies_under_the_pointer_stays_there_while_it_becomes_twice_as_large() -> None:
    view = View(PHOTO, CANVAS).zoomed(1.0)
    assert view.target[:2] == (-2040, -1460)
    assert view.zoomed(2.0, Point(100, 500)).target[:2] == (100 - 2 * 2140, 500 - 2 * 1960)


def test_many_small_steps_do_not_creep_away_from_the_pointer() -> None:
    view, at = View(PHOTO, CANVAS).zoomed(0.5, Point(700, 300)), Point(700, 300)
    before = view.target
    for _ in range(300):
        view = view.zoomed(view.scale * 1.01, at)
    for _ in range(300):
        view = view.zoomed(view.scale / 1.01, at)
    assert abs(view.target.x - before.x) <= 1
    assert abs(view.target.y - before.y) <= 1


@calmly
@given(views())
def test_an_enlarged_picture_leaves_no_gap_that_it_could_cover(view: View) -> None:
    target, viewport = view.target, view.viewport
    for start, extent, space in ((target.x, target.width, viewport.width), (target.y, target.height, viewport.height)):
        if extent >= space:
            assert start <= 0
            assert start + extent >= space
        else:
            assert start == (space - extent) // 2


@calmly
@given(views(), lengths, lengths)
def test_panning_moves_by_whole_pixels_and_never_beyond_the_edge(view: View, dx: float, dy: float) -> None:
    before, after = view.target, view.panned(dx, dy).target
    assert after[2:] == before[2:]
    assert abs(after.x - before.x) <= abs(dx) + 1
    assert abs(after.y - before.y) <= abs(dy) + 1


def test_panning_beyond_the_edge_is_not_remembered() -> None:
    view = View(PHOTO, CANVAS).zoomed(1.0)
    assert view.panned(1e6, 0).target.x == 0
    assert view.panned(1e6, 0).panned(-10, 0).target.x == -10
    assert view.panned(-1e6, -1e6).target[:2] == (1920 - 6000, 1080 - 4000)
    assert view.panned(-1e6, -1e6).panned(10, 20).target[:2] == (1920 - 6000 + 10, 1080 - 4000 + 20)


def test_a_fitted_picture_cannot_be_panned() -> None:
    assert View(PHOTO, CANVAS).panned(50, 50) == View(PHOTO, CANVAS)


# Turning and resizing

def test_four_quarter_turns_are_none() -> None:
    view = View(PHOTO, CANVAS).zoomed(1.0, Point(300, 200))
    assert view.rotated(1).rotated(1).rotated(1).rotated(1).target == view.target


def test_a_turned_picture_is_fitted_the_other_way() -> None:
    assert View(PHOTO, CANVAS).rotated(1).target == Region(600, 0, 720, 1080)


def test_turning_keeps_the_same_point_in_the_middle() -> None:
    view = View(Box(1000, 1000), Box(100, 100)).zoomed(1.0).panned(250, 100)
    assert view.centre == pytest.approx((0.25, 0.4))
    turned = view.rotated(1)
    assert turned.centre == pytest.approx((0.25, 0.4))
    assert turned.target == Region(-550, -200, 1000, 1000)  # what was 0.4 down is 0.6 across now


@calmly
@given(views(), viewports)
def test_another_viewport_keeps_the_zoom(view: View, viewport: Box) -> None:
    there = view.resized(viewport)
    assert there.viewport == viewport
    assert there.zoom == view.zoom
    assert there.resized(view.viewport).scale == view.scale


def test_a_larger_viewport_that_holds_all_of_it_shows_the_whole_picture() -> None:
    view = View(Box(1000, 500), Box(400, 400)).zoomed(0.6)
    assert not view.is_fitted
    assert view.resized(Box(900, 900)).is_fitted


def test_a_viewport_without_extent_counts_as_one_pixel() -> None:
    assert View(PHOTO, CANVAS).resized(Box(0, -3)).viewport == Box(1, 1)


# What to decode and what to paint

def test_the_whole_picture_wants_pixels_for_the_viewport() -> None:
    assert View(PHOTO, CANVAS).decode_box == CANVAS


def test_a_turned_picture_wants_pixels_for_the_turned_viewport() -> None:
    assert View(PHOTO, CANVAS).rotated(1).decode_box == Box(1080, 1920)


@pytest.mark.parametrize(("scale", "box"), [
    (0.3, Box(3000, 2000)), (0.5, Box(3000, 2000)), (0.51, PHOTO), (1.0, PHOTO), (8.0, PHOTO),
])
def test_an_enlarged_picture_wants_the_source_or_a_half_of_it(scale: float, box: Box) -> None:
    assert View(PHOTO, CANVAS).zoomed(scale).decode_box == box


@calmly
@given(views())
def test_what_is_wanted_makes_the_view_sharp_and_is_no_more_than_the_source(view: View) -> None:
    wanted = view.decode_box
    if view.is_fitted:
        scale = min(1.0, View(view.source, wanted).fit_scale)  # a worker never enlarges
        wanted = Box(max(1, round(view.source.width * scale)), max(1, round(view.source.height * scale)))
    assert wanted.width <= view.source.width
    assert wanted.height <= view.source.height
    assert view.is_sharp_with(wanted)


def test_a_thumbnail_is_not_sharp() -> None:
    assert not View(PHOTO, CANVAS).is_sharp_with(Box(384, 256))


@calmly
@given(views(), boxes)
def test_the_visible_visible_part_a_decoded_picture_covers_what_is_seen(view: View, pixels: Box) -> None:
    part, seen, target = view.visible_part(pixels), view.visible, view.target
    assert all(isinstance(number, int) for number in part)
    assert part.x >= 0
    assert part.y >= 0
    assert part.right <= pixels.width
    assert part.bottom <= pixels.height
    assert seen.width > 0
    assert seen.height > 0
    across, down = target.width / pixels.width, target.height / pixels.height
    assert target.x + part.x * across <= seen.x + 1e-6
    assert target.x + part.right * across >= seen.right - 1e-6
    assert target.y + part.y * down <= seen.y + 1e-6
    assert target.y + part.bottom * down >= seen.bottom - 1e-6


def test_the_region_around_what_is_seen_is_wider_on_all_sides_alike() -> None:
    view = View(PHOTO, CANVAS).zoomed(1.0)

    assert view.visible_region(PHOTO) == Region(2040, 1460, 1920, 1080)
    assert view.visible_region(PHOTO, 0.5) == Region(1080, 920, 3840, 2160)


@calmly
@given(views(), boxes, st.floats(0, 2, allow_nan=False))
def test_the_region_around_what_is_seen_lies_in_the_picture_and_holds_what_is_seen(
    view: View, pixels: Box, margin: float,
) -> None:
    region, seen = view.visible_region(pixels, margin), view.visible_region(pixels)
    assert Region(0, 0, *pixels).contains(region)
    assert region.contains(seen)
    assert min(seen[2:]) > 0
    turned = Box(pixels.height, pixels.width) if view.turns % 2 else pixels
    assert turned_region(seen, pixels, view.turns) == view.visible_part(turned)


@given(boxes, st.lists(fractions, min_size=4, max_size=4), st.integers(-5, 5))
def test_a_part_turned_forth_and_back_is_where_it_was(whole: Box, shares: list[float], turns: int) -> None:
    x, y = int(shares[0] * (whole.width - 1)), int(shares[1] * (whole.height - 1))
    part = Region(x, y, 1 + int(shares[2] * (whole.width - x - 1)), 1 + int(shares[3] * (whole.height - y - 1)))
    turned = Box(whole.height, whole.width) if turns % 2 else whole
    there = turned_region(part, whole, turns)

    assert Region(0, 0, *turned).contains(there)
    assert turned_region(there, turned, -turns) == part


@pytest.mark.parametrize(("pixels", "place"), [
    (Box(1620, 1080), Region(150, 0, 1620, 1080)),
    (Box(1619, 1080), Region(150, 0, 1619, 1080)),
    (Box(1618, 1080), Region(150, 0, 1620, 1080)),
])
def test_a_picture_rounded_the_other_way_is_shown_as_it_is(pixels: Box, place: Region) -> None:
    assert snapped(Region(150, 0, 1620, 1080), pixels) == place


def test_rectangles_that_do_not_meet_have_nothing_in_common() -> None:
    assert Region(0, 0, 5, 5).intersected(Region(9, 9, 5, 5))[2:] == (0, 0)


# Device pixels

@calmly
@given(st.integers(0, 4000), st.integers(0, 4000), st.integers(1, 4000), st.sampled_from([1, 1.25, 1.5, 1.75, 2, 3]))
def test_neighbours_neither_gap_nor_overlap_in_device_pixels(start: int, length: int, more: int, ratio: float) -> None:
    lengths = device_length(start, max(1, length), ratio), device_length(start + max(1, length), more, ratio)
    assert sum(lengths) == device_length(start, max(1, length) + more, ratio)


@pytest.mark.parametrize(("before", "by", "turns"), [(0, 1, 1), (3, 1, 0), (0, -1, 3), (2, 5, 3), (1, 3, 0), (0, 4, 0)])
def test_quarter_turns_are_counted_up_to_three(before: int, by: int, turns: int) -> None:
    assert View(PHOTO, CANVAS).rotated(before).rotated(by).turns == turns


@pytest.mark.parametrize("turns", range(-4, 9))
def test_a_region_turns_with_its_picture_and_comes_back_after_four_quarters(turns: int) -> None:
    part, whole = Region(1, 2, 3, 4), Box(10, 20)
    places = [part, Region(14, 1, 4, 3), Region(6, 14, 3, 4), Region(2, 6, 4, 3)]

    assert turned_region(part, whole, turns) == places[turns % 4]


@pytest.mark.parametrize("off", [(0, 0), (1, 0), (0, 1), (-1, -1), (1, 1)])
def test_a_picture_that_is_a_pixel_off_is_painted_as_it_is(off: tuple[int, int]) -> None:
    assert snapped(Region(5, 6, 100, 80), Box(100 + off[0], 80 + off[1])) == Region(5, 6, 100 + off[0], 80 + off[1])


@pytest.mark.parametrize("off", [(2, 0), (0, 2), (-2, 0), (0, -2)])
def test_a_picture_that_is_two_pixels_off_is_scaled(off: tuple[int, int]) -> None:
    assert snapped(Region(5, 6, 100, 80), Box(100 + off[0], 80 + off[1])) == Region(5, 6, 100, 80)


def test_toggling_goes_to_actual_size_around_the_point_and_back_to_the_whole() -> None:
    view, corner = View(PHOTO, CANVAS), Point(150, 0)

    assert view.toggled(corner) == view.zoomed(1.0, corner) != view.toggled()
    assert view.toggled(corner).toggled(corner) == view


def test_decoded_pixels_are_sharp_from_one_pixel_less_than_the_view_shows() -> None:
    view = View(PHOTO, CANVAS)

    assert view.is_sharp_with(Box(1619, 1079))
    assert not view.is_sharp_with(Box(1618, 1079))
    assert not view.is_sharp_with(Box(1619, 1078))
    assert view.zoomed(4.0).is_sharp_with(Box(5999, 3999))


@pytest.mark.parametrize(("scale", "box"), [
    (1.0, (6000, 4000)), (0.51, (6000, 4000)), (0.5, (3000, 2000)), (0.49, (3000, 2000)), (4.0, (6000, 4000)),
])
def test_an_enlarged_picture_is_decoded_at_the_source_halved_as_often_as_leaves_enough(
    scale: float, box: tuple[int, int],
) -> None:
    assert View(PHOTO, CANVAS).zoomed(scale).decode_box == box


def test_a_picture_of_odd_size_is_halved_upwards() -> None:
    assert View(Box(6001, 4001), CANVAS).zoomed(0.5).decode_box == (3001, 2001)
