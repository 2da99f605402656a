from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from viewer.supervisor.service_manager import ServiceManager

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["path", "abstract"])
def systemd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[socket.socket, str]]:
    """A socket as systemd's, and its name in NOTIFY_SOCKET."""
    name = str(tmp_path / "notify") if request.param == "path" else f"\0liftoff-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as made:
        made.bind(name)
        made.setblocking(False)
        yield made, name.replace("\0", "@")


def test_each_message_is_one_datagram(systemd: tuple[socket.socket, str]) -> None:
    link, name = systemd
    manager = ServiceManager({"NOTIFY_SOCKET": name})
    manager.ready()
    manager.alive()
    manager.say("Showing\nthe “quay”")
    manager.say("Showing\nthe “quay”")
    manager.stopping()

    got = [link.recv(4096).decode() for _ in range(4)]
    assert got == ["READY=1", "WATCHDOG=1", "STATUS=Showing the “quay”", "STOPPING=1"]
    with pytest.raises(BlockingIOError):
        link.recv(1)


@pytest.mark.parametrize(("environ", "seconds"), [
    ({"WATCHDOG_USEC": "30000000"}, 15.0),
    ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 15.0),
    ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
    ({"WATCHDOG_USEC": "0"}, None),
    ({"WATCHDOG_USEC": "soon"}, None),
    ({}, None),
])
def test_the_watchdog_is_fed_twice_in_its_time_if_it_is_meant_for_this_process(
    environ: dict[str, str], seconds: float | None,
) -> None:
    assert ServiceManager({"NOTIFY_SOCKET": "/run/notify"} | environ).watchdog == seconds


@pytest.mark.parametrize("name", ["", "/nowhere/at/all", "@liftoff-nobody-listens", "vsock:2:1234", "relative"])
def test_nobody_who_listens_is_no_trouble(name: str) -> None:
    manager = ServiceManager({"NOTIFY_SOCKET": name} if name else {})
    manager.ready()
    manager.stopping()


def test_a_manager_that_does_not_read_holds_nothing_up(systemd: tuple[socket.socket, str]) -> None:
    _, name = systemd
    manager = ServiceManager({"NOTIFY_SOCKET": name})
    for _ in range(5000):
        manager.alive()
