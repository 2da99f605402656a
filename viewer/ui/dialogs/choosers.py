"""Small dialogs: choose files, a folder or a slide's number; about."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox
from shiboken6 import Shiboken

from viewer import __version__
from viewer.gallery.model import GalleryError
from viewer.gallery.picture_formats import FORMATS
from viewer.ui.scheduling.background_call import run_background_call
from viewer.ui.style.screen_space import screen_space

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


_LOOKING_MS: Final = 1000
"""Milliseconds that a disk has to say whether a folder is still there."""


def folder_to_begin_in(last: Path | None) -> Path:
    """Where a dialog begins: the folder `last`, what is left of the way to it, else the person's pictures, else home.

    The event loop runs meanwhile; a disk that does not answer counts as one that is gone.
    """
    def look() -> Path:
        ways = () if last is None else (last, *last.parents[:-1])
        pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        return next((way for way in (*ways, pictures) if os.path.isdir(way)), Path.home())  # noqa: PTH112 - before Python 3.14 Path.is_dir raises for some names

    try:
        return run_background_call(look, "The last folder", _LOOKING_MS)
    except GalleryError:
        return Path.home()


def ask_for_files(parent: QWidget, folder: Path) -> list[Path]:
    """Dialog for galleries or pictures, beginning in `folder`. Returns what is chosen, nothing if it is cancelled."""
    endings = " ".join(f"*.{ending}" for endings in FORMATS.values() for ending in endings)
    dialog = QFileDialog(parent, "Open a gallery or pictures", str(folder))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters([f"Galleries and pictures (*.json *.csv {endings})", "All files (*)"])
    dialog.setOption(QFileDialog.Option.HideNameFilterDetails)
    return _chosen(dialog)


def ask_for_folder(parent: QWidget, folder: Path) -> list[Path]:
    """Dialog for a folder, beginning in `folder`. Returns the one that is chosen, nothing if it is cancelled."""
    dialog = QFileDialog(parent, "Open a folder of pictures", str(folder))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _chosen(dialog)


def _chosen(dialog: QFileDialog) -> list[Path]:
    """What is chosen in `dialog`, which is over then."""
    dialog.resize(dialog.sizeHint().boundedTo(screen_space(dialog)))
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    names = dialog.selectedFiles() if accepted else []
    # At once, as Qt's own functions do: a key that still reached it could have it ask a question while it is deleted.
    Shiboken.delete(dialog)
    return [Path(name) for name in names]


def ask_for_slide(parent: QWidget, now: int, count: int) -> int | None:
    """Dialog for the number of a slide, from 1 to `count`, beginning with `now`; None if it is cancelled."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle("Go to slide")
    dialog.setLabelText(f"Slide, 1 to {count}:")
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setIntRange(1, count)
    dialog.setIntValue(now)
    dialog.resize(300, dialog.sizeHint().height())
    number = dialog.intValue() if dialog.exec() == QDialog.DialogCode.Accepted else None
    dialog.deleteLater()
    return number


def tell_about(parent: QWidget) -> None:
    """Dialog with version, formats and licences."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "About Liftoff", f"<b>Liftoff {__version__}</b>",
                      QMessageBox.StandardButton.Ok, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIconPixmap(parent.windowIcon().pixmap(64))
    box.setInformativeText(
        "A slideshow viewer: captions, timing and unattended running done well.\n\n"
        f"Opens {', '.join(FORMATS)}.\n\nMIT licence. Made with Qt (LGPL), Pillow and msgspec."
    )
    box.exec()
