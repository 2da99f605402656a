"""The command line: what to show and how, ``check``, and ``--version``.

The flags of options come from the table in `viewer.settings`. Everything that cannot work ends in one sentence on the
error stream and a status other than 0: 2 for what was asked, 3 for what the machine lacks.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from viewer import __version__
from viewer.settings import BY_KEY, OPTIONS
from viewer.startup import preflight

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG_QUESTION: Final = 2
WRONG_MACHINE: Final = 3
INTERRUPTED: Final = 130
"""What a shell makes of Ctrl+C: 128 and the signal's number."""

_READING_FIRST_S: Final = 0.08
"""Seconds that the import of Qt waits for the gallery; one that takes longer is read beside it."""

_KEEP: Final = "as-set"
_LIKE_A_TIME: Final = re.compile(r"[-+]?\d+([.,]\d+)?(s|sec|min)?")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://.*", re.DOTALL)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_QUESTION, f"liftoff: {message}. See liftoff --help.\n")


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit status."""
    given = list(sys.argv[1:] if words is None else words)
    try:
        if given[:1] == ["check"]:
            return _check(given[1:])
        asked = parse(given)
        return _version() if asked.version else _show(asked)
    except KeyboardInterrupt:
        return INTERRUPTED


def _show(asked: argparse.Namespace) -> int:
    if wrong := _wrong_value(asked):
        return _refuse(wrong, WRONG_QUESTION)
    for sentence in (preflight.safe_pair(), preflight.screen()):
        if sentence:
            return _refuse(sentence, WRONG_MACHINE)
    from viewer.imaging.pool.sandbox_probe import refusal_without_sandbox
    from viewer.startup.early_decode import EarlyDecode, Source
    from viewer.startup.early_options import sandbox_is_required

    strict = asked.require_sandbox or sandbox_is_required()
    if strict and (sentence := refusal_without_sandbox()):
        return _refuse(sentence, WRONG_MACHINE)
    gc.disable()  # until the first picture has been seen: nothing of what a start makes is garbage
    early = EarlyDecode(Source(tuple(map(_path, asked.source)), asked.start or ""), strict=strict,
                  thumbnails=not asked.fullscreen)
    try:
        if sentence := preflight.libraries():
            return _refuse(sentence, WRONG_MACHINE)
        # Reading and importing would only take turns: a gallery that is read first has its picture decoded meanwhile.
        early.wait(_READING_FIRST_S)
        from viewer.app.application import Start, run

        start = Start(
            fullscreen=asked.fullscreen,
            play=asked.slideshow is not None,
            screen=asked.screen or "",
            shuffle_seed=None if asked.shuffle in (None, _KEEP) else asked.shuffle,
            overrides=overrides(asked),
        )
        sentence = run(early, start)
        return _refuse(sentence, WRONG_QUESTION) if sentence else 0
    finally:
        gc.enable()
        early.end()


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The command line taken apart; ends the program with a sentence where it is none."""
    end = list(words).index("--") if "--" in words else len(words)
    asked = _parser().parse_intermixed_args(_with_values(words[:end]))  # intermixed: sources stand among flags too
    asked.source += words[end + 1:]
    return asked


def overrides(asked: argparse.Namespace) -> dict[str, str | bool]:
    """The options that the command line sets for this run."""
    made: dict[str, str | bool] = {}
    for option in OPTIONS:
        value = getattr(asked, option.flag.lstrip("-").replace("-", "_"), None) if option.flag else None
        if value is None or value is False:
            continue
        if isinstance(option.default, bool):
            made[option.key] = True
        elif value != _KEEP:
            made[option.key] = value
    return made


def _wrong_value(asked: argparse.Namespace) -> str:
    if asked.slideshow not in (None, _KEEP) and not is_interval(asked.slideshow):
        return f"{asked.slideshow!r} is not a time: give seconds from 0 to 86400, such as 8, or auto."
    return next(filter(None, map(_wrong_source, asked.source)), "")


def _wrong_source(word: str) -> str:
    """Why `word` cannot be opened whatever lies on the disk; usually nothing."""
    if not word:
        return "SOURCE is empty: give a file or a folder, or leave it out for the gallery that comes with Liftoff."
    if _ADDRESS.fullmatch(word) and _path(word) == Path(word):
        return f"{word!r} is an address: Liftoff shows what lies on this computer. Give a file or a folder."
    return ""


def _path(word: str) -> Path:
    """The path meant by `word`, which file managers may spell as file:///home/..."""
    if not _ADDRESS.fullmatch(word):
        return Path(word)
    from viewer.gallery.file_url import path_of

    return path_of(word) or Path(word)


def is_interval(word: str) -> bool:
    """Whether `word` can be the time of each picture: auto, or seconds from 0 to a day."""
    if word == "auto":
        return True
    try:
        return 0 <= float(word.replace(",", ".")) <= 86_400
    except ValueError:
        return False


def _parser() -> _Parser:
    parser = _Parser(
        prog="liftoff", add_help=True, allow_abbrev=False,
        description="Shows pictures with their captions: by hand, as a slideshow, in full screen.",
        epilog="liftoff check SOURCE [--json] says what is wrong with a gallery: status 0 fine, 1 warnings, 2 errors.",
    )
    parser.add_argument("source", metavar="SOURCE", nargs="*",
                        help="a manifest, a folder, pictures, a list (CSV) or a IIIF manifest; "
                             "without one, the gallery that comes with Liftoff")
    parser.add_argument("-f", "--fullscreen", action="store_true", help="start in full screen")
    parser.add_argument("-s", "--slideshow", metavar="SECONDS|auto", nargs="?", const=_KEEP,
                        help="start playing: each picture for so many seconds, or as long as its caption takes to read")
    parser.add_argument("--start", metavar="N|ID", help="the slide to start with")
    parser.add_argument("--screen", metavar="NAME|N", help="the screen to appear on")
    parser.add_argument("--transition", choices=BY_KEY["show/transition"].choices,
                        help="how one picture gives way to the next")
    parser.add_argument("--shuffle", metavar="SEED", nargs="?", const=_KEEP,
                        help="in a random order; the same SEED, a number, gives the same order")
    parser.add_argument("--lang", metavar="CODE", help="the language of captions that come in several")
    parser.add_argument("--require-sandbox", action="store_true",
                        help="do not start where pictures cannot be decoded wholly shut in")
    parser.add_argument("--version", action="store_true", help="versions, formats and the sandbox")
    return parser


def _with_values(words: Sequence[str]) -> list[str]:
    """Give -s and --shuffle a value where they stand alone, so that they never swallow SOURCE."""
    made: list[str] = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in ("-s", "-fs", "--slideshow") and not _means_time(following):
            made += [*(["-f"] if word == "-fs" else []), f"--slideshow={_KEEP}"]
        elif word == "--shuffle" and not following.isdecimal():
            made.append(f"--shuffle={_KEEP}")
        else:
            made.append(word)
    return made


def _means_time(word: str) -> bool:
    """Whether `word` is a time, or so nearly one that it is no name of a file."""
    return is_interval(word) or _LIKE_A_TIME.fullmatch(word) is not None


def _check(words: list[str]) -> int:
    parser = _Parser(prog="liftoff check", allow_abbrev=False,
                     description="Says all that is wrong with a gallery. Status 0: fine, 1: warnings, 2: errors.")
    parser.add_argument("source", metavar="SOURCE", help="a manifest, a folder, a list (CSV) or a IIIF manifest")
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    asked = parser.parse_args(words)
    if wrong := _wrong_source(asked.source):
        return _refuse(wrong, WRONG_QUESTION)
    from viewer.gallery.check import report

    text, status = report(_path(asked.source), as_json=asked.json)
    return status if _print(text) else WRONG_MACHINE


def _version() -> int:
    from importlib import metadata

    from viewer.gallery.picture_formats import FORMATS
    from viewer.imaging.pool.sandbox_probe import NO_WORKER, sandbox_here

    lines = [f"liftoff {__version__}", f"Python {sys.version.split()[0]}"]
    for name in ("PySide6-Essentials", "Pillow", "pillow-heif"):
        try:
            lines.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{name} is missing: install Liftoff again")
    lines.append(f"formats: {', '.join(FORMATS)}")
    lines.append(f"pictures are decoded in: {sandbox.summary()}" if (sandbox := sandbox_here()) else NO_WORKER)
    return 0 if _print("\n".join(lines)) else WRONG_MACHINE


def _refuse(sentence: str, status: int) -> int:
    _print(f"liftoff: {sentence}", sys.stderr)
    return status


def _print(text: str, stream: Any = None) -> bool:
    """Print what may hold any character on a stream that may not; says whether all of it was taken.

    It does not mind that nobody listens: not at all (a window's program on Windows), or no longer.
    """
    out = sys.stdout if stream is None else stream
    if out is None:
        return True
    encoding = getattr(out, "encoding", None) or "utf-8"
    try:
        out.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        out.flush()
    except OSError as error:
        # What is left in the stream would make Python complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        if isinstance(error, BrokenPipeError):  # the reader has seen enough (`liftoff check ... | head`)
            return True
        if out is not sys.stderr:
            _print(f"liftoff: The answer could not be written: {error.strerror}.", sys.stderr)
        return False
    return True
