from __future__ import annotations

import io

from viewer.startup.terminal_progress import TerminalProgress


class Terminal(io.StringIO):
    """Keeps what is written, as a terminal shows it in the end, and each line that it has shown."""

    def isatty(self) -> bool:
        return True

    @property
    def seen(self) -> list[str]:
        return [line.strip() for line in self.getvalue().split("\r") if line.strip()]


def test_one_line_is_rewritten_in_place_and_gone_in_the_end() -> None:
    terminal = Terminal()
    with TerminalProgress("Decoding", 2, terminal) as progress:
        progress.say(2)

    assert terminal.seen == ["Decoding: 0 of 2", "Decoding: 2 of 2"]
    assert "\n" not in terminal.getvalue()
    assert terminal.getvalue().endswith(f"\r{' ' * len('Decoding: 2 of 2')}\r")


def test_a_line_is_not_rewritten_more_often_than_it_can_be_read() -> None:
    terminal = Terminal()
    with TerminalProgress("Decoding", 10_000, terminal) as progress:
        for done in range(1, 1001):
            progress.say(done)

    assert len(terminal.seen) < 100


def test_a_pipe_gets_nothing() -> None:
    pipe = io.StringIO()
    with TerminalProgress("Decoding", 2, pipe) as progress:
        progress.say(1)

    assert pipe.getvalue() == ""
