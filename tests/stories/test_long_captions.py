"""A caption that is too long for its place, in the whole program: it can be read to its end without a hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from viewer.app.start import Start
from viewer.ui.captions.label import CaptionLabel
from viewer.ui.captions.line_scroll_area import LineScrollArea

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.conftest import Show
    from viewer.settings import Value
    from viewer.ui.captions.panel import CaptionPanel

pytestmark = pytest.mark.story

WORDS = 300
READING_MS = 8000 + (WORDS + 2) * 400
STILL: Mapping[str, Value] = {"look/reduced-motion": True, "show/end": "loop"}


@pytest.fixture
def gallery(manifest: Callable[..., Path]) -> Path:
    """Two slides, the first with three hundred words."""
    path = manifest([1, 2])
    content = json.loads(path.read_text())
    content["slides"][0]["caption"] = "word " * WORDS
    path.write_text(json.dumps(content))
    return path


def area_of(panel: CaptionPanel) -> LineScrollArea:
    area = panel.findChild(LineScrollArea)
    assert area is not None
    return area


def lets_pass(show: Show, clock: ManualClock, milliseconds: int) -> None:
    for _ in range(milliseconds // 500):
        clock.advance(500)
        show.turn()


@pytest.mark.parametrize("fullscreen", [True, False])
def test_a_playing_show_scrolls_it_to_its_end_and_gives_it_the_time(
    begin: Callable[..., Show], gallery: Path, clock: ManualClock, fullscreen: bool,
) -> None:
    show = begin(gallery, how=Start(fullscreen=fullscreen, play=True, overrides=STILL), clock=clock)
    show.until(show.is_painted)
    area = area_of(show.program.central.panel if fullscreen else show.window.panel)
    show.until(lambda: area.last_top > 0)
    assert show.program.player.remaining_ms == READING_MS > 60_000
    lets_pass(show, clock, 8000)
    assert area.verticalScrollBar().value() == 0, "the picture is looked at first"

    seen = set()
    for _ in range(21):
        lets_pass(show, clock, 5500)
        top = area.verticalScrollBar().value()
        seen |= set(range(top, top + area.in_view[top]))

    assert seen == set(range(len(area.lines)))
    assert show.place == "1 of 2"
    lets_pass(show, clock, 10_000)
    show.until(lambda: show.place == "2 of 2")


def test_a_time_in_seconds_is_kept_and_the_end_is_reached_all_the_same(
    begin: Callable[..., Show], gallery: Path, clock: ManualClock,
) -> None:
    show = begin(gallery, how=Start(fullscreen=True, play=True, overrides={**STILL, "show/interval": "20"}),
                 clock=clock)
    show.until(show.is_painted)
    area = area_of(show.program.central.panel)
    assert show.program.player.remaining_ms == 20_000

    lets_pass(show, clock, 19_500)
    assert area.verticalScrollBar().value() == area.last_top > 0
    lets_pass(show, clock, 1000)
    show.until(lambda: show.place == "2 of 2")


def test_by_hand_and_paused_it_stays_where_it_is(
    begin: Callable[..., Show], gallery: Path, clock: ManualClock,
) -> None:
    show = begin(gallery, how=Start(fullscreen=True, overrides=STILL), clock=clock)
    show.waits_to_see(1)
    bar = area_of(show.program.central.panel).verticalScrollBar()
    lets_pass(show, clock, 60_000)
    assert bar.value() == 0

    show.press(Qt.Key.Key_F5)
    show.until(show.is_painted)
    lets_pass(show, clock, 60_000)
    show.press(Qt.Key.Key_Space)
    stands = bar.value()
    lets_pass(show, clock, 60_000)
    assert bar.value() == stands > 0


def test_the_whole_full_screen_has_one_black(begin: Callable[..., Show], gallery: Path) -> None:
    show = begin(gallery, how=Start(fullscreen=True, overrides=STILL))
    show.waits_to_see(1)
    panel = show.program.central.panel

    def grounds() -> set[str]:
        image = show.window.grab().toImage()
        inside = panel.geometry().topLeft()
        return {QColor(image.pixel(x, y)).name() for x, y in ((1, 1), (inside.x() + 2, inside.y() + 2))}

    assert grounds() == {"#000000"}
    show.press(Qt.Key.Key_B)
    assert grounds() == {"#000000"}


def test_in_full_screen_the_same_words_stand_in_larger_type_than_at_the_desk(
    begin: Callable[..., Show], gallery: Path,
) -> None:
    show = begin(gallery, how=Start(fullscreen=True, overrides=STILL))
    show.waits_to_see(1)
    show.press(Qt.Key.Key_Right)
    title = show.program.central.panel.findChild(CaptionLabel, "Title")
    assert title is not None
    show.until(lambda: title.text() == "Title 2")

    assert title.font().pixelSize() == round(round(show.window.height() * 0.03) * 1.55)
