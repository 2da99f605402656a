from __future__ import annotations

import ctypes
import datetime as dt
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from viewer.kiosk import trusted_clock
from viewer.kiosk.trusted_clock import AGREES_S, EARLIEST, agrees_with_hardware, distrust, is_synchronized

if TYPE_CHECKING:
    from pathlib import Path

ON_LINUX = sys.platform == "linux"
NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(trusted_clock, "_SYNCHRONIZED", tmp_path / "synchronized")
    monkeypatch.setattr(trusted_clock, "_RTC_FOLDER", tmp_path)


def hardware(folder: Path, text: str) -> None:
    (folder / "rtc0").mkdir()
    (folder / "rtc0" / "since_epoch").write_text(text)


@pytest.mark.parametrize(("kernel", "trusted"), [(0, True), (1, True), (5, False), (None, False)])
def test_a_clock_that_a_time_server_keeps_is_trusted(
    kernel: int | None, trusted: bool, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trusted_clock, "_kernel_state", lambda: kernel)
    monkeypatch.setattr(trusted_clock, "agrees_with_hardware", lambda _now: False)
    assert is_synchronized() == trusted
    assert (not distrust(NOW)) == trusted


def test_where_the_kernel_does_not_tell_systemd_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(trusted_clock, "_kernel_state", lambda: None)
    (tmp_path / "synchronized").touch()
    assert is_synchronized()


@pytest.mark.skipif(not ON_LINUX, reason="elsewhere the kernel is not asked")
def test_the_kernel_here_tells_something_and_asking_changes_nothing() -> None:
    before = dt.datetime.now(dt.UTC)
    assert trusted_clock._kernel_state() in (0, 1, 2, 3, 4, 5)
    assert abs(dt.datetime.now(dt.UTC) - before) < dt.timedelta(minutes=1)


@pytest.mark.parametrize("told", [0, 1, 5, -1])
def test_a_kernel_that_refuses_to_tell_is_as_one_that_cannot_be_asked(
    told: int, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace(adjtimex=lambda _timex: told))
    assert trusted_clock._kernel_state() == (None if told == -1 else told)


@pytest.mark.parametrize(("text", "agrees"), [
    (str(int(NOW.timestamp())), True), (f"{int(NOW.timestamp()) - 7200}\n", True),
    (str(int(NOW.timestamp()) + AGREES_S), True),
    (str(int(NOW.timestamp()) + AGREES_S + 1), False), ("1234", False), ("", False), ("x", False), ("-5", False),
])
def test_a_real_time_clock_is_believed_where_it_goes_and_agrees(text: str, agrees: bool, tmp_path: Path) -> None:
    hardware(tmp_path, text)
    assert agrees_with_hardware(NOW, tmp_path) == agrees


def test_a_real_time_clock_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "rtc0" / "since_epoch").mkdir(parents=True)
    (tmp_path / "rtc1").mkdir()
    (tmp_path / "rtc1" / "since_epoch").write_text(str(int(NOW.timestamp())))
    assert agrees_with_hardware(NOW, tmp_path)


def test_a_machine_without_a_real_time_clock_agrees_with_none(tmp_path: Path) -> None:
    assert not agrees_with_hardware(NOW, tmp_path / "missing")


def test_a_time_before_this_program_was_made_is_wrong_whoever_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trusted_clock, "_kernel_state", lambda: 0)
    assert not distrust(EARLIEST)
    assert distrust(dt.datetime(1970, 1, 1, 9, tzinfo=dt.UTC)) == (
        "The clock says 01 January 1970, which cannot be: nothing is closed by it, and slides with dates all show. Set "
        "the clock, or connect the machine to a time server.")
    assert distrust(EARLIEST - dt.timedelta(seconds=1))


def test_a_time_that_nothing_has_set_is_not_trusted_but_one_that_a_real_time_clock_has_set_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:
    monkeypatch.setattr(trusted_clock, "_kernel_state", lambda: 5)
    monkeypatch.setattr(trusted_clock, "agrees_with_hardware", lambda now: agrees_with_hardware(now, tmp_path))
    assert distrust(NOW) == (
        "Neither a time server nor a real-time clock has set the time: nothing is closed by it, and slides with dates "
        "all show. Connect the machine to a time server.")
    hardware(tmp_path, str(int(NOW.timestamp())))
    assert not distrust(NOW)


def test_elsewhere_than_on_linux_a_time_that_can_be_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(trusted_clock, "_kernel_state", lambda: 5)
    assert not distrust(NOW)
