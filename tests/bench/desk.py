"""Where a benchmark works: the screen, the pictures, and the sheet that figures are noted on."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from PIL import Image

from tests.bench.program import Home, Running
from tests.bench.screen import NotPossible
from tests.bench.seeing import Look, Watcher, find_picture, full_contrast, is_detailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.bench.figures import Sheet
    from tests.bench.material import Material
    from tests.bench.program import Viewer
    from tests.bench.screen import Rect, Screen

REST: Final = 0.8
"""Seconds without a change after which a picture counts as having come to rest."""

SHOT: Final = (960, 540)
"""Pixels of a picture of the screen: small enough for the documentation."""

_TIMEOUT: Final = 30.0
_ALIKE: Final = 3
"""So many looks in a row must find the picture in the same place: windows grow to the full screen in steps."""

_MANY_FILES: Final = 5.0
"""Seconds in which a program that has many files to list has come to fill the screen; some show a window until then."""

_BLANK: Final = 10.0
"""Seconds in which what a program that has ended has shown must be gone from the screen."""


class Desk:
    """What a benchmark gets. `quick` asks for fewer repetitions, `full` for the long ones too.

    In `shots`, a folder, go pictures of the screen as proof that what was measured is what was meant.
    """

    def __init__(
        self, screen: Screen, material: Material, sheet: Sheet, *, quick: bool, full: bool, say: Callable[[str], None],
        shots: Path | None = None,
    ) -> None:
        self.screen = screen
        self.material = material
        self.sheet = sheet
        self.quick = quick
        self.full = full
        self.say = say
        self._shots = shots
        self._taken: set[Path] = set()
        self._fonts = screen.scratch / "fonts"
        self._fonts.mkdir()
        self._rects: dict[tuple[str, Path | None, bool], Rect] = {}
        self._full_contrasts: dict[tuple[Path, Rect], float] = {}

    def home(self, viewer: Viewer) -> Home:
        """A fresh home folder with the settings of `viewer`."""
        home = Home(self._fonts, self.screen.bus)
        home.furnish(viewer)
        return home

    def shoot(self, viewer: Viewer, moment: str) -> None:
        """Keep what is on the screen, where that is asked for: once for each program and moment."""
        if self._shots is None:
            return
        place = self._shots / f"{viewer.name}-{moment}.jpg"
        if place not in self._taken:
            self._taken.add(place)
            self._shots.mkdir(parents=True, exist_ok=True)
            self.screen.image().resize(SHOT, Image.Resampling.BICUBIC, reducing_gap=2).save(place, quality=80)

    def rect(self, viewer: Viewer, *, window: bool = False, photos: Path | None = None) -> Rect:
        """Where `viewer` shows the pictures of `photos` (by default those of S, and all that are as large or larger).

        Found by starting it once, which also warms what can be warm.
        """
        key = (viewer.name, photos, window)
        if key not in self._rects:
            source = photos or self.material.small_set()
            command = viewer.shows(source, window=window)
            self.wait_for_blank()
            with self.home(viewer) as home, Running(command, self.environment(home, viewer)):
                begun = time.perf_counter()
                end, least = begun + _TIMEOUT, begun + (_MANY_FILES if photos is not None else 0)
                found = [find_picture(self.screen)]
                while (found[-1] is None or found[-_ALIKE:] != _ALIKE * found[-1:]
                       or time.perf_counter() < least):
                    if time.perf_counter() > end:
                        raise NotPossible(f"{viewer.name} shows no picture within {_TIMEOUT:.0f} seconds.")
                    time.sleep(REST)
                    found.append(find_picture(self.screen))
                rect = found[-1]
            self._rects[key] = rect
            self.say(f"{viewer.name} shows pictures at {tuple(rect)}")
        return self._rects[key]

    def wait_for_blank(self) -> None:
        """Wait until no picture is seen: that of a program that has just ended would be taken for the next one's."""
        end = time.perf_counter() + _BLANK
        while find_picture(self.screen) is not None:
            if time.perf_counter() > end:
                raise NotPossible("A picture stays on the screen though its program has ended.")
            time.sleep(0.02)

    def environment(self, home: Home, viewer: Viewer) -> dict[str, str]:
        """The environment of `viewer`, which lives in `home` and shows itself on the screen."""
        return home.environment(self.screen.display, viewer)

    def watcher(self, viewer: Viewer, *, window: bool = False) -> Watcher:
        """Looks at where `viewer` shows its picture."""
        return Watcher.on_picture(self.screen, self.rect(viewer, window=window))

    def full_contrast(self, photo: Path, rect: Rect) -> float:
        """The contrast of `photo` in full detail, as large as `rect`."""
        key = (photo, rect)
        if key not in self._full_contrasts:
            self._full_contrasts[key] = full_contrast(*key)
        return self._full_contrasts[key]

    @contextmanager
    def open(self, viewer: Viewer, source: Path, *more: str, window: bool = False,
             settle: float = REST) -> Iterator[tuple[Running, Watcher]]:
        """`viewer` in a fresh home, showing `source`, since `settle` seconds at rest with a picture in full detail."""
        watcher = self.watcher(viewer, window=window)
        with self.home(viewer) as home:
            environment = self.environment(home, viewer)
            if viewer.is_ours:  # once before, as every day but the first: it then knows how large its picture will be
                self.wait_for_blank()
                with Running(viewer.shows(self.material.small_set(), window=window), environment):
                    watcher.watch(_TIMEOUT, lambda seen, still: seen.number is not None and still > REST)
                home.forget_thumbnails()
            self.wait_for_blank()
            with Running(viewer.shows(source, *more, window=window), environment) as running:
                changes = watcher.watch(_TIMEOUT, lambda seen, still: seen.number is not None and still > settle)
                self.check(viewer, changes[-1], source, self.rect(viewer, window=window))
                yield running, watcher

    def check(self, viewer: Viewer, seen: Look, source: Path, rect: Rect) -> None:
        """Note a doubt where what has come to rest is no picture in full detail; raises NotPossible if it is none."""
        photo = (source if source.is_dir() else source.parent) / "00000.jpg"
        if seen.number is None:
            raise NotPossible(f"{viewer.name} shows no picture of {source.name}.")
        if not is_detailed(seen, self.full_contrast(photo, rect)):
            self.sheet.doubt(f"{viewer.name}: number {seen.number} never came in full detail")
