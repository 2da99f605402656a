"""Where files of ours lie: options, remembered state and thumbnails, by the XDG base directory specification.

On Windows and macOS the platform's own folders stand for its variables. Standard library only, and nothing is looked
for on the disk: the options are read before Qt is imported, and workers know of thumbnails without it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def options_file() -> Path:
    """The ini file with a person's options. Its folder is Qt's GenericConfigLocation."""
    return _folder("XDG_CONFIG_HOME", ".config", darwin="Library/Preferences") / "liftoff" / "liftoff.ini"


def viewport_file() -> Path:
    """The file with the size of the viewport at the last start."""
    return _folder("XDG_STATE_HOME", ".local/state", darwin="Library/Application Support") / "liftoff" / "viewport"


def kiosk_file() -> Path:
    """The TOML file with what a keeper has set for an unattended screen on this machine."""
    return options_file().with_name("kiosk.toml")


def kiosk_file_below(home: Path) -> Path:
    """The same of another account, whose home folder is `home`, as far as that can be known from outside."""
    return home / ".config" / "liftoff" / "kiosk.toml"


def kiosk_state_folder() -> Path:
    """The folder for what an unattended screen writes: its state, its play log, and what it has set aside."""
    return viewport_file().with_name("kiosk")


def kiosk_screen_folder(entry: int) -> Path:
    """The folder in it for the show of one screen: of entry number `entry` of those in the configuration."""
    return kiosk_state_folder() / f"screen-{entry + 1}"


def systemd_user_folder() -> Path:
    """The folder of a person's own units (systemd.unit(5), "User Unit Search Path")."""
    return _xdg_folder("XDG_CONFIG_HOME", ".config") / "systemd" / "user"


def autostart_folder() -> Path:
    """The folder of what a desktop starts at log-in (Desktop Application Autostart Specification)."""
    return _xdg_folder("XDG_CONFIG_HOME", ".config") / "autostart"


def thumbnail_root() -> Path:
    """The folder that all programs of a person share their thumbnails in (freedesktop thumbnail specification)."""
    return _xdg_folder("XDG_CACHE_HOME", ".cache") / "thumbnails"


def _folder(variable: str, linux: str, *, darwin: str) -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or _home() / "AppData" / "Local")
    return _home() / darwin if sys.platform == "darwin" else _xdg_folder(variable, linux)


def _xdg_folder(variable: str, default: str) -> Path:
    """The folder that `variable` names, else `default` in the home folder.

    The specification: a relative path is invalid, and to be ignored.
    """
    named = Path(os.environ.get(variable, ""))
    return named if named.is_absolute() else _home() / default


def _home() -> Path:
    return Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where there is no home folder
