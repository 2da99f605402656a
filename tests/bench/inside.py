"""`python -m tests.bench.inside SHEET [LIFTOFF'S OWN WORDS]`: the program, with an eye on its event loop.

A timer beats every 4 ms. How long a beat is late is how long the event loop was held up; what the main thread was at
meanwhile is noted by another thread. Written to SHEET as JSON when the window is closed: `longest` in milliseconds,
`busiest` in milliseconds of the processor's time, which other programs do not add to, `late` with the longest holds,
and `start`, milliseconds from the start of Python to each step of the start. Where SHEET is "-" only the steps are
told, on the error stream, once the first sharp picture has been painted.
"""

from __future__ import annotations

import sys
import threading
import time
from typing import Any, Final

BEAT_MS: Final = 4
_LATE_MS: Final = 12
_DEEPEST: Final = 5
_STARTED: Final = time.perf_counter()


class Watch:
    """Notes the beats, from the first one that comes after the program has been shown and left alone for a second."""

    def __init__(self, *, beating: bool) -> None:
        self.beating = beating
        self.beat = time.perf_counter()
        self.longest = self.busiest = 0.0
        self.late: list[dict[str, Any]] = []
        self.start: dict[str, float] = {}
        self._where: list[str] = []
        self._worked = time.thread_time()
        self._begin = self.beat + 3600
        self._main = threading.main_thread().ident
        if beating:
            threading.Thread(target=self._look, daemon=True).start()

    def step(self, name: str) -> None:
        """A step of the start is done; only its first time counts."""
        self.start.setdefault(name, round((time.perf_counter() - _STARTED) * 1000, 1))

    def end_of_start(self) -> None:
        """The first sharp picture has been painted."""
        if self.beating or "sharp picture on the screen" in self.start:
            self.step("sharp picture on the screen")
            return
        self.step("sharp picture on the screen")
        import json

        sys.stderr.write(f"{json.dumps(self.start)}\n")

    def begin_soon(self) -> None:
        """Count from two seconds from now on."""
        self._begin = time.perf_counter() + 2

    def end(self) -> None:
        """Count no more: the window is being closed."""
        self._begin = time.perf_counter() + 3600

    def take_beat(self) -> None:
        """The timer has rung."""
        now, worked = time.perf_counter(), time.thread_time()
        held, busy = (now - self.beat) * 1000 - BEAT_MS, (worked - self._worked) * 1000
        self.beat, self._worked, where, self._where = now, worked, self._where, []
        if now > self._begin:
            self.longest, self.busiest = max(self.longest, held), max(self.busiest, busy)
            if held > _LATE_MS:
                self.late.append({"ms": round(held, 1), "of the processor": round(busy, 1), "at": where})

    def _look(self) -> None:
        while True:
            time.sleep(0.003)
            if (time.perf_counter() - self.beat) * 1000 > _LATE_MS and len(self._where) < 12:
                self._where.append(self._stack())

    def _stack(self) -> str:
        """Where the main thread is. No frame is kept, not even while a file is read for its line: a painter in it
        would outlive what it paints on.
        """
        frame = sys._current_frames().get(self._main or 0)
        places: list[str] = []
        while frame is not None and len(places) < _DEEPEST:
            code = frame.f_code
            places.append(f"{code.co_filename.rpartition('/')[2]}:{frame.f_lineno} {code.co_name}")
            frame = frame.f_back
        return " < ".join(places)


def main(sheet: str, words: list[str]) -> int:
    """Run the program with `words`, in the order in which it does everything by itself."""
    watch = Watch(beating=sheet != "-")
    from viewer import cli
    from viewer.imaging.pool.worker_process import WorkerProcess
    from viewer.startup import early_decode, preflight

    watch.step("command line imported")
    _wrap(watch, early_decode.EarlyDecode, "__init__", "worker started")
    _wrap(watch, WorkerProcess, "send", "first picture asked for")
    _wrap(watch, WorkerProcess, "_understand", "first word from the worker")
    libraries, wait = preflight.libraries, early_decode.EarlyDecode.wait

    def looked_for() -> str | None:
        sentence = libraries()
        watch.step("libraries looked for")
        return sentence

    def waited(beginning: early_decode.EarlyDecode, seconds: float) -> bool:
        """After the first wait comes the import of everything else."""
        setattr(early_decode.EarlyDecode, "wait", wait)  # noqa: B010 - likewise
        read = wait(beginning, seconds)
        watch.step("gallery read, or waited for")
        from viewer.app import application

        watch.step("Qt and program imported")
        _look_on(watch, application)
        return read

    setattr(preflight, "libraries", looked_for)  # noqa: B010 - the checker minds assigning to a function
    setattr(early_decode.EarlyDecode, "wait", waited)  # noqa: B010 - likewise
    status = cli.main(words)
    watch.late.sort(key=lambda one: -float(one["ms"]))
    if watch.beating:
        import json
        from pathlib import Path

        Path(sheet).write_text(json.dumps({"longest": watch.longest, "busiest": watch.busiest, "late": watch.late[:20],
                                           "start": watch.start}))
    return status


def _look_on(watch: Watch, app: Any) -> None:
    from PySide6.QtCore import Qt

    from viewer.timers import repeating

    _wrap(watch, app.SettingsStore, "__init__", "application made")
    _wrap(watch, app.Liftoff, "__init__", "everything built")
    show, close = app.Liftoff.show, app.Liftoff.close

    def shown(liftoff: Any) -> str:
        refusal = str(show(liftoff))
        watch.step("window shown")
        liftoff.slide_view.shown.connect(lambda _: watch.step("picture on the screen"))
        liftoff.slide_view.sharp_shown.connect(lambda _: watch.end_of_start())
        if watch.beating:
            beat = repeating(liftoff, watch.take_beat, BEAT_MS)
            beat.setTimerType(Qt.TimerType.PreciseTimer)
            beat.start()
            watch.begin_soon()
        return refusal

    def closed(liftoff: Any) -> None:
        watch.end()
        close(liftoff)

    app.Liftoff.show, app.Liftoff.close = shown, closed


def _wrap(watch: Watch, owner: Any, name: str, step: str) -> None:
    original = getattr(owner, name)

    def wrapped(*arguments: Any, **options: Any) -> Any:
        result = original(*arguments, **options)
        watch.step(step)
        return result

    setattr(owner, name, wrapped)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
