"""What the viewport shows of a slide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.gallery.model import Slide, Text
    from viewer.imaging.client.picture import Picture
    from viewer.imaging.protocol.failures import Failure


class TimedSlide(NamedTuple):
    """What decides how long a slide is displayed. Without its pixels: whoever keeps it keeps no shared memory.

    `embedded` are the words in the picture's file, by `protocol.TEXT_KEYS`; `companion` is the slide beside it.
    """

    slide: Slide | None
    embedded: Mapping[str, Text]
    failure: Failure | None
    animated: bool
    companion: TimedSlide | None = None


@dataclass(frozen=True, slots=True)
class DisplayedSlide:
    """What the viewport shows: a picture, or a failure to explain, or with neither nothing at all.

    `sharp` says that no better picture is on its way. `frame` counts the frames of an animation from 0; `animated`
    says that there are more to come. `near` is a region of the same picture in more detail, for an enlarged view.
    `companion` is another slide that is shown beside it, each with its words.
    """

    index: int
    slide: Slide | None
    path: str
    picture: Picture | None
    sharp: bool
    failure: Failure | None
    frame: int = 0
    animated: bool = False
    near: Picture | None = None
    companion: DisplayedSlide | None = None

    @property
    def picture_beside(self) -> Picture | None:
        """The picture of its companion, if there is one."""
        return None if self.companion is None else self.companion.picture

    @property
    def timed(self) -> TimedSlide:
        """What decides how long it is displayed."""
        return TimedSlide(self.slide, {} if self.picture is None else self.picture.texts, self.failure, self.animated,
                          None if self.companion is None else self.companion.timed)


BLANK: Final = DisplayedSlide(-1, None, "", None, sharp=True, failure=None)
"""Nothing: there is no slide."""
