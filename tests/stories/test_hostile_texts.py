"""A gallery whose every word was written to do harm, in the real window: all of it is shown, none of it acts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from tests.pictures import numbered
from tests.stories.conftest import SIZE
from tests.torture.manifests import HOSTILE_TEXTS
from viewer.app.start import Start
from viewer.gallery.safe_text import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stories.conftest import Show

pytestmark = pytest.mark.story

TEXTS = (*HOSTILE_TEXTS, "word " * (10 << 20 >> 2), "<a href='file:///etc/passwd'>click</a>", "[*] %1 &File")
MARKUP = "<b>bold</b><img src='file:///etc/passwd'> & [*]"


def _gallery(folder: Path, texts: tuple[str, ...], title: str = "") -> Path:
    numbered(folder / "1.png", 1, SIZE)
    keys = ("title", "caption", "alt", "credit", "rights", "notes")
    slides = [
        {"file": "1.png", "id": f"slide-{number}", **dict.fromkeys(keys[: 6 if len(words) < 1 << 20 else 2], words)}
        for number, words in enumerate(texts)
    ]
    path = folder / "gallery.json"
    path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "title": title, "slides": slides}))
    return path


def test_hostile_words_are_all_paged_through_and_the_window_keeps_its_shape(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    show = begin(_gallery(tmp_path, TEXTS, title=HOSTILE_TEXTS[5]), how=Start(overrides={"look/reduced-motion": True}))
    show.waits_to_see(1)
    show.press(Qt.Key.Key_I)
    before = show.window.size()
    for number in range(2, len(TEXTS) + 1):
        show.press(Qt.Key.Key_Right)
        show.waits_for_place(f"{number} of {len(TEXTS)}")
        show.window.grab()
        words = show.window.panel.words
        assert "\n" not in words.title
        assert all(len(one) <= LONGEST_TEXT + 200 for one in words[:5])
    show.waits_to_see(1)

    assert show.window.size() == before


def test_markup_is_shown_as_it_was_typed_wherever_it_stands(begin: Callable[..., Show], tmp_path: Path) -> None:
    show = begin(_gallery(tmp_path, (MARKUP, "b"), title=MARKUP))
    show.waits_to_see(1)
    window, strip = show.window, show.thumbnails
    seen = [label for label in window.panel.findChildren(QLabel) if label.isVisible() and label.text()]

    assert window.windowTitle().replace("[*][*]", "[*]") == MARKUP
    assert window.panel.words.caption == MARKUP
    assert sum("<b>bold</b>" in label.text() for label in seen) >= 3
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in seen)
    assert strip.model().index(0, 0).data() == f"1: {MARKUP}"
    place = strip.visualRect(strip.model().index(0, 0)).center()
    asked = QHelpEvent(QEvent.Type.ToolTip, place, strip.viewport().mapToGlobal(place))
    QApplication.sendEvent(strip.viewport(), asked)
    assert "&lt;img" in QToolTip.text()
    assert "<img" not in QToolTip.text()
    QToolTip.hideText()
    assert show.program.slide_view.accessibleDescription() == MARKUP


def test_a_name_that_reads_backwards_is_seen_through(begin: Callable[..., Show], tmp_path: Path) -> None:
    numbered(tmp_path / "1.png", 1, SIZE)
    (tmp_path / "2\u202egnp.exe\u202c.png").write_bytes(b"no picture")
    show = begin(tmp_path)
    show.waits_to_see(1)
    show.press(Qt.Key.Key_Right)
    show.until(lambda: show.program.view_model.displayed.failure is not None)

    assert show.window.panel.words.title == "2\ufffdgnp.exe.png"
    assert "\u202e" not in show.program.slide_view.accessibleDescription()


def test_words_of_ten_megabytes_are_shown_in_part_and_the_part_says_so(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    path = _gallery(tmp_path, ("word " * (10 << 20 >> 2), "b"))
    show = begin(path)
    show.waits_to_see(1)

    assert show.window.panel.words.caption.endswith("(Shown up to here: 8,000 of 13,107,200 characters.)")
    assert show.window.panel.words.title.endswith("…")
