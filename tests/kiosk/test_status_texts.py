from __future__ import annotations

import re

import msgspec

from tests.kiosk.statuses import FULL
from viewer.kiosk import status_texts
from viewer.kiosk.status import Status


def test_no_text_of_a_gallery_becomes_part_of_the_page() -> None:
    html = status_texts.page(FULL)

    assert "<script" not in html
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in html
    assert "\u202e" not in html


def test_the_page_says_first_whether_all_is_well_and_names_its_language() -> None:
    html = status_texts.page(FULL)

    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert html.index("2 things need looking at.") < html.index("<h1>") < html.index("slide-4") < html.index("<table>")
    assert "<p class=\"well\">All is well.</p>" in status_texts.page(Status())


def test_the_page_takes_nothing_from_elsewhere() -> None:
    named = re.findall(r'(?:href|src)="([^"]*)"', status_texts.page(FULL))

    assert named == ["/status.json", "/metrics", "/health"]
    assert "url(" not in status_texts.STYLE


def test_every_colour_of_the_page_can_be_read_on_its_ground() -> None:
    (ground,) = re.findall(r"background:(#\w+)", status_texts.STYLE)
    inks = re.findall(r"[{;]color:(#\w+)", status_texts.STYLE)

    assert len(inks) == 6
    assert min((luminance(ink) + 0.05) / (luminance(ground) + 0.05) for ink in inks) >= 7


def luminance(colour: str) -> float:
    """Relative luminance (Web Content Accessibility Guidelines 2.2)."""
    levels = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in levels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_terminal_gets_what_is_wrong_before_all_else_and_no_line_ends_in_a_label() -> None:
    lines = status_texts.lines(msgspec.structs.replace(FULL, problems=("The disk is full.",))).splitlines()

    assert lines[:3] == ["  - The disk is full.", "", "On the screen"]
    assert not [text for text in lines if text != text.rstrip()]
