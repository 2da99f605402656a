"""What a command that shows nothing answers."""

from __future__ import annotations

from typing import NamedTuple


class Answer(NamedTuple):
    """What is printed: `text` on the standard output, `error` on the other, a sentence on each line; and the exit
    status.
    """

    text: str = ""
    error: str = ""
    status: int = 0
