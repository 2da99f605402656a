"""The unit that ``liftoff kiosk install`` writes, started by a real service manager of systemd's."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kiosk_commands.liftoff_kiosk import COMMAND
from tests.kiosk_commands.user_manager import UserManager
from tests.processes import wait_until_gone
from tests.x_server import x_server
from viewer.kiosk_commands.start_file import UNIT, user_unit_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.story


@pytest.fixture
def manager() -> Iterator[UserManager]:
    with x_server() as display, tempfile.TemporaryDirectory() as runtime:
        made = UserManager(Path(runtime), DISPLAY=display, QT_QPA_PLATFORM="")
        yield made
        made.close()


def supervisor(manager: UserManager, restarts: int) -> int:
    """The process of the unit once it has said that it is ready, started again so many times."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        state = manager.systemctl("show", "--value", "-p", "SubState", UNIT)
        found = manager.processes("--kiosk")
        if state == "running" and found and told(manager, "NRestarts") == str(restarts):
            return found[0]
        time.sleep(0.05)
    raise AssertionError(manager.systemctl("show", UNIT))


def told(manager: UserManager, name: str) -> str:
    return manager.systemctl("show", "--value", "-p", name, UNIT)


def test_the_service_manager_starts_watches_and_restarts_the_show_and_uninstalling_ends_it(
    manager: UserManager, manifest: Callable[..., Path],
) -> None:
    impatient = user_unit_path().with_name(f"{UNIT}.d") / "watchdog.conf"
    impatient.parent.mkdir(parents=True)
    impatient.write_text("[Service]\nWatchdogSec=2\n")  # not to wait for long
    assert manager.run(*COMMAND, "install", str(manifest([1, 2, 3]))).returncode == 0

    manager.systemctl("start", UNIT)
    first = supervisor(manager, 0)
    assert told(manager, "StatusText").startswith("Showing ")

    os.kill(first, signal.SIGKILL)
    second = supervisor(manager, 1)

    os.kill(second, signal.SIGSTOP)
    third = supervisor(manager, 2)

    everything = manager.processes("--kiosk")
    assert third in everything
    done = manager.run(*COMMAND, "uninstall")
    assert (done.returncode, done.stderr) == (0, "")
    wait_until_gone(everything)
    assert told(manager, "ActiveState") == "inactive"


def test_a_show_that_is_ended_on_purpose_is_not_started_again(
    manager: UserManager, manifest: Callable[..., Path],
) -> None:
    assert manager.run(*COMMAND, "install", str(manifest([1, 2, 3]))).returncode == 0
    manager.systemctl("start", UNIT)
    one = supervisor(manager, 0)

    os.kill(one, signal.SIGTERM)
    wait_until_gone([one])

    assert told(manager, "Result") == "success"
    assert told(manager, "ActiveState") in ("inactive", "deactivating")
    assert told(manager, "NRestarts") == "0"
