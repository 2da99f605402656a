"""``liftoff kiosk uninstall``: stops and takes away what ``liftoff kiosk install`` made, and nothing else."""

from __future__ import annotations

import itertools
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

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
    from collections.abc import Sequence
    from pathlib import Path

    from viewer.argument_parser import ArgumentParser



class _Made(NamedTuple):
    """A file that ``install`` may have made: the service manager of which it is a unit, if it is one, and the folders
    that it may have made for it.
    """

    path: Path
    manager: str
    folders: Sequence[Path]


def _no_arguments(parser: ArgumentParser) -> None:
    del parser


def _run(arguments: Namespace) -> Answer:
    del arguments
    unit, entry = user_unit_path(), autostart_path()
    done: list[str] = []
    kept: list[str] = []
    for made in (_Made(unit, "--user", unit.parents[:2]), _Made(CAGE_UNIT, "--system", ()),
                 _Made(entry, "", (entry.parent,))):
        try:
            if state_of(made.path) == "foreign":
                kept.append(refusal(made.path))
            elif said := _take_away(made):
                done.append(said)
        except OSError as error:
            kept.append(f"{shown(made.path)} could not be taken away: {why(error)}.")
    nothing = "" if kept else "Nothing is installed."
    return Answer("\n".join(done) or nothing, "\n".join(kept), USAGE_ERROR if kept else 0)


COMMAND: Final = Command("uninstall", "take away what install wrote", _no_arguments, _run)


def _take_away(made: _Made) -> str:
    """End what a file started, and have it start nothing again; returns a sentence, empty where there is
    nothing. What somebody has changed is kept under another name. Raises OSError.
    """
    path, manager = made.path, made.manager
    state, links = state_of(path), _links_to(path) if manager else []
    if state == "missing" and not links:
        return ""
    if manager and state != "missing":
        systemctl(manager, "stop", UNIT)  # where no manager can be reached, nothing runs
    for link in links:
        link.unlink()
        _remove_if_empty(link.parent)
    said = f"Taken away: {shown(path)}."
    if state == "changed":
        kept = _free_name(path)
        path.rename(kept)
        said = f"{shown(path)} was changed after it was installed: it is kept as {shown(kept)}, which starts nothing."
    else:
        path.unlink(missing_ok=True)
    if manager:
        systemctl(manager, "daemon-reload")
    for folder in made.folders:
        _remove_if_empty(folder)
    return said


def _links_to(unit: Path) -> list[Path]:
    """The links by which it is enabled (systemctl(1), "enable")."""
    links = [folder / UNIT for folder in unit.parent.glob("*.wants")]
    return [link for link in links if link.is_symlink() and link.parent / link.readlink() == unit]


def _free_name(path: Path) -> Path:
    """Where a file that was changed can be kept: neither systemd nor a desktop takes it for one of theirs there."""
    names = (f"{path.name}.changed{f'-{number}' if number > 1 else ''}" for number in itertools.count(1))
    return next(kept for name in names if not (kept := path.with_name(name)).exists())


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
