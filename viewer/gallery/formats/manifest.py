"""Reads photo manifests: a mistake costs only the value or the slide it stands in."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final

from viewer.gallery.files import read_limited
from viewer.gallery.formats.fields import GALLERY_KEYS, SLIDE_KEYS, keepable, read_fields
from viewer.gallery.formats.json_slides import parse_lazily, report_repeated_id
from viewer.gallery.formats.lenient_json import Outline, read_items, read_outline, read_value, repeated_keys
from viewer.gallery.model import Gallery, GalleryError, Problem, Slide
from viewer.gallery.paths import read_file
from viewer.gallery.problems import Reporter, described, shown, slide_reporter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FORMAT: Final = "photo-manifest"
VERSION: Final = 1
_MAJOR_VERSION: Final = rf"0*{VERSION}(?:\.[0-9]+)*"


def read_manifest(path: Path, *, thorough: bool = False) -> tuple[Gallery, list[Problem]]:
    """The gallery in the manifest at `path`, and what is wrong with it; raises GalleryError."""
    return parse_manifest(read_outline(read_limited(path), shown(path)), path, thorough=thorough)


def parse_manifest(outline: Outline, path: Path, *, thorough: bool = False) -> tuple[Gallery, list[Problem]]:
    """The gallery in the manifest `outline` of the file at `path`, and what is wrong with it; raises GalleryError.

    With `thorough` no slide is parsed lazily, and keys that stand twice in one slide are found.
    """
    problems: list[Problem] = []
    top = Reporter(problems, "", "The gallery")
    if outline.note:
        top.warning(outline.note)
    rest = {key: read_value(raw) for key, raw in outline.keys.items() if key != "slides"}
    _expect_format(rest, path, top)
    folder = path.absolute().parent
    found = _read_slides(outline.keys.get("slides"), folder, top, thorough=thorough)
    if found is None:
        raise GalleryError(f"{shown(path)} has no list of “slides”; add one, or choose another file.")
    slides, unusable = found
    version = rest.pop("version", None)
    fields, extra = read_fields(rest, GALLERY_KEYS, top)
    extra.pop("format", None)
    if version not in (None, VERSION):
        extra["version"] = version  # a later minor version is kept
    if not slides and not unusable:
        top.at("slides").warning("there are no slides in it yet; add some.")
    missing = [key for key in ("format", "version") if key not in outline.keys]
    gallery = Gallery(
        slides, folder, folder / path.name, **fields, extra=extra, order=(*missing, *outline.keys),
        unusable=unusable, writable=os.access(path, os.W_OK) and os.access(folder, os.W_OK),
    )
    return gallery, problems


def parse_slide(raw: object, folder: Path, reporter: Reporter) -> Slide | None:
    """The slide in the JSON value `raw`; None where it names no usable file."""
    if not isinstance(raw, dict):
        reporter.error(f"{described(raw)} is no slide, and is left out; write {{\"file\": \"picture.jpg\"}}.")
        return None
    if "file" not in raw:
        reporter.error("it names no “file”, and is left out; add the name of a picture.")
        return None
    file = read_file(raw["file"], folder, reporter.at("file"))
    if file is None:
        return None
    fields, extra = read_fields(raw, SLIDE_KEYS, Reporter(reporter.problems, reporter.pointer, reporter.subject, file))
    del extra["file"]
    return Slide(file, **fields, extra=extra, order=tuple(raw))


def _expect_format(rest: dict[str, Any], path: Path, top: Reporter) -> None:
    kind, version = rest.get("format"), rest.get("version")
    if kind is None:
        top.warning(f"it does not say what it is; add \"format\": \"{FORMAT}\".")
    elif kind != FORMAT:
        raise GalleryError(f"{shown(path)} is no gallery: its “format” is {described(kind)}, not “{FORMAT}”; "
                           "choose another file.")
    if version is None:
        top.warning(f"it does not say which version it is; add \"version\": {VERSION}.")
    elif str(version) != str(VERSION) and not re.fullmatch(_MAJOR_VERSION, str(version)):
        raise GalleryError(f"{shown(path)} is a gallery of version {described(version)}, and only version {VERSION} "
                           "can be shown; install a newer Liftoff or save the gallery for this one.")
    elif not isinstance(version, (int, float)):
        top.at("version").warning(f"the version is in quotes; write {VERSION} without them.")


def _read_slides(
    listed: object, folder: Path, top: Reporter, *, thorough: bool,
) -> tuple[Sequence[Slide], dict[int, Any]] | None:
    """The slides, and the unusable entries by their index; None where `listed` is no list."""
    def read(item: object, index: int, problems: list[Problem]) -> Slide | None:
        return parse_slide(read_value(item), folder, slide_reporter(problems, index))

    if not thorough and (large := parse_lazily(listed, read)) is not None:
        return large, {}
    items = read_items(listed)
    if items is None:
        return None
    slides: list[Slide] = []
    unusable: dict[int, Any] = {}
    places: dict[str, int] = {}
    for index, item in enumerate(items):
        reporter = slide_reporter(top.problems, index)
        raw = read_value(item)
        slide = parse_slide(raw, folder, reporter)
        if slide is None:
            unusable[index] = raw if keepable(raw, reporter) else None
            continue
        report_repeated_id(slide, index, places, reporter)
        for key in repeated_keys(item) if thorough else ():
            reporter.at(key).warning(
                f"“{shown(key)}” is there more than once and only the last counts; delete the others.")
        slides.append(slide)
    return tuple(slides), unusable
