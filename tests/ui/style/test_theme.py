from __future__ import annotations

import pytest

from viewer.ui.captions.panel import NOTHING
from viewer.ui.style.theme import DARK, FULLSCREEN, LIGHT, Colours, colours_for, contrast, style_sheet


@pytest.mark.parametrize("colours", [DARK, LIGHT, FULLSCREEN])
def test_text_can_be_read_on_every_background(colours: Colours) -> None:
    for background in (colours.panel, colours.background, colours.raised):
        assert contrast(colours.text, background) >= 7
        assert contrast(colours.quiet, background) >= 4.5


def test_words_over_the_picture_keep_seven_to_one_on_the_scrim() -> None:
    share = 224 / 255
    worst = round(10 * share + 255 * (1 - share))

    assert contrast(DARK.text, f"#{worst:02x}{worst:02x}{worst:02x}") >= 7


@pytest.mark.parametrize("colours", [DARK, LIGHT, FULLSCREEN])
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


def test_nothing_is_said_of_no_slide() -> None:
    assert not any(NOTHING)
