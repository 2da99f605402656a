"""Helpers that write a manifest and read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from viewer.gallery.formats.manifest import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.model import Gallery, Problem


def head(**keys: Any) -> dict[str, Any]:
    """A manifest with one slide, and other keys or values as given."""
    return {"format": "photo-manifest", "version": 1, "slides": [{"file": "a.jpg"}]} | keys


def read_text(folder: Path, text: str | bytes, *, thorough: bool = False) -> tuple[Gallery, list[Problem]]:
    """What is read from a manifest that holds `text`."""
    path = folder / "gallery.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_manifest(path, thorough=thorough)


def read(folder: Path, manifest: object) -> tuple[Gallery, list[Problem]]:
    """What is read from a manifest that holds the JSON value `manifest`."""
    return read_text(folder, json.dumps(manifest))


def read_slide(folder: Path, **keys: Any) -> tuple[Gallery, list[Problem]]:
    """What is read from a manifest with one slide of these keys and a picture called a.jpg."""
    return read(folder, head(slides=[{"file": "a.jpg"} | keys]))
