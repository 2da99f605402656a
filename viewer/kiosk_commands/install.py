"""``liftoff kiosk install``: writes the file that has the show start by itself, and enables it."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viewer.answer import Answer
from viewer.argument_parser import SYSTEM_ERROR, USAGE_ERROR
from viewer.gallery.files import why
from viewer.gallery.model import GalleryError
from viewer.gallery.problems import shown
from viewer.kiosk.config_file import SYSTEM_FILE, find_config, read_config
from viewer.kiosk_commands.account import account_named, this_account
from viewer.kiosk_commands.command import Command, add_config
from viewer.kiosk_commands.needs import unmet_needs
from viewer.kiosk_commands.own_file import write
from viewer.kiosk_commands.start_file import UNIT, StartFile, autostart_entry, cage_unit, show_command, user_unit
from viewer.kiosk_commands.systemctl import is_there, systemctl
from viewer.locations import kiosk_file_below

if TYPE_CHECKING:
    from argparse import Namespace

    from viewer.argument_parser import ArgumentParser
    from viewer.kiosk.config import KioskConfig
    from viewer.kiosk_commands.account import Account


class _RefusedError(Exception):
    """The arguments do not go together; the message is a sentence."""


def _add_arguments(parser: ArgumentParser) -> None:
    add_config(parser)
    parser.add_argument("source", metavar="GALLERY", nargs="?", type=Path,
                        help="what to show; without it, what the file says")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--autostart", action="store_true",
                     help="by an autostart entry, for a desktop that systemd knows nothing of; it does not watch then")
    way.add_argument("--cage", action="store_true",
                     help="with no desktop but the compositor cage, by a unit of the machine; as root")
    parser.add_argument("--user", metavar="NAME", help="with --cage: the account that the show runs in")
    parser.add_argument("--print", action="store_true", help="show the file, and write nothing")


def _run(arguments: Namespace) -> Answer:
    try:
        name = _user(arguments)
        account = account_named(name) if name else this_account()
        config_file, config = _config(arguments.config, account)
        file = _start_file(arguments, config.memory_megabytes, name)
        if account is None:
            faults = [f"There is no account {shown(name)} on this machine: type “adduser {shown(name)}” to make it."]
        else:
            faults = unmet_needs(account, config_file, config, arguments.source)
        if arguments.print:
            return Answer(file.text.rstrip("\n"), "\n".join(faults))
        if not arguments.autostart and not is_there():
            return Answer(error="This machine has no systemd: install it with --autostart.", status=SYSTEM_ERROR)
        if faults:
            return Answer(error="\n".join(faults), status=USAGE_ERROR)
        write(file.path, file.text)
    except (GalleryError, _RefusedError) as error:
        return Answer(error=str(error), status=USAGE_ERROR)
    except OSError as error:
        return Answer(error=f"{shown(file.path)} could not be written: {why(error)}.", status=USAGE_ERROR)
    said = f"{shown(file.path)} is written."
    if arguments.autostart:
        return Answer(f"{said} The show starts when this account logs in to its desktop. Systemd does not watch it so: "
                      "where it starts the desktop, install it without --autostart.")
    return _enabled(said, ("--system",) if arguments.cage else ("--user",))


COMMAND: Final = Command("install", "have the show start by itself, watched by systemd", _add_arguments, _run)


def _user(arguments: Namespace) -> str:
    """The name of the account of a unit of the machine; empty for this account."""
    if not arguments.cage:
        if arguments.user:
            raise _RefusedError("--user goes with --cage: otherwise the show runs in the account that you are in.")
        return ""
    user: str = arguments.user or os.environ.get("SUDO_USER") or getpass.getuser()
    if user == "root":
        raise _RefusedError("A show does not run as root: name the account that it runs in by --user NAME.")
    return user


def _config(named: Path | None, account: Account | None) -> tuple[Path | None, KioskConfig]:
    """The file that a show in `account` reads, and what it says. Raises ConfigError."""
    if account is None or account.number is None:
        file, home = find_config(named), None
    else:
        file, home = find_config(named, (kiosk_file_below(account.home), SYSTEM_FILE)), account.home
    return file, read_config(file, home)


def _start_file(arguments: Namespace, megabytes: int, user: str) -> StartFile:
    command = show_command(arguments.config, arguments.source)
    if "\n" in "".join(command):
        raise _RefusedError("The name of a file has a line end, which cannot be written there; rename it.")
    if arguments.cage:
        return cage_unit(command, megabytes, user)
    return autostart_entry(command) if arguments.autostart else user_unit(command, megabytes)


def _enabled(said: str, manager: tuple[str, ...]) -> Answer:
    if reason := systemctl(*manager, "enable", UNIT, offline=True):
        return Answer(said, f"It could not be enabled ({reason}). Type: systemctl {' '.join(manager)} enable {UNIT}",
                      SYSTEM_ERROR)
    begins = "this account logs in to its desktop" if manager == ("--user",) else "the machine starts"
    said += f" The show starts when {begins}."
    if reason := systemctl(*manager, "daemon-reload"):
        linger = f" (for that, “loginctl enable-linger {getpass.getuser()}” as root)" if manager == ("--user",) else ""
        return Answer(f"{said} To start it before, have systemd run{linger} and type “systemctl {manager[0]} "
                      f"daemon-reload”; now it cannot be reached: {reason}.")
    said += f" To start it now: systemctl {manager[0]} start {UNIT}"
    if manager == ("--user",) and systemctl("--user", "is-active", "graphical-session.target"):
        said += ("\nNo desktop has told systemd that it is there (graphical-session.target). If you type this in one, "
                 "install the show with --autostart instead.")
    return Answer(said)
