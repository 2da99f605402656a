"""Checks of the machine: the program's parts, who restarts it, its room, and the keeper's way out."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from typing import TYPE_CHECKING, Final

from viewer.gallery.problems import shown
from viewer.imaging.pool.sandbox_probe import NO_WORKER, sandbox_here
from viewer.kiosk.opening_hours import unmet_need
from viewer.kiosk_commands.checks.finding import Finding, error, warning
from viewer.kiosk_commands.own_file import state_of
from viewer.kiosk_commands.start_file import CAGE_UNIT, UNIT, autostart_path, user_unit_path
from viewer.kiosk_commands.systemctl import is_there as systemctl_is_there
from viewer.settings import BY_KEY
from viewer.startup import preflight

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from viewer.kiosk_commands.checks.finding import Kiosk

SHOW_MEGABYTES: Final = 700
"""What one show and its workers may need on a screen of 3840 x 2160 with photographs of 24 million pixels."""

SPARE_MEGABYTES: Final = 100
"""What is to stay free on the disk beyond the play log."""

_CAGE_NEEDS: Final[Mapping[str, str]] = {"cage": "cage", "Xwayland": "xwayland"}
"""Programs and their Debian packages; cage 0.1.4 ends at once without the second, and does not depend on it."""

_CACHES: Final = ("memory/pictures-mb", "memory/thumbnails-mb")


def safe_runtime(kiosk: Kiosk) -> list[Finding]:
    """Whether this PySide6 can run for months under this Python, and Qt has all its libraries."""
    del kiosk
    return [Finding("error", sentence) for sentence in (preflight.safe_pair(), preflight.libraries()) if sentence]


def sandbox(kiosk: Kiosk) -> list[Finding]:
    """Whether pictures are decoded in a full sandbox here."""
    del kiosk
    found = sandbox_here()
    if found is None:
        return error(NO_WORKER)
    if found.is_complete or sys.platform != "linux":
        return []
    return warning(f"Pictures are not decoded in a full sandbox, but in {found.summary()}. Use a kernel with Landlock "
                   "and seccomp, as Debian 12 has.")


def restarted(kiosk: Kiosk) -> list[Finding]:
    """Whether something starts the show with the machine, and notices when it hangs."""
    if sys.platform != "linux":
        return warning("Nothing starts the show by itself here: add it to what starts when this account logs in.")
    units = [path for path in (user_unit_path(), CAGE_UNIT) if state_of(path) != "missing"]
    if not units:
        if state_of(autostart_path()) != "missing":
            return warning("No service manager watches the show, only its own supervisor: where systemd starts the "
                           "desktop, type “liftoff kiosk uninstall” and “liftoff kiosk install”.")
        how = "install" if systemctl_is_there() else "install --autostart"
        return warning("Nothing starts the show when the machine starts, and no watchdog looks after it: type “liftoff "
                       f"kiosk {how}”.")
    cap = f"MemoryMax={kiosk.config.memory_megabytes}M"
    return [Finding("warning", f"{shown(path)} has another memory cap than “memory-megabytes”: type “liftoff kiosk "
                               "install” again.")
            for path in units if state_of(path) == "own" and cap not in path.read_text("utf-8").splitlines()] + [
            Finding("warning", f"{shown(path)} is not enabled: type “{_enable(path)}”.")
            for path in units if not any(path.parent.glob(f"*.target.wants/{UNIT}"))] + [
            Finding("error", f"{program} is missing, without which the show does not start in cage: install the "
                             f"package {package}.")
            for program, package in _CAGE_NEEDS.items() if CAGE_UNIT in units and shutil.which(program) is None]


def account(kiosk: Kiosk) -> list[Finding]:
    """Whether this is an account that a show may run in."""
    del kiosk
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return warning("This account is root, which can do anything to the machine: run the show in one of its own, "
                       "and type this command there.")
    return []


def way_out(kiosk: Kiosk) -> list[Finding]:
    """Whether the keeper can end the show at the screen."""
    return [] if kiosk.config.pin else warning(
        "No PIN is set: nobody can end the show at the screen. Type “liftoff kiosk pin”.")


def opening_hours(kiosk: Kiosk) -> list[Finding]:
    """Whether opening hours can be kept, and all that they speak of is known."""
    if kiosk.config.hours.open and importlib.util.find_spec("opening_hours") is None:
        return error(f"“hours.open” is set, and the library for it is missing: type “{sys.executable} -m pip install "
                     "opening-hours-py”.")
    return warning(said) if (said := unmet_need(kiosk.config.hours)) else []


def panel_commands(kiosk: Kiosk) -> list[Finding]:
    """Whether the commands for the panel's power are there."""
    hooks = kiosk.config.hooks
    return [Finding("error", f"“hooks.{name}” names {shown(command[0])}, and there is no such program: install it, or "
                             "correct its name.")
            for name, command in (("on-open", hooks.on_open), ("on-close", hooks.on_close))
            if command and shutil.which(command[0]) is None]


def clock(kiosk: Kiosk) -> list[Finding]:
    """Whether the time of day can be trusted, by which a show opens and closes, and its play log is kept."""
    return warning(kiosk.clock_doubt) if kiosk.clock_doubt else []


def disk(kiosk: Kiosk) -> list[Finding]:
    """Whether state and play log can be written, and for how long."""
    folder = kiosk.state_folder
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return error(f"The state of the show cannot be written to {shown(kiosk.state_folder)}: change the permissions "
                     f"of {shown(folder)}.")
    log = kiosk.config.play_log
    wanted = SPARE_MEGABYTES + (log.megabytes if log.days else 0)
    free = shutil.disk_usage(folder).free >> 20
    return [] if free >= wanted else warning(
        f"The disk with {shown(kiosk.state_folder)} has {free} MB left, and play log and state may take {wanted}: make "
        "room, or lower “play-log.megabytes”.")


def memory(kiosk: Kiosk) -> list[Finding]:
    """Whether the memory cap leaves the show what it needs, and is below what the machine has."""
    found: list[Finding] = []
    options = kiosk.config.options
    caches = sum(int(options.get(key, BY_KEY[key].default)) - int(BY_KEY[key].default) for key in _CACHES)
    needed = len(kiosk.config.shows) * (SHOW_MEGABYTES + caches)
    cap = kiosk.config.memory_megabytes
    if cap < needed:
        found += warning(f"“memory-megabytes” is {cap}, and the show may need {needed}: raise it, or lower the memory "
                         "of “[options]”.")
    try:
        there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    except (AttributeError, ValueError, OSError):  # not on this system
        return found
    if cap > there:
        found += warning(f"“memory-megabytes” is {cap}, and this machine has {there}: set it to {there * 4 // 5} or "
                         "less, so that a leak ends the show and not the machine.")
    return found


def _enable(path: Path) -> str:
    return f"systemctl {'--system' if path == CAGE_UNIT else '--user'} enable {UNIT}"
