"""The command line: shows a gallery, checks one (``check``), sets up a kiosk (``kiosk``), or prints versions.

The flags of options come from the table in `viewer.settings`. What cannot work is reported in one sentence on the error
stream and by the exit status: 2 for the arguments, 3 for what the system lacks.
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viewer import __version__
from viewer.argument_parser import SYSTEM_ERROR, USAGE_ERROR, ArgumentParser
from viewer.settings import BY_KEY, OPTIONS
from viewer.startup import preflight
from viewer.startup.print_line import print_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.kiosk.config import KioskStart

_AS_SET: Final = "as-set"  # the value of a flag without one: as in the settings
_TIME_LIKE: Final = re.compile(r"[-+]?\d+([.,]\d+)?(s|sec|min)?")  # wrong, but not meant as a file
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://.*", re.DOTALL)


def main(words: Sequence[str] | None = None) -> int:
    """Run the program with the arguments `words`; returns the exit status."""
    given = list(sys.argv[1:] if words is None else words)
    try:
        if given[:1] == ["check"]:
            return _check(given[1:])
        if given[:1] == ["kiosk"]:
            return _kiosk(given[1:])
        arguments = parse(given)
        return _version() if arguments.version else _show(arguments, given)
    except KeyboardInterrupt:
        return 130  # as a shell's status for Ctrl+C: 128 plus the signal's number


def _show(arguments: argparse.Namespace, given: Sequence[str]) -> int:
    if arguments.slideshow not in (None, _AS_SET) and not is_interval(arguments.slideshow):
        return _refuse(f"{arguments.slideshow!r} is not a time: give seconds from 0 to 86400, such as 8, or auto.",
                       USAGE_ERROR)
    if error := next(filter(None, map(_source_error, arguments.source)), ""):
        return _refuse(error, USAGE_ERROR)
    kiosk = _kiosk_start(arguments)
    if isinstance(kiosk, str):
        return _refuse(kiosk, USAGE_ERROR)
    if kiosk is not None and kiosk.heartbeat_fd < 0 and sys.platform != "win32":
        return _supervise(kiosk, given, strict=_is_strict(arguments, kiosk))
    if sentence := preflight.safe_pair() or preflight.screen():
        return _refuse(sentence, SYSTEM_ERROR)
    from viewer.startup.early_decode import EarlyDecode, Source

    if (strict := _is_strict(arguments, kiosk)) and (sentence := _refusal_without_sandbox()):
        return _refuse(sentence, SYSTEM_ERROR)
    sources = arguments.source if kiosk is None else kiosk.sources(arguments.source)
    gc.disable()  # until the first picture is displayed: nothing that is made during a start is garbage
    source = Source(tuple(map(_path, sources)), arguments.start or "", kiosk is not None and kiosk.inside_only)
    if kiosk is not None:
        from viewer.kiosk.resume import resuming

        source = resuming(source, kiosk.state_folder)
    early = EarlyDecode(source, strict=strict, thumbnails=not (arguments.fullscreen or kiosk))
    try:
        if sentence := preflight.libraries():
            return _refuse(sentence, SYSTEM_ERROR)
        # Python runs one thread at a time: read first, and the worker decodes the first picture while Qt is imported.
        early.wait(0.08)  # seconds; a gallery that takes longer is read while Qt is imported
        from viewer.app.run import run
        from viewer.app.start import Start

        seed = None if arguments.shuffle in (None, _AS_SET) else arguments.shuffle
        start = Start(fullscreen=arguments.fullscreen, play=arguments.slideshow is not None,
                      screen=arguments.screen or "", shuffle_seed=seed, overrides=overrides(arguments))
        sentence = run(early, start, kiosk)
        return _refuse(sentence, USAGE_ERROR) if sentence else 0
    finally:
        gc.enable()
        early.end()


def _kiosk_start(arguments: argparse.Namespace) -> KioskStart | str | None:
    """How the kiosk begins if one is asked for, or a sentence where that cannot be."""
    if not arguments.kiosk:
        return None if arguments.config is None else "--config is for an unattended screen: add --kiosk."
    from viewer.kiosk.config_file import ConfigError, read_start

    try:
        return read_start(arguments.config, arguments.kiosk_entry, arguments.heartbeat_fd)
    except ConfigError as error:
        return str(error)


def _supervise(kiosk: KioskStart, given: Sequence[str], *, strict: bool) -> int:
    """Keep the shows of a kiosk on its screens; what would keep them from ever starting is refused here."""
    from viewer.supervisor.start import supervise

    sentence = (preflight.safe_pair() or preflight.nameless_screen() or preflight.libraries()
                or (strict and _refusal_without_sandbox()) or supervise(kiosk.config, given, preflight.screen))
    return _refuse(sentence, SYSTEM_ERROR) if sentence else 0


def _is_strict(arguments: argparse.Namespace, kiosk: KioskStart | None) -> bool:
    """Whether pictures are to be decoded in a full sandbox or not at all."""
    from viewer.startup.early_options import sandbox_is_required

    own = kiosk is not None and kiosk.config.options.get("decode/require-sandbox", False)
    return arguments.require_sandbox or own or sandbox_is_required()


def _refusal_without_sandbox() -> str | None:
    from viewer.imaging.pool.sandbox_probe import refusal_without_sandbox

    return refusal_without_sandbox()


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Parse the command line; exits with a message where it is not valid."""
    parser = ArgumentParser(
        prog="liftoff",
        description="Shows pictures with their captions: by hand, as a slideshow, in full screen.",
        epilog="liftoff check SOURCE [--json] [--fast] says what is wrong with a gallery and its pictures: status 0 "
               "fine, 1 warnings, 2 errors; with --at TIME, what would be shown then. liftoff kiosk --help: sets up an "
               "unattended screen.",
    )
    parser.add_argument("source", metavar="SOURCE", nargs="*",
                        help="a manifest, a folder, pictures, a list (CSV) or a IIIF manifest; "
                             "without one, the gallery that comes with Liftoff")
    parser.add_argument("-f", "--fullscreen", action="store_true", help="start in full screen")
    parser.add_argument("-s", "--slideshow", metavar="SECONDS|auto", nargs="?", const=_AS_SET,
                        help="start playing: each picture for so many seconds, or as long as its caption takes to read")
    parser.add_argument("--kiosk", action="store_true",
                        help="play unattended in full screen; visitors can page and pause, and not leave")
    parser.add_argument("--config", metavar="FILE", type=Path, help="what is set for the kiosk, as TOML; without it, "
                        "~/.config/liftoff/kiosk.toml or /etc/liftoff/kiosk.toml")
    parser.add_argument("--start", metavar="N|ID", help="the slide to start with")
    parser.add_argument("--screen", metavar="NAME|N", help="the screen to appear on")
    parser.add_argument("--transition", choices=BY_KEY["show/transition"].choices,
                        help="how one picture gives way to the next")
    parser.add_argument("--shuffle", metavar="SEED", nargs="?", const=_AS_SET,
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
        elif value not in (None, False, _AS_SET):
            made[option.key] = value
    return made


def _source_error(word: str) -> str:
    """Why `word` cannot be a source, whatever is on the disk; usually empty."""
    if not word:
        return "SOURCE is empty: give a file or a folder, or leave it out for the gallery that comes with Liftoff."
    if _URL.fullmatch(word) and _path(word) == Path(word):
        return f"{word!r} is an address: Liftoff shows what lies on this computer. Give a file or a folder."
    return ""


def _path(word: str) -> Path:
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
            made += [*(["-f"] if word == "-fs" else []), f"--slideshow={_AS_SET}"]
        elif word == "--shuffle" and not following.isdecimal():
            made.append(f"--shuffle={_AS_SET}")
        else:
            made.append(word)
    return made


def _check(words: list[str]) -> int:
    parser = ArgumentParser(prog="liftoff check", description="Says all that is wrong with a gallery and its pictures. "
                                                              "Status 0: fine, 1: warnings, 2: errors.")
    parser.add_argument("source", metavar="SOURCE",
                        help="a manifest, a folder, a picture (for its folder), a list (CSV) or a IIIF manifest")
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    parser.add_argument("--fast", action="store_true",
                        help="do not decode the pictures: those that are damaged are not found")
    parser.add_argument("--at", metavar="TIME", help="say instead which slides would be shown then, as in "
                        "2026-12-24T18:00. Status 0: some, 1: none, 2: the gallery cannot be opened")
    parser.add_argument("--config", metavar="FILE", type=Path, help="with --at: in the kiosk that this file sets")
    arguments = parser.parse_args(words)
    if error := _source_error(arguments.source):
        return _refuse(error, USAGE_ERROR)
    if arguments.at is not None or arguments.config is not None:
        return _check_at(arguments)
    from viewer.gallery.check import report
    from viewer.startup.decode_all import decode_all

    text, status = report(_path(arguments.source), None if arguments.fast else decode_all, as_json=arguments.json)
    return status if print_line(text) else SYSTEM_ERROR


def _check_at(arguments: argparse.Namespace) -> int:
    from viewer.kiosk.config_file import ConfigError, read_config
    from viewer.kiosk.shown_at import TimeError, moment_of, report_at

    try:
        config = None if arguments.config is None else read_config(arguments.config)
        moment = moment_of(arguments.at, config)
    except (ConfigError, TimeError) as error:
        return _refuse(str(error), USAGE_ERROR)
    text, status = report_at(_path(arguments.source), moment, config, as_json=arguments.json)
    return status if print_line(text) else SYSTEM_ERROR


def _kiosk(words: list[str]) -> int:
    from viewer.kiosk_commands.arguments import run

    answer = run(words)
    if answer.text and not print_line(answer.text):
        return SYSTEM_ERROR
    return _refuse(answer.error, answer.status) if answer.error else answer.status


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
    return 0 if print_line("\n".join(lines)) else SYSTEM_ERROR


def _refuse(sentence: str, status: int) -> int:
    print_line(f"liftoff: {sentence}", sys.stderr)
    return status
