"""Does what each command says: one method or a line for every row of the table of actions."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication

from viewer.gallery.model import GalleryError
from viewer.gallery.problems import shown
from viewer.ui.commands.number_entry import NumberEntry
from viewer.ui.style.accessibility import announce

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.actions import When
    from viewer.gallery.matching import SlideMatch
    from viewer.gallery.model import Problem
    from viewer.gallery.open import Opened
    from viewer.gallery.slide_texts import SlideTexts
    from viewer.imaging.client.loader import Loader
    from viewer.settings_store import SettingsStore
    from viewer.show.clock import Clock
    from viewer.show.gallery_watcher import GalleryWatcher
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.ui.commands.action_set import ActionSet
    from viewer.ui.presenter import Presenter
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.central_widget import CentralWidget
    from viewer.ui.window.main_window import MainWindow

_PAN: Final = 0.25  # of the room, for one press
_SCALE_STEP: Final = 10  # percent
_MOST_LOGGED: Final = 20
_log = logging.getLogger("liftoff")


class CommandHandlers(QObject):
    """The hands of the program. `handlers` is one callable for each row of the table."""

    def __init__(self, window: MainWindow, central: CentralWidget, slide_view: SlideView, session: Session,
                 player: Player, loader: Loader,
                 gallery_watcher: GalleryWatcher, presenter: Presenter, settings: SettingsStore, clock: Clock) -> None:
        """Everything it handles; nothing is done yet."""
        super().__init__(window)
        self._window, self._central, self._slide_view = window, central, slide_view
        self._session, self._player, self._loader = session, player, loader
        self._gallery_watcher, self._presenter = gallery_watcher, presenter
        self._settings, self._clock = settings, clock
        self._digits = NumberEntry()
        self._information = False
        self._paused_by_black = False
        self._fresh: tuple[Opened, SlideMatch | None] | None = None
        self._swapping = QTimer(self, singleShot=True, interval=0)
        self._swapping.timeout.connect(self._swap)
        self._caption_place = settings.text("caption/fullscreen")
        window.wants_digit = lambda key: self._digits.wants(key, clock.now())
        window.digit_pressed.connect(self._digit)
        window.dropped.connect(self.open_paths)
        gallery_watcher.opened.connect(self._opened)
        gallery_watcher.changed.connect(self._changed)
        gallery_watcher.failed.connect(self.say)
        session.moved.connect(self._swap_at_the_slides_end)
        player.state_changed.connect(self._swap_at_the_slides_end)
        player.ended.connect(self._swap_at_the_slides_end)
        slide_view.zoom_changed.connect(self._zoomed)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What to call for each action, by its id."""
        slide_view, session, player, window = self._slide_view, self._session, self._player, self._window
        return {
            "open": lambda: self._choose(folders=False), "open_folder": lambda: self._choose(folders=True),
            "open_builtin": lambda: self._gallery_watcher.open(None),
            "reload": self._gallery_watcher.reload, "edit_caption": self._edit, "copy_picture": self._copy_picture,
            "copy_path": self._copy_path, "preferences": self._prefer,
            "close": window.close, "quit": self._quit,
            "zoom_in": slide_view.zoom_in, "zoom_out": slide_view.zoom_out, "fit": slide_view.fit,
            "actual_size": slide_view.actual_size, "toggle_zoom": slide_view.toggle_zoom,
            "pan_left": lambda: slide_view.pan(-_PAN, 0), "pan_right": lambda: slide_view.pan(_PAN, 0),
            "pan_up": lambda: slide_view.pan(0, -_PAN), "pan_down": lambda: slide_view.pan(0, _PAN),
            "rotate_right": lambda: slide_view.rotate(1), "rotate_left": lambda: slide_view.rotate(-1),
            "fullscreen": lambda: window.set_fullscreen(not window.fullscreen),
            "toggle_strip": self._toggle_strip, "toggle_caption": self._toggle_caption,
            "toggle_information": self._toggle_information,
            "caption_larger": lambda: self._scale_caption(_SCALE_STEP),
            "caption_smaller": lambda: self._scale_caption(-_SCALE_STEP),
            "next": lambda: session.step(1), "previous": lambda: session.step(-1),
            "first": session.first, "last": session.last, "go_to": self._go_to,
            "play": player.toggle, "pause": player.toggle_pause, "slower": player.slower, "faster": player.faster,
            "shuffle": self._shuffle, "black": self._black, "leave": self._leave,
            "help": lambda: self._central.shortcuts.setVisible(not self._central.shortcuts.isVisible()),
            "about": self._tell_about,
        }

    def say(self, sentence: str) -> None:
        """Tell the person, by eye and by ear."""
        self._central.toast.say(sentence)
        announce(self._central.toast, sentence)

    def show_state(self, action_set: ActionSet) -> None:
        """Enable what can be done now, and check what is on."""
        session, player = self._session, self._player
        now: set[When] = {"always"}
        if session.count:
            now.add("slides")
        if session.count > 1:
            now.add("several")
        if self._slide_view.view is not None:
            now.add("picture")
        if session.count and session.gallery.writable:
            now.add("writable")
        action_set.allow(now)
        for action_id, on in (
            ("fullscreen", self._window.fullscreen), ("toggle_strip", self._window.strip_wanted),
            ("toggle_caption", self._caption_shown()), ("toggle_information", self._information),
            ("play", player.state != "stopped"), ("pause", player.state == "paused"), ("shuffle", session.shuffled),
            ("black", self._slide_view.is_blank), ("help", self._central.shortcuts.isVisible()),
        ):
            action_set.check(action_id, on)

    # -- galleries ------------------------------------------------------------------------------------------------

    @property
    def has_fresh_gallery(self) -> bool:
        """Whether a new version of the gallery waits for the slide's end."""
        return self._fresh is not None

    def open_paths(self, paths: list[Path]) -> None:
        """Open what was dropped or chosen."""
        self._gallery_watcher.open(paths[0] if len(paths) == 1 else tuple(paths))

    def report(self, opened: Opened) -> None:
        """Say what is wrong with a gallery: in one sentence on the screen, each for itself in the log."""
        errors = [problem for problem in opened.problems if problem.severity == "error"]
        self._presenter.problem = errors[0].sentence if errors and not opened.gallery.slides else ""
        self.tell_problems(opened.problems, on_screen=bool(opened.gallery.slides))

    def tell_problems(self, problems: Sequence[Problem], *, on_screen: bool = True) -> None:
        """Say what is wrong: each for itself in the log, and unless a card says it, in one sentence `on_screen`."""
        for problem in problems[:_MOST_LOGGED]:
            _log.warning("%s: %s", problem.pointer or "the gallery", problem.sentence)
        errors = [problem for problem in problems if problem.severity == "error"]
        if not on_screen or not errors:
            return
        if len(errors) == 1:
            self.say(errors[0].sentence)
        else:
            self.say(f"{len(errors)} entries of this gallery could not be used. liftoff check says why.")

    # Dialogs are imported when they are wanted: they would make every start longer.

    def _prefer(self) -> None:
        from viewer.ui.dialogs.preferences import Preferences

        Preferences(self._settings, self._window).exec()

    def _tell_about(self) -> None:
        from viewer.ui.dialogs.choosers import tell_about

        tell_about(self._window)

    def _choose(self, *, folders: bool) -> None:
        from viewer.ui.dialogs.choosers import ask_for_files, ask_for_folder

        ask = ask_for_folder if folders else ask_for_files
        folder = self._session.gallery.folder if self._session.count else Path.home()
        if paths := ask(self._window, folder):
            self.open_paths(paths)

    def _opened(self, opened: Opened) -> None:
        self._fresh = None
        self.report(opened)
        self._session.set_gallery(opened.gallery, keep=False, start=opened.start_index)
        self._gallery_watcher.watch(opened.gallery)

    def _changed(self, opened: Opened, known: SlideMatch | None) -> None:
        """The gallery on the disk is another one: while the show plays it waits for the slide's end, if it has one."""
        self._fresh = opened, known
        if self._player.state != "playing" or not self._player.remaining_ms or self._session.count < 2:
            self._swap()

    def _swap_at_the_slides_end(self) -> None:
        if self._fresh is not None:
            self._swapping.start()  # not in the midst of a move

    def _swap(self) -> None:
        if self._fresh is None:
            return
        (fresh, known), self._fresh = self._fresh, None
        self._loader.forget()
        self.report(fresh)
        self._session.set_gallery(fresh.gallery, keep=True, known=known)
        self._gallery_watcher.watch(fresh.gallery)

    # -- words and pictures ---------------------------------------------------------------------------------------

    def _edit(self) -> None:
        session = self._session
        slide, lang = session.slide, session.language
        if slide is None or session.gallery.origin is None:
            return
        from viewer.gallery.editing import save_texts
        from viewer.gallery.slide_texts import own_texts
        from viewer.ui.captions.editor import CaptionEditor
        from viewer.ui.scheduling.background_call import run_background_call

        gallery, origin, index = session.gallery, session.gallery.origin, session.index

        def save(words: SlideTexts) -> str:
            try:
                edited, known = run_background_call(partial(save_texts, gallery, index, lang, words), shown(origin))
            except GalleryError as error:
                return str(error)
            if session.gallery.origin == origin:  # else another gallery has come up meanwhile
                self._fresh = None
                session.set_gallery(edited, keep=True, known=known)
                self._gallery_watcher.watch(edited, ours=True)
            return ""

        playing = self._player.state == "playing"
        if playing:
            self._player.pause()  # the slide stays while someone writes about it
        CaptionEditor(own_texts(slide, lang), save, self._window).exec()
        if playing and self._player.state == "paused":
            self._player.play()

    def _copy_picture(self) -> None:
        if (image := self._slide_view.image) is not None:
            QGuiApplication.clipboard().setImage(image.copy())
            self.say("The picture was copied.")

    def _copy_path(self) -> None:
        if self._session.count:
            QGuiApplication.clipboard().setText(self._session.path)
            self.say("The picture's path was copied.")

    # -- looking --------------------------------------------------------------------------------------------------

    def _zoomed(self, zoom: float | None) -> None:
        """Someone looks closely: the show waits, rather than take the picture away."""
        if zoom is not None and self._player.state == "playing":
            self._player.pause()
            self.say("Paused while you look closely.")

    def _toggle_strip(self) -> None:
        self._window.want_strip(not self._window.strip_wanted)

    def _toggle_caption(self) -> None:
        if self._window.fullscreen:
            place = self._settings.text("caption/fullscreen")
            if place != "none":
                self._caption_place = place
            back = self._caption_place if self._caption_place != "none" else "beside"
            self._settings.set("caption/fullscreen", back if place == "none" else "none")
            return
        self._window.want_caption(not self._window.caption_wanted)
        if self._window.caption_wanted:
            self._say_if_there_is_no_room()

    def _caption_shown(self) -> bool:
        if self._window.fullscreen:
            return self._settings.text("caption/fullscreen") != "none"
        return self._window.caption_wanted

    def _toggle_information(self) -> None:
        self._information = not self._information
        for panel in (self._window.panel, self._central.panel):
            panel.set_information(self._information)
        if self._information and not self._caption_shown():
            self._toggle_caption()
        elif self._information:
            self._say_if_there_is_no_room()

    def _say_if_there_is_no_room(self) -> None:
        if not self._window.fullscreen and not self._window.caption_visible:
            self.say("There is no room for the caption in so small a window.")

    def _scale_caption(self, percent: int) -> None:
        self._settings.set("caption/scale", self._settings.number("caption/scale") + percent)
        self.say(f"Caption {self._settings.number('caption/scale')} %")

    # -- going ----------------------------------------------------------------------------------------------------

    def _digit(self, key: str) -> None:
        number = self._digits.press(key, self._clock.now())
        if self._digits.text and isinstance(QApplication.focusWidget(), QAbstractButton):
            self._slide_view.setFocus()  # Enter is the number's now, and would press the button
        if number is not None:
            self._central.toast.hide()
            self._go_to_number(number)
        elif self._digits.text:
            self._central.toast.say(f"Go to {self._digits.text} of {self._session.count}")
        else:
            self._central.toast.hide()

    def _go_to(self) -> None:
        from viewer.ui.dialogs.choosers import ask_for_slide

        number = ask_for_slide(self._window, self._session.index + 1, self._session.count)
        if number is not None:
            self._go_to_number(number)

    def _go_to_number(self, number: int) -> None:
        if 1 <= number <= self._session.count:
            self._session.go(number - 1)
        else:
            self.say(f"There is no slide {number}: the last one is {self._session.count}.")

    # -- the show -------------------------------------------------------------------------------------------------

    def _shuffle(self) -> None:
        self._session.set_shuffle(not self._session.shuffled)
        self.say("Shuffled: every picture once." if self._session.shuffled else "In order.")

    def _black(self) -> None:
        """Black the screen out; the show waits meanwhile."""
        black = not self._slide_view.is_blank
        self._slide_view.blank(black)
        self._central.set_black(black)
        if black and self._player.state == "playing":
            self._paused_by_black = True
            self._player.pause()
        elif not black and self._paused_by_black:
            self._paused_by_black = False
            if self._player.state == "paused":  # else someone has ended the show in the dark
                self._player.play()

    def _leave(self) -> None:
        """One step back: the help, the black screen, the show, full screen; never out of the program."""
        if self._central.shortcuts.isVisible():
            self._central.shortcuts.hide()
        elif self._slide_view.is_blank:
            self._black()
        elif self._player.state != "stopped":
            self._player.stop()
        elif self._window.fullscreen:
            self._window.set_fullscreen(False)

    # -- the program ----------------------------------------------------------------------------------------------

    def _quit(self) -> None:
        self._window.close()
        QApplication.quit()
