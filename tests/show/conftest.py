from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes import FakeLoader, ManualClock
from viewer.settings_store import SettingsStore
from viewer.show.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QCoreApplication


@pytest.fixture
def settings(tmp_path: Path, qapp: QCoreApplication) -> SettingsStore:  # noqa: ARG001 - signals need an application
    return SettingsStore(tmp_path / "liftoff.ini")


@pytest.fixture
def session(settings: SettingsStore) -> Session:
    return Session(settings, seed=1)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def loader(qapp: QCoreApplication) -> FakeLoader:  # noqa: ARG001 - signals need an application
    return FakeLoader()
