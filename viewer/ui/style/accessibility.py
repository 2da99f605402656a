"""What a screen reader is told as the show goes on.

Paging by hand is announced politely, with place, title and alternative text; while the show plays it stays quiet, for
a voice that never stops is worse than none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def announcement(place: str, title: str, alt: str) -> str:
    """What is said of a slide: "3 of 11, Capturing Every Angle. Three cameras on tripods ..."."""
    return f"{place}, {title}. {alt}" if alt else f"{place}, {title}"


def announce(widget: QWidget, sentence: str) -> None:
    """Let a screen reader say `sentence` when it has finished what it is saying; nothing happens without one."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # much, and nothing is said during a start

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
