"""What the tests of what is seen share."""

from __future__ import annotations

import pytest

from tests.fakes import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    """Time that passes when the test says so."""
    return ManualClock()
