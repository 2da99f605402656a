"""Programs under measurement: started in a home of their own, watched from outside, ended."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tests.bench.screen import NotPossible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

ROOT: Final = Path(__file__).resolve().parents[2]
OURS: Final = "liftoff"
"""The name of the program that the others are compared with."""

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_VARIABLES: Final = {
    "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "run",
}
_LEFT_OUT: Final = ("XDG_", "DBUS_", "QT_", "WAYLAND_", "PYTHON")


class Viewer(NamedTuple):
    """A program that shows pictures in full screen, and how it is told to.

    `next` and `last` are its keys for those; `given` is what it takes to show a folder. `settings` are files below the
    home folder, `variables` more of the environment. `cannot` names benchmarks that it cannot take part in.
    """

    name: str
    command: tuple[str, ...]
    fullscreen: tuple[str, ...]
    next: str = "Right"
    last: str = "End"
    given: Literal["folder", "first photo"] = "folder"
    settings: tuple[tuple[str, str], ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    cannot: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether this is the program that all of this is about."""
        return self.name == OURS

    def shows(self, source: Path | None, *more: str, window: bool = False) -> list[str]:
        """The command that shows `source`."""
        if source is not None and source.is_dir() and self.given == "first photo":
            source /= "00000.jpg"
        place = [] if source is None else [str(source)]
        return [*self.command, *(() if window else self.fullscreen), *more, *place]


def liftoff(command: str | None) -> Viewer:
    """The program this is about: `command`, or the one installed beside this Python."""
    found = command or str(Path(sys.executable).parent / "liftoff")
    if shutil.which(found) is None:
        raise NotPossible(f"There is no {found}: install the project first (pip install -e .).")
    return Viewer(OURS, (found,), ("--fullscreen",))


class Home:
    """An empty home folder, but for the fonts that the desktop has looked through already (into `fonts`).

    `bus` is the address of a session bus, empty for none. `forget_thumbnails` makes the next start find no thumbnails,
    and settings as they were.
    """

    def __init__(self, fonts: Path, bus: str = "") -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="liftoff-home-"))
        self._bus = bus
        (self._folder / "cache").mkdir()
        (self._folder / "cache" / "fontconfig").symlink_to(fonts)

    def furnish(self, viewer: Viewer) -> None:
        """Put the settings of `viewer` where it looks for them."""
        for name, text in viewer.settings:
            place = self._folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")

    def environment(self, display: str, viewer: Viewer | None = None) -> dict[str, str]:
        """The environment of a program that lives here."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_LEFT_OUT)}
        kept |= {"HOME": str(self._folder), "DISPLAY": display, "LC_ALL": "C.UTF-8"}
        if self._bus:
            kept["DBUS_SESSION_BUS_ADDRESS"] = self._bus
        for variable, name in _VARIABLES.items():
            (self._folder / name).mkdir(mode=0o700, exist_ok=True)
            kept[variable] = str(self._folder / name)
        return kept | dict(viewer.variables if viewer is not None else ())

    def forget_thumbnails(self) -> None:
        """Remove the thumbnails that programs have kept."""
        for name in ("cache/thumbnails", "cache/qimgv", "cache/geeqie", ".cache", "data/qimgv"):
            shutil.rmtree(self._folder / name, ignore_errors=True)

    def close(self) -> None:
        """Remove everything."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Home:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self.close()


class Memory(NamedTuple):
    """What a family of processes takes, in MiB: `rss` counts shared pages for each, `pss` shares them out."""

    rss: float
    pss: float


class Running:
    """A started program; `started` is the moment before, in seconds of `time.perf_counter`."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self._name = Path(command[0]).name
        self._home = f"HOME={environment['HOME']}".encode()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, env=environment, cwd=ROOT, process_group=0,  # Ctrl+C is for the bench, which ends everything
            stdin=subprocess.DEVNULL, stdout=self._said, stderr=self._said,
        )

    def memory(self) -> Memory:
        """What it and all its children take now."""
        fields = {"Rss:": 0, "Pss:": 0}
        for pid in self._family():
            for line in _lines(Path(f"/proc/{pid}/smaps_rollup")):
                name, *rest = line.split()
                if name in fields:
                    fields[name] += int(rest[0])
        return Memory(fields["Rss:"] / 1024, fields["Pss:"] / 1024)

    def cpu(self) -> float:
        """Seconds of processor time that it and its present children have taken."""
        ticks = 0
        for pid in self._family():
            for line in _lines(Path(f"/proc/{pid}/stat")):
                ticks += sum(int(word) for word in line.rpartition(")")[2].split()[11:13])
        return ticks / _TICKS

    def end(self) -> None:
        """Ask it to end, and see that it does, with all that it started. Raises NotPossible with its words where it had
        ended by itself.
        """
        early = self._process.poll()
        family = self._family()
        if early is None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for pid, begun in family.items():
            if _begun(pid) == begun:  # it is still the process that it was
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self._said.seek(0)
        words = self._said.read().decode(errors="replace").strip()
        self._said.close()
        if early is not None:
            raise NotPossible(f"{self._name} ended by itself with status {early}. {words[-300:]}")

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self.end()

    def _family(self) -> dict[int, str]:
        """All its processes and when each began: its children, and whatever else lives in its home."""
        family = [self._process.pid]
        for pid in family:
            for listing in Path(f"/proc/{pid}/task").glob("*/children"):
                family += [int(child) for line in _lines(listing) for child in line.split()]
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and int(entry.name) not in family and self._lives_at_home(entry):
                family.append(int(entry.name))
        return {pid: begun for pid in family if (begun := _begun(pid)) is not None}

    def _lives_at_home(self, process: Path) -> bool:
        try:
            return self._home in (process / "environ").read_bytes().split(b"\0")
        except OSError:  # it has ended meanwhile, or is somebody else's
            return False


def _begun(pid: int) -> str | None:
    """When the process began, in ticks since the machine did; None where there is none (any more)."""
    lines = _lines(Path(f"/proc/{pid}/stat"))
    fields = lines[0].rpartition(")")[2].split() if lines else ["Z"]
    return None if fields[0] == "Z" else fields[19]


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:  # it has ended meanwhile
        return []
