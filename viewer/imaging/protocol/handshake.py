"""What is said before the first request: where a worker may read, and how it has shut itself in.

The viewer sends one line with `AllowedPaths`; the worker confines itself to them and answers with one line, `Sandbox`.
AllowedPaths can never be widened afterwards (landlock(7)): for others a fresh worker is started. The answer comes
from a
process that has not seen a picture yet, and is checked like every other word from it all the same.
"""

from __future__ import annotations

import json
import os.path
import sys
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
"""Why a layer is not in force, as a person is told."""

Door: TypeAlias = Literal["read", "write", "socket", "exec", "fork", "truncate", "signal"]
DOORS: Final[tuple[Door, ...]] = ("read", "write", "socket", "exec", "fork", "truncate", "signal")
"""What a worker tries in vain once it is shut in."""

_Word = TypeVar("_Word", bound=str)

ROOM: Final = 64 * 1024
"""Bytes of a line with grounds: as much as a socket takes at once on every system, and never waits for."""

_NAMES: Final[dict[Layer, str]] = {
    "limits": "limits", "no-new-privileges": "no new privileges", "landlock": "Landlock", "seccomp": "seccomp",
}
_NEWEST_ABI: Final = 1_000


class AllowedPaths(NamedTuple):
    """Where a worker may read: everything below `folders`, `files` themselves, and the desktop's `thumbnails`.

    Paths as a gallery has them, made absolute; links are followed when the worker starts. With `strict` a worker that
    cannot shut itself in wholly ends instead of serving. `edition` counts how often they had to be followed anew,
    because what they lead to was replaced.
    """

    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    thumbnails: str = ""
    strict: bool = False
    edition: int = 0

    def serves(self, wanted: AllowedPaths) -> bool:
        """Whether a worker with these grounds may be used where `wanted` are: the same, but for some files more."""
        return self._replace(files=()) == wanted._replace(files=()) and set(self.files) >= set(wanted.files)

    def covers(self, path: str) -> bool:
        """Whether `path` lies there by its wording; links on the disk are not looked at."""
        absolute = absolute_path(path)
        if absolute in self.files:
            return True
        if ".." in absolute:
            return os.path.dirname(absolute) in self.folders  # noqa: PTH120  (the paths are strings throughout)
        return any(absolute.startswith(os.path.join(folder, "")) for folder in self.folders)  # noqa: PTH118  (likewise)


class Sandbox(NamedTuple):
    """How a worker has shut itself in: the `layers` in force, why others are `lacking`, and which `doors` stayed open.

    `landlock` is the version of Landlock's interface that is used, 0 for none. `doors` are those that the layers in
    force should have shut: none, as long as the kernel keeps its word.
    """

    layers: tuple[Layer, ...]
    landlock: int
    lacking: tuple[tuple[Layer, Lack], ...]
    doors: tuple[Door, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing that `--require-sandbox` asks for."""
        return {"landlock", "seccomp", "no-new-privileges"} <= set(self.layers) and not self.doors

    def words(self) -> str:
        """What is in force, and what is not and why: one line for the log and for `--version`."""
        names = [f"Landlock {self.landlock}" if layer == "landlock" else _NAMES[layer] for layer in self.layers]
        lacks = [f"{_NAMES[layer]} is lacking ({LACKS[why]})" for layer, why in self.lacking]
        doors = [f"these ways out stayed open: {', '.join(self.doors)}"] if self.doors else []
        return "; ".join([", ".join(["a process of its own", *names]), *lacks, *doors])


def absolute_path(path: str) -> str:
    """`path` from the working folder; ".." stays, because what it means is known only to the disk."""
    return path if os.path.isabs(path) else os.path.join(os.getcwd(), path)  # noqa: PTH117, PTH118, PTH109  (strings)


def write_allowed_paths(allowed_paths: AllowedPaths) -> bytes:
    """`allowed_paths` as one line. Raises ValueError where it is longer than `ROOM`: `fitting` helps."""
    line = line_of({"grounds": True, **allowed_paths._asdict()})
    if len(line) > ROOM:
        raise ValueError("too many folders for one line")
    return line


def fitting(paths: Iterable[str], room: int) -> tuple[str, ...]:
    """As many of `paths`, the first ones, as take no more than `room` bytes in a line."""
    kept = []
    for path in paths:
        room -= len(json.dumps(path)) + 1
        if room < 0:
            break
        kept.append(path)
    return tuple(kept)


def read_allowed_paths(line: bytes) -> AllowedPaths:
    """The grounds in `line`; raises ProtocolError."""
    fields = fields_in(line)
    try:
        if fields.pop("grounds") is not True:
            raise ProtocolError("not grounds")
        fields["folders"], fields["files"] = tuple(fields["folders"]), tuple(fields["files"])
        return AllowedPaths(**fields)
    except (KeyError, TypeError) as error:
        raise ProtocolError(f"not grounds: {error}") from error


def write_sandbox(sandbox: Sandbox) -> bytes:
    """`sandbox` as one line."""
    return line_of({"reply": "Sandbox", **sandbox._asdict()})


def is_sandbox(line: bytes) -> bool:
    """Whether `line` seems to be the first of a worker's lines rather than a reply."""
    return line.startswith(b'{"reply":"Sandbox"')


def read_sandbox(line: bytes) -> Sandbox:
    """The report in `line`; raises ProtocolError for anything but the words of the tables above."""
    fields = fields_in(line)
    layers, doors = _some(fields.get("layers"), LAYERS), _some(fields.get("doors"), DOORS)
    lacking = fields.get("lacking")
    if not isinstance(lacking, list) or len(lacking) > len(LAYERS):
        raise ProtocolError("what is lacking is no short list")
    found = []
    for entry in lacking:
        if not isinstance(entry, list) or len(entry) != 2:
            raise ProtocolError("what is lacking is no pair")
        found.append((_some([entry[0]], LAYERS)[0], _some([entry[1]], tuple(LACKS))[0]))
    version = fields.get("landlock")
    if type(version) is not int or not 0 <= version <= _NEWEST_ABI:
        raise ProtocolError("no such version of Landlock")
    return Sandbox(layers, version, tuple(found), doors)


def _some(raw: object, known: tuple[_Word, ...]) -> tuple[_Word, ...]:
    """The words in `raw`, each of them one of `known`."""
    if not isinstance(raw, list) or len(raw) > len(known):
        raise ProtocolError("no short list of words")
    found = [word for said in raw for word in known if word == said]
    if len(found) != len(raw):
        raise ProtocolError("not one of our words")
    return tuple(found)


def confined_here() -> bool:
    """Whether workers are told where to read: only Linux has a way for a process to shut itself in."""
    return sys.platform == "linux"
