"""What a show has to be able to read in the account that it is to run in: the program, its file and its galleries."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import viewer
from viewer.gallery.files import why
from viewer.gallery.problems import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewer.kiosk.config import KioskConfig
    from viewer.kiosk_commands.account import Account

_MOST_FILES: Final = 1000
"""Files of a gallery's folder that are looked at."""


def unmet_needs(account: Account, config_file: Path | None, config: KioskConfig, source: Path | None) -> list[str]:
    """A sentence for each of them that is not there, or that `account` cannot read; a show with nothing to be read is
    the program's own gallery.
    """
    own = [Path(screen.gallery) for screen in config.screen if screen.gallery]
    common = source.absolute() if source is not None else Path(config.gallery) if config.gallery else None
    try:
        return [sentence for sentence in (
            _program(account), _config(account, config_file),
            *(_gallery(account, gallery) for gallery in dict.fromkeys([*([] if common is None else [common]), *own])),
        ) if sentence]
    except (OSError, subprocess.SubprocessError) as error:
        reason = why(error) if isinstance(error, OSError) else "it did not answer"
        return [f"What the account {shown(account.name)} can read cannot be told ({reason}): type this as root."]


def _program(account: Account) -> str:
    parts = [Path(sys.executable), Path(os.__file__), Path(viewer.__file__)]
    if (found := importlib.util.find_spec("PySide6")) is not None and found.origin:
        parts.append(Path(found.origin))
    unreadable = account.first_unreadable(parts)
    return "" if unreadable is None else (
        f"The account {shown(account.name)} cannot read the program, {shown(unreadable)}: install it where every "
        "account may read it, as in /opt/liftoff.")


def _config(account: Account, file: Path | None) -> str:
    if file is None or account.first_unreadable([file]) is None:
        return ""
    return (f"The account {shown(account.name)} cannot read {shown(file)}: type “chgrp {shown(account.name)} "
            f"{shown(file)}” and “chmod g+r {shown(file)}”, and let it into the folder.")


def _gallery(account: Account, gallery: Path) -> str:
    unreadable = account.first_unreadable([gallery, *islice(_files(gallery), _MOST_FILES)])
    if unreadable is None:
        return ""
    if _is_away(gallery):
        return f"There is no gallery {shown(gallery)}: put it there, or name the right one."
    return (f"The account {shown(account.name)} cannot read {shown(unreadable)} of the gallery: type “chmod -R a+rX "
            f"{shown(gallery)}”, or put it where every account may look, as below /srv.")


def _files(gallery: Path) -> Iterator[Path]:
    try:
        yield from (entry for entry in gallery.iterdir() if entry.is_file())
    except OSError:  # it is a file, or cannot be read, which is told of the gallery itself
        return


def _is_away(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
