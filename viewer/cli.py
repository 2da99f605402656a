"""The command line: what to show and how, ``check``, and ``--version``.

The flags of options come from the table in `viewer.settings`. Everything that cannot work ends in one sentence on the
error stream and a status other than 0: 2 for what was asked, 3 for what the machine lacks.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from viewer import __version__
from viewer.desktop import preflight
from viewer.settings import BY_KEY, OPTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG_QUESTION: Final = 2
WRONG_MACHINE: Final = 3

_KEEP: Final = "as-set"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_QUESTION, f"liftoff: {message}. See liftoff --help.\n")


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit status."""
    given = list(sys.argv[1:] if words is None else words)
    if given[:1] == ["check"]:
        return _check(given[1:])
    asked = _parser().parse_args(_with_values(given))
    if asked.version:
        return _version()
    return _show(asked)


def _show(asked: argparse.Namespace) -> int:
    for sentence in (preflight.safe_pair(), preflight.screen()):
        if sentence:
            return _refuse(sentence, WRONG_MACHINE)
    if wrong := _wrong_value(asked):
        return _refuse(wrong, WRONG_QUESTION)
    from viewer.early import Early, Source

    early = Early(Source(tuple(Path(word) for word in asked.source), asked.start or ""))
    try:
        if sentence := preflight.libraries():
            return _refuse(sentence, WRONG_MACHINE)
        from viewer.app import Start, run

        start = Start(
            fullscreen=asked.fullscreen,
            play=asked.slideshow is not None,
            screen=asked.screen or "",
            shuffle_seed=None if asked.shuffle in (None, _KEEP) else asked.shuffle,
            overrides=_overrides(asked),
        )
        sentence = run(early, start)
        return _refuse(sentence, WRONG_QUESTION) if sentence else 0
    finally:
        early.end()


def _overrides(asked: argparse.Namespace) -> dict[str, str | bool]:
    """The options that the command line sets for this run."""
    overrides: dict[str, str | bool] = {}
    for option in OPTIONS:
        value = getattr(asked, option.flag.lstrip("-"), None) if option.flag else None
        if value is None:
            continue
        if isinstance(option.default, bool):
            overrides[option.key] = True
        elif value != _KEEP:
            overrides[option.key] = value
    return overrides


def _wrong_value(asked: argparse.Namespace) -> str:
    if asked.slideshow not in (None, _KEEP) and not is_interval(asked.slideshow):
        return f"{asked.slideshow!r} is not a time: give seconds, such as 8, or auto."
    for word in asked.source:
        if "://" in word:
            return f"{word} is an address: Liftoff shows what lies on this computer. Give a file or a folder."
    return ""


def is_interval(word: str) -> bool:
    """Whether `word` can be the time of each picture: auto, or seconds from 0 to a day."""
    if word == "auto":
        return True
    try:
        return 0 <= float(word) <= 86_400
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
    parser.add_argument("-s", "--slideshow", metavar="SECONDS|auto", help="start playing")
    parser.add_argument("--start", metavar="N|ID", help="the slide to start with")
    parser.add_argument("--screen", metavar="NAME|N", help="the screen to appear on")
    parser.add_argument("--transition", choices=BY_KEY["show/transition"].choices,
                        help="how one picture gives way to the next")
    parser.add_argument("--shuffle", metavar="SEED", help="in a random order; the same SEED gives the same order")
    parser.add_argument("--lang", metavar="CODE", help="the language of captions that come in several")
    parser.add_argument("--version", action="store_true", help="versions and formats")
    return parser


def _with_values(words: list[str]) -> list[str]:
    """Give -s and --shuffle a value where they stand alone, so that they never swallow SOURCE."""
    made: list[str] = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        alone = (
            (word in ("-s", "--slideshow") and not is_interval(following))
            or (word == "--shuffle" and not following.isdecimal())
        )
        made.append(f"{'--slideshow' if word == '-s' else word}={_KEEP}" if alone else word)
    return made


def _check(words: list[str]) -> int:
    parser = _Parser(prog="liftoff check", allow_abbrev=False,
                     description="Says all that is wrong with a gallery. Status 0: fine, 1: warnings, 2: errors.")
    parser.add_argument("source", metavar="SOURCE", help="a manifest, a folder, a list (CSV) or a IIIF manifest")
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    asked = parser.parse_args(words)
    from viewer.gallery.check import report

    text, status = report(Path(asked.source), as_json=asked.json)
    _print(text)
    return status


def _version() -> int:
    from importlib import metadata

    from viewer.imaging.formats import FORMATS

    lines = [f"liftoff {__version__}", f"Python {sys.version.split()[0]}"]
    for name in ("PySide6-Essentials", "Pillow", "pillow-heif"):
        try:
            lines.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{name} is missing: install Liftoff again")
    lines.append(f"formats: {', '.join(FORMATS)}")
    _print("\n".join(lines))
    return 0


def _refuse(sentence: str, status: int) -> int:
    _print(f"liftoff: {sentence}", sys.stderr)
    return status


def _print(text: str, stream: Any = None) -> None:
    """Print what may hold any character on a stream that may not, and mind nobody listening."""
    out = sys.stdout if stream is None else stream
    encoding = getattr(out, "encoding", None) or "utf-8"
    try:
        out.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        out.flush()
    except BrokenPipeError:
        # The reader has gone (`liftoff check ... | head`); keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
