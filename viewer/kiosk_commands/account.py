"""The account that a show is to run in, and what it can read there."""

from __future__ import annotations

import getpass
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_ASK: Final = """
for path; do
  if test -r "$path" && { ! test -d "$path" || test -x "$path"; }; then echo yes; else echo no; fi
done
""".strip()
_TIMEOUT_S: Final = 30


class Account(NamedTuple):
    """An account of this machine: its name, its home folder, and its number, None for the one that this runs in."""

    name: str
    home: Path
    number: int | None = None
    group: int = 0

    def first_unreadable(self, paths: Sequence[Path]) -> Path | None:
        """The first of `paths` that this account cannot read, or that is not there; None where it can read all.

        Raises OSError where this cannot be asked in its name, which root alone may do.
        """
        if self.number is None:
            answers = [os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)) for path in paths]
        else:
            done = subprocess.run(
                ["/bin/sh", "-c", _ASK, "sh", *map(str, paths)], user=self.number, group=self.group,
                extra_groups=os.getgrouplist(self.name, self.group), cwd="/", env={"PATH": os.defpath},
                stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True, timeout=_TIMEOUT_S)
            answers = [word == "yes" for word in done.stdout.split()]
        return next((path for path, is_readable in zip(paths, answers, strict=True) if not is_readable), None)


def this_account() -> Account:
    """The one that this runs in."""
    return Account(getpass.getuser(), Path("~").expanduser())


def account_named(name: str) -> Account | None:
    """The account called `name`; None where there is none."""
    import pwd  # not on Windows

    try:
        entry = pwd.getpwnam(name)
    except (KeyError, ValueError):
        return None
    home = Path(entry.pw_dir)
    return Account(name, home) if entry.pw_uid == os.geteuid() else Account(name, home, entry.pw_uid, entry.pw_gid)
