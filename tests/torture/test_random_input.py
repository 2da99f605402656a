"""A small workload of random user input."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.torture.common import Workload
from tests.torture.random_input import random_input

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.mark.timeout(900)  # takes seconds on an idle machine
def test_random_input_causes_no_exceptions_warnings_or_leaks(tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot  # which makes the application

    figures = random_input(tmp_path, Workload(changes=30))

    assert figures["events"] == 300
    assert figures["unexpected"] == []
    assert not any(figures[f"{what} left"] for what in ("children", "threads"))
