"""What ``liftoff --version`` says: versions, formats, and the sandbox that pictures are decoded in here."""

from __future__ import annotations

import sys
from importlib import metadata

from viewer import __version__
from viewer.answer import Answer
from viewer.gallery.picture_formats import FORMATS
from viewer.imaging.pool.sandbox_probe import NO_WORKER, sandbox_here


def run() -> Answer:
    """Ask the installation and one worker; a library that is missing is named."""
    lines = [f"liftoff {__version__}", f"Python {sys.version.split()[0]}"]
    for name in ("PySide6-Essentials", "Pillow", "pillow-heif"):
        try:
            lines.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{name} is missing: install Liftoff again")
    lines.append(f"formats: {', '.join(FORMATS)}")
    lines.append(f"pictures are decoded in: {sandbox.summary()}" if (sandbox := sandbox_here()) else NO_WORKER)
    return Answer("\n".join(lines))
