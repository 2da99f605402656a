"""The files that start a kiosk by itself: a systemd unit of a person, one of the machine with cage, a desktop entry."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.kiosk_commands.own_file import marked
from viewer.kiosk_commands.quoting import desktop_line, systemd_line, systemd_word
from viewer.locations import autostart_folder, systemd_user_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

UNIT: Final = "liftoff-kiosk.service"
_IN_CAGE: Final = """
cage=$1; shift; status=$RUNTIME_DIRECTORY/status; rm -f "$status"
"$cage" -d -- /bin/sh -c '"$@"; echo $? >"$0"' "$status" /usr/bin/env -u WATCHDOG_PID "$@"
exit "$(cat "$status" || echo 1)"
""".strip().replace("\n", "; ")
"""Shows a program in cage and ends with the program's own status: that of cage 0.1.4 is always 0, after a crash, too.

The program is not the unit's main process, so it must not take the watchdog to be meant for somebody else.
"""

CAGE_UNIT: Final = Path("/etc/systemd/system", UNIT)
_PLACES: Final = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
"""Variables that say where files lie: a show that is started by itself must find those of the one who installed it."""


class StartFile(NamedTuple):
    """A file that starts the kiosk: where it lies, and all of its text."""

    path: Path
    text: str


def user_unit_path() -> Path:
    """Where a person's own unit lies."""
    return systemd_user_folder() / UNIT


def autostart_path() -> Path:
    """Where the desktop's entry lies."""
    return autostart_folder() / "liftoff-kiosk.desktop"


def show_command(config: Path | None, source: Path | None) -> list[str]:
    """The words that start the show with this installation of the program, wherever they are typed."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "viewer"]
    named = [] if config is None else ["--config", str(config.absolute())]
    return [*program, "--kiosk", *named, *([] if source is None else [str(source.absolute())])]


def cage_command(command: Sequence[str]) -> list[str]:
    """The words that show the program `command` in cage; $RUNTIME_DIRECTORY is a folder that they may write to."""
    return ["/bin/sh", "-c", _IN_CAGE, "sh", shutil.which("cage") or "/usr/bin/cage", *command]


def user_unit(command: Sequence[str], megabytes: int) -> StartFile:
    """A unit of the person's own service manager, started with the desktop and ended with it."""
    places = "".join(f"Environment={systemd_word(place)}\n" for place in _places())
    return StartFile(user_unit_path(), marked(f"""\
[Unit]
Description=Liftoff, a slideshow that runs unattended
PartOf=graphical-session.target
After=graphical-session.target
StartLimitIntervalSec=0

[Service]
{_service(megabytes)}NotifyAccess=main
KillMode=mixed
{places}ExecStart={systemd_line(command)}

[Install]
WantedBy=graphical-session.target
"""))


def cage_unit(command: Sequence[str], megabytes: int, user: str) -> StartFile:
    """A unit of the machine's service manager: the Wayland compositor cage on the first terminal, with the show.

    It takes the place of the log-in there.
    """
    return StartFile(CAGE_UNIT, marked(f"""\
[Unit]
Description=Liftoff, a slideshow that runs unattended, on a screen of its own
After=systemd-user-sessions.service plymouth-quit-wait.service dbus.socket systemd-logind.service getty@tty1.service
Before=graphical.target
Wants=dbus.socket systemd-logind.service
Conflicts=getty@tty1.service
ConditionPathExists=/dev/tty0
StartLimitIntervalSec=0

[Service]
{_service(megabytes)}NotifyAccess=all
RuntimeDirectory=liftoff-kiosk
User={systemd_word(user)}
PAMName=login
TTYPath=/dev/tty1
TTYReset=yes
TTYVHangup=yes
TTYVTDisallocate=yes
StandardInput=tty-fail
StandardOutput=journal
UtmpIdentifier=tty1
UtmpMode=user
ExecStart={systemd_line(cage_command(command))}

[Install]
WantedBy=graphical.target
"""))


def autostart_entry(command: Sequence[str]) -> StartFile:
    """An entry that the desktop starts at log-in (Desktop Application Autostart Specification)."""
    places = _places()
    words = ["env", *places, *command] if places else command
    return StartFile(autostart_path(), marked(f"""\
[Desktop Entry]
Type=Application
Name=Liftoff kiosk
Comment=A slideshow that runs unattended
Exec={desktop_line(words)}
Terminal=false
NoDisplay=true
X-GNOME-Autostart-enabled=true
"""))


def _service(megabytes: int) -> str:
    """What both units have: notified and watched, restarted without limit, and ended with all its processes.

    It ends for good with status 0, after a PIN. A process that is killed for its memory is replaced by the supervisor,
    which need not begin anew itself.
    """
    return f"""\
Type=notify
WatchdogSec=30
Restart=always
RestartPreventExitStatus=0
RestartSec=2
TimeoutStopSec=15
MemoryMax={megabytes}M
OOMPolicy=continue
"""


def _places() -> list[str]:
    return [f"{name}={os.environ[name]}" for name in _PLACES if os.environ.get(name)]
