"""The parser of command lines that every command of the program uses."""

from __future__ import annotations

import argparse
from typing import Final, NoReturn

USAGE_ERROR: Final = 2
"""The exit status where the arguments, or a file that they name, cannot be used."""

SYSTEM_ERROR: Final = 3
"""The exit status where the system lacks something."""


class ArgumentParser(argparse.ArgumentParser):
    """Reports errors on one line, and takes no abbreviated flags."""

    def __init__(self, *, prog: str, description: str, epilog: str = "") -> None:
        super().__init__(prog=prog, description=description, epilog=epilog, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Exit with `message` as a sentence."""
        self.exit(USAGE_ERROR, f"liftoff: {message}. See {self.prog} --help.\n")
