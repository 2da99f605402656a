"""The JSON Schema of the manifest, generated from the types: for editors that complete keys and mark mistakes.

``python -m tests.gallery.manifest_schema`` writes docs/photo-manifest.schema.json anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import msgspec

from viewer.gallery.formats.fields import GALLERY_KEYS, SHOW_KEYS, SLIDE_KEYS, VALID_KEYS
from viewer.gallery.formats.manifest import FORMAT, VERSION
from viewer.gallery.model import Gallery, ShowDefaults, Slide

PUBLISHED: Final = Path(__file__).parents[2] / "docs" / "photo-manifest.schema.json"

_TITLE: Final = "A photo manifest: a slideshow with its captions and timing"

MEANINGS: Final[dict[str, str]] = {
    "format": "What kind of file this is.",
    "version": "Which version of the format.",
    "slides": "The slides, in the order of the show.",
    "date": "When it was, as people should read it; a date as year-month-day sorts best.",
    "summary": "A sentence or two about the whole gallery.",
    "lang": "The language of texts that are plain strings, as a tag such as en or pt-BR.",
    "show": "How the show should run; what is not given here is left to each viewer's settings.",
    "interval": "Seconds for each picture, 0 for by hand, or auto for the time it takes to read the caption.",
    "transition": "How one picture gives way to the next: crossfade or cut.",
    "loop": "Whether the show begins again after the last picture.",
    "shuffle": "Whether the show goes in random order.",
    "file": "The picture: a path relative to this file, with forward slashes.",
    "id": "A name for this slide that never changes; each slide has its own.",
    "title": "What it is called, in a few words.",
    "caption": "What there is to know about it, in at most 100 words.",
    "alt": "What is to be seen, for people who cannot see it.",
    "credit": "Who made it, as it must be shown.",
    "rights": "What others may do with it: a sentence, or the address of a licence.",
    "source": "Where it comes from.",
    "taken": "When the picture was taken, as people should read it.",
    "duration": "Seconds on the screen, or auto for the time it takes to read the caption.",
    "focus": "The point that matters most, [x, y] from the top left corner, each from 0 to 1.",
    "notes": "Notes that are not shown with the caption.",
    "valid": "When the slide may be shown; each part may be left out.",
    "from": "The first day, as year-month-day, or the first moment, as in 2026-05-01T10:00.",
    "until": "The last day, or the moment at which it is over.",
    "days": "Days of the week, such as Mo-Fr, Su.",
    "hours": "Times of day, such as 10:00-12:00, 22:00-02:00; past midnight they belong to the day they begin on.",
    "keywords": "Words to find it by.",
    "rating": "How good it is: a number of stars, 1 to 5.",
    "sha256": "The SHA-256 sum of the picture's file, which liftoff check compares.",
}
"""What each key is for, in a sentence; the keys of the gallery, of `show` and of a slide."""


def schema() -> dict[str, Any]:
    """The schema, JSON Schema draft 2020-12. Unknown keys are allowed: they are kept."""
    _, parts = msgspec.json.schema_components([Gallery, Slide, ShowDefaults], schema_hook=_folder,
                                               ref_template="#/$defs/{name}")
    slide = _part(parts["Slide"], ("file", *SLIDE_KEYS), ("file",))
    show = _part(parts["ShowDefaults"], SHOW_KEYS)
    gallery = _part(parts["Gallery"], GALLERY_KEYS)
    first: dict[str, dict[str, Any]] = {
        "$schema": {"type": "string"}, "format": {"const": FORMAT}, "version": {"const": VERSION},
    }
    gallery["properties"] = {
        **{key: rule | _meaning(key) for key, rule in first.items()},
        **gallery["properties"],
        "slides": {"type": "array", "items": {"$ref": "#/$defs/Slide"}} | _meaning("slides"),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": _TITLE, **gallery,
        "required": ["format", "version", "slides"],
        "$defs": {"Slide": slide, "ShowDefaults": show, "Validity": _part(parts["Validity"], VALID_KEYS)},
    }


def schema_file() -> str:
    """The schema as the text of the published file."""
    return json.dumps(schema(), indent=2) + "\n"


def _folder(_path: type) -> dict[str, Any]:
    return {"type": "string"}  # where the gallery lies; not among the keys of the file


def _part(part: dict[str, Any], keys: Any, required: tuple[str, ...] = ()) -> dict[str, Any]:
    rules = part["properties"]
    return {"type": "object", "properties": {key: _plain(rules[key]) | _meaning(key) for key in keys},
            **({"required": list(required)} if required else {})}


def _meaning(key: str) -> dict[str, str]:
    return {"description": MEANINGS[key]} if key in MEANINGS else {}


def _plain(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule without the defaults and the names that only this program's own code knows."""
    return {key: value for key, value in rule.items() if key not in ("default", "title", "description")}


if __name__ == "__main__":
    PUBLISHED.write_text(schema_file(), encoding="utf-8")
