"""Which files beside a picture speak of it, by their names alone: XMP, plain texts, Google Takeout's JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_SUFFIXES: Final = (".xmp", ".txt", ".json")
_LONGEST_STEM: Final = 46
"""Characters of a name of Google Takeout's before ".json": it cuts the whole to 51."""
_SUPPLEMENT: Final = ".supplemental-metadata"
"""What Takeout writes between the picture's name and ".json" since 2024."""
_COUNTED: Final = re.compile(r"(.*)(\([0-9]+\))(\.[^.]*)")
"""The name of a second file of a name: "IMG_1(2).jpg", whose texts are in "IMG_1.jpg(2).json"."""
_EDITED: Final = re.compile("-(?:edited|bearbeitet|modifié|editado|editada|modificato|bewerkt|edytowane|изменено)"
                            r"(?=(?:\([0-9]+\))?\.[^.]*$)")
"""What Google Photos adds to the name of an edited copy, which has the texts of the original."""


def endings_among(names: Iterable[str]) -> frozenset[str]:
    """The endings of those `names` in a folder that may speak of pictures, as they are written: ".xmp", ".TXT"."""
    return frozenset(name[-len(suffix):] for name in names for suffix in _SUFFIXES if name.lower().endswith(suffix))


def beside(path: str, endings: Collection[str]) -> tuple[str, ...]:
    """The files that may speak of the picture at `path`, the best first, in a folder with files of these `endings`.

    Most of them are not there: what a folder of 100,000 pictures holds is not kept in memory. No disk is accessed.
    """
    if not endings:
        return ()
    folder, slash, name = path.rpartition("/")
    stem = name.rpartition(".")[0]
    wanted = [(one, kind) for kind in (".xmp", ".txt") for one in (name, stem)]
    wanted += [(one, ".json") for one in _takeout_stems(name)]
    if (original := _EDITED.sub("", name)) != name:
        wanted += [(one, ".json") for one in _takeout_stems(original)]
    found = [f"{folder}{slash}{one}{ending}" for one, kind in wanted for ending in sorted(endings)
             if ending.lower() == kind]
    return tuple(dict.fromkeys(found))


def _takeout_stems(name: str) -> list[str]:
    """What Takeout may have called the JSON of the picture `name`, without ".json"."""
    counted = _COUNTED.fullmatch(name)
    plain, counter = (f"{counted[1]}{counted[3]}", counted[2]) if counted else (name, "")
    return [f"{stem[:_LONGEST_STEM]}{counter}" for stem in (plain, plain + _SUPPLEMENT)]
