"""Decoding errors: maps any exception from opening or parsing a file to one of the protocol's failure reasons."""

from __future__ import annotations

import errno
import struct
import zlib
from typing import Final

from PIL import Image, UnidentifiedImageError

from viewer.imaging.protocol.failures import Failure, Reason

PARSER_ERRORS: Final = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, struct.error, zlib.error,
)
"""What Pillow has been seen to raise on malformed data. MemoryError is not included: it is reported as such."""

_BY_ERRNO: Final[dict[int, Reason]] = {
    errno.ENOENT: "missing", errno.ENOTDIR: "missing", errno.ELOOP: "missing", errno.ENAMETOOLONG: "missing",
    errno.EACCES: "forbidden", errno.EPERM: "forbidden",
    errno.EISDIR: "not-a-file", errno.ENXIO: "not-a-file", errno.ENODEV: "not-a-file",
    errno.EINVAL: "damaged",  # a place beyond what any file can have
    errno.ENOMEM: "out-of-memory", errno.EFBIG: "file-too-big", errno.EOVERFLOW: "file-too-big",
}


class DecodeError(Exception):
    """The picture cannot be decoded, for the reason in `failure`."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.failure = Failure(reason, _printable(detail))


def failure_of(error: BaseException) -> Failure:
    """The failure that `error` stands for, with at most 200 printable characters of detail."""
    if isinstance(error, DecodeError):
        return error.failure
    detail = _printable(f"{type(error).__name__}: {error}")
    match error:
        case MemoryError():
            return Failure("out-of-memory", detail)
        case Image.DecompressionBombError() | Image.DecompressionBombWarning():
            return Failure("too-many-pixels", detail)
        case UnidentifiedImageError():
            return Failure("unknown-format", detail)
        case OSError() if error.errno is not None:  # Pillow's own OSErrors about a file's content carry no errno
            return Failure(_BY_ERRNO.get(error.errno, "unreadable"), detail)
    return Failure("damaged", detail)


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text[:200])
