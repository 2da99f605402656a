"""`python startup_inside.py [LIFTOFF'S OWN WORDS]`: the program, which tells on the error stream how its start went.

Run as a file, so that it can be laid over any version of the program: each step with its milliseconds from the first
line of Python and the main thread's processor time so far, as JSON on one line, once the first sharp picture has been
painted.
"""

from __future__ import annotations

import importlib
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_STARTED: Final = time.perf_counter()
_TIMEOUT: Final = 20.0

_ROOTS: Final = ("viewer.app.application", "viewer.app")
"""The module of the composition root: today's name, and the one that earlier versions had."""

_WATCHED: Final = (
    ("viewer.early:Early", "viewer.startup.early_decode:EarlyDecode"),
    ("viewer.imaging.process:WorkerProcess", "viewer.imaging.pool.worker_process:WorkerProcess"),
    ("viewer.desktop.preflight", "viewer.startup.preflight"),
)
"""What is timed: the module, or a class in it, by the name that earlier versions had and by today's. In this order,
because what is a package today was a module that imports Qt."""


class Steps:
    """Notes the steps of a start, each the first time."""

    def __init__(self) -> None:
        self._steps: dict[str, tuple[float, float | None]] = {}

    def note(self, name: str) -> None:
        """A step is done."""
        now, is_main = time.perf_counter(), threading.current_thread() is threading.main_thread()
        processor = round(time.thread_time() * 1000, 1) if is_main else None
        self._steps.setdefault(name, (round((now - _STARTED) * 1000, 1), processor))

    def end(self) -> None:
        """The first sharp picture has been painted: tell."""
        if "sharp picture painted" not in self._steps:
            self.note("sharp picture painted")
            import json

            sys.stderr.write(f"{json.dumps(self._steps)}\n")

    def wrap(self, owner: Any, name: str, step: str) -> None:
        """The step is done when `owner.name` first returns."""
        original = getattr(owner, name)

        def wrapped(*arguments: Any, **options: Any) -> Any:
            result = original(*arguments, **options)
            self.note(step)
            return result

        setattr(owner, name, wrapped)


class AppFinder:
    """Finds the composition root as everybody does, and looks on from the moment at which it is imported."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        """What the import system asks (importlib.abc.MetaPathFinder)."""
        if name not in _ROOTS:
            return None
        finders = (getattr(finder, "find_spec", None) for finder in sys.meta_path if finder is not self)
        spec = next(filter(None, (find(name, path, target) for find in finders if find is not None)))
        if spec.submodule_search_locations is not None:  # the package, not the module in it
            return None
        sys.meta_path.remove(self)
        execute = spec.loader.exec_module

        def look_on(module: Any) -> None:
            execute(module)
            _look_on(self._steps, module)

        spec.loader.exec_module = look_on
        return spec


def _look_on(steps: Steps, app: Any) -> None:
    steps.note("Qt and the program's own modules imported")
    steps.wrap(app.SettingsStore, "__init__", "application made")
    steps.wrap(app.Liftoff, "__init__", "what the first picture needs is built")
    show = app.Liftoff.show

    def shown(liftoff: Any) -> str:
        refusal = str(show(liftoff))
        steps.note("window shown")
        view = getattr(liftoff, "slide_view", None) or liftoff.stage
        view.sharp_shown.connect(lambda _: steps.end())
        return refusal

    app.Liftoff.show = shown


def _read_alone(early: Any) -> None:
    """Let the gallery be read before all else goes on: imports of two threads at once cannot be told apart."""
    begin = early.__init__

    def begun(self: Any, *arguments: Any, **options: Any) -> None:
        begin(self, *arguments, **options)
        self.wait(_TIMEOUT)

    early.__init__ = begun


def _first_there(names: Sequence[str]) -> Any:
    """The first of these modules or classes that this version of the program has."""
    for name in names:
        module, _, attribute = name.partition(":")
        try:
            found = importlib.import_module(module)
        except ModuleNotFoundError:
            continue
        return getattr(found, attribute) if attribute else found
    raise ModuleNotFoundError(names[0])


def main(words: list[str]) -> int:
    """Run the program with `words`."""
    steps = Steps()
    from viewer import cli

    steps.note("command line imported")
    early, worker, preflight = (_first_there(names) for names in _WATCHED)
    if "importtime" in sys._xoptions:
        _read_alone(early)
    steps.wrap(early, "__init__", "worker started")
    steps.wrap(worker, "send", "first picture asked for")
    steps.wrap(preflight, "libraries", "libraries looked for")
    sys.meta_path.insert(0, AppFinder(steps))
    return cli.main(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
