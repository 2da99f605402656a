"""What the benchmarks of the parts share: how a benchmark is called, and one photo of 24 megapixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import pytest

from tests.bench.material import with_number
from tests.pictures import photo_image, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")


class Benchmark(Protocol):
    """What pytest-benchmark gives a test: it calls a function again and again and keeps the times."""

    def __call__(self, function: Callable[..., T], *arguments: object) -> T:
        """Call `function` as often as the times need, and return what it returned."""


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A JPEG of 6000 x 4000 pixels with the detail of a photo."""
    return write(with_number(photo_image((6000, 4000)), 0), tmp_path_factory.mktemp("photo") / "photo.jpg",
                 quality=96, subsampling=1)
