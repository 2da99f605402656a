"""Reads IIIF manifests, of Presentation API 3 and in part 2, for pictures that are on this computer already.

Nothing is fetched. An http(s) address is taken for the file of the same name beside the manifest; a server's
"default.jpg" for the name of the picture it serves. Alternative text, for which IIIF has no property, is read from a
metadata pair labelled "Alternative text".
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

import msgspec

from viewer.gallery.formats.iiif_painting import listed, objects, painted
from viewer.gallery.formats.iiif_text import words
from viewer.gallery.formats.lenient_json import read_value
from viewer.gallery.formats.manifest import parse_slide
from viewer.gallery.model import Gallery, GalleryError, Problem, ShowDefaults, Slide, localized
from viewer.gallery.problems import Reporter, shown

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.formats.lenient_json import Outline

_ALT_LABELS: Final = frozenset({"alternative text", "alt text", "alt"})


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
    behavior = listed(manifest.get("behavior"))
    slides: list[Slide] = []
    remote: list[str] = []
    base, canvases = "/items", manifest.get("items")
    if "sequences" in manifest:  # Presentation 2
        base, canvases = "/sequences/0/canvases", _first(manifest["sequences"]).get("canvases")
    for index, canvas in enumerate(listed(canvases)):
        pointer, found = f"{base}/{index}", list[Problem]()
        slide = _slide(canvas, folder, Reporter(found, pointer, f"Canvas {index + 1}"), remote, behavior)
        problems += [Problem(pointer, problem.severity, problem.sentence) for problem in found]
        if slide is not None:
            slides.append(slide)
    if not slides:
        top.warning("there is no picture on any of its canvases; choose another manifest.")
    if remote:
        subject, them, first = ("its picture is", "it", "") if len(remote) == len(slides) == 1 else (
            f"{len(remote)} of its {len(slides)} pictures are", "them", "the first ")
        top.error(f"{subject} on the net, from where nothing is fetched; save {them} beside the manifest, "
                  f"{first}as {shown(remote[0])}.")
    show = ShowDefaults("auto" if "auto-advance" in behavior else 0 if "no-auto-advance" in behavior else None,
                        loop=True if "repeat" in behavior else False if "no-repeat" in behavior else None)
    return Gallery(tuple(slides), folder, folder / path.name, **_texts(manifest, "summary"), show=show), problems


def _slide(canvas: object, folder: Path, reporter: Reporter, remote: list[str], inherited: list[Any]) -> Slide | None:
    """The slide of `canvas`, a canvas of a manifest with the `inherited` behavior.

    The file of a picture that is on the net, and not in `folder`, is added to `remote`.
    """
    if not isinstance(canvas, dict):
        reporter.error("this is no canvas, and is left out; correct it.")
        return None
    painting = painted(canvas)
    if painting is None or painting.kind != "picture":
        what = "no picture" if painting is None else f"a {painting.kind} and no picture"
        remedy = "add a painting annotation" if painting is None else "Liftoff shows pictures alone"
        reporter.error(f"there is {what} on it, and it is left out; {remedy}.")
        return None
    file = painting.local_file(folder)
    alt = next((words(pair.get("value"), markup=True) for pair in objects(canvas.get("metadata"))
                if localized(words(pair.get("label")), "en").casefold() in _ALT_LABELS), "")
    keys: dict[str, Any] = {
        "file": file, "id": canvas.get("id", canvas.get("@id")), **_texts(canvas, "caption"),
        "alt": alt, "duration": canvas.get("duration") if _advances(canvas, inherited) else None,
    }
    slide = parse_slide({key: value for key, value in keys.items() if value not in ("", None)}, folder, reporter)
    if slide is not None and painting.is_on_the_net and not os.path.lexists(folder / file):
        remote.append(file)
    return slide and msgspec.structs.replace(slide, order=())


def _advances(canvas: dict[str, Any], inherited: list[Any]) -> bool:
    """Whether the show goes on by itself when the canvas's duration is over (Presentation API 3.0, "behavior").

    Without that the duration is what there is to hear or see in time, and none for which a still is to be shown.
    """
    own = listed(canvas.get("behavior"))
    return "auto-advance" in own or ("auto-advance" in inherited and "no-auto-advance" not in own)


def _texts(resource: dict[str, Any], summary_key: str) -> dict[str, Any]:
    """The texts that a manifest and a canvas have alike, by the model's keys."""
    credit = _first(resource.get("requiredStatement")).get("value", resource.get("attribution"))
    return {
        "title": words(resource.get("label")),
        summary_key: words(resource.get("summary", resource.get("description")), markup=True),
        "credit": words(credit, markup=True), "rights": words(resource.get("rights", resource.get("license"))),
    }


def _first(value: object) -> dict[str, Any]:
    return next(iter(objects(value)), {})
