"""Makes a supervisor of what a keeper has set and of the command line that started this process."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from viewer.kiosk.disk_thread import DiskThread
from viewer.locations import kiosk_screen_folder, kiosk_state_folder
from viewer.supervisor.edge_log import EdgeLog
from viewer.supervisor.limits import Limits
from viewer.supervisor.run import Supervisor
from viewer.supervisor.service_manager import ServiceManager
from viewer.supervisor.show_process import ShowCommand
from viewer.supervisor.single import lock
from viewer.supervisor.watched_show import Surroundings, WatchedShow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.kiosk.config import KioskConfig


def supervise(config: KioskConfig, words: Sequence[str], no_display: Callable[[], str | None]) -> str:
    """Run until a show is left by its keeper or a signal asks for the end; returns a sentence if that cannot be.

    `no_display` returns why there is no display server, None where there is one.
    """
    if (held := lock(kiosk_state_folder())) is None:
        return (f"A kiosk of yours runs already, and keeps its state in {kiosk_state_folder()}. End that one first; "
                "several screens are set in one file.")
    limits, disk = Limits(), DiskThread("supervisor's disk")
    around = Surroundings(show_command(words), limits, no_display, EdgeLog(time.monotonic).say, disk)
    shows = [WatchedShow(entry, kiosk_screen_folder(entry), around) for entry in config.shows]
    Supervisor(shows, ServiceManager(), limits).run()
    disk.close()
    if held >= 0:
        os.close(held)
    return ""


def show_command(words: Sequence[str]) -> ShowCommand:
    """This very program with `words` for its command line, as it was started itself (`sys.orig_argv`)."""
    before = len(sys.orig_argv) - len(sys.argv[1:])
    return ShowCommand((sys.executable, *sys.orig_argv[1:before]), tuple(words))
