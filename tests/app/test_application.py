from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

_WATCHED_START: Final = """
import enum, sys
from viewer.app.application import Liftoff
from viewer.cli import main

show = Liftoff.show

def watch(liftoff):
    def seen():
        kinds = (enum.Enum, enum.Flag, enum.IntEnum, enum.IntFlag)
        print(*(one.__qualname__ for kind in kinds for one in kind.__subclasses__()), *sys.modules)
        liftoff.window.close()
    liftoff.slide_view.sharp_shown.connect(seen)
    return show(liftoff)

Liftoff.show = watch
sys.exit(main([]))
"""


def _at_the_first_picture() -> set[str]:
    """The enumerations of Qt that are made, and the modules that are loaded, when a plain start shows its picture."""
    done = subprocess.run([sys.executable, "-c", _WATCHED_START], text=True, timeout=60, check=True,
                          cwd=Path(__file__).parents[2], stdout=subprocess.PIPE)
    return set(done.stdout.split())


def test_the_first_picture_waits_for_nothing_that_it_does_without() -> None:
    """PySide makes the enumerations of a class of Qt when it is first met: of QStyle in 5 ms, of all widgets in 15."""
    made = _at_the_first_picture()

    assert "QSizePolicy.Policy" in made
    assert not made & {"QStyle.StyleHint", "QWizard.WizardStyle", "QEasingCurve.Type"}
    assert not made & {f"viewer.ui.{name}" for name in (
        "captions.editor", "commands.picture_copy", "commands.state_announcements", "dialogs.preferences",
        "style.accessible_roles", "style.focus_ring", "thumbnails.list_view", "viewport.empty_view",
        "window.idle_cursor", "window.pointer_activity")}


def test_the_first_picture_of_a_plain_start_waits_for_nothing_of_a_kiosk() -> None:
    loaded = _at_the_first_picture()

    foreign = ("viewer.kiosk", "viewer.kiosk_commands", "viewer.supervisor", "viewer.desktop", "viewer.ui.kiosk",
               "viewer.app.kiosk", "viewer.check_command", "viewer.new_command", "viewer.version_command",
               "opening_hours", "wakepy", "tomllib")
    assert "viewer.app.application" in loaded
    assert [name for name in loaded if name.startswith(foreign)] == []
