"""A region over a stand-in looks as the whole picture would; it is asked for when it is needed, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF

from tests.ui.painting import clear, noise, painted, plain, slide_view_on_screen
from viewer.imaging.client.picture import Picture, Place
from viewer.imaging.protocol.messages import Box, Identity, Region
from viewer.ui.style.theme import DARK

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from tests.fakes import ManualClock
    from viewer.ui.viewport.slide_view import SlideView

VIEWPORT = Box(300, 200)
WHOLE = Box(1800, 1201)
RED = "#e02020"


@pytest.fixture
def slide_view(qtbot: QtBot, clock: ManualClock) -> SlideView:
    """A visible slide view of 300 x 200 device pixels."""
    slide_view = slide_view_on_screen(qtbot, clock, VIEWPORT)
    clock.advance(200)
    return slide_view


class Asked:
    """What a slide view asked for, and a loader that has it all: `give` delivers what was asked for last."""

    def __init__(self, slide_view: SlideView, whole: Picture) -> None:
        self.all: list[tuple[Box, Region | None]] = []
        self._slide_view, self._whole = slide_view, whole
        self._small = whole._replace(image=whole.image.scaled(*VIEWPORT))
        slide_view.detail_wanted.connect(lambda box, region: self.all.append((box, region)))
        slide_view.show_picture(self._small, slide_key=1, sharp=True)

    @property
    def region(self) -> Region:
        region = self.all[-1][1]
        assert region is not None
        return region

    def give(self) -> Picture:
        box, region = self.all[-1]
        assert region is not None
        image = self._whole.image if box == self._whole.source else self._whole.image.scaled(*box)
        near = self._whole._replace(image=image.copy(*region), place=Place(region.x, region.y, box))
        self._slide_view.show_picture(self._small, slide_key=1, sharp=True, near=near)
        return near

    def give_whole(self) -> None:
        self._slide_view.show_picture(self._whole, slide_key=1, sharp=True)


def differ(one: QImage, other: QImage, by: int = 1) -> int:
    """How many pixels differ by more than `by` levels."""
    assert one.size() == other.size()
    ones, others = bytes(one.constBits()), bytes(other.constBits())
    return sum(abs(a - b) > by for a, b in zip(ones, others, strict=True))


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("scale", [0.7, 1.0, 1.5, 5.0])
def test_a_region_looks_as_the_whole_picture_would(slide_view: SlideView, clock: ManualClock, turns: int,
                                                   scale: float) -> None:
    asked = Asked(slide_view, noise(WHOLE))
    slide_view.rotate(turns)
    slide_view.actual_size()
    slide_view.zoom_by(scale)
    slide_view.pan(0.33, -0.41)
    clock.advance(200)
    blurred = painted(slide_view)
    asked.give()
    near = painted(slide_view)
    asked.give_whole()

    assert differ(near, painted(slide_view)) == 0
    assert differ(near, blurred) > 100_000


@pytest.mark.parametrize("turns", range(4))
def test_the_whole_picture_comes_where_the_region_was_and_moves_with_it(slide_view: SlideView, turns: int) -> None:
    """Moved half out of the region, what is left of it still lies on its own pixels, and has no seam."""
    asked = Asked(slide_view, noise(WHOLE))
    slide_view.rotate(turns)
    slide_view.actual_size()
    asked.give()
    slide_view.pan(0.75, 0.0)
    near = painted(slide_view)
    asked.give_whole()
    whole = painted(slide_view)

    assert differ(near.copy(0, 0, 220, 200), whole.copy(0, 0, 220, 200)) == 0
    assert differ(near.copy(230, 0, 70, 200), whole.copy(230, 0, 70, 200)) > 10_000


@pytest.mark.parametrize("corner", [(-9.0, -9.0), (9.0, 9.0)])
def test_at_the_pictures_edge_the_region_ends_with_it(slide_view: SlideView, corner: tuple[float, float]) -> None:
    asked = Asked(slide_view, noise(WHOLE))
    slide_view.actual_size()
    slide_view.zoom_by(1.3)
    slide_view.pan(*corner)
    asked.give()
    near = painted(slide_view)
    asked.give_whole()

    assert differ(near, painted(slide_view)) == 0


def test_through_a_transparent_region_the_background_is_seen_and_not_the_smaller_picture(slide_view: SlideView) -> None:
    slide_view.set_checkered(False)
    slide_view.set_colours(DARK._replace(background="#000000"))
    whole = clear("#ffffff", 128, WHOLE)
    asked = Asked(slide_view, whole)
    slide_view.actual_size()
    asked.give()
    slide_view.pan(0.75, 0.0)

    picture = painted(slide_view)
    assert {picture.pixelColor(x, 100).lightness() for x in range(10, 290, 10)} == {128}


def test_no_more_is_asked_for_than_what_is_seen_and_some_around_it(slide_view: SlideView) -> None:
    asked = Asked(slide_view, plain(RED, WHOLE))
    slide_view.actual_size()

    assert asked.all == [(WHOLE, Region(600, 401, 600, 400))]


def test_the_region_of_a_turned_view_is_told_as_it_lies_in_the_picture(slide_view: SlideView) -> None:
    asked = Asked(slide_view, plain(RED, WHOLE))
    slide_view.rotate(1)
    slide_view.actual_size()

    assert asked.region[2:] == (400, 600)
    slide_view.pan(9, 0)  # to the right is where the picture's upper edge is now
    assert asked.region.y == 0


def test_a_picture_hardly_larger_than_the_viewport_is_asked_for_whole(slide_view: SlideView) -> None:
    asked = Asked(slide_view, plain(RED, Box(500, 340)))
    slide_view.actual_size()

    assert asked.all == [(Box(500, 340), None)]


def test_moving_a_little_asks_for_nothing(slide_view: SlideView, clock: ManualClock) -> None:
    asked = Asked(slide_view, plain(RED, WHOLE))
    slide_view.actual_size()
    asked.give()
    slide_view.pan(0.2, 0.2)
    clock.advance(200)

    assert len(asked.all) == 1


def test_moving_on_asks_for_more_before_the_end_of_the_region_is_seen(slide_view: SlideView) -> None:
    asked = Asked(slide_view, plain(RED, WHOLE))
    slide_view.actual_size()
    asked.give()
    slide_view.pan(0.3, 0.0)

    assert asked.all[1:] == [(WHOLE, Region(690, 401, 600, 400))]


def test_a_region_that_is_on_its_way_is_not_asked_for_again(slide_view: SlideView, clock: ManualClock) -> None:
    asked = Asked(slide_view, plain(RED, WHOLE))
    slide_view.actual_size()
    for _ in range(4):
        slide_view.pan(0.1, 0.0)
        clock.advance(200)
    assert len(asked.all) == 1
    asked.give()  # it came, and is not enough any more
    clock.advance(200)

    assert asked.all[1:] == [(WHOLE, Region(720, 401, 600, 400))]


def test_moving_out_of_a_region_that_is_on_its_way_asks_for_another(slide_view: SlideView) -> None:
    asked = Asked(slide_view, plain(RED, WHOLE))
    slide_view.actual_size()
    slide_view.pan(0.6, 0.0)

    assert [region for _, region in asked.all] == [Region(600, 401, 600, 400), Region(780, 401, 600, 400)]


def test_with_the_whole_picture_there_is_nothing_more_to_ask_for(slide_view: SlideView, clock: ManualClock) -> None:
    asked = Asked(slide_view, plain(RED, WHOLE))
    slide_view.actual_size()
    asked.give_whole()
    slide_view.pan(9, 9)
    slide_view.zoom_by(3)
    clock.advance(200)

    assert len(asked.all) == 1


def test_zooming_out_asks_for_what_is_seen_then_at_half_the_size(slide_view: SlideView, clock: ManualClock) -> None:
    asked = Asked(slide_view, plain(RED, WHOLE))
    slide_view.actual_size()
    asked.give()
    slide_view.zoom_by(0.5)
    clock.advance(200)

    assert asked.all[1:] == [(Box(900, 601), Region(150, 100, 600, 401))]


def test_going_back_to_where_the_region_is_asks_for_nothing(slide_view: SlideView, clock: ManualClock) -> None:
    asked = Asked(slide_view, noise(WHOLE))
    slide_view.actual_size()
    asked.give()
    close = painted(slide_view)
    slide_view.fit()
    clock.advance(200)
    slide_view.toggle_zoom(QPointF(150, 100))
    clock.advance(200)

    assert asked.all == [(WHOLE, Region(600, 401, 600, 400)), (VIEWPORT, None)]
    assert painted(slide_view) == close


def test_the_best_pixels_of_the_picture_are_not_those_of_a_region(slide_view: SlideView) -> None:
    asked = Asked(slide_view, plain(RED, WHOLE))
    slide_view.actual_size()
    asked.give()

    assert slide_view.image is not None
    assert slide_view.image.width() == VIEWPORT.width


def test_another_version_of_the_file_is_asked_for_anew(slide_view: SlideView, clock: ManualClock) -> None:
    asked = Asked(slide_view, plain(RED, WHOLE))
    slide_view.actual_size()
    asked.give()
    slide_view.show_picture(plain(RED, VIEWPORT, WHOLE)._replace(identity=Identity(2, 2, 2)), slide_key=1, sharp=True)
    clock.advance(200)

    assert asked.all == [(WHOLE, Region(600, 401, 600, 400))] * 2
