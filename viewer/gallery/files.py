"""Reads regular files of bounded size, never blocking on a pipe or device, writes files atomically, explains errors."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from viewer.gallery.model import GalleryError
from viewer.gallery.problems import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from io import BufferedReader

_Result = TypeVar("_Result")

# Bytes; a manifest, table or list that is larger is refused. 100,000 slides with long captions need about half.
LARGEST_GALLERY: Final = 64 * 1024 * 1024
# What is not a regular file, by the letter that `stat.filemode` begins with.
_KINDS: Final = {"d": "a folder", "p": "a pipe", "s": "a socket", "c": "a device", "b": "a device"}

_CAUSES: Final = {
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR), "there is no such file; check the name"),
    **dict.fromkeys((errno.EACCES, errno.EPERM), "you may not read or write there; change the permissions"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "the disk is full; free some space and try again"),
    errno.EROFS: "the disk is read-only; choose another place",
    errno.ENAMETOOLONG: "the name is too long; rename it",
    errno.EEXIST: "there is such a file already; choose another name or delete it",
    errno.ELOOP: "its symbolic links go round in a circle; remove one",
}


def read_limited(path: Path) -> bytes:
    """All of a regular file of at most `LARGEST_GALLERY` bytes; raises GalleryError.

    A pipe or device is never opened, not even when it takes the file's place at the last moment.
    """
    data = read_start(path, LARGEST_GALLERY + 1)
    if len(data) > LARGEST_GALLERY:
        raise GalleryError(f"{shown(path)} is larger than {LARGEST_GALLERY >> 20} MiB, which no gallery file needs; "
                           "choose another file or split it.")
    return data


def read_start(path: Path, most: int) -> bytes:
    """The first bytes of a regular file, `most` of them if there are so many; raises GalleryError."""
    try:
        with open_regular(path) as file:
            return file.read(most)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise GalleryError(f"{shown(path)} cannot be opened: {why(error)}.") from error


def open_regular(path: Path) -> BufferedReader:
    """A regular file opened for reading, without blocking on a pipe; raises OSError or GalleryError."""
    _refuse_unless_regular(path, path.stat())
    file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb")
    try:
        _refuse_unless_regular(path, os.fstat(file.fileno()))
    except GalleryError:
        file.close()
        raise
    return file


def write_atomically(path: Path, parts: Sequence[bytes], *, replace: bool = True) -> None:
    """Replace the file at `path` by one that holds `parts`, one after the other, atomically; raises GalleryError.

    The file keeps its mode, and where that is allowed its owner. A symbolic link stays one: its target is replaced.
    Without `replace` a file that is there already, though it came at the last moment, is an error.
    """
    try:
        target = Path(os.path.realpath(path))
        temporary = target.with_name(f".{os.urandom(8).hex()}.tmp")
        try:
            with temporary.open("xb") as file:
                _take_after(file.fileno(), target)
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            if replace:
                temporary.replace(target)
            else:
                _put(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)  # also after Ctrl+C
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise GalleryError(f"{shown(path)} could not be saved: {why(error)}. Nothing was changed.") from error
    sync_folder(target.parent)


def _put(temporary: Path, target: Path) -> None:
    """Give `temporary` the name of `target` too; raises FileExistsError where there is such a file."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        temporary.replace(target)


def sync_folder(folder: Path) -> None:
    """Have the name of a file that is new in `folder` on the disk as well, where folders can be opened."""
    if os.name == "posix":
        with suppress(OSError):  # some network file systems cannot; the file itself is safe by now
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def kind_of(mode: int) -> str:
    """The type of a file that is not regular, in words: "a folder", "a pipe"."""
    return _KINDS.get(stat.filemode(mode)[0], "no ordinary file")


def why(error: OSError | ValueError) -> str:
    """Cause and remedy of `error`, as the end of a sentence without its full stop."""
    number = getattr(error, "errno", None)
    if number in _CAUSES:
        return _CAUSES[number]
    reason = getattr(error, "strerror", None) or str(error)  # in the desktop's language, once there is a window
    return f"the system says “{reason}”; check the name, the disk and the connection"


def result_or_sentence(read: Callable[[], _Result]) -> _Result | str:
    """What `read` returns, or why it could not. An error that no reader foresees is logged with its traceback."""
    try:
        return read()
    except GalleryError as error:
        return str(error)
    except OSError as error:
        return f"The gallery cannot be opened: {why(error)}."
    except Exception as error:  # of any kind: a thread that ends without a word leaves an empty window
        import logging  # as good as never, and the first picture waits for this module

        logging.getLogger("liftoff").exception("A gallery could not be read.")
        return (f"The gallery cannot be opened: reading it failed ({type(error).__name__}). Check the file with "
                "“liftoff check”; the log says more.")


def _refuse_unless_regular(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise GalleryError(f"{shown(path)} is {kind_of(status.st_mode)}, not a file; choose a gallery or a picture.")


def _take_after(descriptor: int, target: Path) -> None:
    with suppress(OSError):  # there was no file before, or its owner may not be set: the umask's mode and ours will do
        old = target.stat()
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
        if hasattr(os, "fchown"):
            os.fchown(descriptor, old.st_uid, old.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(old.st_mode))  # a change of owner clears the set-id bits
