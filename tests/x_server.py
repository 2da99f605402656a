"""An X server of a test's own, on a screen in memory."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.needs import need

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def x_server(size: str = "1280x800", *, name: str = "", needs: tuple[str, ...] = ()) -> Iterator[str]:
    """The name for DISPLAY, `name` if that is given, of a server whose screen has `size` pixels.

    Ends the test if it or a program is missing.
    """
    need([name for name in ("Xvfb", *needs) if shutil.which(name) is None])
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["Xvfb", *filter(None, [name]), "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp",
         "-noreset"], pass_fds=[writing], stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                yield f":{told.readline().strip()}"
        finally:
            server.terminate()
