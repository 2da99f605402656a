from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from tests.show.galleries import a_gallery, path
from viewer.kiosk.position import Position, read_position
from viewer.kiosk.position_keeper import PositionKeeper
from viewer.settings_store import SettingsStore
from viewer.show.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Session:  # noqa: ARG001 - signals need an application
    return Session(SettingsStore(tmp_path / "liftoff.ini"), seed=1)


def test_the_position_is_on_the_disk_before_anybody_hears_of_the_slide(session: Session, tmp_path: Path) -> None:
    found: list[Position | None] = []
    session.moved.connect(lambda: found.append(read_position(tmp_path)))  # before the keeper is there
    keeper = PositionKeeper(session, tmp_path)

    session.set_gallery(a_gallery(0, 1, 2))
    session.step()
    session.go(0)

    assert found == [Position(index, "", f"{index}.jpg", path(index), os.getpid()) for index in (0, 1, 0)]
    keeper.forget()
    assert read_position(tmp_path) is None


def test_without_slides_the_last_position_stays(session: Session, tmp_path: Path) -> None:
    keeper = PositionKeeper(session, tmp_path)
    session.set_gallery(a_gallery(0))
    session.set_gallery(a_gallery())

    assert read_position(tmp_path) is not None
    assert isinstance(keeper, QObject)


def test_a_disk_that_cannot_be_written_is_complained_of_once(
    session: Session, tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "file").write_bytes(b"")
    keeper = PositionKeeper(session, tmp_path / "file")
    with caplog.at_level(logging.WARNING):
        session.set_gallery(a_gallery(0, 1, 2))
        session.step()
        session.step()
    keeper.forget()

    assert [record.getMessage() for record in caplog.records] == [
        f"Where the show is cannot be kept in {tmp_path / 'file'}: there is no such file; check the name."]
