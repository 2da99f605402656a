"""Shows visitors what they need when they need it: the bar of buttons, the languages, the countdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from viewer.gallery.languages import nearest_tag
from viewer.gallery.translations import translated_into
from viewer.settings import BY_KEY
from viewer.ui.dialogs.language_names import language_names
from viewer.ui.kiosk.countdown import Countdown
from viewer.ui.kiosk.language_list import LanguageList
from viewer.ui.kiosk.overlay import Overlay
from viewer.ui.kiosk.visitor_bar import BarState, VisitorBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.kiosk.idle_return import IdleReturn
    from viewer.kiosk.visitor_words import VisitorWords
    from viewer.settings_store import SettingsStore
    from viewer.show.clock import Clock
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.ui.commands.action_set import ActionSet
    from viewer.ui.kiosk.visitor_input import VisitorInput
    from viewer.ui.viewport.slide_view import SlideView
    from viewer.ui.window.main_window import MainWindow

_SCALE: Final = "caption/scale"
_LANGUAGE: Final = "caption/language"
_LARGER: Final = (1.3, 1.7)
"""What the button for larger text multiplies the usual size by, once and twice; the third time it is the usual."""


class VisitorScreen(QObject):
    """Makes bar, list and countdown when they are first wanted, as children of `window`."""

    def __init__(self, window: MainWindow, slide_view: SlideView, session: Session, player: Player,
                 settings: SettingsStore, actions: ActionSet, visitor: VisitorInput, idle: IdleReturn,
                 words: Callable[[], VisitorWords], clock: Clock) -> None:
        super().__init__(window)
        self._window, self._slide_view, self._session, self._player = window, slide_view, session, player
        self._settings, self._actions, self._words, self._clock = settings, actions, words, clock
        self._usual_scale = settings.number(_SCALE)
        self._languages: dict[str, str] = {}
        self.bar: VisitorBar | None = None
        self.countdown: Countdown | None = None
        self.language_list: LanguageList | None = None
        for called in (visitor.pressed, visitor.moved, visitor.tabbed):
            called.connect(self._call_bar)
        idle.counted.connect(self._count)
        player.state_changed.connect(self._refresh)
        settings.changed.connect(self._refresh)
        session.gallery_changed.connect(self._look_for_languages)

    def dismiss(self) -> None:
        """Hide all of it."""
        for part in (self.bar, self.language_list):
            if part is not None and part.isVisible():
                part.dismiss() if isinstance(part, VisitorBar) else part.hide()

    def _call_bar(self) -> None:
        if any(overlay.isVisible() for overlay in self._window.findChildren(Overlay)):
            return
        if self.bar is None:
            acts: dict[str, Callable[[], object]] = {
                name: self._actions[name].trigger for name in ("previous", "pause", "next")
                if self._actions[name].isVisible()}
            if self._actions["caption_larger"].isVisible():
                acts["caption_larger"] = self._enlarge
            self.bar = VisitorBar(self._window, self._slide_view, self._clock, {**acts, "language": self._translate})
            self._look_for_languages()
            QWidget.setTabOrder(self._slide_view, next(iter(self.bar.buttons.values())))
        self.bar.call()

    def _count(self, left: int) -> None:
        if self.countdown is None:
            self.countdown = Countdown(self._window, self._words)
        if left:
            self.dismiss()
        self.countdown.show_left(left)

    def _look_for_languages(self) -> None:
        if self.bar is not None:
            self._languages = language_names(translated_into(self._session.gallery))
            self._refresh()

    def _refresh(self) -> None:
        if self.bar is None:
            return
        several, label = len(self._languages) > 1, self._languages.get(self._language, "")
        if len(self._languages) == 2:
            label = next(name for tag, name in self._languages.items() if tag != self._language)
        self.bar.show_state(BarState(self._words(), self._player.state == "playing",
                                     self._next_scale() == self._usual_scale, label if several else ""))

    @property
    def _language(self) -> str:
        """The tag of the language that captions are in."""
        return nearest_tag(self._languages, self._session.language) or ""

    def _next_scale(self) -> int:
        sizes = [self._usual_scale, *(min(round(self._usual_scale * factor), round(BY_KEY[_SCALE].high))
                                      for factor in _LARGER)]
        return next((size for size in sizes if size > self._settings.number(_SCALE)), self._usual_scale)

    def _enlarge(self) -> None:
        self._settings.override(_SCALE, self._next_scale())

    def _translate(self) -> None:
        current = self._language
        if len(self._languages) == 2:
            self._read_in(next(tag for tag in self._languages if tag != current))
            return
        if self.language_list is None:
            self.language_list = LanguageList(self._window, self._clock)
            self.language_list.chosen.connect(self._read_in)
        self.language_list.offer(self._languages, current, self._words().languages)

    def _read_in(self, tag: str) -> None:
        self._settings.override(_LANGUAGE, tag)
