from __future__ import annotations

from viewer.ui.window.caption_visibility import CaptionVisibility


def visibility(*, words: bool) -> CaptionVisibility:
    shown = CaptionVisibility()
    shown.gallery_has_words = words
    return shown


def test_at_first_the_panel_is_wanted_where_there_are_words() -> None:
    assert visibility(words=True).wanted
    assert not visibility(words=False).wanted
    assert not visibility(words=False).hidden_by_hand


def test_what_is_said_holds_for_galleries_of_its_kind_and_leaves_the_other_kind_alone() -> None:
    shown = visibility(words=True)
    shown.set(wanted=False)
    assert (shown.wanted, shown.hidden_by_hand) == (False, True)

    shown.gallery_has_words = False
    shown.set(wanted=True)
    assert (shown.wanted, shown.hidden_by_hand) == (True, False)
    shown.gallery_has_words = True
    assert (shown.wanted, shown.hidden_by_hand) == (False, True)


def test_information_brings_the_panel_and_goes_with_it() -> None:
    for words in (True, False):
        shown = visibility(words=words)
        shown.set(wanted=False)
        shown.information = True
        assert shown.wanted
        assert shown.in_fullscreen(wanted=False)

        shown.set(wanted=False)
        assert not shown.information
        assert not shown.wanted


def test_full_screen_follows_its_option_where_there_are_words_and_the_shown_where_there_are_none() -> None:
    shown = visibility(words=True)
    assert shown.in_fullscreen(wanted=True)
    assert not shown.in_fullscreen(wanted=False)

    shown = visibility(words=False)
    assert not shown.in_fullscreen(wanted=True)
    shown.set(wanted=True)
    assert shown.in_fullscreen(wanted=True)
