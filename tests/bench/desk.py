"""Where a benchmark works: the screen, the pictures, and the sheet that figures are noted on."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

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

_PATIENCE: Final = 30.0


class Desk:
    """What a benchmark gets. `quick` asks for fewer repetitions, `full` for the long ones too."""

    def __init__(
        self, screen: Screen, material: Material, sheet: Sheet, *, quick: bool, full: bool, say: Callable[[str], None],
    ) -> None:
        self.screen = screen
        self.material = material
        self.sheet = sheet
        self.quick = quick
        self.full = full
        self.say = say
        self._fonts = screen.scratch / "fonts"
        self._fonts.mkdir()
        self._rects: dict[tuple[str, Path | None, bool], Rect] = {}
        self._full_contrasts: dict[tuple[Path, Rect], float] = {}

    def home(self) -> Home:
        """A fresh home folder."""
        return Home(self._fonts)

    def rect(self, viewer: Viewer, *, window: bool = False, photos: Path | None = None) -> Rect:
        """Where `viewer` shows the pictures of `photos` (by default those of S, and all that are as large or larger).

        Found by starting it once, which also warms what can be warm.
        """
        key = (viewer.name, photos, window)
        if key not in self._rects:
            source = photos or self.material.small_set()
            with self.home() as home, Running(viewer.shows(source, window=window), self.environment(home)):
                end = time.perf_counter() + _PATIENCE
                rect, again = None, find_picture(self.screen)
                while rect is None or rect != again:
                    if time.perf_counter() > end:
                        raise NotPossible(f"{viewer.name} shows no picture within {_PATIENCE:.0f} seconds.")
                    time.sleep(REST)
                    rect, again = again, find_picture(self.screen)
            self._rects[key] = rect
            self.say(f"{viewer.name} shows pictures at {tuple(rect)}")
        return self._rects[key]

    def environment(self, home: Home) -> dict[str, str]:
        """The environment of a program that lives in `home` and shows itself on the screen."""
        return home.environment(self.screen.display)

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
        with self.home() as home:
            # Once before, as every day but the first: it then knows how large its picture will be.
            with Running(viewer.shows(self.material.small_set(), window=window), self.environment(home)):
                watcher.watch(_PATIENCE, lambda seen, still: seen.number is not None and still > REST)
            home.forget_thumbnails()
            with Running(viewer.shows(source, *more, window=window), self.environment(home)) as running:
                changes = watcher.watch(_PATIENCE, lambda seen, still: seen.number is not None and still > settle)
                self.check(viewer, changes[-1], source, self.rect(viewer, window=window))
                yield running, watcher

    def check(self, viewer: Viewer, seen: Look, source: Path, rect: Rect) -> None:
        """Note a doubt where what has come to rest is no picture in full detail."""
        photo = next((source if source.is_dir() else source.parent).glob("*.jpg"))
        if seen.number is None or not is_detailed(seen, self.full_contrast(photo, rect)):
            self.sheet.doubt(f"{viewer.name}: number {seen.number} never came in full detail")
