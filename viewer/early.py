"""What happens before Qt is imported: a worker starts, the gallery is read, the first picture is asked for.

Importing Qt takes about as long as a worker needs to start and decode a photograph, so both happen at once. The size
of the glass is not known yet; what it was last time is a good guess, and a wrong guess only costs a second decode.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.imaging.frames import Frame
from viewer.imaging.process import WorkerLost, WorkerProcess
from viewer.imaging.protocol import LARGEST_SIDE, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.gallery.slides import Gallery
    from viewer.gallery.sources import Opened

FIRST_GLASS: Final = (1131, 762)
"""Device pixels of the stage in a window that was never opened before, on a screen of scale 1."""

EARLY_SERIAL: Final = 0
"""The serial of the request made here; the pool counts from 1."""


class Source(NamedTuple):
    """What to open: paths as typed (none: the launch gallery) and the slide to start with, a number or an id."""

    paths: tuple[Path, ...] = ()
    start: str = ""

    @property
    def opened_from(self) -> Path | Sequence[Path] | None:
        """The paths in the shape that `open_source` takes."""
        if not self.paths:
            return None
        return self.paths[0] if len(self.paths) == 1 else self.paths


class Early:
    """The first workers and the gallery that is being read. `wait` says when the reading is over.

    Afterwards either `opened` is there, with `index` as the slide to start with, or `refusal` says why not.
    """

    def __init__(self, source: Source, *, strict: bool = False) -> None:
        """Start a worker and begin to read `source`; if the worker does not start, the pool will find out.

        With `strict` it decodes nothing unless it is shut in wholly.
        """
        self.source = source
        self._strict = strict
        self.opened: Opened | None = None
        self.index = 0
        self.refusal = ""
        self._workers: list[WorkerProcess] = []
        with contextlib.suppress(OSError):
            self._workers.append(WorkerProcess.start())
        self._asking = threading.Lock()
        self._thread = threading.Thread(target=self._read, name="early", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Whether the gallery has been read, waiting `seconds` at most."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def hand_over(self) -> list[WorkerProcess]:
        """The worker, whose owner is from now on whoever asked."""
        with self._asking:
            workers, self._workers = self._workers, []
            return workers

    def end(self) -> None:
        """End the worker, unless it was handed over: for a start that came to nothing."""
        for worker in self.hand_over():
            worker.kill()
            worker.wait(1.0)

    def _read(self) -> None:
        # Imported here: while this thread reads, the other one imports Qt.
        from viewer.gallery.files import why
        from viewer.gallery.slides import GalleryError
        from viewer.gallery.sources import open_source

        try:
            opened = open_source(self.source.opened_from)
        except GalleryError as error:
            self.refusal = str(error)
            return
        except OSError as error:
            self.refusal = f"The gallery cannot be opened: {why(error)}."
            return
        index = opened.start_index
        if self.source.start:
            chosen = slide_named(self.source.start, [slide.id for slide in opened.gallery.slides])
            if chosen is None:
                self.refusal = no_such_slide(self.source.start, len(opened.gallery.slides))
                return
            index = chosen
        self.index = index
        self.opened = opened
        if opened.gallery.slides:
            self._ask(opened.gallery, index)

    def _ask(self, gallery: Gallery, index: int) -> None:
        # Imported here: while this thread works, the other one imports Qt.
        from viewer.imaging.grounds import files_in, grounds_of
        from viewer.imaging.thumbnail_names import cache_root

        path = str(gallery.path(gallery.slides[index]))
        grounds = grounds_of(str(gallery.folder), files_in(gallery.slides), first=path,
                             thumbnails=str(Path(cache_root())), strict=self._strict)
        width, height = remembered_glass()
        capacity = width * height * 4
        with self._asking:
            for worker in self._workers:
                # Where this does not work, the pool will find out, and say so.
                with contextlib.suppress(OSError, WorkerLost, ValueError), contextlib.ExitStack() as unsent:
                    frame = unsent.enter_context(Frame.create(capacity))
                    worker.admit(grounds)
                    worker.send(Request(EARLY_SERIAL, "picture", path, width, height, capacity), frame)
                    unsent.pop_all()


def slide_named(name: str, ids: Sequence[str]) -> int | None:
    """The index of the slide called `name`: an id, else a number counted from 1."""
    if name in ids:
        return ids.index(name)
    # Python refuses to read a number of thousands of digits, and no gallery has so many slides.
    if name.isdecimal() and len(name) < 20 and 1 <= int(name) <= len(ids):
        return int(name) - 1
    return None


def no_such_slide(name: str, count: int) -> str:
    """What to say when a gallery of `count` slides has none called `name`."""
    if not count:
        return f"There is no slide {name!r}: the gallery has no slides. Add some, or open another one."
    slides = "1 slide" if count == 1 else f"{count} slides"
    return f"There is no slide {name!r}: the gallery has {slides}. Give a number from 1 to {count}, or a slide's id."


def remembered_glass() -> tuple[int, int]:
    """How large the glass was last time, in device pixels; a usual size the first time."""
    try:
        words = _glass_file().read_text(encoding="ascii").split()
        width, height = int(words[0]), int(words[1])
    except (OSError, ValueError, IndexError):
        return FIRST_GLASS
    if 1 <= width <= LARGEST_SIDE and 1 <= height <= LARGEST_SIDE and width * height <= 64_000_000:
        return width, height
    return FIRST_GLASS


def remember_glass(width: int, height: int) -> None:
    """Note the size of the glass, in device pixels, for the next start; a disk that is full is no harm."""
    place = _glass_file()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(f"{place.name}.{os.getpid()}")
        fresh.write_text(f"{width} {height}\n", encoding="ascii")
        fresh.replace(place)
    except OSError:
        return


def _glass_file() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "liftoff" / "glass"
