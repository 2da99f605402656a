"""Checks of the screen: whether there is one, what would blank it, and whether it is lit long enough."""

from __future__ import annotations

import os
import re
import shutil
import socket
import struct
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viewer.desktop.awake_lock import RENEW_S
from viewer.desktop.inhibitors import inhibit_desktop, reset_x11_screen_saver
from viewer.kiosk_commands.checks.finding import Finding, warning
from viewer.startup import preflight

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from viewer.kiosk_commands.checks.finding import Kiosk

NEVER_BLANK: Final = frozenset({"cage"})
"""Wayland compositors that never blank a screen by themselves, by the name of their process."""

_REMEDIES: Final[Mapping[str, str]] = {
    "weston": "set “idle-time=0” under [core] in weston.ini",
    "sway": "take swayidle out of sway's configuration",
    "labwc": "take swayidle out of labwc's autostart",
}
"""What keeps such a compositor from blanking where no service of the desktop can be asked."""

_TIMES: Final = re.compile(r"(timeout|Standby|Suspend|Off):\s*(\d+)")


def screen(kiosk: Kiosk) -> list[Finding]:
    """Whether there is a screen here."""
    del kiosk
    return warning("There is no screen where this was typed: type it in the kiosk's own session, too, which alone can "
                   "tell what would blank the screen.") if preflight.screen() else []


def blanking(kiosk: Kiosk) -> list[Finding]:
    """Whether something would blank the screen while the show plays. Locks are taken and released again to know."""
    if not kiosk.config.awake:
        return warning("“awake” is false: the screen goes dark, and the machine to sleep, when the desktop says so.")
    if not sys.platform.startswith("linux") or preflight.screen():
        return []
    platforms = preflight.platforms(os.environ)
    compositor = _compositor() if "wayland" in platforms else ""
    if compositor in NEVER_BLANK:
        return []
    on_x11 = not compositor and "xcb" in platforms
    reason = _refusal([inhibit_desktop, *([reset_x11_screen_saver] if on_x11 else [])])
    if reason:
        remedy = _REMEDIES.get(compositor) or _gnome() or "switch blanking off in the settings of the desktop"
        where = f"the compositor {compositor}" if compositor else "this screen"
        return warning(f"{reason} So that {where} stays lit, {remedy}.")
    return _x_server() if on_x11 else []


def _x_server() -> list[Finding]:
    """Whether the X server blanks sooner than it is told that somebody is there."""
    answer = _output(["xset", "q"])
    soon = [int(seconds) for name, seconds in _TIMES.findall(answer)
            if 0 < int(seconds) <= 2 * RENEW_S and (name == "timeout" or "DPMS is Enabled" in answer)]
    if not soon:
        return []
    return warning(f"The X server blanks the screen after {min(soon)} seconds: type “xset s off -dpms”, and have it "
                   "typed at every log-in.")


def _gnome() -> str:
    """How to switch blanking off in GNOME; empty where it is off, and in other desktops."""
    if "GNOME" not in os.environ.get("XDG_CURRENT_DESKTOP", ""):
        return ""
    schema = ("org.gnome.desktop.session", "idle-delay")
    answer = _output(["gsettings", "get", *schema]).split()
    return f"type “gsettings set {' '.join(schema)} 0”" if answer and answer[-1] != "0" else ""


def _refusal(inhibitors: Sequence[Callable[[ExitStack], str]]) -> str:
    """Why nothing keeps the screen lit; empty where something does."""
    reasons: list[str] = []
    for inhibit in inhibitors:
        with ExitStack() as held:
            try:
                inhibit(held)
            except OSError as error:
                reasons.append(str(error))
            else:
                return ""
    return " ".join(reasons)


def _compositor() -> str:
    """The name of the process at the other end of the Wayland socket; empty where that cannot be told."""
    name = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
            link.connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", ""), name)))
            credentials = link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return Path(f"/proc/{struct.unpack('3i', credentials)[0]}/comm").read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def _output(command: Sequence[str]) -> str:
    if shutil.which(command[0]) is None:
        return ""
    try:
        return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, timeout=10,
                              stdin=subprocess.DEVNULL).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
