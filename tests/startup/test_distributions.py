from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from viewer.startup.distributions import INSTALL, TABLE, Distribution, distribution, install_command, needed_by

if TYPE_CHECKING:
    from pathlib import Path

GLIB = [row for row in needed_by("qt") if row.soname == "libglib-2.0.so.0"]
OS_RELEASES = {
    "debian 12": ('ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n', Distribution("debian", t64=False)),
    "debian 13": ("ID=debian\nVERSION_CODENAME=trixie\n", Distribution("debian", t64=True)),
    "debian unstable": ("PRETTY_NAME='Debian GNU/Linux sid'\nID=debian\n", Distribution("debian", t64=True)),
    "ubuntu 22.04": ("ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=jammy\n", Distribution("debian", t64=False)),
    "ubuntu 24.04": ("ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n", Distribution("debian", t64=True)),
    "mint on jammy": (
        'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_CODENAME=virginia\nUBUNTU_CODENAME=jammy\n',
        Distribution("debian", t64=False),
    ),
    "fedora": ("# a comment\n\nID=fedora\nVERSION_ID=42\n", Distribution("fedora", t64=True)),
    "rocky": ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', Distribution("rhel", t64=True)),
    "leap": ('ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', Distribution("suse", t64=True)),
    "arch": ("ID=arch\n", Distribution("arch", t64=True)),
    "unheard of": ("ID=nixos\n", Distribution("")),
    "nonsense": ("\0\0 = = \n====\n", Distribution("")),
}


@pytest.mark.parametrize("name", OS_RELEASES)
def test_a_distribution_is_known_by_its_os_release_file(name: str, tmp_path: Path) -> None:
    text, expected = OS_RELEASES[name]
    place = tmp_path / "os-release"
    place.write_text(text, encoding="utf-8")

    assert distribution([tmp_path / "not there", place]) == expected


def test_without_an_os_release_file_the_distribution_is_unknown(tmp_path: Path) -> None:
    assert distribution([tmp_path / "not there"]) == Distribution("")


@pytest.mark.parametrize(("where", "command"), [
    (Distribution("debian", t64=False), "sudo apt install libglib2.0-0"),
    (Distribution("debian", t64=True), "sudo apt install libglib2.0-0t64"),
    (Distribution("fedora"), "sudo dnf install 'libglib-2.0.so.0()(64bit)'"),
    (Distribution("suse"), "sudo zypper install 'libglib-2.0.so.0()(64bit)'"),
    (Distribution("arch"), "sudo pacman -S glib2"),
    (Distribution(""), ""),
])
def test_a_library_is_installed_under_the_name_the_distribution_gives_it(where: Distribution, command: str) -> None:
    assert install_command(GLIB, where, root=False) == command


def test_root_installs_without_sudo_and_each_package_once() -> None:
    both = [row for row in needed_by("qt") if row.debian.startswith("libglib")]

    assert len(both) == 2
    assert install_command(both, Distribution("debian", t64=True), root=True) == "apt install libglib2.0-0t64"


def test_a_screen_of_the_other_kind_needs_no_library() -> None:
    assert {row.part for row in needed_by("qt", "wayland")} == {"qt", "wayland"}
    assert {row.part for row in needed_by("xcb")} == {"xcb"}


def test_the_table_names_every_library_once_and_knows_its_parts() -> None:
    rows = needed_by("qt", "xcb", "wayland")
    lines = [line for line in TABLE.read_text("ascii").splitlines() if line and not line.startswith("#")]

    assert len(rows) == len(lines) == len({row.soname for row in rows})
    assert all(re.fullmatch(r"lib[\w.+-]+\.so\.\d+", row.soname) for row in rows)


def test_every_family_of_distributions_has_a_command() -> None:
    assert all(install_command(GLIB, Distribution(family), root=True) for family in INSTALL)
