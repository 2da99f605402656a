"""Who insists on the sandbox is known before there is a Qt to ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from viewer.imaging.pool.sandbox_probe import options_file, options_insist
from viewer.settings_store import SettingsStore, default_path

KEY = "decode/require-sandbox"


@pytest.mark.parametrize("folder", [None, "", "relative/folder", "/else/where"])
def test_the_options_are_looked_for_where_the_store_keeps_them(
    monkeypatch: pytest.MonkeyPatch, folder: str | None,
) -> None:
    if folder is None:
        monkeypatch.delenv("XDG_CONFIG_HOME")
    else:
        monkeypatch.setenv("XDG_CONFIG_HOME", folder)

    assert Path(options_file()) == default_path()


def test_what_the_store_writes_is_understood(qapp: object) -> None:
    del qapp
    assert not options_insist()
    store = SettingsStore()
    for on in (True, False, True):
        store.set("show/interval", "8")
        store.set(KEY, on)
        assert options_insist() is on


@pytest.mark.parametrize("text", [
    "[decode]\nrequire-sandbox=true\n", "[decode]\r\ndeadline-s=3\r\nrequire-sandbox=true\r\n",
    "[decode]\nrequire-sandbox = True", '[decode]\nrequire-sandbox="true"\n', "[decode]\nrequire-sandbox=1\n",
    "[decode]\nrequire-sandbox= yes \n", "[decode]\nrequire-sandbox=on\n", "[decode]\nrequire%2Dsandbox=true\n",
    "[decode]\nrequire-sandbox=false\nrequire-sandbox=true\n", "[decode]\ndeadline-s=\x80\nrequire-sandbox=true\n",
])
def test_whenever_the_store_insists_it_is_known_early(qapp: object, text: str) -> None:
    del qapp
    default_path().parent.mkdir(parents=True)
    default_path().write_text(text, encoding="latin-1", newline="")

    assert SettingsStore().flag(KEY)
    assert options_insist()


@pytest.mark.parametrize("text", [
    "", "[decode]\nrequire-sandbox=false\n", "[decode]\nrequire-sandbox=0\n", "[decode]\nrequire-sandbox=\n",
    "[decode]\n;require-sandbox=true\n", "[decode]\ndeadline-s=3\n", '[decode]\nrequire-sandbox="off"\n',
])
def test_where_nobody_insists_the_start_goes_on_as_ever(qapp: object, text: str) -> None:
    del qapp
    default_path().parent.mkdir(parents=True)
    default_path().write_text(text)

    assert not SettingsStore().flag(KEY)
    assert not options_insist()


@pytest.mark.parametrize("text", ["[decode]\nrequire-sandbox=perhaps\n", "[decode]\nrequire-sandbox=tr\\\nue\n"])
def test_what_can_be_read_in_two_ways_counts_as_set(text: str) -> None:
    default_path().parent.mkdir(parents=True)
    default_path().write_text(text)

    assert options_insist()


def test_options_that_cannot_be_read_count_as_set() -> None:
    default_path().mkdir(parents=True)

    assert options_insist()
