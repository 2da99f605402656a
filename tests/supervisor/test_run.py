from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.processes import children, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]


class Supervised:
    """A supervisor as a process, with a stand-in for its show, and the socket that it takes for systemd's."""

    def __init__(self, folder: Path, limits: dict[str, float], words: tuple[str, ...], **environment: str) -> None:
        self._link = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._link.bind(str(folder / "notify"))
        self._link.settimeout(60)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.supervisor.supervised", json.dumps(limits), str(folder),
             sys.executable, "-m", "tests.supervisor.stand_in", "--", *words],
            cwd=ROOT, stderr=subprocess.PIPE, text=True,
            env=os.environ | {"NOTIFY_SOCKET": str(folder / "notify"), **environment},
        )

    def hears(self) -> str:
        """The next message to the service manager."""
        return self._link.recv(4096).decode()

    def until(self, message: str) -> None:
        """Wait for a message to the service manager."""
        while self.hears() != message:
            pass

    @property
    def show(self) -> int:
        """The process of the show."""
        (pid,) = children(self.process.pid)
        return pid

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        self._link.close()


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., Supervised]]:
    made: list[Supervised] = []

    def begin(*words: str, limits: dict[str, float] | None = None, **environment: str) -> Supervised:
        made.append(Supervised(tmp_path, limits or {}, words, **environment))
        return made[-1]

    yield begin
    for one in made:
        one.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_show_and_then_the_supervisor(
    supervise: Callable[..., Supervised], number: signal.Signals,
) -> None:
    kiosk = supervise("paint=60000", "wait")
    kiosk.until("READY=1")
    show = kiosk.show

    kiosk.process.send_signal(number)
    _, said = kiosk.process.communicate(timeout=60)

    assert (kiosk.process.returncode, said) == (0, "")
    assert not runs(show)
    kiosk.until("STOPPING=1")


def test_a_show_that_takes_no_signal_is_killed(supervise: Callable[..., Supervised]) -> None:
    kiosk = supervise("stubborn", limits={"polite": 0.2})
    kiosk.until("READY=1")
    show = kiosk.show

    kiosk.process.terminate()
    kiosk.process.communicate(timeout=60)

    assert kiosk.process.returncode == 0
    assert not runs(show)


def test_it_has_started_when_a_slide_was_painted_and_says_which(supervise: Callable[..., Supervised]) -> None:
    kiosk = supervise("paint=60000", "wait")

    assert kiosk.hears() == "STATUS=Starting"
    assert kiosk.hears() == "READY=1"
    assert kiosk.hears() == "STATUS=Showing slide-1"


def test_a_screen_that_is_off_is_no_start_before_its_time(supervise: Callable[..., Supervised]) -> None:
    kiosk = supervise("unseen=60000", "wait", limits={"ready": 1.0})

    assert [kiosk.hears(), kiosk.hears(), kiosk.hears()] == [
        "STATUS=Starting", "STATUS=Playing while nothing can be seen", "READY=1"]


def test_a_show_that_paints_nothing_does_not_fail_the_start_for_ever(supervise: Callable[..., Supervised]) -> None:
    kiosk = supervise("hang", limits={"ready": 0.2})

    assert [kiosk.hears(), kiosk.hears()] == ["STATUS=Starting", "READY=1"]


def test_the_watchdog_is_fed_while_the_show_plays_and_while_it_is_started_again(
    supervise: Callable[..., Supervised],
) -> None:
    kiosk = supervise("paint=60000", "wait", WATCHDOG_USEC="100000")
    kiosk.until("READY=1")
    kiosk.until("WATCHDOG=1")
    kiosk.until("WATCHDOG=1")

    os.kill(kiosk.show, signal.SIGKILL)
    kiosk.until("STATUS=Starting again: The show was ended by signal 9 (SIGKILL), as by the system when memory "
                "runs out.")
    kiosk.until("WATCHDOG=1")
    kiosk.until("STATUS=Showing slide-1")
    kiosk.until("WATCHDOG=1")


def test_a_show_that_ends_by_itself_ends_the_kiosk(supervise: Callable[..., Supervised]) -> None:
    kiosk = supervise("paint=60000", "exit=0")
    _, said = kiosk.process.communicate(timeout=60)

    assert (kiosk.process.returncode, said) == (0, "")


def test_a_show_that_crashes_without_end_is_complained_of_once(supervise: Callable[..., Supervised]) -> None:
    kiosk = supervise("exit=3", limits={"first_wait": 0.01, "longest_wait": 0.01})
    for _ in range(20):
        kiosk.until("STATUS=Starting")
    kiosk.process.terminate()
    _, said = kiosk.process.communicate(timeout=60)

    assert said == "liftoff: The show has ended by exit status 3. It is started again.\n"


def test_it_sleeps_while_nothing_happens(supervise: Callable[..., Supervised]) -> None:
    kiosk = supervise("paint=60000", "hang", WATCHDOG_USEC="400000")
    kiosk.until("READY=1")
    before = _switches(kiosk.process.pid)
    for _ in range(5):
        kiosk.until("WATCHDOG=1")

    assert _switches(kiosk.process.pid) - before < 50


def _switches(pid: int) -> int:
    """How often the process has gone to sleep."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))
