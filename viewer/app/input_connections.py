"""Connects pointers and buttons with the actions, and shows in menus and buttons what is on and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from viewer.settings_store import SettingsStore
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.show.slide_view_model import SlideViewModel
    from viewer.ui.commands.action_set import ActionSet
    from viewer.ui.thumbnails.bar import ThumbnailBar
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.central_widget import CentralWidget
    from viewer.ui.window.main_window import MainWindow


class InputConnections(QObject):
    """Pointers and buttons do what the actions of `actions` do, and nothing that these may not do now."""

    def __init__(self, actions: ActionSet, window: MainWindow, central: CentralWidget, thumbnail_bar: ThumbnailBar,
                 slide_view: SlideView, session: Session, player: Player, view_model: SlideViewModel,
                 settings: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions, self._window, self._central, self._thumbnail_bar = actions, window, central, thumbnail_bar
        self._session, self._player = session, player
        bar, controls = thumbnail_bar, central.controls
        for pages in (slide_view.gestures.page, controls.paged):
            pages.connect(self._page)
        slide_view.gestures.tapped.connect(controls.show)
        for asked, action_id in ((bar.play_button.clicked, "pause"), (bar.fullscreen_button.clicked, "fullscreen"),
                                 (controls.bar.play_button.clicked, "pause"),
                                 (controls.bar.leave_button.clicked, "fullscreen"),
                                 (central.shortcuts.dismissed, "help"),
                                 (window.status_line.caption_asked, "toggle_caption")):
            asked.connect(actions[action_id].trigger)
        window.key_released.connect(view_model.prefetch.calm)
        # Menus and buttons follow the program's state.
        for changed in (session.moved, session.order_changed, player.state_changed, view_model.displayed_changed,
                        window.fullscreen_changed, window.caption_changed, settings.changed,
                        *(action.triggered for action in window.actions())):
            changed.connect(self._refresh)

    def _page(self, steps: int) -> None:
        if self._actions["next" if steps > 0 else "previous"].isEnabled():
            self._session.step(steps)

    def _refresh(self) -> None:
        self._actions.refresh()
        playing = self._player.state == "playing"
        self._thumbnail_bar.show_state(playing=playing, fullscreen=self._window.isFullScreen())
        self._central.controls.bar.show_state(playing=playing)
