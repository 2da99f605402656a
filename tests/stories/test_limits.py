"""Limits that were set before the program was started, and while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from viewer.app.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stories.conftest import Show

pytestmark = pytest.mark.story


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
