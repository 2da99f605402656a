"""The memory of pictures that are no longer shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests import pictures
from tests.torture.common import write_gallery
from tests.torture.driver import SMALL, Driver
from tests.torture.process_state import ProcessState
from viewer.imaging.client.scheduling import PRIORITIES

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counts mappings in /proc")

SECONDS = 60


@pytest.fixture
def driver(tmp_path: Path, qtbot: QtBot) -> Driver:
    del qtbot  # which makes the application
    files = [pictures.photo(tmp_path / f"{number}.jpg", (1800, 1200), seed=number) for number in range(3)]
    driver = Driver(write_gallery(tmp_path / "gallery.json", files), SMALL)
    driver.wait(SECONDS)
    return driver


def buffers_of_closed(driver: Driver) -> int:
    """How many are mapped once the window is closed, while Python still refers to the whole program."""
    driver.window.close()
    left = ProcessState.measured().buffers
    driver.close()
    return left


def shown_width(driver: Driver) -> int:
    picture = driver.program.view_model.displayed.picture
    return 0 if picture is None else picture.image.width()


def resize(driver: Driver) -> None:
    """Make the window larger, and wait for the sharper picture."""
    before = shown_width(driver)
    driver.window.resize(1500, 900)
    assert driver.run_for(SECONDS, lambda: shown_width(driver) > before)


def test_a_closed_program_holds_no_picture(driver: Driver) -> None:
    driver.page(SECONDS)

    assert buffers_of_closed(driver) == 0


def test_a_closed_program_holds_no_picture_of_the_size_before_it_was_resized(driver: Driver) -> None:
    driver.page(SECONDS)
    resize(driver)
    driver.page(SECONDS)

    assert buffers_of_closed(driver) == 0


def test_nobody_but_the_cache_keeps_the_picture_of_the_size_before_a_resize(driver: Driver) -> None:
    driver.page(SECONDS)
    resize(driver)
    for priority in PRIORITIES:  # nothing else is wanted, nor decoded anew
        driver.program.loader.request(priority, [])
    driver.settle(SECONDS)
    driver.program.loader.forget()

    assert ProcessState.measured().buffers == 1  # that on the screen
    driver.close()
