"""The window's layout: the sides where caption and thumbnails stand, and their sizes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from viewer.actions import SIDES
from viewer.ui.commands.action_set import Commands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.actions import When
    from viewer.ui.window.main_window import MainWindow


class LayoutCommands(Commands):
    """Moves and sizes the docks of `window`; in full screen there are none."""

    def __init__(self, window: MainWindow) -> None:
        self._window, docks = window, window.docks
        self.handlers = {
            **{f"caption_{side}": partial(docks.put, "caption", side) for side in SIDES},
            **{f"strip_{side}": partial(docks.put, "thumbnails", side) for side in SIDES},
            "caption_panel_larger": partial(docks.step_caption, 1),
            "caption_panel_smaller": partial(docks.step_caption, -1),
            "reset_layout": window.reset_layout,
        }

    def checked(self) -> Mapping[str, bool]:
        """The sides where they stand."""
        docks = self._window.docks
        return {f"{dock}_{side}": side == stands for dock, stands in
                (("caption", docks.caption_side), ("strip", docks.thumbnails_side)) for side in SIDES}

    def conditions(self) -> set[When]:
        """Whether there is a window rather than a full screen."""
        return set() if self._window.isFullScreen() else {"window"}
