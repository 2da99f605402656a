from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes import a_picture
from tests.show.galleries import a_gallery, path
from viewer.gallery.model import Slide
from viewer.gallery.validity import Validity
from viewer.imaging.protocol.failures import Failure
from viewer.show.displayed_slide import DisplayedSlide
from viewer.show.player import Player
from viewer.show.slide_timer import ALL_FAILED_MS, LONGEST_ROUND_MS, PICTURE_TIMEOUT_MS

if TYPE_CHECKING:
    from tests.fakes import ManualClock
    from viewer.settings_store import SettingsStore
    from viewer.show.session import Session

MISSING = Failure("missing")
EXPIRED = Validity(until="2000-01-01")


class Canvas:
    """Stands in for view model and slide view: `show` displays the current slide."""

    def __init__(self, session: Session, player: Player) -> None:
        self.session = session
        self.player = player

    def show(self, *, sharp: bool = True, failure: Failure | None = None, animated: bool = False) -> None:
        slide = self.session.slide
        picture = None if failure else a_picture()
        self.player.slide_shown(DisplayedSlide(
            self.session.index, slide, self.session.path, picture, sharp, failure, animated=animated))


@pytest.fixture
def player(session: Session, settings: SettingsStore, clock: ManualClock) -> Player:
    settings.set("show/interval", "10")
    session.set_gallery(a_gallery(0, 1, 2))
    return Player(session, clock)


@pytest.fixture
def canvas(session: Session, player: Player) -> Canvas:
    return Canvas(session, player)


def sentences(player: Player) -> list[str]:
    heard: list[str] = []
    player.said.connect(lambda sentence: heard.append(sentence.replace("\N{NO-BREAK SPACE}", " ")))
    return heard


def test_nothing_moves_until_the_show_is_started(player: Player, canvas: Canvas, clock: ManualClock) -> None:
    canvas.show()

    assert (player.state, player.progress, player.remaining_ms) == ("stopped", 0.0, None)
    assert clock.pending == 0


def test_the_show_goes_on_when_the_time_of_the_slide_is_over(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    canvas.show()
    player.play()

    clock.advance(9_999)
    assert canvas.session.index == 0
    clock.advance(1)

    assert (canvas.session.index, canvas.session.why) == (1, "played")


def test_the_time_begins_when_the_sharp_picture_is_on_the_screen(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    player.play()
    clock.advance(60_000)
    canvas.show(sharp=False)
    clock.advance(60_000)
    assert (canvas.session.index, player.progress) == (0, 0.0)

    canvas.show()
    clock.advance(5_000)

    assert player.progress == 0.5
    assert player.remaining_ms == 5_000


def test_the_same_picture_at_another_size_does_not_begin_anew(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    player.play()
    canvas.show()
    clock.advance(6_000)

    canvas.show()

    assert player.remaining_ms == 4_000


def test_a_picture_that_was_left_is_not_timed(player: Player, canvas: Canvas) -> None:
    player.play()
    displayed = DisplayedSlide(2, None, path(2), a_picture(), sharp=True, failure=None)

    player.slide_shown(displayed)

    assert player.remaining_ms is None
    canvas.show()
    assert player.remaining_ms == 10_000


def test_paging_by_hand_begins_the_time_anew_and_the_show_goes_on(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    player.play()
    canvas.show()
    clock.advance(9_000)

    canvas.session.step()
    assert player.progress == 0.0
    canvas.show()
    clock.advance(9_000)

    assert (player.state, player.remaining_ms) == ("playing", 1_000)
    clock.advance(1_000)
    assert canvas.session.index == 2


def test_a_cached_picture_is_timed_whoever_hears_of_the_move_first(
    session: Session, settings: SettingsStore, clock: ManualClock,
) -> None:
    settings.set("show/interval", "10")
    session.set_gallery(a_gallery(0, 1, 2))
    early: list[Player] = []
    session.moved.connect(lambda: Canvas(session, early[0]).show())
    early.append(Player(session, clock))
    early[0].play()
    Canvas(session, early[0]).show()

    clock.advance(10_000)
    assert session.index == 1
    clock.advance(10_000)

    assert session.index == 2


def test_a_pause_freezes_the_time_and_the_progress(player: Player, canvas: Canvas, clock: ManualClock) -> None:
    player.play()
    canvas.show()
    clock.advance(4_000)

    player.pause()
    clock.advance(60_000)
    assert (player.state, player.progress, clock.pending) == ("paused", 0.4, 0)
    player.play()
    clock.advance(5_999)
    assert canvas.session.index == 0
    clock.advance(1)

    assert canvas.session.index == 1


def test_paging_during_a_pause_gives_the_new_slide_its_whole_time(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    player.play()
    canvas.show()
    clock.advance(4_000)
    player.pause()

    canvas.session.step()
    canvas.show()

    assert (player.progress, player.remaining_ms, clock.pending) == (0.0, 10_000, 0)
    player.play()
    clock.advance(10_000)
    assert canvas.session.index == 2


def test_going_on_before_the_picture_is_there_waits_for_it(player: Player, canvas: Canvas, clock: ManualClock) -> None:
    player.play()
    player.pause()
    player.play()
    clock.advance(50_000)
    assert canvas.session.index == 0

    canvas.show()

    assert player.remaining_ms == 10_000


def test_stopping_leaves_the_slide_and_no_timer(player: Player, canvas: Canvas, clock: ManualClock) -> None:
    states: list[str] = []
    player.state_changed.connect(states.append)
    player.toggle()
    canvas.show()
    clock.advance(4_000)

    player.toggle()

    assert (player.state, player.progress, clock.pending, canvas.session.index) == ("stopped", 0.0, 0, 0)
    assert states == ["playing", "stopped"]


def test_toggling_the_pause_starts_pauses_and_goes_on(player: Player, canvas: Canvas) -> None:
    canvas.show()
    heard = sentences(player)
    states = []
    for _ in range(3):
        player.toggle_pause()
        states.append(player.state)

    assert states == ["playing", "paused", "playing"]
    assert heard == ["10 s for each picture", "Paused", "Playing"]


def test_by_hand_nothing_is_timed(player: Player, canvas: Canvas, settings: SettingsStore, clock: ManualClock) -> None:
    settings.set("show/interval", "0")
    player.play()
    canvas.show()

    assert (player.state, player.remaining_ms, player.progress, clock.pending) == ("playing", None, 0.0, 0)


def test_a_show_in_a_loop_begins_again(player: Player, canvas: Canvas, clock: ManualClock) -> None:
    player.play()
    seen = []
    for _ in range(4):
        canvas.show()
        clock.advance(10_000)
        seen.append(canvas.session.index)

    assert seen == [1, 2, 0, 1]


def test_a_show_that_stops_says_so_and_starts_from_the_first_the_next_time(
    player: Player, canvas: Canvas, settings: SettingsStore, clock: ManualClock,
) -> None:
    settings.set("show/end", "stop")
    heard = sentences(player)
    ends: list[str] = []
    player.ended.connect(lambda: ends.append(player.state))
    canvas.session.go(2)
    canvas.show()
    canvas.session.go(1)
    canvas.show()
    player.play()

    clock.advance(10_000)
    canvas.show()
    clock.advance(10_000)
    assert (player.state, canvas.session.index, clock.pending) == ("stopped", 2, 0)
    assert (ends, heard[-1]) == (["stopped"], "That was the last picture.")
    player.play()

    assert (player.state, canvas.session.index) == ("playing", 0)


def test_a_show_that_holds_stays_on_its_last_picture_and_goes_on_from_wherever_it_is_paged_to(
    player: Player, canvas: Canvas, settings: SettingsStore, clock: ManualClock,
) -> None:
    settings.set("show/end", "hold")
    ends: list[str] = []
    player.ended.connect(lambda: ends.append(player.state))
    canvas.session.last()
    canvas.show()
    canvas.session.step(-1)
    canvas.show()
    player.play()
    clock.advance(10_000)
    canvas.show()
    clock.advance(10_000)
    assert (player.state, canvas.session.index, clock.pending) == ("playing", 2, 0)
    assert (player.progress, ends) == (1.0, ["playing"])

    player.toggle_pause()
    player.toggle_pause()
    assert clock.pending == 0
    canvas.session.first()
    canvas.show()
    clock.advance(10_000)

    assert canvas.session.index == 1


def test_a_show_that_held_goes_on_when_it_may_loop_and_ends_when_it_shall_stop(
    player: Player, canvas: Canvas, settings: SettingsStore, clock: ManualClock,
) -> None:
    for end, state, index in (("loop", "playing", 0), ("stop", "stopped", 2)):
        settings.set("show/end", "hold")
        player.stop()
        canvas.session.go(1)
        canvas.session.go(2)
        canvas.session.go(1)
        canvas.show()
        player.play()
        clock.advance(10_000)
        canvas.show()
        clock.advance(10_000)

        settings.set("show/end", end)

        assert (player.state, canvas.session.index) == (state, index)


def test_an_animated_picture_finishes_its_round(player: Player, canvas: Canvas, clock: ManualClock) -> None:
    player.play()
    canvas.show(animated=True)

    clock.advance(14_000)
    assert (canvas.session.index, player.progress) == (0, 1.0)
    player.animation_looped()

    assert canvas.session.index == 1


def test_an_animated_picture_that_finished_a_round_in_its_time_leaves_at_its_end(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    player.play()
    canvas.show(animated=True)
    clock.advance(3_000)
    player.animation_looped()
    assert canvas.session.index == 0

    clock.advance(7_000)

    assert canvas.session.index == 1


def test_a_round_that_ends_during_a_pause_is_remembered(player: Player, canvas: Canvas, clock: ManualClock) -> None:
    player.play()
    canvas.show(animated=True)
    clock.advance(12_000)
    player.pause()

    player.animation_looped()
    assert canvas.session.index == 0
    player.play()
    clock.advance(0)

    assert canvas.session.index == 1


def test_a_round_without_end_does_not_hold_the_show_for_ever(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    player.play()
    canvas.show(animated=True)

    clock.advance(10_000 + LONGEST_ROUND_MS)

    assert canvas.session.index == 1


def test_a_failed_slide_shows_its_placeholder_for_a_shorter_time(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    player.play()
    canvas.show(failure=MISSING)

    clock.advance(3_999)
    assert canvas.session.index == 0
    clock.advance(1)

    assert canvas.session.index == 1


def test_a_show_by_hand_stays_on_a_failed_slide(
    player: Player, canvas: Canvas, settings: SettingsStore, clock: ManualClock,
) -> None:
    settings.set("show/interval", "0")
    player.play()
    canvas.show(failure=MISSING)

    assert clock.pending == 0


def test_a_whole_round_of_failures_slows_the_show_down_and_is_said_once(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    heard = sentences(player)
    player.play()
    times = []
    for _ in range(8):
        canvas.show(failure=MISSING)
        times.append(player.remaining_ms)
        clock.advance(player.remaining_ms or 0)
    canvas.show()

    assert times == [4000, 4000] + [ALL_FAILED_MS] * 6
    assert heard == ["10 s for each picture", "None of the pictures can be shown."]
    assert player.remaining_ms == 10_000


def test_a_single_slide_that_fails_does_not_spin(
    session: Session, player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    session.set_gallery(a_gallery(0), keep=False)
    player.play()
    canvas.show(failure=MISSING)

    clock.advance(10 * ALL_FAILED_MS)

    assert (player.state, player.remaining_ms) == ("playing", ALL_FAILED_MS)


def test_a_single_slide_in_a_loop_is_timed_again_and_again(
    session: Session, player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    session.set_gallery(a_gallery(0), keep=False)
    player.play()
    canvas.show()

    clock.advance(34_000)

    assert (session.index, player.remaining_ms) == (0, 6_000)


def test_a_picture_that_never_comes_is_passed_over_in_the_end(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    player.play()

    clock.advance(PICTURE_TIMEOUT_MS)

    assert canvas.session.index == 1


def test_a_picture_that_never_comes_after_paging_or_a_pause_is_passed_over_too(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    player.play()
    canvas.show()
    canvas.session.step()
    clock.advance(PICTURE_TIMEOUT_MS)
    assert canvas.session.index == 2

    player.pause()
    player.play()
    clock.advance(PICTURE_TIMEOUT_MS)

    assert canvas.session.index == 0


def test_a_picture_that_came_is_not_waited_for_any_more(
    player: Player, canvas: Canvas, settings: SettingsStore, clock: ManualClock,
) -> None:
    settings.set("show/interval", "3600")
    player.play()
    canvas.show()

    clock.advance(3_599_999)

    assert (canvas.session.index, player.remaining_ms) == (0, 1)


def test_another_order_does_not_hurry_the_show(player: Player, canvas: Canvas, clock: ManualClock) -> None:
    player.play()
    canvas.show()
    clock.advance(4_000)

    canvas.session.set_shuffle(True)

    assert (canvas.session.index, player.remaining_ms) == (0, 6_000)


def test_the_progress_line_goes_back_when_the_slide_is_left(player: Player, canvas: Canvas, clock: ManualClock) -> None:
    told: list[float] = []
    player.play()
    canvas.show()
    clock.advance(4_000)
    player.progress_changed.connect(told.append)

    canvas.session.step()

    assert told == [0.0]


def test_without_slides_there_is_nothing_to_play(session: Session, player: Player, clock: ManualClock) -> None:
    session.set_gallery(a_gallery())
    heard = sentences(player)

    player.play()

    assert (player.state, clock.pending) == ("stopped", 0)
    assert heard == ["There is nothing to play."]


def test_a_show_whose_gallery_runs_empty_waits_for_the_next_one(
    session: Session, player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    player.play()
    canvas.show()

    session.set_gallery(a_gallery())
    canvas.show()
    assert (player.state, clock.pending) == ("playing", 0)
    session.set_gallery(a_gallery(0, 1))
    canvas.show()
    clock.advance(10_000)

    assert session.index == 1


def test_faster_and_slower_say_the_timing_and_keep_what_is_spent(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    heard = sentences(player)
    player.play()
    canvas.show()
    clock.advance(5_000)

    player.slower()
    assert (player.remaining_ms, player.progress) == (7_000, 5 / 12)
    player.faster()
    player.faster()

    assert player.remaining_ms == 3_000
    assert heard[1:] == ["12 s for each picture", "10 s for each picture", "8 s for each picture"]
    clock.advance(3_000)
    assert canvas.session.index == 1


def test_a_slide_that_had_its_time_already_is_not_snatched_away(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    player.play()
    canvas.show()
    clock.advance(8_500)

    player.faster()
    assert player.remaining_ms == 1_000
    player.faster()
    assert player.remaining_ms == 1_000
    clock.advance(800)
    player.faster()

    assert player.remaining_ms == 200


def test_the_reading_time_is_stretched_by_the_keys(player: Player, canvas: Canvas, settings: SettingsStore) -> None:
    settings.set("show/interval", "auto")
    heard = sentences(player)
    player.play()
    canvas.show()

    player.slower()
    player.slower()

    assert heard == ["As long as each caption takes to read", "Reading time × 1.25", "Reading time × 1.5"]
    assert player.remaining_ms == 15_000


def test_the_keys_hold_for_this_run_and_are_not_saved(player: Player, settings: SettingsStore) -> None:
    player.slower()

    assert settings.text("show/interval") == "12"
    assert type(settings)(settings.path).text("show/interval") == "10"


def test_a_show_by_hand_made_faster_begins_to_run(
    player: Player, canvas: Canvas, settings: SettingsStore, clock: ManualClock,
) -> None:
    settings.set("show/interval", "0")
    player.play()
    canvas.show()
    clock.advance(3_600_000)

    player.faster()

    assert (player.remaining_ms, player.progress) == (10_000, 0.0)
    settings.set("show/interval", "0")
    assert clock.pending == 0


def test_the_keys_work_during_a_pause_too(player: Player, canvas: Canvas, clock: ManualClock) -> None:
    player.play()
    canvas.show()
    clock.advance(5_000)
    player.pause()

    player.slower()

    assert (player.remaining_ms, clock.pending) == (7_000, 0)


def test_another_language_takes_another_time_to_read(
    session: Session, player: Player, canvas: Canvas, settings: SettingsStore,
) -> None:
    settings.set("show/interval", "auto")
    settings.set("caption/language", "en")
    session.set_gallery(a_gallery(Slide("0.jpg", caption={"en": "word " * 60, "ru": "слово " * 90})), keep=False)
    player.play()
    canvas.show()
    assert player.remaining_ms == 32_000

    settings.set("caption/language", "ru")

    assert player.remaining_ms == 44_000


def test_a_caption_that_scrolls_has_all_of_its_reading_time(
    session: Session, player: Player, canvas: Canvas, settings: SettingsStore,
) -> None:
    settings.set("show/interval", "auto")
    session.set_gallery(a_gallery(Slide("0.jpg", caption="word " * 300)), keep=False)
    player.play()
    canvas.show()
    assert player.remaining_ms == 60_000

    player.set_caption_scrolls(True)
    assert player.remaining_ms == 128_000

    player.set_caption_scrolls(False)
    assert player.remaining_ms == 60_000


def test_a_time_in_seconds_is_kept_whether_the_caption_scrolls_or_not(
    session: Session, player: Player, canvas: Canvas,
) -> None:
    session.set_gallery(a_gallery(Slide("0.jpg", caption="word " * 300)), keep=False)
    player.set_caption_scrolls(True)
    player.play()
    canvas.show()

    assert player.remaining_ms == 10_000


def test_a_caption_that_scrolls_is_waited_for_where_that_is_wanted(
    session: Session, player: Player, canvas: Canvas, settings: SettingsStore,
) -> None:
    settings.set("show/read-to-end", True)
    session.set_gallery(a_gallery(Slide("1.jpg", caption="word " * 300, duration=5)), keep=False)
    canvas.show()
    player.play()
    assert player.remaining_ms == 5000

    player.set_caption_scrolls(True)
    assert player.remaining_ms == 8000 + 300 * 400

    player.set_caption_scrolls(False)
    assert player.remaining_ms == 5000
    settings.set("show/read-to-end", False)
    player.set_caption_scrolls(True)
    assert player.remaining_ms == 5000


def test_a_caption_that_fits_has_all_of_its_reading_time_where_that_is_wanted(
    session: Session, player: Player, canvas: Canvas, settings: SettingsStore,
) -> None:
    settings.set("show/interval", "auto")
    session.set_gallery(a_gallery(Slide("1.jpg", caption="word " * 200)), keep=False)
    canvas.show()
    player.play()
    assert player.remaining_ms == 60_000

    player.stop()
    settings.set("show/read-to-end", True)
    player.play()

    assert player.remaining_ms == 8000 + 200 * 400


def test_the_progress_is_told_ten_times_a_second_at_most_and_only_while_it_moves(
    player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    told: list[float] = []
    player.progress_changed.connect(told.append)
    player.play()
    canvas.show()

    clock.advance(1_000)
    assert told == pytest.approx([n / 100 for n in range(11)])
    player.pause()
    clock.advance(5_000)

    assert told[-1] == 0.1
    assert len(told) == 12


def test_the_progress_of_a_long_slide_is_told_once_a_second(
    player: Player, canvas: Canvas, settings: SettingsStore, clock: ManualClock,
) -> None:
    settings.set("show/interval", "3600")
    told: list[float] = []
    player.play()
    canvas.show()
    player.progress_changed.connect(told.append)

    clock.advance(10_000)

    assert len(told) == 10


def test_only_the_running_show_crossfades_and_never_for_more_than_half_the_time(
    player: Player, canvas: Canvas, settings: SettingsStore, clock: ManualClock,
) -> None:
    def transition() -> int:
        session = canvas.session
        return player.transition_ms(DisplayedSlide(session.index, session.slide, session.path, a_picture(), True, None))

    player.play()
    canvas.show()
    assert transition() == 0
    clock.advance(10_000)
    assert transition() == 800
    settings.set("show/interval", "1")
    assert transition() == 500
    settings.set("show/transition", "cut")
    assert transition() == 0
    settings.set("show/transition", "crossfade")
    canvas.session.step()
    assert transition() == 0


def test_a_show_that_begins_on_a_slide_that_has_expired_moves_on_at_once(
    session: Session, player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    session.set_gallery(a_gallery(Slide("0.jpg", valid=EXPIRED), 1, 2), keep=False)
    canvas.show()

    player.play()
    clock.advance(0)
    assert (session.index, session.why) == (1, "played")
    canvas.show()

    assert player.remaining_ms == 10_000


def test_a_playing_show_whose_slide_has_expired_in_a_new_version_moves_on_at_once(
    session: Session, player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    player.play()
    canvas.show()
    heard: list[tuple[int, str]] = []
    session.moved.connect(lambda index, why: heard.append((index, why)))

    session.set_gallery(a_gallery(Slide("0.jpg", valid=EXPIRED), 1, 2))
    canvas.show()
    clock.advance(0)

    assert heard == [(0, "gallery"), (1, "played")]


@pytest.mark.parametrize("count", [2, 200])
def test_a_show_of_slides_that_have_all_expired_plays_the_one_it_is_at(
    session: Session, player: Player, canvas: Canvas, settings: SettingsStore, clock: ManualClock, count: int,
) -> None:
    settings.set("show/end", "stop")
    session.set_gallery(a_gallery(*(Slide(f"{number}.jpg", valid=EXPIRED) for number in range(count))), keep=False)
    player.play()
    canvas.show()

    clock.advance(9_999)
    assert (player.state, session.index) == ("playing", 0)
    clock.advance(1)

    assert (player.state, session.index) == ("stopped", 0)


def test_a_show_ends_where_all_that_follows_has_expired(
    session: Session, player: Player, canvas: Canvas, settings: SettingsStore, clock: ManualClock,
) -> None:
    settings.set("show/end", "stop")
    session.set_gallery(a_gallery(0, 1, Slide("2.jpg", valid=EXPIRED)), keep=False)
    player.play()
    canvas.show()
    clock.advance(10_000)
    canvas.show()
    clock.advance(10_000)

    assert (player.state, session.index) == ("stopped", 1)


def test_a_next_slide_that_is_far_away_is_waited_for(
    session: Session, player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    following: list[int] = []
    player.next_changed.connect(following.append)
    expired = [Slide(f"{number}.jpg", valid=EXPIRED) for number in range(1, 200)]
    session.set_gallery(a_gallery(0, *expired, 200), keep=False)
    player.play()
    canvas.show()
    assert following == [], "it is searched for in other turns of the event loop"
    player.animation_looped()

    clock.advance(0)
    assert (session.index, following) == (0, [200])
    clock.advance(10_000)

    assert session.index == 200
    player.stop()
    assert following == [200, 0, -1]


def test_a_slide_whose_time_is_over_leaves_as_soon_as_the_next_is_known(
    session: Session, player: Player, canvas: Canvas, clock: ManualClock,
) -> None:
    expired = [Slide(f"{number}.jpg", valid=EXPIRED) for number in range(199)]
    session.set_gallery(a_gallery(*expired, 199), keep=False)
    canvas.show()

    player.play()
    assert session.index == 0
    clock.advance(0)

    assert (session.index, session.why) == (199, "played")
