from __future__ import annotations

from pathlib import Path

import pytest

from viewer.supervisor.ending import ending_of

LOG = Path("/state/show.log")


@pytest.mark.parametrize(("status", "said", "sentence"), [
    (-9, "a line", "The show was ended by signal 9 (SIGKILL), as by the system when memory runs out."),
    (-15, "a line", "The show was ended by signal 15 (SIGTERM), which somebody has sent."),
    (143, "", "The show was ended by signal 15 (SIGTERM), which somebody has sent."),
    (129, "", "The show was ended by signal 1 (SIGHUP), which somebody has sent."),
    (-40, "", "The show was ended by signal 40 (a real-time signal), which somebody has sent."),
    (-11, "", "The show has crashed with signal 11 (SIGSEGV); where it was stands in /state/show.log."),
    (-6, "it", "The show has crashed with signal 6 (SIGABRT), saying: it; where it was stands in /state/show.log."),
    (1, "ValueError: x", "The show has ended by exit status 1, saying: ValueError: x."),
    (137, "", "The show has ended by exit status 137."),
])
def test_it_is_said_how_a_show_ended(status: int, said: str, sentence: str) -> None:
    assert ending_of(status, said, LOG).sentence == sentence


def test_endings_are_of_one_kind_whatever_follows_the_name_of_an_exception() -> None:
    first, other, third = (ending_of(1, said, LOG).kind for said in ("KeyError: 1", "KeyError: 2", "OSError: 2"))

    assert first == other != third
