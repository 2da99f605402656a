"""What the viewport shows of a slide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from viewer.gallery.model import Slide
    from viewer.imaging.client.picture import Picture
    from viewer.imaging.protocol.failures import Failure


@dataclass(frozen=True, slots=True)
class DisplayedSlide:
    """What the viewport shows: a picture, or a failure to explain, or with neither nothing at all.

    `sharp` says that no better picture is on its way. `frame` counts the frames of an animation from 0; `animated`
    says that there are more to come. `near` is a region of the same picture in more detail, for an enlarged view.
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


BLANK: Final = DisplayedSlide(-1, None, "", None, sharp=True, failure=None)
"""Nothing: there is no slide."""
