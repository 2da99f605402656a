"""What ``liftoff check`` does: says what is wrong with a gallery, or what of it would be shown at some time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from viewer.answer import Answer
from viewer.argument_parser import USAGE_ERROR, ArgumentParser
from viewer.gallery.check import report
from viewer.show_arguments import source_error, source_path
from viewer.startup.decode_all import decode_all

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence


def run(words: Sequence[str]) -> Answer:
    """Do what `words`, which follow ``liftoff check``, say; exits where they cannot be understood."""
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
    if error := source_error(arguments.source):
        return Answer(error=error, status=USAGE_ERROR)
    if arguments.at is not None or arguments.config is not None:
        return _check_at(arguments)
    decode = None if arguments.fast else decode_all
    text, status = report(source_path(arguments.source), decode, as_json=arguments.json)
    return Answer(text, status=status)


def _check_at(arguments: Namespace) -> Answer:
    from viewer.kiosk.config_file import ConfigError, read_config
    from viewer.kiosk.shown_at import TimeError, moment_of, report_at

    try:
        config = None if arguments.config is None else read_config(arguments.config)
        moment = moment_of(arguments.at, config)
    except (ConfigError, TimeError) as error:
        return Answer(error=str(error), status=USAGE_ERROR)
    text, status = report_at(source_path(arguments.source), moment, config, as_json=arguments.json)
    return Answer(text, status=status)
