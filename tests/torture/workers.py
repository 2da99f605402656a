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

from tests.torture.common import FILLING, Dose, Figures, Losses, ended, many_pictures, percentile, vitals, workers_by
from tests.torture.program import SMALL, Watched

STOPPED_SECONDS: Final = 5
"""The deadline where workers are stopped, which nothing else tells of them."""

_AT_ONCE: Final = 40
"""Slides after which those that were left alone get another chance."""

_SIGNALS: Final = (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM, signal.SIGBUS)


def kills(folder: Path, dose: Dose) -> Figures:
    """End workers from outside at any moment, while pictures are asked for; see how soon the picture is there."""
    dice = random.Random(dose.seed)
    watched = Watched(many_pictures(folder, 3000), {**SMALL, "decode/deadline-s": STOPPED_SECONDS})
    watched.wait(dose.patience)
    for _ in range(min(FILLING, dose.faults)):
        watched.page(dose.patience)
    lost, times, wrong, late = Losses(watched), list[float](), list[str](), 0
    before = watched.signs()
    given = 0
    while given < dose.faults // 2 or not times:
        watched.program.session.go(dice.randrange(watched.count))
        moment = time.perf_counter() + dice.choice((0, 0.001, 0.004, 0.012))
        while time.perf_counter() < moment and watched.outcome() is None:
            watched.turn()
        pids, sent = watched.program.pool.pids, 0
        if pids and watched.outcome() is None:
            given += 1
            sent = signal.SIGSTOP if given % 50 == 0 else dice.choice(_SIGNALS)
            os.kill(dice.choice(pids), sent)
        seen = watched.wait(dose.patience)
        if seen.reason == "too-slow" and sent == signal.SIGSTOP:
            late += 1  # the card that is foreseen, until the picture comes from another worker
            lost.since_last()
        elif seen.reason:
            wrong.append(seen.reason)
        elif lost.since_last():
            times.append((time.perf_counter() - lost.latest) * 1000)
    return {
        **vitals(watched, before), "faults": given, "workers lost": lost.count, "cards": dict(Counter(wrong)),
        "cards over workers that were stopped": late,
        "recovery, median ms": round(statistics.median(times), 1), "recovery, 99 % ms": percentile(times, 0.99),
        "recovery, longest ms": round(max(times), 1), **ended(watched),
    }


def sabotage(folder: Path, dose: Dose) -> Figures:
    """Workers that crash, lie, babble and fall silent at every step; then good ones again, and every slide is there."""
    script = Path(__file__).with_name("saboteur.py")
    dice = random.Random(dose.seed)
    with workers_by((sys.executable, "-I", str(script), str(dose.seed), "0.15")):
        watched = Watched(many_pictures(folder, 600), {**SMALL, "decode/deadline-s": 1})
        lost, seen = Losses(watched), Counter[str]()
        before = watched.signs()
        while lost.count < dose.faults - dose.faults // 2:
            watched.program.session.go(dice.randrange(watched.count))
            seen[watched.wait(60 + dose.patience).reason or "shown"] += 1  # so long it may be until there is a worker
            if seen.total() == 2 * _AT_ONCE:
                before = watched.signs()  # as much is kept as ever will be
            if seen.total() % _AT_ONCE == 0:
                watched.program.loader.forget()  # as when a gallery is read again: all get another chance
    for pid in watched.program.pool.pids:
        os.kill(pid, signal.SIGKILL)
    killed = set(watched.program.pool.pids)
    watched.program.settings.override("decode/deadline-s", dose.deadline)
    watched.rest(dose.patience, lambda: not killed & set(watched.program.pool.pids))
    watched.program.loader.forget()
    # If none of the last ones had ever answered it takes a minute, at most, until another one is tried.
    recovered = watched.rest(60 + dose.patience, lambda: (one := watched.outcome()) is not None and not one.reason)
    after = Counter[str]()
    for index in range(0, watched.count, 10):
        watched.program.session.go(index)
        after[watched.wait(dose.patience).reason or "shown"] += 1
    return {
        **vitals(watched, before), "workers lost": lost.count, "slides meanwhile": dict(seen),
        "not as foreseen": [] if recovered else ["no good worker came after the bad ones"],
        "slides afterwards": dict(after), **ended(watched),
    }
