"""Which of the screens that are connected an unattended show belongs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.kiosk.config import ScreenConfig


class ScreenIdentity(NamedTuple):
    """What tells a screen from others: its connector's `name`, its `model` and its `serial`; empty is not known.

    Where none is connected Qt makes one up, which is not `real`.
    """

    name: str
    model: str = ""
    serial: str = ""
    real: bool = True


def choose_screen(wanted: ScreenConfig, screens: Sequence[ScreenIdentity]) -> int | None:
    """The index of the one of `screens` that is `wanted`; None where it is not among them.

    The serial counts most, for a screen may be plugged into another connector; then the model, then the connector. One
    that contradicts the serial that was asked for is another screen. Where nothing is asked for, any will do.
    """
    def rank(screen: ScreenIdentity) -> tuple[bool, bool, bool]:
        return (screen.serial == wanted.serial != "", screen.model == wanted.model != "",
                screen.name == wanted.name != "")

    real = [index for index, screen in enumerate(screens) if screen.real
            and (not wanted.serial or screen.serial in ("", wanted.serial))]
    if not (wanted.serial or wanted.model or wanted.name):
        return real[0] if real else None
    best = max(real, key=lambda index: rank(screens[index]), default=None)
    return best if best is not None and any(rank(screens[best])) else None
