from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from tests.fakes import a_picture
from viewer.imaging.protocol.messages import Box, Region
from viewer.ui.style.theme import DARK
from viewer.ui.viewport.content import PaintStyle
from viewer.ui.viewport.pair_content import GAP, LEAST_HEIGHT, PairContent, has_room, pair_places

if TYPE_CHECKING:
    from viewer.imaging.client.picture import Picture

VIEWPORT: Final = Box(1380, 1080)
uprights = st.tuples(st.integers(300, 6000), st.integers(300, 6000)).filter(lambda size: size[0] < size[1]).map(
    lambda size: Box(*size))


def striped(box: Box) -> Picture:
    """A picture in which columns differ, so that one that is scaled is another."""
    picture = a_picture(box, source=box)
    painter = QPainter(picture.image)
    for x in range(0, box.width, 2):
        painter.fillRect(x, 0, 1, box.height, QColor(x % 256, 255 - x % 256, 40))
    painter.end()
    return picture


def painted(content: PairContent) -> QImage:
    image = QImage(*content.view.viewport, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.magenta)
    painter = QPainter(image)
    content.paint(painter, PaintStyle(1.0, QColor("black"), checkered=False, colours=DARK, font=QFont()))
    painter.end()
    return image


@given(uprights, uprights, st.booleans())
def test_two_pictures_are_equally_high_apart_and_inside(first: Box, second: Box, mirrored: bool) -> None:
    places = pair_places(first, second, VIEWPORT, mirrored=mirrored)
    left, right = reversed(places) if mirrored else places

    assert left.x >= 0
    assert right.right <= VIEWPORT.width + 2, "of each width half a pixel is rounded"
    assert right.x - left.right == round(VIEWPORT.height * GAP)
    heights = [place.width * size.height / size.width for place, size in zip(places, (first, second), strict=True)]
    assert heights[0] == pytest.approx(heights[1], rel=0.02, abs=20)


def test_two_of_two_thirds_are_nearly_as_high_as_one_alone() -> None:
    left, right = pair_places(Box(2000, 3000), Box(2000, 3000), VIEWPORT, mirrored=False)

    assert left == Region(0, 0, 677, 1080)
    assert right == Region(703, 0, 677, 1080)


@pytest.mark.parametrize(("first", "second", "viewport", "there_is"), [
    (Box(2, 3), Box(2, 3), VIEWPORT, True),
    (Box(3, 4), Box(9, 16), VIEWPORT, True),
    (Box(19, 20), Box(19, 20), VIEWPORT, False),
    (Box(2, 3), Box(2, 3), Box(1080, 1400), False),
    (Box(9, 20), Box(9, 20), Box(1080, 1400), False),
    (Box(2, 3), Box(2, 3), Box(800, 640), True),
])
def test_there_is_room_where_a_viewport_is_wide_and_neither_loses_much(
    first: Box, second: Box, viewport: Box, there_is: bool,
) -> None:
    assert has_room(first, second, viewport) is there_is
    assert LEAST_HEIGHT < 1


def test_each_picture_is_scaled_once_to_the_very_pixels_that_it_is_painted_on(qapp: object) -> None:  # noqa: ARG001 - fonts
    pictures = striped(Box(720, 1080)), striped(Box(810, 1080))
    content = PairContent(*pictures, VIEWPORT, mirrored=False)

    image = painted(content)

    places = pair_places(pictures[0].source, pictures[1].source, VIEWPORT, mirrored=False)
    for picture, place in zip(pictures, places, strict=True):
        wanted = Box(place.width, round(place.width * picture.source.height / picture.source.width))
        shown = next(half.view.target for half in content._halves if half.view.source == picture.source)
        assert (shown.width, abs(shown.height - wanted.height) <= 1) == (wanted.width, True)
        exact = picture.image.scaled(shown.width, shown.height, Qt.AspectRatioMode.IgnoreAspectRatio,
                                     Qt.TransformationMode.SmoothTransformation)
        assert image.copy(QRect(place.x + shown.x, shown.y, shown.width, shown.height)) == exact


def test_every_pixel_is_painted_and_what_is_between_and_around_is_background(qapp: object) -> None:  # noqa: ARG001 - fonts
    content = PairContent(a_picture(VIEWPORT, source=Box(400, 900)), a_picture(VIEWPORT, source=Box(500, 900)),
                          VIEWPORT, mirrored=True)

    image = painted(content)

    colours = {image.pixelColor(x, y).name() for x in range(VIEWPORT.width) for y in (0, 540, 1079)}
    assert colours == {"#ff0000", "#000000"}
    covered = content.covered
    assert image.pixelColor(covered.x, 540).name() == image.pixelColor(covered.right - 1, 540).name() == "#ff0000"
    assert image.pixelColor(covered.x - 1, 540).name() == image.pixelColor(covered.right, 540).name() == "#000000"
