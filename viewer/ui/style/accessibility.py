"""Announcements to screen readers, and texts as they are spoken.

Paging by hand is announced politely, with place, title and alternative text; while the show plays there are none, for a
voice that never stops is worse than silence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ROLE: Final = "accessibleRole"
"""The dynamic property that holds a widget's role."""

_ISOLATES: Final = re.compile("[\u2066-\u2069]")


def set_role(widget: QWidget, role: Literal["Grouping", "Heading", "ProgressBar"]) -> None:
    """Have assistive technology take `widget` for this, a name of QAccessible.Role."""
    widget.setProperty(ROLE, role)


def spoken(words: str) -> str:
    """`words` without directional isolates, which a voice or a braille display may read out."""
    return _ISOLATES.sub("", words)


def announcement(place: str, title: str, *texts: str) -> str:
    """What is announced of a slide: "3 of 11, Capturing Every Angle. Three cameras on tripods ..."."""
    sentences = [f"{place}, {title}", *filter(None, texts)]
    return " ".join([sentence if sentence[-1] in ".!?…" else f"{sentence}." for sentence in sentences[:-1]]
                    + sentences[-1:])


def announce(widget: QWidget, sentence: str) -> bool:
    """Have a screen reader say `sentence` after what it is saying; returns whether there may be one."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # much, and nothing is announced at a start

    if is_active := QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, spoken(sentence)))
    return is_active
