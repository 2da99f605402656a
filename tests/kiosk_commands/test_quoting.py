from __future__ import annotations

import subprocess

import pytest

from viewer.kiosk_commands.quoting import desktop_line, systemd_line, systemd_word


@pytest.mark.parametrize(("words", "line"), [
    (["/usr/bin/liftoff", "--kiosk"], "/usr/bin/liftoff --kiosk"),
    (["/a b/liftoff", "x y"], '"/a b/liftoff" "x y"'),
    (["/bin/a", 'the "old" quay'], r'/bin/a "the \"old\" quay"'),
    (["/bin/a", "50%"], '/bin/a "50%%"'),
    (["/$a", "$HOME"], '"/$a" "$$HOME"'),
    (["/bin/a", "a\\b", "", ";"], r'/bin/a "a\\b" "" ";"'),
    (["/bin/a", "caf\u00e9", "\udcff"], r'/bin/a "caf\xc3\xa9" "\xff"'),
    (["/bin/a", "'"], '/bin/a "\'"'),
])
def test_a_unit_takes_every_word_literally(words: list[str], line: str) -> None:
    assert systemd_line(words) == line


def test_an_assignment_of_a_unit_may_have_spaces() -> None:
    assert systemd_word("XDG_STATE_HOME=/a b/100%") == '"XDG_STATE_HOME=/a b/100%%"'


@pytest.mark.parametrize("words", [
    ["/usr/bin/liftoff", "--kiosk"], ["/a b/c", "the \"old\" quay", "$HOME", "`x`", "a\\b", "", ";", "caf\u00e9", "'"],
])
def test_a_desktop_entry_takes_every_word_literally(words: list[str]) -> None:
    """Undone as the specification says: first as a string of the file, then as an argument, which a shell does, too."""
    as_string = desktop_line(words).replace("\\\\", "\\")
    done = subprocess.run(["sh", "-c", f"printf '%s\\0' {as_string}"], capture_output=True, text=True, check=True)
    assert done.stdout.split("\0")[:-1] == words


def test_a_desktop_entry_doubles_what_would_be_a_field_code() -> None:
    assert desktop_line(["/bin/a", "50%f"]) == '/bin/a "50%%f"'
