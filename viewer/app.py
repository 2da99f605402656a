"""The composition root: builds every object, makes every connection, and runs the event loop."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from viewer import __version__
from viewer.desktop.signals import EndSignals
from viewer.early import remember_glass, rows_in_view
from viewer.imaging.limits import limits_of
from viewer.imaging.loader import Loader
from viewer.imaging.pool import Pool
from viewer.imaging.protocol import THUMBNAIL_SIDE
from viewer.imaging.thumbnails import ThumbnailWriter, thumbnail_root
from viewer.imaging.wishes import Box, Wish
from viewer.show.clock import QtClock
from viewer.show.librarian import Librarian
from viewer.show.player import Player
from viewer.show.projector import Projector
from viewer.show.proofreader import Proofreader
from viewer.show.session import Session
from viewer.store import SettingsStore
from viewer.ui.cards import loading_card
from viewer.ui.commands import Commands
from viewer.ui.controls import Shelf
from viewer.ui.glyphs import app_icon
from viewer.ui.hall import Hall
from viewer.ui.operator import Operator
from viewer.ui.presenter import Presenter
from viewer.ui.stage import Stage
from viewer.ui.stepwise import Stepwise
from viewer.ui.theme import DARK, colours_for, palette_for, style_sheet
from viewer.ui.window import Window, screen_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from viewer.early import Early
    from viewer.settings import Value
    from viewer.show.clock import Clock
    from viewer.ui.resting import RestingPointer
    from viewer.ui.strip import Strip
    from viewer.ui.theme import Colours


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
    """The program: made of an `Early` start, shown by `show`, put away by `close`.

    What the first picture does without is built by `rest`, right after it was painted; until then there is neither
    `strip` nor `resting`. Keys work from the beginning, and every part has its place.
    """

    strip: Strip
    resting: RestingPointer

    def __init__(self, early: Early, start: Start, clock: Clock | None = None) -> None:
        """Build what the first picture needs, and connect it, timed by `clock`.

        Nothing is seen yet, and no event loop has to run.
        """
        super().__init__()
        self.rest = Stepwise(self._build_the_rest(), self)
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
        self.stage = Stage(clock)
        self.hall = Hall(self.stage)
        self.shelf = Shelf()
        self.window = Window(self.hall, self.shelf)

        # Pixels, and the course of the show.
        self.pool = Pool(*early.hand_over(), parent=self)
        self.writer = ThumbnailWriter(thumbnail_root(), parent=self)
        self.loader = Loader(self.pool, self.writer, parent=self)
        self.session = Session(self.settings, seed=start.shuffle_seed, parent=self)
        self.session.gallery_changed.connect(self._open_grounds)  # the first to hear of it: before anything is wished
        self.player = Player(self.session, clock, parent=self)
        self.proofreader = Proofreader(self.session, clock, parent=self)
        self.librarian = Librarian(early.source.opened_from, parent=self)
        self.projector = Projector(self.session, self.loader, self.settings, clock, parent=self)
        self.presenter = Presenter(self.session, self.player, self.projector, self.stage, self.hall, self.window)
        self.operator = Operator(self.window, self.hall, self.stage, self.session, self.player, self.loader,
                                 self.librarian, self.presenter, self.settings, clock)
        bindings, refused_keys = self.settings.bindings()
        self.commands = Commands(self.window, self.operator.handlers(), bindings)
        self.commands.fill_menu_bar(self.window)
        self.hall.help.set_bindings(bindings)

        self._connect_the_glass()
        self._connect_the_hands()
        self._connect_the_states()
        for key in ("look/theme", "look/transparency", "look/reduced-motion", "caption/scale", "input/wheel",
                    "memory/pictures-mb", "decode/deadline-s", "decode/require-sandbox", "limits/megapixels"):
            self._apply(key)
        self.window.restore_layout(self.settings.layout("geometry"), self.settings.layout("docks"))
        self.operator.show_state(self.commands)
        if refused_keys:
            self.operator.say(refused_keys[0])

    def _connect_the_glass(self) -> None:
        """From the projector to the stage and back: only what was really seen counts."""
        stage, projector, player = self.stage, self.projector, self.player
        stage.box_changed.connect(self._share_memory)
        stage.box_changed.connect(projector.set_box)
        stage.detail_wanted.connect(projector.want_detail)
        stage.shown.connect(self._seen)
        stage.sharp_shown.connect(self._seen)
        projector.animation_looped.connect(player.animation_looped)
        player.progress_changed.connect(self.hall.progress.set_share)

    def _connect_the_hands(self) -> None:
        """Pointers and buttons do what the commands do."""
        window, hall = self.window, self.hall
        for pages in (self.stage.pointing.page, hall.paged):
            pages.connect(self.session.step)
        self.stage.pointing.tapped.connect(hall.reveal)
        self.shelf.play_wanted.connect(self.commands["pause"].trigger)
        self.shelf.fullscreen_wanted.connect(self.commands["fullscreen"].trigger)
        hall.help.dismissed.connect(self.commands["help"].trigger)
        window.key_released.connect(self.projector.calm)
        window.closing.connect(self.close)
        self.player.said.connect(self.operator.say)
        self.proofreader.found.connect(self.operator.tell_problems)

    def _connect_the_states(self) -> None:
        """Menus and buttons follow what is so."""
        for changed in (self.session.moved, self.session.order_changed, self.player.state_changed,
                        self.projector.show, self.window.mode_changed, self.settings.changed):
            changed.connect(self._refresh_state)
        for action in self.window.actions():
            action.triggered.connect(self._refresh_state)
        self.window.mode_changed.connect(self.stage.pointing.set_pointer_hiding)
        self.window.mode_changed.connect(self._colour)
        self.settings.changed.connect(self._apply)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._colour)

    def _build_the_rest(self) -> Iterator[None]:
        from viewer.ui.strip import Strip

        yield
        self.strip = Strip(self.loader)
        self.shelf.hold(self.strip)
        self.strip.chosen.connect(self.session.go)
        yield
        self.presenter.take_strip(self.strip)
        self.loader.arrived.connect(self._paint_thumbnail)
        self.loader.failed.connect(self._paint_thumbnail)
        yield
        from viewer.ui.resting import RestingPointer

        self.resting = RestingPointer(self.hall.panel, self._clock)
        self.resting.set_watching(self.window.fullscreen)
        self.window.mode_changed.connect(self.resting.set_watching)
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
            self.stage.show_card(loading_card(str(self._early.source.paths[0]) if self._early.source.paths else ""))
            self._waiting.start()
            self.librarian.opened.connect(self._waiting.stop)  # someone opened something else meanwhile
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
            remember_glass(*self.stage.box)
            self.settings.save()
        self._waiting.stop()
        self.rest.stop()
        self.player.stop()
        self.projector.close()
        self.proofreader.close()
        self.stage.pointing.set_pointer_hiding(False)
        if self.rest.is_done:
            self.resting.set_watching(False)
        self.librarian.close()
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
        self.operator.report(opened)
        self.session.set_gallery(opened.gallery, keep=False, start=self._early.index)
        self.librarian.watch(opened.gallery)
        if not self._start.fullscreen:  # until there is a strip, which knows better what is in view
            near, box = rows_in_view(self.session.index, self.session.count)[1:], Box(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
            self.loader.wish("thumbnail", [Wish(self.session.path_of(row), box) for row in near])
        if self._start.play:
            self.player.play()

    def _open_grounds(self) -> None:
        self.loader.grounds.open(self.session.gallery)

    def _seen(self, visit: object) -> None:
        if visit == self.session.visit:
            self.player.slide_shown(self.projector.view)
            if self.projector.view.sharp or self.stage.view is None:  # a card is all there will be
                self.rest.hurry()

    def _paint_thumbnail(self, wish: object) -> None:
        self.strip.thumbnail_arrived(wish)  # type: ignore[arg-type]  # signals carry objects; the loader sends wishes

    def _refresh_state(self) -> None:
        self.operator.show_state(self.commands)
        self.shelf.show_state(playing=self.player.state == "playing", fullscreen=self.window.fullscreen)

    def _colour(self) -> None:
        colours = colours_for(self.settings.text("look/theme"))
        if colours != self._coloured:  # else only the stage changes, which is darker in full screen
            self._coloured = colours
            QApplication.setPalette(palette_for(colours))
            self.window.setStyleSheet(style_sheet(colours))
            self.window.set_colours(colours)
        night = colours._replace(room=DARK.night, text=DARK.text, quiet=DARK.quiet, panel=DARK.panel)
        self.stage.set_colours(night if self.window.fullscreen else colours)

    def _apply(self, key: str) -> None:
        """Let an option take effect."""
        settings = self.settings
        if key == "look/theme":
            self._colour()
        elif key == "look/transparency":
            self.stage.set_transparency("checkerboard" if settings.text(key) == "checkerboard" else "background")
        elif key == "look/reduced-motion":
            self.stage.set_reduced_motion(settings.flag(key))
            self.projector.set_running(not settings.flag(key))
        elif key in ("caption/scale", "caption/fullscreen"):
            scale = settings.number("caption/scale") / 100
            self.window.panel.set_type(self.window.fontInfo().pixelSize() * 1.12 * scale)
            place = settings.text("caption/fullscreen")
            self.hall.set_caption("none" if place == "none" else "overlay" if place == "overlay" else "beside", scale)
        elif key == "input/wheel":
            self.stage.pointing.set_wheel("zoom" if settings.text(key) == "zoom" else "page")
        elif key in ("memory/pictures-mb", "memory/thumbnails-mb"):
            self._share_memory(self.stage.box)
        elif key == "decode/deadline-s":
            self.loader.set_deadline(settings.number(key) * 1000)
        elif key.startswith("limits/"):
            if self.loader.set_limits(limits_of(settings.number)):
                self.projector.refresh()
        elif key == "decode/require-sandbox":
            self.loader.grounds.require(settings.flag(key))

    def _share_memory(self, box: Box) -> None:
        """Keep as many pictures as are wanted again, at the size of the glass; no more than is allowed."""
        wanted = max(_PICTURES_KEPT * box.width * box.height * 4, _LEAST_KEPT)
        self.loader.set_budgets(min(self.settings.number("memory/pictures-mb") << 20, wanted),
                                self.settings.number("memory/thumbnails-mb") << 20)


def run(early: Early, start: Start) -> str:
    """Run the program until its window is closed; returns a sentence if it could not begin."""
    app = QApplication([*sys.argv[:1], "-style", "Fusion"])  # setStyle would have all that is known of styles loaded
    app.setApplicationName("liftoff")
    app.setApplicationDisplayName("Liftoff")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("liftoff")
    liftoff = Liftoff(early, start)
    ending = EndSignals()
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
