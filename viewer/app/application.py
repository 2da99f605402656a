"""The composition root: builds every object, makes every connection, and runs the event loop."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QResource, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from viewer import __version__
from viewer.app.termination_signals import TerminationSignals
from viewer.imaging.client.loader import Loader
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.pool.pool import Pool
from viewer.imaging.protocol.limits import limits_of
from viewer.imaging.protocol.messages import THUMBNAIL_SIDE, Box
from viewer.imaging.thumbnails.writer import ThumbnailWriter
from viewer.locations import thumbnail_root
from viewer.resources import COMPILED
from viewer.settings_store import SettingsStore
from viewer.show.background_check import BackgroundCheck
from viewer.show.clock import QtClock
from viewer.show.gallery_watcher import GalleryWatcher
from viewer.show.player import Player
from viewer.show.session import Session
from viewer.show.slide_view_model import SlideViewModel
from viewer.startup.early_decode import rows_in_view
from viewer.startup.last_viewport import remember_viewport
from viewer.ui.commands.action_set import ActionSet
from viewer.ui.commands.handlers import CommandHandlers
from viewer.ui.presenter import Presenter
from viewer.ui.scheduling.staged_setup import StagedSetup
from viewer.ui.style.icons import IconButton, app_icon
from viewer.ui.style.theme import DARK, colours_for, palette_for, style_sheet
from viewer.ui.thumbnails.bar import ThumbnailBar
from viewer.ui.viewport.placeholder import loading_placeholder
from viewer.ui.viewport.slide_view import SlideView
from viewer.ui.window.central_widget import CentralWidget
from viewer.ui.window.main_window import MainWindow, screen_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from viewer.settings import Value
    from viewer.show.clock import Clock
    from viewer.startup.early_decode import EarlyDecode
    from viewer.ui.style.theme import Colours
    from viewer.ui.thumbnails.list_view import ThumbnailListView
    from viewer.ui.window.idle_cursor import IdleCursor


GRACE_SECONDS: Final = 0.15
"""Seconds that a gallery may still need when everything else is ready, before a window says that it is being read: so
long nobody sees, and what is refused in that time is refused without a window."""

_PICTURES_KEPT: Final = 10
"""The one that is seen, three that may come next, those just left, and a quarter for the frames of animations."""

_LEAST_KEPT: Final = 32 << 20
"""Bytes: so much may be kept of pictures however small the glass is."""

PATIENCE_MS: Final = 500
"""Milliseconds after which the rest of the program is built though no picture has been seen yet."""

SETTLED_MS: Final = 1000
"""Milliseconds after which the first picture has been seen and everything is as it will stay."""


class Start(NamedTuple):
    """How to begin: what the command line says besides what to open. `overrides` are options for this run alone."""

    fullscreen: bool = False
    play: bool = False
    screen: str = ""
    shuffle_seed: str | None = None
    overrides: Mapping[str, Value] = {}


class Liftoff(QObject):
    """The program: made of an `EarlyDecode` start, shown by `show`, put away by `close`.

    What the first picture does without is built by `rest`, right after it was painted; until then there is neither
    `strip` nor `idle_cursor`. Keys work from the beginning, and every part has its place.
    """

    strip: ThumbnailListView
    idle_cursor: IdleCursor

    def __init__(self, early: EarlyDecode, start: Start, clock: Clock | None = None) -> None:
        """Build what the first picture needs, and connect it, timed by `clock`.

        Nothing is seen yet, and no event loop has to run.
        """
        super().__init__()
        self.rest = StagedSetup(self._build_the_rest(), self)
        self._early, self._start = early, start
        self._waiting = QTimer(self, interval=30)
        self._waiting.timeout.connect(self._begin_when_read)
        self._closed = False
        self._coloured: Colours | None = None
        self._clock = clock = clock or QtClock()
        self.settings = SettingsStore(parent=self)
        for key, value in start.overrides.items():
            self.settings.override(key, value)

        # What is seen. This takes the longest, and the worker is at something meanwhile.
        self.slide_view = SlideView(clock)
        self.central = CentralWidget(self.slide_view)
        self.thumbnail_bar = ThumbnailBar()
        self.window = MainWindow(self.central, self.thumbnail_bar)

        # Pixels, and the course of the show.
        self.pool = Pool(*early.hand_over(), parent=self)
        self.writer = ThumbnailWriter(thumbnail_root(), parent=self)
        self.loader = Loader(self.pool, self.writer, parent=self)
        self.session = Session(self.settings, seed=start.shuffle_seed, parent=self)
        self.session.gallery_changed.connect(self._allow_gallery)  # the first to hear of it: before anything is wished
        self.player = Player(self.session, clock, parent=self)
        self.background_check = BackgroundCheck(self.session, clock, parent=self)
        self.gallery_watcher = GalleryWatcher(early.source.opened_from, parent=self)
        self.view_model = SlideViewModel(self.session, self.loader, self.settings, clock, parent=self)
        self.presenter = Presenter(self.session, self.player, self.view_model, self.slide_view, self.central,
                                   self.window)
        self.command_handlers = CommandHandlers(self.window, self.central, self.slide_view, self.session, self.player,
                                                self.loader, self.gallery_watcher, self.presenter, self.settings,
                                                clock)
        bindings, refused_keys = self.settings.bindings()
        self.action_set = ActionSet(self.window, self.command_handlers.handlers(), bindings)
        self.action_set.fill_menu_bar(self.window)
        self.central.shortcuts.set_bindings(bindings)

        self._connect_the_canvas()
        self._connect_the_hands()
        self._connect_the_states()
        for key in ("look/theme", "look/transparency", "look/reduced-motion", "caption/scale", "input/wheel",
                    "memory/pictures-mb", "decode/deadline-s", "decode/require-sandbox", "limits/megapixels"):
            self._apply(key)
        self.window.restore_layout(self.settings.layout("geometry"), self.settings.layout("docks"))
        self.command_handlers.show_state(self.action_set)
        if refused_keys:
            self.command_handlers.say(refused_keys[0])

    def _connect_the_canvas(self) -> None:
        """From the projector to the stage and back: only what was really seen counts."""
        slide_view, view_model, player = self.slide_view, self.view_model, self.player
        slide_view.box_changed.connect(self._share_memory)
        slide_view.box_changed.connect(view_model.set_box)
        slide_view.detail_wanted.connect(view_model.want_detail)
        slide_view.shown.connect(self._seen)
        slide_view.sharp_shown.connect(self._seen)
        view_model.animation_looped.connect(player.animation_looped)
        player.next_changed.connect(view_model.set_next)
        player.progress_changed.connect(self.central.progress.set_share)

    def _connect_the_hands(self) -> None:
        """Pointers and buttons do what the commands do."""
        window, central = self.window, self.central
        for pages in (self.slide_view.gestures.page, central.paged):
            pages.connect(self.session.step)
        self.slide_view.gestures.tapped.connect(central.reveal)
        self.thumbnail_bar.play_wanted.connect(self.action_set["pause"].trigger)
        self.thumbnail_bar.fullscreen_wanted.connect(self.action_set["fullscreen"].trigger)
        central.shortcuts.dismissed.connect(self.action_set["help"].trigger)
        window.key_released.connect(self.view_model.calm)
        window.closing.connect(self.close)
        self.player.said.connect(self.command_handlers.say)
        self.background_check.found.connect(self.command_handlers.tell_problems)

    def _connect_the_states(self) -> None:
        """Menus and buttons follow what is so."""
        for changed in (self.session.moved, self.session.order_changed, self.player.state_changed,
                        self.view_model.show, self.window.mode_changed, self.settings.changed):
            changed.connect(self._refresh_state)
        for action in self.window.actions():
            action.triggered.connect(self._refresh_state)
        self.window.mode_changed.connect(self.slide_view.gestures.set_pointer_hiding)
        self.window.mode_changed.connect(self._colour)
        self.settings.changed.connect(self._apply)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._colour)

    def _build_the_rest(self) -> Iterator[None]:
        for button in self.window.findChildren(IconButton):
            button.load_icon()
        yield
        from viewer.ui.thumbnails.list_view import ThumbnailListView

        yield
        self.strip = ThumbnailListView(self.loader)
        self.thumbnail_bar.hold(self.strip)
        self.strip.chosen.connect(self.session.go)
        yield
        self.presenter.take_strip(self.strip)
        self.loader.arrived.connect(self._paint_thumbnail)
        self.loader.failed.connect(self._paint_thumbnail)
        yield
        from viewer.ui.window.idle_cursor import IdleCursor

        self.idle_cursor = IdleCursor(self.central.panel, self._clock)
        self.idle_cursor.set_watching(self.window.fullscreen)
        self.window.mode_changed.connect(self.idle_cursor.set_watching)
        self.window.setWindowIcon(app_icon())

    def show(self) -> str:
        """Show the window and begin; returns a sentence if the screen asked for is not there."""
        screen = screen_named(self._start.screen)
        if screen is None and self._start.screen:
            names = ", ".join(f"{at} ({one.name()})" for at, one in enumerate(QGuiApplication.screens(), 1))
            return f"There is no screen {self._start.screen!r}: there is {names}."
        if screen is not None:
            self.window.setScreen(screen)
            self.window.move(screen.availableGeometry().topLeft())
        self.window.keep_on_screen(first_time=not self.settings.layout("geometry"))
        if self._early.wait(GRACE_SECONDS):
            if self._early.refusal:
                return self._early.refusal
            self._begin()
        else:
            paths = self._early.source.paths
            self.slide_view.show_placeholder(loading_placeholder(str(paths[0]) if paths else ""))
            self._waiting.start()
            self.gallery_watcher.opened.connect(self._waiting.stop)  # someone opened something else meanwhile
        self.rest.begin(PATIENCE_MS)
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
        self._waiting.stop()
        self.rest.stop()
        self.player.stop()
        self.view_model.close()
        self.background_check.close()
        self.slide_view.gestures.set_pointer_hiding(False)
        if self.rest.is_done:
            self.idle_cursor.set_watching(False)
        self.gallery_watcher.close()
        self.loader.close()

    def _begin_when_read(self) -> None:
        if self._early.wait(0):
            self._waiting.stop()
            if self._early.refusal:
                self.presenter.problem = self._early.refusal
                self.session.set_gallery(self.session.gallery, keep=False)
            self._begin()

    def _begin(self) -> None:
        opened = self._early.opened
        if opened is None:
            return
        self.command_handlers.report(opened)
        self.session.set_gallery(opened.gallery, keep=False, start=self._early.index)
        self.gallery_watcher.watch(opened.gallery)
        if not self._start.fullscreen:  # until there is a strip, which knows better what is in view
            near, box = rows_in_view(self.session.index, self.session.count)[1:], Box(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
            self.loader.request("thumbnail", [PictureRequest(self.session.path_of(row), box) for row in near])
        if self._start.play:
            self.player.play()

    def _allow_gallery(self) -> None:
        self.loader.access_policy.set_gallery(self.session.gallery)

    def _seen(self, visit: object) -> None:
        if visit == self.session.visit:
            self.player.slide_shown(self.view_model.displayed)
            if self.view_model.displayed.sharp or self.slide_view.view is None:  # a card is all there will be
                self.rest.hurry()

    def _paint_thumbnail(self, request: object) -> None:
        self.strip.thumbnail_arrived(request)  # type: ignore[arg-type]  # signals carry objects; the loader sends wishes

    def _refresh_state(self) -> None:
        self.command_handlers.show_state(self.action_set)
        self.thumbnail_bar.show_state(playing=self.player.state == "playing", fullscreen=self.window.fullscreen)

    def _colour(self) -> None:
        colours = colours_for(self.settings.text("look/theme"))
        if colours != self._coloured:  # else only the stage changes, which is darker in full screen
            self._coloured = colours
            QApplication.setPalette(palette_for(colours))
            self.window.setStyleSheet(style_sheet(colours))
            self.window.set_colours(colours)
        night = colours._replace(room=DARK.night, text=DARK.text, quiet=DARK.quiet, panel=DARK.panel)
        self.slide_view.set_colours(night if self.window.fullscreen else colours)

    def _apply(self, key: str) -> None:
        """Let an option take effect."""
        settings = self.settings
        if key == "look/theme":
            self._colour()
        elif key == "look/transparency":
            self.slide_view.set_transparency("checkerboard" if settings.text(key) == "checkerboard" else "background")
        elif key == "look/reduced-motion":
            self.slide_view.set_reduced_motion(settings.flag(key))
            self.view_model.set_running(not settings.flag(key))
        elif key in ("caption/scale", "caption/fullscreen"):
            scale = settings.number("caption/scale") / 100
            self.window.panel.set_type(self.window.fontInfo().pixelSize() * 1.12 * scale)
            place = settings.text("caption/fullscreen")
            self.central.set_caption("none" if place == "none" else "overlay" if place == "overlay" else "beside",
                                     scale)
        elif key == "input/wheel":
            self.slide_view.gestures.set_wheel("zoom" if settings.text(key) == "zoom" else "page")
        elif key in ("memory/pictures-mb", "memory/thumbnails-mb"):
            self._share_memory(self.slide_view.box)
        elif key == "decode/deadline-s":
            self.loader.set_deadline(settings.number(key) * 1000)
        elif key.startswith("limits/"):
            if self.loader.set_limits(limits_of(settings.number)):
                self.view_model.refresh()
        elif key == "decode/require-sandbox":
            self.loader.access_policy.require_sandbox(settings.flag(key))

    def _share_memory(self, box: Box) -> None:
        """Keep as many pictures as are wanted again, at the size of the glass; no more than is allowed."""
        wanted = max(_PICTURES_KEPT * box.width * box.height * 4, _LEAST_KEPT)
        self.loader.set_budgets(min(self.settings.number("memory/pictures-mb") << 20, wanted),
                                self.settings.number("memory/thumbnails-mb") << 20)


def run(early: EarlyDecode, start: Start) -> str:
    """Run the program until its window is closed; returns a sentence if it could not begin."""
    if not QResource.registerResource(str(COMPILED)):
        return f"The icons and the style cannot be read from {COMPILED}. Install Liftoff again."
    app = QApplication([*sys.argv[:1], "-style", "Fusion"])  # setStyle would have all that is known of styles loaded
    app.setApplicationName("liftoff")
    app.setApplicationDisplayName("Liftoff")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("liftoff")
    liftoff = Liftoff(early, start)
    ending = TerminationSignals()
    ending.asked.connect(liftoff.window.close)
    if refusal := liftoff.show():
        liftoff.close()
        ending.close()
        return refusal
    QTimer.singleShot(SETTLED_MS, _collect_garbage)
    app.exec()
    ending.close()
    return ""


def _collect_garbage() -> None:
    """From now on; what the start has made stays to the end, and is not looked through again and again."""
    gc.freeze()
    gc.enable()
