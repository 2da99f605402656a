"""Stories of the first moments: the picture comes first, what it does without a moment later, and nobody notices."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from viewer.app.start import Start

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stories.conftest import Show

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.story


def part_places(show: Show) -> dict[str, QRect]:
    """Where the parts of the window are that can be seen."""
    program, window = show.program, show.window
    parts = {"slide view": program.slide_view, "caption": window.panel, "full screen's caption": program.central.panel,
             "thumbnail bar": program.thumbnail_bar, "menus": window.menuBar(), "progress": program.central.progress}
    return {name: QRect(part.mapTo(window, QPoint(0, 0)), part.size())
            for name, part in parts.items() if part.isVisible()}


@pytest.mark.parametrize("fullscreen", [False, True])
def test_nothing_that_is_seen_moves_after_the_first_picture(
    begin: Callable[..., Show], manifest: Callable[..., Path], *, fullscreen: bool,
) -> None:
    show = begin(manifest([1, 2, 3]), how=Start(fullscreen=fullscreen), whole=False)
    first: list[dict[str, QRect]] = []
    show.program.slide_view.sharp_shown.connect(lambda _: first.append(part_places(show)))
    show.until(lambda: bool(first))
    show.until(lambda: show.program.setup.is_done)
    show.turn()

    assert first[0].keys() >= {"slide view", "progress"}
    assert part_places(show) == first[0]
    assert show.sees() == 1


@pytest.mark.parametrize("fullscreen", [False, True])
def test_a_key_pressed_before_everything_is_built_is_heard(
    begin: Callable[..., Show], manifest: Callable[..., Path], *, fullscreen: bool,
) -> None:
    show = begin(manifest([1, 2, 3]), how=Start(fullscreen=fullscreen), whole=False)
    show.program.setup.stop()
    show.until(show.window.isActiveWindow)
    show.press(Qt.Key.Key_Right)

    show.waits_for_place("2 of 3")
    show.waits_to_see(2)
    assert not show.program.setup.is_done
    show.program.setup.begin(0)
    show.until(lambda: show.program.setup.is_done)
    assert show.thumbnails.currentIndex().row() == 1


def test_thumbnails_that_are_built_in_full_screen_are_there_in_the_window(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2, 3]), whole=False)
    show.program.setup.stop()
    show.until(show.window.isActiveWindow)
    show.press(Qt.Key.Key_F11)
    show.program.setup.begin(0)
    show.until(lambda: show.program.setup.is_done)
    assert not show.thumbnails.isVisible()
    show.press(Qt.Key.Key_F11)

    show.until(show.thumbnails.isVisible)
    assert show.program.thumbnail_bar.rect().contains(show.thumbnails.geometry())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process does not list what it has loaded")
def test_the_first_picture_is_painted_without_qts_svg_library(manifest: Callable[..., Path]) -> None:
    """In a process of its own, since a library that is loaded stays."""
    code = """if True:
        import sys
        from pathlib import Path
        from PySide6.QtCore import QResource
        from PySide6.QtWidgets import QApplication
        from viewer.app.application import Liftoff
        from viewer.app.start import Start
        from viewer.resources import COMPILED
        from viewer.startup.early_decode import EarlyDecode, Source

        def paint_all() -> None:
            program.window.grab()
            seen.append("libQt6Svg" in Path("/proc/self/maps").read_text())

        app, seen = QApplication([]), []
        QResource.registerResource(str(COMPILED))
        early = EarlyDecode(Source((Path(sys.argv[1]),)))
        program = Liftoff(early, Start())
        program.slide_view.sharp_shown.connect(paint_all)
        program.show()
        while not program.setup.is_done:
            app.processEvents()
        paint_all()
        print(*seen)
        program.window.close()
        early.end()
    """
    done = subprocess.run([sys.executable, "-c", code, manifest([1])], cwd=ROOT, capture_output=True, text=True,
                          check=False, timeout=60)

    assert (done.stdout, done.stderr) == ("False True\n", "")


def test_closed_before_the_first_picture_nothing_is_left_to_be_built(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([1, 2, 3]), whole=False)
    show.close()
    show.turn()

    assert not show.program.setup.is_done


def test_a_damaged_picture_holds_up_nothing(begin: Callable[..., Show], tmp_path: Path) -> None:
    (tmp_path / "damaged.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")
    show = begin(tmp_path)

    assert show.thumbnails.model().rowCount() == 1
    assert show.thumbnails.isVisible()
