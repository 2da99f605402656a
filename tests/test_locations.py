"""Where the program looks for files of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from viewer.locations import options_file, thumbnail_root, viewport_file

ALL = (options_file, viewport_file, thumbnail_root)


def test_by_default_everything_lies_in_the_home_folder(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable)

    assert [place() for place in ALL] == [
        home / ".config/liftoff/liftoff.ini", home / ".local/state/liftoff/viewport", home / ".cache/thumbnails"]


def test_the_folders_of_the_desktop_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/c")
    monkeypatch.setenv("XDG_STATE_HOME", "/s//")
    monkeypatch.setenv("XDG_CACHE_HOME", "/t/../k")

    assert [str(place()) for place in ALL] == ["/c/liftoff/liftoff.ini", "/s/liftoff/viewport", "/t/../k/thumbnails"]


@pytest.mark.parametrize("folder", ["", "relative/folder", "./x"])
def test_a_relative_folder_is_invalid_and_ignored(monkeypatch: pytest.MonkeyPatch, home: Path, folder: str) -> None:
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, folder)

    assert all(place().is_relative_to(home) for place in ALL)


@pytest.mark.parametrize("folder", [None, "", "relative/folder", "/else/where"])
def test_the_options_lie_where_qt_s_standard_paths_put_them(
    monkeypatch: pytest.MonkeyPatch, folder: str | None,
) -> None:
    """So that no version loses the options of another."""
    if folder is None:
        monkeypatch.delenv("XDG_CONFIG_HOME")
    else:
        monkeypatch.setenv("XDG_CONFIG_HOME", folder)

    standard = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    assert options_file() == Path(standard) / "liftoff" / "liftoff.ini"


@pytest.mark.parametrize(("platform", "folder"), [
    ("win32", "AppData/Local/liftoff"), ("darwin", "Library/Preferences/liftoff"),
])
def test_elsewhere_the_platform_s_own_folders_are_used(
    monkeypatch: pytest.MonkeyPatch, home: Path, platform: str, folder: str,
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)

    assert options_file() == home / folder / "liftoff.ini"
    assert viewport_file().is_relative_to(home)


def test_without_a_home_folder_there_is_still_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as for a person whom the system does not know

    assert options_file() == Path("~/.config/liftoff/liftoff.ini")
