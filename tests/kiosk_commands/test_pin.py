from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.kiosk_commands.liftoff_kiosk import COMMAND, ROOT, kiosk, refusal
from viewer.kiosk.config_file import read_config
from viewer.kiosk.pin import is_pin
from viewer.locations import kiosk_file

if TYPE_CHECKING:
    from pathlib import Path


ON_THIS_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""A program whose controlling terminal is its standard input: it hears Ctrl+C."""


class Terminal:
    """``liftoff kiosk pin`` on a terminal of its own."""

    def __init__(self, *words: str) -> None:
        self._end, theirs = pty.openpty()
        self._process = subprocess.Popen([sys.executable, "-c", ON_THIS_TERMINAL, *COMMAND, "pin", *words], cwd=ROOT,
                                         stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
        os.close(theirs)
        self.seen = ""

    def read_until(self, words: str, *, count: int = 1) -> None:
        """Wait until `words` have been on the screen so many times."""
        until = time.monotonic() + 30
        while self.seen.count(words) < count:
            assert select.select([self._end], [], [], max(0.0, until - time.monotonic()))[0], self.seen
            self.seen += os.read(self._end, 4096).decode()

    def type(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def status(self) -> int:
        """Read to the end; the exit status."""
        try:
            while data := os.read(self._end, 4096):
                self.seen += data.decode()
        except OSError:  # as Linux says that the other side is closed
            pass
        os.close(self._end)
        return self._process.wait(30)


def stored(file: Path) -> str:
    return str(tomllib.loads(file.read_text("utf-8"))["pin"])


def test_it_is_asked_for_twice_at_a_terminal_and_never_seen() -> None:
    terminal = Terminal()
    terminal.read_until("4 to 12 digits: ")
    terminal.type("4711\n")
    terminal.read_until("Once more: ")
    terminal.type("4711\n")

    assert terminal.status() == 0
    assert "4711" not in terminal.seen
    assert "The PIN is set" in terminal.seen
    assert is_pin("4711", stored(kiosk_file()))


def test_two_that_differ_change_nothing() -> None:
    terminal = Terminal()
    terminal.read_until("digits: ")
    terminal.type("4711\n")
    terminal.read_until("Once more: ")
    terminal.type("4712\n")

    assert terminal.status() == 2
    assert "The two were not the same; nothing was changed. Try again." in terminal.seen
    assert not kiosk_file().exists()


def test_what_is_no_pin_is_not_asked_for_again() -> None:
    terminal = Terminal()
    terminal.read_until("digits: ")
    terminal.type("12\n")

    assert terminal.status() == 2
    assert "A PIN is 4 to 12 digits" in terminal.seen
    assert "Once more" not in terminal.seen


@pytest.mark.parametrize(("key", "status"), [("\x03", 130), ("\x04", 2)])
def test_ctrl_c_and_ctrl_d_change_nothing(key: str, status: int) -> None:
    terminal = Terminal()
    terminal.read_until("digits: ")
    terminal.type(key)

    assert terminal.status() == status
    assert "Traceback" not in terminal.seen
    assert not kiosk_file().exists()


def test_a_pipe_gives_it_in_one_line_and_everything_else_in_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('# the hall\ngallery = "hall"  # left\n\n# when\n[hours]\nopen = "Mo-Fr 09:00-18:00"\n')

    done = kiosk("pin", "--config", str(file), input="4711\n")

    assert (done.returncode, done.stderr) == (0, "")
    assert "4711" not in done.stdout
    lines = file.read_text().splitlines()
    assert lines[:3] + lines[5:] == ["# the hall", 'gallery = "hall"  # left', "", "# when", "[hours]",
                                     'open = "Mo-Fr 09:00-18:00"']
    assert is_pin("4711", read_config(file).pin)


def test_a_new_file_is_for_its_owner_alone_and_the_own_one_becomes_so() -> None:
    kiosk("pin", input="4711\n")
    assert kiosk_file().stat().st_mode & 0o777 == 0o600
    kiosk_file().chmod(0o644)
    done = kiosk("pin", input="0815\n")
    assert kiosk_file().stat().st_mode & 0o777 == 0o600
    assert "chmod" not in done.stdout
    assert is_pin("0815", stored(kiosk_file()))


def test_a_file_elsewhere_keeps_its_mode_and_that_others_can_read_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.touch(0o600)
    file.chmod(0o644)
    done = kiosk("pin", "--config", str(file), input="4711\n")
    assert file.stat().st_mode & 0o777 == 0o644
    assert f"chmod o-r {file}" in done.stdout


def test_it_can_be_taken_away() -> None:
    kiosk("pin", input="4711\n")
    done = kiosk("pin", "--remove")
    assert (done.returncode, done.stderr) == (0, "")
    assert read_config(kiosk_file()).pin == ""


def test_taking_away_what_is_not_there_makes_no_file() -> None:
    assert kiosk("pin", "--remove").returncode == 0
    assert not kiosk_file().exists()


def test_a_pin_written_in_plain_digits_is_replaced_by_its_hash(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('pin = "4711"\nawake = false\n')
    kiosk("pin", "--config", str(file), input="4711\n")
    assert '"4711"' not in file.read_text()
    assert is_pin("4711", read_config(file).pin)


@pytest.mark.parametrize("typed", ["", "\n", "12\n", "12345678901234\n", "password\n"])
def test_what_is_no_pin_is_refused(typed: str) -> None:
    assert refusal("pin", input=typed) == "A PIN is 4 to 12 digits, and nothing else; choose another."
    assert not kiosk_file().exists()


def test_a_file_that_is_not_toml_is_told_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text("awake = \n")
    assert f"{file}, line 1: this is no value" in refusal("pin", "--config", str(file), input="4711\n")
    assert file.read_text() == "awake = \n"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = refusal("pin", "--config", str(tmp_path / "file" / "kiosk.toml"), input="4711\n")
    assert str(tmp_path / "file" / "kiosk.toml") in said
