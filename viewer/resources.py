"""Where the files that come with the program lie: the launch gallery, the compiled resources, the program's icons."""

from __future__ import annotations

from pathlib import Path
from typing import Final

COMPILED: Final = Path(__file__).parent / "resources.rcc"
"""The button icons and the style sheet for Qt: made of resources.qrc by tools/resources, in a checkout too."""

_INSTALLED: Final = Path(__file__).parent / "assets"
_CHECKOUT: Final = Path(__file__).parent.parent / "assets"


def asset(name: str) -> Path:
    """The path of an asset such as ``expedition-56/gallery.json``, in an installed copy or in a checkout."""
    return (_INSTALLED if _INSTALLED.is_dir() else _CHECKOUT) / name
