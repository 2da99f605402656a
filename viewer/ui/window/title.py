"""The text of the window's title bar: the slide and the gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.gallery.model import localized
from viewer.gallery.safe_text import isolated, line
from viewer.ui.style.accessibility import spoken

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viewer.gallery.model import Gallery


def title_parts(gallery: Gallery, slide_name: str, lang: str) -> list[str]:
    """`slide_name` and the gallery's title, else its folder's name; none that is empty, and none twice."""
    if not gallery.slides:
        return []
    return list(dict.fromkeys(filter(None, (slide_name, line(localized(gallery.title, lang) or gallery.folder.name)))))


def set_title(window: QWidget, parts: list[str]) -> None:
    """Show `parts` in the title bar of `window`; without any, the program's name.

    A part that is written from right to left is isolated, so that what stands beside it does not get into it (Unicode
    Standard Annex 9): title bars leave out the marks themselves. A screen reader reads the parts without them.
    """
    plain, isolates = (" – ".join(form(part) for part in parts) or "Liftoff" for form in (str, isolated))
    window.setWindowTitle(isolates.replace("[*]", "[*][*]"))  # Qt takes one for the mark of a changed document
    window.setAccessibleName(spoken(plain))
