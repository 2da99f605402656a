"""Buses for the tests of what is asked of the desktop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desktop.bus import PrivateBus, need_a_bus

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def session_bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """A session bus without services."""
    need_a_bus()
    with PrivateBus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        yield bus


@pytest.fixture
def system_bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    """A system bus without services."""
    need_a_bus()
    with PrivateBus() as bus:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
        yield bus
