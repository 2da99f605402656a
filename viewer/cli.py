"""The command line: shows a gallery, checks one (``check``), writes one (``new``), sets up a kiosk, prints versions.

What cannot work is reported in one sentence on the error stream and by the exit status: 2 for the arguments, 3 for what
the system lacks.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from viewer.argument_parser import SYSTEM_ERROR, USAGE_ERROR
from viewer.show_arguments import AS_SET, is_interval, overrides, parse, source_error, source_path
from viewer.startup import preflight
from viewer.startup.print_line import print_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from viewer.answer import Answer
    from viewer.kiosk.config import KioskStart


def main(words: Sequence[str] | None = None) -> int:
    """Run the program with the arguments `words`; returns the exit status."""
    given = list(sys.argv[1:] if words is None else words)
    try:
        if given[:1] == ["check"]:
            from viewer import check_command

            return _tell(check_command.run(given[1:]))
        if given[:1] == ["new"]:
            from viewer import new_command

            return _tell(new_command.run(given[1:]))
        if given[:1] == ["kiosk"]:
            from viewer.kiosk_commands import arguments as kiosk_commands

            return _tell(kiosk_commands.run(given[1:]))
        arguments = parse(given)
        if arguments.version:
            from viewer import version_command

            return _tell(version_command.run())
        return _show(arguments, given)
    except KeyboardInterrupt:
        return 130  # as a shell's status for Ctrl+C: 128 plus the signal's number


def _show(arguments: Namespace, given: Sequence[str]) -> int:
    if arguments.slideshow not in (None, AS_SET) and not is_interval(arguments.slideshow):
        return _refuse(f"{arguments.slideshow!r} is not a time: give seconds from 0 to 86400, such as 8, or auto.",
                       USAGE_ERROR)
    if error := next(filter(None, map(source_error, arguments.source)), ""):
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
    source = Source(tuple(map(source_path, sources)), arguments.start or "", kiosk is not None and kiosk.inside_only)
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

        seed = None if arguments.shuffle in (None, AS_SET) else arguments.shuffle
        start = Start(fullscreen=arguments.fullscreen, play=arguments.slideshow is not None,
                      screen=arguments.screen or "", shuffle_seed=seed, overrides=overrides(arguments))
        ended = run(early, start, kiosk)
        return _refuse(ended, USAGE_ERROR) if isinstance(ended, str) else ended
    finally:
        gc.enable()
        early.end()


def _kiosk_start(arguments: Namespace) -> KioskStart | str | None:
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


def _is_strict(arguments: Namespace, kiosk: KioskStart | None) -> bool:
    """Whether pictures are to be decoded in a full sandbox or not at all."""
    from viewer.startup.early_options import sandbox_is_required

    own = kiosk is not None and kiosk.config.options.get("decode/require-sandbox", False)
    return arguments.require_sandbox or own or sandbox_is_required()


def _refusal_without_sandbox() -> str | None:
    from viewer.imaging.pool.sandbox_probe import refusal_without_sandbox

    return refusal_without_sandbox()


def _tell(answer: Answer) -> int:
    if answer.text and not print_line(answer.text):
        return SYSTEM_ERROR
    return _refuse(answer.error, answer.status) if answer.error else answer.status


def _refuse(sentences: str, status: int) -> int:
    """Say each line of `sentences`, which is one usually."""
    for sentence in sentences.splitlines():
        print_line(f"liftoff: {sentence}", sys.stderr)
    return status
