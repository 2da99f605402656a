"""Files whose names are bytes that are not UTF-8, as any may be on Linux."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication

from tests.pictures import solid

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stories.conftest import Show

RED, BLUE = QColor(200, 40, 40), QColor(40, 60, 200)


def test_a_file_whose_name_is_not_utf_8_is_shown_beside_one_that_differs_in_that_byte(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    for name, colour in (("a.png", RED), (os.fsdecode(b"a\xff.png"), BLUE)):
        solid(tmp_path / "new.png", (colour.red(), colour.green(), colour.blue()), (60, 40)).rename(tmp_path / name)
    show = begin(tmp_path)
    strip = show.thumbnails
    middles = [strip.visualRect(strip.model().index(row, 0)).center() for row in (0, 1)]

    def colours() -> list[QColor]:
        image = strip.viewport().grab().toImage()
        return [image.pixelColor(middle) for middle in middles]

    show.until(lambda: colours() == [RED, BLUE])
    assert show.title == "a.png"
    show.program.session.last()
    show.waits_for_place("2 of 2")
    image = show.pixels()
    assert image.pixelColor(image.rect().center()) == BLUE
    assert show.title == "a\N{REPLACEMENT CHARACTER}.png"

    show.press(Qt.Key.Key_C, modifiers=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    copied = QGuiApplication.clipboard().mimeData()
    assert bytes(copied.data("text/uri-list").data()) == f"{tmp_path.as_uri()}/a%FF.png\r\n".encode()
    assert copied.text() == f"$'{tmp_path}/a\\377.png'"
    QGuiApplication.clipboard().clear()


def test_a_folder_and_a_broken_file_whose_names_are_not_utf_8_are_named_as_well_as_they_can_be(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    (folder / os.fsdecode(b"b\xff.png")).write_bytes(b"no picture")
    show = begin(folder)

    slide_view = show.program.slide_view
    show.until(lambda: slide_view.accessibleName() == "This picture can’t be shown")
    assert slide_view.accessibleDescription().endswith("\nb\N{REPLACEMENT CHARACTER}.png")
    assert show.window.windowTitle() == "b\N{REPLACEMENT CHARACTER}.png – caf\N{REPLACEMENT CHARACTER}"
