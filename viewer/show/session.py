"""The gallery and the position in it: one object writes them, everyone else asks or listens."""

from __future__ import annotations

import datetime as dt
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PySide6.QtCore import QLocale, QObject, Signal

from viewer.gallery.languages import compact
from viewer.gallery.lazy_slides import is_valid_at
from viewer.gallery.matching import match_slides
from viewer.gallery.model import Gallery
from viewer.show.play_order import PlayOrder
from viewer.show.show_options import END, SHUFFLE, ShowOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from viewer.gallery.matching import SlideMatch
    from viewer.gallery.model import Slide
    from viewer.settings_store import SettingsStore
    from viewer.show.play_order import Seed

_log = logging.getLogger(__name__)

Why: TypeAlias = Literal["step", "jump", "played", "restart", "gallery"]
"""What brought a slide up: a step by hand, a jump, the running show, its start anew, or another gallery."""

NOTHING: Final = Gallery((), Path())
"""The gallery before there is one."""


def local_time() -> dt.datetime:
    """The time of day here, with its offset."""
    return dt.datetime.now().astimezone()


_MOST_LOOKED_AT: Final = 1000
"""Slides that are looked at in one turn of the event loop: a few milliseconds."""


class Session(QObject):
    """The only writer of the gallery and the position; all state is complete before a signal is emitted.

    `visit` counts the moves, so that the same slide seen again is another visit; `why` says what brought it up.

    `moved` carries the index (-1: there is no slide) and `Why`; `gallery_changed` comes just before the `moved` that
    goes with it. `order_changed`: other slides come next, though this one stays. `language_changed`: the texts are
    wanted in another language. The shuffle is seeded with `seed`, or else with a random number. `moving` comes before
    everybody else hears of a move: for what has to be done before the slide is displayed.

    `now` tells the time at the place, by which slides are valid; None where nobody knows it. Whoever runs the show may
    set `is_left_out`, which says of a slide that the running show is to pass over it for another reason.
    """

    moving = Signal()
    moved = Signal(int, str)
    gallery_changed = Signal()
    order_changed = Signal()
    language_changed = Signal()

    def __init__(self, settings: SettingsStore, *, seed: Seed | None = None,
                 now: Callable[[], dt.datetime | None] = local_time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = now
        self.is_left_out: Callable[[int], bool] = lambda _index: False
        self.show_options = ShowOptions(settings, self)
        self._settings = settings
        self._seed: Seed = int.from_bytes(os.urandom(4)) if seed is None else seed
        self._gallery = NOTHING
        self.visit = 0
        self.why: Why = "gallery"
        self._play_order = self._new_play_order(0)
        self.show_options.changed.connect(self._show_option_changed)
        settings.changed.connect(self._setting_changed)

    @property
    def gallery(self) -> Gallery:
        """What is shown; without slides where there is nothing."""
        return self._gallery

    @property
    def count(self) -> int:
        """How many slides there are."""
        return len(self._gallery.slides)

    @property
    def index(self) -> int:
        """The current slide, counted from 0 in the gallery's order; -1 where there is none."""
        return self._play_order.position

    @property
    def slide(self) -> Slide | None:
        """The current slide."""
        return self._gallery.slides[self.index] if self.count else None

    @property
    def path(self) -> str:
        """The path of the current slide's picture; empty where there is no slide."""
        return self.path_of(self.index) if self.count else ""

    @property
    def language(self) -> str:
        """The languages texts are wanted in, the best first, as a language priority list (`viewer.gallery.languages`):
        what was set, else the desktop's.
        """
        return self._settings.text("caption/language") or desktop_languages(QLocale.system())

    @property
    def shuffled(self) -> bool:
        """Whether the order is shuffled."""
        return self._play_order.seed is not None

    def path_of(self, index: int) -> str:
        """The path of the picture of the slide `index`; nothing on the disk is touched."""
        return self._gallery.path_str(self._gallery.slides[index])

    def is_valid(self, index: int, moment: dt.datetime | None) -> bool:
        """Whether the running show may show the slide `index` at `moment`; where that is not known, at any time."""
        return not self.is_left_out(index) and (
            moment is None or is_valid_at(self._gallery.slides, index, moment))

    def peek(self, steps: int) -> int | None:
        """The slide so many steps away, negative for back; None where there is none."""
        return self._play_order.peek(steps)

    def ahead(self) -> Iterator[int]:
        """The slides that one step leads to, two steps, and so on; to be used only until the next signal."""
        return self._play_order.ahead()

    def step(self, steps: int = 1) -> bool:
        """Page by hand, backwards if negative. Says whether it is another slide now."""
        return self._move(self._play_order.step(steps), "step")

    def play_on(self, steps: int, index: int) -> None:
        """Go on in the running show to the slide `index`, which `ahead` names as `steps` away."""
        self._move(self._play_order.skip_to(steps, index), "played")

    def go(self, index: int) -> bool:
        """Jump to a slide, or the nearest there is. Says whether it is another slide now."""
        return self._move(self._play_order.go(index), "jump")

    def first(self) -> bool:
        """Jump to the first slide. Says whether it is another slide now."""
        return self.go(0)

    def last(self) -> bool:
        """Jump to the last slide. Says whether it is another slide now."""
        return self.go(self.count - 1)

    def restart(self) -> None:
        """Go to the slide that the show begins with: the first that it may show, if it is one of the first thousand."""
        now = self.now()
        valid = (index for index in range(min(self.count, _MOST_LOOKED_AT)) if self.is_valid(index, now))
        self._move(self._play_order.go(next(valid, 0)), "restart")

    def tell_left_out(self) -> None:
        """Say that `is_left_out` passes over other slides than before."""
        self.order_changed.emit()

    def set_shuffle(self, on: bool) -> None:
        """Shuffle from here on, or go on in order; the slide stays."""
        self.show_options.insist(SHUFFLE, on)

    def set_gallery(self, gallery: Gallery, *, keep: bool = True, start: int = 0,
                    known: SlideMatch | None = None) -> None:
        """Show `gallery`.

        With `keep` it is a new version of the one that is shown: the slide is kept by its id, else by its file, else
        by its place, and a shuffled show goes on with what it has not shown yet; `known` says which is which, where
        that is known, as in a large gallery it takes a while to find out. Without `keep`, or where there was no slide
        to keep, it begins with the slide `start`.

        Emitted are `gallery_changed`, `moved`, and then `show_options.changed` for each option that the gallery
        changes. There is no `order_changed` besides.
        """
        old, self._gallery = self._gallery, gallery
        keep = keep and bool(old.slides)
        changed_options = self.show_options.take(gallery.show, anew=not keep)
        if keep:
            places = (known if known is not None and known.old is old else match_slides(old, gallery)).places
            if places is not None:
                self._play_order.renumber(places, self.count)
            self._update_play_order()
        else:
            self._play_order = self._new_play_order(start)
        self.visit += 1
        self.why = "gallery"
        self.gallery_changed.emit()
        self.moving.emit()
        self.moved.emit(self.index, "gallery")
        self.show_options.announce(changed_options)

    def _move(self, is_another: bool, why: Why) -> bool:
        if is_another:
            self.visit += 1
            self.why = why
            self.moving.emit()
            self.moved.emit(self.index, why)
        return is_another

    def _new_play_order(self, start: int) -> PlayOrder:
        return PlayOrder(self.count, start=start, loop=self.show_options.loops, shuffle_seed=self._wanted_seed())

    def _wanted_seed(self) -> Seed | None:
        if not self.show_options.shuffle:
            return None
        _log.info("Shuffled with the seed %s.", self._seed)
        return self._seed

    def _update_play_order(self) -> bool:
        """Have the order as the options say. Says whether it is another one now."""
        options, order = self.show_options, self._play_order
        if (options.loops, options.shuffle) == (order.loop, self.shuffled):
            return False
        order.loop = options.loops
        if options.shuffle != self.shuffled:
            order.shuffle(self._wanted_seed())
        return True

    def _show_option_changed(self, key: str) -> None:
        if key in {SHUFFLE, END} and self._update_play_order():
            self.order_changed.emit()

    def _setting_changed(self, key: str) -> None:
        if key == "caption/language":
            self.language_changed.emit()


def desktop_languages(locale: QLocale) -> str:
    """The languages that somebody with this `locale` reads, as a language priority list; empty for the C locale."""
    tags = [*locale.uiLanguages(), locale.bcp47Name()]
    return compact(tag for tag in tags if tag not in {"C", "en-POSIX"})
