"""The further screens that repeat the first, each with its own window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.ui.kiosk.mirror_window import MirrorWindow
from viewer.ui.kiosk.screen_keeper import ScreenKeeper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from viewer.kiosk.config import ScreenConfig
    from viewer.show.clock import Clock


class Mirrors:
    """Mirrors of `window` on `screens`; each comes up when its screen is connected."""

    def __init__(self, window: QWidget, screens: Sequence[ScreenConfig], clock: Clock) -> None:
        self.windows = [MirrorWindow(window) for _ in screens]
        self._keepers = [ScreenKeeper(mirror, screen, clock, alone=False)
                         for mirror, screen in zip(self.windows, screens, strict=True)]

    @property
    def problems(self) -> list[str]:
        """Why mirrors are not where they belong."""
        return [keeper.problem for keeper in self._keepers if keeper.problem]

    def close(self) -> None:
        """Close them for good."""
        for keeper, mirror in zip(self._keepers, self.windows, strict=True):
            keeper.close()
            mirror.end()
