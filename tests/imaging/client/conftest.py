from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.imaging.client.benches import Desk, Eye

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(tmp_path, qtbot)
    yield desk
    desk.loader.close()


@pytest.fixture
def eye(qtbot: QtBot) -> Iterator[Eye]:
    eye = Eye(qtbot)
    yield eye
    eye.close()
