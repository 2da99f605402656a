from __future__ import annotations

from viewer.supervisor.edge_log import REPEATED_AFTER, EdgeLog


def test_what_is_as_it_was_is_said_once_an_hour() -> None:
    time = [0.0]
    written: list[str] = []
    log = EdgeLog(lambda: time[0], written.append)
    for _ in range(10):
        log.say("It has ended.")
    log.say("It has gone.")
    time[0] = REPEATED_AFTER
    log.say("It has ended.")
    log.say("It has ended.")

    assert written == ["It has ended.", "It has gone.", "It has ended. (9 times more since this was last said.)"]


def test_sentences_of_one_kind_are_said_once_an_hour_however_they_differ() -> None:
    written: list[str] = []
    log = EdgeLog(lambda: 0.0, written.append)
    for number in range(3):
        log.say(f"It has ended at {number}.", "It has ended")
    log.say("It has gone.", "It has gone")

    assert written == ["It has ended at 0.", "It has gone."]


def test_sentences_without_number_do_not_fill_memory() -> None:
    written: list[str] = []
    log = EdgeLog(lambda: 0.0, written.append)
    for number in range(1000):
        log.say(f"It has ended by {number}.")

    assert len(log._said) <= 100
