"""Whether the sandbox is required is known before there is a Qt to ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.locations import options_file
from viewer.settings_store import SettingsStore
from viewer.startup.early_options import sandbox_is_required

KEY = "decode/require-sandbox"

pytestmark = pytest.mark.usefixtures("qapp")


def write(text: str) -> None:
    options_file().parent.mkdir(parents=True, exist_ok=True)
    options_file().write_text(text, encoding="latin-1", newline="")


def test_what_the_store_writes_is_understood() -> None:
    assert not sandbox_is_required()
    store = SettingsStore()
    for on in (True, False, True):
        store.set("show/interval", "8")
        store.set("caption/language", 'a"b;c=require-sandbox\n')
        store.set_layout("docks", b"\nrequire-sandbox=true\n")
        store.set(KEY, on)
        assert sandbox_is_required() is on


@pytest.mark.parametrize("text", [
    "[decode]\nrequire-sandbox=true\n", "[decode]\r\ndeadline-s=3\r\nrequire-sandbox=true\r\n",
    "[decode]\nrequire-sandbox = True", '[decode]\nrequire-sandbox="true"\n', "[decode]\nrequire-sandbox=1\n",
    "[decode]\nrequire-sandbox= yes \n", "[decode]\nrequire-sandbox=on\n", "[decode]\nrequire%2Dsandbox=true\n",
    "[decode]\nrequire-sandbox=false\nrequire-sandbox=true\n", "[decode]\ndeadline-s=\x80\nrequire-sandbox=true\n",
    "[%64ecode]\n%72equire-sandbox=true\n",
    "[decode]\n%U0072equire-sandbox=true\n", "[decode]\nrequire-sandbox=\x0ctrue\n",
    '[decode]\nrequire-sandbox="\ntrue"\n', '[decode]\nrequire-sandbox="\\x74rue"\n',
])
def test_whenever_qt_would_read_yes_it_is_known_early(text: str) -> None:
    write(text)

    assert SettingsStore().flag(KEY)
    assert sandbox_is_required()


@given(st.lists(st.sampled_from([
    "[decode]", "[General]", "\n", "\r", "\x0c", "require-sandbox", "decode\\require-sandbox", "%72equire-sandbox", "=",
    "true", "off", "0", "1", '"', ";", "\\", ",", " ", "@Invalid()", "\\x74rue", "\x85",
]), max_size=12))
def test_no_spelling_that_qt_reads_as_yes_is_missed(words: list[str]) -> None:
    write("[decode]\n" + "".join(words) + "\n")

    assert sandbox_is_required() or not SettingsStore().flag(KEY)


@pytest.mark.parametrize("text", [
    "", "[decode]\nrequire-sandbox=false\n", "[decode]\nrequire-sandbox=0\n", "[decode]\nrequire-sandbox=\n",
    "[decode]\n;require-sandbox=true\n", "[decode]\ndeadline-s=3\n", '[decode]\nrequire-sandbox="off"\n',
])
def test_where_it_is_not_required_the_start_goes_on_as_ever(text: str) -> None:
    write(text)

    assert not SettingsStore().flag(KEY)
    assert not sandbox_is_required()


@pytest.mark.parametrize("text", [
    "[decode]\nrequire-sandbox=perhaps\n", "[decode]\nrequire-sandbox=tr\\\nue\n", "x" * (1 << 20) + "\n[decode]\n",
])
def test_what_can_be_read_in_two_ways_counts_as_required(text: str) -> None:
    write(text)

    assert sandbox_is_required()


def test_options_that_cannot_be_read_count_as_required() -> None:
    options_file().mkdir(parents=True)

    assert sandbox_is_required()
