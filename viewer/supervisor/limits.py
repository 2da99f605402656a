"""How long a supervisor waits for what."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """Times in seconds.

    A show has `start` to paint for the first time, twice as long after each vain start, but `longest_start` at most.
    It has `traceback` to say where it hangs, and `polite` to end itself. It is started again after `first_wait`, twice
    that the next time and so on to `longest_wait`, and from the beginning once it has been `healthy` for so long. A
    display server is looked for every `display` seconds. The service manager is told that the kiosk has started after
    `ready`, though nothing was painted.
    """

    start: float = 40
    longest_start: float = 300
    traceback: float = 2
    polite: float = 5
    first_wait: float = 0.5
    longest_wait: float = 60
    healthy: float = 60
    display: float = 1
    ready: float = 30
