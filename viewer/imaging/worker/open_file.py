"""Opens picture files: regular files of limited size only, so that reading never blocks on a pipe or a device."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO, Final

from viewer.imaging.protocol.limits import DEFAULT
from viewer.imaging.protocol.messages import Identity
from viewer.imaging.worker.errors import DecodeError


class OutsideAllowedPathsError(Exception):
    """The user may read the file, but this worker may not: it lies outside its allowed paths."""


_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


def open_picture(path: str, most_bytes: int = DEFAULT.file_bytes) -> tuple[BinaryIO, Identity]:
    """The opened file, of at most `most_bytes`, and the identity of its version.

    A file object, because Pillow memory-maps a file given by path, and a mapped file that shrinks kills the process
    (SIGBUS). Raises DecodeError, OutsideAllowedPathsError and OSError.
    """
    if "\0" in path:
        raise DecodeError("missing", "a name with a null character")
    _check(os.stat(path), most_bytes)  # noqa: PTH116  (the time of pathlib's import); before opening, which can act on a device
    try:
        handle = os.open(path, _FLAGS)  # Python makes it close-on-exec
    except PermissionError as error:
        if os.access(path, os.R_OK):  # checks the file's permissions only, not Landlock's rules
            raise OutsideAllowedPathsError(path) from error
        raise
    file = os.fdopen(handle, "rb")
    try:
        found = os.fstat(handle)
        _check(found, most_bytes)
    except BaseException:  # whatever it is: nobody else would close the file, and it is raised again
        file.close()
        raise
    return file, Identity(found.st_mtime_ns, found.st_size, found.st_ino % (1 << 64))  # some inodes have 128 bits


def read_ahead(file: BinaryIO) -> None:
    """Have the kernel fetch all of `file` while its header is parsed; a hint, where the system takes it."""
    if hasattr(os, "posix_fadvise"):
        try:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)
        except OSError:
            return


def _check(found: os.stat_result, most_bytes: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise DecodeError("not-a-file", f"mode {stat.filemode(found.st_mode)}")
    if found.st_size == 0:
        raise DecodeError("empty")
    if found.st_size > most_bytes:
        raise DecodeError("file-too-big", f"{found.st_size} bytes")
