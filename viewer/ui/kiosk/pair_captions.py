"""The words of two slides that stand side by side: a panel for each, read out and scrolled one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.gallery.reading_time import reading_time
from viewer.ui.captions.panel import CaptionPanel
from viewer.ui.captions.text import place_in_figures, words_for

if TYPE_CHECKING:
    from viewer.settings_store import SettingsStore
    from viewer.show.displayed_slide import DisplayedSlide
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.show.slide_view_model import SlideViewModel
    from viewer.ui.captions.composition import CaptionText
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.central_widget import CentralWidget


class PairCaptions(QObject):
    """Shows the companion's words in a panel of their own, beside what the presenter has put into `central`'s.

    Where both have to scroll, the second one waits until the first has been read: it is read after it.
    """

    def __init__(self, session: Session, player: Player, view_model: SlideViewModel, slide_view: SlideView,
                 central: CentralWidget, settings: SettingsStore) -> None:
        super().__init__(central)
        self._session, self._player, self._view_model = session, player, view_model
        self._slide_view, self._central, self._settings = slide_view, central, settings
        self.panel = CaptionPanel(central)
        """That of the companion."""
        self.panel.hide()
        self._first_share = 1.0
        self._is_pair = False
        view_model.displayed_changed.connect(self._show)
        session.language_changed.connect(self._translate)
        player.progress_changed.disconnect(central.panel.follow)
        player.progress_changed.connect(self._follow)
        for panel in (central.panel, self.panel):
            panel.overflow_changed.connect(self._tell_overflow)

    def _translate(self) -> None:
        self._show(self._view_model.displayed)

    def _show(self, displayed: DisplayedSlide) -> None:
        """After the presenter has shown the slide."""
        companion, first = displayed.companion, self._central.panel
        if companion is None:
            if self._is_pair:
                self._is_pair = False
                self._central.share_caption(None)
            return
        gallery, language = self._session.gallery, self._session.language
        words = [words_for(gallery, one.index, language, one.picture) for one in (displayed, companion)]
        signs = ("{} →", "← {}") if self._central.isRightToLeft() else ("← {}", "{} →")
        self.panel.set_reduced_motion(self._settings.flag("look/reduced-motion"))
        for panel, said, sign, one in zip((first, self.panel), words, signs, (displayed, companion), strict=True):
            place = place_in_figures(one.index, len(gallery.slides))
            panel.set_words(said._replace(place=sign.format(place)))
        times = [_seconds(said) for said in words]
        self._first_share = times[0] / sum(times)
        self._is_pair = True
        self._central.share_caption(self.panel)
        self._slide_view.describe("; ".join(said.title for said in words),
                                  "\n".join(filter(None, (said.alt for said in words))))

    def _follow(self, share: float) -> None:
        if not self._is_pair:
            self._central.panel.follow(share)
            return
        self._central.panel.follow(min(share / self._first_share, 1.0))
        self.panel.follow(max(share - self._first_share, 0.0) / (1 - self._first_share))

    def _tell_overflow(self) -> None:
        self._player.set_caption_scrolls(self._central.panel.overflows or self.panel.overflows)


def _seconds(words: CaptionText) -> float:
    return reading_time(words.title, words.caption, words.credit, unlimited=True)
