"""Landlock ruleset: read access below the allowed paths, no write access anywhere.

The kernel checks the opened file's real location, walking up to the root through mounts (landlock(7)), so neither ".."
nor symbolic links lead around a rule. Landlock governs opening: names, sizes and dates can still be queried.
"""

from __future__ import annotations

import ctypes
import os.path
import stat
import struct
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from viewer.imaging.worker.sandbox.syscalls import Kernel

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""System call numbers, the same on every architecture."""

_CREATE_RULESET_VERSION, _RULE_PATH_BENEATH = 1, 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3

_NEWEST_ABI: Final = 7
"""The ABI version that this was written for; of a newer kernel, this version's rights are used."""

_RIGHTS: Final = (
    ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15)),  # open, make, remove; refer; truncate; ioctl_dev
    ((4, 0b11),),  # TCP bind and connect
    ((6, 0b11),),  # abstract Unix sockets, and signals, of processes outside
)
"""Access rights to files, network rights and scopes, by the ABI version that introduced them."""

_SYSTEM: Final = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/nix/store", "/gnu/store",
)


def runtime_paths() -> tuple[str, ...]:
    """The system's library folders, the loader's cache, and where Python, Pillow and this package are installed.

    Format plug-ins are imported when their first file comes, so a confined worker must still be able to read its own
    program. Other entries of `sys.path`, such as a home, are left out.
    """
    prefixes = tuple(os.path.join(prefix, "lib") for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix))  # noqa: PTH118  (the time of pathlib's import)
    packages = ("site-packages", "dist-packages")
    found = {path for path in sys.path if path.startswith(prefixes) or os.path.basename(path) in packages}  # noqa: PTH119  (likewise)
    for name in ("viewer", "PIL"):  # an editable install lies elsewhere
        found.update(sys.modules[name].__path__)
    found.update(path for path in os.environ.get("LD_LIBRARY_PATH", "").split(":") if os.path.isabs(path))  # noqa: PTH117  (likewise)
    return (*_SYSTEM, *sorted(found.union(prefixes)))


def restrict(kernel: Kernel, readable: tuple[str, ...]) -> int:
    """Allow this thread, and those it will start, to read below `readable` alone; the ABI version used.

    A path that does not exist is left out: the next worker will find it. Opening one may take as long as its file
    system takes to answer. Raises OSError.
    """
    version = min(kernel.call(_CREATE_RULESET, 0, 0, _CREATE_RULESET_VERSION), _NEWEST_ABI)
    attributes = struct.pack("=QQQ", *(sum(bits for since, bits in table if version >= since) for table in _RIGHTS))
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = kernel.call(_CREATE_RULESET, _address(attributes), size, 0)
    try:
        for path in readable:
            _add_rule(kernel, ruleset, path)
        kernel.call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return version


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


def _address(data: bytes) -> int:
    """Address of `data` in memory, valid for as long as the caller holds it."""
    return ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value or 0
