"""Which files beside a picture speak of it, by their names alone: XMP, plain texts, Google Takeout's JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

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


class SideFiles:
    """The side files among the `names` in one folder."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name.casefold(): name for name in names if name.lower().endswith(_SUFFIXES)}

    def of(self, name: str) -> tuple[str, ...]:
        """The names of the files that speak of the picture called `name`, the best first; most have none."""
        if not self._names:
            return ()
        stem = name.rpartition(".")[0]
        wanted = [f"{name}.xmp", f"{stem}.xmp", f"{name}.txt", f"{stem}.txt", *_takeout_names(name)]
        if (original := _EDITED.sub("", name)) != name:
            wanted += _takeout_names(original)
        found = (self._names.get(candidate.casefold()) for candidate in wanted)
        return tuple(dict.fromkeys(filter(None, found)))


def _takeout_names(name: str) -> list[str]:
    """What Takeout may have called the JSON of the picture `name`."""
    counted = _COUNTED.fullmatch(name)
    plain, counter = (f"{counted[1]}{counted[3]}", counted[2]) if counted else (name, "")
    stems = (plain, plain + _SUPPLEMENT)
    return [f"{stem[:_LONGEST_STEM]}{counter}.json" for stem in stems]
