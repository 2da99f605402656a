"""Writes photo manifests, for people to read: every key, known or not, stays where it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import msgspec

from viewer.gallery.files import write_atomically
from viewer.gallery.formats.fields import GALLERY_KEYS
from viewer.gallery.formats.json_slides import JsonSlides
from viewer.gallery.formats.manifest import FORMAT, VERSION
from viewer.gallery.paths import seen_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from viewer.gallery.model import Gallery, ShowDefaults, Slide

_BLANKS: Final = frozenset({"id", "taken", "date", "lang", "sha256", "title", "summary", "caption", "alt", "credit",
                            "rights", "source", "notes"})  # keys that can be there and empty
_flat: Final = json.JSONEncoder(ensure_ascii=False).encode
_WIDEST: Final = 110  # characters; an object or list that fits into a line of the saved file stays in one


def write_manifest(gallery: Gallery, path: Path) -> None:
    """Save `gallery` as the manifest at `path`, atomically; raises GalleryError.

    Keys keep their order, and unknown keys, unusable values and unusable slides their place. Files are written
    relative to the new manifest's folder.
    """
    folder = path.absolute().parent
    if folder != gallery.folder:
        moved = [msgspec.structs.replace(slide, file=seen_from(folder, gallery.folder, slide.file))
                 for slide in gallery.slides]
        gallery = msgspec.structs.replace(gallery, slides=tuple(moved))
    write_atomically(path, list(_file_parts(gallery)))


def slide_text(slide: Slide) -> bytes:
    """`slide` as it stands in a manifest's list, in JSON."""
    return _entry_text(_object(slide))


def _object(part: Slide | ShowDefaults) -> dict[str, Any]:
    known: dict[str, Any] = msgspec.to_builtins(part)
    known.pop("extra", None)
    known.pop("order", None)
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
    entries: list[Any] = [_object(slide) for slide in gallery.slides]
    for index, raw in sorted(gallery.unusable.items()):
        entries.insert(index, raw)  # in ascending order each lands where it was
    return [b"[\n", b",\n".join(b"    %b" % _entry_text(entry) for entry in entries), b"\n  ]"] if entries else [b"[]"]


def _entry_text(entry: object) -> bytes:
    """An entry of the list of slides, each key on a line of its own unless there is only one."""
    several = isinstance(entry, dict) and len(entry) > 1
    return _encoded(_spread(entry, "    ", widest=0 if several else _WIDEST))


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
