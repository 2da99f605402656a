"""Opens any source as a gallery: a manifest, a IIIF manifest, a CSV table, a folder, or pictures by name."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

import msgspec

from viewer.gallery.file_check import check_files
from viewer.gallery.files import read_limited, read_start, why
from viewer.gallery.formats.folder import (
    Subfolder,
    has_picture_suffix,
    natural_sorted,
    read_folder,
    slides_from_names,
    subfolders_with_pictures,
)
from viewer.gallery.formats.lenient_json import as_utf8, read_outline, read_value
from viewer.gallery.formats.manifest import parse_manifest
from viewer.gallery.lazy_slides import identities_of
from viewer.gallery.model import Gallery, GalleryError, Problem, Slide
from viewer.gallery.problems import shown
from viewer.resources import asset

if TYPE_CHECKING:
    from viewer.gallery.formats.lenient_json import Outline
    from viewer.unsupported_formats import UnsupportedFormat

Source: TypeAlias = Path | Sequence[Path] | None
"""A manifest, a IIIF manifest, a table, a folder, a picture (its folder, beginning with it), several pictures and
folders, or None for the gallery that comes with the program."""

Fingerprint: TypeAlias = tuple[int, ...]
_IIIF_CONTEXT: Final = "iiif.io/api/presentation/"
MANIFEST_NAME: Final = "gallery.json"  # a file of this name is the manifest of its folder
_NOT_THERE: Final = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)


class Opened(NamedTuple):
    """A gallery, what is wrong with it, and the index of the slide to begin with.

    `subfolders` are those of a folder that has no pictures itself.
    """

    gallery: Gallery
    problems: list[Problem]
    start_index: int = 0
    subfolders: tuple[Subfolder, ...] = ()


def open_source(source: Source, *, thorough: bool = False, inside_only: bool = False) -> Opened:
    """The gallery in `source`; raises GalleryError where there is nothing to show at all.

    With `thorough` every slide is parsed at once, and every picture looked for on the disk. With `inside_only`
    pictures beyond the gallery's folder are left out.
    """
    if source is None:
        source = builtin_manifest()
    paths = [source] if isinstance(source, Path) else source
    opened = _open_path(paths[0], thorough) if len(paths) == 1 else _open_several(paths)
    if inside_only:
        from viewer.gallery.containment import contained, is_inside  # of no use at a desk

        gallery, problems = contained(opened.gallery)
        if problems:
            start = sum(is_inside(slide.file) for slide in opened.gallery.slides[:opened.start_index])
            opened = opened._replace(gallery=gallery, problems=opened.problems + problems, start_index=start)
    return opened._replace(problems=opened.problems + check_files(opened.gallery)) if thorough else opened


def fingerprint(origin: Path | None) -> Fingerprint | None:
    """What changes when the file or folder `origin` does: mtime in nanoseconds, size in bytes and inode.

    A folder's is also that of the manifest in it, which can be put right in place. None where it cannot be read. Blocks
    for as long as a dead network mount does: not for the window's thread.
    """
    if origin is None:
        return None
    try:
        status = origin.stat()
    except (OSError, ValueError):
        return None
    manifest = fingerprint(origin / MANIFEST_NAME) if stat.S_ISDIR(status.st_mode) else None
    return status.st_mtime_ns, status.st_size, status.st_ino, *(manifest or ())


def builtin_manifest() -> Path:
    """The manifest of the gallery that comes with the program."""
    return asset(f"expedition-56/{MANIFEST_NAME}")


def _open_path(path: Path, thorough: bool) -> Opened:
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        return _open_folder(path, thorough)
    if stat.S_ISREG(mode) and has_picture_suffix(path.name):
        return _open_picture(path, thorough)
    return _open_file(path, thorough)


def _open_file(path: Path, thorough: bool) -> Opened:
    # A power cut leaves NULs, or nothing, in place of a manifest: that is a broken one, and no picture or table.
    kind = "json" if path.name == MANIFEST_NAME else _kind(path)
    if kind != "json" and (unsupported := _unsupported(path)):
        raise GalleryError(f"{shown(path)} is {unsupported.end_of_sentence}")
    match kind:
        case "picture":
            return _open_picture(path, thorough)
        case "text":
            from viewer.gallery.formats.csv_table import read_table  # rarely needed, and csv takes a while to import

            return Opened(*read_table(path))
    data = read_limited(path)
    outline = read_outline(data, shown(path))
    if _is_iiif(outline):
        from viewer.gallery.formats.iiif import parse_iiif  # rarely needed, and the first picture waits for this module

        gallery, problems = parse_iiif(outline, path)
    else:
        gallery, problems = parse_manifest(outline, path, thorough=thorough)
    return Opened(msgspec.structs.replace(gallery, file_bytes=data), problems)


def _is_iiif(outline: Outline) -> bool:
    """Whether a JSON file declares itself a IIIF resource."""
    keys = outline.keys
    kind = read_value(keys.get("type", keys.get("@type", "")))
    return _IIIF_CONTEXT in str(read_value(keys.get("@context", ""))) or ("items" in keys and kind == "Manifest") or (
        kind == "sc:Manifest")


def _open_folder(folder: Path, thorough: bool) -> Opened:
    manifest = folder / MANIFEST_NAME
    problems: list[Problem] = []
    if _is_there(manifest):
        try:
            return _open_file(manifest, thorough)
        except GalleryError as error:
            problems.append(Problem("", "error", f"{error} Until then the pictures of its folder are shown."))
    gallery, found = read_folder(folder)
    subfolders = () if gallery.slides or thorough else subfolders_with_pictures(folder)
    return Opened(gallery, problems + found, subfolders=subfolders)


def _open_picture(path: Path, thorough: bool) -> Opened:
    opened = _open_folder(path.parent, thorough)
    files, folder, wanted = identities_of(opened.gallery.slides).files, opened.gallery.folder, _normalized(path)
    if path.name in files and _normalized(folder / path.name) == wanted:
        return opened._replace(start_index=files.index(path.name))  # as a rule, without a Path for each of 100,000
    for index, file in enumerate(files):
        if _normalized(folder / file) == wanted:
            return opened._replace(start_index=index)
    gallery, problems = read_folder(path.parent)  # its manifest does not show this picture, or it is a hidden file
    names = natural_sorted([*{*identities_of(gallery.slides).files, path.name}])
    gallery = Gallery(slides_from_names(names), gallery.folder, gallery.origin)
    return Opened(gallery, problems, names.index(path.name))


def _normalized(path: Path) -> str:
    return os.path.normpath(path.absolute())


def _open_several(paths: Sequence[Path]) -> Opened:
    if not paths:
        raise GalleryError("There is nothing to open; name a gallery, a folder or pictures.")
    slides: list[Slide] = []
    problems: list[Problem] = []
    for path in paths:
        mode = _mode(path, missing=0)
        try:
            if stat.S_ISDIR(mode):
                gallery, _problems = read_folder(path)
                slides += [Slide(str(gallery.path(slide))) for slide in gallery.slides]
            elif has_picture_suffix(path.name) or not mode:  # it need not be there yet
                slides.append(Slide(str(path.absolute())))
            elif unsupported := _unsupported(path):
                problems.append(Problem("", "error", f"{shown(path)} is {unsupported.end_of_sentence}"))
            elif _kind(path) == "picture":
                slides.append(Slide(str(path.absolute())))
            else:
                sentence = f"{shown(path)} is no picture, and is left out; open a gallery by itself."
                problems.append(Problem("", "error", sentence))
        except GalleryError as error:
            problems.append(Problem("", "error", str(error)))
    if not slides:
        raise GalleryError(problems[0].sentence if problems else "There are no pictures there; choose others.")
    return Opened(Gallery(tuple(slides), Path.cwd()), problems)


def _mode(path: Path, missing: int | None = None) -> int:
    """The `st_mode` of the file at `path`, or `missing` where there is none and that is given; raises GalleryError.

    Of what `Path.is_dir` does with other errors, each version of Python has its own idea.
    """
    try:
        return path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        if missing is not None and getattr(error, "errno", None) in _NOT_THERE:
            return missing
        raise GalleryError(f"{shown(path)} cannot be opened: {why(error)}.") from error


def _is_there(path: Path) -> bool:
    """Whether there is such a file; not where the folder may not be entered, of which more is said when it is read."""
    try:
        path.stat()
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return False
    return True


def _unsupported(path: Path) -> UnsupportedFormat | None:
    """The format of a regular file that is not opened but known by name; raises GalleryError."""
    from viewer.unsupported_formats import HEAD, by_ending, recognised  # rarely needed

    head = read_start(path, HEAD)
    is_tiff = head.startswith((b"II*\0", b"MM\0*"))  # as many a camera's raw pictures are, which can be opened
    return recognised(head) or (None if is_tiff or not head else by_ending(path.name))


def _kind(path: Path) -> Literal["json", "text", "picture"]:
    """What a regular file seems to be by its first bytes; raises GalleryError."""
    text, _note = as_utf8(read_start(path, 512))
    if text.lstrip()[:1] in (b"{", b"["):
        return "json"
    return "picture" if b"\0" in text else "text"  # every picture's header has a NUL, and no text has
