"""Opens galleries: by menu, by dialog, by drop, and what the gallery watcher brings of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viewer.gallery.open import builtin_manifest
from viewer.timers import repeating
from viewer.ui.commands.action_set import Commands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from viewer.gallery.model import Gallery
    from viewer.gallery.open import Opened
    from viewer.settings_store import SettingsStore
    from viewer.show.gallery_swap import GallerySwap
    from viewer.show.gallery_watcher import GalleryWatcher
    from viewer.show.session import Session
    from viewer.startup.early_decode import EarlyDecode
    from viewer.ui.commands.messages import Messages
    from viewer.ui.presenter import Presenter
    from viewer.ui.viewport.empty_view import EmptyView
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.main_window import MainWindow

FIRST_GALLERY_TIMEOUT_SECONDS: Final = 0.15
"""Seconds that the first gallery may still need when everything else is ready, before a window says that it is being
read: nobody notices, and what is refused in that time is refused without a window."""

_POLL_MS: Final = 30


class GalleryCommands(Commands):
    """Open and reload, and say the slide. The only writer of the presenter's `problem`."""

    def __init__(self, window: MainWindow, session: Session, watcher: GalleryWatcher, swap: GallerySwap,
                 presenter: Presenter, slide_view: SlideView, settings: SettingsStore, messages: Messages) -> None:
        self._window, self._session, self._watcher, self._swap = window, session, watcher, swap
        self._presenter, self._settings, self._messages = presenter, settings, messages
        self._slide_view = slide_view
        self._empty_view: EmptyView | None = None
        self._refusal = ""
        self._unattended = False
        self._opened: Opened | None = None
        self._folder = settings.folder()  # where dialogs begin
        window.dropped.connect(self.open_paths)
        window.closing.connect(self._remember_folder)
        watcher.opened.connect(self.show)
        watcher.failed.connect(messages.complain)
        swap.swapping.connect(self._report)
        session.gallery_changed.connect(self._show_whether_empty)
        self.handlers = {
            "open": lambda: self._choose(folders=False), "open_folder": lambda: self._choose(folders=True),
            "open_builtin": lambda: watcher.open(None), "reload": self._reload,
            "say_slide": lambda: messages.speak(presenter.slide_in_words()),
        }

    def offer_nothing(self) -> None:
        """Whoever is there is not to open anything: offer nothing in place of pictures.

        A gallery that cannot be opened is no refusal then: what is missing is said in place of a picture.
        """
        self._unattended = True
        self._session.gallery_changed.disconnect(self._show_whether_empty)

    def show_first(self, early: EarlyDecode, shown: Callable[[], None]) -> str:
        """Show the gallery that `early` reads, now or as soon as it is read, and call `shown`.

        Returns why it cannot be shown, where that is known already; what is known later, or where nobody attends to
        it, is said in place of a picture.
        """
        def show_opened() -> None:
            if early.opened is not None:
                self.show(early.opened, early.index)
                shown()

        def poll() -> None:
            if early.wait(0):
                polling.stop()
                if early.refusal:
                    self._show_refusal(early.refusal)
                show_opened()

        if early.wait(FIRST_GALLERY_TIMEOUT_SECONDS):
            show_opened()
            if early.refusal and self._unattended:
                self._show_refusal(early.refusal)
                return ""
            return early.refusal
        from viewer.ui.viewport.placeholder import loading_placeholder  # most starts need no placeholder: 5 ms

        self._slide_view.show_placeholder(loading_placeholder(str(next(iter(early.source.paths), ""))))
        polling = repeating(self._window, poll, _POLL_MS)
        self._watcher.opened.connect(polling.stop)  # someone opened something else meanwhile
        self._window.closing.connect(polling.stop)
        polling.start()
        return ""

    def _show_refusal(self, sentence: str) -> None:
        """Say in place of a picture why there is no gallery."""
        self._refusal = sentence
        self._presenter.set_problem(sentence)
        self._session.set_gallery(self._session.gallery, keep=False)

    def _failed(self, sentence: str) -> None:
        if self._session.count or not self._unattended:
            self._messages.say(sentence)
        elif sentence != self._refusal:
            self._show_refusal(sentence)

    def _reload(self) -> None:
        self._presenter.forget_words()
        self._watcher.reload()

    @property
    def problem(self) -> str:
        """What is wrong with the gallery that is shown, as a whole: one sentence, or empty."""
        opened = self._opened
        return "" if opened is None else next((one.sentence for one in opened.problems if not opened.gallery.slides or (
            one.severity == "error" and not one.pointer)), "")

    def open_paths(self, paths: list[Path]) -> None:
        """Open what was dropped or chosen."""
        self._watcher.open(paths[0] if len(paths) == 1 else tuple(paths))

    def show(self, opened: Opened, start: int | None = None) -> None:
        """Show a gallery that was opened, from the slide `start` or else the one it begins with."""
        self._report(opened)
        self._note_folder(opened.gallery)
        self._swap.show(opened.gallery, keep=False, start=opened.start_index if start is None else start)

    def _report(self, opened: Opened) -> None:
        """Say what is wrong with a gallery: on a placeholder where it has no slides, else in one sentence."""
        self._opened = opened
        self._presenter.set_problem("" if opened.gallery.slides else _first_error(opened))
        self._messages.report(opened.problems, on_screen=bool(opened.gallery.slides))

    def _show_whether_empty(self) -> None:
        """Offer something to open in place of the pictures where there are none."""
        gallery, opened = self._session.gallery, self._opened
        if gallery.slides:
            if self._empty_view is not None:
                self._empty_view.close_view()
            return
        from viewer.ui.viewport.empty_view import Empty, EmptyView  # most starts need none

        if self._empty_view is None:
            self._empty_view = EmptyView(self._slide_view, {
                "Open pictures…": self.handlers["open"], "Open a folder…": self.handlers["open_folder"],
                "Show the launch gallery": self.handlers["open_builtin"],
            })
            self._empty_view.chosen.connect(self._watcher.open)
        self._empty_view.show_empty(
            Empty(self._refusal) if opened is None else
            Empty(_first_error(opened), str(gallery.origin or ""), opened.subfolders))

    def _note_folder(self, gallery: Gallery) -> None:
        """Have dialogs begin where something was opened last; the program's own folder is nobody's."""
        if gallery.origin == builtin_manifest():
            return
        if gallery.origin is not None:
            self._folder = gallery.folder
        elif gallery.slides:  # pictures by name, which are all absolute
            self._folder = gallery.path(gallery.slides[0]).parent

    def _remember_folder(self) -> None:
        if self._folder is not None:
            self._settings.set_folder(self._folder)

    def _choose(self, *, folders: bool) -> None:
        # Dialogs are imported when they are wanted: they would make every start longer.
        from viewer.ui.dialogs.choosers import ask_for_files, ask_for_folder, folder_to_begin_in

        ask = ask_for_folder if folders else ask_for_files
        if paths := ask(self._window, folder_to_begin_in(self._folder)):
            self.open_paths(paths)


def _first_error(opened: Opened) -> str:
    return next((problem.sentence for problem in opened.problems if problem.severity == "error"), "")
