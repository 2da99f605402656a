"""What happens to an unattended screen in the stress test, and how long it takes until its picture is there again."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.processes import children
from tests.torture.kiosk_program import HEALTHY_S
from tests.torture.outside import Seen, memory, seen
from tests.torture.play_log_reader import PlayLogReader, was_seen
from tests.x_windows import Place
from viewer.kiosk.play_record import FOLDER
from viewer.kiosk.status import read_status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.kiosk_processes import Kiosk
    from tests.torture.kiosk_gallery import SwappedGallery
    from tests.x_monitors import Monitors
    from tests.x_windows import XWindows
    from viewer.kiosk.play_record import PlayRecord

LONGEST: Final = {"killed": 10, "worker killed": 10, "frozen": 60, "screen changed": 10, "gallery replaced": 10,
                  "gallery rewritten": 10, "gallery mended": 10, "folder back": 15}
"""Seconds to the picture after each event at most."""

_PATIENCE_S: Final = 120.0
_OBSERVED_S: Final = 0.5

_LEFT, _RIGHT, _TURNED = Place(0, 0, 800, 600), Place(800, 0, 800, 600), Place(800, 0, 450, 600)


_UPRIGHT: Final = "450/150x600/200+800+0"
_AS_BEFORE: Final = "800/200x600/150+800+0"
_SCREEN_STEPS: Final = ((True, "", _LEFT), (False, _AS_BEFORE, _RIGHT), (True, _UPRIGHT, _TURNED),
                        (True, _AS_BEFORE, _RIGHT))
"""Whether the monitor on the right is pulled out, how one is plugged in, and where the window belongs then."""


class Mark(NamedTuple):
    """The processes after so many slides; `workers` is their memory in bytes."""

    slides: int
    show: Seen
    supervisor: Seen
    workers: int


class Soak:
    """A running kiosk, followed by its play log."""

    def __init__(self, kiosk: Kiosk, monitors: Monitors, windows: XWindows, gallery: SwappedGallery, wrong_by: Path,
                 state: Path) -> None:
        self._kiosk, self._monitors, self._windows, self._gallery = kiosk, monitors, windows, gallery
        self._wrong_by, self._state, self._log = wrong_by, state, PlayLogReader(state / FOLDER)
        self._rng = random.Random(1)
        self._began_ms = self._last_ms = 0
        self._screen_events, self._swap_events = 0, 0
        self.slides = self.painted = self.hangs = self.crashed_from = 0
        self.longest_pause_ms = self.longest_pause_after_jump_ms = 0
        self._played_slides, self._played_s = 0, 0.0
        self.times: dict[str, list[float]] = defaultdict(list)
        self.marks: list[Mark] = []
        self.unexpected: list[str] = []

    def begin(self) -> None:
        """Wait for the first picture, on the screen that was asked for."""
        self._last_ms = _now_ms()
        self._note("started", _now_ms(), self._until(was_seen))
        self._note("on its screen", _now_ms(), self._until_place(_RIGHT))

    def play_to(self, slides: int) -> None:
        """Let it play, undisturbed, until there have been so many slides; at least until one more was painted."""
        painted, began, self._last_ms = self.painted, time.monotonic(), 0
        before = self.slides
        while self.slides < slides or self.painted == painted:
            if time.monotonic() - began > _PATIENCE_S + max(0, slides - before):
                self._hang(f"after {self.slides} slides")
                return
            self.longest_pause_ms = max(self.longest_pause_ms, self._turn())
        self._played_s += time.monotonic() - began
        self._played_slides += self.slides - before

    def rate(self) -> float:
        """Slides a second."""
        return round(self._played_slides / self._played_s, 1)

    def mark(self) -> None:
        """Measure."""
        try:
            show, supervisor = self._kiosk.show, self._kiosk.supervisor.pid
            self.marks.append(Mark(self.slides, seen(show), seen(supervisor), memory(children(show))))
        except (OSError, ValueError):
            return  # it is being started again

    def log_size(self) -> tuple[int, int]:
        """Lines and bytes of the log of the show."""
        data = b"".join(path.read_bytes() for path in self._state.glob("show.log*"))
        return data.count(b"\n"), len(data)

    def change_screen(self) -> None:
        """Take the screen away, bring it back, turn it, turn it back."""
        monitors = self._monitors
        goes, geometry, place = _SCREEN_STEPS[self._screen_events % len(_SCREEN_STEPS)]
        self._screen_events += 1
        began = _now_ms()
        if goes:
            monitors.pull_out_right()
        if geometry:
            monitors.plug_in_right(geometry)
        if self._until_place(place) is not None:
            placed = _now_ms()
            picture = self._until(lambda record: was_seen(record) and record.start_ms > placed)
            self._note("screen changed", began, picture)

    def swap(self) -> None:
        """Replace the gallery, rewrite it, spoil and mend it, take its folder away and bring it back."""
        swaps = (self._replace, self._rewrite, self._spoil, self._take_away)
        self._swap_events += 1
        swaps[(self._swap_events - 1) % len(swaps)]()

    def jump(self, seconds: int) -> None:
        """Have the time of day wrong by so many seconds."""
        self._wrong_by.with_suffix(".new").write_text(str(seconds), encoding="ascii")
        self._wrong_by.with_suffix(".new").replace(self._wrong_by)
        until, self._last_ms = time.monotonic() + _OBSERVED_S, _now_ms()
        while time.monotonic() < until:
            self.longest_pause_after_jump_ms = max(self.longest_pause_after_jump_ms, self._turn())
        status = read_status(self._state)
        if status is None or not status.opening.open:
            self.unexpected.append(f"closed by a clock that is wrong by {seconds} seconds")

    def kill_show(self) -> None:
        """Kill the show."""
        self._strike("killed", lambda: [self._kiosk.show], signal.SIGKILL)

    def kill_worker(self) -> None:
        """Kill one of its workers."""
        self._strike("worker killed", lambda: children(self._kiosk.show), signal.SIGKILL)

    def freeze(self) -> None:
        """Stop the show, as a bug in a driver does."""
        self._strike("frozen", lambda: [self._kiosk.show], signal.SIGSTOP)

    def _strike(self, name: str, victims: Callable[[], list[int]], number: signal.Signals) -> None:
        """Send the signal to one of them, once the show is well."""
        healthy = time.monotonic() + 1.5 * HEALTHY_S
        while time.monotonic() < healthy:
            self._turn()
        while not (pids := victims()):
            self._turn()
        os.kill(self._rng.choice(pids), number)
        began = _now_ms()
        self._note(name, began, self._until(lambda record: was_seen(record) and record.start_ms > began))

    def _replace(self) -> None:
        self._change_gallery("gallery replaced", self._gallery.replace)

    def _rewrite(self) -> None:
        self._change_gallery("gallery rewritten", self._gallery.rewrite)

    def _spoil(self) -> None:
        began = _now_ms()
        self._gallery.spoil()
        while not ((status := read_status(self._state)) and status.gallery.problem):
            if _now_ms() - began > _PATIENCE_S * 1000:
                self._hang("an unreadable gallery is not told of")
                return
            self._turn()
        self._note("unreadable gallery is told of", began, _now_ms())
        told = _now_ms()
        if self._until(lambda record: was_seen(record) and record.start_ms > told) is None:
            self.unexpected.append("the last good gallery does not play on")
        self._change_gallery("gallery mended", self._gallery.replace)

    def _take_away(self) -> None:
        began = _now_ms()
        missed: set[str] = set()

        def misses(record: PlayRecord) -> bool:
            if record.start_ms > began and not was_seen(record) and "missing" in record.result:
                missed.add(record.slide)
            return len(missed) >= 5

        bring_back = self._gallery.take_away()
        self._note("folder missed", began, self._until(misses))
        began = _now_ms()
        bring_back()
        self._note("folder back", began, self._until(lambda record: was_seen(record) and record.slide in missed))

    def _change_gallery(self, name: str, change: Callable[[], object]) -> None:
        began = _now_ms()
        change()
        self._note(name, began, self._until(
            lambda record: was_seen(record) and self._gallery.is_of_this_version(record.slide)))

    def _until(self, found: Callable[[PlayRecord], bool]) -> int | None:
        """When the first such record began; None where none comes."""
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            for record in self._take():
                if found(record):
                    return record.start_ms
            self._kiosk.wakes(0.1)
        return None

    def _until_place(self, place: Place) -> int | None:
        deadline = time.monotonic() + _PATIENCE_S
        while place not in self._windows.places():
            if time.monotonic() > deadline:
                self._hang(f"no window at {place}: {self._windows.places()}")
                return None
            self._turn()
        return _now_ms()

    def _turn(self) -> int:
        """Take in what has been shown; returns the longest time without a new picture, in milliseconds."""
        self._kiosk.wakes(0.1)
        longest = 0
        for record in self._take():
            if was_seen(record):
                if self._last_ms:
                    longest = max(longest, record.start_ms - self._last_ms)
                self._last_ms = record.start_ms
        return longest

    def _take(self) -> list[PlayRecord]:
        if self._kiosk.supervisor.poll() is not None:
            raise RuntimeError(f"the supervisor has ended with {self._kiosk.supervisor.returncode}")
        records = self._log.new()
        self.slides += len(records)
        self.painted += sum(map(was_seen, records))
        return records

    def _note(self, name: str, began_ms: int, picture_ms: int | None) -> None:
        if picture_ms is None:
            self._hang(f"{name}: no picture")
        else:
            self.times[name].append(max(0, picture_ms - began_ms) / 1000)

    def _hang(self, what: str) -> None:
        self.hangs += 1
        self.unexpected.append(what)


def _now_ms() -> int:
    """On the clock of the play log."""
    return time.monotonic_ns() // 1_000_000
