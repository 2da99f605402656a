"""Signals that wake a loop."""

from __future__ import annotations

import os
import select
import signal
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from viewer.startup.signal_wakeup import SignalWakeup

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no SIGHUP, and kill ends at once")


@pytest.fixture
def wakeup() -> Iterator[SignalWakeup]:
    with closing(SignalWakeup(signal.SIGCHLD)) as made:
        yield made


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGCHLD"])
def test_a_signal_makes_the_descriptor_readable_and_is_told_once(wakeup: SignalWakeup, name: str) -> None:
    number = getattr(signal, name)
    os.kill(os.getpid(), number)

    assert select.select([wakeup.descriptor], [], [], 10)[0] == [wakeup.descriptor]
    assert number in wakeup.take()
    assert number not in wakeup.take()


def test_nothing_has_come_before_a_signal_does(wakeup: SignalWakeup) -> None:
    assert wakeup.take() <= {signal.SIGCHLD}  # a child of another test may be ending


def test_what_whoever_started_it_ignores_is_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with closing(SignalWakeup()) as wakeup:
            os.kill(os.getpid(), signal.SIGHUP)

            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            assert signal.SIGHUP not in wakeup.take()
    finally:
        signal.signal(signal.SIGHUP, before)


def test_signals_are_as_they_were_after_it() -> None:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
    before = [signal.getsignal(number) for number in numbers]

    SignalWakeup(signal.SIGCHLD).close()

    assert [signal.getsignal(number) for number in numbers] == before
