"""Stories of someone with a screen of 400x300, or whose window is no larger."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QLabel, QPushButton

from tests.stories.dialogs import answer
from viewer.ui.captions import editor
from viewer.ui.dialogs import choosers, preferences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stories.conftest import Show

pytestmark = pytest.mark.story

SPACE = QSize(384, 244)
"""What a window manager's frame leaves of it."""


@pytest.mark.parametrize("action_id", ["preferences", "open", "open_folder", "edit_caption", "go_to", "about"])
def test_every_dialog_fits_the_screen_and_cuts_no_word(
    begin: Callable[..., Show], manifest: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, action_id: str,
) -> None:
    for module in (editor, choosers, preferences):
        monkeypatch.setattr(module, "screen_space", lambda _window: SPACE)
    show = begin(manifest([1, 2, 3]))
    show.waits_to_see(1)
    answer(show.program.action_set[action_id].trigger, partial(_fits, show))


def _fits(show: Show, dialog: QDialog) -> None:
    show.turn()
    assert dialog.width() <= SPACE.width()
    assert dialog.height() <= SPACE.height()
    scrolled = {label for area in dialog.findChildren(QAbstractScrollArea) for label in area.findChildren(QLabel)}
    parts: list[QPushButton | QLabel] = [*dialog.findChildren(QPushButton), *dialog.findChildren(QLabel)]
    for part in parts:
        if part.isVisible() and part.text() and part not in scrolled:
            assert dialog.rect().contains(part.mapTo(dialog, part.rect().center())), part.text()
            assert part.width() >= part.minimumSizeHint().width(), part.text()


@pytest.mark.parametrize("sentence", [
    "“" + "a-name-without-an-end" * 5 + ".jpg” cannot be opened: there is no such file; check the name.",
    "“" + "eine lange Datei " * 5 + ".jpg” cannot be opened: you may not read or write there; change the permissions.",
], ids=["one word", "several"])
def test_a_sentence_with_a_long_name_is_read_whole(begin: Callable[..., Show], sentence: str) -> None:
    show = begin()
    show.waits_for_place("1 of 11")
    show.window.resize(SPACE)
    show.turn()
    show.program.messages.say(sentence)
    toast = show.program.central.toast

    assert show.program.central.rect().contains(toast.geometry())
    assert toast.height() >= toast.heightForWidth(toast.width())
