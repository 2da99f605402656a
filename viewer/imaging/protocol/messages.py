"""Messages between viewer and workers: one JSON object a line over a socket pair.

A request carries its shared memory as a file descriptor (`viewer.imaging.protocol.shared_memory`); one request at a
time is under way at a worker. The worker answers with `Opened` as soon as it has opened the file, so that a crash can
be attributed to it, with `Parsed` where the picture turns out to be a large one, which has more time, and then with
exactly one of `Done`, `Described` and `Failed`; or at once with `Unchanged`, `Outside` or `Failed`. The viewer treats
each line as hostile: `read_reply` validates every type and range, and a worker that sends anything else is killed.
`viewer.imaging.protocol.handshake` comes before the first request.

Standard library only, and little of it: both sides load this before the first picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from viewer.imaging.protocol.limits import DEFAULT, HIGHEST, Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from viewer.imaging.protocol.failures import Failure

LONGEST_LINE: Final = 256 * 1024
"""Bytes; a longer line from either side is an error. Paths are at most 4 KiB, metadata is bounded below."""

LONGEST_TEXT: Final = 20_000
"""Characters of one embedded text that are passed on."""

LARGEST_SIDE: Final = HIGHEST.side
"""Pixels; no picture, box or reply is larger on one side."""

THUMBNAIL_SIDE: Final = 256
"""Pixels of a thumbnail's longer side, at most: the size "large" of the desktop's cache."""

Kind: TypeAlias = Literal["picture", "thumbnail", "texts"]
Words: TypeAlias = str | dict[str, str]
"""A text, or its wordings by language tag (BCP 47), of which ``none`` is that of no language in particular."""

TEXT_KEYS: Final = ("title", "caption", "credit", "alt", "rights", "taken", "camera", "exposure", "creator", "keywords",
                    "rating", "place")
LONG_KEYS: Final = frozenset(["caption", "credit", "alt", "rights", "keywords"])
"""Texts that may have several lines; keywords have one each."""

TRANSLATED_KEYS: Final = frozenset(["title", "caption", "alt", "rights"])
"""Texts that may have wordings in several languages."""

MOST_LANGUAGES: Final = 24
"""Wordings of one text that are passed on."""


class ProtocolError(Exception):
    """A line that violates the protocol."""


class Identity(NamedTuple):
    """Identity of a file's version: it has been changed or replaced when one of these differs."""

    mtime_ns: int
    size: int
    inode: int


class Box(NamedTuple):
    """The area that a picture is fitted into: width and height in device pixels."""

    width: int
    height: int


class Region(NamedTuple):
    """A rectangle of whole pixels; in a request the part of a picture fitted into its box, upright, in its pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column after it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row after it."""
        return self.y + self.height

    def intersected(self, other: Region) -> Region:
        """What lies in both; width and height are 0 where nothing does."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Region(x, y, max(0, min(self.right, other.right) - x), max(0, min(self.bottom, other.bottom) - y))

    def contains(self, other: Region) -> bool:
        """Whether all of `other` lies in this one."""
        return (self.x <= other.x and self.y <= other.y
                and self.right >= other.right and self.bottom >= other.bottom)


class Request(NamedTuple):
    """A request for one picture, or for the texts of one.

    The picture is fitted into `width` x `height` device pixels after orientation, and never enlarged. `capacity` is
    the size in bytes of the shared memory that comes with it, at least 4 x width x height. `frame` counts the frames
    of an animation from 0. A file that still is the version `unless` is not read, but answered with `Unchanged`.
    `thumbnails` is the root of the desktop's thumbnail cache, for requests of kind "thumbnail"; empty: do not use it.
    `limits` is what the file may have. With a `region` only that part is wanted, and `capacity` need only be enough
    for it. A `rough` thumbnail may be a smaller one that the camera embedded in the file. `partial` asks for the
    readable part of a JPEG that breaks off, which otherwise fails as damaged. A request of kind "texts" has no pixels
    to fill. The files `beside` the picture may speak of it, if they are there.
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
    partial: bool = False
    beside: tuple[str, ...] = ()


class Opened(NamedTuple):
    """The worker has the file open and is about to parse it."""

    serial: int
    identity: Identity


class Parsed(NamedTuple):
    """The header has been parsed, and says that there are so many pixels to decode."""

    serial: int
    pixels: int


class Done(NamedTuple):
    """The pixels are in the shared memory.

    `width` x `height` pixels of 4 bytes in rows of exactly 4 x width bytes: B, G, R, X, or with `alpha` B, G, R, A
    premultiplied. `source_width` x `source_height` is the whole picture after orientation, at full size. `frames` is
    how many frames the file has, `duration` the milliseconds this one is to be seen, `loops` how often the animation
    runs (0: for ever). `from_cache` marks a thumbnail from the desktop's cache; `texts` are the embedded texts by
    `TEXT_KEYS`. Where a region was wanted, the pixels are those from its upper left corner on, as far as there are any,
    and `whole` is the width and height of the picture fitted into its box; otherwise None. An `incomplete` picture,
    only where that was asked for, is grey where its file has broken off.
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
    texts: Mapping[str, Words]
    whole: tuple[int, int] | None = None
    incomplete: bool = False


class Described(NamedTuple):
    """What is known of a picture without its pixels: upright size, format, and the texts in it and beside it."""

    serial: int
    source_width: int
    source_height: int
    format: str
    identity: Identity
    texts: Mapping[str, Words]


class Failed(NamedTuple):
    """There will be no pixels. `identity` is None where the file could not even be opened."""

    serial: int
    failure: Failure
    identity: Identity | None


class Unchanged(NamedTuple):
    """The file still is the version named in `Request.unless`."""

    serial: int


class Outside(NamedTuple):
    """The file lies outside the allowed paths, behind a symbolic link or on a volume mounted since, for example."""

    serial: int


Reply: TypeAlias = Opened | Parsed | Done | Described | Failed | Unchanged | Outside

INTERIM: Final = (Opened, Parsed)
"""Replies that others follow."""
