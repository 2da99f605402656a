"""What follows when another gallery is opened: nobody hears of half a change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fakes import FakeLoader, a_picture
from tests.show.galleries import a_gallery
from viewer.gallery.model import ShowDefaults
from viewer.imaging.pool.read_access import AccessPolicy
from viewer.imaging.protocol.messages import Box
from viewer.show.displayed_slide import DisplayedSlide
from viewer.show.player import Player
from viewer.show.slide_view_model import SlideViewModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakes import ManualClock
    from viewer.imaging.client.picture import PictureRequest, Priority
    from viewer.imaging.protocol.handshake import AllowedPaths
    from viewer.settings_store import SettingsStore
    from viewer.show.session import Session


class GuardedLoader(FakeLoader):
    """Asks for read access to what is requested, as the loader does; `allowed` is all that workers were granted."""

    def __init__(self) -> None:
        super().__init__()
        self.allowed: list[AllowedPaths] = []
        self.access_policy = AccessPolicy(self.allowed.append, "")

    def request(self, priority: Priority, requests: Sequence[PictureRequest]) -> None:
        super().request(priority, requests)
        for request in requests:
            self.access_policy.allow(request.path)


@pytest.mark.parametrize("how", [ShowDefaults(shuffle=True), ShowDefaults(loop=False), ShowDefaults(loop=True)])
def test_workers_are_granted_the_new_folder_alone_whatever_the_manifest_asks_for(
    session: Session, settings: SettingsStore, clock: ManualClock, how: ShowDefaults,
) -> None:
    loader = GuardedLoader()
    session.gallery_changed.connect(lambda: loader.access_policy.set_gallery(session.gallery))
    view_model = SlideViewModel(session, loader, settings, clock)
    view_model.set_box(Box(300, 200))
    session.set_gallery(a_gallery(0, 1, 2, show=ShowDefaults(loop=not how.loop), folder=Path("/old")))

    session.set_gallery(a_gallery(3, 4, 5, 6, show=how, folder=Path("/new")), keep=False)

    assert [allowed.folders for allowed in loader.allowed] == [("/old",), ("/new",)]
    view_model.close()


@pytest.mark.parametrize("keep", [False, True])
def test_a_held_show_begins_a_gallery_that_loops_with_the_slide_it_opens_at(
    session: Session, settings: SettingsStore, clock: ManualClock, keep: bool,
) -> None:
    settings.set("show/interval", "10")
    settings.set("show/end", "hold")
    session.set_gallery(a_gallery(0, 1, show=ShowDefaults(loop=False)))
    player = Player(session, clock)

    def see() -> None:
        player.slide_shown(DisplayedSlide(session.index, session.slide, session.path, a_picture(), True, None))

    player.play()
    see()
    clock.advance(10_000)
    see()
    clock.advance(20_000)
    assert (session.index, player.progress) == (1, 1.0), "it holds the last slide"
    moves: list[tuple[int, str]] = []
    session.moved.connect(lambda index, why: moves.append((index, why)))

    session.set_gallery(a_gallery(0, 1, 2, 3, show=ShowDefaults(loop=True)), keep=keep)
    see()

    assert moves == [(1 if keep else 0, "gallery")]
    assert (player.state, player.remaining_ms) == ("playing", 10_000)
    player.stop()


@pytest.mark.parametrize("keep", [False, True])
def test_whoever_hears_of_a_new_gallery_finds_everything_new(session: Session, keep: bool) -> None:
    session.set_gallery(a_gallery(0, 1, 2), start=2)
    heard: list[tuple[object, ...]] = []

    def hear(signal: str) -> None:
        heard.append((signal, session.count, session.index, session.why, session.visit, session.shuffled,
                      session.show_options.end, session.show_options.interval))

    session.moved.connect(lambda: hear("moved"))
    session.order_changed.connect(lambda: hear("order_changed"))
    session.show_options.changed.connect(hear)
    session.gallery_changed.connect(lambda: hear("gallery_changed"))

    session.set_gallery(a_gallery(1, 2, 3, 4, show=ShowDefaults(shuffle=True, loop=False, interval=7)), keep=keep)

    state = (4, 1 if keep else 0, "gallery", 2, True, "stop", "7")
    assert heard == [(signal, *state) for signal in (
        "gallery_changed", "moved", "show/interval", "show/end", "show/shuffle")]
