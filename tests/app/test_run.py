from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from viewer.app.run import TerminationSignals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def ending(qtbot: QtBot) -> Iterator[TerminationSignals]:  # noqa: ARG001 - it wants an event loop
    made = TerminationSignals()
    yield made
    made.close()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_to_end_wakes_the_event_loop(ending: TerminationSignals, qtbot: QtBot, name: str) -> None:
    with qtbot.waitSignal(ending.asked):
        os.kill(os.getpid(), getattr(signal, name))


def test_afterwards_signals_are_as_they_were(qtbot: QtBot) -> None:  # noqa: ARG001 - it wants an event loop
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    TerminationSignals().close()

    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


@pytest.mark.parametrize(("rules", "said"), [("", "False True"), ("qt.qpa.wayland.textinput=true", "True True")])
def test_qt_warns_of_unused_input_methods_to_those_alone_who_ask_for_it(rules: str, said: str) -> None:
    script = (
        "from PySide6.QtCore import QLoggingCategory; from viewer.app.run import limit_logging; limit_logging()\n"
        "print(*(QLoggingCategory(f'qt.qpa.wayland{part}').isWarningEnabled() for part in ('.textinput', '')))"
    )
    done = subprocess.run([sys.executable, "-c", script], env={**os.environ, "QT_LOGGING_RULES": rules}, text=True,
                          cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, check=True)

    assert done.stdout.strip() == said
