"""Landlock ruleset: read access below the allowed paths, no write access anywhere.

The kernel checks the opened file's real location, walking up to the root through mounts (landlock(7)), so neither ".."
nor symbolic links lead around a rule. Landlock governs opening: names, sizes and dates can still be queried.
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
"""System call numbers, the same on every architecture."""

_CREATE_RULESET_VERSION: Final = 1
_RULE_PATH_BENEATH: Final = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3

_NEWEST_ABI: Final = 7
"""The ABI version that this was written for; of a newer kernel, this version's rights are used."""

_FILE_RIGHTS: Final = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
"""Access rights by the ABI version that introduced them: open, make and remove; then refer, truncate, ioctl_dev."""

_NETWORK_RIGHTS: Final = ((4, 0b11),)
_SCOPES: Final = ((6, 0b11),)
"""TCP bind and connect; abstract Unix sockets, and signals, of processes outside."""


def restrict(kernel: Kernel, readable: Iterable[str]) -> int:
    """Allow this thread, and those it will start, to read below `readable` alone; the ABI version used.

    A path that does not exist is left out: the next worker will find it. Opening one may take as long as its file
    system takes to answer. Raises OSError.
    """
    version = min(kernel.call(_CREATE_RULESET, 0, 0, _CREATE_RULESET_VERSION), _NEWEST_ABI)
    attributes = struct.pack("=QQQ", *(_rights(table, version) for table in (_FILE_RIGHTS, _NETWORK_RIGHTS, _SCOPES)))
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = kernel.call(_CREATE_RULESET, _address(attributes), size, 0)
    try:
        for path in readable:
            _add_rule(kernel, ruleset, path)
        kernel.call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return version


def lack(error: OSError) -> Lack:
    """Why there is no Landlock, by the kernel's error."""
    return {errno.ENOSYS: "absent", errno.EOPNOTSUPP: "off"}.get(error.errno or 0, "refused")  # type: ignore[return-value]  # mypy infers str


def _add_rule(kernel: Kernel, ruleset: int, path: str) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)  # follows links: the rule is about their target
    except (OSError, ValueError):
        return
    try:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        rule = struct.pack("=Qi", _READ_FILE | _READ_DIR if is_folder else _READ_FILE, handle)
        kernel.call(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, _address(rule), 0)
    finally:
        os.close(handle)


def _rights(table: tuple[tuple[int, int], ...], version: int) -> int:
    """All rights of `table` that ABI `version` knows."""
    return sum(bits for since, bits in table if version >= since)


def _address(data: bytes) -> int:
    """Address of `data` in memory, valid for as long as the caller holds it."""
    return ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value or 0
