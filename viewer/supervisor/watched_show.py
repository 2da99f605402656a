"""One show as its supervisor has it: started, watched by its heartbeat, ended where it hangs, started again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol, TypeAlias

from viewer.kiosk.heartbeat_message import MessageError
from viewer.supervisor.backoff import Backoff
from viewer.supervisor.crash_record import CrashRecord
from viewer.supervisor.ending import ending_of
from viewer.supervisor.last_words import LastWords
from viewer.supervisor.show_log import ShowLog
from viewer.supervisor.show_process import ShowProcess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from viewer.kiosk.disk_thread import DiskThread
    from viewer.kiosk.heartbeat_message import Painted
    from viewer.supervisor.limits import Limits
    from viewer.supervisor.show_process import ShowCommand

Phase: TypeAlias = Literal["waiting", "starting", "playing", "tracing", "stopping", "killed", "ended"]

UNKILLABLE: Final = 10.0
"""Seconds after which a show that was killed and is still there is no longer called well: the system itself hangs."""


class Say(Protocol):
    """Takes a sentence for the log; those of one `kind` say the same, without it those that are alike."""

    def __call__(self, sentence: str, kind: str = "") -> None:
        """Say it."""


class Surroundings(NamedTuple):
    """What a supervised show is started in: how, with what patience, whom it tells, and what reads and writes files.

    `no_display` returns why there is no display server, None where there is one.
    """

    command: ShowCommand
    limits: Limits
    no_display: Callable[[], str | None]
    say: Say
    disk: DiskThread
    now: Callable[[], float] = time.monotonic


class WatchedShow:
    """The show of the entry `entry` of the configuration's screens, with its state in `folder`.

    `advance` is to be called when one of `descriptors` is readable, when a child has ended, and at `due`.
    """

    def __init__(self, entry: int, folder: Path, around: Surroundings) -> None:
        self._entry, self._around = entry, around
        self._log = ShowLog(folder, around.disk, around.now)
        self._last_words = LastWords(around.now)
        self._backoff = Backoff(around.limits)
        self._crashes = CrashRecord(folder, around.disk, around.now)
        self._process: ShowProcess | None = None
        self.phase: Phase = "waiting"
        self.due = 0.0
        """When something is to be done though nothing was heard, on the clock `now`."""
        self.has_painted = False
        """Whether anything was painted since the show was started last."""
        self.status = "Starting"
        """What it does, as one line for people."""
        self._slide_due: float | None = None
        self._painted_since = 0.0
        self._hangs = ""

    @property
    def descriptors(self) -> tuple[int, ...]:
        """What is readable when the show has something to say."""
        return self._process.descriptors if self._process is not None else ()

    @property
    def is_well(self) -> bool:
        """Whether it plays, or is being brought back to that, and nothing is out of hand."""
        return self.phase != "killed" or self._around.now() < self.due

    def postpone(self, seconds: float) -> None:
        """The supervisor itself was held up for so long: the show may have been, too."""
        self.due += seconds
        if self._slide_due is not None:
            self._slide_due += seconds

    def advance(self) -> None:
        """Take in what has happened, and do what is due."""
        now = self._around.now()
        if self._process is not None:
            self._listen(self._process, now)
            if (status := self._process.status()) is not None:
                self._ended(self._process, status, now)
        if now < self.due:
            return
        if self.phase == "waiting":
            self._start(now)
        elif self.phase in {"starting", "playing"}:
            self._find_hanging(now)
        elif self.phase in {"tracing", "stopping"}:
            self._kill(now)

    def stop(self) -> None:
        """Have it end politely, and not start again."""
        if self._process is None:
            self.phase = "ended"
        elif self.phase not in {"stopping", "ended"}:
            self._process.ask_to_end()
            self.phase, self.due = "stopping", self._around.now() + self._around.limits.polite

    def _start(self, now: float) -> None:
        if reason := self._around.no_display():
            self.status = "Waiting for the display server"
            self._around.say(reason)
            self.due = now + self._around.limits.display
            return
        self._log.begin()
        self._last_words.begin()
        try:
            self._process = ShowProcess(self._around.command, self._entry, self._hear)
        except OSError as error:
            self._wait(now, f"The show cannot be started: {error.strerror or error}.")
            return
        limits = self._around.limits
        self.phase, self.status = "starting", "Starting"
        self.has_painted, self._slide_due, self._hangs = False, None, ""
        self.due = now + min(limits.start * (1 << min(self._backoff.failures, 30)), limits.longest_start)

    def _hear(self, data: bytes) -> None:
        self._log.write(data)
        self._last_words.hear(data)

    def _listen(self, process: ShowProcess, now: float) -> None:
        try:
            messages = process.receive()
        except MessageError as error:
            if self.phase in {"starting", "playing"}:
                self._hangs = f"The show sends what is no message ({error}); it is ended."
                self._kill(now)
            return
        if messages and self.phase in {"starting", "playing"}:
            self._heard(messages[-1], now)

    def _heard(self, message: Painted, now: float) -> None:
        if message.seen and not self.has_painted:
            self.has_painted, self._painted_since = True, now
        self.phase = "playing"
        self.status = f"Showing {message.slide}" if message.seen else "Playing while nothing can be seen"
        self._slide_due = None if message.next_slide_ms is None else now + message.next_slide_ms / 1000
        self.due = min(now + message.next_paint_ms / 1000, self._slide_due or float("inf"))

    def _find_hanging(self, now: float) -> None:
        assert self._process is not None
        if self.phase == "starting":
            self._hangs = "The show has painted nothing in the time it has to start"
        elif self._slide_due is not None and now >= self._slide_due:
            self._hangs = "The show no longer goes on to the next slide"
        else:
            self._hangs = "The show no longer paints"
        self._process.ask_where()
        self.phase, self.due, self.status = "tracing", now + self._around.limits.traceback, "Ending a show that hangs"

    def _kill(self, now: float) -> None:
        assert self._process is not None
        self._process.kill()
        self.due = now + UNKILLABLE
        if self.phase != "stopping":
            self.phase = "killed"

    def _ended(self, process: ShowProcess, status: int, now: float) -> None:
        process.close()
        self._process = None
        if self.phase == "stopping" or status == 0:
            self.phase, self.status = "ended", "Ended"
            return
        lost, is_away = self._last_words.display_was_lost, self._around.no_display() is not None
        if is_away and not self._hangs:
            self._around.say("The display server has ended the show.")
            self.phase, self.due = "waiting", now
            return
        self._wait(now, *self._cause(status, lost=lost))
        if not (lost or is_away):
            for sentence in self._crashes.crashed(process.pid):
                self._around.say(sentence)

    def _wait(self, now: float, cause: str, kind: str = "") -> None:
        self.phase = "waiting"
        wait = self._backoff.ended(now - self._painted_since if self.has_painted else 0.0)
        self.due = now + wait
        self.status = f"Starting again: {cause}"
        self._around.say(f"{cause} It is started again.", kind)

    def _cause(self, status: int, *, lost: bool) -> tuple[str, str]:
        """A sentence, and what of it is the same each time."""
        if self._hangs:
            return f"{self._hangs}; where it was stands in {self._log.path}.", self._hangs
        if lost:
            return "The display server has ended the show.", ""
        return ending_of(status, self._last_words.why(), self._log.path)
