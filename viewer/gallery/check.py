"""`liftoff check`: finds everything that is wrong with a gallery, and reports it as text or JSON."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec

from viewer.gallery.file_check import slide_reporters
from viewer.gallery.files import open_regular, result_or_sentence, why
from viewer.gallery.formats.fields import GALLERY_KEYS, SHOW_KEYS, SLIDE_KEYS, VALID_KEYS
from viewer.gallery.formats.folder import has_picture_suffix
from viewer.gallery.model import Gallery, GalleryError, Problem, Slide, Text, localized, own_texts
from viewer.gallery.open import Source, open_source
from viewer.gallery.problems import Reporter, shown
from viewer.gallery.reading_time import LONGEST, WORDS_A_MINUTE, reading_time, words_time
from viewer.settings import BY_KEY
from viewer.unsupported_formats import BY_ENDING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

MOST_WORDS: Final = 100  # of a caption that does not get a warning: what people read standing up
Decode: TypeAlias = "Callable[[Gallery, Sequence[str]], Mapping[str, str] | str]"
"""Decodes the files of a gallery: a sentence for each that cannot be shown, or why nothing can be decoded at all."""

_PRIVATE: Final = ("_", "x-", "$schema")  # prefixes of keys that are other programs' own


def check(source: Source, decode: Decode | None = None) -> tuple[Gallery | None, list[Problem]]:
    """Read `source`, find every file, compare those with a sha256, and review the texts. Never raises.

    With `decode` the pictures are decoded, too. Returns the gallery, or None where there is nothing to show at all, and
    all problems found.
    """
    opened = result_or_sentence(lambda: open_source(source, thorough=True))
    if isinstance(opened, str):
        return None, [Problem("", "error", opened)]
    gallery, problems = opened.gallery, opened.problems
    undecodable = [] if decode is None else _undecodable(gallery, problems, decode)
    known = {problem.pointer for problem in problems + undecodable if problem.severity == "error"}
    further = [one for one in advice(gallery) if not (one.pointer in known and one.pointer.endswith("/file"))]
    return gallery, problems + undecodable + further  # of a file that is in error no more is said


def advice(gallery: Gallery) -> list[Problem]:
    """Problems that reading does not report: missing alt texts, long captions, short times, unknown keys, ..."""
    problems: list[Problem] = []
    top = Reporter(problems, "", "The gallery")
    _unknown_keys(gallery.extra, (*GALLERY_KEYS, "format", "version", "slides"), top)
    _unknown_keys(gallery.show.extra, SHOW_KEYS, top.at("show"))
    transition = gallery.show.transition
    if transition and transition not in BY_KEY["show/transition"].choices:
        choices = " or ".join(BY_KEY["show/transition"].choices)
        top.at("show").at("transition").warning(f"there is no transition {shown(transition)}; write {choices}.")
    has_texts = gallery.origin is not None and gallery.origin != gallery.folder
    places: dict[str, int] = {}
    for number, (slide, reporter) in enumerate(slide_reporters(gallery, problems), 1):
        path = os.path.normpath(gallery.path(slide))
        if places.setdefault(path, number) != number:
            reporter.at("file").warning(
                f"slide {places[path]} shows the same picture; leave one out if that is not meant.")
        if slide.sha256:
            _compare_digest(gallery, slide, reporter.at("sha256"))
        if has_texts:
            _review_texts(slide, reporter)
    return problems


def report(source: Source, decode: Decode | None = None, *, as_json: bool = False) -> tuple[str, int]:
    """All problems of `source` and the totals, as lines or as one JSON object, without a final line end.

    Also returns the exit status of `liftoff check`: 0 fine, 1 warnings, 2 errors.
    """
    gallery, problems = check(source, decode)
    slides = len(gallery.slides) if gallery else 0
    errors = sum(problem.severity == "error" for problem in problems)
    status = 2 if errors else 1 if problems else 0
    if as_json:
        return json.dumps({"problems": msgspec.to_builtins(problems), "slides": slides}, indent=2), status
    lines = [f"{problem.severity}: {shown(problem.pointer)}{': ' if problem.pointer else ''}{problem.sentence}"
             for problem in problems]
    totals = ((slides, "slide"), (errors, "error"), (len(problems) - errors, "warning"))
    lines.append(", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in totals))
    return "\n".join(lines), status


def _undecodable(gallery: Gallery, known: list[Problem], decode: Decode) -> list[Problem]:
    """The problems of pictures that cannot be decoded; those of files that are `known` to be unusable are left out."""
    problems: list[Problem] = []
    unusable = {problem.pointer for problem in known if problem.severity == "error"}
    reporters = [(gallery.path_str(slide), reporter.at("file"))
                 for slide, reporter in slide_reporters(gallery, problems)]
    reporters = [(path, reporter) for path, reporter in reporters if reporter.pointer not in unusable]
    failed = decode(gallery, [*dict.fromkeys(path for path, _ in reporters)])
    if isinstance(failed, str):
        return [Problem("", "error", failed)]
    for path, reporter in reporters:
        if path in failed:
            reporter.error(failed[path])
    return problems


def _review_texts(slide: Slide, reporter: Reporter) -> None:
    if not slide.alt:
        reporter.at("alt").warning("there is no “alt” text; describe the picture for people who cannot see it.")
    if not has_picture_suffix(slide.file):
        unsupported = BY_ENDING.get(slide.file.rpartition(".")[2].lower())
        reporter.at("file").warning(f"by its name this is {unsupported.end_of_sentence}" if unsupported else
                                    "the name does not end like a picture's; check that it is one.")
    for lang, in_lang in _languages(slide.caption):
        count = round(words_time(localized(slide.caption, lang)) * WORDS_A_MINUTE / 60)
        if count > MOST_WORDS:
            reporter.at("caption").warning(f"the caption has {count} words{in_lang}; shorten it to {MOST_WORDS}, "
                                           "which is what people read standing up.")
    duration = slide.duration if isinstance(slide.duration, (int, float)) else LONGEST
    for lang, in_lang in _languages(slide.title, slide.caption, slide.credit):
        texts = own_texts(slide, lang).visible
        if words_time(*texts) and duration < (wanted := reading_time(*texts)):
            reporter.at("duration").warning(f"{duration:g} seconds are too short for reading the text{in_lang}; "
                                            f"write {wanted:.0f} or “auto”.")
    _unknown_keys(slide.extra, ("file", *SLIDE_KEYS), reporter)
    if isinstance(slide.extra.get("valid"), dict):
        _unknown_keys(slide.extra["valid"], VALID_KEYS, reporter.at("valid"))


def _languages(*texts: Text) -> list[tuple[str, str]]:
    """The languages of `texts`, each also as words in a sentence; one that is empty where there are none."""
    tags = dict.fromkeys(tag for text in texts if isinstance(text, dict) for tag in text)
    return [(tag, f" in “{shown(tag)}”" if tag else "") for tag in tags or ("",)]


def _unknown_keys(extra: dict[str, Any], known: Collection[str], reporter: Reporter) -> None:
    for key in extra:
        if key not in known and not key.startswith(_PRIVATE):
            close = difflib.get_close_matches(key, known, 1)
            remedy = f"write “{close[0]}” if that is meant" if close else "correct it, or begin it with _ to keep it"
            reporter.at(key).warning(f"there is no key “{shown(key)}”; {remedy}.")


def _compare_digest(gallery: Gallery, slide: Slide, reporter: Reporter) -> None:
    try:
        with open_regular(gallery.path(slide)) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, GalleryError):
        return  # reported already, by `check_files`
    except (OSError, ValueError) as error:
        reporter.error(f"the file cannot be read: {why(error)}.")
        return
    if found != slide.sha256.lower():
        reporter.error("the file is not the one that was summed; copy it again, or write its new sum.")
