"""Workers that are ended from outside, and workers that go wrong by themselves."""

from __future__ import annotations

import os
import random
import signal
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Final

from tests.torture.common import PATIENCE_SECONDS, Dose, Figures, Losses, ended, many_pictures, percentile, vitals
from tests.torture.program import SMALL, Watched
from tests.torture.signs import Signs
from viewer.imaging import process

_SIGNALS: Final = (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM, signal.SIGBUS)


def kills(folder: Path, dose: Dose) -> Figures:
    """End workers from outside at any moment, while pictures are asked for; see how soon the picture is there."""
    dice = random.Random(dose.seed)
    watched = Watched(many_pictures(folder, 3000), {**SMALL, "decode/deadline-s": 1})
    watched.wait(PATIENCE_SECONDS)
    lost, times, wrong = Losses(watched), list[float](), list[str]()
    before = Signs.taken()
    given = 0
    while given < dose.faults // 2:
        watched.program.session.go(dice.randrange(watched.count))
        moment = time.perf_counter() + dice.choice((0, 0.001, 0.004, 0.012))
        while time.perf_counter() < moment and watched.outcome() is None:
            watched.turn()
        pids = watched.program.pool.pids
        if pids and watched.outcome() is None:
            given += 1
            os.kill(dice.choice(pids), signal.SIGSTOP if given % 50 == 0 else dice.choice(_SIGNALS))
        seen = watched.wait(PATIENCE_SECONDS)
        if seen.reason:
            wrong.append(seen.reason)
        elif lost.since_last():
            times.append((time.perf_counter() - lost.latest) * 1000)
    return {
        **vitals(watched, before), "faults": given, "workers lost": lost.count, "cards": dict(Counter(wrong)),
        "recovery, median ms": round(statistics.median(times), 1), "recovery, 99 % ms": percentile(times, 0.99),
        "recovery, longest ms": round(max(times), 1), **ended(watched),
    }


def sabotage(folder: Path, dose: Dose) -> Figures:
    """Workers that crash, lie, babble and fall silent at every step; then good ones again, and every slide is there."""
    script = Path(__file__).with_name("saboteur.py")
    good = process.worker_command
    command = (sys.executable, "-I", str(script), str(dose.seed), "0.15")
    process.worker_command = lambda: command
    dice = random.Random(dose.seed)
    watched = Watched(many_pictures(folder, 600), {**SMALL, "decode/deadline-s": 1})
    lost, seen = Losses(watched), Counter[str]()
    before = Signs.taken()
    while lost.count < dose.faults - dose.faults // 2:
        watched.program.session.go(dice.randrange(watched.count))
        seen[watched.wait(PATIENCE_SECONDS).reason or "shown"] += 1
        if sum(seen.values()) % 40 == 0:
            watched.program.loader.forget()  # as when a gallery is read again: what was left alone gets another chance
    process.worker_command = good
    for pid in watched.program.pool.pids:
        os.kill(pid, signal.SIGKILL)
    watched.rest(0.3)
    watched.program.loader.forget()
    after = Counter[str]()
    for index in range(0, watched.count, 10):
        watched.program.session.go(index)
        after[watched.wait(PATIENCE_SECONDS).reason or "shown"] += 1
    return {
        **vitals(watched, before), "workers lost": lost.count, "slides meanwhile": dict(seen),
        "slides afterwards": dict(after), **ended(watched),
    }
