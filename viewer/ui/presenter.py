"""Brings each slide before people: the picture on the stage, its words in the panels, its row in the strip.

The words change together with the picture, so that a slow picture never stands beside another one's caption; only a
person who pages by hand sees at once which slide is on its way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.gallery.plain import text
from viewer.gallery.slides import localized
from viewer.ui.accessibility import announce, announcement
from viewer.ui.cards import empty_card, failed_card
from viewer.ui.wording import title_of, window_title, words_for

if TYPE_CHECKING:
    from viewer.imaging.wishes import Picture
    from viewer.show.player import Player
    from viewer.show.projector import Projector, SlideView
    from viewer.show.session import Session
    from viewer.ui.hall import Hall
    from viewer.ui.stage import Stage
    from viewer.ui.strip import Strip
    from viewer.ui.window import Window


class Presenter(QObject):
    """Listens to session and projector; `problem` is said where a gallery has no slides.

    `announced` carries what a screen reader is told of a slide that somebody paged to.
    """

    announced = Signal(str)

    def __init__(self, session: Session, player: Player, projector: Projector, stage: Stage, hall: Hall,
                 window: Window) -> None:
        """Nothing is shown yet."""
        super().__init__(window)
        self._session = session
        self._player = player
        self._projector = projector
        self._stage = stage
        self._panels = (window.panel, hall)
        self._hall = hall
        self._strip: Strip | None = None
        self._window = window
        self.problem = ""
        self._said: tuple[int, Picture | None] = (-1, None)
        self.announced.connect(self._tell)
        session.gallery_changed.connect(self._open)
        session.moved.connect(self._follow)
        session.language_changed.connect(self._open)
        session.language_changed.connect(self._say_again)
        projector.show.connect(self._show)
        projector.waiting.connect(self._wait)
        stage.shown.connect(self._announce)

    def take_strip(self, strip: Strip) -> None:
        """Fill the thumbnails, and mark where the show is, from now on."""
        self._strip = strip
        self._fill_strip(strip)

    def _fill_strip(self, strip: Strip) -> None:
        strip.set_gallery(self._session.gallery, self._session.language)
        strip.set_current(self._session.index)

    def _open(self) -> None:
        gallery, lang = self._session.gallery, self._session.language
        if self._strip is not None:
            self._fill_strip(self._strip)
        self._hall.set_several(self._session.count > 1)
        self._window.setWindowTitle(window_title(gallery, lang) if gallery.slides else "Liftoff")

    def _follow(self, index: int) -> None:
        if self._strip is not None:
            self._strip.set_current(index)

    def _say_again(self) -> None:
        """The same slide as before, in another language: it may be another one than is on its way."""
        self._say(*self._said)

    def _show(self, view: SlideView) -> None:
        key = self._session.visit
        if not key:
            return  # no gallery has been opened yet: the card that says so stays
        fade = self._player.transition_ms(view)
        if view.slide is None:
            self._stage.show_card(empty_card(self.problem), slide_key=key)
        elif view.failure is not None:
            self._stage.show_card(failed_card(view.failure, view.slide.file), slide_key=key, transition_ms=fade)
        elif view.picture is not None:
            self._stage.show_picture(view.picture, slide_key=key, transition_ms=fade, sharp=view.sharp, near=view.near)
        self._say(view.index, view.picture)

    def _wait(self, index: int) -> None:
        slide = self._session.gallery.slides[index]
        self._stage.show_loading(title_of(slide, self._session.language), slide_key=self._session.visit)
        if self._session.why != "played":
            self._say(index, None)

    def _say(self, index: int, picture: Picture | None) -> None:
        """Fill the panels with the words of a slide, and those of its picture where it has none itself."""
        self._said = (index, picture)
        session = self._session
        words = words_for(session.gallery, index, session.language, picture)
        for panel in self._panels:
            panel.set_words(words)
        slides = session.gallery.slides
        alt = localized(slides[index].alt, session.language) if 0 <= index < len(slides) else ""
        self._stage.describe(words.title, text(alt or (picture.texts.get("alt", "") if picture is not None else "")))

    def _announce(self) -> None:
        view = self._projector.view
        if view.slide is None or self._player.state == "playing":
            return
        words = words_for(self._session.gallery, view.index, self._session.language, view.picture)
        seen = self._stage.accessibleDescription()
        if view.failure is not None:
            seen = f"{self._stage.accessibleName()}: {seen}"
        self.announced.emit(announcement(words.place, words.title, seen))

    def _tell(self, sentence: str) -> None:
        announce(self._stage, sentence)
