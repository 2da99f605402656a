from __future__ import annotations

import pytest

from viewer.imaging.protocol.deadlines import MOST_TIMES, ORDINARY_BYTES, ORDINARY_PIXELS, deadline_ms
from viewer.imaging.protocol.limits import HIGHEST


@pytest.mark.parametrize(("file_bytes", "pixels", "wanted"), [
    (0, 0, 10_000), (20 << 20, 24_000_000, 10_000), (ORDINARY_BYTES, ORDINARY_PIXELS, 10_000),
    (0, 2 * ORDINARY_PIXELS, 20_000), (3 * ORDINARY_BYTES, 2 * ORDINARY_PIXELS, 30_000),
    (HIGHEST.file_bytes, HIGHEST.pixels, 10_000 * MOST_TIMES),
])
def test_a_picture_has_time_in_proportion_to_its_size_up_to_a_bound(file_bytes: int, pixels: int, wanted: int) -> None:
    assert deadline_ms(10_000, file_bytes=file_bytes, pixels=pixels) == wanted


def test_the_largest_picture_allowed_has_less_time_than_the_bound_by_its_pixels_alone() -> None:
    assert 4 <= deadline_ms(1000, pixels=HIGHEST.pixels) / 1000 <= MOST_TIMES
