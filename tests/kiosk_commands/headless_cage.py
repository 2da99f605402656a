"""What cage needs to run on a screen in memory, as an ordinary user."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.needs import need

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def headless_cage() -> Iterator[tuple[str, dict[str, Any]]]:
    """A folder for its socket, and the keywords with which subprocess starts it; ends the test where it is missing.

    Cage 0.1.4 ends at once without Xwayland.
    """
    need([name for name in ("cage", "Xwayland") if shutil.which(name) is None])
    with tempfile.TemporaryDirectory(prefix="cage-") as folder:
        how: dict[str, Any] = {"cwd": folder, "env": {
            "PATH": os.environ["PATH"], "HOME": folder, "XDG_RUNTIME_DIR": folder, "WLR_BACKENDS": "headless",
            "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            how |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        yield folder, how
