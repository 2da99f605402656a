"""A lenient JSON parser: accepts byte order marks, UTF-16 and UTF-32, stray bytes, and NaN.

`read_outline` parses the outermost object and leaves its values raw; `read_value` parses one of those, so that a
mistake costs only the value it stands in. What strict JSON does not allow (NaN, 1e400, a bare control character) is
returned as the text that stood there, for the reader of that key to validate.
"""

from __future__ import annotations

import codecs
import json
import math
from collections import Counter
from contextlib import suppress
from functools import reduce
from typing import Any, Final, NamedTuple

import msgspec

from viewer.gallery.model import GalleryError

DEEPEST: Final = 100  # levels; values nested deeper than this are not kept
# A value nested deeper than that, in place of one that cannot be parsed.
_TOO_DEEP: Final = reduce(lambda inner, _level: [inner], range(DEEPEST + 1), list[Any]())
_MOST_DIGITS: Final = 300
_DECODED_AT_ONCE: Final = 1 << 20  # bytes; no other thread runs meanwhile


class Outline(NamedTuple):
    """The raw values of the outermost object, for `read_value`, and a sentence on the encoding (empty: UTF-8)."""

    keys: dict[str, Any]
    note: str


def read_outline(data: bytes, name: str) -> Outline:
    """The outermost object of the JSON file called `name`; raises GalleryError."""
    text, note = as_utf8(data)
    if not text or text.isspace():
        raise GalleryError(f"{name} is empty; choose another file or copy it here again.")
    no_object = f"{name} is not a gallery: a gallery file is one JSON object, in braces."
    try:
        return Outline(msgspec.json.decode(text, type=dict[str, msgspec.Raw]), note)
    except msgspec.ValidationError as error:
        raise GalleryError(no_object) from error
    except (msgspec.DecodeError, RecursionError):
        pass  # strict JSON it is not
    try:
        value = _lenient(text.decode())
    except json.JSONDecodeError as error:
        raise GalleryError(f"{name} is not valid JSON: {error.msg[:1].lower()}{error.msg[1:]} in line {error.lineno}, "
                           f"column {error.colno}; correct it there.") from error
    except RecursionError as error:
        raise GalleryError(f"{name} is not a gallery: its brackets are nested too deeply; "
                           "choose another file.") from error
    if not isinstance(value, dict):
        raise GalleryError(no_object)
    return Outline(value, note)


def read_value(raw: object) -> Any:
    """Parse a value of an `Outline` or an item of `read_items`.

    What is nested deeper than the parser can go, which depends on the Python and the stack, becomes `_TOO_DEEP`: of an
    object only the values concerned.
    """
    if not isinstance(raw, msgspec.Raw):
        return raw
    value = _parsed(raw)
    if value is not _TOO_DEEP:
        return value
    try:
        return {key: _parsed(inner) for key, inner in msgspec.json.decode(raw, type=dict[str, msgspec.Raw]).items()}
    except (msgspec.DecodeError, RecursionError):  # it is no object
        return value


def _parsed(raw: msgspec.Raw) -> Any:
    try:
        try:
            return msgspec.json.decode(raw)
        except msgspec.DecodeError:
            return _lenient(bytes(raw).decode())
    except RecursionError:
        return _TOO_DEEP


def read_items(raw: object) -> list[Any] | None:
    """The items of a list, still raw, for `read_value`; None where it is no list."""
    if isinstance(raw, msgspec.Raw):
        try:
            return msgspec.json.decode(raw, type=list[msgspec.Raw])
        except msgspec.ValidationError:
            return None
    return raw if isinstance(raw, list) else None


def repeated_keys(raw: object) -> list[str]:
    """The keys that stand more than once in one object of `raw`; parsing keeps the last value of each."""
    found: dict[str, None] = {}

    def pairs(items: list[tuple[str, Any]]) -> None:
        counts = Counter(key for key, _value in items)
        found.update((key, None) for key in counts if counts[key] > 1)

    if isinstance(raw, msgspec.Raw):
        with suppress(RecursionError):  # it is nested too deep, which `read_value` makes known
            json.loads(bytes(raw), strict=False, object_pairs_hook=pairs, parse_int=str, parse_float=str)
    return list(found)


def too_deep(value: object) -> bool:
    """Whether `value` is nested deeper than `DEEPEST`."""
    level = [value]
    for _depth in range(DEEPEST + 1):
        level = [inner for outer in level if isinstance(outer, (dict, list))
                 for inner in (outer.values() if isinstance(outer, dict) else outer)]
        if not level:
            return False
    return True


def as_utf8(data: bytes) -> tuple[bytes, str]:
    """`data` as valid UTF-8 without a byte order mark, and a sentence on its encoding if it was another."""
    data = data.removeprefix(codecs.BOM_UTF8)
    encoding = json.detect_encoding(data)
    if encoding not in ("utf-8", "utf-8-sig", "utf-32-be"):  # the last is a HEIC picture: with a mark it is "utf-32"
        text = data.decode(encoding, "replace")
        return text.encode(), f"It is saved as {encoding.upper()[:6]}, not UTF-8; save it as UTF-8."
    if not _is_utf8(data):
        # A byte that is not UTF-8 is taken for what it most often is: a letter of the old Windows character set.
        windows = {0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(128, 256)}
        text = data.decode("utf-8", "surrogateescape").translate(windows)
        return text.encode(), "It is not saved as UTF-8, so some letters may be wrong; save it as UTF-8."
    return data, ""


def _is_utf8(data: bytes) -> bool:
    """Whether `data` is valid UTF-8."""
    view, at = memoryview(data), 0
    while at < len(view):
        end = at + _DECODED_AT_ONCE
        try:
            at += codecs.utf_8_decode(view[at:end], "strict", end >= len(view))[1]
        except UnicodeDecodeError:
            return False
    return True


def _lenient(text: str) -> Any:
    return json.loads(text, strict=False, parse_constant=str,
                      parse_float=lambda digits: number if math.isfinite(number := float(digits)) else digits,
                      parse_int=lambda digits: int(digits) if len(digits) <= _MOST_DIGITS else digits)
