"""Encodes messages as lines of JSON and decodes them; every field of a worker's line is validated."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from viewer.imaging.protocol.failures import SENTENCES, Failure
from viewer.imaging.protocol.limits import HIGHEST, read_limits
from viewer.imaging.protocol.messages import (
    LARGEST_SIDE,
    LONG_KEYS,
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_LANGUAGES,
    TEXT_KEYS,
    TRANSLATED_KEYS,
    Described,
    Done,
    Failed,
    Identity,
    Opened,
    Outside,
    Parsed,
    ProtocolError,
    Region,
    Reply,
    Request,
    Unchanged,
    Words,
)

_LANGUAGE_TAG: Final = re.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,3}")


def write_request(request: Request) -> bytes:
    """`request` as one line."""
    return line_of(request._asdict())


def read_request(line: bytes) -> Request:
    """The request in `line`; raises ProtocolError."""
    fields = fields_in(line)
    try:
        unless, limits, region = fields.pop("unless"), read_limits(fields.pop("limits")), fields.pop("region")
        beside = tuple(map(str, fields.pop("beside")))
        return Request(
            **fields, beside=beside, unless=None if unless is None else Identity(*unless), limits=limits,
            region=None if region is None else Region(*region),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ProtocolError(f"not a request: {error}") from error


def write_reply(reply: Reply) -> bytes:
    """`reply` as one line."""
    fields = reply._asdict()
    if isinstance(reply, (Done, Described)):
        return _with_texts_cut(reply)
    if isinstance(reply, Failed):
        fields["failure"] = [reply.failure.reason, reply.failure.detail[:200]]
    return line_of({"reply": type(reply).__name__, **fields})


def _with_texts_cut(reply: Done | Described) -> bytes:
    """Texts are cut until the line is short enough: no picture is lost to its metadata."""
    longest = LONGEST_TEXT
    while True:
        texts = {key: _cut(words, longest) for key, words in reply.texts.items() if key in TEXT_KEYS}
        line = line_of({"reply": type(reply).__name__, **reply._asdict(), "texts": texts})
        if len(line) <= LONGEST_LINE:
            return line
        longest //= 2


def _cut(words: Words, longest: int) -> Words:
    """`words`, no wording with more characters than `longest`."""
    return words[:longest] if isinstance(words, str) else {tag: text[:longest] for tag, text in words.items()}


def read_reply(line: bytes, request: Request) -> Reply:
    """The reply in `line` to `request`; raises ProtocolError for anything that does not fit it exactly."""
    fields = fields_in(line)
    if _whole(fields, "serial", 0, 1 << 62) != request.serial:
        raise ProtocolError("an answer to another request")
    match fields.get("reply"):
        case "Opened":
            return Opened(request.serial, _identity(fields.get("identity")))
        case "Parsed":
            return Parsed(request.serial, _whole(fields, "pixels", 1, HIGHEST.pixels))
        case "Done" if request.kind != "texts":
            return _done(fields, request)
        case "Described" if request.kind == "texts":
            return Described(request.serial, *_source_size(fields), _words(fields.get("format"), 20),
                             _identity(fields.get("identity")), _texts(fields.get("texts")))
        case "Failed":
            identity = fields.get("identity")
            return Failed(request.serial, _failure(fields), None if identity is None else _identity(identity))
        case "Unchanged" if request.unless is not None:
            return Unchanged(request.serial)
        case "Outside":
            return Outside(request.serial)
    raise ProtocolError("not an answer")


def _done(fields: dict[str, Any], request: Request) -> Done:
    region = request.region or Region(0, 0, request.width, request.height)
    width = _whole(fields, "width", 1, region.width)
    height = _whole(fields, "height", 1, region.height)
    whole = _whole_size(fields.get("whole", ()), request, region.x + width, region.y + height)
    if width * height * 4 > request.capacity:
        raise ProtocolError("more pixels than the buffer holds")
    incomplete = _flag(fields, "incomplete")
    if incomplete and not request.partial:
        raise ProtocolError("a part of a picture where the whole was wanted")
    return Done(
        request.serial, width, height, _flag(fields, "alpha"),
        *_source_size(fields),
        _whole(fields, "frames", 1, 1 << 31), _whole(fields, "duration", 0, 1 << 31),
        _whole(fields, "loops", 0, 1 << 31), _words(fields.get("format"), 20), _identity(fields.get("identity")),
        _flag(fields, "from_cache"), _texts(fields.get("texts")), whole, incomplete,
    )


def _source_size(fields: dict[str, Any]) -> tuple[int, int]:
    return _whole(fields, "source_width", 1, LARGEST_SIDE), _whole(fields, "source_height", 1, LARGEST_SIDE)


def _whole_size(raw: object, request: Request, width: int, height: int) -> tuple[int, int] | None:
    """The size of the picture that a region is part of: it contains the region and fits the box."""
    if request.region is None and raw is None:
        return None
    if request.region is None or not (isinstance(raw, list) and len(raw) == 2 and all(type(n) is int for n in raw)):
        raise ProtocolError("a region where none was wanted, or none where one was")
    if not (width <= raw[0] <= request.width and height <= raw[1] <= request.height):
        raise ProtocolError("a region that is not in its picture")
    return raw[0], raw[1]


def _texts(raw: object) -> dict[str, Words]:
    if not isinstance(raw, dict):
        raise ProtocolError("texts are not a table")
    return {key: _wordings(raw[key], key) for key in TEXT_KEYS if key in raw}


def _wordings(raw: object, key: str) -> Words:
    """The text of `key`, in one wording or in several languages."""
    if not isinstance(raw, dict):
        return _words(raw, LONGEST_TEXT, lines=key in LONG_KEYS)
    if key not in TRANSLATED_KEYS or len(raw) > MOST_LANGUAGES or not all(map(_LANGUAGE_TAG.fullmatch, raw)):
        raise ProtocolError("languages where there are none, too many, or not such")
    return {tag: _words(text, LONGEST_TEXT, lines=key in LONG_KEYS) for tag, text in raw.items()}


def _failure(fields: dict[str, Any]) -> Failure:
    raw = fields.get("failure")
    if not (isinstance(raw, list) and len(raw) == 2 and isinstance(raw[0], str) and raw[0] in SENTENCES):
        raise ProtocolError("no such failure")
    return Failure(raw[0], _words(raw[1], 200))


def _identity(raw: object) -> Identity:
    if isinstance(raw, list) and len(raw) == 3 and all(type(part) is int and abs(part) < 1 << 64 for part in raw):
        return Identity(*raw)
    raise ProtocolError("not a file's identity")


def _whole(fields: dict[str, Any], key: str, low: int, high: int) -> int:
    number = fields.get(key)
    if type(number) is not int or not low <= number <= high:
        raise ProtocolError(f"{key} is out of range")
    return number


def _flag(fields: dict[str, Any], key: str) -> bool:
    flag = fields.get(key)
    if type(flag) is not bool:
        raise ProtocolError(f"{key} is not true or false")
    return flag


def _words(raw: object, longest: int, *, lines: bool = False) -> str:
    """A text that can be shown and logged safely: no control characters, nothing that changes its direction."""
    if not isinstance(raw, str) or len(raw) > longest:
        raise ProtocolError("a text is missing or too long")
    if not (raw.replace("\n", "") if lines else raw).isprintable():
        raise ProtocolError("a text with characters that nobody can read")
    return raw


def line_of(fields: dict[str, Any]) -> bytes:
    """`fields` as one line."""
    return json.dumps(fields, separators=(",", ":")).encode("ascii") + b"\n"


def fields_in(line: bytes) -> dict[str, Any]:
    """The fields of one line; raises ProtocolError where it is none."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("not JSON") from error
    if not isinstance(fields, dict):
        raise ProtocolError("not an object")
    return fields
