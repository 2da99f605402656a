"""On which days the slides of a gallery may be shown, without parsing all slides of a large one.

Of a lazily parsed gallery each piece of its text is searched for the key `valid` once, in 0.1 ms for a hundred slides;
slides whose `valid` has the same text are parsed once. A slide that passes is parsed in any case: its word counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from viewer.gallery.formats.json_slides import JsonSlides

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from viewer.gallery.model import Slide, Validity


class _Dated(msgspec.Struct, gc=False):
    valid: msgspec.Raw = msgspec.Raw()


_DATED: Final = msgspec.json.Decoder(list[_Dated])


class ValidityIndex:
    """Which of `slides` may be shown on a day; remembers what it has found in each piece of their text."""

    def __init__(self, slides: Sequence[Slide]) -> None:
        self._slides = slides
        self._pieces: dict[int, dict[int, bytes]] = {}
        self._parsed: dict[bytes, Validity | None] = {}

    def covers(self, index: int, day: dt.date) -> bool:
        """Whether the slide `index` may be shown on `day`."""
        if isinstance(self._slides, JsonSlides) and not _covers(self._quickly(self._slides, index), day):
            return False
        return _covers(self._slides[index].valid, day)

    def _quickly(self, slides: JsonSlides, index: int) -> Validity | None:
        """What the text says; None as well where the key is spelt with escapes."""
        number, first = slides.piece_of(index)
        if number not in self._pieces:
            text = slides.piece_text(number)
            entries = _DATED.decode(text) if b'"valid"' in text else []
            self._pieces[number] = {place: bytes(entry.valid) for place, entry in enumerate(entries) if entry.valid}
        raw = self._pieces[number].get(index - first)
        if raw is None:
            return None
        if raw not in self._parsed:
            self._parsed[raw] = slides[index].valid
        return self._parsed[raw]


def _covers(valid: Validity | None, day: dt.date) -> bool:
    return valid is None or valid.covers(day)
