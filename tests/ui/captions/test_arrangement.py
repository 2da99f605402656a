from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont

from viewer.ui.captions.arrangement import Arrangement, Arranger, Frame
from viewer.ui.captions.composition import CaptionText, TypeRange, largest_size
from viewer.ui.captions.text_layout import lay_out
from viewer.ui.style.theme import DARK

SHORT = CaptionText("3 of 11", "A title", "A few words.", "6 June 2018", "A museum", (("Notes", "A note"),))
LONG = SHORT._replace(caption="many words " * 300)
SIZES = TypeRange(30, 22)
TALL = Frame(500, 1000, SIZES)
LOW = Frame(1800, 300, SIZES, wide=True)


@pytest.fixture
def arranger(qapp: object) -> Arranger:  # noqa: ARG001 - fonts need it
    return Arranger(lambda block, width: lay_out(block, QFont(), width), DARK)


def arranged(arranger: Arranger, words: CaptionText, frame: Frame, *, information: bool = False) -> Arrangement:
    return arranger.arrange(words, arranger.top(words, frame), frame, information=information)


def roles(arrangement: Arrangement) -> tuple[list[str], list[str]]:
    return [one.role for one in arrangement.flow], [one.role for one in arrangement.foot]


def size_of(arrangement: Arrangement) -> int:
    return next(one.block.size for one in arrangement.flow if one.role == "Caption")


def test_date_and_credit_stand_at_the_foot_below_a_caption_that_fits(arranger: Arranger) -> None:
    found = arranged(arranger, SHORT, TALL)

    assert roles(found) == (["Slide", "Title", "Caption"], ["Date", "Credit"])
    assert size_of(found) == 30
    assert found.area.bottom() < found.foot[0].place.top()
    assert found.foot[-1].place.bottom() == TALL.height - 1 - 30


def test_a_caption_that_does_not_fit_shrinks_only_as_far_as_it_has_to(arranger: Arranger) -> None:
    words = SHORT._replace(caption="many words " * 40)
    frame = TALL._replace(height=arranger.height(words, TALL) - 40)

    assert 22 <= size_of(arranged(arranger, words, frame)) < 30


def test_where_the_floor_is_too_large_date_and_credit_follow_the_caption(arranger: Arranger) -> None:
    found = arranged(arranger, LONG, TALL)

    assert roles(found) == (["Slide", "Title", "Caption", "Date", "Credit"], [])
    assert size_of(found) == 22
    assert found.area == QRect(0, 30, 500, 940)


def test_a_low_place_has_date_and_credit_beside_the_caption_and_keeps_them_there(arranger: Arranger) -> None:
    for words in (SHORT, LONG):
        found = arranged(arranger, words, LOW)

        assert roles(found) == (["Slide", "Title", "Caption"], ["Date", "Credit"])
        assert found.area.right() < found.foot[0].place.left()
        assert found.foot[-1].place.right() < LOW.width


def test_without_date_and_credit_the_caption_has_a_low_place_to_itself(arranger: Arranger) -> None:
    narrow = LOW._replace(width=1000)

    found = arranged(arranger, LONG._replace(date="", credit=""), narrow)

    assert found.area.width() == 1000
    assert found.flow[0].place.width() > 800


def test_where_nothing_fits_the_credit_takes_no_width_from_lines_that_could_be_longer(arranger: Arranger) -> None:
    narrow = LOW._replace(width=1000)
    assert roles(arranged(arranger, SHORT, narrow))[1] == ["Date", "Credit"]

    found = arranged(arranger, LONG, narrow)

    assert roles(found) == (["Slide", "Title", "Caption", "Date", "Credit"], [])
    assert found.flow[0].place.width() > 800


def test_a_low_place_too_narrow_for_two_columns_has_one(arranger: Arranger) -> None:
    found = arranged(arranger, SHORT, LOW._replace(width=600, height=600))

    assert found.foot[0].place.left() == found.flow[0].place.left()


def test_facts_follow_and_leave_the_size_as_it_is(arranger: Arranger) -> None:
    found = arranged(arranger, SHORT, TALL, information=True)

    assert roles(found) == (["Slide", "Title", "Caption", "Information"], ["Date", "Credit"])
    assert size_of(found) == 30


@pytest.mark.parametrize("count", [2, 20, 40, 60])
def test_nothing_scrolls_behind_date_and_credit_where_they_end_at_the_inset(arranger: Arranger, count: int) -> None:
    words = SHORT._replace(caption="many words " * count)
    for information in (False, True):
        found = arranged(arranger, words, TALL._replace(inset=120), information=information)

        assert found.foot
        assert found.area.bottom() < found.foot[0].place.top()
        assert information or found.flow[-1].place.bottom() < found.area.height()


def test_words_begin_at_the_inset_only_if_the_longest_of_the_gallery_fits_from_there(arranger: Arranger) -> None:
    frame = TALL._replace(inset=120)

    assert arranger.top(SHORT, frame) == 120
    assert arranger.top(LONG, frame) == 30
    assert arranged(arranger, SHORT, frame).foot[-1].place.bottom() == 1000 - 1 - 120


def test_no_line_is_longer_than_seventy_five_characters(arranger: Arranger) -> None:
    found = arranged(arranger, LONG, Frame(4000, 1000, SIZES))

    assert max(len(line.text) for one in found.flow for line in one.laid_out.lines) < 90
    assert found.flow[0].place.width() == 75 * 22 / 2


@given(st.integers(8, 60), st.integers(0, 60), st.integers(0, 80))
def test_the_largest_size_that_fits_is_found(floor: int, more: int, limit: int) -> None:
    found = largest_size(TypeRange(floor + more, floor), lambda size: size <= limit)

    assert found == (None if limit < floor else min(limit, floor + more))
