"""Where Python and the C library look for what is loaded late: modules, and the libraries these need.

Formats are loaded when their first file comes, which makes the first picture quick; so a worker must still be able to
read its own program. There are no secrets in it.
"""

from __future__ import annotations

import os.path
import sys
from typing import Final

_SYSTEM: Final = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/nix/store", "/gnu/store",
)
_PACKAGES: Final = ("site-packages", "dist-packages")


def library_folders() -> tuple[str, ...]:
    """The folders that a worker's own program lies in, and the file that says where the system's libraries are."""
    prefixes = {os.path.join(prefix, "lib") for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix)}  # noqa: PTH118  (the time of pathlib's import)
    found = prefixes | {path for path in sys.path if _belongs(path, prefixes)}
    # Where they are installed in an unusual way (an editable one, a package path), by themselves.
    for name in ("viewer", "PIL"):
        found.update(sys.modules[name].__path__)
    found.update(path for path in os.environ.get("LD_LIBRARY_PATH", "").split(":") if os.path.isabs(path))  # noqa: PTH117  (likewise)
    return (*_SYSTEM, *sorted(found))


def _belongs(path: str, prefixes: set[str]) -> bool:
    """Whether this entry of the module path is one of a Python, and not any folder, such as someone's home."""
    return os.path.basename(path) in _PACKAGES or any(path.startswith(prefix) for prefix in prefixes)  # noqa: PTH119  (likewise)
