"""Keeps words from burning into a screen: with each slide they stand some pixels elsewhere.

There is no standard for it; makers of screens ask for contents that move by a few pixels every few minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint

if TYPE_CHECKING:
    from viewer.show.session import Session
    from viewer.show.slide_view_model import SlideViewModel
    from viewer.ui.window.central_widget import CentralWidget

REACH: Final = 0.008
"""How far things move, in parts of the screen's shorter side: 8 of 1080 pixels, wider than the strokes of its type."""

_STEPS: Final = ((0, 0), (2, 1), (0, 2), (1, 0), (2, 2), (0, 1), (2, 0), (1, 2), (1, 1))
"""Where they stand one after the other, in halves of the reach: each of nine places, and neighbours seldom in turn."""


class BurnInCare(QObject):
    """Moves `central`'s words when `view_model` displays the next slide, and so together with its picture."""

    def __init__(self, session: Session, view_model: SlideViewModel, central: CentralWidget) -> None:
        super().__init__(central)
        self._session, self._central = session, central
        self._visit = -1
        view_model.displayed_changed.connect(self._move)

    def _move(self) -> None:
        if self._visit == self._session.visit:
            return
        self._visit = self._session.visit
        x, y = _STEPS[self._visit % len(_STEPS)]
        reach = round(min(self._central.size().toTuple()) * REACH)
        self._central.set_shift(QPoint(x * reach // 2, y * reach // 2), reach)
