"""What viewer and worker say to each other, and nothing more.

One JSON object a line over a socket pair; the shared memory for the pixels travels beside the request as a file
descriptor (`viewer.imaging.frames`). One request is under way per worker at a time. The worker answers a picture
with `Opened` as soon as it knows which file it has (so that a crash can be laid at that file's door) and then with
exactly one of `Done`, `Failed` or `Unchanged`; or at once with `Outside`. The viewer treats each line as hostile:
`read_reply` checks every type and range and raises `ProtocolError` otherwise, upon which the worker is ended. What is
said before the first request stands in `viewer.imaging.admission`.

Standard library only, and little of it: both sides load this before the first picture.
"""

from __future__ import annotations

import json
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from viewer.imaging.failures import SENTENCES, Failure
from viewer.imaging.limits import DEFAULT, HIGHEST, Limits, read_limits

LONGEST_LINE: Final = 256 * 1024
"""Bytes; a longer line from either side is an error. Paths are at most 4 KiB, metadata is bounded below."""

LONGEST_TEXT: Final = 20_000
"""Characters of one embedded text that are passed on."""

LARGEST_SIDE: Final = HIGHEST.side
"""Pixels; no picture, box or reply is larger on one side."""

THUMBNAIL_SIDE: Final = 256
"""Pixels that a thumbnail has at most on a side, on a screen of scale 1 or 2: the desktop's "large" ones."""

Kind: TypeAlias = Literal["picture", "thumbnail"]
TEXT_KEYS: Final = ("title", "caption", "credit", "alt", "rights", "taken", "camera", "exposure")
_LONG_KEYS: Final = frozenset(["caption", "credit", "alt", "rights"])
"""Texts that may have several lines."""


class ProtocolError(Exception):
    """A line that the other side should never have sent."""


class Identity(NamedTuple):
    """Which version of a file it is: it has changed when one of these has."""

    mtime_ns: int
    size: int
    inode: int


class Region(NamedTuple):
    """A part of a picture that was fitted into its box, upright, in pixels of that size."""

    x: int
    y: int
    width: int
    height: int


class Request(NamedTuple):
    """One picture wanted.

    The picture is fitted into `width` x `height` device pixels after orientation, and never enlarged. `capacity` is
    the size in bytes of the shared memory that comes with it, at least 4 x width x height. `frame` counts the frames
    of an animation from 0. A file that still is `unless` is answered with `Unchanged`, unread. `thumbnails` is the
    root of the desktop's thumbnail cache, for requests of kind "thumbnail"; empty: do not look there. `limits` is what
    the file may have. With a `region` no more than that part is wanted, and `capacity` need only be enough for it.
    For a thumbnail that may be `rough` a smaller one will do that the camera put into the file, if there is one.
    """

    serial: int
    kind: Kind
    path: str
    width: int
    height: int
    capacity: int
    frame: int = 0
    unless: Identity | None = None
    thumbnails: str = ""
    limits: Limits = DEFAULT
    region: Region | None = None
    rough: bool = False


class Opened(NamedTuple):
    """The worker has the file open and is about to parse it."""

    serial: int
    identity: Identity


class Done(NamedTuple):
    """The pixels are in the shared memory.

    `width` x `height` pixels of 4 bytes in rows of exactly 4 x width bytes: B, G, R, X, or with `alpha` B, G, R, A
    premultiplied. `source_width` x `source_height` is the whole picture after orientation, at full size. `frames` is
    how many frames the file has, `duration` the milliseconds this one is to be seen, `loops` how often the animation
    runs (0: for ever). `from_cache` marks a thumbnail that another program had made already; `texts` the embedded
    words by the names in `TEXT_KEYS`. Where a region was wanted, the pixels are those from its left upper corner on, as
    far as there are any, and `whole` is the width and height of the picture fitted into its box; otherwise None.
    """

    serial: int
    width: int
    height: int
    alpha: bool
    source_width: int
    source_height: int
    frames: int
    duration: int
    loops: int
    format: str
    identity: Identity
    from_cache: bool
    texts: dict[str, str]
    whole: tuple[int, int] | None = None


class Failed(NamedTuple):
    """There will be no pixels. `identity` is None where the file could not even be opened."""

    serial: int
    failure: Failure
    identity: Identity | None


class Unchanged(NamedTuple):
    """The file still is the version named in `Request.unless`."""

    serial: int


class Outside(NamedTuple):
    """The file really lies outside what this worker may read, by a link perhaps, or since it was started."""

    serial: int


Reply: TypeAlias = Opened | Done | Failed | Unchanged | Outside


def write_request(request: Request) -> bytes:
    """`request` as one line."""
    return line_of(request._asdict())


def read_request(line: bytes) -> Request:
    """The request in `line`; raises ProtocolError."""
    fields = fields_in(line)
    try:
        unless, limits, region = fields.pop("unless"), read_limits(fields.pop("limits")), fields.pop("region")
        return Request(
            **fields, unless=None if unless is None else Identity(*unless), limits=limits,
            region=None if region is None else Region(*region),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ProtocolError(f"not a request: {error}") from error


def write_reply(reply: Reply) -> bytes:
    """`reply` as one line."""
    fields = reply._asdict()
    if isinstance(reply, Done):
        return _written_done(reply)
    if isinstance(reply, Failed):
        fields["failure"] = [reply.failure.reason, reply.failure.detail[:200]]
    return line_of({"reply": type(reply).__name__, **fields})


def _written_done(reply: Done) -> bytes:
    """With texts as long as they may be, or only so long that the line is not too long: no picture is lost to them."""
    longest = LONGEST_TEXT
    while True:
        texts = {key: text[:longest] for key, text in reply.texts.items() if key in TEXT_KEYS}
        line = line_of({"reply": "Done", **reply._asdict(), "texts": texts})
        if len(line) <= LONGEST_LINE:
            return line
        longest //= 2


def read_reply(line: bytes, request: Request) -> Reply:
    """The reply in `line` to `request`; raises ProtocolError for anything that does not fit it exactly."""
    fields = fields_in(line)
    if _whole(fields, "serial", 0, 1 << 62) != request.serial:
        raise ProtocolError("an answer to another request")
    match fields.get("reply"):
        case "Opened":
            return Opened(request.serial, _identity(fields.get("identity")))
        case "Done":
            return _done(fields, request)
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
        raise ProtocolError("more pixels than there is room for")
    return Done(
        request.serial, width, height, _flag(fields, "alpha"),
        _whole(fields, "source_width", 1, LARGEST_SIDE), _whole(fields, "source_height", 1, LARGEST_SIDE),
        _whole(fields, "frames", 1, 1 << 31), _whole(fields, "duration", 0, 1 << 31),
        _whole(fields, "loops", 0, 1 << 31), _words(fields.get("format"), 20), _identity(fields.get("identity")),
        _flag(fields, "from_cache"), _texts(fields.get("texts")), whole,
    )


def _whole_size(raw: object, request: Request, width: int, height: int) -> tuple[int, int] | None:
    """The size of the picture that a region is part of: it holds the region, and fits its box."""
    if request.region is None and raw is None:
        return None
    if request.region is None or not (isinstance(raw, list) and len(raw) == 2 and all(type(n) is int for n in raw)):
        raise ProtocolError("a region where none was wanted, or none where one was")
    if not (width <= raw[0] <= request.width and height <= raw[1] <= request.height):
        raise ProtocolError("a region that is not in its picture")
    return raw[0], raw[1]


def _texts(raw: object) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise ProtocolError("texts are not a table")
    return {key: _words(raw[key], LONGEST_TEXT, lines=key in _LONG_KEYS) for key in TEXT_KEYS if key in raw}


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
    """A text that can be shown and logged as it is: no control characters, nothing that turns its direction."""
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
