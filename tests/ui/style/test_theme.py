from __future__ import annotations

import pytest
from PySide6.QtCore import QRect

from viewer.ui.captions.panel import NOTHING
from viewer.ui.style.theme import DARK, LIGHT, Colours, colours_for, contrast, style_sheet
from viewer.ui.window.fullscreen_layout import CaptionPlace, places


@pytest.mark.parametrize("colours", [DARK, LIGHT])
def test_words_can_be_read_on_every_ground(colours: Colours) -> None:
    for background in (colours.panel, colours.room, colours.raised):
        assert contrast(colours.text, background) >= 7
        assert contrast(colours.quiet, background) >= 4.5


def test_words_over_the_picture_keep_seven_to_one_on_the_scrim() -> None:
    share = 224 / 255
    worst = round(10 * share + 255 * (1 - share))

    assert contrast(DARK.text, f"#{worst:02x}{worst:02x}{worst:02x}") >= 7


@pytest.mark.parametrize("colours", [DARK, LIGHT])
def test_what_is_current_stands_out_from_the_panel(colours: Colours) -> None:
    assert contrast(colours.accent, colours.panel) >= 3


def test_contrast_is_computed_as_the_guidelines_do() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_style_sheet_has_a_colour_for_every_name(qtbot: object) -> None:  # noqa: ARG001 - hints want an application
    assert "$" not in style_sheet(LIGHT)
    assert LIGHT.panel in style_sheet(LIGHT)
    assert colours_for("light") is LIGHT
    assert colours_for("dark") is DARK
    assert colours_for("system") in (DARK, LIGHT)


def test_a_wide_screen_has_the_caption_beside_and_leaves_a_3_to_2_picture_1380_by_920() -> None:
    share = places(QRect(0, 0, 1920, 1080), "beside", 1.0)

    assert share.slide_view == QRect(0, 0, 1380, 1080)
    assert (share.caption.left(), share.caption.width()) == (1380, 540)
    assert share.caption.center().y() == share.slide_view.center().y()


def test_an_upright_screen_has_the_caption_below() -> None:
    share = places(QRect(0, 0, 1080, 1920), "beside", 1.0)

    assert share.wide
    assert share.caption.top() == share.slide_view.bottom() + 1
    assert share.caption.width() == share.slide_view.width() == 1080


@pytest.mark.parametrize("place", ["beside", "none"])
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (3840, 2160), (1024, 768), (800, 1200), (640, 480)])
def test_the_caption_never_covers_the_picture(size: tuple[int, int], place: CaptionPlace) -> None:
    share = places(QRect(0, 0, *size), place, 1.0)

    assert not share.slide_view.intersects(share.caption)
    assert share.slide_view.width() * share.slide_view.height() > 0.5 * size[0] * size[1]


def test_as_an_option_the_caption_lies_over_the_lower_edge() -> None:
    share = places(QRect(0, 0, 1920, 1080), "overlay", 1.0)

    assert share.slide_view == QRect(0, 0, 1920, 1080)
    assert share.slide_view.contains(share.caption)


def test_nothing_is_said_of_no_slide() -> None:
    assert not any(NOTHING)
