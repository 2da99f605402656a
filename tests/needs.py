"""What some tests need of the system: where it lacks that they are skipped, in continuous integration they fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.thorough import THOROUGH

if TYPE_CHECKING:
    from collections.abc import Sequence


def need(missing: Sequence[str]) -> None:
    """End the test that runs, or whose fixture this is, if anything is `missing`."""
    if missing:
        reason = f"needs {' and '.join(missing)}"
        pytest.fail(reason) if THOROUGH else pytest.skip(reason)
