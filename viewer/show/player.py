"""Plays the show: one object writes whether it plays, and counts each slide's time.

The time of a slide begins when its picture, or the card that stands in for it, is on the glass. Paging by hand begins
anew, a pause freezes it, an animated picture finishes its round. One alarm is set for the end of the slide and one for
the progress line while the show plays, and none at all when it is paused, stopped or by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PySide6.QtCore import QCoreApplication, QObject, Signal

from viewer.gallery.slide_texts import displayed_texts
from viewer.show.show_options import END, INTERVAL
from viewer.show.timing import PLACEHOLDER_MS, Sentence, Timing, crossfade_ms, interval, interval_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.show.clock import Alarm, Clock
    from viewer.show.session import Session
    from viewer.show.slide_view_model import DisplayedSlide

State: TypeAlias = Literal["stopped", "playing", "paused"]

ALL_FAILED_MS: Final = 30_000
"""Milliseconds for each card once a whole round of pictures has failed."""

PATIENCE_MS: Final = 150_000
"""Milliseconds to wait for a picture or its failure: more than the longest a picture may take to decode."""

LONGEST_ROUND_MS: Final = 300_000
"""Milliseconds that an animated picture may take beyond its slide's time to finish its round."""

LEAST_LEFT_MS: Final = 1000
"""Milliseconds a slide keeps when it is given less time than it has had already."""

_TICKS: Final = 100
_QUICKEST_TICK_MS: Final = 100
_SLOWEST_TICK_MS: Final = 1000


class Player(QObject):
    """The only writer of `state`.

    `progress_changed` carries how much of the slide's time is over, 0 to 1, at most ten times a second; `said` a
    sentence for the person; `ended` comes after the last slide of a show that does not loop.
    """

    state_changed = Signal(str)
    progress_changed = Signal(float)
    said = Signal(str)
    ended = Signal()

    def __init__(self, session: Session, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._state: State = "stopped"
        self._scale = 100
        self._shown: DisplayedSlide | None = None
        self._shown_visit = -1
        self._timed_visit = -1
        self._total: int | None = None
        self._spent = 0
        self._since: int | None = None
        self._round_open = False
        self._held = False
        self._failures = 0
        self._alarm: Alarm | None = None
        self._tick: Alarm | None = None
        session.moved.connect(self._moved)
        session.order_changed.connect(self._order_changed)
        session.language_changed.connect(self._adapt)
        session.show_options.changed.connect(self._show_options_changed)

    @property
    def state(self) -> State:
        """Whether the show is stopped, playing or paused."""
        return self._state

    @property
    def timing(self) -> Timing:
        """How long pictures are seen."""
        return Timing(interval(self._session.show_options.interval), self._scale)

    @property
    def progress(self) -> float:
        """How much of the slide's time is over, 0 to 1; 0 where no time is counted."""
        return min(1.0, self._elapsed() / self._total) if self._total else 0.0

    @property
    def remaining_ms(self) -> int | None:
        """Milliseconds until the next slide; None where no time is counted."""
        return None if self._total is None else max(0, self._total - self._elapsed())

    def transition_ms(self, displayed: DisplayedSlide) -> int:
        """How long `displayed` may take to come up, in milliseconds: 0 unless the running show brought it."""
        if self._session.why != "played" or self._state != "playing":
            return 0
        return crossfade_ms(self._session.show_options.transition_ms, self._time_of(displayed))

    def play(self) -> None:
        """Start the show with the slide that is on the glass, or with the first if that was the last; or go on."""
        if self._state == "playing":
            return
        if not self._session.count:
            self._say(("There is nothing to play.", ()))
            return
        if self._state == "paused":
            self._set_state("playing")
            self._go_on()
            self._say(("Playing", ()))
            return
        self._failures = 0
        self._set_state("playing")
        if not (self._session.at_end() and self._session.first()):
            self._start()
        self._say(self.timing.sentence())

    def stop(self) -> None:
        """End the show; the slide stays."""
        if self._state != "stopped":
            self._forget_time()
            self._set_state("stopped")

    def toggle(self) -> None:
        """Start the show, or end it."""
        if self._state == "stopped":
            self.play()
        else:
            self.stop()

    def pause(self) -> None:
        """Stand still; what is left of the slide's time is kept."""
        if self._state == "playing":
            self._freeze()
            self._set_state("paused")
            self.progress_changed.emit(self.progress)

    def toggle_pause(self) -> None:
        """Stand still, or go on; start the show if it was stopped."""
        if self._state == "playing":
            self.pause()
            self._say(("Paused", ()))
        else:
            self.play()

    def slower(self) -> None:
        """More time for each picture, the one on the glass included."""
        self._set_timing(self.timing.slower())

    def faster(self) -> None:
        """Less time for each picture, the one on the glass included."""
        self._set_timing(self.timing.faster())

    def slide_shown(self, displayed: DisplayedSlide) -> None:
        """Take note that `displayed` is on the glass. Only what is sharp counts, and only once for each visit to a
        slide."""
        if not displayed.sharp or displayed.index < 0 or displayed.index != self._session.index:
            return
        self._shown, self._shown_visit = displayed, self._session.visit
        if self._state != "stopped" and self._timed_visit != self._session.visit:
            self._begin(displayed)

    def animation_looped(self) -> None:
        """Take note that the animated picture on the glass has finished a round."""
        self._round_open = False
        if self._since is not None and self._total is not None and self._elapsed() >= self._total:
            self._advance()

    def _begin(self, displayed: DisplayedSlide) -> None:
        """Count the time of the slide on the glass, from now."""
        self._timed_visit = self._session.visit
        self._round_open = displayed.animated
        self._count_failure(displayed)
        self._spent = 0
        self._total = self._time_of(displayed)
        if self._state == "playing":
            self._run()

    def _start(self) -> None:
        """Begin with the slide if it is on the glass; else wait for it."""
        if self._shown is not None and self._shown_visit == self._session.visit:
            self._begin(self._shown)
        elif self._session.count:
            self._ring(PATIENCE_MS, self._advance)

    def _go_on(self) -> None:
        if self._timed_visit == self._session.visit:
            self._run()
        else:
            self._start()

    def _run(self) -> None:
        """Let the time run, of which some may be spent."""
        self._silence()
        self._since = self._clock.now()
        if self._total is None or self._held:
            return
        self._ring(max(self._total - self._spent, 0), self._time_up)
        self._ticked()

    def _time_up(self) -> None:
        if self._round_open:
            self._ring(LONGEST_ROUND_MS, self._advance)
        else:
            self._advance()

    def _advance(self) -> None:
        """Go to the next slide, or do what is to be done after the last."""
        self._silence()
        if self._session.play_on():
            return
        if not self._session.at_end():
            self._timed_visit = -1
            self._start()
        elif self._session.show_options.end == "hold":
            self._held = True
            self.progress_changed.emit(self.progress)
            self.ended.emit()
        else:
            self.stop()
            self._say(("That was the last picture.", ()))
            self.ended.emit()

    def _moved(self) -> None:
        """Wait for another slide, unless it is on the glass already."""
        if self._session.why == "gallery":
            self._failures = 0
        if self._timed_visit == self._session.visit:
            return
        self._forget_time()
        if self._state == "playing":
            self._start()

    def _order_changed(self) -> None:
        if self._held and not self._session.at_end():
            self._held = False
            if self._state == "playing":
                self._advance()

    def _show_options_changed(self, key: str) -> None:
        if key == INTERVAL:
            self._adapt()
        elif key == END and self._held and self._session.show_options.end == "stop":
            self.stop()

    def _set_timing(self, timing: Timing) -> None:
        self._scale = timing.scale
        if timing.interval != self.timing.interval:
            self._session.show_options.insist(INTERVAL, interval_text(timing.interval), save=False)
        else:
            self._adapt()
        self._say(self.timing.sentence(self._session.slide))

    def _adapt(self) -> None:
        """Give the slide the time that it has now; what is spent stays spent."""
        if self._timed_visit != self._session.visit or self._shown is None or self._held:
            return
        total = self._time_of(self._shown)
        if total == self._total:
            return
        self._freeze()
        if self._total is None:
            self._spent = 0
        elif total is not None:
            total = max(total, min(self._total, self._spent + LEAST_LEFT_MS))
        self._total = total
        if self._state == "playing":
            self._run()

    def _time_of(self, displayed: DisplayedSlide) -> int | None:
        """Milliseconds for `displayed`; None: by hand."""
        if displayed.slide is None:
            return None
        embedded = {} if displayed.picture is None else displayed.picture.texts
        texts = displayed_texts(self._session.gallery, displayed.slide, self._session.language, embedded)
        total = self.timing.slide_ms(displayed.slide, texts.visible)
        if total is None or displayed.failure is None:
            return total
        return ALL_FAILED_MS if self._failures >= self._session.count else PLACEHOLDER_MS

    def _count_failure(self, displayed: DisplayedSlide) -> None:
        self._failures = 0 if displayed.failure is None else self._failures + 1
        if self._failures == self._session.count:
            self._say(("None of the pictures can be shown.", ()))

    def _elapsed(self) -> int:
        return self._spent if self._since is None else self._spent + self._clock.now() - self._since

    def _freeze(self) -> None:
        """Stop the time; what is spent is kept."""
        self._spent = self._elapsed()
        self._since = None
        self._silence()

    def _forget_time(self) -> None:
        """No slide's time is counted."""
        self._silence()
        self._timed_visit = -1
        self._total, self._spent, self._since = None, 0, None
        self._round_open = self._held = False
        self.progress_changed.emit(0.0)

    def _ticked(self) -> None:
        self._tick = None
        self.progress_changed.emit(self.progress)
        if self._total is not None and self._since is not None and self._elapsed() < self._total:
            pause = min(max(self._total // _TICKS, _QUICKEST_TICK_MS), _SLOWEST_TICK_MS)
            self._tick = self._clock.after(pause, self._ticked)

    def _ring(self, ms: int, ring: Callable[[], None]) -> None:
        def rung() -> None:
            self._alarm = None
            ring()
        self._alarm = self._clock.after(ms, rung)

    def _silence(self) -> None:
        for alarm in (self._alarm, self._tick):
            if alarm is not None:
                alarm.cancel()
        self._alarm = self._tick = None

    def _set_state(self, state: State) -> None:
        self._state = state
        self.state_changed.emit(state)

    def _say(self, sentence: Sentence) -> None:
        words, values = sentence
        self.said.emit(QCoreApplication.translate("Player", words).format(*values))
