"""Reads IIIF manifests, of Presentation API 3 and in part 2, for pictures that are on this computer already.

Nothing is fetched. An http(s) address is taken for the file of the same name beside the manifest; a server's
"default.jpg" for the name of the picture it serves. Alternative text, for which IIIF has no property, is read from a
metadata pair labelled "Alternative text".
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from viewer.gallery.formats.iiif_text import words
from viewer.gallery.formats.lenient_json import Outline, read_value
from viewer.gallery.formats.manifest import parse_slide
from viewer.gallery.model import Gallery, GalleryError, Problem, ShowDefaults, Slide, localized
from viewer.gallery.paths import percent_decoded
from viewer.gallery.problems import Reporter, shown

_CONTEXT: Final = "iiif.io/api/presentation/"
_ALT_LABELS: Final = frozenset({"alternative text", "alt text", "alt"})
# The IIIF Image API's address of a picture: identifier/region/size/rotation/quality.format
_IMAGE_REQUEST: Final = re.compile(r"(.*?)/(?:full|square|[0-9.,]+|pct:[0-9.,]+)/[^/]+/!?[0-9.]+/([a-z]+)\.([a-z0-9]+)")


def is_iiif(outline: Outline) -> bool:
    """Whether a JSON file declares itself a IIIF resource."""
    keys = outline.keys
    kind = read_value(keys.get("type", keys.get("@type", "")))
    return _CONTEXT in str(read_value(keys.get("@context", ""))) or ("items" in keys and kind == "Manifest") or (
        kind == "sc:Manifest")


def parse_iiif(outline: Outline, path: Path) -> tuple[Gallery, list[Problem]]:
    """The gallery in the IIIF manifest `outline` of the file at `path`, and what is wrong; raises GalleryError."""
    problems: list[Problem] = []
    top = Reporter(problems, "", "The gallery")
    if outline.note:
        top.warning(outline.note)
    manifest = {key: read_value(raw) for key, raw in outline.keys.items()}
    kind = manifest.get("type", manifest.get("@type"))
    if kind not in ("Manifest", "sc:Manifest", None):
        raise GalleryError(f"{shown(path)} is a IIIF {shown(kind)}; open one of its manifests.")
    folder = path.absolute().parent
    slides: list[Slide] = []
    base, canvases = "/items", manifest.get("items")
    if "sequences" in manifest:  # Presentation 2
        base, canvases = "/sequences/0/canvases", _first(manifest["sequences"]).get("canvases")
    for index, canvas in enumerate(_listed(canvases)):
        pointer, found = f"{base}/{index}", list[Problem]()
        slide = _slide(canvas, folder, Reporter(found, pointer, f"Canvas {index + 1}"))
        problems += [Problem(pointer, problem.severity, problem.sentence) for problem in found]
        if slide is not None:
            slides.append(slide)
    if not slides:
        top.warning("there is no picture on any of its canvases; choose another manifest.")
    behavior = _listed(manifest.get("behavior"))
    show = ShowDefaults("auto" if "auto-advance" in behavior else 0 if "no-auto-advance" in behavior else None,
                        loop=True if "repeat" in behavior else False if "no-repeat" in behavior else None)
    return Gallery(tuple(slides), folder, folder / path.name, **_texts(manifest, "summary"), show=show), problems


def _slide(canvas: object, folder: Path, reporter: Reporter) -> Slide | None:
    if not isinstance(canvas, dict):
        reporter.error("this is no canvas, and is left out; correct it.")
        return None
    image = _painted(canvas)
    if image is None:
        reporter.error("there is no picture on it, and it is left out; add a painting annotation.")
        return None
    alt = next((words(pair.get("value"), markup=True) for pair in _objects(canvas.get("metadata"))
                if localized(words(pair.get("label")), "en").casefold() in _ALT_LABELS), "")
    keys: dict[str, Any] = {
        "file": _local_file(image, folder), "id": canvas.get("id", canvas.get("@id")), **_texts(canvas, "caption"),
        "alt": alt, "duration": canvas.get("duration"),
    }
    slide = parse_slide({key: value for key, value in keys.items() if value not in ("", None)}, folder, reporter)
    return slide and msgspec.structs.replace(slide, order=())


def _painted(canvas: dict[str, Any]) -> dict[str, Any] | None:
    """The first picture painted on a canvas."""
    for annotation in _objects(canvas.get("images")):  # Presentation 2
        if isinstance(annotation.get("resource"), dict):
            return dict(annotation["resource"])
    for page in _objects(canvas.get("items")):
        for annotation in _objects(page.get("items")):
            if annotation.get("motivation") in ("painting", ["painting"]):
                for body in _objects(annotation.get("body")):
                    image = _first(body.get("items")) if body.get("type") == "Choice" else body
                    if image.get("type") == "Image" or str(image.get("format", "")).startswith("image/"):
                        return image
    return None


def _local_file(image: dict[str, Any], folder: Path) -> str:
    """The file for a picture's address: the one of that name beside the manifest, or a path as it is written."""
    address = image.get("id", image.get("@id"))
    if not isinstance(address, str) or not re.match("https?://", address, re.IGNORECASE):
        return address if isinstance(address, str) else ""
    with suppress(ValueError):  # "http://[x/a.jpg" is no address, but still ends in a name
        address = urlsplit(address).path
    request = _IMAGE_REQUEST.fullmatch(address)
    if not request:
        return _last(address)
    name, suffix = _last(request[1]), request[3]
    names = (f"{PurePosixPath(name).stem}.{suffix}", f"{name}.{suffix}", name)  # the likeliest first
    return next((name for name in names if os.path.lexists(folder / name)), names[0])


def _last(address: str) -> str:
    return percent_decoded(address).rpartition("/")[2].replace("\0", "")


def _texts(resource: dict[str, Any], summary_key: str) -> dict[str, Any]:
    """The texts that a manifest and a canvas have alike, by the model's keys."""
    credit = _first(resource.get("requiredStatement")).get("value", resource.get("attribution"))
    return {
        "title": words(resource.get("label")),
        summary_key: words(resource.get("summary", resource.get("description")), markup=True),
        "credit": words(credit, markup=True), "rights": words(resource.get("rights", resource.get("license"))),
    }


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _objects(value: object) -> list[dict[str, Any]]:
    return [part for part in _listed(value) if isinstance(part, dict)]


def _first(value: object) -> dict[str, Any]:
    return next(iter(_objects(value)), {})
