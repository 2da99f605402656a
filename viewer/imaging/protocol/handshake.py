"""Handshake before the first request: which paths a worker may read, and what its sandbox consists of.

The viewer sends one line, `AllowedPaths`; the worker applies its sandbox and answers with one line, `Sandbox`. Landlock
cannot widen a rule set afterwards (landlock(7)), so other paths need a new worker. The answer comes from a process that
has not parsed a picture yet, and is validated like every other line from it all the same.
"""

from __future__ import annotations

import json
import os.path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, TypeVar

from viewer.imaging.protocol.codec import fields_in, line_of
from viewer.imaging.protocol.messages import ProtocolError

if TYPE_CHECKING:
    from collections.abc import Iterable

Layer: TypeAlias = Literal["limits", "no-new-privileges", "landlock", "seccomp"]
LAYERS: Final[tuple[Layer, ...]] = ("limits", "no-new-privileges", "landlock", "seccomp")

Lack: TypeAlias = Literal["absent", "off", "refused", "processor", "system", "in-part"]
LACKS: Final[dict[Lack, str]] = {
    "absent": "the kernel is built without it",
    "off": "it is switched off at boot",
    "refused": "whatever Liftoff runs in does not permit it",
    "processor": "Liftoff does not know it for this processor",
    "system": "there is none on this system",
    "in-part": "the kernel knows an older form of it",
}
"""Why a layer is not in force, as users are told."""

Operation: TypeAlias = Literal["read", "write", "socket", "exec", "fork", "truncate", "signal"]
FORBIDDEN: Final[tuple[Operation, ...]] = ("read", "write", "socket", "exec", "fork", "truncate", "signal")
"""Operations that the sandbox must refuse; a worker tries each of them before it serves."""

_Word = TypeVar("_Word", bound=str)

LONGEST_ALLOWED_PATHS: Final = 64 * 1024
"""Bytes of the line with `AllowedPaths`: what a socket buffers on every system, so that sending never blocks."""

_NAMES: Final[dict[Layer, str]] = {
    "limits": "limits", "no-new-privileges": "no new privileges", "landlock": "Landlock", "seccomp": "seccomp",
}


class AllowedPaths(NamedTuple):
    """What a worker may read: everything below `folders`, the single `files`, and the desktop's `thumbnails`.

    Absolute paths as the gallery names them; the worker resolves symbolic links when it starts. With `strict` a worker
    whose sandbox is incomplete exits instead of serving. `revision` counts how often links had to be resolved again
    because their target was replaced.
    """

    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    thumbnails: str = ""
    strict: bool = False
    revision: int = 0

    def satisfies(self, wanted: AllowedPaths) -> bool:
        """Whether a worker restricted to these may serve where `wanted` is asked for: equal, but for extra files."""
        return self._replace(files=()) == wanted._replace(files=()) and set(self.files) >= set(wanted.files)

    def covers(self, path: str) -> bool:
        """Whether `path` is among them lexically; links are not resolved, and the disk is not touched."""
        absolute = absolute_path(path)
        if absolute in self.files:
            return True
        if ".." in absolute:
            return os.path.dirname(absolute) in self.folders  # noqa: PTH120  (the paths are strings throughout)
        return any(absolute.startswith(os.path.join(folder, "")) for folder in self.folders)  # noqa: PTH118  (likewise)


class Sandbox(NamedTuple):
    """A worker's report on its sandbox: `layers` in force, why others are `lacking`, and what is still `permitted`.

    `landlock` is the ABI version in use, 0 for none. `permitted` are operations that the layers in force should have
    refused and did not: none, unless the kernel is at fault.
    """

    layers: tuple[Layer, ...]
    landlock: int
    lacking: tuple[tuple[Layer, Lack], ...]
    permitted: tuple[Operation, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing that `--require-sandbox` asks for."""
        return {"landlock", "seccomp", "no-new-privileges"} <= set(self.layers) and not self.permitted

    def summary(self) -> str:
        """The layers in force, and why others are not: one line for the log and for `--version`."""
        names = [f"Landlock {self.landlock}" if layer == "landlock" else _NAMES[layer] for layer in self.layers]
        lacks = [f"{_NAMES[layer]} is lacking ({LACKS[why]})" for layer, why in self.lacking]
        permitted = [f"still permitted: {', '.join(self.permitted)}"] if self.permitted else []
        return "; ".join([", ".join(["a process of its own", *names]), *lacks, *permitted])


def absolute_path(path: str) -> str:
    """`path` made absolute; ".." stays, because behind a symbolic link only the file system can resolve it."""
    return path if os.path.isabs(path) else os.path.join(os.getcwd(), path)  # noqa: PTH117, PTH118, PTH109  (strings)


def write_allowed_paths(allowed_paths: AllowedPaths) -> bytes:
    """`allowed_paths` as one line. Raises ValueError beyond `LONGEST_ALLOWED_PATHS`; see `paths_within`."""
    line = line_of({"allowed_paths": True, **allowed_paths._asdict()})
    if len(line) > LONGEST_ALLOWED_PATHS:
        raise ValueError("too many folders for one line")
    return line


def paths_within(paths: Iterable[str], max_bytes: int) -> tuple[str, ...]:
    """The first of `paths` that together take at most `max_bytes` in a line."""
    kept = []
    for path in paths:
        max_bytes -= len(json.dumps(path)) + 1
        if max_bytes < 0:
            break
        kept.append(path)
    return tuple(kept)


def read_allowed_paths(line: bytes) -> AllowedPaths:
    """Parse `line`; raises ProtocolError."""
    fields = fields_in(line)
    try:
        if fields.pop("allowed_paths") is not True:
            raise ProtocolError("not allowed paths")
        fields["folders"], fields["files"] = tuple(fields["folders"]), tuple(fields["files"])
        return AllowedPaths(**fields)
    except (KeyError, TypeError) as error:
        raise ProtocolError(f"not allowed paths: {error}") from error


def write_sandbox(sandbox: Sandbox) -> bytes:
    """`sandbox` as one line."""
    return line_of({"reply": "Sandbox", **sandbox._asdict()})


def is_sandbox(line: bytes) -> bool:
    """Whether `line` is a `Sandbox` report rather than a reply to a request."""
    return line.startswith(b'{"reply":"Sandbox"')


def read_sandbox(line: bytes) -> Sandbox:
    """Parse `line`; raises ProtocolError for any word that is not in the tables above."""
    fields = fields_in(line)
    layers, permitted = _some(fields.get("layers"), LAYERS), _some(fields.get("permitted"), FORBIDDEN)
    lacking = fields.get("lacking")
    if not isinstance(lacking, list) or len(lacking) > len(LAYERS):
        raise ProtocolError("what is lacking is no short list")
    found = []
    for entry in lacking:
        if not isinstance(entry, list) or len(entry) != 2:
            raise ProtocolError("what is lacking is no pair")
        found.append((_some([entry[0]], LAYERS)[0], _some([entry[1]], tuple(LACKS))[0]))
    version = fields.get("landlock")
    if type(version) is not int or not 0 <= version <= 1_000:
        raise ProtocolError("no such version of Landlock")
    return Sandbox(layers, version, tuple(found), permitted)


def _some(raw: object, known: tuple[_Word, ...]) -> tuple[_Word, ...]:
    """`raw` as a tuple of words, each of them one of `known`."""
    if not isinstance(raw, list) or len(raw) > len(known):
        raise ProtocolError("no short list of words")
    found = [word for said in raw for word in known if word == said]
    if len(found) != len(raw):
        raise ProtocolError("not one of our words")
    return tuple(found)
