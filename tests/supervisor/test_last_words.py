from __future__ import annotations

import pytest

from viewer.supervisor.last_words import AT_THE_END, LastWords

TRACEBACK = b"""\
Traceback (most recent call last):
  File "show.py", line 3, in <module>
    raise ValueError("no such thing")
ValueError: no such thing
"""
DUMP = b"""\
Fatal Python error: Aborted

Current thread 0x00007f0000000000 (most recent call first):
  File "show.py", line 3 in <module>

Extension modules: PySide6.QtCore, PySide6.QtGui (total: 2)
"""


def words(*said: bytes) -> LastWords:
    """What was said, all in the moment of the end."""
    made = LastWords(lambda: 100.0)
    for data in said:
        made.hear(data)
    return made


@pytest.mark.parametrize(("said", "why"), [
    (TRACEBACK, "ValueError: no such thing"),
    (TRACEBACK + b"QThread: Destroyed while thread is still running\n", "ValueError: no such thing"),
    (TRACEBACK.replace(b"ValueError: no such thing\n", b"viewer.kiosk.NoSuchError\n"), "viewer.kiosk.NoSuchError"),
    (TRACEBACK.replace(b"ValueError: no such thing\n", b"KeyboardInterrupt"), "KeyboardInterrupt"),
    (b"liftoff: There is no screen.\n", "There is no screen"),
    (b"qt.qpa: no such plugin\n" + DUMP, "qt.qpa: no such plugin"),
    (DUMP, ""),
    (DUMP.replace(b"Aborted", b"_PyMem_DebugMalloc: out of bounds"), "_PyMem_DebugMalloc: out of bounds"),
    (b"liftoff: a \x1b[31m\xff\n", "a  [31m\N{REPLACEMENT CHARACTER}"),
    (b"libpng warning: iCCP: known incorrect sRGB profile\n", ""),
    (b"ValueError: in the text of a warning\n", ""),
    (b"", ""),
])
def test_what_a_show_said_of_its_end_is_found_and_nothing_else(said: bytes, why: str) -> None:
    assert words(said).why() == why
    assert words(*(said[at:at + 1] for at in range(len(said)))).why() == why


def test_what_was_said_long_before_the_end_is_not_about_it() -> None:
    time = [0.0]
    made = LastWords(lambda: time[0])
    made.hear(TRACEBACK)
    time[0] = AT_THE_END + 0.1

    assert made.why() == ""

    made.hear(DUMP)
    assert made.why() == ""  # nor is it what came before the dump


def test_another_show_is_not_blamed_for_what_the_one_before_has_said() -> None:
    made = words(TRACEBACK, b"The Wayland connection broke. Did the Wayland compositor die?\n")
    assert made.display_was_lost

    made.begin()

    assert (made.why(), made.display_was_lost) == ("", False)


def test_a_show_that_writes_without_end_fills_no_memory() -> None:
    made = words(*[b"x" * 100_000] * 100, b"\n", *[b"y\n" * 10_000] * 10)

    assert sum(len(line) for _, line in made._lines) < 200_000
