"""IPTC IIM metadata (version 4.2), from the Photoshop resource block of a JPEG or a TIFF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viewer.imaging.worker.dates import iso_date

if TYPE_CHECKING:
    from viewer.imaging.protocol.messages import Words

_MOST_DATASETS: Final = 2_000
_UTF_8: Final = b"\x1b%G"
_CHARACTER_SET: Final = (1, 90)
_TEXTS: Final = (5, 25, 55, 60, 80, 90, 92, 95, 101, 105, 110, 116, 120)
"""Datasets of record 2 that are read."""
_PLACE: Final = (92, 90, 95, 101)
"""Those that together are the place: sublocation, city, state, country."""
_REPEATABLE: Final = {25: b"\n", 80: b", "}
"""Datasets that may be there several times, and what then stands between them: keywords and creators."""


def iptc_texts(block: bytes) -> dict[str, list[Words]]:
    """The texts in `block` by `messages.TEXT_KEYS`, the best first; parsing stops at the first malformed dataset."""
    found: dict[tuple[int, int], bytes] = {}
    at = 0
    for _ in range(_MOST_DATASETS):
        if block[at : at + 1] != b"\x1c" or len(block) < at + 5:
            break
        dataset, size = (block[at + 1], block[at + 2]), int.from_bytes(block[at + 3 : at + 5], "big")
        if size & 0x8000:  # an extended dataset, used for none of these texts
            break
        content = block[at + 5 : at + 5 + size]
        if dataset in found and dataset[0] == 2 and dataset[1] in _REPEATABLE:
            found[dataset] += _REPEATABLE[dataset[1]] + content
        found.setdefault(dataset, content)
        at += 5 + size
    raws = {number: found.get((2, number), b"") for number in _TEXTS}
    if found.get(_CHARACTER_SET, b"").startswith(_UTF_8):
        texts = {number: raw.decode("utf-8", "replace") for number, raw in raws.items()}
    else:
        from viewer.imaging.worker.character_sets import decoded  # rarely needed

        texts = dict(zip(raws, decoded(raws.values()), strict=True))
    return {
        "title": [texts[5], texts[105]], "caption": [texts[120]], "credit": [texts[110], texts[80]],
        "creator": [texts[80]], "rights": [texts[116]], "taken": [_date(texts[55], texts[60])],
        "keywords": [texts[25]],
        "place": [", ".join(dict.fromkeys(filter(None, (texts[number].strip("\0 ") for number in _PLACE))))],
    }


def _date(day: str, time: str) -> str:
    """ISO 8601 for "20180606" and "171241+0500"; a month or day that is not known is 00 (IIM 4.2, dataset 2:55)."""
    while len(day) in (6, 8) and day.endswith("00"):
        day = day[:-2]
    parts = filter(None, (day[:4], day[4:6], day[6:]))
    return iso_date(f"{'-'.join(parts)} {time[:2]}:{time[2:4]}:{time[4:]}")
