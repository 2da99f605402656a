"""Texts in the files beside a picture: XMP (`.xmp`), a plain text (`.txt`), and the JSON that Google Takeout writes."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from viewer.imaging.worker.character_sets import decoded
from viewer.imaging.worker.errors import DecodeError
from viewer.imaging.worker.open_file import OutsideAllowedPathsError, open_picture
from viewer.imaging.worker.xmp import xmp_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from viewer.imaging.protocol.messages import Words
    from viewer.imaging.worker.text_sources import TextSource

_LARGEST: Final = 1 << 20
"""Bytes; a larger file beside a picture is no description of it."""


def side_sources(paths: Iterable[str]) -> list[TextSource]:
    """The sources of texts in the files `paths`, in their order; those that cannot be read say nothing."""
    return [partial(_texts_in, path) for path in paths]


def _texts_in(path: str) -> dict[str, list[Words]]:
    try:
        file, _ = open_picture(path, _LARGEST)
    except (DecodeError, OutsideAllowedPathsError):
        return {}
    with file:
        content = file.read(_LARGEST)
    match path.rpartition(".")[2].lower():
        case "xmp":
            return xmp_texts(content)
        case "json":
            return _takeout_texts(json.loads(content))
    return {"caption": [_text(content)]}


def _text(content: bytes) -> str:
    """A plain text: Unicode where it begins with a byte order mark or is UTF-8, else in the likeliest character set."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return decoded([content.removeprefix(b"\xef\xbb\xbf")])[0]


def _takeout_texts(found: Any) -> dict[str, list[Words]]:
    """Description, time, place, people and the star of a picture in Google Photos; its "title" is the file's name."""
    if not isinstance(found, dict) or not isinstance(found.get("title"), str):
        return {}
    description, people = found.get("description"), found.get("people")
    named = [person.get("name") for person in people if isinstance(person, dict)] if isinstance(people, list) else []
    return {
        "caption": [description] if isinstance(description, str) else [],
        "taken": [_utc(found.get("photoTakenTime"))],
        "place": [_place(found.get("geoData"))],
        "keywords": ["\n".join(name for name in named if isinstance(name, str))],
        "rating": ["5" if found.get("favorited") is True else ""],
    }


def _utc(time: Any) -> str:
    from datetime import UTC, datetime  # no picture waits for it

    seconds = int(time["timestamp"]) if isinstance(time, dict) and "timestamp" in time else 0
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if seconds else ""


def _place(place: Any) -> str:
    if not isinstance(place, dict):
        return ""
    latitude, longitude = (float(place.get(key, 0)) for key in ("latitude", "longitude"))
    return f"{latitude:.5f}, {longitude:.5f}" if (latitude, longitude) != (0, 0) else ""  # where nothing is known
