"""Which upright slide an unattended show puts beside another one, where a single one leaves much of a screen empty.

Only while the show plays by itself, and only a picture that is at hand when the slide comes up: nothing waits for it,
and nothing moves on the screen later. A visitor has the slide alone again, and pages through all slides one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.imaging.client.picture import Picture
    from viewer.imaging.protocol.messages import Box
    from viewer.show.displayed_slide import DisplayedSlide
    from viewer.show.player import Player
    from viewer.show.session import Session
    from viewer.show.slide_view_model import SlideViewModel


class Pairing(QObject):
    """Chooses companions for `view_model`, and has the show pass over a slide that it shows as one.

    `has_room` tells whether two pictures of these sizes have room side by side now. `end` has the slide stand alone for
    the rest of its visit.
    """

    def __init__(self, session: Session, player: Player, view_model: SlideViewModel,
                 has_room: Callable[[Box, Box], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._player, self._view_model, self._has_room = session, player, view_model, has_room
        self._visit = -1
        self._companion: DisplayedSlide | None = None
        session.is_left_out = self._is_shown_already
        view_model.companion_of = self._companion_of
        player.state_changed.connect(self._state_changed)

    def end(self) -> None:
        """Show the current slide alone; the one that was beside it comes next."""
        if self._companion is None or self._visit != self._session.visit:
            return
        self._companion = None
        self._view_model.renew_companion()
        self._session.tell_left_out()
        self._player.slide_shown(self._view_model.displayed)  # it has its own time now

    def _state_changed(self, state: str) -> None:
        if state != "playing":
            self.end()

    def _is_shown_already(self, index: int) -> bool:
        companion = self._companion if self._visit == self._session.visit else None
        return companion is not None and index == companion.index

    def _companion_of(self, displayed: DisplayedSlide) -> DisplayedSlide | None:
        if self._visit != self._session.visit:
            self._visit, self._companion = self._session.visit, None
            following = self._next()
            if following is not None and self._belong_together(displayed, following):
                self._companion = following
            if self._companion is not None:
                self._session.tell_left_out()
                if self._player.due_ms is None:  # these two are all: one after the other nothing stands for ever
                    self._companion = None
                    self._session.tell_left_out()
        elif self._companion is not None and not self._belong_together(displayed, self._companion):
            self._companion = None  # its file is another version, or the screen is another
            self._session.tell_left_out()
        return self._companion

    def _next(self) -> DisplayedSlide | None:
        """The slide that the running show goes to, if it is at hand and comes in the same round."""
        session, index = self._session, self._view_model.prefetch.next_index
        if session.why not in ("played", "gallery") or self._player.due_ms is None or index is None:
            return None
        # The last slide of a round stands alone rather than beside the first: so the same two belong together always.
        comes_later = index > session.index or (session.shuffled and index != session.index)
        if not comes_later or not session.is_valid(index, session.now()):
            return None
        return self._view_model.cached(index)

    def _belong_together(self, *pair: DisplayedSlide) -> bool:
        pictures = [one.picture for one in pair if one.picture is not None and _is_upright(one.picture)]
        return len(pictures) == len(pair) and self._has_room(*(picture.source for picture in pictures))


def _is_upright(picture: Picture) -> bool:
    """Whether it is higher than wide, stands still and is whole."""
    return picture.source.height > picture.source.width and picture.frames == 1 and not picture.incomplete
