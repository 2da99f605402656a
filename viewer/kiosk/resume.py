"""Where an unattended show goes on after an end that nobody wanted, and what it leaves out.

After a crash, a freeze, a lost display server or a power cut it goes on with the slide that was on the screen, known by
its id, else by its file, else by its place. Whoever ends it by PIN or signal means to end it: then the position is
forgotten, and the next start begins with the first slide, as a visitor expects of a show that was switched on.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final

from viewer.gallery.lazy_slides import identities_of
from viewer.gallery.model import Problem
from viewer.gallery.selected_slides import without_slides
from viewer.kiosk.position import read_position
from viewer.kiosk.set_aside import read_set_aside

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.lazy_slides import Identities
    from viewer.gallery.open import Opened
    from viewer.kiosk.position import Position
    from viewer.kiosk.set_aside import SetAsideSlide
    from viewer.startup.early_decode import Source

ALL_SET_ASIDE: Final = ("Every slide has crashed the show and is set aside. Replace the pictures; after a day they are "
                        "tried again.")


def resuming(source: Source, folder: Path) -> Source:
    """`source`, opened as the state in `folder` says: a position that was kept comes before the slide to start with."""
    start = source.start if read_position(folder) is None else ""
    return source._replace(start=start, adapt=partial(adapted, folder=folder), keeps_last=True)


def adapted(opened: Opened, *, folder: Path) -> Opened:
    """`opened` without the slides that are set aside, and with the slide to go on with.

    Looks at the files of what was set aside, which can block: not for the window's thread.
    """
    identities = identities_of(opened.gallery.slides)
    position = read_position(folder)
    start = opened.start_index if position is None else place_of(position, identities)
    aside = {(slide.id, slide.file) for slide in still_set_aside(folder)}
    if not aside:
        return opened._replace(start_index=start)
    identity = zip(*identities, strict=True)  # pragma: no mutate: each slide has one of each
    left_out = {index for index, names in enumerate(identity) if names in aside}
    gallery = without_slides(opened.gallery, left_out)
    problems = opened.problems if gallery.slides else [Problem("", "error", ALL_SET_ASIDE), *opened.problems]
    start -= sum(index < start for index in left_out)
    return opened._replace(gallery=gallery, problems=problems, start_index=start % max(len(gallery.slides), 1))


def still_set_aside(folder: Path) -> list[SetAsideSlide]:
    """The slides that are to be left out now. Looks at their files, which can block."""
    now = time.time()
    return [slide for slide in read_set_aside(folder) if slide.still_counts(now)]


def place_of(position: Position, identities: Identities) -> int:
    """The index of the slide at `position`: by id, else by file, else by its place; 0 where there are no slides."""
    for name, names in ((position.id, identities.ids), (position.file, identities.files)):
        if name and name in names:
            same = [index for index, other in enumerate(names) if other == name]
            return min(same, key=lambda index: abs(index - position.index))
    return min(max(position.index, 0), max(len(identities.files) - 1, 0))
