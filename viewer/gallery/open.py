"""The one door to every kind of gallery: a manifest, an IIIF manifest, a table, a folder, or pictures by name."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from viewer.gallery.file_check import check_files
from viewer.gallery.files import read_head, read_small, why
from viewer.gallery.formats.folder import has_picture_suffix, natural_sorted, read_folder, slides_from_names
from viewer.gallery.formats.iiif import iiif_gallery_of, is_iiif
from viewer.gallery.formats.lenient_json import as_utf8, read_outline
from viewer.gallery.formats.manifest import gallery_of
from viewer.gallery.lazy_slides import identities_of
from viewer.gallery.model import Gallery, GalleryError, Problem, Slide
from viewer.gallery.problems import shown
from viewer.resources import asset

__all__ = ["Fingerprint", "GalleryError", "Opened", "Source", "builtin_manifest", "fingerprint", "open_source"]

Source: TypeAlias = Path | Sequence[Path] | None

Fingerprint: TypeAlias = tuple[int, int, int]

MANIFEST_NAME: Final = "gallery.json"
"""A file of this name makes its folder a gallery with words."""


class Opened(NamedTuple):
    """A gallery, what is wrong with it, and the slide to begin with, counted from 0."""

    gallery: Gallery
    problems: list[Problem]
    start_index: int = 0


def open_source(source: Source, *, look: bool = False) -> Opened:
    """The gallery in `source`; raises GalleryError where there is nothing to show at all.

    `source` is a manifest, an IIIF manifest, a table, a folder, a picture (its folder, beginning with it), several
    pictures and folders, or None for the gallery that comes with the program. With `look` the pictures are looked
    for on the disk.
    """
    if source is None:
        source = builtin_manifest()
    if not isinstance(source, Path):
        if len(source) != 1:
            return _open_several(source, look=look)
        source = source[0]
    status = _status(source)
    if stat.S_ISDIR(status.st_mode):
        return _open_folder(source, look=look)
    if stat.S_ISREG(status.st_mode) and has_picture_suffix(source.name):
        return _open_picture(source, look=look)
    return _open_file(source, look=look)


def fingerprint(origin: Path | None) -> Fingerprint | None:
    """What changes when the file or folder `origin` does: (mtime in nanoseconds, size in bytes, inode).

    None where there is nothing to ask. One question to the disk, which a dead network mount may leave unanswered:
    ask away from the window.
    """
    if origin is None:
        return None
    try:
        status = origin.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def builtin_manifest() -> Path:
    """Where the gallery that comes with the program lies."""
    return asset(f"expedition-56/{MANIFEST_NAME}")


def _open_file(path: Path, *, look: bool) -> Opened:
    match _kind(path):
        case "picture":
            return _open_picture(path, look=look)
        case "text":
            from viewer.gallery.formats.csv_table import (
                read_table,  # it takes a while to import, and most galleries are none
            )

            return Opened(*read_table(path, look=look))
    outline = read_outline(read_small(path), shown(path))
    read = iiif_gallery_of if is_iiif(outline) else gallery_of
    return Opened(*read(outline, path, look=look))


def _open_folder(folder: Path, *, look: bool) -> Opened:
    manifest = folder / MANIFEST_NAME
    problems: list[Problem] = []
    if manifest.exists():
        try:
            return _open_file(manifest, look=look)
        except GalleryError as error:
            problems.append(Problem("", "error", f"{error} Until then the pictures of its folder are shown."))
    gallery, found = read_folder(folder)
    return Opened(gallery, problems + found + (check_files(gallery) if look else []))


def _open_picture(path: Path, *, look: bool) -> Opened:
    opened = _open_folder(path.parent, look=look)
    index = _index_of(path, opened.gallery)
    if index is not None:
        return opened._replace(start_index=index)
    gallery, problems = read_folder(path.parent)  # its manifest does not show this picture, or it is a hidden file
    names = natural_sorted([*{*identities_of(gallery.slides).files, path.name}])
    gallery = Gallery(slides_from_names(names), gallery.folder, gallery.origin)
    return Opened(gallery, problems + (check_files(gallery) if look else []), names.index(path.name))


def _index_of(path: Path, gallery: Gallery) -> int | None:
    """Which slide shows the picture at `path`."""
    files, wanted = identities_of(gallery.slides).files, _place(path)
    if path.name in files and _place(gallery.folder / path.name) == wanted:
        return files.index(path.name)  # as a rule, and without a look at each of 100,000
    return next((index for index, file in enumerate(files) if _place(gallery.folder / file) == wanted), None)


def _place(path: Path) -> str:
    return os.path.normpath(path.absolute())


def _open_several(paths: Sequence[Path], *, look: bool) -> Opened:
    if not paths:
        raise GalleryError("There is nothing to open; name a gallery, a folder or pictures.")
    slides: list[Slide] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            slides += _pictures_at(path)
        except GalleryError as error:
            problems.append(Problem("", "error", str(error)))
    if not slides:
        raise GalleryError(problems[0].sentence if problems else "There are no pictures there; choose others.")
    gallery = Gallery(tuple(slides), Path.cwd())
    return Opened(gallery, problems + (check_files(gallery) if look else []))


def _pictures_at(path: Path) -> list[Slide]:
    """The pictures of a folder, or the picture itself, which need not be there yet."""
    if path.is_dir():
        gallery, _problems = read_folder(path)
        return [Slide(str(gallery.path(slide))) for slide in gallery.slides]
    if has_picture_suffix(path.name) or not path.exists() or _kind(path) == "picture":
        return [Slide(str(path.absolute()))]
    raise GalleryError(f"{shown(path)} is no picture, and is left out; open a gallery by itself.")


def _kind(path: Path) -> Literal["json", "text", "picture"]:
    """What a regular file seems to be by its first bytes; raises GalleryError."""
    text, _note = as_utf8(read_head(path))
    if text.lstrip()[:1] in (b"{", b"["):
        return "json"
    return "picture" if b"\0" in text else "text"  # every picture's header has a NUL, and no text has


def _status(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise GalleryError(f"{shown(path)} cannot be opened: {why(error)}.") from error
