from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.supervisor.written import Written
from viewer.supervisor.edge_log import LONGEST_LINE, REPEATED_AFTER, EdgeLog


def test_what_is_as_it_was_is_said_once_an_hour() -> None:
    time = [0.0]
    written = Written()
    log = EdgeLog(lambda: time[0], written.write)
    for _ in range(10):
        log.say("It has ended.")
    log.say("It has gone.")
    time[0] = REPEATED_AFTER
    log.say("It has ended.")
    log.say("It has ended.")

    assert written == ["It has ended.", "It has gone.", "It has ended. (9 times more since this was last said.)"]


def test_sentences_of_one_kind_are_said_once_an_hour_however_they_differ() -> None:
    written = Written()
    log = EdgeLog(lambda: 0.0, written.write)
    for number in range(3):
        log.say(f"It has ended at {number}.", "It has ended")
    log.say("It has gone.", "It has gone")

    assert written == ["It has ended at 0.", "It has gone."]


def test_sentences_without_number_do_not_fill_memory() -> None:
    written = Written()
    log = EdgeLog(lambda: 0.0, written.write)
    for number in range(1000):
        log.say(f"It has ended by {number}.")

    assert len(log._said) <= 100


def test_what_could_not_be_written_is_said_when_it_can() -> None:
    written = Written()
    written.takes = False
    log = EdgeLog(lambda: 0.0, written.write)
    log.say("It has ended.")
    written.takes = True
    log.say("It has ended.")
    log.say("It has ended.")

    assert written == ["It has ended."]


def said_into(descriptor: int, count: int = 1) -> subprocess.CompletedProcess[bytes]:
    """A program that says sentences into an error stream which is `descriptor`."""
    script = ("from viewer.supervisor.edge_log import to_stderr\n"
              f"for number in range({count}): said = to_stderr('It has ended: ' + 'x' * 10_000)\nprint(said)")
    return subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=descriptor, timeout=60,
                          cwd=Path(__file__).parents[2], check=False)


def test_a_pipe_that_nobody_reads_holds_nobody_up() -> None:
    read, write = os.pipe()
    try:
        done = said_into(write, 1000)
        said = os.read(read, 2 * LONGEST_LINE)
    finally:
        os.close(read)
        os.close(write)

    assert (done.returncode, done.stdout) == (0, b"False\n")
    assert said.index(b"\n") == LONGEST_LINE - 1


def test_a_pipe_whose_reader_has_gone_changes_no_exit_status() -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = said_into(write)
    finally:
        os.close(write)

    assert (done.returncode, done.stdout) == (0, b"False\n")
