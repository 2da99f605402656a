"""Limits that were set before the program was started, and while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.pictures import photo, truncated
from viewer.app.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stories.conftest import Show

pytestmark = pytest.mark.story


def test_a_picture_that_breaks_off_is_shown_and_marked_once_that_is_wanted(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    photo(folder / "2.jpg", (900, 600))
    truncated(photo(tmp_path / "whole.jpg", (900, 600)), folder / "1.jpg", keep=0.5)
    show = begin(folder, whole=False)
    view_model, indicator = show.program.view_model, show.program.central.indicator
    show.until(lambda: view_model.displayed.failure is not None)
    assert "damaged or incomplete" in show.program.slide_view.accessibleDescription()

    show.program.settings.override("decode/partial", True)
    show.until(lambda: view_model.displayed.picture is not None and view_model.displayed.sharp)
    assert (indicator.isVisible(), indicator.text()) == (True, "Incomplete")
    assert "The picture is incomplete" in show.program.slide_view.accessibleDescription()

    show.press(Qt.Key.Key_Right)
    show.until(lambda: view_model.displayed.index == 1 and view_model.displayed.picture is not None)
    assert not indicator.isVisible()


def test_a_stricter_limit_counts_from_the_first_picture_on_and_a_wider_one_at_once(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2]), how=Start(overrides={"limits/megapixels": 1}))
    show.until(lambda: show.program.view_model.displayed.failure is not None)
    seen = show.program.slide_view.accessibleDescription()
    assert "more pixels than may be decoded" in seen
    assert "see the limits in the preferences" in seen

    show.program.settings.override("limits/megapixels", 2)
    show.waits_to_see(1)

    show.program.settings.override("limits/side", 1499)
    show.until(lambda: show.program.view_model.displayed.failure is not None)
    assert "wider or higher than may be decoded" in show.program.slide_view.accessibleDescription()
