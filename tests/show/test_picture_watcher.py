from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes import a_picture
from tests.show.galleries import a_gallery, path
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.protocol.failures import Failure
from viewer.imaging.protocol.messages import Box
from viewer.show.picture_watcher import LONGEST_MS, SETTLE_MS, WATCH_MS, PictureWatcher
from viewer.show.slide_view_model import SlideViewModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes import FakeLoader, ManualClock
    from viewer.settings_store import SettingsStore
    from viewer.show.session import Session

VIEWPORT = Box(300, 200)


def request(number: int) -> PictureRequest:
    return PictureRequest(path(number), VIEWPORT)


class Screen:
    """Whether the slide can be seen."""

    def __init__(self) -> None:
        self.is_on = True


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def watcher(session: Session, loader: FakeLoader, settings: SettingsStore, clock: ManualClock,
            screen: Screen) -> Iterator[PictureWatcher]:
    view_model = SlideViewModel(session, loader, settings, clock)
    watcher = PictureWatcher(session, view_model, loader, clock, lambda: screen.is_on, parent=view_model)
    view_model.set_box(VIEWPORT)
    watcher.set_box(VIEWPORT)
    clock.advance(1000)
    yield watcher
    watcher.close()
    view_model.close()


@pytest.mark.usefixtures("watcher")
def test_the_file_of_a_slide_is_looked_at_soon_and_then_again_and_again(session: Session, loader: FakeLoader,
                                                                        clock: ManualClock) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0))
    assert loader.rechecks == []
    clock.advance(SETTLE_MS)
    assert loader.rechecks == [request(0)]
    loader.rechecked.emit(request(0), True)
    clock.advance(3 * WATCH_MS)

    assert loader.rechecks == [request(0)] * 4


@pytest.mark.usefixtures("watcher")
def test_what_comes_next_is_looked_at_once_if_it_is_at_hand(session: Session, loader: FakeLoader,
                                                            clock: ManualClock) -> None:
    for number in (0, 1):
        loader.put(request(number))
    session.set_gallery(a_gallery(0, 1, 2))
    clock.advance(SETTLE_MS)
    loader.rechecked.emit(request(0), True)
    loader.rechecked.emit(request(1), True)
    clock.advance(WATCH_MS)
    loader.rechecked.emit(request(0), True)
    assert loader.rechecks == [request(0), request(1), request(0)]
    session.step()
    clock.advance(SETTLE_MS)
    loader.rechecked.emit(request(1), True)

    assert loader.rechecks[3:] == [request(1)], "the third has not been decoded yet"


def test_what_is_looked_at_beforehand_is_the_slide_that_the_running_show_goes_to(
    watcher: PictureWatcher, session: Session, loader: FakeLoader, clock: ManualClock,
) -> None:
    view_model = watcher.parent()
    assert isinstance(view_model, SlideViewModel)
    for number in (0, 1, 2):
        loader.put(request(number))
    session.set_gallery(a_gallery(0, 1, 2))
    view_model.prefetch.set_next(2)
    clock.advance(SETTLE_MS)
    loader.rechecked.emit(request(0), True)

    assert loader.rechecks == [request(0), request(2)], "the second is passed over"


@pytest.mark.usefixtures("watcher")
def test_a_key_that_is_held_down_looks_at_nothing(session: Session, loader: FakeLoader, clock: ManualClock) -> None:
    for number in range(20):
        loader.put(request(number))
    session.set_gallery(a_gallery(*range(20)))
    for _ in range(10):
        session.step()
        clock.advance(30)

    assert loader.rechecks == []


@pytest.mark.usefixtures("watcher")
def test_nothing_is_looked_at_that_nobody_sees(session: Session, loader: FakeLoader, clock: ManualClock,
                                               screen: Screen) -> None:
    loader.put(request(0))
    session.set_gallery(a_gallery(0))
    screen.is_on = False
    clock.advance(60_000)
    assert loader.rechecks == []
    screen.is_on = True
    clock.advance(WATCH_MS)

    assert loader.rechecks == [request(0)]


@pytest.mark.usefixtures("watcher")
def test_a_placeholder_is_left_to_whoever_shows_it(session: Session, loader: FakeLoader, clock: ManualClock) -> None:
    session.set_gallery(a_gallery(0))
    loader.fail(request(0), Failure("damaged"))
    clock.advance(60_000)

    assert loader.rechecks == []


@pytest.mark.usefixtures("watcher")
def test_a_file_that_does_not_answer_is_looked_at_less_and_less_often(session: Session, loader: FakeLoader,
                                                                      clock: ManualClock) -> None:
    loader.put(request(0))
    session.set_gallery(a_gallery(0))
    clock.advance(SETTLE_MS)
    looks = []
    for _ in range(8):
        before, began = len(loader.rechecks), clock.now()
        loader.rechecked.emit(request(0), False)
        while len(loader.rechecks) == before:
            clock.advance(100)
        looks.append(clock.now() - began)

    assert looks == [4000, 8000, 16_000, 32_000, LONGEST_MS, LONGEST_MS, LONGEST_MS, LONGEST_MS]
    loader.rechecked.emit(request(0), True)
    clock.advance(LONGEST_MS)
    assert len(loader.rechecks) > 9


def test_a_watcher_that_is_closed_looks_at_nothing(watcher: PictureWatcher, session: Session, loader: FakeLoader,
                                                   clock: ManualClock) -> None:
    loader.put(request(0))
    session.set_gallery(a_gallery(0))
    watcher.close()
    clock.advance(60_000)

    assert loader.rechecks == []


@pytest.mark.usefixtures("watcher")
def test_an_animation_is_looked_at_while_it_moves(session: Session, loader: FakeLoader, clock: ManualClock) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0), a_picture(VIEWPORT, frames=3, duration=500))
    for number in (1, 2):
        loader.put(request(0)._replace(frame=number), a_picture(VIEWPORT, frames=3, duration=500))
    clock.advance(SETTLE_MS + WATCH_MS)

    assert loader.rechecks == [request(0)] * 2
