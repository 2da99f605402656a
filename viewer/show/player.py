"""Plays the show: one object writes whether it plays, and when it goes on to the next slide.

The time of a slide begins when its picture or placeholder is on the screen. Paging by hand begins it anew, a pause
stops it, an animated picture finishes its round. No timer is set when the show is paused, stopped or by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QCoreApplication, QObject, Signal

from viewer.show.next_slide import NextSlide
from viewer.show.show_options import END, INTERVAL
from viewer.show.slide_timer import LONGEST_ROUND_MS, PICTURE_TIMEOUT_MS, SlideDuration, SlideTimer
from viewer.show.timing import Timing, crossfade_ms, interval_text

if TYPE_CHECKING:
    from viewer.show.clock import Clock
    from viewer.show.displayed_slide import DisplayedSlide, TimedSlide
    from viewer.show.session import Session

State: TypeAlias = Literal["stopped", "playing", "paused"]


class Player(QObject):
    """Play, pause and stop of the show, with its timers; the only writer of `state`.

    `progress_changed` carries the share of the slide's time that is over, at most ten times a second; `said` a sentence
    for the person; `next_changed` the index of the slide that the running show goes to next, -1 for none; `ended` comes
    after the last slide of a show that does not loop.
    """

    state_changed = Signal(str)
    progress_changed = Signal(float)
    next_changed = Signal(int)
    said = Signal(str)
    ended = Signal()

    def __init__(self, session: Session, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._timer = SlideTimer(clock, self)
        self._next = NextSlide(session, clock, self)
        self._duration = SlideDuration(session)
        self._state: State = "stopped"
        self._shown: TimedSlide | None = None
        self._shown_visit = -1
        self._timed_visit = -1
        self._round_open = self._held = False
        self._is_due = self._is_late = self._is_expired = False
        self._timer.timeout.connect(self._time_up)
        self._timer.progress_changed.connect(self.progress_changed)
        self._next.found.connect(self.next_changed)
        self._next.found.connect(self._found)
        session.moved.connect(self._moved)
        session.order_changed.connect(self._order_changed)
        session.language_changed.connect(self._adapt)
        session.show_options.changed.connect(self._show_option_changed)

    @property
    def state(self) -> State:
        """Whether the show is stopped, playing or paused."""
        return self._state

    @property
    def timing(self) -> Timing:
        """How long slides are displayed."""
        return self._duration.timing

    @property
    def progress(self) -> float:
        """How much of the slide's time is over, 0 to 1; 0 where no time is counted."""
        return self._timer.progress

    @property
    def remaining_ms(self) -> int | None:
        """Milliseconds until the next slide; None where no time is counted."""
        return self._timer.remaining

    @property
    def slide_ms(self) -> int | None:
        """Milliseconds that the slide is displayed in all; None where no time is counted."""
        return self._timer.total

    @property
    def due_ms(self) -> int | None:
        """Milliseconds within which the running show leaves the slide, 0 if overdue; None where it does not."""
        if self._state != "playing" or self._held or not self._next.exists:
            return None
        left = self.remaining_ms if self._timed_visit == self._session.visit else 0
        return None if left is None else left + self._round_open * LONGEST_ROUND_MS

    def transition_ms(self, displayed: DisplayedSlide) -> int:
        """How long `displayed` may take to come up, in milliseconds: 0 unless the running show brought it."""
        if self._session.why != "played" or self._state != "playing":
            return 0
        return crossfade_ms(self._session.show_options.transition_ms, self._duration.of(displayed.timed))

    def play(self) -> None:
        """Start the show with the slide that is on the screen, or with the first if that was the last; or go on."""
        if self._state == "playing":
            return
        if not self._session.count:
            self._say("There is nothing to play.")
        elif self._state == "paused":
            self._set_state("playing")
            self._start()
            self._run()
            self._say("Playing")
        else:
            self._duration.failures = 0
            self._set_state("playing")
            self._next.search()
            if self._is_last():
                self._session.first()
            self._begin()
            self._say(*self.timing.sentence())

    def stop(self) -> None:
        """End the show; the slide stays."""
        if self._state != "stopped":
            self._forget_time()
            self._next.cancel()
            self._set_state("stopped")

    def toggle(self) -> None:
        """Start the show, or end it."""
        (self.play if self._state == "stopped" else self.stop)()

    def pause(self) -> None:
        """Stand still; what is left of the slide's time is kept."""
        if self._state == "playing":
            self._is_due = False
            self._timer.pause()
            self._set_state("paused")
            self.progress_changed.emit(self.progress)

    def toggle_pause(self) -> None:
        """Stand still, or go on; start the show if it was stopped."""
        if self._state == "playing":
            self.pause()
            self._say("Paused")
        else:
            self.play()

    def skip(self) -> None:
        """Go on to the next slide of the running show now."""
        if self._state == "playing":
            self._advance()

    def slower(self) -> None:
        """More time for each picture, the one on the screen included."""
        self._set_timing(self.timing.slower())

    def faster(self) -> None:
        """Less time for each picture, the one on the screen included."""
        self._set_timing(self.timing.faster())

    def slide_shown(self, displayed: DisplayedSlide) -> None:
        """Note that `displayed` is on the screen. Only what is sharp counts, once for each visit to a slide."""
        if not displayed.sharp or displayed.index < 0 or displayed.index != self._session.index:
            return
        self._shown, self._shown_visit = displayed.timed, self._session.visit
        if self._state != "stopped":
            (self._adapt if self._timed_visit == self._session.visit else self._start)()

    def set_caption_scrolls(self, scrolls: bool) -> None:
        """Note whether the caption on the screen is longer than its place: a reading time then has no upper limit."""
        self._duration.caption_scrolls = scrolls
        self._adapt()

    def animation_looped(self) -> None:
        """Note that the animated picture on the screen has finished a round."""
        self._round_open = False
        if self._timer.is_running and self.remaining_ms == 0:
            self._advance()

    def _begin(self) -> None:
        """Start with a slide that the show did not choose: one that is not valid now leaves as soon as it can."""
        session = self._session
        self._is_expired = self._next.exists and not session.is_valid(session.index, session.now())
        if self._is_expired and not self._next.is_searching:
            self._timed_visit = session.visit
            self._timer.set(0)  # and not in this call: others have yet to hear of a move
            self._run()
        else:
            self._start()

    def _start(self) -> None:
        """Count the slide's time from now on if it is on the screen; else wait for it."""
        if self._timed_visit == self._session.visit:
            return
        if self._shown is not None and self._shown_visit == self._session.visit:
            self._timed_visit = self._session.visit
            self._round_open = self._shown.animated
            self._duration.count(self._shown)
            if self._duration.failures == self._session.count:
                self._say("None of the pictures can be shown.")
            self._timer.set(self._duration.of(self._shown))
            self._run()
        elif self._session.count and self._state == "playing":
            self._timer.wait(PICTURE_TIMEOUT_MS)

    def _run(self) -> None:
        """Let the slide's time run, if it is counted."""
        self._is_late = False
        if self._state == "playing" and not self._held and self._timed_visit == self._session.visit:
            self._timer.start()

    def _time_up(self) -> None:
        if self._round_open and not self._is_late:
            self._is_late = True
            self._timer.wait(LONGEST_ROUND_MS)
        else:
            self._advance()

    def _advance(self) -> None:
        """Go to the next slide as soon as it is known, or do what is to be done after the last."""
        self._is_due = False
        self._timer.pause()
        if self._next.go():
            return
        if self._next.is_searching:
            self._is_due = True
        elif self._session.show_options.loops:
            self._timed_visit = -1
            self._start()
        elif self._session.show_options.end == "hold":
            self._held = True
            self.progress_changed.emit(self.progress)
            self.ended.emit()
        else:
            self.stop()
            self._say("That was the last picture.")
            self.ended.emit()

    def _found(self, index: int) -> None:
        if self._is_due or (self._is_expired and index >= 0 and self._state == "playing"):
            self._advance()

    def _is_last(self) -> bool:
        """Whether the show ends with this slide."""
        return not self._next.exists and not self._session.show_options.loops

    def _moved(self) -> None:
        """Wait for another slide, unless it is on the screen already."""
        if self._session.why == "gallery":
            self._duration.failures = 0
        if self._timed_visit != self._session.visit:
            self._forget_time()
        if self._state != "stopped":
            self._next.search()
        if self._state == "playing":
            (self._begin if self._session.why == "gallery" else self._start)()

    def _order_changed(self) -> None:
        if self._state == "stopped":
            return
        self._next.search()
        if self._held and not self._is_last():
            self._held = False
            if self._state == "playing":
                self._advance()

    def _show_option_changed(self, key: str) -> None:
        if key == INTERVAL:
            self._adapt()
        elif key == END and self._held and self._session.show_options.end == "stop":
            self.stop()

    def _set_timing(self, timing: Timing) -> None:
        self._duration.scale = timing.scale
        if timing.interval != self.timing.interval:
            self._session.show_options.insist(INTERVAL, interval_text(timing.interval), save=False)
        else:
            self._adapt()
        self._say(*self.timing.sentence(self._session.slide))

    def _adapt(self) -> None:
        """Give the slide the time that it has now; what is spent stays spent."""
        if self._timed_visit != self._session.visit or self._shown is None or self._held or self._is_expired:
            return
        total = self._duration.of(self._shown)
        if total != self._timer.total:
            self._timer.change(total)
            self._run()

    def _forget_time(self) -> None:
        """No slide's time is counted."""
        self._timed_visit = -1
        self._round_open = self._held = self._is_due = self._is_expired = False
        self._timer.stop()

    def _set_state(self, state: State) -> None:
        self._state = state
        self.state_changed.emit(state)

    def _say(self, words: str, values: tuple[str, ...] = ()) -> None:
        self.said.emit(QCoreApplication.translate("Player", words).format(*values))
