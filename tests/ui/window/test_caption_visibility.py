from __future__ import annotations

from viewer.ui.window.caption_wish import CaptionWish


def a_wish(*, words: bool) -> CaptionWish:
    wish = CaptionWish()
    wish.gallery_has_words = words
    return wish


def test_at_first_the_panel_is_wanted_where_there_are_words() -> None:
    assert a_wish(words=True).wanted
    assert not a_wish(words=False).wanted
    assert not a_wish(words=False).hidden_by_hand


def test_a_wish_holds_for_galleries_of_its_kind_and_leaves_the_other_kind_alone() -> None:
    wish = a_wish(words=True)
    wish.set(wanted=False)
    assert (wish.wanted, wish.hidden_by_hand) == (False, True)

    wish.gallery_has_words = False
    wish.set(wanted=True)
    assert (wish.wanted, wish.hidden_by_hand) == (True, False)
    wish.gallery_has_words = True
    assert (wish.wanted, wish.hidden_by_hand) == (False, True)


def test_information_brings_the_panel_and_goes_with_it() -> None:
    for words in (True, False):
        wish = a_wish(words=words)
        wish.set(wanted=False)
        wish.information = True
        assert wish.wanted
        assert wish.in_fullscreen(wanted=False)

        wish.set(wanted=False)
        assert not wish.information
        assert not wish.wanted


def test_full_screen_follows_its_option_where_there_are_words_and_the_wish_where_there_are_none() -> None:
    wish = a_wish(words=True)
    assert wish.in_fullscreen(wanted=True)
    assert not wish.in_fullscreen(wanted=False)

    wish = a_wish(words=False)
    assert not wish.in_fullscreen(wanted=True)
    wish.set(wanted=True)
    assert wish.in_fullscreen(wanted=True)
