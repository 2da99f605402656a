"""``liftoff kiosk pin``: asks for the PIN that ends the show, and writes its hash into the keeper's file."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from typing import TYPE_CHECKING, Final

from viewer.answer import Answer
from viewer.argument_parser import USAGE_ERROR
from viewer.gallery.files import why, write_atomically
from viewer.gallery.model import GalleryError
from viewer.gallery.problems import shown
from viewer.kiosk.config_file import find_config, read_toml
from viewer.kiosk.pin import LONGEST, SHORTEST, hash_of
from viewer.kiosk.toml_edit import NotEditableError, with_text
from viewer.kiosk_commands.command import Command, add_config
from viewer.locations import kiosk_file

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from viewer.argument_parser import ArgumentParser

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class _RefusedError(Exception):
    """There is no PIN to be set; the message is a sentence."""


def _add_arguments(parser: ArgumentParser) -> None:
    add_config(parser)
    parser.add_argument("--remove", action="store_true", help="have no PIN: then nobody can end the show at the screen")


def _run(arguments: Namespace) -> Answer:
    path = find_config(arguments.config) or kiosk_file()
    try:
        text = read_toml(path)[0] if path.exists() else ""
        made = with_text(text, "pin", "" if arguments.remove else hash_of(_asked()))
        if made != text:
            _write(path, made)
    except NotEditableError:
        return Answer(error=f"“pin” of {shown(path)} is no text on a line of its own; delete it and try again.",
                      status=USAGE_ERROR)
    except (ValueError, GalleryError, _RefusedError) as error:
        return Answer(error=str(error), status=USAGE_ERROR)
    except OSError as error:
        return Answer(error=f"{shown(path)} could not be saved: {why(error)}. Nothing was changed.", status=USAGE_ERROR)
    done = "There is no PIN any more" if arguments.remove else "The PIN is set"
    readable = os.name == "posix" and not arguments.remove and path.stat().st_mode & stat.S_IROTH
    warning = (f" Every user of this machine can read its hash, and could find out a short PIN from it: type "
               f"“chmod o-r {shown(path)}” if only the kiosk's account needs the file.") if readable else ""
    return Answer(f"{done}, in {shown(path)}. A show that runs has it after its next start.{warning}")


COMMAND: Final = Command("pin", f"set the PIN, {SHORTEST} to {LONGEST} digits, that ends the show at the screen",
                         _add_arguments, _run)


def _asked() -> str:
    """The PIN typed twice at a terminal, unseen, or the first line of what is piped in; raises _RefusedError."""
    if not sys.stdin or not sys.stdin.isatty():
        return sys.stdin.readline(1000).strip() if sys.stdin else ""
    try:
        pin = getpass.getpass(f"The PIN that ends the show, {SHORTEST} to {LONGEST} digits: ").strip()
        hash_of(pin)  # what is no PIN need not be typed again
        if getpass.getpass("Once more: ").strip() != pin:
            raise _RefusedError("The two were not the same; nothing was changed. Try again.")
    except EOFError:
        raise _RefusedError("No PIN was typed; nothing was changed.") from None
    return pin


def _write(path: Path, text: str) -> None:
    """Replace the file. Nobody but its owner can read a new one, or the person's own one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    elif path == kiosk_file() and path.stat().st_mode & _OTHERS:
        path.chmod(0o600)
    write_atomically(path, [text.encode()])
