"""The program, started on a desktop with a screen reader, used by real keys and followed over AT-SPI."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jeepney.io.blocking import open_dbus_connection

from tests.accessibility.bus import AccessibleDesktop, end_group
from tests.accessibility.client import Client
from tests.bench.screen import Keyboard

if TYPE_CHECKING:
    from types import TracebackType

    from tests.accessibility.client import Node

ROOT: Final = Path(__file__).parents[2]


class HeardProgram:
    """The program showing `source` (nothing: its own gallery), with the keyboard; ended by `close`."""

    def __init__(self, *arguments: str) -> None:
        with ExitStack() as undo:
            desktop = undo.enter_context(AccessibleDesktop())
            self.client = Client(undo.enter_context(open_dbus_connection(desktop.accessibility_bus)))
            self._keys = Keyboard(desktop.environment["DISPLAY"])
            undo.callback(self._keys.close)
            self._stderr = desktop.folder / "stderr"
            with self._stderr.open("wb") as stderr:
                process = subprocess.Popen([sys.executable, "-m", "viewer", *arguments], cwd=ROOT, stderr=stderr,
                                           env=desktop.environment, start_new_session=True)
            undo.callback(end_group, process)
            self.client.wait_for_program()
            self.client.until(self._keys.focus_window)
            self.client.until(lambda: self.client.announcements() and self.client.focus)
            # Roles are given shortly before the thumbnails come: until then objects are replaced by others.
            self.client.until(lambda: any(event.value == "Thumbnails" for event in self.client.events()))
            (self.first_words,) = self.client.announcements()
            (self.picture,) = (node.path for node in self.client.tree().all("image"))
            self._undo = undo.pop_all()

    def press(self, *keys: str) -> None:
        """Press keys by their X11 names, one after the other."""
        for key in keys:
            self._keys.press(key)

    def hears(self, *keys: str, count: int = 1) -> list[str]:
        """Press keys, and wait until that many sentences are said; returns them."""
        self.client.forget()
        self.press(*keys)
        self.client.until(lambda: len(self.client.announcements()) >= count)
        return self.client.announcements()

    def focus_after(self, *keys: str) -> Node:
        """Press keys, and wait until the focus has moved; returns the object that has it."""
        self.client.forget()
        self.press(*keys)
        return self.client.describe(self.client.until(lambda: self.client.focus))

    @property
    def complaints(self) -> str:
        """All that was written to standard error."""
        return self._stderr.read_text("utf-8")

    def close(self) -> None:
        """End the program and its desktop."""
        self._undo.close()

    def __enter__(self) -> HeardProgram:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()
