"""The arguments of the command line that shows a gallery, and what they mean.

The flags of options come from the table in `viewer.settings`.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viewer.argument_parser import ArgumentParser
from viewer.settings import BY_KEY, OPTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

AS_SET: Final = "as-set"
"""The value of a flag that was given without one: as in the settings."""

_TIME_LIKE: Final = re.compile(r"[-+]?\d+([.,]\d+)?(s|sec|min)?")  # wrong, but not meant as a file
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://.*", re.DOTALL)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Parse the command line; exits with a message where it is not valid."""
    parser = ArgumentParser(
        prog="liftoff",
        description="Shows pictures with their captions: by hand, as a slideshow, in full screen.",
        epilog="liftoff check SOURCE [--json] [--fast] says what is wrong with a gallery and its pictures: status 0 "
               "fine, 1 warnings, 2 errors; with --at TIME, what would be shown then. liftoff kiosk --help: sets up an "
               "unattended screen. liftoff new FOLDER writes the gallery of a folder from the words in its pictures.",
    )
    parser.add_argument("source", metavar="SOURCE", nargs="*",
                        help="a manifest, a folder, pictures, a list (CSV) or a IIIF manifest; "
                             "without one, the gallery that comes with Liftoff")
    parser.add_argument("-f", "--fullscreen", action="store_true", help="start in full screen")
    parser.add_argument("-s", "--slideshow", metavar="SECONDS|auto", nargs="?", const=AS_SET,
                        help="start playing: each picture for so many seconds, or as long as its caption takes to read")
    parser.add_argument("--kiosk", action="store_true",
                        help="play unattended in full screen; visitors can page and pause, and not leave")
    parser.add_argument("--config", metavar="FILE", type=Path, help="what is set for the kiosk, as TOML; without it, "
                        "~/.config/liftoff/kiosk.toml or /etc/liftoff/kiosk.toml")
    parser.add_argument("--start", metavar="N|ID", help="the slide to start with")
    parser.add_argument("--screen", metavar="NAME|N", help="the screen to appear on")
    parser.add_argument("--transition", choices=BY_KEY["show/transition"].choices,
                        help="how one picture gives way to the next")
    parser.add_argument("--shuffle", metavar="SEED", nargs="?", const=AS_SET,
                        help="in a random order; the same SEED, a number, gives the same order")
    parser.add_argument("--lang", metavar="CODE", help="the language of captions that come in several")
    parser.add_argument("--require-sandbox", action="store_true",
                        help="do not start where pictures cannot be decoded in a full sandbox")
    for flag, default in (("--heartbeat-fd", -1), ("--kiosk-entry", 0)):  # from the supervisor to the shows it starts
        parser.add_argument(flag, type=int, default=default, help=argparse.SUPPRESS)
    parser.add_argument("--version", action="store_true", help="versions, formats and the sandbox")
    end = list(words).index("--") if "--" in words else len(words)
    arguments = parser.parse_intermixed_args(_with_values(words[:end]))  # intermixed: sources between flags, too
    arguments.source += words[end + 1:]
    return arguments


def overrides(arguments: argparse.Namespace) -> dict[str, str | bool]:
    """The values of options that the command line sets for this run, by key."""
    made: dict[str, str | bool] = {}
    for option in OPTIONS:
        value = vars(arguments).get(option.flag.lstrip("-").replace("-", "_"))
        if isinstance(option.default, bool) and value not in (None, False):
            made[option.key] = True
        elif value not in (None, False, AS_SET):
            made[option.key] = value
    return made


def source_error(word: str) -> str:
    """Why `word` cannot be a source, whatever is on the disk; usually empty."""
    if not word:
        return "SOURCE is empty: give a file or a folder, or leave it out for the gallery that comes with Liftoff."
    if _URL.fullmatch(word) and source_path(word) == Path(word):
        return f"{word!r} is an address: Liftoff shows what lies on this computer. Give a file or a folder."
    return ""


def source_path(word: str) -> Path:
    """The path `word`, which may be a file URL."""
    if not _URL.fullmatch(word):
        return Path(word)
    from viewer.gallery.paths import path_of

    return path_of(word) or Path(word)


def is_interval(word: str) -> bool:
    """Whether `word` is a time for each picture: auto, or seconds from 0 to a day."""
    if word == "auto":
        return True
    try:
        return 0 <= float(word.replace(",", ".")) <= 86_400
    except ValueError:
        return False


def _with_values(words: Sequence[str]) -> list[str]:
    """Give -s and --shuffle a value where they have none, so that SOURCE is not taken for it."""
    made: list[str] = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        means_time = is_interval(following) or _TIME_LIKE.fullmatch(following)
        if word in ("-s", "-fs", "--slideshow") and not means_time:
            made += [*(["-f"] if word == "-fs" else []), f"--slideshow={AS_SET}"]
        elif word == "--shuffle" and not following.isdecimal():
            made.append(f"--shuffle={AS_SET}")
        else:
            made.append(word)
    return made
