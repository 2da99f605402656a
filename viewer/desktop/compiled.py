"""Keeps what Qt for Python compiles anew at every start: its own source text, 18 milliseconds of 300.

PySide6 carries the part of itself that is written in Python as source text inside a library, and compiles that on
every import (PYSIDE-1621). The outcome is kept in the person's folder for such things and used again for exactly the
same text under exactly the same Python. Everything else is compiled as always, and so is this where anything is amiss.

What is kept is run: so it is believed only if file and folder belong to the person and nobody else may write to them,
as with Python's own compiled modules. Check sum and version keep out what is damaged or another Python's, not malice.
"""

from __future__ import annotations

import builtins
import marshal
import os
import stat
import sys
import zlib
from contextlib import contextmanager, suppress
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

_CARRIED: Final = "shibokensupport/"
"""What the names of the carried files begin with."""

_HEAD: Final = MAGIC_NUMBER + bytes([sys.flags.optimize])
"""What the file begins with: the version of Python's own code, and how much it leaves out (-O)."""

_DAMAGED: Final = (OSError, EOFError, ValueError, TypeError)


def default_place() -> Path:
    """Where the compiled form is kept: in the folder for what can be made again."""
    cache = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(cache) if os.path.isabs(cache) else Path.home() / ".cache") / "liftoff" / "compiled"  # noqa: PTH117 - "" is none


@contextmanager
def kept(place: Path | None = None) -> Iterator[None]:
    """While this is entered, compile what PySide6 carries once and for all; import it here, and in one thread only."""
    place = place or default_place()
    known = _read(place)
    fresh: dict[str, CodeType] = {}
    plain = builtins.compile

    def compiled(source: Any, filename: Any, mode: str, *more: Any, **options: Any) -> Any:
        if not (isinstance(source, bytes) and isinstance(filename, str) and filename.startswith(_CARRIED)
                and mode == "exec" and not more and not options):
            return plain(source, filename, mode, *more, **options)
        name = f"{filename} {len(source)} {zlib.crc32(source)}"
        fresh[name] = code = known.get(name) or plain(source, filename, mode)
        return code

    builtins.compile = compiled
    try:
        yield
    finally:
        builtins.compile = plain
    if fresh.keys() - known.keys():
        _write(place, fresh)


def _read(place: Path) -> dict[str, CodeType]:
    with suppress(*_DAMAGED):
        if not _is_ours(place.parent.stat()):
            return {}
        with place.open("rb") as file:
            data = file.read() if _is_ours(os.fstat(file.fileno())) else b""
        begin = len(_HEAD) + 4
        if data[:begin] == _HEAD + zlib.crc32(data[begin:]).to_bytes(4, "little"):
            found: dict[str, CodeType] = marshal.loads(data[begin:])
            return found
    return {}


def _write(place: Path, codes: dict[str, CodeType]) -> None:
    """A disk that is full, or a home that may not be written to, is no harm."""
    import tempfile  # needed once, not at every start

    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(place.parent.stat()):
            return
        data = marshal.dumps(codes)
        opened, fresh = tempfile.mkstemp(prefix=f"{place.name}.", dir=place.parent)  # for its owner alone
        try:
            with os.fdopen(opened, "wb") as file:
                file.write(_HEAD + zlib.crc32(data).to_bytes(4, "little") + data)
            Path(fresh).replace(place)
        except OSError:
            Path(fresh).unlink()


def _is_ours(status: os.stat_result) -> bool:
    """Whether it belongs to the person and nobody else may write to it; on Windows the home's own rights say so."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
