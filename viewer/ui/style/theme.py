"""The themes, dark and light: their colours, and the palette and style sheet made of them.

Words have at least 7:1 on whatever they stand on (WCAG 2.2, 1.4.6), parts that one must see to use the program 3:1
(1.4.11). A test lists every pair that occurs and computes it with `contrast`.
"""

from __future__ import annotations

from string import Template
from typing import Final, NamedTuple

from PySide6.QtCore import QResource, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette


class Colours(NamedTuple):
    """The colours of one theme, as ``#rrggbb``.

    `background` is around the picture, `panel` under caption and thumbnails, `raised` under buttons and fields, `line`
    between things, `control` for scroll bars and the borders of fields, `text` and `quiet` for words, `accent` marks
    what is current and has the focus. Of `selection` are the ground of a selected row, on which words are
    `selected_text`, and headings; it is the accent where that is dark or light enough.
    """

    background: str
    panel: str
    raised: str
    line: str
    control: str
    text: str
    quiet: str
    accent: str
    selection: str
    selected_text: str


DARK: Final = Colours("#101112", "#17191a", "#25282a", "#2b2e30", "#767a7c", "#f2f2f0", "#b0b4b6", "#ff8a3d",
                       selection="#ff8a3d", selected_text="#000000")
LIGHT: Final = Colours("#e6e6e3", "#f6f6f3", "#ffffff", "#d2d2cd", "#7c8082", "#1b1c1d", "#464a4c", "#c2500a",
                        selection="#8a3805", selected_text="#ffffff")
FULLSCREEN: Final = DARK._replace(background="#000000", panel="#000000")
"""Around and beside the picture in full screen, whichever theme is set: one black, that of the blanked screen too."""


def colours_for(theme: str) -> Colours:
    """The colours for the setting `theme`: "dark", "light" or "system" (whichever the desktop asks for)."""
    system_is_light = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light
    return LIGHT if theme == "light" or (theme == "system" and system_is_light) else DARK


def palette_for(colours: Colours) -> QPalette:
    """A palette for dialogs, menus and whatever else Qt paints by itself."""
    role = QPalette.ColorRole
    palette = QPalette()
    for roles, colour in (
        ((role.Window, role.AlternateBase), colours.panel),
        ((role.Base, role.Button, role.ToolTipBase), colours.raised),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), colours.text),
        ((role.PlaceholderText, role.Mid), colours.quiet),
        ((role.Highlight, role.Link), colours.selection),
        ((role.HighlightedText,), colours.selected_text),
        ((role.Accent,), colours.accent),
    ):
        for one in roles:
            palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(colours.quiet))
    return palette


def style_sheet(colours: Colours) -> str:
    """The style sheet with the theme's colours put in."""
    text = bytes(QResource(":/style/liftoff.qss").uncompressedData().data()).decode()
    return Template(text).substitute(colours._asdict())


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two ``#rrggbb`` colours, 1 to 21, after WCAG 2.2 ("contrast ratio")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
