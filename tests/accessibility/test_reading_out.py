"""What a screen reader gets from the program: the tree of its parts, the focus, and what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accessibility.bus import missing_packages
from tests.accessibility.heard_program import HeardProgram
from tests.accessibility.page import PAGE, heard_part, written_part
from tests.needs import need

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.accessibility.client import Node

pytestmark = pytest.mark.story


@pytest.fixture(scope="module")
def program() -> Iterator[HeardProgram]:
    need(missing_packages())
    with HeardProgram() as started:
        yield started


@pytest.fixture
def heard(program: HeardProgram) -> HeardProgram:
    """The program at its first slide, with the focus on the picture."""
    if program.client.describe(program.picture).name != "A Mighty Roar":
        program.hears("Home")
    return program


def window(program: HeardProgram) -> Node:
    return program.client.tree().all("frame")[0]  # Qt 6.8 takes docks in it for frames, too


def test_the_picture_has_the_focus_and_is_named_by_its_title_and_described_by_its_alternative_text(
    heard: HeardProgram,
) -> None:
    (picture,) = window(heard).all("image")

    assert picture.name == "A Mighty Roar"
    assert picture.description.startswith("A close view of the tail of a Soyuz rocket")
    assert "focused" in picture.states


def test_thumbnails_are_named_by_number_and_title(heard: HeardProgram) -> None:
    named = [node.name for node in window(heard).all("list item")]

    assert named[:2] == ["1: A Mighty Roar", "2: Capturing History"]


def test_the_caption_is_one_object_with_a_heading_and_all_its_words(heard: HeardProgram) -> None:
    frame = window(heard)
    (caption,) = [node for node in frame.walk() if node.name == "Caption"]
    slide = frame.all("heading")

    assert [heading.name for heading in slide] == ["A Mighty Roar"]
    assert caption.role == "panel"
    assert caption.description.splitlines()[:2] == ["1 of 11", "A Mighty Roar"]
    assert caption.description.endswith("Caption: space.com")


def test_with_information_the_caption_reads_notes_and_sources_too(heard: HeardProgram) -> None:
    heard.hears("i")
    (caption,) = window(heard).all("panel", "Caption")
    heard.hears("i")
    (without,) = window(heard).all("panel", "Caption")

    assert "Notes: The first sentence describes the whole gallery" in caption.description
    assert "File: 01-a-mighty-roar.jpg" in caption.description
    assert "Notes" not in without.description


def test_in_full_screen_the_caption_is_one_object_too(heard: HeardProgram) -> None:
    assert heard.hears("F11")[0] == "Full screen"
    frame = window(heard)
    heard.press("F11")
    heard.client.until(lambda: window(heard).all("menu bar"))

    assert [node.role for node in frame.walk() if node.name == "Caption"] == ["panel"]
    assert [heading.name for heading in frame.all("heading")] == ["A Mighty Roar"]
    assert [node for node in frame.walk() if "focusable" in node.states and not node.name] == []


def test_every_part_that_can_be_used_or_says_something_has_a_name(heard: HeardProgram) -> None:
    frame = window(heard)
    (progress,) = frame.all("progress bar")

    assert progress.name == "Time of this slide"
    assert [node for node in frame.walk() if "focusable" in node.states and not node.name] == []
    assert all(node.name for role in ("label", "scroll bar", "push button", "image") for node in frame.all(role))


def test_paging_by_hand_says_place_title_and_alternative_text(heard: HeardProgram) -> None:
    (said,) = heard.hears("Right")

    assert said.startswith("2 of 11, Capturing History. Onlookers seen from behind")


def test_tab_moves_the_focus_through_the_parts_and_back_to_the_picture(heard: HeardProgram) -> None:
    parts = [heard.focus_after("Tab") for _ in range(5)]

    assert {part.name for part in parts[:3]} >= {"Caption"}
    assert parts[-1].name == "A Mighty Roar"


def test_the_page_of_keys_is_an_object_of_its_own(heard: HeardProgram) -> None:
    page = heard.focus_after("F1")

    assert (page.role, page.name) == ("panel", "Keys")
    assert "Next: Right" in page.description
    assert heard.focus_after("F1").path == heard.picture


@pytest.mark.parametrize(("keys", "sentences"), [
    ((".", "."), ["Black screen", "The picture is back"]),
    (("t", "t"), ["Thumbnails hidden", "Thumbnails shown"]),
    (("c", "c"), ["Caption hidden", "Caption shown"]),
    (("i", "i"), ["Information shown", "Information hidden"]),
    (("z", "z"), ["100\N{NO-BREAK SPACE}%", "The whole picture"]),
    (("r", "Shift+r"), ["Turned by 90 degrees", "Upright"]),
    (("4", "Escape"), ["Go to 4 of 11"]),
    (("s", "space", "space", "s"), ["As long as each caption takes", "Paused", "Playing", "The show has ended."]),
], ids=["black", "thumbnails", "caption", "information", "zoom", "rotation", "digits", "the show"])
def test_what_others_see_change_is_said(heard: HeardProgram, keys: tuple[str, ...], sentences: list[str]) -> None:
    said = []
    for key, _ in zip(keys, sentences, strict=False):
        said += heard.hears(key)
    heard.press(*keys[len(sentences):])

    assert [sentence[:len(wanted)] for sentence, wanted in zip(said, sentences, strict=True)] == sentences


def test_all_words_of_the_slide_are_said_on_demand(heard: HeardProgram) -> None:
    (said,) = heard.hears("Shift+c")

    assert said.startswith("1 of 11, A Mighty Roar. A close view of the tail of a Soyuz rocket")
    assert "See photos of and by the astronauts" in said
    assert said.endswith("6 June 2018, 17:12. Illustration after the photograph by NASA/Joel Kowsky. "
                         "Caption: space.com")


def test_ten_pages_leave_nothing_on_standard_error(heard: HeardProgram) -> None:
    for _ in range(10):
        heard.hears("Right")

    assert heard.complaints == ""


def test_the_page_about_it_says_what_is_heard(heard: HeardProgram) -> None:
    """Where it does not, ``python -m tests.accessibility`` writes it anew."""
    assert heard_part(heard) == written_part(PAGE.read_text("utf-8"))
