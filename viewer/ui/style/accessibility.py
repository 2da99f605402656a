"""Announcements to screen readers.

Paging by hand is announced politely, with place, title and alternative text; while the show plays there are none, for a
voice that never stops is worse than silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def announcement(place: str, title: str, alt: str) -> str:
    """What is announced of a slide: "3 of 11, Capturing Every Angle. Three cameras on tripods ..."."""
    return f"{place}, {title}. {alt}" if alt else f"{place}, {title}"


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say `sentence` after what it is saying; without one, do nothing."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # much, and nothing is announced at a start

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
