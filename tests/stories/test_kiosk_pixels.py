from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtGui import QColor, QPainter, QTransform

from tests.pictures import photo
from viewer.imaging.protocol.messages import Box
from viewer.kiosk.config import KioskConfig
from viewer.kiosk.pixel_proof import GRID, PATCH, is_same, luminance, places
from viewer.ui.kiosk.pixel_proof import CONFIRM_MS, EVERY_MS, RETRY_MS
from viewer.ui.viewport.content import PictureContent

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.kiosk_show import KioskShow
    from viewer.kiosk.status import PixelStatus

QUIET: Final = KioskConfig(awake=False)


@pytest.fixture
def show(unattended: Callable[..., KioskShow], tmp_path: Path) -> KioskShow:
    """A kiosk that shows the first of two different photos for a long time."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in (1, 2):
        photo(folder / f"{number}.jpg", (1500, 1000), seed=number)
    show = unattended(folder, KioskConfig(awake=False, options={"show/interval": "3600", "show/transition": "fade"}))
    show.until(show.is_painted)
    show.until(lambda: show.program.view_model.displayed.sharp)
    return show


def compares(show: KioskShow, clock: ManualClock, before: Callable[[], None] = lambda: None) -> PixelStatus:
    """What comes of the next comparison; all that has to be painted was, and then `before` was done."""
    for milliseconds in (EVERY_MS, CONFIRM_MS):
        show.turn()
        before()
        clock.advance(milliseconds)
    return show.kiosk.status.pixels.status


def test_what_is_shown_is_what_should_be(show: KioskShow, clock: ManualClock) -> None:
    status = compares(show, clock)

    assert (status.right, status.comparisons, status.mismatches) == (True, 1, 0)
    assert status.compared


@pytest.mark.parametrize("wrong", ["black", "white", "another"])
def test_another_picture_on_the_surface_is_found_and_said_once_until_it_is_right_again(
    show: KioskShow, clock: ManualClock, caplog: pytest.LogCaptureFixture, wrong: str,
) -> None:
    caplog.set_level(logging.INFO, "liftoff.kiosk.pixels")
    view = show.program.slide_view
    right = view.seen(view.rect())
    assert right is not None
    store = view.window().backingStore()
    assert store is not None
    place = view.mapTo(view.window(), view.rect().topLeft())

    turned = right.transformed(QTransform().rotate(180))

    def put() -> None:
        """Paint on the surface itself, past all that the program knows."""
        painter = QPainter(store.paintDevice())
        if wrong == "another":
            painter.drawImage(place, turned)
        else:
            painter.fillRect(view.rect().translated(place), QColor(wrong))
        painter.end()

    compares(show, clock, put)
    ill = compares(show, clock, put)
    said = [record.message for record in caplog.records]
    view.repaint()
    well = compares(show, clock)

    assert (ill.right, ill.mismatches) == (False, 2)
    assert len(said) == 1
    assert "1.jpg" in said[0]
    assert well.right is True
    assert caplog.records[-1].message == "The window shows the picture of its slide again."


def test_a_show_that_goes_on_while_the_window_keeps_an_old_picture_is_found(
    show: KioskShow, clock: ManualClock,
) -> None:
    view_model = show.program.view_model
    view_model.displayed_changed.disconnect(show.program.presenter._show)

    before = view_model.displayed
    show.program.session.step()
    show.until(lambda: view_model.displayed is not before and view_model.displayed.sharp)

    assert compares(show, clock).right is False


def test_black_and_enlarged_pictures_are_not_compared(show: KioskShow, clock: ManualClock) -> None:
    view, proof = show.program.slide_view, show.kiosk.status.pixels

    view.blank(True)
    black = proof.compare()
    view.blank(False)
    view.actual_size()
    enlarged = proof.compare()
    clock.advance(EVERY_MS)
    never = proof.status.comparisons
    view.fit()
    show.turn()
    clock.advance(RETRY_MS)

    assert (black, enlarged, never, proof.status.right) == (None, None, 0, True)


def test_a_crossfade_is_waited_for(show: KioskShow, clock: ManualClock) -> None:
    view, proof = show.program.slide_view, show.kiosk.status.pixels
    picture = show.program.view_model.displayed.picture
    assert picture is not None

    view.put(PictureContent(picture, view.box), [], 1000)
    during = view.is_fading, proof.compare()
    clock.advance(1000)
    show.turn()

    assert during == (True, None)
    assert (view.is_fading, proof.compare()) == (False, True)


def test_a_small_part_may_be_hidden_and_too_little_says_nothing() -> None:
    picture = [float(number) for number in range(64)]

    assert is_same(picture, picture) is True
    assert is_same([200.0] * 16 + picture[16:], picture) is True
    assert is_same([200.0] * 17 + picture[17:], picture) is False
    assert is_same(picture[:15], picture[:15]) is None


def test_patches_lie_within_the_viewport_whatever_its_size() -> None:
    for box in (Box(1920, 1080), Box(1080, 1920), Box(64, 64), Box(3841, 65)):
        corners = list(places(box))
        assert len(set(corners)) == GRID * GRID
        assert all(0 <= x <= box.width - PATCH and 0 <= y <= box.height - PATCH for x, y in corners)
    assert list(places(Box(63, 1000))) == []


def test_luminance_is_that_of_the_eye() -> None:
    assert luminance(b"\xff\xff\xff\x00" * 4) == pytest.approx(255)
    assert luminance(b"\x00\xff\x00\x00") == pytest.approx(0.7152 * 255)
