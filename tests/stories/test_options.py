"""Options take effect while the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from viewer.settings import BY_KEY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stories.conftest import Show

pytestmark = pytest.mark.story

READ_WHEN_NEEDED = {"caption/language", *(key for key in BY_KEY if key.startswith("show/"))}


def test_every_option_changes_something_at_once_unless_it_is_read_when_it_is_needed(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1]))

    assert set(BY_KEY) - set(show.program.effects) == READ_WHEN_NEEDED
    assert set(show.program.effects) <= set(BY_KEY)


def test_a_larger_caption_is_seen_at_once(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest([1]))
    before = show.window.panel.sizeHint().height()
    show.program.settings.set("caption/scale", 200)

    assert show.window.panel.sizeHint().height() > 1.5 * before
