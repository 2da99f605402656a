"""A gallery without some of its slides, however many it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from viewer.gallery.lazy_slides import Identities, LazySlides

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from viewer.gallery.model import Gallery, Slide
    from viewer.gallery.validity import Validity


class SelectedSlides(LazySlides):
    """Those of `slides` with the indices `kept`, parsed on access."""

    def __init__(self, slides: LazySlides, kept: Sequence[int]) -> None:
        super().__init__(len(kept))
        self._slides, self._kept = slides, kept

    def identities(self) -> Identities:
        """The ids and files of these slides."""
        ids, files = self._slides.identities()
        return Identities([ids[index] for index in self._kept], [files[index] for index in self._kept])

    def quick_validity(self, index: int) -> Validity | None:
        """When a slide may be shown, where that is known without parsing it; else None."""
        return self._slides.quick_validity(self._kept[index])

    def _parse(self, index: int) -> Slide:
        return self._slides[self._kept[index]]


def without_slides(gallery: Gallery, left_out: Collection[int]) -> Gallery:
    """`gallery` without the slides with the indices `left_out`."""
    slides = gallery.slides
    kept = [index for index in range(len(slides)) if index not in left_out]
    if isinstance(slides, LazySlides):
        return msgspec.structs.replace(gallery, slides=SelectedSlides(slides, kept))
    return msgspec.structs.replace(gallery, slides=tuple(slides[index] for index in kept))
