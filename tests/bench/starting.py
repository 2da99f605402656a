"""From the start of the process to pixels; and what is seen after a jump, which is a start of another kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.bench.program import Running
from tests.bench.screen import NotPossible
from tests.bench.seeing import Watcher, first, first_like_last

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.desk import Desk
    from tests.bench.program import Home, Viewer
    from tests.bench.screen import Rect
    from tests.bench.seeing import Look

_TIMEOUT: Final = 30.0
_JUMP: Final = 5


def start(desk: Desk, viewer: Viewer) -> None:
    """Process start to the first picture in full detail: the very first time, and then as every day."""
    small, large = desk.material.small_set(), desk.material.large_set()
    with desk.home(viewer) as home:
        first_ever = _start(desk, viewer, home, small)
        desk.sheet.note(viewer.name, "start on S, ms", _start(desk, viewer, home, small, moment="start"))
        if viewer.is_ours:
            desk.sheet.note(viewer.name, "start on S the first time ever, ms", first_ever)
            eleven, many = desk.material.manifest(11), desk.material.manifest(100_000)
            desk.sheet.note(viewer.name, "start on the launch gallery, ms", _start(desk, viewer, home, None))
            desk.sheet.note(viewer.name, "start on a manifest of 11, ms", _start(desk, viewer, home, eleven))
            desk.sheet.note(viewer.name, "start on a manifest of 100,000, ms", _start(desk, viewer, home, many))
        try:
            rect = desk.rect(viewer, photos=large)
            desk.sheet.note(viewer.name, "start on L, ms", _start(desk, viewer, home, large, rect=rect))
        except NotPossible as reason:  # too many for it, or for this moment: a cell stays empty
            desk.sheet.doubt(f"{viewer.name}, start on L: {reason}")


def window(desk: Desk, viewer: Viewer) -> None:
    """In a window on M, no thumbnail made before: the picture, and the last of the thumbnails that are in view."""
    medium = desk.material.medium_set(1000)
    with desk.home(viewer) as home:
        _start(desk, viewer, home, desk.material.small_set(), window=True)
        sharp = _start(desk, viewer, home, medium, window=True)
        desk.sheet.note(viewer.name, "start in a window on M, ms", sharp)
        home.forget_thumbnails()
        desk.wait_for_blank()
        lower = Watcher.on_lower_part(desk.screen)
        with Running(viewer.shows(medium, window=True), desk.environment(home, viewer)) as running:
            changes = lower.watch(_TIMEOUT, lambda seen, still: still > 2 and seen.at > running.started + 0.01)
            figure = "start in a window on M to the last thumbnail in view, ms"
            desk.sheet.note(viewer.name, figure, (first_like_last(changes) - running.started) * 1000)


def jump(desk: Desk, viewer: Viewer) -> None:
    """Just started, to a slide that nothing has been decoded of: with End, and by its number."""
    small = desk.material.small_set()
    with desk.open(viewer, small) as (_, watcher):
        _jumped(desk, viewer, watcher, lambda: desk.screen.keys.press(viewer.last), 10, "End after the start on S")
    if not viewer.is_ours:
        return
    for windowed, place in ((False, ""), (True, " in a window")):
        with desk.open(viewer, small, window=windowed, settle=2.0) as (_, watcher):
            desk.screen.keys.press(str(_JUMP + 1))
            _jumped(desk, viewer, watcher, lambda: desk.screen.keys.press("Return"), _JUMP,
                    f"cold jump on S{place}")


def _jumped(
    desk: Desk, viewer: Viewer, watcher: Watcher, press: Callable[[], float], number: int, what: str,
) -> None:
    pressed = press()
    changes = watcher.watch(5, lambda seen, still: seen.number == number and still > 1)
    right = first(changes, number)
    if right is None:
        desk.sheet.doubt(f"{viewer.name}, {what}: picture {number} did not come")
        return
    desk.sheet.note(viewer.name, f"{what}: right, ms", (right - pressed) * 1000)
    desk.sheet.note(viewer.name, f"{what}: sharp, ms", (first_like_last(changes) - pressed) * 1000)


def _start(
    desk: Desk, viewer: Viewer, home: Home, source: Path | None, *, window: bool = False, rect: Rect | None = None,
    moment: str = "",
) -> float:
    """Milliseconds from process start until it looks as it does in the end; a picture of that as `moment`."""
    rect = rect or desk.rect(viewer, window=window)
    watcher = Watcher.on_picture(desk.screen, rect)
    home.forget_thumbnails()
    desk.wait_for_blank()
    with Running(viewer.shows(source, window=window), desk.environment(home, viewer)) as running:
        changes = watcher.watch(_TIMEOUT, _at_rest if source is not None else _still_for_long)
        if source is not None:
            desk.check(viewer, changes[-1], source, rect)
        if moment:
            desk.shoot(viewer, moment)
        return (first_like_last(changes) - running.started) * 1000


def _at_rest(seen: Look, still: float) -> bool:
    return seen.number == 0 and still > 1


def _still_for_long(seen: Look, still: float) -> bool:  # noqa: ARG001 - a picture of others carries no number
    return still > 2.5
