from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes import a_picture
from tests.show.galleries import a_gallery, path
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.protocol.failures import Failure
from viewer.imaging.protocol.messages import Box
from viewer.show.player import Player
from viewer.show.slide_view_model import DisplayedSlide, SlideViewModel

if TYPE_CHECKING:
    from tests.fakes import FakeLoader, ManualClock
    from viewer.settings_store import SettingsStore
    from viewer.show.session import Session

CANVAS = Box(300, 200)


class Theatre:
    """A projector, and what it did: the frames it showed and the time it showed them at."""

    def __init__(self, session: Session, loader: FakeLoader, settings: SettingsStore, clock: ManualClock) -> None:
        self.session, self.loader, self.clock = session, loader, clock
        self.view_model = SlideViewModel(session, loader, settings, clock)
        self.view_model.set_box(CANVAS)
        self.frames: list[tuple[int, int]] = []
        self.views: list[DisplayedSlide] = []
        self.rounds: list[int] = []
        clock.advance(1000)
        self.start = clock.now()
        self.changes: list[DisplayedSlide] = []
        self.view_model.show.connect(self._shown)
        self.view_model.show.connect(self.changes.append)
        self.view_model.frame_changed.connect(self._shown)
        self.view_model.animation_looped.connect(lambda: self.rounds.append(clock.now() - self.start))

    def _shown(self, view: DisplayedSlide) -> None:
        self.views.append(view)
        self.frames.append((view.frame, self.clock.now() - self.start))

    def put(self, count: int, *, at_hand: int | None = None, duration: int = 100, loops: int = 0,
            box: Box = CANVAS) -> None:
        """Slide 0 is an animation of `count` frames, the first `at_hand` of them decoded already."""
        for frame in range(count if at_hand is None else at_hand):
            self.loader.put(PictureRequest(path(0), box, frame),
                            a_picture(box, frames=count, duration=duration, loops=loops))

    def deliver(self, frame: int, count: int) -> None:
        self.loader.deliver(PictureRequest(path(0), CANVAS, frame), a_picture(CANVAS, frames=count, duration=100))

    def ahead(self) -> list[int]:
        return [request.frame for request in self.loader.requests["animation"]]


@pytest.fixture
def theatre(session: Session, loader: FakeLoader, settings: SettingsStore, clock: ManualClock) -> Theatre:
    return Theatre(session, loader, settings, clock)


def test_each_frame_is_seen_for_its_time_and_the_last_is_followed_by_the_first(theatre: Theatre) -> None:
    theatre.put(3)

    theatre.session.set_gallery(a_gallery(0))
    theatre.clock.advance(350)

    assert theatre.frames == [(0, 0), (1, 100), (2, 200), (0, 300)]
    assert theatre.rounds == [300]
    assert all(view.animated and view.sharp for view in theatre.views)


def test_another_frame_is_no_other_slide(theatre: Theatre) -> None:
    theatre.put(3)

    theatre.session.set_gallery(a_gallery(0))
    theatre.clock.advance(350)

    assert [view.frame for view in theatre.changes] == [0]
    assert theatre.view_model.displayed.frame == 0
    assert theatre.view_model.displayed == theatre.views[-1]


def test_a_still_picture_needs_no_timer(theatre: Theatre) -> None:
    theatre.put(1)

    theatre.session.set_gallery(a_gallery(0))

    assert theatre.clock.pending == 0
    assert not theatre.views[0].animated


def test_a_few_frames_are_decoded_ahead(theatre: Theatre) -> None:
    theatre.put(9)
    theatre.session.set_gallery(a_gallery(0))
    assert theatre.ahead() == [1, 2, 3]

    theatre.clock.advance(700)

    assert theatre.ahead() == [8, 0, 1]


def test_of_two_frames_only_the_other_one_is_wished_for(theatre: Theatre) -> None:
    theatre.put(2)
    theatre.session.set_gallery(a_gallery(0))
    assert theatre.ahead() == [1]

    theatre.clock.advance(100)

    assert theatre.ahead() == [0]


def test_a_late_frame_is_waited_for_and_then_has_its_whole_time(theatre: Theatre) -> None:
    theatre.put(3, at_hand=1)
    theatre.session.set_gallery(a_gallery(0))
    theatre.clock.advance(500)
    assert theatre.frames == [(0, 0)]

    theatre.deliver(1, 3)
    theatre.deliver(2, 3)
    theatre.clock.advance(99)
    assert theatre.frames == [(0, 0), (1, 500)]
    theatre.clock.advance(1)

    assert theatre.frames[-1] == (2, 600)


def test_an_early_frame_waits_for_its_time(theatre: Theatre) -> None:
    theatre.put(3, at_hand=1)
    theatre.session.set_gallery(a_gallery(0))

    theatre.deliver(1, 3)
    assert theatre.frames == [(0, 0)]
    theatre.clock.advance(100)

    assert theatre.frames == [(0, 0), (1, 100)]


@pytest.mark.parametrize(("duration", "second"), [(0, 100), (1, 20), (20, 20)])
def test_a_frame_without_a_time_or_with_hardly_any_is_seen_all_the_same(theatre: Theatre, duration: int,
                                                                       second: int) -> None:
    theatre.put(2, duration=duration)

    theatre.session.set_gallery(a_gallery(0))
    theatre.clock.advance(second)

    assert theatre.frames == [(0, 0), (1, second)]


def test_an_animation_ends_on_its_last_frame_when_it_was_shown_as_often_as_it_says(theatre: Theatre) -> None:
    theatre.put(2, loops=2)

    theatre.session.set_gallery(a_gallery(0))
    theatre.clock.advance(10_000)

    assert theatre.frames == [(0, 0), (1, 100), (0, 200), (1, 300)]
    assert theatre.rounds == [200, 400]
    assert (theatre.clock.pending, theatre.ahead()) == (0, [])


def test_turning_the_page_ends_the_animation(theatre: Theatre) -> None:
    theatre.put(3)
    theatre.session.set_gallery(a_gallery(0, 1))
    theatre.clock.advance(150)

    theatre.session.step()
    theatre.clock.advance(10_000)

    assert (theatre.clock.pending, theatre.ahead()) == (0, [])
    assert len(theatre.frames) == 2


def test_an_animation_can_be_stopped_and_goes_on_where_it_was(theatre: Theatre) -> None:
    theatre.put(3)
    theatre.session.set_gallery(a_gallery(0))
    theatre.clock.advance(150)

    theatre.view_model.set_running(False)
    theatre.view_model.set_running(False)
    theatre.clock.advance(10_000)
    assert (theatre.clock.pending, theatre.ahead(), theatre.rounds) == (0, [], [150])
    theatre.view_model.set_running(True)
    theatre.clock.advance(100)

    assert [frame for frame, _ in theatre.frames] == [0, 1, 2]


def test_a_picture_that_comes_up_while_nothing_may_move_is_not_animated(theatre: Theatre) -> None:
    theatre.put(3)
    theatre.view_model.set_running(False)

    theatre.session.set_gallery(a_gallery(0))
    assert (theatre.views[0].animated, theatre.clock.pending) == (False, 0)
    theatre.view_model.set_running(True)
    theatre.clock.advance(100)

    assert theatre.frames[-1][0] == 1


@pytest.mark.parametrize("early", [True, False])
def test_a_frame_that_cannot_be_decoded_ends_the_animation_where_it_is(theatre: Theatre, early: bool) -> None:
    theatre.put(3, at_hand=1)
    theatre.session.set_gallery(a_gallery(0))
    theatre.clock.advance(50 if early else 150)

    theatre.loader.fail(PictureRequest(path(0), CANVAS, 1), Failure("damaged"))
    theatre.loader.fail(PictureRequest(path(5), CANVAS, 1), Failure("damaged"))
    theatre.clock.advance(1000)

    assert theatre.frames == [(0, 0)]
    assert theatre.rounds == [100 if early else 150]
    assert (theatre.clock.pending, theatre.view_model.displayed.failure) == (0, None)


def test_a_larger_glass_gets_larger_frames_without_beginning_anew(theatre: Theatre) -> None:
    theatre.put(4)
    theatre.put(4, box=Box(450, 300))
    theatre.session.set_gallery(a_gallery(0))
    theatre.clock.advance(150)

    theatre.view_model.set_box(Box(450, 300))
    theatre.clock.advance(100)

    widths = [view.picture.image.width() for view in theatre.views if view.picture]
    assert ([frame for frame, _ in theatre.frames], widths) == ([0, 1, 2], [300, 300, 450])


def test_a_frame_on_which_an_animation_stands_is_decoded_for_a_larger_glass(theatre: Theatre) -> None:
    theatre.put(2, loops=1)
    theatre.session.set_gallery(a_gallery(0))
    theatre.clock.advance(1000)

    theatre.view_model.set_box(Box(450, 300))
    wanted = PictureRequest(path(0), Box(450, 300), 1)
    assert theatre.loader.requests["current"] == (wanted,)
    theatre.loader.deliver(wanted, a_picture(Box(450, 300), frames=2, duration=100, loops=1))

    assert (theatre.frames[-1][0], theatre.clock.pending) == (1, 0)
    assert theatre.views[-1].picture is not None
    assert theatre.views[-1].picture.image.width() == 450


def test_an_answer_for_another_size_does_not_disturb_a_running_animation(theatre: Theatre) -> None:
    theatre.put(3)
    theatre.session.set_gallery(a_gallery(0))
    theatre.clock.advance(150)

    theatre.loader.deliver(PictureRequest(path(0), CANVAS), a_picture(CANVAS, frames=3))

    assert [frame for frame, _ in theatre.frames] == [0, 1]


def test_a_playing_show_leaves_an_animation_at_the_end_of_a_round(theatre: Theatre, settings: SettingsStore) -> None:
    settings.set("show/interval", "1")
    player = Player(theatre.session, theatre.clock)
    theatre.view_model.show.connect(player.slide_shown)
    theatre.view_model.animation_looped.connect(player.animation_looped)
    theatre.put(7, duration=200)
    theatre.session.set_gallery(a_gallery(0, 1))
    player.play()

    theatre.clock.advance(1399)
    assert theatre.session.index == 0
    theatre.clock.advance(1)

    assert theatre.session.index == 1
    assert theatre.ahead() == []
    player.stop()
    assert theatre.clock.pending == 0


def test_a_broken_frame_of_one_picture_says_nothing_about_another(theatre: Theatre) -> None:
    theatre.put(3, at_hand=1)
    theatre.loader.put(PictureRequest(path(1), CANVAS), a_picture(CANVAS, frames=3, duration=100))
    theatre.session.set_gallery(a_gallery(0, 1))
    theatre.loader.fail(PictureRequest(path(0), CANVAS, 1), Failure("damaged"))
    theatre.session.step()

    theatre.clock.advance(150)
    assert theatre.rounds == []
    theatre.loader.deliver(PictureRequest(path(1), CANVAS, 1), a_picture(CANVAS, frames=3, duration=100))

    assert theatre.frames[-1] == (1, 150)


def test_a_first_frame_at_another_size_begins_anew_and_only_once(theatre: Theatre) -> None:
    larger = Box(450, 300)
    theatre.put(3)
    theatre.session.set_gallery(a_gallery(0))
    theatre.clock.advance(50)

    theatre.view_model.set_box(larger)
    assert [request.box for request in theatre.loader.requests["animation"]] == [larger, larger]
    theatre.loader.deliver(PictureRequest(path(0), larger), a_picture(larger, frames=3, duration=100))

    assert theatre.clock.pending == 1


def test_whoever_stops_the_animation_at_the_end_of_a_round_is_obeyed(theatre: Theatre) -> None:
    theatre.put(2)
    theatre.view_model.animation_looped.connect(lambda: theatre.view_model.set_running(False))
    theatre.session.set_gallery(a_gallery(0))

    theatre.clock.advance(1000)

    assert [frame for frame, _ in theatre.frames] == [0, 1]
    assert theatre.clock.pending == 0
