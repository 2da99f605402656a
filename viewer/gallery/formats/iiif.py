"""Reads IIIF manifests, of Presentation API 3 and in part 2, for pictures that are on this computer already.

Nothing is fetched. An http(s) address is taken for the file of the same name beside the manifest; a server's
"default.jpg" for the name of the picture it serves. Alternative text, for which IIIF has no property, is read from a
metadata pair labelled "Alternative text".
"""

from __future__ import annotations

import html
import os
import re
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import msgspec

from viewer.gallery.formats.lenient_json import Outline, read_value
from viewer.gallery.formats.manifest import parse_slide
from viewer.gallery.model import Gallery, GalleryError, Interval, Problem, ShowDefaults, Slide, Text, localized
from viewer.gallery.paths import percent_decoded
from viewer.gallery.problems import Reporter, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CONTEXT: Final = "iiif.io/api/presentation/"
_ALT_LABELS: Final = frozenset({"alternative text", "alt text", "alt"})

# The IIIF Image API's address of a picture: identifier/region/size/rotation/quality.format
_IMAGE_REQUEST: Final = re.compile(r"(.*?)/(?:full|square|[0-9.,]+|pct:[0-9.,]+)/[^/]+/!?[0-9.]+/([a-z]+)\.([a-z0-9]+)")
_BREAK: Final = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->")


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
    for number, (pointer, canvas) in enumerate(_canvases(manifest), 1):
        found: list[Problem] = []
        slide = _slide(canvas, folder, Reporter(found, pointer, f"Canvas {number}"))
        problems += [Problem(pointer, problem.severity, problem.sentence) for problem in found]
        if slide is not None:
            slides.append(slide)
    if not slides:
        top.warning("there is no picture on any of its canvases; choose another manifest.")
    gallery = Gallery(
        tuple(slides), folder, folder / path.name, title=words(manifest.get("label")), summary=_summary(manifest),
        credit=_credit(manifest), rights=_rights(manifest), show=_show(manifest),
    )
    return gallery, problems


def _canvases(manifest: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Each canvas with its JSON pointer."""
    if "sequences" in manifest:
        for first, canvas in enumerate(_objects(_first(manifest["sequences"]).get("canvases"))):
            yield f"/sequences/0/canvases/{first}", canvas
    else:
        for index, canvas in enumerate(_objects(manifest.get("items"))):
            yield f"/items/{index}", canvas


def _slide(canvas: object, folder: Path, reporter: Reporter) -> Slide | None:
    if not isinstance(canvas, dict):
        reporter.error("this is no canvas, and is left out; correct it.")
        return None
    image = _painted(canvas)
    if image is None:
        reporter.error("there is no picture on it, and it is left out; add a painting annotation.")
        return None
    keys: dict[str, Any] = {
        "file": _local_file(image, folder), "id": canvas.get("id", canvas.get("@id")),
        "title": words(canvas.get("label")), "caption": _summary(canvas), "alt": _alternative(canvas),
        "credit": _credit(canvas), "rights": _rights(canvas), "duration": canvas.get("duration"),
    }
    slide = parse_slide({key: value for key, value in keys.items() if value not in ("", None)}, folder, reporter)
    return slide and msgspec.structs.replace(slide, order=())


def _painted(canvas: dict[str, Any]) -> dict[str, Any] | None:
    """The first picture painted on a canvas."""
    for annotation in _objects(canvas.get("images")):  # Presentation 2
        if isinstance(annotation, dict) and isinstance(annotation.get("resource"), dict):
            return dict(annotation["resource"])
    for page in _objects(canvas.get("items")):
        for annotation in _objects(page.get("items") if isinstance(page, dict) else None):
            if isinstance(annotation, dict) and annotation.get("motivation") in ("painting", ["painting"]):
                for body in _bodies(annotation.get("body")):
                    if body.get("type") == "Image" or str(body.get("format", "")).startswith("image/"):
                        return body
    return None


def _bodies(body: object) -> Iterator[dict[str, Any]]:
    """What an annotation paints; of a choice the first."""
    for part in _objects(body):
        if isinstance(part, dict):
            yield _first(part.get("items")) if part.get("type") == "Choice" else part


def _local_file(image: dict[str, Any], folder: Path) -> str:
    """The file for a picture's address: the one of that name beside the manifest, or a path as it is written."""
    address = image.get("id", image.get("@id"))
    if not isinstance(address, str) or not re.match("https?://", address, re.IGNORECASE):
        return address if isinstance(address, str) else ""
    names = _likely_names(address)
    return next((name for name in names if os.path.lexists(folder / name)), names[0])


def _likely_names(address: str) -> list[str]:
    """Names that the file behind an address may have on this computer, likeliest first."""
    with suppress(ValueError):  # "http://[x/a.jpg" is no address, but still ends in a name
        address = urlsplit(address).path
    request = _IMAGE_REQUEST.fullmatch(address)
    if not request:
        return [_last(address)]
    name, suffix = _last(request[1]), request[3]
    return [f"{PurePosixPath(name).stem}.{suffix}", f"{name}.{suffix}", name]


def _last(address: str) -> str:
    return percent_decoded(address).rpartition("/")[2].replace("\0", "")


def _alternative(canvas: dict[str, Any]) -> Text:
    for pair in _objects(canvas.get("metadata")):
        if isinstance(pair, dict) and localized(words(pair.get("label")), "en").casefold() in _ALT_LABELS:
            return words(pair.get("value"), markup=True)
    return ""


def _summary(resource: dict[str, Any]) -> Text:
    return words(resource.get("summary", resource.get("description")), markup=True)


def _credit(resource: dict[str, Any]) -> Text:
    return words(_first(resource.get("requiredStatement")).get("value", resource.get("attribution")), markup=True)


def _rights(resource: dict[str, Any]) -> Text:
    return words(resource.get("rights", resource.get("license")))


def _show(manifest: dict[str, Any]) -> ShowDefaults:
    behavior = manifest.get("behavior")
    said = behavior if isinstance(behavior, list) else [behavior]
    interval: Interval | None = "auto" if "auto-advance" in said else 0 if "no-auto-advance" in said else None
    return ShowDefaults(interval, loop=True if "repeat" in said else False if "no-repeat" in said else None)


def _objects(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: object) -> dict[str, Any]:
    return next((part for part in _objects(value) if isinstance(part, dict)), {})


def words(value: Any, *, markup: bool = False) -> Text:
    """`value` as a text of the model: all values of a language, each on a line; with `markup`, HTML is removed."""
    lines: dict[str, list[str]] = {}
    for tag, line in _lines(value):
        lines.setdefault(tag, []).append(plain(line) if markup else line)
    texts = {tag: "\n".join(filter(None, several)) for tag, several in lines.items()}
    texts = {tag: text for tag, text in texts.items() if text}
    return texts.get("none", "") if not texts.keys() - {"none"} else texts


def plain(text: str) -> str:
    """`text` without tags if it is HTML, which then begins with < and ends with > (Presentation API 3.0, 4.5)."""
    text = text.strip()
    if not (text.startswith("<") and text.endswith(">")):
        return text
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    return "\n".join(filter(None, (line.strip() for line in text.split("\n"))))


def _lines(value: Any) -> list[tuple[str, str]]:
    match value:
        case str():
            return [("none", value)]
        case list():
            return [line for part in value for line in _lines(part)] if not _nested(value) else []
        case {"@value": str(line), **rest}:
            language = rest.get("@language")
            return [(language if isinstance(language, str) and language else "none", line)]
        case dict():
            return [(tag.removeprefix("@"), line) for tag, part in value.items()
                    for line in (part if isinstance(part, list) else [part]) if isinstance(line, str)]
    return []


def _nested(value: list[Any]) -> bool:
    return any(isinstance(part, list) for part in value)
