from __future__ import annotations

import os
import select
import signal
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from tests.processes import children, runs
from tests.supervisor.written import Written
from viewer.kiosk.disk_thread import DiskThread
from viewer.kiosk.set_aside import read_set_aside
from viewer.supervisor.edge_log import EdgeLog
from viewer.supervisor.limits import Limits
from viewer.supervisor.show_process import ShowCommand
from viewer.supervisor.watched_show import UNKILLABLE, Surroundings, WatchedShow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LIMITS = Limits()
NO_DISPLAY = "There is no screen: no X server answers at DISPLAY :99."


class Watch:
    """A watched show of a stand-in, on a clock that stands still until it is moved."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.time = 1000.0
        self.said = Written()
        self.no_display: str | None = None
        self.folder = folder
        self.disk = DiskThread()
        program = (sys.executable, "-m", "tests.supervisor.stand_in")
        command = ShowCommand(program, ("--folder", str(folder), *words))
        log = EdgeLog(lambda: self.time, self.said.write)
        self.show = WatchedShow(0, folder, Surroundings(command, LIMITS, lambda: self.no_display, log.say, self.disk,
                                                        lambda: self.time))
        self.show.advance()

    @property
    def pid(self) -> int:
        process = self.show._process
        assert process is not None
        return process.pid

    def until(self, phase: str) -> None:
        """Hear what comes until the show is in `phase`; no time passes meanwhile."""
        for _ in range(2000):
            if self.show.phase == phase:
                return
            select.select(self.show.descriptors, [], [], 0.05)  # an end is no event of a descriptor's
            self.show.advance()
        raise AssertionError(f"it is {self.show.phase}: {self.said}")

    def pass_time(self, seconds: float) -> None:
        self.time += seconds
        self.show.advance()

    @property
    def log(self) -> str:
        assert self.disk.wait(30)
        return (self.folder / "show.log").read_text()

    def close(self) -> None:
        self.show.stop()
        if self.show.phase == "stopping":
            os.killpg(self.pid, signal.SIGKILL)
            self.until("ended")
        self.disk.close()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Watch]]:
    watches: list[Watch] = []

    def begin(*words: str) -> Watch:
        watches.append(Watch(tmp_path, *words))
        return watches[-1]

    yield begin
    for one in watches:
        one.close()


def test_a_show_that_was_killed_is_started_again_after_half_a_second(watch: Callable[..., Watch]) -> None:
    one = watch("paint=60000", "wait")
    one.until("playing")
    before = one.pid

    os.kill(before, signal.SIGKILL)
    one.until("waiting")
    one.pass_time(0.4)
    assert one.show.phase == "waiting"
    one.pass_time(0.1)
    one.until("playing")

    assert one.pid != before
    (said,) = one.said
    assert said == ("The show was ended by signal 9 (SIGKILL), as by the system when memory runs out. "
                    "It is started again.")


def test_a_show_that_ends_again_and_again_is_started_less_and_less_often_but_always(
    watch: Callable[..., Watch],
) -> None:
    one = watch("exit=3")
    waits = []
    for _ in range(9):
        one.until("waiting")
        waits.append(one.show.due - one.time)
        one.pass_time(waits[-1])

    assert waits == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]


def test_after_a_healthy_minute_all_is_as_in_the_beginning(watch: Callable[..., Watch]) -> None:
    one = watch("paint=60000", "wait")
    for healthy, wait in ((59, 0.5), (59, 1.0), (60, 0.5)):
        one.until("playing")
        one.time += healthy
        os.kill(one.pid, signal.SIGKILL)
        one.until("waiting")
        assert one.show.due - one.time == wait
        one.pass_time(wait)


def test_a_show_that_paints_nothing_in_its_time_says_where_it_is_and_is_ended(watch: Callable[..., Watch]) -> None:
    one = watch("hang")
    one.pass_time(LIMITS.start)
    assert one.show.phase == "tracing"
    one.until("waiting")

    (said,) = one.said
    assert said.startswith("The show has painted nothing in the time it has to start; where it was stands in ")
    assert str(one.folder / "show.log") in said


def test_a_start_that_takes_too_long_has_twice_as_long_the_next_time(watch: Callable[..., Watch]) -> None:
    one = watch("hang")
    for seconds in (40, 80, 160, 300, 300):
        assert one.show.due - one.time == seconds
        one.pass_time(seconds)
        one.until("waiting")
        one.pass_time(LIMITS.longest_wait)


@pytest.mark.parametrize(("promise", "why"), [
    ("paint=5000,60000", "no longer paints"), ("paint=60000,5000", "no longer goes on to the next slide"),
])
def test_a_promise_that_runs_out_ends_a_show_with_a_traceback(
    watch: Callable[..., Watch], promise: str, why: str,
) -> None:
    one = watch(promise, "hang")
    one.until("playing")
    one.pass_time(4.9)
    assert one.show.phase == "playing"

    one.pass_time(0.2)
    one.until("waiting")

    assert why in one.said[0]
    assert "stand_in.py" in one.log  # where it was, in the traceback


def test_a_show_that_is_stopped_is_ended(watch: Callable[..., Watch]) -> None:
    one = watch("paint=5000", "wait")
    one.until("playing")
    os.kill(one.pid, signal.SIGSTOP)

    one.pass_time(5)
    one.until("waiting")

    assert "no longer paints" in one.said[0]


def test_a_show_that_does_not_even_abort_is_killed_and_what_it_has_started_with_it(watch: Callable[..., Watch]) -> None:
    one = watch("deaf", "helper", "paint=5000", "wait")
    one.until("playing")
    (helper,) = children(one.pid)

    one.pass_time(5)
    one.pass_time(LIMITS.traceback)
    assert one.show.phase == "killed"
    one.until("waiting")

    assert not runs(helper)


def test_what_was_killed_and_does_not_end_is_not_called_well(watch: Callable[..., Watch]) -> None:
    one = watch("deaf", "paint=5000", "wait")
    one.until("playing")
    one.pass_time(5)
    one.pass_time(LIMITS.traceback)

    well = [one.show.is_well]
    one.time += UNKILLABLE
    well.append(one.show.is_well)

    assert well == [True, False]
    one.until("waiting")


def test_what_is_no_message_ends_a_show(watch: Callable[..., Watch]) -> None:
    one = watch("paint=5000", "garble", "wait")
    one.until("waiting")

    assert "what is no message" in one.said[0]


def test_a_promise_counts_from_when_it_came_and_anew_with_each_message(watch: Callable[..., Watch]) -> None:
    one = watch("paint=60000", "paint=5000", "wait")
    one.until("playing")

    assert one.show.due - one.time in (5, 60)  # whether or not both came together


def test_a_show_that_somebody_left_is_not_started_again(watch: Callable[..., Watch]) -> None:
    one = watch("paint=5000", "exit=0")
    one.until("ended")

    assert one.said == []


def test_without_a_display_server_it_is_looked_for_every_second_and_nothing_is_counted(
    watch: Callable[..., Watch],
) -> None:
    one = watch("paint=60000", "wait")
    one.until("playing")
    one.no_display = NO_DISPLAY
    os.kill(one.pid, signal.SIGKILL)
    one.until("waiting")
    for _ in range(100):
        one.pass_time(1)
        assert (one.show.phase, one.show.due) == ("waiting", one.time + LIMITS.display)
    assert one.show.is_well
    one.no_display = None
    one.pass_time(1)
    one.until("playing")
    os.kill(one.pid, signal.SIGKILL)
    one.until("waiting")

    assert one.show.due - one.time == 0.5


def test_three_crashes_on_one_slide_set_it_aside(watch: Callable[..., Watch], tmp_path: Path) -> None:
    (tmp_path / "bad.jpg").write_bytes(b"a picture")
    one = watch("paint=60000", "at=bad", "abort")
    for _ in range(2):
        one.until("waiting")
        assert read_set_aside(tmp_path) == ()
        one.pass_time(1)
    one.until("waiting")

    (slide,) = read_set_aside(tmp_path)
    assert (slide.id, slide.file, slide.path) == ("bad", "bad.jpg", str(tmp_path / "bad.jpg"))
    assert slide.still_counts(slide.when)
    assert any("'bad' has crashed the show 3 times" in sentence for sentence in one.said)


def test_crashes_that_are_rare_set_nothing_aside(watch: Callable[..., Watch], tmp_path: Path) -> None:
    one = watch("paint=60000", "at=bad", "abort")
    for _ in range(5):
        one.until("waiting")
        one.pass_time(301)

    assert read_set_aside(tmp_path) == ()


def test_a_display_server_that_goes_is_no_crash_of_the_slide(watch: Callable[..., Watch], tmp_path: Path) -> None:
    one = watch("paint=60000", "at=good", "say=The X11 connection broke (error 1). Did the X11 server die?", "exit=1")
    for _ in range(5):
        one.until("waiting")
        one.pass_time(LIMITS.longest_wait)

    assert read_set_aside(tmp_path) == ()


def test_a_show_that_was_killed_is_not_said_to_have_died_of_what_it_said_last(watch: Callable[..., Watch]) -> None:
    one = watch("say=A warning of no weight.", "say=ValueError: of long ago", "paint=60000", "wait")
    for _ in range(3):
        one.until("playing")
        os.kill(one.pid, signal.SIGKILL)
        one.until("waiting")
        one.pass_time(5)

    assert [sentence for sentence in one.said if "weight" in sentence or "long ago" in sentence] == []
    assert len(one.said) == 1


def test_crashes_whose_last_words_differ_are_the_same_crash(watch: Callable[..., Watch]) -> None:
    one = watch("raise", "paint=60000")
    for _ in range(3):
        one.until("waiting")
        one.pass_time(5)

    (said,) = one.said
    assert said.startswith("The show has ended by exit status 1, saying: RuntimeError: process ")


def test_a_show_that_aborts_is_quoted_with_what_it_said_right_before(watch: Callable[..., Watch]) -> None:
    one = watch("say=This application failed to start.", "abort")
    one.until("waiting")

    (said,) = one.said
    assert said == ("The show has crashed with signal 6 (SIGABRT), saying: This application failed to start; where it "
                    f"was stands in {one.folder / 'show.log'}. It is started again.")
    assert "stand_in.py" in one.log


def test_a_disk_that_does_not_answer_keeps_no_show_from_being_started_again(watch: Callable[..., Watch]) -> None:
    answers = threading.Event()
    one = watch("paint=60000", "say=ended", "abort")
    one.disk.submit(lambda: assert_answered(answers))
    one.until("waiting")
    one.pass_time(0.5)

    assert one.show.phase == "starting"
    assert not (one.folder / "show.log").exists()

    answers.set()
    assert "ended\n" in one.log


def assert_answered(answers: threading.Event) -> None:
    """A disk that takes its time."""
    assert answers.wait(30)


def test_a_reason_is_told_without_what_a_terminal_would_obey(
    watch: Callable[..., Watch],
) -> None:
    one = watch("say=first", "say=liftoff: There is no screen \x1b[31m'9'.", "exit=2")
    one.until("waiting")

    assert one.said == [
        "The show has ended by exit status 2, saying: There is no screen  [31m'9'. It is started again."]


def test_a_show_is_ended_politely_and_not_started_again(watch: Callable[..., Watch]) -> None:
    one = watch("paint=60000", "wait")
    one.until("playing")
    one.show.stop()
    one.until("ended")

    assert one.said == []


def test_a_show_that_does_not_end_when_asked_is_killed_after_its_time(watch: Callable[..., Watch]) -> None:
    one = watch("stubborn")
    one.until("playing")
    one.show.stop()
    one.pass_time(LIMITS.polite - 0.1)
    assert runs(one.pid)
    one.pass_time(0.1)
    one.until("ended")


def test_a_supervisor_that_was_held_up_itself_does_not_blame_the_show(watch: Callable[..., Watch]) -> None:
    one = watch("paint=5000,6000", "wait")
    one.until("playing")
    one.show.postpone(100)
    one.pass_time(100)

    assert one.show.phase == "playing"


def test_what_cannot_be_started_is_tried_again(tmp_path: Path) -> None:
    said = Written()
    log = EdgeLog(lambda: 5.0, said.write)
    around = Surroundings(ShowCommand((str(tmp_path / "nothing"),)), LIMITS, lambda: None, log.say, DiskThread(),
                          lambda: 5.0)
    show = WatchedShow(0, tmp_path, around)
    show.advance()

    assert (show.phase, show.due) == ("waiting", 5.5)
    assert said == ["The show cannot be started: No such file or directory. It is started again."]
