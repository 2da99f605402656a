"""Remembers which slides could not be shown when they last came up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from viewer.gallery.safe_text import line
from viewer.kiosk.status import FailedSlide

if TYPE_CHECKING:
    from viewer.show.displayed_slide import DisplayedSlide
    from viewer.show.session import Session
    from viewer.show.slide_view_model import SlideViewModel

MOST: Final = 100
"""Failed slides that are remembered; of more the latest."""


class FailedSlides(QObject):
    """Listens to what is displayed; a slide that is seen again, and another gallery, are forgotten."""

    def __init__(self, session: Session, view_model: SlideViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failed: dict[str, FailedSlide] = {}
        session.gallery_changed.connect(self._failed.clear)
        view_model.displayed_changed.connect(self._look)
        view_model.passed_over.connect(self._look)

    @property
    def failed(self) -> tuple[FailedSlide, ...]:
        """Those slides, in the order in which they failed."""
        return tuple(self._failed.values())

    def _look(self, displayed: DisplayedSlide) -> None:
        if displayed.slide is None:
            return
        self._failed.pop(displayed.path, None)
        if displayed.failure is not None:
            slide = displayed.slide
            self._failed[displayed.path] = FailedSlide(line(slide.id), line(slide.file), displayed.failure.sentence)
            if len(self._failed) > MOST:
                del self._failed[next(iter(self._failed))]
