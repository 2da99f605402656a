"""``liftoff kiosk uninstall``: stops and takes away what ``liftoff kiosk install`` wrote, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viewer.answer import Answer
from viewer.argument_parser import USAGE_ERROR
from viewer.gallery.files import why
from viewer.gallery.problems import shown
from viewer.kiosk_commands.command import Command
from viewer.kiosk_commands.own_file import refusal, state_of
from viewer.kiosk_commands.start_file import CAGE_UNIT, UNIT, autostart_path, user_unit_path
from viewer.kiosk_commands.systemctl import systemctl

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from pathlib import Path

    from viewer.argument_parser import ArgumentParser


def _no_arguments(parser: ArgumentParser) -> None:
    del parser


def _run(arguments: Namespace) -> Answer:
    del arguments
    removals: dict[Path, Callable[[Path], None]] = {
        user_unit_path(): lambda path: _remove_unit(path, "--user"),
        CAGE_UNIT: lambda path: _remove_unit(path, "--system"),
        autostart_path(): lambda path: path.unlink(),
    }
    taken: list[str] = []
    kept: list[str] = []
    for path, remove in removals.items():
        try:
            if state_of(path) == "missing":
                continue
            if said := refusal(path):
                kept.append(said)
            else:
                remove(path)
                taken.append(shown(path))
        except OSError as error:
            kept.append(f"{shown(path)} could not be taken away: {why(error)}.")
    done = f"Taken away: {', '.join(taken)}." if taken else "" if kept else "Nothing is installed."
    return Answer(done, " ".join(kept), USAGE_ERROR if kept else 0)


COMMAND: Final = Command("uninstall", "take away what install wrote", _no_arguments, _run)


def _remove_unit(path: Path, manager: str) -> None:
    systemctl(manager, "stop", UNIT)  # where no manager can be reached, nothing runs
    systemctl(manager, "disable", UNIT, offline=True)
    path.unlink()
    systemctl(manager, "daemon-reload")
