"""A quick dose of hands that do anything at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.torture.common import Dose
from tests.torture.hands import hands

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.mark.timeout(900)  # some seconds, on a machine with nothing else to do
def test_whatever_hands_do_nothing_is_thrown_and_nothing_is_left(tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot  # there is an application

    figures = hands(tmp_path, Dose(changes=30))

    assert figures["deeds"] == 300
    assert figures["not as foreseen"] == []
    assert not any(figures[f"{what} left"] for what in ("children", "threads"))
