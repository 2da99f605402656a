"""An unattended show outside its opening hours: a black screen that nothing but the keeper's PIN gets past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

if TYPE_CHECKING:
    from viewer.show.player import Player
    from viewer.ui.kiosk.visitors import Visitors
    from viewer.ui.window.central_widget import CentralWidget


class ClosedScreen(QObject):
    """Closes and opens the show. While it is closed its first slide is got ready, which is seen at once at opening."""

    def __init__(self, central: CentralWidget, player: Player, visitors: Visitors) -> None:
        super().__init__(central)
        self._central, self._player, self._visitors = central, player, visitors
        self._is_open = True
        # Queued: not while it changes.
        player.state_changed.connect(self._keep_still, Qt.ConnectionType.QueuedConnection)

    def set_open(self, is_open: bool) -> None:
        """Show from the first slide on, as if nobody had been there; or show nothing."""
        self._is_open = is_open
        if not is_open:
            self._player.stop()
        self._central.set_black(not is_open)
        self._visitors.set_closed(not is_open)
        self._visitors.visit.start_again()

    def _keep_still(self) -> None:
        """End a show that has begun in the dark, as one does that starts up outside its hours."""
        if not self._is_open:
            self._player.stop()
