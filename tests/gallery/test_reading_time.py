"""The reading time."""

from __future__ import annotations

import pytest

from viewer.gallery.reading_time import reading_time, words_time


@pytest.mark.parametrize(("texts", "seconds"), [
    ((), 10), (("", ""), 10), (("one two",), 10), (("word " * 5,), 10), (("word " * 25,), 18),
    (("word " * 20, "word " * 5), 18), (("word " * 130,), 60), (("word " * 10_000,), 60),
    (("дом " * 25,), 18), (("字" * 50,), 23), (("かな" * 25,), 23), (("กขคง" * 25,), 18), (("집 " * 25,), 18),
    (("字" * 20 + " word" * 15,), 20), (("- — … " * 500,), 10), (("don't (stop) — well-known",), 10),
])
def test_the_reading_time_counts_words_or_characters(texts: tuple[str, ...], seconds: float) -> None:
    assert reading_time(*texts) == pytest.approx(seconds)


@pytest.mark.parametrize(("text", "words"), [("don't stop", 2), ("well-known — fact", 2), ("(hello)", 1), ("…", 0),
                                             ("1905", 1), ("«Старт!»", 1)])
def test_marks_between_words_are_no_words(text: str, words: int) -> None:
    assert words_time(text) == pytest.approx(words * 60 / 150)
