from __future__ import annotations

import json
from itertools import dropwhile, islice
from typing import TYPE_CHECKING, Any, Final

import msgspec
import pytest
from PySide6.QtCore import Qt

from tests.pictures import animated, number_of, numbered
from tests.stories.test_kiosk_play_log import logged
from viewer.imaging.protocol.messages import Box
from viewer.kiosk.config import KioskConfig
from viewer.ui.kiosk.pair_captions import PairCaptions
from viewer.ui.kiosk.pixel_proof import EVERY_MS
from viewer.ui.viewport.pair_content import pair_places
from viewer.ui.viewport.view_geometry import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.kiosk_show import KioskShow

UPRIGHT: Final = Box(800, 1200)
WIDE: Final = Box(1200, 800)

SLIDE_MS: Final = 10_000
FADE_MS: Final = 800
PAIRS: Final = KioskConfig(awake=False, pairs=True)
LONG: Final = "There is a great deal to be said about this picture, and all of it is said here. " * 40


@pytest.fixture
def gallery(tmp_path: Path) -> Callable[..., Path]:
    """Paint numbered pictures, upright ones, or wide where they are negative, and write a manifest over them."""

    def write(*numbers: int, captions: dict[int, str] | None = None, **show: object) -> Path:
        slides: list[dict[str, Any]] = []
        for number in numbers:
            name, size = f"{abs(number)}.png", UPRIGHT if number > 0 else WIDE
            if number:
                numbered(tmp_path / name, abs(number), (size.width, size.height))
            slides.append({"file": name, "id": f"slide-{abs(number)}", "title": f"Title {abs(number)}",
                           "caption": (captions or {}).get(number, "")})
        path = tmp_path / "gallery.json"
        how = {"interval": SLIDE_MS / 1000, "transition": "cut", **show}
        path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": slides, "show": how}))
        return path

    return write


@pytest.fixture
def begin(unattended: Callable[..., KioskShow]) -> Callable[..., KioskShow]:
    """Start a kiosk, and wait until the slide after the first is at hand."""

    def start(path: Path, config: KioskConfig = PAIRS) -> KioskShow:
        show = unattended(path, config)
        show.until(show.is_painted)
        waits_for_neighbours(show)
        return show

    return start


def waits_for_neighbours(show: KioskShow) -> None:
    """Wait until all pictures are there that the show wants to have at hand."""
    loader, view_model = show.program.loader, show.program.view_model
    session = show.program.session
    following = view_model.prefetch.next_index
    assert following is not None
    ahead = dropwhile(lambda index: index != following, islice(session.ahead(), session.count))
    coming = {*islice(ahead, 2)} - {session.index}
    show.until(lambda: all(view_model.cached(index) is not None or loader.failure(session.path_of(index)) is not None
                           for index in coming))


def sees(show: KioskShow) -> tuple[int | None, ...]:
    """The numbers of the pictures on the screen from left to right, read from its pixels."""
    image = show.program.slide_view.grab().toImage()
    box = Box(image.width(), image.height())

    def number(left: int, top: int, width: int, height: int) -> int | None:
        def pixel(x: int, y: int) -> tuple[int, int, int]:
            colour = image.pixelColor(x, y)
            return colour.red(), colour.green(), colour.blue()

        return number_of(pixel, width, height, left=left, top=top)

    pair = []
    for place in pair_places(UPRIGHT, UPRIGHT, box, mirrored=False):
        there = View(UPRIGHT, Box(place.width, place.height)).target
        pair.append(number(place.x + there.x, there.y, there.width, there.height))
    if None not in pair:
        return tuple(pair)
    return tuple(found for size in (UPRIGHT, WIDE) if (found := number(*View(size, box).target)) is not None)


def goes_on(show: KioskShow, clock: ManualClock) -> tuple[int | None, ...]:
    """What is on the screen when the time of what is there now is over."""
    waits_for_neighbours(show)
    visit, left = show.program.session.visit, show.program.player.remaining_ms
    assert left is not None
    clock.advance(left)
    show.until(lambda: show.program.session.visit > visit and show.is_painted())
    show.until(lambda: show.program.view_model.displayed.sharp)
    return sees(show)


def companion_panel(show: KioskShow) -> Any:
    (captions,) = show.program.central.findChildren(PairCaptions)
    return captions.panel


def test_without_the_option_each_picture_stands_alone(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(-1, 2, 3), KioskConfig(awake=False))

    assert [goes_on(show, clock) for _ in range(3)] == [(2,), (3,), (1,)]


def test_upright_pictures_stand_side_by_side_and_the_show_goes_on_after_them(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(-1, 2, 3, 4, 5, 6, -7))

    assert [goes_on(show, clock) for _ in range(6)] == [(2, 3), (4, 5), (6,), (7,), (1,), (2, 3)]


def test_an_upright_picture_beside_a_wide_one_in_the_order_stands_alone_and_so_does_the_last_of_a_round(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(1, -2, 3))

    assert [goes_on(show, clock) for _ in range(4)] == [(2,), (3,), (1,), (2,)]


def test_a_pair_has_the_time_of_both_slides(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(-1, 2, 3, interval="auto", captions={2: "word " * 30, 3: "word " * 60}))
    assert goes_on(show, clock) == (2, 3)
    together = show.program.player.slide_ms

    show.press(Qt.Key.Key_Space)  # a visitor stops the show
    alone = show.program.player.slide_ms
    show.press(Qt.Key.Key_Right)
    show.until(show.is_painted)
    other = show.program.player.slide_ms

    assert sees(show) == (3,)
    assert alone is not None
    assert other is not None
    assert other > alone > SLIDE_MS
    assert together == alone + other


def test_each_keeps_its_caption_and_both_are_read_out(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(-1, 2, 3, -4, captions={2: "Two of it.", 3: "Three of it."}))
    central, first, second = show.program.central, show.program.central.panel, companion_panel(show)
    assert not second.isVisible()
    whole = first.geometry()

    assert goes_on(show, clock) == (2, 3)
    assert first.words[:3] == ("← 2 / 4", "Title 2", "Two of it.")
    assert second.words[:3] == ("3 / 4 →", "Title 3", "Three of it.")
    assert first.isVisible()
    assert second.isVisible()
    assert not first.geometry().intersects(second.geometry())
    assert not any(panel.geometry().intersects(show.program.slide_view.geometry()) for panel in (first, second))
    assert central.rect().contains(second.geometry())
    assert show.program.slide_view.accessibleName() == "Title 2; Title 3"

    assert goes_on(show, clock) == (4,)
    assert not second.isVisible()
    assert first.size() == whole.size()
    assert first.words.place == "4 / 4"
    assert show.program.slide_view.accessibleName() == "Title 4"


def test_long_captions_are_scrolled_to_their_ends_one_after_the_other(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(-1, 2, 3, captions={2: LONG, 3: LONG}))
    assert goes_on(show, clock) == (2, 3)
    first, second = (panel.scroll_bar for panel in (show.program.central.panel, companion_panel(show)))
    total = show.program.player.slide_ms
    assert total is not None
    assert total > 2 * 60_000, "and so each has longer than any slide whose caption does not scroll"

    for _ in range(100):
        clock.advance(total // 200)
    assert first.value() == first.maximum() > 0
    assert second.value() == 0
    for _ in range(98):
        clock.advance(total // 200)
    assert second.value() == second.maximum() > 0


def test_a_visitor_has_the_slide_alone_at_once_and_pages_through_all_slides(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(-1, 2, 3, 4))
    assert goes_on(show, clock) == (2, 3)

    show.click_on(show.program.slide_view)
    assert sees(show) == (2,)
    assert not companion_panel(show).isVisible()
    assert show.program.central.panel.words.place == "2 / 4"
    show.press(Qt.Key.Key_Right)
    show.until(show.is_painted)
    assert sees(show) == (3,)
    show.press(Qt.Key.Key_Left)
    show.until(show.is_painted)
    assert sees(show) == (2,)


def test_play_log_and_status_name_both(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(-1, 2, 3, -4))
    assert goes_on(show, clock) == (2, 3)
    show.kiosk.status.reporter.report()
    slide = show.kiosk.status.reporter.status_now().slide
    assert (slide.id, slide.companion) == ("slide-2", "slide-3")

    assert goes_on(show, clock) == (4,)
    assert [(one.slide, one.result, one.why, one.end_ms - one.start_ms) for one in logged(show)][1:] == [
        ("slide-2", "shown", "played", 2 * SLIDE_MS), ("slide-3", "shown", "played", 2 * SLIDE_MS)]
    show.kiosk.status.reporter.report()
    assert not show.kiosk.status.reporter.status_now().slide.companion


def test_what_a_visitor_takes_away_is_logged_as_interrupted(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(-1, 2, 3, -4))
    assert goes_on(show, clock) == (2, 3)

    clock.advance(3000)
    show.press(Qt.Key.Key_Space)
    clock.advance(1000)
    show.press(Qt.Key.Key_End)

    assert [(one.slide, one.result, one.why) for one in logged(show)][1:] == [
        ("slide-2", "interrupted", "played"), ("slide-3", "interrupted", "played"),
        ("slide-2", "interrupted", "stayed")]


def test_the_proof_of_pixels_knows_the_pair(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(-1, 2, 3, interval=3600))
    assert goes_on(show, clock) == (2, 3)
    before = show.kiosk.status.pixels.status.comparisons

    for _ in range(3):
        show.turn()
        clock.advance(EVERY_MS)

    status = show.kiosk.status.pixels.status
    assert (status.right, status.comparisons > before, status.mismatches) == (True, True, 0)


def test_a_picture_that_fails_or_moves_is_no_companion(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock, tmp_path: Path,
) -> None:
    animated(tmp_path / "5.gif", size=(40, 60))
    path = gallery(-1, 2, 3, 4)
    (tmp_path / "3.png").write_bytes(b"no picture")
    content = json.loads(path.read_text())
    content["slides"].append({"file": "5.gif", "id": "slide-5"})
    path.write_text(json.dumps(content))
    show = begin(path)

    assert goes_on(show, clock) == (2,)
    assert goes_on(show, clock) == (4,)


def test_pictures_that_would_be_much_smaller_side_by_side_stand_alone(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock, tmp_path: Path,
) -> None:
    path = gallery(-1, 2, 3)
    for number in (2, 3):
        numbered(tmp_path / f"{number}.png", number, (780, 800))
    show = begin(path)

    goes_on(show, clock)

    assert show.program.view_model.displayed.index == 1
    assert show.program.view_model.displayed.companion is None


def test_a_pair_is_mirrored_from_right_to_left(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(-1, 2, 3))
    show.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert goes_on(show, clock) == (3, 2)
    assert show.program.central.panel.words.place == "2 / 3 →"


def test_all_of_an_upright_gallery_is_shown_in_pairs_and_closing_hours_end_one(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(1, 2, 3, 4, loop=True))
    shown = [goes_on(show, clock) for _ in range(4)]
    assert shown == [(2, 3), (4,), (1, 2), (3, 4)], "the first slide had no other beside it when it came up"

    show.program.player.stop()
    assert sees(show) == (3,)


def test_a_picture_that_is_replaced_beside_another_is_seen_when_its_turn_comes_again(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock, tmp_path: Path,
) -> None:
    show = begin(gallery(-1, 2, 3, -4, loop=True))
    assert goes_on(show, clock) == (2, 3)
    replaced: list[str] = []
    show.program.loader.replaced.connect(replaced.append)
    numbered(tmp_path / "new.png", 5, (UPRIGHT.width, UPRIGHT.height)).replace(tmp_path / "3.png")
    clock.advance(2500)
    show.until(lambda: replaced == [str(tmp_path / "3.png")])

    assert [goes_on(show, clock) for _ in range(3)] == [(4,), (1,), (2, 5)]


def test_a_pair_comes_and_goes_in_a_crossfade(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(-1, 2, 3, -4, transition="crossfade"))
    view = show.program.slide_view

    for before, after in (((1,), (2, 3)), ((2, 3), (4,))):
        assert sees(show) == before
        waits_for_neighbours(show)
        left = show.program.player.remaining_ms
        assert left is not None
        clock.advance(left)
        clock.advance(FADE_MS // 2)
        assert (view.is_fading, sees(show) in (before, after)) == (True, False), "half of each is seen"
        clock.advance(FADE_MS)
        assert (view.is_fading, sees(show)) == (False, after)
        show.until(show.is_painted)


def test_a_new_version_of_the_gallery_keeps_the_pair_and_one_without_the_second_slide_does_not(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(-1, 2, 3, -4))
    assert goes_on(show, clock) == (2, 3)
    session, old = show.program.session, show.program.session.gallery

    session.set_gallery(msgspec.structs.replace(old, title="Another title"))
    assert sees(show) == (2, 3)
    show.until(show.is_painted)

    session.set_gallery(msgspec.structs.replace(old, slides=tuple(old.slides[place] for place in (0, 1, 3))))
    assert sees(show) == (2,)
    show.until(show.is_painted)
    assert goes_on(show, clock) == (4,)


def test_two_slides_that_are_all_come_one_after_the_other(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(1, 2))

    assert [goes_on(show, clock) for _ in range(4)] == [(2,), (1,), (2,), (1,)]


def test_a_shuffled_show_has_every_slide_once_in_a_round(
    begin: Callable[..., KioskShow], gallery: Callable[..., Path], clock: ManualClock,
) -> None:
    show = begin(gallery(1, 2, 3, 4, 5, 6, 7, 8, 9, shuffle=True))
    shown = list(sees(show))
    sizes = []
    while len(shown) < 9:
        sizes.append(len(seen := goes_on(show, clock)))
        shown += seen

    assert len(shown[:9]) == 9
    assert set(shown[:9]) == set(range(1, 10))
    assert 2 in sizes
