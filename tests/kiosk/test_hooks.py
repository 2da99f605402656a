"""Commands for the panel's power, as real processes."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pytest

from viewer.kiosk.config import HooksConfig
from viewer.kiosk.hooks import KEPT, Hooks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WAIT_S = 20


def python(program: str, *arguments: object) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", "-c", program, *map(str, arguments))


@pytest.fixture
def begin() -> Iterator[Callable[..., Hooks]]:
    made: list[Hooks] = []

    def start(on_open: tuple[str, ...] = (), on_close: tuple[str, ...] = (), **how: float) -> Hooks:
        config = HooksConfig(on_open, on_close, how.pop("timeout", 20))
        made.append(Hooks(config, **{"gap": 0, **how}))
        return made[-1]

    yield start
    for hooks in made:
        hooks.close()


@pytest.fixture
def note(tmp_path: Path) -> Callable[[str], tuple[str, ...]]:
    """A command that adds a word to a file."""
    return lambda word: python("import sys; open(sys.argv[1], 'a').write(sys.argv[2] + ' ')", tmp_path / "notes", word)


def notes(tmp_path: Path) -> list[str]:
    file = tmp_path / "notes"
    return file.read_text().split() if file.exists() else []


def test_the_panel_follows_and_what_is_done_is_not_done_again(
    begin: Callable[..., Hooks], note: Callable[[str], tuple[str, ...]], tmp_path: Path,
) -> None:
    hooks = begin(note("on"), note("off"))
    for is_open in (True, True, False, False, True):
        hooks.set_open(is_open)
        assert hooks.wait(WAIT_S)
    assert notes(tmp_path) == ["on", "off", "on"]
    assert hooks.failures == ()


def test_the_only_command_does_not_wait_for_one_that_is_not_there(
    begin: Callable[..., Hooks], note: Callable[[str], tuple[str, ...]], tmp_path: Path,
) -> None:
    hooks = begin(on_close=note("off"), gap=600)
    for is_open in (True, False):
        hooks.set_open(is_open)
        assert hooks.wait(WAIT_S)
    assert notes(tmp_path) == ["off"]


def test_arguments_are_no_shells(begin: Callable[..., Hooks], tmp_path: Path) -> None:
    hooks = begin(python("import sys; open(sys.argv[1], 'w').write(sys.argv[2])", tmp_path / "notes", "$(id); `id`"))
    hooks.set_open(True)
    assert hooks.wait(WAIT_S)
    assert (tmp_path / "notes").read_text() == "$(id); `id`"


def test_of_hours_that_change_to_and_fro_only_the_last_counts(
    begin: Callable[..., Hooks], note: Callable[[str], tuple[str, ...]], tmp_path: Path,
) -> None:
    hooks = begin(note("on"), note("off"), gap=0.4)
    hooks.set_open(True)
    assert hooks.wait(WAIT_S)
    for _ in range(20):
        hooks.set_open(False)
        hooks.set_open(True)
    hooks.set_open(False)
    assert hooks.wait(WAIT_S)
    assert notes(tmp_path) == ["on", "off"]


@pytest.mark.parametrize(("command", "reason"), [
    (python("import sys; print('no bus'); sys.exit(3)"), "failed with status 3: no bus."),
    (("/no/such/program",), "cannot be started: "),
    (("a\0b",), "cannot be started: "),
    ((os.path.dirname(__file__),), "cannot be started: "),  # noqa: PTH120 - a word of a command
])
def test_one_that_fails_is_said_until_it_succeeds(
    begin: Callable[..., Hooks], note: Callable[[str], tuple[str, ...]], command: tuple[str, ...], reason: str,
) -> None:
    hooks = begin(command, note("off"))
    hooks.set_open(True)
    assert hooks.wait(WAIT_S)
    (said,) = hooks.failures
    assert said.startswith("The command of “hooks.on-open”, ")
    assert reason in said
    hooks.set_open(False)
    assert hooks.wait(WAIT_S)
    assert hooks.failures == ()


def test_one_that_has_failed_is_run_again_after_a_while_and_not_sooner(
    begin: Callable[..., Hooks], tmp_path: Path,
) -> None:
    command = python("import sys; open(sys.argv[1], 'a').write('tried '); sys.exit(1)", tmp_path / "notes")
    patient, eager = begin(command), begin(command, retry=0)
    for hooks, tries in ((patient, 1), (eager, 3)):
        (tmp_path / "notes").unlink(missing_ok=True)
        for _ in range(3):
            hooks.set_open(True)
            assert hooks.wait(WAIT_S)
        assert len(notes(tmp_path)) == tries


@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX")
def test_one_that_takes_too_long_is_ended_with_all_its_children(begin: Callable[..., Hooks], tmp_path: Path) -> None:
    child = "import time; time.sleep(600)"
    hooks = begin(python(f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-I", "-S", "-c", {child!r}])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(600)
""", tmp_path / "pid"), timeout=1)
    hooks.set_open(True)
    assert hooks.wait(WAIT_S)
    assert hooks.failures[0].endswith("took longer than 1 seconds and was ended. Try it by hand, or raise "
                                      "“hooks.timeout”.")
    assert is_gone(int((tmp_path / "pid").read_text()))


def is_gone(pid: int) -> bool:
    """Whether that process ends; a grandchild is reaped by init, which may take a moment, or not be there at all."""
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:  # noqa: PTH123 - one line of the kernel's
                if file.read().rpartition(")")[2].split()[0] in "ZX":
                    return True
        except (FileNotFoundError, ProcessLookupError):
            return True
    return False


def test_closing_ends_one_that_runs(begin: Callable[..., Hooks], tmp_path: Path) -> None:
    hooks = begin(python("import sys, time; open(sys.argv[1], 'w'); time.sleep(600)", tmp_path / "begun"), timeout=300)
    hooks.set_open(True)
    until = time.monotonic() + WAIT_S
    while not (tmp_path / "begun").exists() and time.monotonic() < until:
        hooks.wait(0.01)
    hooks.close()
    assert hooks.failures == ()


def test_of_what_one_says_a_little_is_kept(begin: Callable[..., Hooks]) -> None:
    hooks = begin(python("import sys; sys.stdout.write('x' * 5_000_000 + 'end'); sys.exit(1)"))
    hooks.set_open(True)
    assert hooks.wait(WAIT_S)
    assert len(hooks.failures[0]) < KEPT + 200
    assert hooks.failures[0].endswith("xend. Try it by hand in this account.")


def test_without_commands_there_is_no_thread(begin: Callable[..., Hooks]) -> None:
    hooks = begin()
    hooks.set_open(True)
    assert hooks._thread._thread is None
