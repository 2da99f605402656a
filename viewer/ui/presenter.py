"""Puts each slide on the widgets: its picture on the slide view, its texts in panels and title, its row in the strip.

Texts change together with the picture, so that a slow picture never stands beside another one's caption; only somebody
who pages by hand sees at once the texts of a slide that is still loading.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.gallery.model import localized, slide_name
from viewer.gallery.words import GalleryWords
from viewer.ui.captions.text import INCOMPLETE, longest_words, place_in_figures, words_for
from viewer.ui.style.accessibility import announce, announcement
from viewer.ui.window.title import set_title, title_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.imaging.client.picture import Picture
    from viewer.show.displayed_slide import DisplayedSlide
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.show.slide_view_model import SlideViewModel
    from viewer.ui.captions.composition import CaptionText
    from viewer.ui.thumbnails.list_view import ThumbnailListView
    from viewer.ui.viewport.placeholder import StandbyWords
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.central_widget import CentralWidget
    from viewer.ui.window.main_window import MainWindow


class Presenter(QObject):
    """Shows what the session and the view model announce."""

    announced = Signal(str)
    """What a screen reader is told of a slide that somebody paged to."""

    def __init__(self, session: Session, player: Player, view_model: SlideViewModel, slide_view: SlideView,
                 central: CentralWidget, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._player = player
        self._view_model = view_model
        self._slide_view = slide_view
        self._panels = (window.panel, window.status_line, central)
        self._gallery_words = GalleryWords()
        self._central = central
        self._strip: ThumbnailListView | None = None
        self._window = window
        self._problem = ""
        self._filled_with = -1
        self._standby_words: Callable[[], StandbyWords] | None = None
        self.announced.connect(partial(announce, slide_view))
        session.gallery_changed.connect(self._look_for_words)
        session.gallery_changed.connect(self._open)
        session.language_changed.connect(self._open)
        session.language_changed.connect(self._translate)
        view_model.displayed_changed.connect(self._show)
        view_model.frame_changed.connect(self._show_frame)
        view_model.waiting.connect(self._wait)
        slide_view.shown.connect(self._announce)
        window.closing.connect(slide_view.release)

    def set_problem(self, sentence: str) -> None:
        """Have the next placeholder of a gallery without slides say `sentence`; "" for nothing in particular."""
        self._problem = sentence

    def stand_by(self, words: Callable[[], StandbyWords]) -> None:
        """Have placeholders promise pictures in `words`, to people who can do nothing about what is wrong."""
        self._standby_words = words

    def forget_words(self) -> None:
        """Decide anew whether the gallery has words, when it has been read again."""
        self._gallery_words.forget()

    def take_strip(self, strip: ThumbnailListView) -> None:
        """Fill the thumbnail strip and mark the current row, from now on."""
        self._strip = strip
        self._fill_strip(strip)
        self._session.moved.connect(strip.set_current)

    def _fill_strip(self, strip: ThumbnailListView) -> None:
        strip.set_gallery(self._session.gallery, self._session.language)
        strip.set_current(self._session.index)

    def _look_for_words(self) -> None:
        self._gallery_words.open(self._session.gallery)
        self._window.set_gallery_has_words(self._gallery_words.found)

    def _open(self) -> None:
        if self._strip is not None:
            self._fill_strip(self._strip)
        self._central.controls.set_arrows(self._session.count > 1)
        self._central.set_gallery(partial(longest_words, self._session.gallery, self._session.language))

    def _translate(self) -> None:
        """Fill the panels in another language, with the slide they show: another one may be loading."""
        displayed = self._view_model.displayed
        self._fill_panels(self._filled_with, displayed.picture if displayed.index == self._filled_with else None)

    def _show(self, displayed: DisplayedSlide) -> None:
        key = self._session.visit
        if not key:
            return  # no gallery has been opened yet: the placeholder that says so stays
        fade = self._player.transition_ms(displayed)
        self._central.indicator.set_incomplete(displayed.picture is not None and displayed.picture.incomplete)
        if displayed.slide is None:
            # Most starts need no placeholder: 5 ms.
            from viewer.ui.viewport.placeholder import empty_placeholder, standby_placeholder

            words = self._standby_words
            made = standby_placeholder(words(), self._problem) if words else empty_placeholder(self._problem)
            self._slide_view.show_placeholder(made, slide_key=key)
        elif displayed.failure is not None:
            from viewer.ui.viewport.placeholder import failed_placeholder, unshown_placeholder  # likewise

            words = self._standby_words
            made = unshown_placeholder(words()) if words else failed_placeholder(displayed.failure,
                                                                                 displayed.slide.file)
            self._slide_view.show_placeholder(made, slide_key=key, transition_ms=fade)
        elif displayed.picture is not None:
            self._slide_view.show_picture(displayed.picture, slide_key=key, transition_ms=fade, sharp=displayed.sharp,
                                          near=displayed.near, companion=displayed.picture_beside)
        self._fill_panels(displayed.index, displayed.picture)

    def _show_frame(self, displayed: DisplayedSlide) -> None:
        """Show the next frame of an animation; the texts stay."""
        if displayed.picture is not None:
            self._slide_view.show_picture(displayed.picture, slide_key=self._session.visit, sharp=displayed.sharp)

    def _wait(self, index: int) -> None:
        slide = self._session.gallery.slides[index]
        name = slide_name(slide, localized(slide.title, self._session.language))
        self._slide_view.show_loading(name, slide_key=self._session.visit)
        if self._session.why != "played":
            self._fill_panels(index, None)

    def _fill_panels(self, index: int, picture: Picture | None) -> None:
        """Fill panels and title bar with a slide's texts; `picture` has those embedded in its file."""
        self._filled_with = index
        gallery, lang = self._session.gallery, self._session.language
        words = self._words_of(index, picture)
        for panel in self._panels:
            panel.set_words(words)
        set_title(self._window, title_parts(gallery, words.title, lang))
        if 0 <= index < len(gallery.slides):
            self._gallery_words.look_at(gallery.slides[index], {} if picture is None else picture.texts)
        self._window.set_gallery_has_words(self._gallery_words.found)
        is_incomplete = picture is not None and picture.incomplete
        self._slide_view.describe(words.title, f"{words.alt} {INCOMPLETE}".strip() if is_incomplete else words.alt)

    def slide_in_words(self) -> str:
        """All that there is to be said of the slide shown; "" without one."""
        displayed, words = self._view_model.displayed, self._words()
        if displayed.slide is None:
            return ""
        return announcement(words.place, words.title, self._seen(), words.caption, words.date, words.credit)

    def _announce(self) -> None:
        if self._player.state == "playing":
            return
        if self._view_model.displayed.slide is None:
            self.announced.emit(f"{self._slide_view.accessibleName()}. {self._slide_view.accessibleDescription()}")
            return
        words, has_failed = self._words(), self._view_model.displayed.failure is not None
        caption = "" if words.alt or has_failed else words.caption
        self.announced.emit(announcement(words.place, words.title, self._seen(), caption))

    def _words(self) -> CaptionText:
        displayed = self._view_model.displayed
        return self._words_of(displayed.index, displayed.picture)

    def _words_of(self, index: int, picture: Picture | None) -> CaptionText:
        gallery = self._session.gallery
        words = words_for(gallery, index, self._session.language, picture)
        if self._standby_words and words.place:
            return words._replace(place=place_in_figures(index, len(gallery.slides)))
        return words

    def _seen(self) -> str:
        """What is in the picture, or what stands in its place and why; "" if nobody has said."""
        described = self._slide_view.accessibleDescription()
        if self._view_model.displayed.failure is None:
            return described
        title = self._words().title  # the file's name, where it has no other
        lines = [line for line in described.splitlines() if line != title]
        return f"{self._slide_view.accessibleName()}: {' '.join(lines)}"
