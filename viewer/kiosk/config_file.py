"""Reads a keeper's TOML file into `viewer.kiosk.config`; what is wrong with it is said with its line and key."""

from __future__ import annotations

import re
import tomllib
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from viewer.gallery.files import open_regular, why
from viewer.gallery.model import GalleryError
from viewer.gallery.problems import shown
from viewer.kiosk.config import KioskConfig, KioskStart
from viewer.kiosk.config_faults import port_faults, screen_faults, struct_faults
from viewer.kiosk.config_syntax import syntax_sentence
from viewer.kiosk.toml_lines import KeyPath, lines_of
from viewer.locations import kiosk_file, kiosk_screen_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LARGEST: Final = 64 * 1024  # bytes of a file that is read
MOST_FAULTS: Final = 30
SYSTEM_FILE: Final = Path("/etc/liftoff/kiosk.toml")
_POSITION: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class Fault(NamedTuple):
    """One thing wrong with a file: its line from 1, 0 where that is not known, and the sentence, place included."""

    line: int
    sentence: str


class ConfigError(Exception):
    """A file cannot be used; `faults` are all there are, in the order of lines, and the message is the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].sentence)
        self.faults = tuple(faults)


def find_config(named: Path | None = None, places: Sequence[Path] | None = None) -> Path | None:
    """The file to read: the one that is `named`, else the first there is of the person's own and the machine's."""
    if named is not None:
        return named
    return next((place for place in places or (kiosk_file(), SYSTEM_FILE) if _is_there(place)), None)


def read_config(path: Path | None, home: Path | None = None) -> KioskConfig:
    """What the file at `path` says, or the defaults without one. Raises ConfigError.

    Galleries are made absolute: they are relative to the folder of the file, and ``~`` is `home`, which is that of this
    account where it is None.
    """
    if path is None:
        return KioskConfig()
    text, data = read_toml(path)
    _refuse(path, text, struct_faults(data, KioskConfig, ()))
    config = msgspec.convert(data, KioskConfig)
    _refuse(path, text, [*screen_faults(config.screen), *port_faults(config)])
    folder = path.absolute().parent
    screens = tuple(msgspec.structs.replace(screen, gallery=_beside(folder, screen.gallery, home))
                    for screen in config.screen)
    return msgspec.structs.replace(config, gallery=_beside(folder, config.gallery, home), screen=screens)


def _refuse(path: Path, text: str, faults: Iterable[tuple[KeyPath, str]]) -> None:
    """Raise ConfigError if there are any; of very many with the first that are found."""
    if found := sorted((lines_of(text, at)[0] + 1, said) for at, said in islice(faults, MOST_FAULTS)):
        raise ConfigError([Fault(line, f"{shown(path)}, line {line}: {said}") for line, said in found])


def read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of the file at `path`, and what it says, whatever that is; raises ConfigError where it is not TOML."""
    text = _read_text(path)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_syntax_fault(path, text, str(error))]) from error
    except (RecursionError, ValueError) as error:  # ValueError: an integer of thousands of digits
        raise ConfigError([Fault(0, f"{shown(path)} has a number too long, or lists within lists too deep, to be read; "
                                    "correct it.")]) from error


def _read_text(path: Path) -> str:
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST + 1)
    except GalleryError as error:
        raise ConfigError([Fault(0, f"{shown(path)} is not a file; name the file with what is set.")]) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise ConfigError([Fault(0, f"{shown(path)} cannot be opened: {why(error)}.")]) from error
    if len(data) > LARGEST:
        raise ConfigError([Fault(0, f"{shown(path)} is larger than {LARGEST >> 10} KiB; name the right file.")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sentence = f"{shown(path)}, line {line}: a letter is not UTF-8; save the file in that encoding."
        raise ConfigError([Fault(line, sentence)]) from error


def read_start(named: Path | None, entry: int, heartbeat_fd: int) -> KioskStart:
    """How the show of one screen begins, by the file that is `named`, or else found. Raises ConfigError."""
    return KioskStart(read_config(find_config(named)), kiosk_screen_folder(entry), entry, heartbeat_fd)


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError:  # reading it says why
        return True
    return True


def _beside(folder: Path, gallery: str, home: Path | None) -> str:
    if not gallery:
        return ""
    if home is not None and Path(gallery).parts[:1] == ("~",):
        return str(home.joinpath(*Path(gallery).parts[1:]))
    return str(folder / Path(gallery).expanduser())


def _syntax_fault(path: Path, text: str, message: str) -> Fault:
    found = _POSITION.search(message)
    end = text.rfind("'") if message.startswith("Expected \"'\"") else len(text.rstrip())  # of a text with no end
    line = int(found[1]) if found and found[1] else text.count("\n", 0, end) + 1
    return Fault(line, f"{shown(path)}, line {line}: {syntax_sentence(message)}.")
