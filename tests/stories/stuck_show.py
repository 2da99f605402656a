"""The whole program, whose show stops for good after its second slide: the slot that goes on raises.

Run as ``python -m tests.stories.stuck_show ARGUMENTS``, which are those of ``liftoff``. The event loop and every other
timer go on.
"""

from __future__ import annotations

import sys
from unittest import mock

from viewer import cli
from viewer.show.next_slide import NextSlide


def main() -> int:
    """Run the command line; returns the exit status."""
    go = NextSlide.go
    gone: list[int] = []

    def go_once(search: NextSlide) -> bool:
        if gone:
            raise RuntimeError("there is something that nobody thought of")
        gone.append(1)
        return go(search)

    with mock.patch.object(NextSlide, "go", go_once):
        return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
