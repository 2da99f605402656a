"""Opens a picture's file so that nothing but a regular file of bearable size is ever read."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from viewer.imaging.protocol.limits import DEFAULT
from viewer.imaging.protocol.messages import Identity
from viewer.imaging.worker.errors import DecodeError

if TYPE_CHECKING:
    from typing import BinaryIO


class OutsideError(Exception):
    """The file may be read by everyone that this worker is, but not by this worker: it lies outside its grounds."""


_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def open_picture(path: str, most_bytes: int = DEFAULT.file_bytes) -> tuple[BinaryIO, Identity]:
    """The file, of at most `most_bytes`, and which version of it this is.

    Always a file object, never a path, goes to Pillow: it would map the file, and a file that shrinks under a mapping
    kills the process. Raises DecodeError, OutsideError and OSError.
    """
    if "\0" in path:
        raise DecodeError("missing", "a name with a null character")
    _accept(os.stat(path), most_bytes)  # noqa: PTH116  (the time of pathlib's import); looked at first: opening a device can act
    try:
        handle = os.open(path, _FLAGS)  # Python makes it close-on-exec
    except PermissionError as error:
        if os.access(path, os.R_OK):  # asks for the file's permissions alone, not for Landlock's
            raise OutsideError(path) from error
        raise
    file = os.fdopen(handle, "rb")
    try:
        found = os.fstat(handle)
        _accept(found, most_bytes)
    except BaseException:
        file.close()
        raise
    return file, identity_of(found)


def identity_of(found: os.stat_result) -> Identity:
    """Which version of a file was found."""
    return Identity(found.st_mtime_ns, found.st_size, found.st_ino % (1 << 64))  # some file systems have 128 bits


def read_ahead(file: BinaryIO) -> None:
    """Have the system fetch all of `file` while its header is being looked at; where the system cannot, nothing."""
    if hasattr(os, "posix_fadvise"):
        try:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)
        except OSError:  # it was only advice
            return


def _accept(found: os.stat_result, most_bytes: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise DecodeError("not-a-file", f"mode {stat.filemode(found.st_mode)}")
    if found.st_size == 0:
        raise DecodeError("empty")
    if found.st_size > most_bytes:
        raise DecodeError("file-too-big", f"{found.st_size} bytes")
