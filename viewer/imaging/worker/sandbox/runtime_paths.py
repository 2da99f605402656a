"""Folders from which Python and the dynamic loader import late: modules, extension modules, shared libraries.

Format plug-ins are imported when their first file comes, so a confined worker must still be able to read its own
program.
"""

from __future__ import annotations

import os.path
import sys
from typing import Final

_SYSTEM: Final = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/nix/store", "/gnu/store",
)
_PACKAGES: Final = ("site-packages", "dist-packages")


def runtime_paths() -> tuple[str, ...]:
    """The system's library folders, the loader's cache, and where Python, Pillow and this package are installed."""
    prefixes = {os.path.join(prefix, "lib") for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix)}  # noqa: PTH118  (the time of pathlib's import)
    found = prefixes | {path for path in sys.path if _is_python_s(path, prefixes)}
    for name in ("viewer", "PIL"):  # an editable install lies elsewhere
        found.update(sys.modules[name].__path__)
    found.update(path for path in os.environ.get("LD_LIBRARY_PATH", "").split(":") if os.path.isabs(path))  # noqa: PTH117  (likewise)
    return (*_SYSTEM, *sorted(found))


def _is_python_s(path: str, prefixes: set[str]) -> bool:
    """Whether an entry of `sys.path` belongs to a Python installation and is no other folder, such as a home."""
    return os.path.basename(path) in _PACKAGES or any(path.startswith(prefix) for prefix in prefixes)  # noqa: PTH119  (likewise)
