"""Files that ``liftoff kiosk install`` writes: each says so in its first line, with a digest of the rest.

So one that somebody has changed, or that was there before, is never overwritten or deleted.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from viewer.gallery.files import write_atomically
from viewer.gallery.model import GalleryError
from viewer.gallery.problems import shown

if TYPE_CHECKING:
    from pathlib import Path

State: TypeAlias = Literal["missing", "own", "changed", "foreign"]
_FIRST_LINE: Final = re.compile(r"# Written by liftoff kiosk install \(([0-9a-f]{16})\); .*\n")


def marked(text: str) -> str:
    """`text` with the line before it that says whose it is; it begins with # in units and desktop entries alike."""
    return (f"# Written by liftoff kiosk install ({_digest(text)}); “liftoff kiosk uninstall” takes it away "
            f"while it is unchanged.\n{text}")


def state_of(path: Path) -> State:
    """Whether there is a file at `path`, and whether it is as `marked` made it; raises OSError."""
    if not path.exists() and not path.is_symlink():
        return "missing"
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    found = _FIRST_LINE.match(text)
    if found is None:
        return "foreign"
    return "own" if _digest(text[found.end():]) == found[1] else "changed"


def refusal(path: Path) -> str:
    """Why the file at `path` must be left alone; empty where it may be replaced or deleted. Raises OSError."""
    match state_of(path):
        case "changed":
            return f"{shown(path)} was changed after it was installed, and is left as it is; move it away first."
        case "foreign":
            return f"{shown(path)} was not written by Liftoff, and is left as it is; move it away first."
    return ""


def write(path: Path, text: str) -> None:
    """Write `text`, which is `marked`, to `path`; raises GalleryError or OSError."""
    if said := refusal(path):
        raise GalleryError(said)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, [text.encode("utf-8", "surrogateescape")])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
