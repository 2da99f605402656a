from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from viewer.gallery.model import Gallery, Slide
from viewer.ui.window.title import set_title, title_parts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SLIDES = (Slide(file="a.jpg"),)


@pytest.mark.parametrize(("gallery", "slide", "parts"), [
    (Gallery(SLIDES, Path("/p/Holiday")), "DSC_0012.jpg", ["DSC_0012.jpg", "Holiday"]),
    (Gallery(SLIDES, Path("/p"), title="Harbour"), "The old quay", ["The old quay", "Harbour"]),
    (Gallery(SLIDES, Path("/p"), title="Harbour"), "Harbour", ["Harbour"]),
    (Gallery(SLIDES, Path("/p"), title="A\nharbour"), "", ["A harbour"]),
    (Gallery(SLIDES, Path("/")), "a.jpg", ["a.jpg"]),
    (Gallery((), Path("/p"), title="Harbour"), "", []),
])
def test_the_slide_and_the_gallery_are_named_once_each(gallery: Gallery, slide: str, parts: list[str]) -> None:
    assert title_parts(gallery, slide, "") == parts


@pytest.mark.parametrize(("parts", "shown", "read"), [
    (["The old quay", "Harbour"], "The old quay – Harbour", "The old quay – Harbour"),
    (["שלום", "Harbour"], "\u2068שלום\u2069 – Harbour", "שלום – Harbour"),
    ([], "Liftoff", "Liftoff"),
])
def test_the_title_bar_keeps_the_parts_in_order_and_a_screen_reader_reads_no_marks(
    qtbot: QtBot, parts: list[str], shown: str, read: str,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    set_title(window, parts)

    assert (window.windowTitle(), window.accessibleName()) == (shown, read)


def test_brackets_with_a_star_are_shown_as_they_are(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    set_title(window, ["a[*].jpg"])

    assert window.windowTitle() == "a[*][*].jpg", "as Qt shows it, once"
