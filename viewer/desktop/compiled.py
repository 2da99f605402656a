"""Keeps what Qt for Python compiles anew at every start: its own source text, 18 milliseconds of 300.

PySide6 carries the part of itself that is written in Python as source text inside a library, and compiles that on
every import (PYSIDE-1621). The outcome is kept in the person's folder for such things and used again for exactly the
same text under exactly the same Python. Everything else is compiled as always, and so is this where anything is amiss.
"""

from __future__ import annotations

import builtins
import marshal
import os
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
        data = place.read_bytes()
        begin = len(MAGIC_NUMBER) + 4
        if data[:begin] == MAGIC_NUMBER + zlib.crc32(data[begin:]).to_bytes(4, "little"):
            found: dict[str, CodeType] = marshal.loads(data[begin:])
            return found
    return {}


def _write(place: Path, codes: dict[str, CodeType]) -> None:
    """A disk that is full, or a home that may not be written to, is no harm."""
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        data = marshal.dumps(codes)
        fresh.write_bytes(MAGIC_NUMBER + zlib.crc32(data).to_bytes(4, "little") + data)
        fresh.replace(place)
