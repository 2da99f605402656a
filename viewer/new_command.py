"""What ``liftoff new`` does: writes the manifest of a folder of pictures from the words in and beside them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from viewer.answer import Answer
from viewer.argument_parser import USAGE_ERROR, ArgumentParser
from viewer.gallery.drafting import drafted_gallery, drafted_slide, not_shown_by, with_added
from viewer.gallery.formats.folder import read_folder
from viewer.gallery.formats.manifest import read_manifest, write_manifest
from viewer.gallery.model import Gallery, GalleryError, Slide
from viewer.gallery.problems import shown
from viewer.show_arguments import source_error
from viewer.startup.describe_all import describe_all

if TYPE_CHECKING:
    from collections.abc import Sequence

MANIFEST: Final = "gallery.json"
_MOST_NAMED: Final = 20  # pictures that are named one by one
_COUNTED: Final = {"title": "a title", "caption": "a caption", "alt": "an alternative text", "credit": "a credit"}


def run(words: Sequence[str]) -> Answer:
    """Do what `words`, which follow ``liftoff new``, say; exits where they cannot be understood."""
    parser = ArgumentParser(
        prog="liftoff new",
        description=f"Writes {MANIFEST} into a folder of pictures, with the titles, captions, credits and alternative "
                    "texts that are in the pictures and beside them (.xmp, .txt, Google Takeout). Status 0: written, "
                    "1: written, but something is wrong, 2: nothing written.",
    )
    parser.add_argument("folder", metavar="FOLDER", help="a folder with pictures of its own")
    parser.add_argument("--update", action="store_true",
                        help=f"add the pictures that {MANIFEST} does not have yet, and leave all else as it is")
    arguments = parser.parse_args(words)
    if error := source_error(arguments.folder):
        return Answer(error=error.replace("SOURCE", "FOLDER"), status=USAGE_ERROR)
    folder = Path(arguments.folder).absolute()
    try:
        return _updated(folder) if arguments.update else _written(folder)
    except GalleryError as error:
        return Answer(error=str(error), status=USAGE_ERROR)


def _written(folder: Path) -> Answer:
    manifest = folder / MANIFEST
    if os.path.lexists(manifest):
        return Answer(error=f"{shown(manifest)} is there already; add --update to add the pictures that are new.",
                      status=USAGE_ERROR)
    pictures, _ = read_folder(folder)
    if not pictures.slides:
        return Answer(error=f"There are no pictures in {shown(folder)}; put some there or give another folder.",
                      status=USAGE_ERROR)
    slides, left_out = _described(pictures)
    if not slides:
        return Answer(left_out, f"No picture in {shown(folder)} can be shown, so nothing was written.", USAGE_ERROR)
    gallery = drafted_gallery(folder, slides)
    write_manifest(gallery, manifest, replace=False)
    said = f"{shown(manifest)} has {_number(slides, 'slide')} now: {_statistics(slides)}."
    return Answer(_lines(said, left_out), status=1 if left_out else 0)


def _updated(folder: Path) -> Answer:
    manifest = folder / MANIFEST
    if not os.path.lexists(manifest):
        return _written(folder)
    current, _ = read_manifest(manifest, thorough=True)
    pictures, _ = read_folder(folder)
    new = msgspec.structs.replace(pictures, slides=tuple(not_shown_by(current, pictures.slides)))
    described, left_out = _described(new)
    current, _ = read_manifest(manifest, thorough=True)  # somebody may have gone on writing in it meanwhile
    gone = [f"slide {number}: {shown(slide.file)}" for number, slide in enumerate(current.slides, 1)
            if not current.path(slide).exists()]
    slides = not_shown_by(current, described)
    if slides:
        write_manifest(with_added(current, slides), manifest)
        said = f"{shown(manifest)} has {_number(slides, 'new slide')} at its end: {_statistics(slides)}."
    else:
        said = f"{shown(manifest)} has nothing to add, and stays as it is."
    are = "1 picture is" if len(gone) == 1 else f"{len(gone)} pictures are"
    missing = f"{are} not there any more; copy them here again, or delete their slides:\n{_listed(gone)}"
    missing = missing if gone else ""
    return Answer(_lines(said, missing, left_out), status=1 if missing or left_out else 0)


def _described(pictures: Gallery) -> tuple[list[Slide], str]:
    """The slides of those of `pictures` that can be shown, with the words found, and what is to say of the others.

    Raises GalleryError where none can be read at all.
    """
    if not pictures.slides:
        return [], ""
    paths = {pictures.path_str(slide): slide.file for slide in pictures.slides}
    found = describe_all(pictures)
    if isinstance(found, str):
        raise GalleryError(found)
    slides = [drafted_slide(name, found.words[path]) for path, name in paths.items() if path in found.words]
    failed = [f"{shown(paths[path])}: {sentence}" for path, sentence in found.failures.items()]
    are = "1 file is" if len(failed) == 1 else f"{len(failed)} files are"
    return slides, f"{are} left out:\n{_listed(failed)}" if failed else ""


def _statistics(slides: Sequence[Slide]) -> str:
    """How many slides have which texts: "7 with a title, 5 with a caption"."""
    counts = {words: sum(bool(getattr(slide, key)) for slide in slides) for key, words in _COUNTED.items()}
    said = [f"{count} with {words}" for words, count in counts.items() if count]
    return ", ".join(said) or "none has words yet, which can be written there"


def _listed(lines: Sequence[str]) -> str:
    rest = len(lines) - _MOST_NAMED
    return _lines(*(f"  {line}" for line in lines[:_MOST_NAMED]), f"  and {rest} more" if rest > 0 else "")


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _number(things: Sequence[object], word: str) -> str:
    return f"{len(things)} {word}{'' if len(things) == 1 else 's'}"
