from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes import a_picture
from tests.show.galleries import a_gallery, path
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.protocol.failures import Failure
from viewer.imaging.protocol.messages import Box
from viewer.show.player import Player
from viewer.show.slide_view_model import SlideViewModel

if TYPE_CHECKING:
    from tests.fakes import FakeLoader, ManualClock
    from viewer.settings_store import SettingsStore
    from viewer.show.displayed_slide import DisplayedSlide
    from viewer.show.session import Session

CANVAS = Box(300, 200)


class Recorder:
    """A slide view model, and what it displayed: each frame, and when."""

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
        self.view_model.displayed_changed.connect(self._shown)
        self.view_model.displayed_changed.connect(self.changes.append)
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
def recorder(session: Session, loader: FakeLoader, settings: SettingsStore, clock: ManualClock) -> Recorder:
    return Recorder(session, loader, settings, clock)


def test_each_frame_is_seen_for_its_time_and_the_last_is_followed_by_the_first(recorder: Recorder) -> None:
    recorder.put(3)

    recorder.session.set_gallery(a_gallery(0))
    recorder.clock.advance(350)

    assert recorder.frames == [(0, 0), (1, 100), (2, 200), (0, 300)]
    assert recorder.rounds == [300]
    assert all(view.animated and view.sharp for view in recorder.views)


def test_another_frame_is_no_other_slide(recorder: Recorder) -> None:
    recorder.put(3)

    recorder.session.set_gallery(a_gallery(0))
    recorder.clock.advance(350)

    assert [view.frame for view in recorder.changes] == [0]
    assert recorder.view_model.displayed.frame == 0
    assert recorder.view_model.displayed == recorder.views[-1]


def test_a_still_picture_needs_no_timer(recorder: Recorder) -> None:
    recorder.put(1)

    recorder.session.set_gallery(a_gallery(0))

    assert recorder.clock.pending == 0
    assert not recorder.views[0].animated


def test_a_few_frames_are_decoded_ahead(recorder: Recorder) -> None:
    recorder.put(9)
    recorder.session.set_gallery(a_gallery(0))
    assert recorder.ahead() == [1, 2, 3]

    recorder.clock.advance(700)

    assert recorder.ahead() == [8, 0, 1]


def test_of_two_frames_only_the_other_one_is_requested(recorder: Recorder) -> None:
    recorder.put(2)
    recorder.session.set_gallery(a_gallery(0))
    assert recorder.ahead() == [1]

    recorder.clock.advance(100)

    assert recorder.ahead() == [0]


def test_a_late_frame_is_waited_for_and_then_has_its_whole_time(recorder: Recorder) -> None:
    recorder.put(3, at_hand=1)
    recorder.session.set_gallery(a_gallery(0))
    recorder.clock.advance(500)
    assert recorder.frames == [(0, 0)]

    recorder.deliver(1, 3)
    recorder.deliver(2, 3)
    recorder.clock.advance(99)
    assert recorder.frames == [(0, 0), (1, 500)]
    recorder.clock.advance(1)

    assert recorder.frames[-1] == (2, 600)


def test_an_early_frame_waits_for_its_time(recorder: Recorder) -> None:
    recorder.put(3, at_hand=1)
    recorder.session.set_gallery(a_gallery(0))

    recorder.deliver(1, 3)
    assert recorder.frames == [(0, 0)]
    recorder.clock.advance(100)

    assert recorder.frames == [(0, 0), (1, 100)]


@pytest.mark.parametrize(("duration", "second"), [(0, 100), (1, 20), (20, 20)])
def test_a_frame_without_a_time_or_with_hardly_any_is_seen_all_the_same(
    recorder: Recorder, duration: int, second: int,
) -> None:
    recorder.put(2, duration=duration)

    recorder.session.set_gallery(a_gallery(0))
    recorder.clock.advance(second)

    assert recorder.frames == [(0, 0), (1, second)]


def test_an_animation_ends_on_its_last_frame_when_it_was_shown_as_often_as_it_says(recorder: Recorder) -> None:
    recorder.put(2, loops=2)

    recorder.session.set_gallery(a_gallery(0))
    recorder.clock.advance(10_000)

    assert recorder.frames == [(0, 0), (1, 100), (0, 200), (1, 300)]
    assert recorder.rounds == [200, 400]
    assert (recorder.clock.pending, recorder.ahead()) == (0, [])


def test_leaving_the_slide_ends_the_animation(recorder: Recorder) -> None:
    recorder.put(3)
    recorder.session.set_gallery(a_gallery(0, 1))
    recorder.clock.advance(150)

    recorder.session.step()
    recorder.clock.advance(10_000)

    assert (recorder.clock.pending, recorder.ahead()) == (0, [])
    assert len(recorder.frames) == 2


def test_an_animation_can_be_stopped_and_goes_on_where_it_was(recorder: Recorder) -> None:
    recorder.put(3)
    recorder.session.set_gallery(a_gallery(0))
    recorder.clock.advance(150)

    recorder.view_model.set_running(False)
    recorder.view_model.set_running(False)
    recorder.clock.advance(10_000)
    assert (recorder.clock.pending, recorder.ahead(), recorder.rounds) == (0, [], [150])
    recorder.view_model.set_running(True)
    recorder.clock.advance(100)

    assert [frame for frame, _ in recorder.frames] == [0, 1, 2]


def test_a_picture_that_comes_up_while_nothing_may_move_is_not_animated(recorder: Recorder) -> None:
    recorder.put(3)
    recorder.view_model.set_running(False)

    recorder.session.set_gallery(a_gallery(0))
    assert (recorder.views[0].animated, recorder.clock.pending) == (False, 0)
    recorder.view_model.set_running(True)
    recorder.clock.advance(100)

    assert recorder.frames[-1][0] == 1


@pytest.mark.parametrize("early", [True, False])
def test_a_frame_that_cannot_be_decoded_ends_the_animation_where_it_is(recorder: Recorder, early: bool) -> None:
    recorder.put(3, at_hand=1)
    recorder.session.set_gallery(a_gallery(0))
    recorder.clock.advance(50 if early else 150)

    recorder.loader.fail(PictureRequest(path(0), CANVAS, 1), Failure("damaged"))
    recorder.loader.fail(PictureRequest(path(5), CANVAS, 1), Failure("damaged"))
    recorder.clock.advance(1000)

    assert recorder.frames == [(0, 0)]
    assert recorder.rounds == [100 if early else 150]
    assert (recorder.clock.pending, recorder.view_model.displayed.failure) == (0, None)


def test_a_larger_viewport_gets_larger_frames_without_beginning_anew(recorder: Recorder) -> None:
    recorder.put(4)
    recorder.put(4, box=Box(450, 300))
    recorder.session.set_gallery(a_gallery(0))
    recorder.clock.advance(150)

    recorder.view_model.set_box(Box(450, 300))
    recorder.clock.advance(100)

    widths = [view.picture.image.width() for view in recorder.views if view.picture]
    assert ([frame for frame, _ in recorder.frames], widths) == ([0, 1, 2], [300, 300, 450])


def test_a_frame_on_which_an_animation_stands_is_decoded_for_a_larger_viewport(recorder: Recorder) -> None:
    recorder.put(2, loops=1)
    recorder.session.set_gallery(a_gallery(0))
    recorder.clock.advance(1000)

    recorder.view_model.set_box(Box(450, 300))
    wanted = PictureRequest(path(0), Box(450, 300), 1)
    assert recorder.loader.requests["current"] == (wanted,)
    recorder.loader.deliver(wanted, a_picture(Box(450, 300), frames=2, duration=100, loops=1))

    assert (recorder.frames[-1][0], recorder.clock.pending) == (1, 0)
    assert recorder.views[-1].picture is not None
    assert recorder.views[-1].picture.image.width() == 450


def test_an_answer_for_another_size_does_not_disturb_a_running_animation(recorder: Recorder) -> None:
    recorder.put(3)
    recorder.session.set_gallery(a_gallery(0))
    recorder.clock.advance(150)

    recorder.loader.deliver(PictureRequest(path(0), CANVAS), a_picture(CANVAS, frames=3))

    assert [frame for frame, _ in recorder.frames] == [0, 1]


def test_a_playing_show_leaves_an_animation_at_the_end_of_a_round(recorder: Recorder, settings: SettingsStore) -> None:
    settings.set("show/interval", "1")
    player = Player(recorder.session, recorder.clock)
    recorder.view_model.displayed_changed.connect(player.slide_shown)
    recorder.view_model.animation_looped.connect(player.animation_looped)
    recorder.put(7, duration=200)
    recorder.session.set_gallery(a_gallery(0, 1))
    player.play()

    recorder.clock.advance(1399)
    assert recorder.session.index == 0
    recorder.clock.advance(1)

    assert recorder.session.index == 1
    assert recorder.ahead() == []
    player.stop()
    assert recorder.clock.pending == 0


def test_a_broken_frame_of_one_picture_says_nothing_about_another(recorder: Recorder) -> None:
    recorder.put(3, at_hand=1)
    recorder.loader.put(PictureRequest(path(1), CANVAS), a_picture(CANVAS, frames=3, duration=100))
    recorder.session.set_gallery(a_gallery(0, 1))
    recorder.loader.fail(PictureRequest(path(0), CANVAS, 1), Failure("damaged"))
    recorder.session.step()

    recorder.clock.advance(150)
    assert recorder.rounds == []
    recorder.loader.deliver(PictureRequest(path(1), CANVAS, 1), a_picture(CANVAS, frames=3, duration=100))

    assert recorder.frames[-1] == (1, 150)


def test_a_first_frame_at_another_size_begins_anew_and_only_once(recorder: Recorder) -> None:
    larger = Box(450, 300)
    recorder.put(3)
    recorder.session.set_gallery(a_gallery(0))
    recorder.clock.advance(50)

    recorder.view_model.set_box(larger)
    assert [request.box for request in recorder.loader.requests["animation"]] == [larger, larger]
    recorder.loader.deliver(PictureRequest(path(0), larger), a_picture(larger, frames=3, duration=100))

    assert recorder.clock.pending == 1


def test_whoever_stops_the_animation_at_the_end_of_a_round_is_obeyed(recorder: Recorder) -> None:
    recorder.put(2)
    recorder.view_model.animation_looped.connect(lambda: recorder.view_model.set_running(False))
    recorder.session.set_gallery(a_gallery(0))

    recorder.clock.advance(1000)

    assert [frame for frame, _ in recorder.frames] == [0, 1]
    assert recorder.clock.pending == 0
