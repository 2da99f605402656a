"""Untrusted texts made safe to show: all that can be read stays, and no formatting acts beyond them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.gallery.problems import shown
from viewer.gallery.reading_time import words_time
from viewer.gallery.safe_text import DEEPEST_NESTING, LONGEST_LINE, LONGEST_TEXT, breakable, isolated, line, text

OPENERS, OVERRIDES = "\u202a\u202b\u2066\u2067\u2068", "\u202d\u202e"
nasty = st.text(st.sampled_from(
    "ab <>&\n\r\t\0\x1b\x7f\x85\u200d\u200f\u2028\ud83d\ufeffש" + OPENERS + OVERRIDES + "\u202c\u2069"
))


@pytest.mark.parametrize("words", [
    "", "Liftoff!", "One\nTwo", "Tab\there", "Старт", "שלום", "می\u200cخواهم", "👩\u200d🚀", "<b>bold</b> &amp;",
    "e\u0301",
    "Price: \u200e5", "says \u2068שלום\u2069 here",
])
def test_a_harmless_text_is_shown_as_it_is(words: str) -> None:
    assert text(words) == words


@pytest.mark.parametrize(("words", "seen"), [
    ("a\0b\x1b[2J", "a\ufffdb\ufffd[2J"), ("\ud83d", "\ufffd"), ("\udfff\ud800", "\ufffd\ufffd"),
    ("\ufeffa", "\ufffda"),
    ("one\r\ntwo\rthree\u2028four\u2029five\x85six", "one\ntwo\nthree\nfour\nfive\nsix"),
    ("\u202egpj.exe", "\ufffdgpj.exe"), ("\u202dabc\u202c", "\ufffdabc"),
])
def test_invisible_characters_and_overrides_of_direction_are_replaced(words: str, seen: str) -> None:
    assert text(words) == seen


@pytest.mark.parametrize(("words", "seen"), [
    ("\u2067a", "\u2067a\u2069"), ("a\u2069b\u202c", "ab"), ("\u2067a\nb", "\u2067a\u2069\nb"),
    ("\u202aa\u2067b", "\u202aa\u2067b\u2069\u202c"), ("\u2067a\u202cb\u2069", "\u2067ab\u2069"),
])
def test_bidirectional_formatting_ends_with_its_line(words: str, seen: str) -> None:
    assert text(words) == seen


def test_nested_bidirectional_formatting_is_limited() -> None:
    assert text("\u2066" * 400) == "\u2066" * DEEPEST_NESTING + "\u2069" * DEEPEST_NESTING


def test_empty_lines_do_not_push_the_rest_out_of_sight() -> None:
    assert text("a\n\n\nb") == "a\n\n\nb"
    assert text("a" + "\n" * 5000 + "b") == "a\n\n\nb"


def test_a_title_stays_on_one_line() -> None:
    assert line(" A\n\ttitle\r\nof  lines\u2028 ") == "A title of lines"


def test_a_text_that_is_too_long_ends_with_words_that_say_so() -> None:
    shown_text = text("word " * 100_000)

    assert shown_text.startswith("word " * 1600)
    assert shown_text.endswith("…\n\n(Shown up to here: 8,000 of 500,000 characters.)")
    assert text("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT


def test_a_title_that_is_too_long_ends_with_an_ellipsis() -> None:
    assert line("x" * 10_000_000) == "x" * LONGEST_LINE + "…"


@given(nasty)
def test_no_formatting_acts_beyond_its_line(words: str) -> None:
    for shown_line in text(words).split("\n"):
        depth = 0
        for letter in shown_line:
            depth += letter in OPENERS
            depth -= letter in "\u202c\u2069"
            assert 0 <= depth <= DEEPEST_NESTING
            assert letter not in OVERRIDES
            assert letter == "\t" or unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp")
        assert depth == 0
    assert "\n" not in line(words)
    text(words).encode()


@given(nasty)
def test_a_safe_text_is_not_changed_again(words: str) -> None:
    assert text(text(words)) == text(words)
    assert line(line(words)) == line(words)


def test_a_name_from_right_to_left_leaves_the_sentence_around_it_in_order() -> None:
    assert isolated("photo.jpg") == "photo.jpg"
    assert isolated("Åsa–1.jpg") == "Åsa–1.jpg"
    assert isolated("שלום.jpg") == "\u2068שלום.jpg\u2069"
    assert shown("שלום.jpg") == "\u2068שלום.jpg\u2069"
    assert shown("\u202egpj.exe") == "\ufffdgpj.exe"
    assert shown("👩\u200d🚀.jpg") == "👩\u200d🚀.jpg"
    assert shown("\u200c") == shown("\u200d") == "\ufffd"


def test_words_that_are_not_shown_do_not_count_for_the_reading_time() -> None:
    assert words_time("word " * 1_000_000) == words_time("word " * 1600)


@pytest.mark.parametrize("spare", [0, 1])
def test_a_title_of_exactly_the_limit_is_whole_and_one_letter_more_is_cut(spare: int) -> None:
    assert line("x" * (LONGEST_LINE + spare)) == "x" * LONGEST_LINE + "…" * spare
    assert line("x" * (7 + spare), 7) == "x" * 7 + "…" * spare


def test_a_text_of_one_letter_more_than_the_limit_says_how_many_there_are() -> None:
    assert text("x" * 8, 7) == "x" * 7 + "…\n\n(Shown up to here: 7 of 8 characters.)"
    assert text("x" * 7, 7) == "x" * 7


def test_arabic_names_are_isolated_like_hebrew_ones() -> None:
    assert isolated("صورة.jpg") == "\u2068صورة.jpg\u2069"


def test_what_is_longer_than_any_word_can_be_broken_every_ten_letters() -> None:
    assert breakable("a" * 29) == "a" * 29
    assert breakable("a" * 30) == "\u200b".join(["a" * 10] * 3)
    assert breakable("see " + "a" * 35 + "/b.jpg") == "see " + "\u200b".join(["a" * 10] * 3 + ["a" * 5]) + "/b.jpg"
    assert breakable(" ".join(["a" * 29] * 3)) == " ".join(["a" * 29] * 3)


def test_as_many_embeddings_as_are_allowed_stay_and_one_more_is_left_out() -> None:
    opened, closed = "\u2066" * DEEPEST_NESTING, "\u2069" * DEEPEST_NESTING

    assert text(f"{opened}a{closed}") == f"{opened}a{closed}"
    assert text(f"{opened}\u2066a\u2069{closed}") == f"{opened}a{closed}"
