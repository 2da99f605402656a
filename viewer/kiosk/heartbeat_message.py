"""The messages by which an unattended show proves to its supervisor that it paints: one line of JSON each.

Whoever reads them trusts nothing: lines are bounded, fields are checked one by one, and a promise has an end.
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

LONGEST_LINE: Final = 4096
"""Bytes of a line with its end."""

LONGEST_ID: Final = 300
"""Characters of a slide's id or file that are told."""

_Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class MessageError(Exception):
    """What came is no message of a show."""


class Painted(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A paint of the show's window that really happened, at `painted_ms` of the system's monotonic clock.

    It shows the slide called `slide` on its visit number `visit`. The next message comes within `next_paint_ms`, the
    next visit within `next_slide_ms` (None: the show does not go on by itself). Where nothing can be `seen`, as while
    the screen is off, there is no paint to tell of, and the message says just that.
    """

    visit: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    slide: Annotated[str, msgspec.Meta(max_length=LONGEST_ID)]
    painted_ms: _Milliseconds
    next_paint_ms: Annotated[int, msgspec.Meta(ge=0, le=60_000)]
    next_slide_ms: Annotated[int, msgspec.Meta(ge=0, le=100_000_000)] | None = None
    seen: bool = True


def write_message(message: Painted) -> bytes:
    """`message` as a line."""
    return msgspec.json.encode(message) + b"\n"


class MessageReader:
    """Takes bytes as they come, and gives messages."""

    def __init__(self) -> None:
        self._rest = b""
        self._decoder = msgspec.json.Decoder(Painted)

    def feed(self, data: bytes) -> list[Painted]:
        """The messages that `data` completes. Raises MessageError."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if any(len(line) >= LONGEST_LINE for line in (*lines, self._rest)):
            raise MessageError("a line without end")
        try:
            return [self._decoder.decode(line) for line in lines]
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:  # ValueError: it is no UTF-8
            raise MessageError(str(error)) from error
