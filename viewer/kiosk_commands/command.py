"""What a sub-command of ``liftoff kiosk`` is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from viewer.locations import kiosk_state_folder

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from viewer.answer import Answer
    from viewer.argument_parser import ArgumentParser


class Command(NamedTuple):
    """A sub-command: its name, a line of help, what it takes, and what it does."""

    name: str
    help: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], Answer]


def add_config(parser: ArgumentParser) -> None:
    """Add the flag that names the file in which the kiosk is set up."""
    parser.add_argument("--config", metavar="FILE", type=Path, help="the file in which the kiosk is set up; without "
                        "it, ~/.config/liftoff/kiosk.toml or /etc/liftoff/kiosk.toml")


def screen_folders() -> list[Path]:
    """The folders with the state of the shows of all screens that there have been, the first screen's first."""
    return sorted(kiosk_state_folder().glob("screen-*"), key=lambda folder: (len(folder.name), folder.name))
