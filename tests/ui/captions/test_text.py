from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import a_picture
from viewer.gallery.model import Gallery, Slide
from viewer.ui.captions.composition import NOTHING
from viewer.ui.captions.text import longest_words, words_for


@pytest.mark.parametrize(("asked", "gallery_lang", "caption", "said"), [
    ("ru", "", {"de": "Der Start", "ru": "Старт"}, "6 июня 2018"),
    ("fr", "", {"de": "Der Start", "ru": "Старт"}, "6. Juni 2018"),
    ("en-US", "", {"de": "Der Start", "en": "The launch"}, "June 6, 2018"),
    ("ru", "de", "Der Start", "6. Juni 2018"),
    ("ja", "", "The launch", "2018年6月6日"),
    ("ja", "de", "", "2018年6月6日"),
    ("ja", "", {"none": "MS-09"}, "2018年6月6日"),
    ("de", "de-AT", "Der Start", "6. Juni 2018"),
])
def test_the_date_is_in_the_language_of_the_caption_beside_it(
    asked: str, gallery_lang: str, caption: str | dict[str, str], said: str,
) -> None:
    slide = Slide(file="a.jpg", caption=caption, taken="2018-06-06")
    gallery = Gallery(slides=(slide,), folder=Path("/p"), lang=gallery_lang)

    assert words_for(gallery, 0, asked, None).date.startswith(said)


def test_a_date_in_words_of_its_own_stays_as_it_is() -> None:
    gallery = Gallery(slides=(Slide(file="a.jpg", taken="about 1905"),), folder=Path("/p"))

    assert words_for(gallery, 0, "de", None).date == "about 1905"


def test_a_slide_without_words_is_called_by_its_files_name_and_by_what_is_embedded() -> None:
    gallery = Gallery(slides=(Slide(file="a/one.jpg"), Slide(file="two.jpg", title="Two")), folder=Path("/pictures"))
    picture = a_picture(texts={"title": "Quay", "caption": "At dawn", "credit": "Port Archive", "taken": "1905-03-01"})

    assert words_for(gallery, 0, "", None).title == "one.jpg"
    words = words_for(gallery, 0, "", picture)
    assert (words.title, words.caption, words.credit, words.date) == ("Quay", "At dawn", "Port Archive", "1 March 1905")
    assert words.place == "1 of 2"
    assert words_for(gallery, 1, "", picture).title == "Two"


def test_words_embedded_in_several_languages_are_shown_in_the_language_asked_for() -> None:
    gallery = Gallery(slides=(Slide(file="one.jpg"),), folder=Path("/pictures"))
    picture = a_picture(texts={"title": {"none": "Quay", "de": "Kai"},
                               "caption": {"de": "Im Morgengrauen", "en": "At dawn"},
                               "rights": {"de": "Frei", "en": "Free"}})

    german, french = words_for(gallery, 0, "de-AT", picture), words_for(gallery, 0, "fr", picture)
    assert (german.title, german.caption, dict(german.facts)["Rights"]) == ("Kai", "Im Morgengrauen", "Frei")
    assert (french.title, french.caption, dict(french.facts)["Rights"]) == ("Quay", "At dawn", "Free")


def test_the_information_says_who_what_where_and_how_many_stars() -> None:
    gallery = Gallery(slides=(Slide(file="one.jpg"),), folder=Path("/pictures"))
    texts = {"credit": "Port Archive", "creator": "Ann A.", "keywords": "ships\nold harbour", "rating": "4",
             "place": "Lima"}
    facts = dict(words_for(gallery, 0, "", a_picture(texts=texts)).facts)

    assert facts["Creator"] == "Ann A."
    assert facts["Keywords"] == "ships, old harbour"
    assert facts["Rating"] == "★★★★ (4 of 5)"
    assert facts["Place"] == "Lima"
    named = dict(words_for(gallery, 0, "", a_picture(texts={**texts, "credit": "Photo: Ann A."})).facts)
    assert named["Creator"] == ""


def test_a_preview_is_said_to_be_that_of_a_raw_file() -> None:
    gallery = Gallery(slides=(Slide(file="a.nef"),), folder=Path("/pictures"))
    raw, picture = a_picture()._replace(format="NEF"), a_picture()

    assert dict(words_for(gallery, 0, "", raw).facts)["Camera raw"].startswith("This is the preview")
    assert dict(words_for(gallery, 0, "", raw).facts)["Size"].endswith("NEF")
    assert "Camera raw" not in dict(words_for(gallery, 0, "", picture).facts)


def test_a_picture_that_is_incomplete_is_said_to_be_that() -> None:
    gallery = Gallery(slides=(Slide(file="a.jpg"),), folder=Path("/pictures"))
    part, whole = a_picture()._replace(incomplete=True), a_picture()

    assert "breaks off" in dict(words_for(gallery, 0, "", part).facts)["Incomplete"]
    assert "Incomplete" not in dict(words_for(gallery, 0, "", whole).facts)


def test_the_manifests_words_come_in_the_language_asked_for() -> None:
    slide = Slide(file="a.jpg", title={"en": "Liftoff!", "ru": "Старт!"}, caption="one for all")
    gallery = Gallery(slides=(slide,), folder=Path("/p"), credit="The museum")

    assert words_for(gallery, 0, "ru", None).title == "Старт!"
    assert words_for(gallery, 0, "fr", None).title == "Liftoff!"
    assert words_for(gallery, 0, "ru", None).credit == "The museum"


def test_a_title_that_is_but_a_files_name_is_known_as_one() -> None:
    gallery = Gallery(slides=(Slide(file="a/one.jpg"), Slide(file="two.jpg", title="Two")), folder=Path("/pictures"))

    assert words_for(gallery, 0, "", None).named_by_file
    assert not words_for(gallery, 0, "", a_picture(texts={"title": "Quay"})).named_by_file
    assert not words_for(gallery, 1, "", None).named_by_file


def test_the_longest_words_are_those_with_the_most_beside_the_picture_in_the_language_asked_for() -> None:
    slides = (Slide(file="0.jpg", alt="a long description " * 20),
              Slide(file="1.jpg", caption={"en": "long " * 9, "ru": "а"}),
              Slide(file="2.jpg", caption={"en": "short", "ru": "длинно"}))
    gallery = Gallery(slides=slides, folder=Path("/p"))

    assert longest_words(gallery, "en").place == "2 of 3"
    assert longest_words(gallery, "ru").place == "3 of 3"
    assert longest_words(Gallery(slides=(), folder=Path("/p")), "en") is NOTHING


def test_there_are_no_words_for_no_slide() -> None:
    assert words_for(Gallery(slides=(), folder=Path("/p")), -1, "", None) is NOTHING
