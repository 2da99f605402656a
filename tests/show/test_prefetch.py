from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes import a_picture
from tests.show.galleries import a_gallery, path
from viewer.gallery.model import Slide
from viewer.gallery.validity import Validity
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.client.picture_cache import PictureCache
from viewer.imaging.protocol.messages import Box
from viewer.show.player import Player
from viewer.show.prefetch import HELD_KEY_MS, PASSING, RELEASE_MS, Prefetch

if TYPE_CHECKING:
    from tests.fakes import FakeLoader, ManualClock
    from viewer.settings_store import SettingsStore
    from viewer.show.session import Session

CANVAS = Box(1000, 800)


@pytest.fixture
def prefetch(session: Session, loader: FakeLoader, settings: SettingsStore, clock: ManualClock) -> Prefetch:
    session.set_gallery(a_gallery(*range(10)), start=4)
    prefetch = Prefetch(session, loader, settings, clock)
    session.moved.connect(prefetch.follow)
    prefetch.set_box(CANVAS)
    return prefetch


def ahead(loader: FakeLoader) -> list[int]:
    """The numbers of the slides that are prefetched, in order."""
    numbers = {path(number): number for number in range(20)}
    assert all(request == PictureRequest(request.path, CANVAS) for request in loader.requests["prefetch"])
    return [numbers[request.path] for request in loader.requests["prefetch"]]


@pytest.mark.usefixtures("prefetch")
def test_the_next_the_previous_and_the_one_after_the_next_are_prefetched(
    loader: FakeLoader, session: Session, clock: ManualClock,
) -> None:
    assert ahead(loader) == [5, 3, 6]

    clock.advance(1000)
    session.step()

    assert ahead(loader) == [6, 4, 7]


@pytest.mark.usefixtures("prefetch")
def test_going_backwards_the_previous_comes_first(loader: FakeLoader, session: Session, clock: ManualClock) -> None:
    for index, requested in ((3, [2, 4, 1]), (2, [1, 3, 0]), (1, [0, 2, 9])):
        session.step(-1)
        clock.advance(1000)

        assert session.index == index
        assert ahead(loader) == requested

    session.step(1)

    assert ahead(loader) == [3, 1, 4]


@pytest.mark.usefixtures("prefetch")
def test_after_a_jump_the_next_comes_first(loader: FakeLoader, session: Session) -> None:
    session.go(3)

    assert ahead(loader) == [4, 2, 5]


@pytest.mark.usefixtures("prefetch")
def test_a_shuffled_show_looks_ahead_in_its_own_order(
    loader: FakeLoader, session: Session, clock: ManualClock, prefetch: Prefetch,
) -> None:
    session.order_changed.connect(prefetch.refresh)

    session.set_shuffle(True)
    assert ahead(loader) == [session.peek(1), session.peek(2)]
    session.step()
    clock.advance(1000)
    session.step()

    assert ahead(loader) == [session.peek(1), session.peek(-1), session.peek(2)]


@pytest.mark.usefixtures("prefetch")
def test_at_the_end_of_a_show_there_is_only_the_way_back(
    loader: FakeLoader, session: Session, settings: SettingsStore,
) -> None:
    settings.set("show/end", "stop")

    session.last()

    assert ahead(loader) == [8]


@pytest.mark.parametrize(("count", "requested"), [(0, []), (1, []), (2, [1]), (3, [1, 2])])
@pytest.mark.usefixtures("prefetch")
def test_a_small_gallery_is_prefetched_once(
    count: int, requested: list[int], loader: FakeLoader, session: Session,
) -> None:
    session.set_gallery(a_gallery(*range(count)), keep=False)

    assert ahead(loader) == requested


def test_nothing_is_prefetched_for_an_empty_viewport(loader: FakeLoader, prefetch: Prefetch) -> None:
    prefetch.set_box(Box(0, 800))

    assert ahead(loader) == []


@pytest.fixture
def hurried(session: Session, loader: FakeLoader, settings: SettingsStore, clock: ManualClock) -> Prefetch:
    """Of forty slides, and no picture ever comes in time."""
    session.set_gallery(a_gallery(*range(40)), start=4)
    prefetch = Prefetch(session, loader, settings, clock)
    session.moved.connect(lambda: prefetch.follow(kept_up=False))
    prefetch.set_box(CANVAS)
    return prefetch


def passing(loader: FakeLoader) -> list[int]:
    """The numbers of the slides that are requested in passing, in order."""
    numbers = {path(number): number for number in range(40)}
    assert all(request.box == PASSING for request in loader.requests["preview"])
    return [numbers[request.path] for request in loader.requests["preview"]]


@pytest.mark.usefixtures("prefetch")
def test_a_held_key_that_the_pictures_keep_up_with_changes_nothing(
    loader: FakeLoader, session: Session, clock: ManualClock,
) -> None:
    session.step()
    clock.advance(HELD_KEY_MS - 1)
    session.step()

    assert ahead(loader) == [7, 5, 8]
    assert passing(loader) == []


@pytest.mark.usefixtures("hurried")
def test_while_a_key_is_held_small_pictures_are_requested_of_slides_that_come_later(
    loader: FakeLoader, session: Session, clock: ManualClock,
) -> None:
    session.step()
    assert (ahead(loader), passing(loader)) == ([6, 4, 7], [])
    for number in (6, 7, 8):
        clock.advance(HELD_KEY_MS - 1)
        session.step()
        assert ahead(loader) == []
        assert passing(loader) == list(range(number + 4, number + 16))

    clock.advance(HELD_KEY_MS)

    assert (ahead(loader), passing(loader)) == ([9, 7, 10], [])
    assert clock.pending == 0


@pytest.mark.usefixtures("hurried")
def test_a_held_key_going_back_requests_what_lies_before(
    loader: FakeLoader, session: Session, clock: ManualClock,
) -> None:
    session.go(30)
    clock.advance(1000)
    session.step(-1)
    clock.advance(30)
    session.step(-1)

    assert passing(loader) == list(range(24, 12, -1))


def test_a_key_that_is_let_go_ends_the_hurry_unless_it_is_only_repeated(
    loader: FakeLoader, session: Session, clock: ManualClock, hurried: Prefetch,
) -> None:
    session.step()
    for number in (6, 7):
        clock.advance(RELEASE_MS - 1)
        session.step()
        hurried.calm()
        assert passing(loader)[0] == number + 4

    clock.advance(RELEASE_MS)

    assert (ahead(loader), passing(loader)) == ([8, 6, 9], [])
    assert clock.pending == 0


@pytest.mark.usefixtures("hurried")
def test_a_small_picture_that_comes_late_has_later_ones_requested(
    loader: FakeLoader, session: Session, clock: ManualClock,
) -> None:
    session.step()
    clock.advance(30)
    session.step()
    loader.deliver(PictureRequest(path(6), PASSING))
    session.step()

    assert passing(loader)[0] == 7 + 6


@pytest.mark.usefixtures("hurried")
def test_small_pictures_that_come_early_have_nearer_ones_requested(
    loader: FakeLoader, session: Session, clock: ManualClock,
) -> None:
    session.step()
    clock.advance(30)
    session.step()
    for _ in range(5):
        loader.deliver(PictureRequest(path(15), PASSING))
    session.step()

    assert passing(loader)[0] == 7 + 2


@pytest.mark.parametrize(("megabytes", "requested"), [(128, [5, 3, 6]), (100, [5, 3]), (32, [5])])
def test_no_more_is_prefetched_than_can_be_cached(
    megabytes: int, requested: list[int], loader: FakeLoader, settings: SettingsStore, prefetch: Prefetch,
) -> None:
    settings.set("memory/pictures-mb", megabytes)
    cache = PictureCache(megabytes << 20, 0)

    prefetch.set_box(Box(3840, 2160))
    for request in loader.requests["prefetch"]:
        cache.put("picture", request, a_picture(request.box, source=request.box))

    assert [request.path for request in loader.requests["prefetch"]] == [path(number) for number in requested]
    assert all(cache.get(request) for request in loader.requests["prefetch"])


@pytest.mark.usefixtures("prefetch")
def test_while_the_show_plays_slides_that_have_expired_are_not_decoded_ahead(
    loader: FakeLoader, session: Session, clock: ManualClock, prefetch: Prefetch,
) -> None:
    player = Player(session, clock)
    player.next_changed.connect(prefetch.set_next)
    expired = [Slide(f"{number}.jpg", valid=Validity(until="2000-01-01")) for number in (5, 6, 7)]
    session.set_gallery(a_gallery(*range(5), *expired, 8, 9), keep=False, start=4)
    assert ahead(loader) == [5, 3, 6], "by hand every slide is reached"

    player.play()
    assert ahead(loader) == [8, 3, 9]
    player.stop()

    assert ahead(loader) == [5, 3, 6]
