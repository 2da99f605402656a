from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel

from viewer.ui.captions.composition import CaptionText
from viewer.ui.captions.panel import CaptionPanel
from viewer.ui.style.theme import DARK, LIGHT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WORDS = CaptionText("3 of 11", "Capturing Every Angle", "At the launch pad, cameras are set up.", "6 June 2018",
                    "A museum",
              (("Notes", "The rocket is a Soyuz-FG."),))


@pytest.fixture
def panel(qtbot: QtBot) -> CaptionPanel:
    made = CaptionPanel()
    qtbot.addWidget(made)
    made.resize(300, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def label(panel: CaptionPanel, name: str) -> QLabel:
    found = panel.findChild(QLabel, name)
    assert found is not None
    return found


def test_it_says_place_title_caption_date_and_credit(panel: CaptionPanel) -> None:
    panel.set_words(WORDS)

    said = [label(panel, name).accessibleName() for name in ("Slide", "Title", "Caption", "Date", "Credit")]
    assert said == list(WORDS[:5])


def test_markup_is_shown_as_it_was_typed(panel: CaptionPanel) -> None:
    panel.set_words(WORDS._replace(caption="<b>bold</b> & <img src='file:///etc/passwd'>"))

    assert label(panel, "Caption").text() == "<b>bold</b> & <img src='file:///etc/passwd'>"
    assert label(panel, "Caption").textFormat() == Qt.TextFormat.PlainText


def test_a_part_without_text_takes_no_space(panel: CaptionPanel) -> None:
    panel.set_words(CaptionText("1 of 1", "a.jpg", "", "", ""))

    assert not label(panel, "Caption").isVisible()
    assert not label(panel, "Credit").isVisible()


def test_notes_are_seen_only_on_request(panel: CaptionPanel) -> None:
    panel.set_words(WORDS)
    assert not label(panel, "Information").isVisible()

    panel.set_information(True)
    assert label(panel, "Information").isVisible()
    assert "Soyuz-FG" in label(panel, "Information").text()


def test_notes_below_a_long_caption_are_scrolled_to(panel: CaptionPanel, qtbot: QtBot) -> None:
    panel.set_words(WORDS._replace(caption="many words " * 100))
    panel.set_information(True)

    def seen() -> bool:
        facts = label(panel, "Information")
        return panel.rect().contains(facts.mapTo(panel, QPoint(0, 4)))

    qtbot.waitUntil(seen)
    assert panel.scroll_bar.value() > 0


def test_a_long_caption_scrolls_and_the_next_one_begins_at_its_top(panel: CaptionPanel) -> None:
    width = panel.width()
    panel.set_words(WORDS._replace(caption="many words " * 400))
    QApplication.processEvents()
    bar = panel.scroll_bar
    assert bar.maximum() > 0
    assert panel.width() == width

    bar.setValue(bar.maximum())
    panel.set_words(WORDS)
    assert bar.value() == 0


def test_megabytes_of_caption_are_cut_short(panel: CaptionPanel) -> None:
    panel.set_words(WORDS._replace(caption="x" * 10_000_000))

    assert len(label(panel, "Caption").text()) < 30_000


def test_the_title_is_clearly_a_title(panel: CaptionPanel) -> None:
    panel.set_words(WORDS)

    assert label(panel, "Title").font().pixelSize() >= 1.5 * label(panel, "Caption").font().pixelSize()


def test_larger_type_makes_everything_larger(panel: CaptionPanel) -> None:
    panel.set_words(WORDS)
    before = label(panel, "Caption").font().pixelSize()
    panel.set_type(30)

    assert label(panel, "Caption").font().pixelSize() == 30 > before


def test_a_line_holds_thirty_characters_at_the_width_it_asks_for_and_never_more_than_seventy_five(
    panel: CaptionPanel, qtbot: QtBot,
) -> None:
    panel.set_words(WORDS._replace(caption="words and words " * 40))
    body = label(panel, "Caption")
    character = QFontMetricsF(body.font()).averageCharWidth()
    panel.resize(panel.sizeHint().width(), 500)
    qtbot.waitUntil(lambda: body.width() >= 30 * character)

    panel.resize(3000, 500)
    qtbot.waitUntil(lambda: body.width() <= round(75 * character) + 1)


def test_another_theme_changes_the_background(panel: CaptionPanel) -> None:
    panel.set_words(WORDS)
    panel.set_colours(LIGHT)
    light = panel.grab().toImage().pixelColor(3, 3)
    panel.set_colours(DARK)

    assert light.name() == LIGHT.panel
    assert panel.grab().toImage().pixelColor(3, 3).name() == DARK.panel


def test_its_texts_never_take_the_focus(panel: CaptionPanel) -> None:
    panel.set_words(WORDS)

    assert all(one.focusPolicy().value == 0 for one in panel.findChildren(QLabel))


def test_what_nobody_sees_is_laid_out_only_when_it_is_seen(panel: CaptionPanel, qtbot: QtBot) -> None:
    panel.hide()
    panel.set_words(WORDS)
    assert panel.words == WORDS
    assert label(panel, "Title").text() == ""

    with qtbot.waitExposed(panel):
        panel.show()
    assert WORDS.title in label(panel, "Title").text()


@pytest.mark.parametrize("caption", ["A few words.", "many words " * 200])
def test_where_the_interface_runs_from_right_to_left_it_is_mirrored(panel: CaptionPanel, caption: str) -> None:
    panel.set_words(WORDS._replace(caption=caption))
    before = label(panel, "Title").mapTo(panel, QPoint()).x()
    panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    title = label(panel, "Title")
    assert panel.width() - title.mapTo(panel, QPoint()).x() - title.width() == before


def test_another_font_is_laid_out_anew(panel: CaptionPanel) -> None:
    panel.set_words(WORDS._replace(caption="many words " * 30))
    before = label(panel, "Caption").grab().toImage()
    font = panel.font()
    font.setStretch(150)
    panel.setFont(font)

    assert label(panel, "Caption").grab().toImage() != before
