from __future__ import annotations

import pytest

from viewer.ui.captions.composition import NOTHING
from viewer.ui.style.theme import DARK, LIGHT, colours_for, contrast, style_sheet


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
