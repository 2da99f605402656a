"""The composition root: builds every object and makes every connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from viewer.app.input_connections import InputConnections
from viewer.app.option_effects import option_effects
from viewer.imaging.client.loader import Loader
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.pool.pool import Pool
from viewer.imaging.protocol.messages import THUMBNAIL_SIDE, Box
from viewer.imaging.thumbnails.writer import ThumbnailWriter
from viewer.locations import thumbnail_root
from viewer.settings_store import SettingsStore
from viewer.show.background_check import BackgroundCheck
from viewer.show.clock import QtClock
from viewer.show.gallery_swap import GallerySwap
from viewer.show.gallery_watcher import GalleryWatcher
from viewer.show.picture_watcher import PictureWatcher
from viewer.show.player import Player
from viewer.show.session import Session
from viewer.show.slide_view_model import SlideViewModel
from viewer.startup.early_decode import rows_in_view
from viewer.startup.last_viewport import remember_viewport
from viewer.ui.commands.action_set import ActionSet
from viewer.ui.commands.caption_commands import CaptionCommands
from viewer.ui.commands.gallery_commands import GalleryCommands
from viewer.ui.commands.layout_commands import LayoutCommands
from viewer.ui.commands.messages import Messages
from viewer.ui.commands.number_entry import NumberKeys
from viewer.ui.commands.playback_commands import PlaybackCommands
from viewer.ui.commands.view_commands import ViewCommands, WindowCommands
from viewer.ui.presenter import Presenter
from viewer.ui.scheduling.staged_setup import StagedSetup
from viewer.ui.style.icons import IconButton, app_icon
from viewer.ui.thumbnails.bar import ThumbnailBar
from viewer.ui.viewport.slide_view import SlideView
from viewer.ui.window.central_widget import CentralWidget
from viewer.ui.window.main_window import MainWindow
from viewer.ui.window.screens import listed_screens, screen_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewer.app.start import Start
    from viewer.desktop.keep_awake import KeepAwake
    from viewer.show.clock import Clock
    from viewer.startup.early_decode import EarlyDecode
    from viewer.ui.thumbnails.list_view import ThumbnailListView
    from viewer.ui.window.idle_cursor import IdleCursor

SETUP_TIMEOUT_MS: Final = 500
"""Milliseconds after which the rest of the program is built though no picture has been seen yet."""


class Liftoff(QObject):
    """The program: made of an `EarlyDecode`, shown by `show`, ended by `close`.

    What the first picture does without is built by `setup`, right after it was painted; until then `thumbnails`,
    `idle_cursor` and `keep_awake` are None. Keys work from the beginning, and every part has its place.
    """

    def __init__(self, early: EarlyDecode, start: Start, clock: Clock | None = None) -> None:
        """Build what the first picture needs, and connect it, timed by `clock`.

        Nothing is seen yet, and no event loop has to run.
        """
        super().__init__()
        self.setup = StagedSetup(self._build_the_rest(), self)
        self.thumbnails: ThumbnailListView | None = None
        self.idle_cursor: IdleCursor | None = None
        self.keep_awake: KeepAwake | None = None
        self._early, self._start, read = early, start, early.source
        self._closed = False
        self.clock = clock = clock or QtClock()
        self.settings = SettingsStore(parent=self, saved=start.saved)
        for key, value in start.overrides.items():
            self.settings.override(key, value)

        # What is seen. This takes the longest, and the worker decodes meanwhile.
        self.slide_view = SlideView(clock)
        self.central = CentralWidget(self.slide_view)
        self.thumbnail_bar = ThumbnailBar()
        self.window = MainWindow(self.central, self.thumbnail_bar)

        # Pixels, and the course of the show.
        self.pool = Pool(*early.hand_over(), parent=self)
        self.writer = ThumbnailWriter(thumbnail_root(), parent=self)
        self.loader = Loader(self.pool, self.writer, parent=self)
        self.session = Session(self.settings, seed=start.shuffle_seed, parent=self)
        # The first to hear of it: paths are allowed before anything is requested.
        self.session.gallery_changed.connect(lambda: self.loader.access_policy.set_gallery(self.session.gallery))
        self.player = Player(self.session, clock, parent=self)
        self.background_check = BackgroundCheck(self.session, clock, parent=self)
        self.gallery_watcher = GalleryWatcher(read.opened_from, self, inside_only=read.inside_only, adapt=read.adapt,
                                              keeps_last=read.keeps_last)
        self.gallery_swap = GallerySwap(self.session, self.player, self.gallery_watcher, self.loader.forget, self)
        self.view_model = SlideViewModel(self.session, self.loader, self.settings, clock, parent=self)
        self.picture_watcher = PictureWatcher(self.session, self.view_model, self.loader, clock,
                                              self.slide_view.can_be_seen, parent=self)
        self.presenter = Presenter(self.session, self.player, self.view_model, self.slide_view, self.central,
                                   self.window)

        self._build_commands()
        self._connect_options()
        self._connect_the_show()
        InputConnections(self.action_set, self.window, self.central, self.thumbnail_bar, self.slide_view, self.session,
                         self.player, self.view_model, self.settings, self)
        self.window.closing.connect(self.close)
        self.window.restore_layout(self.settings.layout("geometry"), self.settings.layout("docks"))
        self.action_set.refresh()

    def _build_commands(self) -> None:
        session, player, window = self.session, self.player, self.window
        unattended = self._start.unattended
        self.messages = messages = Messages(self.central.toast, tells_problems=not unattended)
        self.gallery_commands = GalleryCommands(window, session, self.gallery_watcher, self.gallery_swap,
                                                self.presenter, self.slide_view, self.settings, messages)
        playback = PlaybackCommands(window, self.central, self.slide_view, session, player,
                                    None if unattended else NumberKeys(window, self.clock), messages)
        commands = (
            self.gallery_commands, playback,
            ViewCommands(self.slide_view, session, player, self.view_model, self.loader, self.clock, messages),
            CaptionCommands(window, (window.panel, self.central.panel), self.settings, session, player,
                            self.gallery_swap, messages),
            LayoutCommands(window),
            WindowCommands(window, self.central.shortcuts, self.settings, session, playback.leave, in_kiosk=unattended),
        )
        bindings, refused_keys = self.settings.bindings()
        self.action_set = ActionSet(window, commands, bindings, self._start.allowed)
        self.action_set.fill_menu_bar(window)
        self.central.shortcuts.set_bindings(bindings)
        if refused_keys:
            messages.say(refused_keys[0])

    def _connect_options(self) -> None:
        self.effects = option_effects(self.settings, self.window, self.central, self.thumbnail_bar, self.slide_view,
                                      self.view_model, self.loader)
        for effect in dict.fromkeys(self.effects.values()):
            effect()
        self.settings.changed.connect(self._apply_option)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_desktop_theme)
        self.slide_view.box_changed.connect(self.effects["memory/pictures-mb"])  # depends on the viewport too
        self.window.caption_changed.connect(self.effects["caption/fullscreen"])  # depends on the gallery too

    def _connect_the_show(self) -> None:
        """From the slide view model to the slide view and back: only what was really seen counts."""
        slide_view, view_model, player = self.slide_view, self.view_model, self.player
        slide_view.box_changed.connect(view_model.set_box)
        slide_view.box_changed.connect(self.picture_watcher.set_box)
        slide_view.detail_wanted.connect(view_model.want_detail)
        slide_view.shown.connect(self._seen)
        slide_view.sharp_shown.connect(self._seen)
        view_model.animation_looped.connect(player.animation_looped)
        player.next_changed.connect(view_model.prefetch.set_next)
        player.progress_changed.connect(self.central.progress.set_share)
        player.state_changed.connect(self.central.indicator.set_playback)
        for panel in (self.window.panel, self.central.panel):
            player.progress_changed.connect(panel.follow)
            panel.overflow_changed.connect(self._tell_overflow)
        player.said.connect(self.messages.say)
        self.background_check.found.connect(self.messages.report)

    def _build_the_rest(self) -> Iterator[None]:
        for button in self.window.findChildren(IconButton):
            button.load_icon()
        yield
        from viewer.ui.style.accessible_roles import install_roles

        install_roles(self.window)
        yield
        from viewer.ui.thumbnails.list_view import ThumbnailListView

        yield
        self.thumbnails = thumbnails = ThumbnailListView(self.loader)
        self.thumbnail_bar.hold(thumbnails)
        thumbnails.chosen.connect(self.session.go)
        yield
        self.presenter.take_strip(thumbnails)
        yield
        from viewer.ui.window.idle_cursor import IdleCursor
        from viewer.ui.window.pointer_activity import PointerActivity

        activity = PointerActivity(self.window.windowHandle(), self.clock)
        self.central.controls.follow(activity)
        self.idle_cursor = IdleCursor(activity)
        self.idle_cursor.set_watching(self.window.isFullScreen())
        self.window.fullscreen_changed.connect(self.idle_cursor.set_watching)
        self.window.setWindowIcon(app_icon())
        yield
        from viewer.ui.commands.fullscreen_hint import FullscreenHint

        FullscreenHint(self.window, self.player, self.central.hint, self.action_set["leave"],
                       self.action_set["fullscreen"], known=self._start.fullscreen and self._start.play)
        yield
        from viewer.ui.captions.touch_scroll import TouchScroll
        from viewer.ui.commands.state_announcements import StateAnnouncements
        from viewer.ui.style.focus_ring import FocusRing

        StateAnnouncements(self.action_set, self.session, self.player, self.slide_view)
        TouchScroll(self.window.panel.lines, self.central.panel.lines)
        FocusRing(self.window, (self.slide_view, thumbnails, self.window.panel, self.central.panel))
        yield
        from viewer.desktop.keep_awake import KeepAwake

        self.keep_awake = keep_awake = KeepAwake(self.player, self.settings, self.clock, self)
        self.window.closing.connect(keep_awake.close)

    def show(self) -> str:
        """Show the window and begin; returns a sentence where that cannot be."""
        screen = screen_named(self._start.screen)
        if screen is None and self._start.screen:
            return f"There is no screen {self._start.screen!r}: there is {listed_screens()}."
        if screen is not None:
            self.window.setScreen(screen)
            self.window.move(screen.availableGeometry().topLeft())
        self.window.fit_screen(first_time=not self.settings.layout("geometry"))
        if refusal := self.gallery_commands.show_first(self._early, self._begin):
            return refusal
        self.setup.begin(SETUP_TIMEOUT_MS)
        if self._start.fullscreen:
            self.window.set_fullscreen(True, screen)
        else:
            self.window.show()
        return ""

    def close(self) -> None:
        """Keep what is to be remembered, and end what was started; once is enough."""
        if self._closed:
            return
        self._closed = True
        if self.window.isVisible():  # else it never was, and there is nothing to remember
            self.settings.set_layout("geometry", self.window.geometry_state())
            self.settings.set_layout("docks", self.window.layout_state())
            remember_viewport(*self.slide_view.box)
            self.settings.save()
        self.setup.stop()
        self.player.stop()
        self.view_model.close()
        self.picture_watcher.close()
        self.background_check.close()
        if self.idle_cursor is not None:
            self.idle_cursor.close()
        self.gallery_watcher.close()
        self.loader.close()

    def _begin(self) -> None:
        if not self._start.fullscreen:  # until there are thumbnails, which know better which are in view
            near, box = rows_in_view(self.session.index, self.session.count)[1:], Box(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
            self.loader.request("thumbnail", [PictureRequest(self.session.path_of(row), box) for row in near])
        if self._start.play:
            self.player.play()

    def _seen(self, visit: object) -> None:
        if visit == self.session.visit:
            self.player.slide_shown(self.view_model.displayed)
            if self.view_model.displayed.sharp or self.slide_view.view is None:  # a placeholder is all there will be
                self.setup.hurry()

    def _tell_overflow(self) -> None:
        self.player.set_caption_scrolls(self.window.panel.overflows or self.central.panel.overflows)

    def _follow_desktop_theme(self) -> None:
        self.effects["look/theme"]()

    def _apply_option(self, key: str) -> None:
        if effect := self.effects.get(key):
            effect()
