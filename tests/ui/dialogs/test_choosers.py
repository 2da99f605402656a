from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from tests.stories.dialogs import answer
from viewer.ui.dialogs.choosers import ask_for_folder

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def test_a_file_dialog_is_gone_at_once_when_it_was_answered(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    answer(lambda: ask_for_folder(window, tmp_path), QDialog.reject)

    assert window.findChildren(QFileDialog) == []
