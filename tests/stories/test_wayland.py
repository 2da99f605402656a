"""The whole program as a process on a Wayland desktop, with keys that come from a keyboard."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from tests.needs import need
from tests.stories.wayland import WaylandDesktop, missing_tools
from viewer.resources import asset

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.story


@pytest.fixture
def desktop() -> Iterator[WaylandDesktop]:
    need(missing_tools())
    made = WaylandDesktop()
    try:
        made.begin()
        yield made
    finally:
        made.close()


@pytest.fixture
def pictures() -> dict[str, Counter[int]]:
    """The colours of the pictures of the launch gallery, by the first word of their file names: their numbers."""
    return {path.name.partition("-")[0]: colours(QImage(str(path))) for path in asset("expedition-56").glob("*.jpg")}


def colours(image: QImage) -> Counter[int]:
    """The share in ten thousandths of each of 512 colours; what is as dark as the program's ground does not count."""
    small = image.scaled(QSize(160, 100)).convertToFormat(QImage.Format.Format_RGB888)
    pixels = (small.pixelColor(x, y) for x in range(small.width()) for y in range(small.height()))
    found = Counter(pixel.red() >> 5 << 6 | pixel.green() >> 5 << 3 | pixel.blue() >> 5
                    for pixel in pixels if pixel.value() > 80)
    return Counter({colour: count * 10_000 // found.total() for colour, count in found.items()})


def test_the_launch_gallery_is_shown_paged_filled_and_closed_by_keys_and_nothing_is_complained_of(
    desktop: WaylandDesktop, pictures: dict[str, Counter[int]],
) -> None:
    def shown() -> str:
        seen = colours(desktop.screen())
        return max(pictures, key=lambda number: (seen & pictures[number]).total())

    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    with subprocess.Popen([sys.executable, "-m", "viewer"], env=environment | desktop.environment, text=True,
                          cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        try:
            desktop.until(lambda: desktop.window().get("focused"), "the window")
            desktop.until(lambda: shown() == "01", "the first picture")
            assert desktop.window()["app_id"] == "liftoff"  # the name of the desktop file, which has the icon
            desktop.press("Right")
            desktop.until(lambda: shown() == "02", "the second picture")

            before = desktop.window()["rect"]
            desktop.press("F11")
            desktop.until(lambda: desktop.window()["fullscreen_mode"], "full screen")
            desktop.until(lambda: shown() == "02", "the picture in full screen")
            assert desktop.window()["rect"] == {"x": 0, "y": 0, "width": 1280, "height": 800}
            desktop.press("F11")
            desktop.until(lambda: not desktop.window()["fullscreen_mode"], "the window again")
            desktop.until(lambda: desktop.window()["rect"] == before, "the window's size")

            desktop.press("q", "ctrl")
            said = program.communicate(timeout=60)
        finally:
            program.kill()
    assert (program.returncode, *said) == (0, "", "")
