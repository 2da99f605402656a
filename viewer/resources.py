"""Where the files that come with the program lie: the launch gallery, the style sheet and the program's sign."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_INSTALLED: Final = Path(__file__).parent / "assets"
_CHECKOUT: Final = Path(__file__).parent.parent / "assets"


def asset(name: str) -> Path:
    """The path of an asset such as ``expedition-56/gallery.json``, in an installed copy or in a checkout."""
    return (_INSTALLED if _INSTALLED.is_dir() else _CHECKOUT) / name
