from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.imaging.worker.client import WITHOUT_CODECS, Client

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """One worker for all tests of a module, so that damage done by one test shows in the next."""
    client = Client(tmp_path_factory.getbasetemp())
    yield client
    client.close()


@pytest.fixture(scope="module")
def without_codecs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A worker where the package imagecodecs is not installed."""
    client = Client(tmp_path_factory.getbasetemp(), command=WITHOUT_CODECS)
    yield client
    client.close()
