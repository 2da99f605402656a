"""Reads a keeper's TOML file into `viewer.kiosk.config`; what is wrong with it is said with its line and key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
from msgspec import inspect

from viewer.gallery.files import open_regular, why
from viewer.gallery.model import GalleryError
from viewer.gallery.problems import described, shown
from viewer.kiosk.config import KioskConfig, KioskStart
from viewer.kiosk.config_values import VALUES, near, option_fault, screen_faults
from viewer.kiosk.toml_lines import KeyPath, lines_of
from viewer.locations import kiosk_file, kiosk_screen_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LARGEST: Final = 256 * 1024  # bytes of a file that is read
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
    _refuse(path, text, _struct_faults(data, KioskConfig, ()))
    config = msgspec.convert(data, KioskConfig)
    _refuse(path, text, screen_faults(config.screen))
    folder = path.absolute().parent
    screens = tuple(msgspec.structs.replace(screen, gallery=_beside(folder, screen.gallery, home))
                    for screen in config.screen)
    return msgspec.structs.replace(config, gallery=_beside(folder, config.gallery, home), screen=screens)


def _refuse(path: Path, text: str, faults: Iterable[tuple[KeyPath, str]]) -> None:
    """Raise ConfigError if there are any."""
    found = sorted((lines_of(text, at)[0] + 1, said) for at, said in faults)
    if found:
        raise ConfigError([Fault(line, f"{shown(path)}, line {line}: {said}") for line, said in found])


def read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of the file at `path`, and what it says, whatever that is; raises ConfigError where it is not TOML."""
    text = _read_text(path)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_syntax_fault(path, text, str(error))]) from error


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
    line = int(found[1]) if found and found[1] else text.rstrip().count("\n") + 1
    said = _POSITION.sub("", message)
    return Fault(line, f"{shown(path)}, line {line}: this is not TOML ({said[:1].lower()}{said[1:]}); write "
                       "key = value, with texts in quotes, and every key once.")


def _struct_faults(value: object, struct: type[msgspec.Struct], at: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """What is wrong with the table `value`, which is to be a `struct`: where, and a sentence that names the key."""
    if not isinstance(value, dict):
        yield at, f"{_named(at)} is {described(value)}; write it as a table, [{_plain(at)}]."
        return
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
    for key, entry in value.items():
        here = (*at, key)
        if key not in fields:
            yield here, f"there is no key {_named(here)}; {near(key, fields)}."
        elif key == "options" and isinstance(entry, dict):
            yield from (((*here, name), said) for name, raw in entry.items() if (said := option_fault(name, raw)))
        else:
            yield from _value_faults(entry, fields[key], here)


def _value_faults(value: object, wanted: Any, at: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    match inspect.type_info(wanted):
        case inspect.StructType(cls=struct):
            yield from _struct_faults(value, struct, at)
        case inspect.VarTupleType(item_type=inspect.StructType(cls=struct)):
            if not isinstance(value, list):
                yield at, f"{_named(at)} is {described(value)}; write each as a table, [[{_plain(at)}]]."
                return
            for index, entry in enumerate(value):
                yield from _struct_faults(entry, struct, (*at, index))
        case kind:
            try:
                msgspec.convert(value, wanted)
            except msgspec.ValidationError:
                yield at, f"{_named(at)} is {described(value)}; write {_described_type(kind)}."
                return
            judge = VALUES.get(_plain(at))
            if judge and (said := judge(value)):
                yield at, f"{_named(at)}: {said}."


def _described_type(kind: inspect.Type) -> str:
    """What is to be written for a type, in words."""
    match kind:
        case inspect.BoolType():
            return "true or false"
        case inspect.IntType(ge=low, le=high):
            return f"a whole number from {low} to {high}"
        case inspect.FloatType(ge=low, le=high):
            return f"a number from {low} to {high}"
        case inspect.VarTupleType():
            return "a list of texts in quotes, as in [\"one\", \"two\"]"
        case inspect.UnionType(types=types):
            return _described_type(types[0])
        case inspect.DictType():
            return "it as a table, [options]"
    return "a text in quotes"


def _plain(at: KeyPath) -> str:
    """A key as it is written in a file, without indices."""
    return ".".join(shown(key) for key in at if isinstance(key, str))


def _named(at: KeyPath) -> str:
    number = next((key for key in at if isinstance(key, int)), None)
    return f"“{_plain(at)}”" + ("" if number is None else f" of screen {number + 1}")
