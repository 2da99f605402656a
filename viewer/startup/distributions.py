"""The packages in which Linux distributions ship the shared libraries Qt needs, and the command that installs them.

The libraries are a table in `libraries.txt`, which `tools/set-up.sh` reads too. RPM packages can be asked for by the
name of a library, so the table has no column for them.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLE: Final = Path(__file__).with_name("libraries.txt")
OS_RELEASE: Final = (Path("/etc/os-release"), Path("/usr/lib/os-release"))

BEFORE_T64: Final = frozenset({"bullseye", "bookworm", "focal", "jammy", "kinetic", "lunar", "mantic"})
"""Releases of Debian and Ubuntu before some packages were renamed to end in t64 (64-bit time, 2024)."""

INSTALL: Final[dict[str, str]] = {
    "debian": "apt install", "fedora": "dnf install", "rhel": "dnf install", "suse": "zypper install",
    "arch": "pacman -S",
}


class Library(NamedTuple):
    """A shared library: its name for the dynamic loader, the part of Qt that needs it (``qt`` for all of it, or the
    platform plug-in ``xcb`` or ``wayland``), and its packages.
    """

    soname: str
    part: str
    debian: str
    arch: str


class Distribution(NamedTuple):
    """The family of a distribution, by a key of `INSTALL` or empty, and whether its packages are named t64."""

    family: str
    t64: bool = False


def needed_by(*parts: str, table: Path = TABLE) -> list[Library]:
    """The system libraries that these parts of Qt need; none for a part that is not in the table."""
    rows = (line.split() for line in table.read_text("ascii").splitlines() if line and not line.startswith("#"))
    return [Library(*row) for row in rows if row[1] in parts]


def distribution(places: Iterable[Path] = OS_RELEASE) -> Distribution:
    """The distribution described by the first os-release file there is (os-release(5), freedesktop.org)."""
    text = ""
    for place in places:
        with suppress(OSError):
            text = place.read_text("utf-8", errors="replace")
            break
    assignments = (line.strip().partition("=") for line in text.splitlines())
    fields = {key: value.strip("\"'") for key, _, value in assignments}
    names = [fields.get("ID", ""), *fields.get("ID_LIKE", "").split()]
    codenames = {fields.get(f"{whose}_CODENAME", "") for whose in ("VERSION", "UBUNTU", "DEBIAN")}
    for name in names:
        family = {"ubuntu": "debian", "opensuse": "suse", "centos": "rhel"}.get(name, name)
        if family in INSTALL:
            return Distribution(family, t64=codenames.isdisjoint(BEFORE_T64))
    return Distribution("")


def install_command(missing: Iterable[Library], where: Distribution, *, root: bool) -> str:
    """The command that installs `missing`, with sudo but for `root`; empty where none is known."""
    if where.family not in INSTALL:
        return ""
    packages = list(dict.fromkeys(_package(library, where) for library in missing))
    return " ".join(["" if root else "sudo", INSTALL[where.family], *packages]).strip()


def _package(library: Library, where: Distribution) -> str:
    if where.family == "debian":
        return library.debian.replace("/t64", "t64" if where.t64 else "")
    if where.family == "arch":
        return library.arch
    return f"'{library.soname}()(64bit)'"
