"""Landlock: of all that lies on the disk, this process may read a few folders, and change nothing.

The kernel walks from the file that is opened up to the root, through mounts, and asks whether a rule was given on the
way (landlock(7)). So what counts is where a file really lies: neither ".." nor links lead around it. Names, sizes and
dates can still be asked for: Landlock keeps files from being opened, not from being known.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from viewer.imaging.protocol.handshake import Lack
    from viewer.imaging.worker.sandbox.kernel import Kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""The same on every processor."""

_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3

NEWEST: Final = 7
"""The version of the interface that this was written for; of a newer one, what this one has is used."""

_FILES: Final = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
"""By version, what can be forbidden: first all of opening, making, removing; then linking elsewhere, truncating, ioctl
on devices."""

_NET: Final = ((4, 0b11),)
_SCOPES: Final = ((6, 0b11),)
"""Binding and connecting TCP; abstract sockets of others, and signals to them."""


def version(kernel: Kernel) -> int:
    """The version that the kernel and this module both know, 1 at least. Raises OSError."""
    return min(kernel.call(_CREATE_RULESET, 0, 0, _ASK_VERSION), NEWEST)


def restrict(kernel: Kernel, readable: Iterable[str]) -> int:
    """Let this thread, and those it will start, read below `readable` alone; the version used. Raises OSError.

    What of `readable` is not there is left out: it will be there for the next worker. Opening it may take as long as
    the disk takes to answer.
    """
    found = version(kernel)
    attributes = struct.pack("=QQQ", _all(_FILES, found), _all(_NET, found), _all(_SCOPES, found))
    size = 24 if found >= 6 else 16 if found >= 4 else 8
    ruleset = kernel.call(_CREATE_RULESET, _address(attributes), size, 0)
    try:
        for path in readable:
            _allow(kernel, ruleset, path)
        kernel.call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return found


def lack(error: OSError) -> Lack:
    """Why there is no Landlock, by what the kernel said."""
    return {errno.ENOSYS: "absent", errno.EOPNOTSUPP: "off"}.get(error.errno or 0, "refused")  # type: ignore[return-value]  # mypy takes the words for any


def _allow(kernel: Kernel, ruleset: int, path: str) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)  # follows links: the rule is about what they lead to
    except (OSError, ValueError):
        return
    try:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        rule = struct.pack("=Qi", _READ_FILE | _READ_DIR if is_folder else _READ_FILE, handle)
        kernel.call(_ADD_RULE, ruleset, _PATH_BENEATH, _address(rule), 0)
    finally:
        os.close(handle)


def _all(by_version: tuple[tuple[int, int], ...], found: int) -> int:
    """Everything that can be forbidden in the version `found`."""
    bits = 0
    for since, what in by_version:
        bits |= what if found >= since else 0
    return bits


def _address(data: bytes) -> int:
    """Where `data` lies in memory, for as long as its caller holds it."""
    return ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value or 0
