"""What is wrong with what a keeper's file says: tables and keys, and values that do not go together.

Each fault is the path of a key, by which its line is found, and a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import inspect

from viewer.gallery.problems import shown
from viewer.kiosk.config import KioskConfig
from viewer.kiosk.config_values import LAST_PORT, VALUES, loopback_address, named, near, option_fault
from viewer.settings import BY_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from viewer.kiosk.config import ScreenConfig
    from viewer.kiosk.toml_lines import KeyPath


def struct_faults(value: object, struct: type[msgspec.Struct], at: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """What is wrong with the table `value`, which is to be a `struct`: where, and a sentence that names the key."""
    if not isinstance(value, dict):
        brackets = f"[[{_plain(at)}]]" if isinstance(at[-1], int) else f"[{_plain(at)}]"
        yield at, f"{_named(at)} is {named(value)}; write it as a table, {brackets}."
        return
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
    for key, entry in value.items():
        here = (*at, key)
        if key not in fields:
            yield here, f"there is no key {_named(here)}; {_place(key, at) or near(key, fields)}."
        elif key == "options" and isinstance(entry, dict):
            yield from (((*here, name), said) for name, raw in entry.items() if (said := option_fault(name, raw)))
        else:
            yield from _value_faults(entry, fields[key], here)


def screen_faults(screens: Sequence[ScreenConfig]) -> Iterator[tuple[KeyPath, str]]:
    """What is wrong with several screens together: where, and a sentence.

    Two windows on one screen hide each other, so what tells each from the others has to be said.
    """
    if screens and all(screen.mirror for screen in screens):
        yield ("screen", 0, "mirror"), ("a mirror repeats another screen, and there is none with a show of its own; "
                                        "leave this “mirror” out.")
    named = [(screen.name, screen.model, screen.serial) for screen in screens]
    for index, screen in enumerate(screens):
        if screen.mirror and screen.gallery:
            yield ("screen", index, "gallery"), (
                f"screen {index + 1} is a mirror, which shows what the first one does; leave out “gallery” or “mirror”."
            )
        if len(screens) > 1 and not any(named[index]):
            yield ("screen", index), (f"nothing tells screen {index + 1} from the others; write its “name”, “model” or "
                                      "“serial”, which “liftoff kiosk status” says while a kiosk runs.")
        elif (first := named.index(named[index])) < index:
            yield ("screen", index), (f"screen {index + 1} is the same as screen {first + 1}; write another, or leave "
                                      "one out.")


def port_faults(config: KioskConfig) -> Iterator[tuple[KeyPath, str]]:
    """Whether there are ports for the status of all screens: each has the next one."""
    if config.status.address:
        last = loopback_address(config.status.address)[1] + len(config.shows) - 1
        if last > LAST_PORT:
            yield ("status", "address"), (f"“status.address”: each screen has the next port, and {last} is none; write "
                                          "a smaller one.")


def _value_faults(value: object, wanted: Any, at: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    match inspect.type_info(wanted):
        case inspect.StructType(cls=struct):
            yield from struct_faults(value, struct, at)
        case inspect.VarTupleType(item_type=inspect.StructType(cls=struct)):
            if not isinstance(value, list):
                yield at, f"{_named(at)} is {named(value)}; write each as a table, [[{_plain(at)}]]."
                return
            for index, entry in enumerate(value):
                yield from struct_faults(entry, struct, (*at, index))
        case kind:
            try:
                msgspec.convert(value, wanted)
            except msgspec.ValidationError:
                yield at, _type_fault(value, kind, at)
                return
            judge = VALUES.get(_plain(at))
            if judge and (said := judge(value)):
                yield at, f"{_named(at)}: {said}."


def _type_fault(value: object, kind: inspect.Type, at: KeyPath) -> str:
    """What is wrong with a value that is no `kind`."""
    if at == ("pin",):  # which is not to be repeated in a log
        return "“pin”: this is not a hash; delete the line and type “liftoff kiosk pin”, which writes one."
    strange = next((entry for entry in value if not isinstance(entry, str)), None) if isinstance(value, list) else None
    if strange is not None and "list" in _described_type(kind):
        return f"{_named(at)} has {named(strange)} in its list; write every entry as a text in quotes."
    return f"{_named(at)} is {named(value)}; write {_described_type(kind)}."


def _place(key: str, at: KeyPath) -> str:
    """Where a key belongs that is not known in the table `at`, as the end of a sentence; empty where none is known."""
    tables: dict[str, type[msgspec.Struct]] = {"": KioskConfig, **dict(_tables(KioskConfig))}
    here = _plain(at)
    for name, struct in tables.items():
        if name != here and key in {field.encode_name for field in msgspec.structs.fields(struct)}:
            if not name:
                return "write it at the top of the file, before the first line in brackets"
            brackets = f"[[{name}]]" if name == "screen" else f"[{name}]"
            return f"write it under {brackets}" if not here else f"write it under {brackets}, not under [{here}]"
    return "write it under [options]" if key in BY_KEY and here != "options" else ""


def _tables(struct: type[msgspec.Struct]) -> Iterator[tuple[str, type[msgspec.Struct]]]:
    for field in msgspec.structs.fields(struct):
        match inspect.type_info(field.type):
            case inspect.StructType(cls=table) | inspect.VarTupleType(item_type=inspect.StructType(cls=table)):
                yield field.encode_name, table


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
