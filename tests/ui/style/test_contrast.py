"""Every pair of colours that meets on the screen: what one has to read or to see stands out (WCAG 2.2)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import pytest
from PySide6.QtGui import QColor, QPalette

from viewer.resources import asset
from viewer.ui.style.focus_ring import EDGES
from viewer.ui.style.icons import ROUND_ALPHA
from viewer.ui.style.theme import DARK, FULLSCREEN, LIGHT, Colours, contrast, palette_for
from viewer.ui.thumbnails.delegate import OUTLINE_ALPHA
from viewer.ui.window.central_widget import SCRIM

WORDS: Final = 7.0
"""1.4.6, Contrast (Enhanced)."""
PARTS: Final = 3.0
"""1.4.11, Non-text Contrast: what one needs to see to use the program."""


class Pair(NamedTuple):
    what: str
    front: str
    ground: str
    least: float = WORDS


PAIRS: Final = (
    Pair("title and caption", "text", "panel"),
    Pair("place, date and credit", "quiet", "panel"),
    Pair("the line with the slide's name below the picture", "text", "background"),
    Pair("its place", "quiet", "background"),
    Pair("a placeholder's heading and sentence", "text", "background"),
    Pair("its file's name", "quiet", "background"),
    Pair("menus, fields, buttons, tool tips, toasts, keys", "text", "raised"),
    Pair("the menu bar, dialogs, the page of keys", "text", "panel"),
    Pair("explanations in dialogs, gestures on the page of keys", "quiet", "panel"),
    Pair("placeholder texts in fields, disabled rows of menus", "quiet", "raised"),
    Pair("headings on the page of keys, links", "selection", "panel"),
    Pair("a selected row", "selected_text", "selection"),
    Pair("a thumbnail's number, before there is a picture", "quiet", "raised"),
    Pair("the cross of a thumbnail that failed", "quiet", "raised", PARTS),
    Pair("icons on buttons", "text", "raised", PARTS),
    Pair("icons of placeholders", "quiet", "background", PARTS),
    Pair("scroll bars of caption, thumbnails, dialogs", "control", "panel", PARTS),
    Pair("scroll bars of fields, borders of fields and check boxes", "control", "raised", PARTS),
    Pair("borders of fields beside the dialog", "control", "panel", PARTS),
    Pair("a scroll bar under the pointer", "quiet", "panel", PARTS),
    Pair("the thumbnail that is current", "accent", "panel", PARTS),
    Pair("the focus on caption and thumbnails", "accent", "panel", PARTS),
    Pair("the focus on the picture", "accent", "background", PARTS),
    Pair("the focus on buttons and fields, a checked box", "accent", "raised", PARTS),
    Pair("the progress line on its groove", "accent", "line", PARTS),
    Pair("the progress line in full screen", "accent", "background", PARTS),
    Pair("a selected row beside the others", "selection", "raised", PARTS),
)
THEMES: Final = {"dark": DARK, "light": LIGHT, "full screen": FULLSCREEN}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("pair", PAIRS, ids=[pair.what for pair in PAIRS])
def test_what_has_to_be_read_or_seen_stands_out(pair: Pair, theme: str) -> None:
    colours = THEMES[theme]

    assert contrast(getattr(colours, pair.front), getattr(colours, pair.ground)) >= pair.least


def test_the_style_sheet_has_no_colour_in_front_that_is_not_in_the_table() -> None:
    sheet = asset("style/liftoff.qss").read_text("utf-8")
    in_front = set(re.findall(r"[ {]color: \$(\w+)", sheet)) | set(re.findall(r"handle[^}]*background: \$(\w+)", sheet))

    assert in_front <= {pair.front for pair in PAIRS}
    assert re.findall("#[0-9a-f]{6}", sheet) == []
    for rule in re.findall(r"{([^}]*)}", sheet):
        grounds, words = re.findall(r"background: \$(\w+)", rule), re.findall(r"[ ^]color: \$(\w+)", rule)
        assert all(Pair("", word, ground) in [pair._replace(what="") for pair in PAIRS]
                   for word in words for ground in grounds), rule


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_what_qt_paints_by_itself_stands_out_too(colours: Colours) -> None:
    palette, role, group = palette_for(colours), QPalette.ColorRole, QPalette.ColorGroup

    def shade(one: QPalette.ColorRole, of: QPalette.ColorGroup = group.Active) -> str:
        return palette.color(of, one).name()

    for front, ground in ((role.WindowText, role.Window), (role.Text, role.Base), (role.ButtonText, role.Button),
                          (role.ToolTipText, role.ToolTipBase), (role.PlaceholderText, role.Base),
                          (role.HighlightedText, role.Highlight), (role.Link, role.Window),
                          (role.Text, role.AlternateBase)):
        assert contrast(shade(front), shade(ground)) >= WORDS, f"{front} on {ground}"
        assert contrast(shade(front, group.Disabled), shade(ground, group.Disabled)) >= 4.5, f"{front}, disabled"


@pytest.mark.parametrize("picture", ["#ffffff", "#000000", "#808080"])
def test_what_lies_over_a_picture_can_be_told_from_any_picture(picture: str) -> None:
    scrim = over(picture, QColor(*SCRIM[:3]).name(), SCRIM[3])
    assert min(contrast(DARK.text, scrim), contrast(DARK.quiet, scrim)) >= WORDS, "the caption over the picture"
    assert contrast("#ffffff", over(picture, "#000000", OUTLINE_ALPHA)) >= WORDS, "a number's outline"
    for colours in (DARK, LIGHT):
        ground = over(picture, colours.raised, ROUND_ALPHA)
        assert contrast(colours.text, ground) >= PARTS, "an arrow on its button"


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
def test_the_focus_is_seen_around_any_picture(colours: Colours) -> None:
    greys = [f"#{grey:02x}{grey:02x}{grey:02x}" for grey in range(256)]

    assert all(max(contrast(colour, grey) for colour in (colours.accent, *EDGES)) >= PARTS for grey in greys)


def over(picture: str, colour: str, alpha: int) -> str:
    """What is seen of `colour` with an opacity of `alpha` (0 to 255) over `picture`."""
    front, back = QColor(colour), QColor(picture)
    mixed = [round((one * alpha + other * (255 - alpha)) / 255) for one, other in (
        (front.red(), back.red()), (front.green(), back.green()), (front.blue(), back.blue()))]
    return QColor(*mixed).name()
