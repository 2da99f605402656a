"""Parts in which workers are killed by signals, and in which they misbehave."""

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

from tests.torture.common import (
    WARM_UP,
    Figures,
    WorkerLosses,
    Workload,
    closing_figures,
    many_pictures,
    percentile,
    state_figures,
    using_workers,
)
from tests.torture.driver import SMALL, Driver

STOPPED_SECONDS: Final = 5
"""Deadline in seconds where workers are stopped (SIGSTOP), which only a deadline detects."""

_RETRY_INTERVAL: Final = 40
"""Slides after which quarantined files are tried again."""

_SIGNALS: Final = (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM, signal.SIGBUS)


def kills(folder: Path, workload: Workload) -> Figures:
    """Kill workers at random moments while they decode; measure how soon the picture is shown all the same."""
    rng = random.Random(workload.seed)
    driver = Driver(many_pictures(folder, 3000), {**SMALL, "decode/deadline-s": STOPPED_SECONDS})
    driver.wait(workload.timeout)
    for _ in range(min(WARM_UP, workload.faults)):
        driver.page(workload.timeout)
    lost, times, wrong, late = WorkerLosses(driver), list[float](), list[str](), 0
    before = driver.state()
    given = 0
    while given < workload.faults // 2 or not times:
        driver.program.session.go(rng.randrange(driver.count))
        moment = time.perf_counter() + rng.choice((0, 0.001, 0.004, 0.012))
        while time.perf_counter() < moment and driver.outcome() is None:
            driver.process_events()
        pids, sent = driver.program.pool.pids, 0
        if pids and driver.outcome() is None:
            given += 1
            sent = signal.SIGSTOP if given % 50 == 0 else rng.choice(_SIGNALS)
            os.kill(rng.choice(pids), sent)
        seen = driver.wait(workload.timeout)
        if seen.reason == "too-slow" and sent == signal.SIGSTOP:
            late += 1  # a placeholder is expected until another worker has decoded it
            lost.since_last()
        elif seen.reason:
            wrong.append(seen.reason)
        elif lost.since_last():
            times.append((time.perf_counter() - lost.latest) * 1000)
    return {
        **state_figures(driver, before), "faults": given, "workers lost": lost.count,
        "placeholders": dict(Counter(wrong)), "placeholders for stopped workers": late,
        "recovery, median ms": round(statistics.median(times), 1), "recovery, 99 % ms": percentile(times, 0.99),
        "recovery, longest ms": round(max(times), 1), **closing_figures(driver),
    }


def worker_faults(folder: Path, workload: Workload) -> Figures:
    """Workers with injected faults; afterwards, with sound ones, every slide is shown."""
    script = Path(__file__).with_name("faulty_worker.py")
    rng = random.Random(workload.seed)
    with using_workers((sys.executable, "-I", str(script), str(workload.seed), "0.15")):
        driver = Driver(many_pictures(folder, 600), {**SMALL, "decode/deadline-s": 1})
        lost, seen = WorkerLosses(driver), Counter[str]()
        before = driver.state()
        while lost.count < workload.faults - workload.faults // 2:
            driver.program.session.go(rng.randrange(driver.count))
            seen[driver.wait(60 + workload.timeout).reason or "shown"] += 1  # 60: the longest back-off of the pool
            if seen.total() == 2 * _RETRY_INTERVAL:
                before = driver.state()  # the caches are full
            if seen.total() % _RETRY_INTERVAL == 0:
                driver.program.loader.forget()  # ends all quarantines, as reloading the gallery does
    for pid in driver.program.pool.pids:
        os.kill(pid, signal.SIGKILL)
    killed = set(driver.program.pool.pids)
    driver.program.settings.override("decode/deadline-s", workload.deadline)
    driver.run_for(workload.timeout, lambda: not killed & set(driver.program.pool.pids))
    driver.program.loader.forget()
    # If none of the last workers ever answered, the back-off before the next one is up to a minute.
    recovered = driver.run_for(60 + workload.timeout, lambda: (one := driver.outcome()) is not None and not one.reason)
    after = Counter[str]()
    for index in range(0, driver.count, 10):
        driver.program.session.go(index)
        after[driver.wait(workload.timeout).reason or "shown"] += 1
    return {
        **state_figures(driver, before), "workers lost": lost.count, "slides meanwhile": dict(seen),
        "unexpected": [] if recovered else ["no sound worker was started after the faulty ones"],
        "slides afterwards": dict(after), **closing_figures(driver),
    }
