from __future__ import annotations

import pytest
from PySide6.QtGui import QFont

from viewer.ui.captions.text_layout import LONGEST_SHOWN, is_right_to_left, lay_out, plain_block


@pytest.mark.usefixtures("qapp")
class TestLines:
    def test_lines_follow_one_another_without_overlap(self) -> None:
        found = lay_out(plain_block("many words " * 50, "#ffffff", 20, 1.42), QFont(), 300)

        assert [line.top for line in found.lines[1:]] == [line.bottom for line in found.lines[:-1]]
        assert found.height == found.lines[-1].bottom
        assert "".join(line.text for line in found.lines) == "many words " * 50

    def test_a_line_has_room_for_letters_of_a_taller_font(self) -> None:
        latin, tall = (lay_out(plain_block(text, "#ffffff", 20, 0.1), QFont(), 300) for text in ("a", "a\u0f04\u1000"))

        assert tall.height >= latin.height > 20, "whatever the pitch is"

    @pytest.mark.parametrize("word", ["x" * 300, "https://example.org/" + "path/" * 60])
    def test_a_long_word_is_broken(self, word: str) -> None:
        found = lay_out(plain_block(word, "#ffffff", 20, 1.42), QFont(), 300)

        assert "".join(line.text for line in found.lines) == word
        assert all(layout.lineAt(0).naturalTextWidth() <= 300 for layout in found.layouts)

    def test_the_name_of_a_file_loses_its_middle_where_it_would_take_more_than_three_lines(self) -> None:
        name = "IMG_2018_" + "very_" * 60 + "long_0001.jpg"
        found = lay_out(plain_block(name, "#ffffff", 20, 1.2, name=True), QFont(), 300)
        shown = "".join(line.text for line in found.lines)

        assert len(found.lines) <= 3
        assert "…" in shown
        assert shown.startswith("IMG_2018")
        assert shown.endswith("0001.jpg")

    def test_a_short_name_is_shown_whole(self) -> None:
        found = lay_out(plain_block("IMG_0001.jpg", "#ffffff", 20, 1.2, name=True), QFont(), 300)

        assert [line.text for line in found.lines] == ["IMG_0001.jpg"]

    def test_each_paragraph_begins_on_its_own_side(self) -> None:
        found = lay_out(plain_block("Latin\nعربي", "#ffffff", 20, 1.4), QFont(), 300)

        assert [layout.lineAt(0).naturalTextRect().left() == 0 for layout in found.layouts] == [True, False]


def test_megabytes_are_cut_before_they_are_laid_out() -> None:
    assert len(plain_block("x" * 10_000_000, "#ffffff", 20, 1.4).paragraphs[0].text) == LONGEST_SHOWN + 1


@pytest.mark.parametrize(("text", "turned"), [("", False), ("12 (A)", False), ("٣ عربي", True), ("«עברית»", True),
                                              ("é عربي", False), ("…", False)])
def test_the_first_letter_with_a_direction_decides(text: str, turned: bool) -> None:
    assert is_right_to_left(text) is turned
