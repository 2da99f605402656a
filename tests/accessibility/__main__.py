"""Writes what a screen reader gets into docs/accessibility.md: ``python -m tests.accessibility``."""

from __future__ import annotations

import sys

from tests.accessibility.bus import missing_packages
from tests.accessibility.heard_program import HeardProgram
from tests.accessibility.page import PAGE, heard_part, with_part


def main() -> int:
    """Start the program, listen, and write; returns the exit status."""
    if lacking := missing_packages():
        sys.stderr.write(f"This needs a desktop of its own. Install its parts: apt-get install {' '.join(lacking)}\n")
        return 1
    with HeardProgram() as program:
        part = heard_part(program)
    PAGE.write_text(with_part(PAGE.read_text("utf-8"), part), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
