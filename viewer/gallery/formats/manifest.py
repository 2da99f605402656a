"""Photo manifests: reads them, a mistake costing only the value or the slide it stands in, and writes them.

They are written for people to read: every key, known or not, stays where it was.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from viewer.gallery.files import read_limited, write_atomically
from viewer.gallery.formats.fields import GALLERY_KEYS, SLIDE_KEYS, keepable, read_fields
from viewer.gallery.formats.json_slides import JsonSlides, parse_lazily
from viewer.gallery.formats.lenient_json import Outline, read_items, read_outline, read_value, repeated_keys
from viewer.gallery.model import Gallery, GalleryError, Problem, ShowDefaults, Slide
from viewer.gallery.paths import read_file, seen_from
from viewer.gallery.problems import Reporter, described, report_repeated_id, shown, slide_reporter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

FORMAT: Final = "photo-manifest"
VERSION: Final = 1
_BLANKS: Final = frozenset({"id", "taken", "date", "lang", "sha256", "title", "summary", "caption", "alt", "credit",
                            "rights", "source", "notes"})  # keys that can be there and empty
_flat: Final = json.JSONEncoder(ensure_ascii=False).encode
_WIDEST: Final = 110  # characters; an object or list that fits into a line of the saved file stays in one


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
    slides, unusable = _read_slides(outline.keys.get("slides"), path, top, thorough=thorough)
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
    elif str(version) != str(VERSION) and not re.fullmatch(rf"0*{VERSION}(?:\.[0-9]+)*", str(version)):
        raise GalleryError(f"{shown(path)} is a gallery whose version is {described(version)}, and only {VERSION} "
                           "can be shown; install a newer Liftoff or save the gallery for this one.")
    elif not isinstance(version, (int, float)):
        top.at("version").warning(f"the version is in quotes; write {VERSION} without them.")


def _read_slides(
    listed: object, path: Path, top: Reporter, *, thorough: bool,
) -> tuple[Sequence[Slide], dict[int, Any]]:
    """The slides, and the unusable entries by their index."""
    folder = path.absolute().parent

    def read(item: object, index: int, problems: list[Problem]) -> Slide | None:
        return parse_slide(read_value(item), folder, slide_reporter(problems, index))

    if not thorough and (large := parse_lazily(listed, read)) is not None:
        return large, {}
    items = read_items(listed)
    if items is None:
        raise GalleryError(f"{shown(path)} has no list of “slides”; add one, or choose another file.")
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


def write_manifest(gallery: Gallery, path: Path, *, replace: bool = True) -> None:
    """Save `gallery` as the manifest at `path`, atomically; raises GalleryError, without `replace` if there is one.

    Keys keep their order, and unknown keys, unusable values and unusable slides their place. Files are written
    relative to the new manifest's folder.
    """
    folder = path.absolute().parent
    if folder != gallery.folder:
        moved = [msgspec.structs.replace(slide, file=seen_from(folder, gallery.folder, slide.file))
                 for slide in gallery.slides]
        gallery = msgspec.structs.replace(gallery, slides=tuple(moved))
    write_atomically(path, list(_file_parts(gallery)), replace=replace)


def entry_text(entry: object) -> bytes:
    """A slide, or an entry that is none, as it stands in a manifest's list, in JSON.

    Each key is on a line of its own unless there is only one.
    """
    value = _object(entry) if isinstance(entry, Slide) else entry
    several = isinstance(value, dict) and len(value) > 1
    return _encoded(_spread(value, "    ", widest=0 if several else _WIDEST))


def _object(part: Slide | ShowDefaults) -> dict[str, Any]:
    known = {key: value for key, value in msgspec.to_builtins(part).items() if key not in ("extra", "order")}
    return _in_order(part.order, known, part.extra)


def _in_order(order: tuple[str, ...], known: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    """`known` and `extra` merged into one object: the keys of `order` first; `known` takes precedence."""
    merged: dict[str, Any] = {}
    for key in dict.fromkeys((*order, *known, *extra)):
        if key in known:
            merged[key] = value = known[key]
            kept = extra.get(key)
            if isinstance(value, dict) and isinstance(kept, dict):
                merged[key] = value | {part: kept[part] for part in kept if part not in value}
        elif key in extra:
            merged[key] = extra[key]
        elif key in _BLANKS:
            merged[key] = ""  # it was written, and stays, for someone to fill in
    return merged


def _file_parts(gallery: Gallery) -> Iterator[bytes]:
    """The text of the file in parts: joining up to 64 MiB would keep all other threads waiting."""
    known: dict[str, Any] = {"format": FORMAT, "version": gallery.extra.get("version", VERSION)}
    known |= {key: getattr(gallery, key) for key in GALLERY_KEYS if key != "show" and getattr(gallery, key)}
    show = _object(gallery.show)
    if show or ("show" in gallery.order and "show" not in gallery.extra):
        known["show"] = show
    known["slides"] = None  # its place; `_slide_parts` writes the list
    before = b"{\n  "
    for key, value in _in_order(gallery.order, known, gallery.extra).items():
        yield before + _encoded(f"{_flat(key)}: ")
        if key == "slides":
            yield from _slide_parts(gallery)
        else:
            yield _encoded(_spread(value, "  "))
        before = b",\n  "
    yield b"\n}\n"


def _slide_parts(gallery: Gallery) -> Iterable[bytes]:
    """The list of slides; the text of a lazily parsed one, which has no unusable entries, is copied as it is."""
    if isinstance(gallery.slides, JsonSlides):
        return gallery.slides.text_parts()
    entries: list[Any] = list(gallery.slides)
    for index, raw in sorted(gallery.unusable.items()):
        entries.insert(index, raw)  # in ascending order each lands where it was
    return [b"[\n", b",\n".join(b"    %b" % entry_text(entry) for entry in entries), b"\n  ]"] if entries else [b"[]"]


def _spread(value: object, margin: str, widest: int = _WIDEST) -> str:
    """`value` on one line if that is at most `widest` characters wide, else each of its parts on a line."""
    flat = _flat(value)
    if len(margin) + len(flat) <= widest or not value or not isinstance(value, (dict, list)):
        return flat
    inner = f"{margin}  "
    if isinstance(value, dict):
        parts = [f"{inner}{_flat(key)}: {_spread(part, inner)}" for key, part in value.items()]
        return "{\n" + ",\n".join(parts) + f"\n{margin}}}"
    return "[\n" + ",\n".join(f"{inner}{_spread(part, inner)}" for part in value) + f"\n{margin}]"


def _encoded(text: str) -> bytes:
    # Half a surrogate pair, in a name that is not UTF-8, has no bytes of its own; JSON spells it as an escape.
    return text.encode("utf-8", "backslashreplace")
