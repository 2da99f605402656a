from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from tests.dropping import Drag
from tests.fakes import ManualClock
from tests.ui.painting import painted
from viewer.ui.style.theme import DARK, LIGHT, palette_for
from viewer.ui.thumbnails.bar import ThumbnailBar
from viewer.ui.viewport.slide_view import SlideView
from viewer.ui.window.central_widget import CentralWidget
from viewer.ui.window.drop_hint import DropHint
from viewer.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QColor
    from pytestqt.qtbot import QtBot

    from viewer.ui.style.theme import Colours


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    before = QApplication.palette()
    made = MainWindow(CentralWidget(SlideView(ManualClock())), ThumbnailBar())
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    QApplication.setPalette(before)


def files(*names: str) -> list[QUrl]:
    return [QUrl.fromLocalFile(f"/photos/{name}") for name in names]


def sentence(window: MainWindow) -> str:
    """What the window says while something is dragged over it; empty where it says nothing."""
    hints = [hint for hint in window.findChildren(DropHint) if hint.isVisible()]
    assert len(hints) <= 1
    return hints[0].accessibleName() if hints else ""


def edge(window: MainWindow) -> QColor:
    """The colour along the window's left edge."""
    return painted(window).pixelColor(1, window.height() // 2)


@pytest.mark.parametrize(("names", "said"), [
    (("1.jpg", "2.PNG", "3.webp"), "Drop to open 3 pictures"),
    (("rocket.jpg",), "Drop to open the picture “rocket.jpg”"),
    (("gallery.json",), "Drop to open the gallery “gallery.json”"),
    (("1.jpg", "launch"), "Drop to open 2 files and folders"),
])
def test_it_says_what_dropping_opens(window: MainWindow, names: tuple[str, ...], said: str) -> None:
    assert Drag(window, files(*names)).accepted

    assert sentence(window) == said


def test_a_folder_is_named(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "Holiday in June").mkdir()
    Drag(window, [QUrl.fromLocalFile(str(tmp_path / "Holiday in June"))])

    assert sentence(window) == "Drop to open the folder “Holiday in June”"


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such names")
def test_a_name_that_is_not_utf_8_is_shown_as_far_as_it_can_be(window: MainWindow) -> None:
    Drag(window, [QUrl(Path(os.fsdecode(b"/photos/a\xff.jpg")).as_uri())])

    assert sentence(window) == "Drop to open the picture “a\N{REPLACEMENT CHARACTER}.jpg”"


@pytest.mark.parametrize("full", [False, True], ids=["window", "full screen"])
@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_a_frame_is_seen_and_goes_with_the_drag(window: MainWindow, colours: Colours, *, full: bool) -> None:
    QApplication.setPalette(palette_for(colours))
    window.set_fullscreen(full)
    QApplication.processEvents()
    before = edge(window)
    drag = Drag(window, files("1.jpg"))
    assert edge(window).name() == colours.accent

    drag.leave()
    assert edge(window) == before
    assert sentence(window) == ""


def test_the_frame_goes_with_the_drop(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.dropped) as dropped:
        Drag(window, files("1.jpg", "2.jpg")).drop()

    assert dropped.args == [[Path("/photos/1.jpg"), Path("/photos/2.jpg")]]
    assert sentence(window) == ""


@pytest.mark.parametrize(("urls", "text"), [
    ([QUrl("https://example.org/a.jpg")], ""), ([], "https://example.org/a.jpg"), ([], "/photos/a.jpg"),
    ([QUrl("file://elsewhere/share/a.jpg")], ""),
], ids=["web", "address as text", "path as text", "another computer"])
def test_what_cannot_be_opened_is_refused_and_shows_nothing(window: MainWindow, urls: list[QUrl], text: str) -> None:
    before = edge(window)
    drag = Drag(window, urls, text)

    assert not drag.accepted
    assert sentence(window) == ""
    assert edge(window) == before


def test_the_words_stay_inside_a_small_window(window: MainWindow) -> None:
    QApplication.setPalette(palette_for(DARK))
    window.resize(300, 200)
    Drag(window, files("a-very-long-name-" * 14 + ".jpg"))
    hint = window.findChildren(DropHint)[0]
    image = painted(hint)
    outside = [image.pixelColor(x, y).name() for y in range(5, 195) for x in (5, 6, 7, 292, 293, 294)]

    assert DARK.text not in outside
