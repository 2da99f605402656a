from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import a_picture
from tests.show.galleries import a_gallery, path
from viewer.gallery.model import Slide
from viewer.imaging.client.picture import Picture, PictureRequest, Place
from viewer.imaging.protocol.failures import Failure
from viewer.imaging.protocol.messages import Box, Identity, Region
from viewer.show.displayed_slide import BLANK, DisplayedSlide
from viewer.show.enlargement import WHOLE_PIXELS, widened
from viewer.show.slide_view_model import RESIZING_MS, RETRY_MS, SlideViewModel

if TYPE_CHECKING:
    from tests.fakes import FakeLoader, ManualClock
    from viewer.settings_store import SettingsStore
    from viewer.show.session import Session

CANVAS = Box(300, 200)
THUMBNAIL = Box(60, 40)
DAMAGED = Failure("damaged")


def request(number: int, box: Box = CANVAS) -> PictureRequest:
    return PictureRequest(path(number), box)


def requested(loader: FakeLoader) -> list[PictureRequest]:
    return [*loader.requests["current"], *loader.requests["prefetch"]]


@pytest.fixture
def view_model(session: Session, loader: FakeLoader, settings: SettingsStore, clock: ManualClock) -> SlideViewModel:
    view_model = SlideViewModel(session, loader, settings, clock)
    view_model.set_box(CANVAS)
    clock.advance(1000)
    return view_model


@pytest.fixture
def shown(view_model: SlideViewModel) -> list[DisplayedSlide]:
    views: list[DisplayedSlide] = []
    view_model.displayed_changed.connect(views.append)
    return views


@pytest.fixture
def waits(view_model: SlideViewModel) -> list[int]:
    indexes: list[int] = []
    view_model.waiting.connect(indexes.append)
    return indexes


def test_a_picture_at_hand_is_shown_within_the_call(
    session: Session, loader: FakeLoader, shown: list[DisplayedSlide],
) -> None:
    picture = loader.put(request(0))

    session.set_gallery(a_gallery(0, 1))

    assert shown == [DisplayedSlide(0, Slide("0.jpg"), path(0), picture, sharp=True, failure=None)]
    assert loader.requests["current"] == ()


def test_without_a_picture_the_old_one_stays_until_the_sharp_one_is_there(
    session: Session, loader: FakeLoader, shown: list[DisplayedSlide], waits: list[int],
) -> None:
    loader.put(request(0))
    session.set_gallery(a_gallery(0, 1))

    session.step()
    assert (len(shown), waits) == (1, [1])
    assert loader.requests["current"] == (request(1),)
    picture = loader.deliver(request(1))

    assert shown[1:] == [DisplayedSlide(1, Slide("1.jpg"), path(1), picture, sharp=True, failure=None)]


def test_a_smaller_picture_stands_in_at_once(
    session: Session, loader: FakeLoader, shown: list[DisplayedSlide], waits: list[int],
) -> None:
    small = loader.put(request(0, THUMBNAIL))

    session.set_gallery(a_gallery(0))
    assert [(displayed.picture, displayed.sharp) for displayed in shown] == [(small, False)]
    sharp = loader.deliver(request(0))

    assert [(displayed.picture, displayed.sharp) for displayed in shown[1:]] == [(sharp, True)]
    assert waits == []


def test_a_thumbnail_that_comes_first_is_better_than_nothing(
    session: Session, loader: FakeLoader, shown: list[DisplayedSlide],
) -> None:
    session.set_gallery(a_gallery(0))

    loader.deliver(request(0, THUMBNAIL))
    loader.deliver(request(0, Box(30, 20)))
    loader.deliver(request(0))
    loader.deliver(request(0, THUMBNAIL))

    assert [(displayed.picture.image.width() if displayed.picture else 0, displayed.sharp) for displayed in shown] == [
        (60, False), (300, True)]


def test_a_small_file_is_sharp_as_it_is(session: Session, loader: FakeLoader, shown: list[DisplayedSlide]) -> None:
    session.set_gallery(a_gallery(0))

    loader.deliver(request(0, Box(128, 128)), a_picture(source=Box(50, 50)))

    assert [displayed.sharp for displayed in shown] == [True]


def test_a_late_answer_for_a_slide_that_was_left_is_never_displayed(
    session: Session, loader: FakeLoader, shown: list[DisplayedSlide],
) -> None:
    session.set_gallery(a_gallery(0, 1))
    session.step()

    loader.deliver(request(0))
    loader.fail(request(0), DAMAGED)

    assert shown == []


@pytest.mark.usefixtures("view_model")
def test_paging_quickly_leaves_only_the_last_slide_requested(session: Session, loader: FakeLoader) -> None:
    session.set_gallery(a_gallery(*range(30)))

    for _ in range(20):
        session.step()

    assert loader.requests["current"] == (request(20),)


@pytest.mark.usefixtures("view_model")
def test_the_current_slide_is_requested_before_what_lies_ahead(session: Session, loader: FakeLoader) -> None:
    loader.calls.clear()

    session.set_gallery(a_gallery(0, 1, 2))

    assert [priority for priority, requests in loader.calls if requests] == ["current", "prefetch"]
    assert loader.requests["prefetch"] == (request(1), request(2))


def test_a_failure_becomes_a_placeholder_and_is_known_the_next_time(
    session: Session, loader: FakeLoader, shown: list[DisplayedSlide], waits: list[int],
) -> None:
    session.set_gallery(a_gallery(0, 1))
    loader.fail(request(0), DAMAGED)
    placeholder = DisplayedSlide(0, Slide("0.jpg"), path(0), None, sharp=True, failure=DAMAGED)
    assert shown == [placeholder]

    session.step()
    session.step()
    assert shown == [placeholder, placeholder]
    loader.fail(request(0), DAMAGED)

    assert shown == [placeholder, placeholder]
    assert waits == [0, 1]


def test_a_file_that_was_put_right_replaces_its_placeholder(
    session: Session, loader: FakeLoader, shown: list[DisplayedSlide],
) -> None:
    session.set_gallery(a_gallery(0))
    loader.fail(request(0), DAMAGED)

    loader.deliver(request(0))

    assert [displayed.failure for displayed in shown] == [DAMAGED, None]


def test_a_displayed_picture_stays_when_its_file_fails_later(
    session: Session, loader: FakeLoader, view_model: SlideViewModel, shown: list[DisplayedSlide],
) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0))

    view_model.want_detail(Box(600, 400))
    loader.fail(request(0, Box(600, 400)), Failure("missing"))

    assert len(shown) == 1


def test_a_stand_in_gives_way_to_the_placeholder(
    session: Session, loader: FakeLoader, shown: list[DisplayedSlide],
) -> None:
    loader.put(request(0, THUMBNAIL))
    session.set_gallery(a_gallery(0))

    loader.fail(request(0), DAMAGED)

    assert [displayed.failure for displayed in shown] == [None, DAMAGED]


def test_an_empty_gallery_displays_nothing(session: Session, loader: FakeLoader, shown: list[DisplayedSlide]) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0))

    session.set_gallery(a_gallery())

    assert shown[1:] == [BLANK]
    assert requested(loader) == []


def test_an_empty_viewport_requests_nothing(
    session: Session, loader: FakeLoader, settings: SettingsStore, clock: ManualClock,
) -> None:
    view_model = SlideViewModel(session, loader, settings, clock)
    session.set_gallery(a_gallery(0, 1))
    assert requested(loader) == []

    view_model.set_box(CANVAS)

    assert requested(loader) == [request(0), request(1)]
    view_model.set_box(Box(0, 0))
    assert view_model.displayed == BLANK


def test_a_larger_viewport_wants_a_larger_picture_and_keeps_the_old_one_meanwhile(
    session: Session, loader: FakeLoader, view_model: SlideViewModel, shown: list[DisplayedSlide], clock: ManualClock,
) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0))
    clock.advance(1000)

    view_model.set_box(Box(450, 300))
    assert loader.requests["current"] == (request(0, Box(450, 300)),)
    assert len(shown) == 1
    loader.deliver(request(0, Box(450, 300)))

    assert [displayed.picture.image.width() for displayed in shown if displayed.picture] == [300, 450]


def test_a_window_being_dragged_requests_its_first_and_its_last_size(
    session: Session, loader: FakeLoader, view_model: SlideViewModel, clock: ManualClock,
) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0))
    loader.calls.clear()

    for width in range(310, 400, 10):
        view_model.set_box(Box(width, 300))
        clock.advance(16)
    clock.advance(RESIZING_MS)

    canvas = [requests for priority, requests in loader.calls if priority == "current"]
    assert canvas == [(request(0, Box(310, 300)),), (request(0, Box(390, 300)),)]
    assert clock.pending == 0


def test_a_viewport_that_holds_nothing_yet_does_not_wait_for_the_window_to_be_still(
    session: Session, loader: FakeLoader, view_model: SlideViewModel, clock: ManualClock,
) -> None:
    session.set_gallery(a_gallery(0))

    for width in (310, 320, 330):
        view_model.set_box(Box(width, 300))
        assert loader.requests["current"] == (request(0, Box(width, 300)),)

    assert clock.pending == 0


def test_the_same_size_again_changes_nothing(session: Session, loader: FakeLoader, view_model: SlideViewModel) -> None:
    session.set_gallery(a_gallery(0))
    loader.calls.clear()

    view_model.set_box(CANVAS)

    assert loader.calls == []


def test_zooming_in_asks_for_detail_and_never_for_more_than_the_file_has(
    session: Session, loader: FakeLoader, view_model: SlideViewModel, shown: list[DisplayedSlide],
) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0))

    view_model.want_detail(Box(450, 300))
    assert requested(loader) == [request(0, Box(450, 300))]
    view_model.want_detail(Box(6000, 4000))
    assert requested(loader) == [request(0, Box(600, 400))]
    loader.deliver(request(0, Box(600, 400)))
    view_model.want_detail(Box(9000, 6000))

    assert requested(loader) == []
    assert [displayed.picture.image.width() for displayed in shown if displayed.picture] == [300, 600]


def test_a_viewport_of_another_size_takes_nothing_from_a_zoomed_view(
    session: Session, loader: FakeLoader, view_model: SlideViewModel,
) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0))
    view_model.want_detail(Box(600, 400))

    view_model.set_box(Box(310, 205))

    assert requested(loader) == [request(0, Box(600, 400))]


def test_zooming_out_again_shows_the_fitting_picture(
    session: Session, loader: FakeLoader, view_model: SlideViewModel, shown: list[DisplayedSlide],
) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0))
    view_model.want_detail(Box(600, 400))
    loader.deliver(request(0, Box(600, 400)))

    view_model.want_detail(Box(200, 100))

    assert [displayed.picture.image.width() for displayed in shown if displayed.picture] == [300, 600, 300]


# Regions

LAZY_FROM = Box(6000, 4000)
HUGE = Box(12_000, 8000)
PART = Region(2000, 1000, 600, 400)


def a_region(region: Region = PART, whole: Box = LAZY_FROM) -> Picture:
    return a_picture(Box(region.width, region.height), source=whole)._replace(place=Place(region.x, region.y, whole))


@pytest.fixture
def zoomed(session: Session, loader: FakeLoader, view_model: SlideViewModel,
           shown: list[DisplayedSlide]) -> SlideViewModel:
    """A photo of 24 megapixels at actual size; what was shown before is forgotten."""
    session.set_gallery(a_gallery(0, 1))
    loader.deliver(request(0), a_picture(CANVAS, source=LAZY_FROM))
    view_model.want_detail(LAZY_FROM, PART)
    shown.clear()
    return view_model


def test_what_is_looked_at_comes_first_and_then_the_whole(
    zoomed: SlideViewModel, loader: FakeLoader, shown: list[DisplayedSlide],
) -> None:
    assert loader.requests["current"] == (request(0, LAZY_FROM)._replace(region=PART),)
    part = loader.deliver(request(0, LAZY_FROM)._replace(region=PART), a_region())
    assert loader.requests["current"] == (request(0, LAZY_FROM),)
    assert [(displayed.near, displayed.picture and displayed.picture.image.width()) for displayed in shown] == [(part,
                                                                                                                 300)]
    whole = loader.deliver(request(0, LAZY_FROM), a_picture(LAZY_FROM))

    assert (zoomed.displayed.picture, zoomed.displayed.near) == (whole, None)


def test_of_a_huge_picture_only_regions_come(session: Session, loader: FakeLoader, view_model: SlideViewModel) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0), a_picture(CANVAS, source=HUGE))
    view_model.want_detail(HUGE, PART)
    loader.deliver(request(0, HUGE)._replace(region=PART), a_region(whole=HUGE))
    around = widened(PART, HUGE)
    assert requested(loader) == [request(0, HUGE)._replace(region=around)]
    near = loader.deliver(request(0, HUGE)._replace(region=around), a_region(around, HUGE))
    assert (requested(loader), view_model.displayed.near) == ([], near)
    further = PART._replace(x=8000)
    view_model.want_detail(HUGE, further)

    assert requested(loader) == [request(0, HUGE)._replace(region=further)]
    assert view_model.displayed.near == near
    view_model.want_detail(HUGE, PART._replace(y=1100))
    assert requested(loader) == []  # it is displayed


@given(st.integers(0, 11_900), st.integers(0, 7900), st.integers(1, 9000), st.integers(1, 9000))
def test_what_comes_around_a_region_holds_it_and_is_no_more_than_may_be(x: int, y: int, across: int, down: int) -> None:
    region = Region(x, y, min(across, HUGE.width - x), min(down, HUGE.height - y))
    around = widened(region, HUGE)

    assert around.x <= region.x
    assert around.y <= region.y
    assert region.x + region.width <= around.x + around.width <= HUGE.width
    assert region.y + region.height <= around.y + around.height <= HUGE.height
    assert around.width * around.height <= max(WHOLE_PIXELS, region.width * region.height)


def test_what_comes_around_the_middle_of_a_huge_picture_is_nearly_all_that_may_be() -> None:
    around = widened(Region(5000, 3000, 2760, 1840), HUGE)

    assert WHOLE_PIXELS - 30_000 < around.width * around.height <= WHOLE_PIXELS


def test_most_of_a_picture_comes_as_all_of_it(session: Session, loader: FakeLoader, view_model: SlideViewModel) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0), a_picture(CANVAS, source=Box(600, 400)))
    view_model.want_detail(Box(600, 400), Region(0, 0, 500, 300))

    assert requested(loader) == [request(0, Box(600, 400))]


def test_an_animation_comes_whole(session: Session, loader: FakeLoader, view_model: SlideViewModel) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0), a_picture(CANVAS, source=LAZY_FROM, frames=3))
    view_model.want_detail(LAZY_FROM, PART)

    assert loader.requests["current"] == (request(0, LAZY_FROM),)


def test_a_region_that_was_left_is_better_than_none_but_not_than_a_later_one(
    zoomed: SlideViewModel, loader: FakeLoader, shown: list[DisplayedSlide],
) -> None:
    further = PART._replace(x=2400)
    zoomed.want_detail(LAZY_FROM, further)
    loader.deliver(request(0, LAZY_FROM)._replace(region=PART), a_region())
    assert loader.requests["current"] == (request(0, LAZY_FROM)._replace(region=further),)
    second = loader.deliver(request(0, LAZY_FROM)._replace(region=further), a_region(further))
    loader.deliver(request(0, LAZY_FROM)._replace(region=PART), a_region())

    assert len(shown) == 2
    assert zoomed.displayed.near == second


def test_a_region_at_hand_is_shown_at_once(zoomed: SlideViewModel, loader: FakeLoader) -> None:
    further = PART._replace(x=2400)
    held = loader.put(request(0, LAZY_FROM)._replace(region=further), a_region(further))
    zoomed.want_detail(LAZY_FROM, further)

    assert zoomed.displayed.near == held
    assert loader.requests["current"] == (request(0, LAZY_FROM),)


def test_a_region_of_another_version_of_the_file_is_not_shown(
    zoomed: SlideViewModel, loader: FakeLoader, shown: list[DisplayedSlide],
) -> None:
    loader.deliver(request(0, LAZY_FROM)._replace(region=PART), a_region()._replace(identity=Identity(2, 2, 2)))

    assert (shown, zoomed.displayed.near) == ([], None)
    assert loader.requests["current"] == (request(0, LAZY_FROM),)


def test_a_region_of_a_slide_that_was_left_is_never_displayed(
    zoomed: SlideViewModel, session: Session, loader: FakeLoader, shown: list[DisplayedSlide],
) -> None:
    loader.put(request(1))
    session.step()
    loader.deliver(request(0, LAZY_FROM)._replace(region=PART), a_region())
    session.step(-1)
    loader.deliver(request(0, LAZY_FROM)._replace(region=PART), a_region())

    assert [displayed.near for displayed in shown] == [None, None]
    assert zoomed.displayed.near is None


def test_zoomed_out_again_nothing_more_is_asked_for(zoomed: SlideViewModel, loader: FakeLoader) -> None:
    zoomed.want_detail(CANVAS)

    assert loader.requests["current"] == ()


def test_the_next_slide_is_not_zoomed(session: Session, loader: FakeLoader, view_model: SlideViewModel) -> None:
    session.set_gallery(a_gallery(0, 1))
    loader.deliver(request(0))
    view_model.want_detail(Box(600, 400))

    session.step()

    assert loader.requests["current"] == (request(1),)


def test_a_replaced_picture_takes_the_place_of_the_one_shown(session: Session, loader: FakeLoader,
                                                             shown: list[DisplayedSlide]) -> None:
    session.set_gallery(a_gallery(0, 1))
    loader.deliver(request(0))
    fresh = a_picture(CANVAS, texts={"title": "new"})
    loader.replace(request(0), fresh)
    loader.replace(request(1), a_picture(CANVAS))

    assert [displayed.picture for displayed in shown[1:]] == [fresh]
    assert shown[-1].sharp


@pytest.mark.usefixtures("shown")
def test_a_replaced_picture_is_asked_for_at_the_size_that_it_is_looked_at(
    session: Session, loader: FakeLoader, view_model: SlideViewModel,
) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0))
    view_model.want_detail(Box(600, 400))
    loader.deliver(request(0, Box(600, 400)))
    loader.replace(request(0), a_picture(CANVAS))

    assert loader.requests["current"] == (request(0, Box(600, 400)),)
    assert view_model.displayed.picture == loader.pictures[request(0)]
    assert not view_model.displayed.sharp


def test_a_picture_that_is_replaced_by_a_damaged_file_becomes_a_placeholder(
    session: Session, loader: FakeLoader, view_model: SlideViewModel,
) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0))
    loader.failures[path(0)] = DAMAGED
    loader.replace(request(0), None)

    assert view_model.displayed.failure == DAMAGED
    assert view_model.displayed.picture is None


def test_an_animation_that_is_replaced_begins_anew(session: Session, loader: FakeLoader, view_model: SlideViewModel,
                                                   clock: ManualClock) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0), a_picture(CANVAS, frames=3, duration=100))
    loader.put(request(0)._replace(frame=1), a_picture(CANVAS, frames=3, duration=100))
    clock.advance(100)
    assert view_model.displayed.frame == 1
    fresh = a_picture(CANVAS, frames=2, duration=100)
    loader.replace(request(0), fresh)

    assert (view_model.displayed.frame, view_model.displayed.picture) == (0, fresh)
    second = loader.put(request(0)._replace(frame=1), a_picture(CANVAS, frames=2, duration=100))
    clock.advance(100)
    assert (view_model.displayed.frame, view_model.displayed.picture) == (1, second)


def test_a_refresh_asks_again_for_what_was_forgotten(
    session: Session, loader: FakeLoader, view_model: SlideViewModel, shown: list[DisplayedSlide],
) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0))
    loader.forget()
    loader.calls.clear()

    view_model.refresh()
    assert loader.calls[0] == ("current", (request(0),))
    loader.deliver(request(0), a_picture(CANVAS, frames=1, texts={"title": "new"}))

    assert [displayed.picture.texts for displayed in shown if displayed.picture] == [{}, {"title": "new"}]


def test_new_words_for_a_slide_are_displayed(session: Session, loader: FakeLoader, shown: list[DisplayedSlide]) -> None:
    session.set_gallery(a_gallery(0))
    loader.deliver(request(0))

    session.set_gallery(a_gallery(Slide("0.jpg", title="Liftoff")))

    assert [displayed.slide.title for displayed in shown if displayed.slide] == ["", "Liftoff"]


def test_shuffling_asks_for_other_neighbours(session: Session, loader: FakeLoader, view_model: SlideViewModel) -> None:
    session.set_gallery(a_gallery(*range(20)), start=5)
    assert view_model.displayed == BLANK

    session.set_shuffle(True)

    following = [session.peek(1), session.peek(2)]
    assert loader.requests["prefetch"] == tuple(request(n) for n in following if n is not None)


def test_nothing_is_waited_for_when_the_program_ends(
    session: Session, loader: FakeLoader, view_model: SlideViewModel, clock: ManualClock,
) -> None:
    for box in (CANVAS, Box(320, 300)):
        loader.put(request(0, box), a_picture(box, frames=5, duration=100))
    session.set_gallery(a_gallery(*range(9)))
    for width in (310, 320):
        view_model.set_box(Box(width, 300))
    session.step()
    session.go(0)
    assert clock.pending == 3  # the window's last size, the key held down, the next frame

    view_model.close()

    assert clock.pending == 0


def test_the_failure_of_a_thumbnail_alone_is_no_placeholder(
    session: Session, loader: FakeLoader, shown: list[DisplayedSlide],
) -> None:
    session.set_gallery(a_gallery(0))

    loader.failed.emit(request(0, THUMBNAIL), DAMAGED)
    assert shown == []
    loader.failed.emit(request(0), DAMAGED)

    assert [displayed.failure for displayed in shown] == [DAMAGED]


@pytest.mark.parametrize("box", [Box(0, 200), Box(300, 0)])
def test_an_empty_viewport_withdraws_its_requests(
    session: Session, loader: FakeLoader, view_model: SlideViewModel, box: Box,
) -> None:
    session.set_gallery(a_gallery(0, 1))
    assert requested(loader) == [request(0), request(1)]

    view_model.set_box(box)

    assert requested(loader) == []


def test_a_file_whose_placeholder_is_displayed_is_looked_at_again_until_it_is_put_right(
    session: Session, loader: FakeLoader, clock: ManualClock, shown: list[DisplayedSlide],
) -> None:
    session.set_gallery(a_gallery(0))
    loader.fail(request(0), DAMAGED)
    pending = clock.pending
    for _ in range(3):
        loader.request("current", [])
        clock.advance(RETRY_MS)
        assert loader.requests["current"] == (request(0),)
        loader.fail(request(0), DAMAGED)
    assert (len(shown), clock.pending) == (1, pending)

    loader.deliver(request(0))
    loader.request("current", [])
    clock.advance(2 * RETRY_MS)

    assert [displayed.failure for displayed in shown] == [DAMAGED, None]
    assert loader.requests["current"] == ()


def test_a_placeholder_that_has_been_left_is_not_looked_at_again(
    session: Session, loader: FakeLoader, clock: ManualClock, view_model: SlideViewModel,
) -> None:
    session.set_gallery(a_gallery(0, 1))
    loader.fail(request(0), DAMAGED)
    loader.put(request(1))
    session.step()
    clock.advance(2 * RETRY_MS)
    assert list(loader.requests["current"]) == []

    session.step()
    view_model.close()
    clock.advance(2 * RETRY_MS)
    assert list(loader.requests["current"]) == [request(0)]


def test_a_thumbnail_that_comes_of_a_file_whose_placeholder_is_displayed_has_it_looked_at_again_at_once(
    session: Session, loader: FakeLoader, clock: ManualClock, shown: list[DisplayedSlide],
) -> None:
    session.set_gallery(a_gallery(0))
    loader.fail(request(0), DAMAGED)
    pending = clock.pending
    loader.request("current", [])

    loader.deliver(request(0, THUMBNAIL))

    assert [displayed.failure for displayed in shown] == [DAMAGED]
    assert loader.requests["current"] == (request(0),)
    assert clock.pending == pending
    loader.deliver(request(0))
    assert [(displayed.failure, displayed.sharp) for displayed in shown] == [(DAMAGED, True), (None, True)]
