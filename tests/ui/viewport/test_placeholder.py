from __future__ import annotations

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from viewer.imaging.protocol.failures import SENTENCES, Failure
from viewer.kiosk.visitor_words import visitor_words
from viewer.ui.style.theme import DARK, LIGHT, Colours, contrast
from viewer.ui.viewport.placeholder import (
    Placeholder,
    empty_placeholder,
    failed_placeholder,
    loading_placeholder,
    paint_placeholder,
    readable_colours,
    standby_placeholder,
    unshown_placeholder,
)

pytestmark = pytest.mark.usefixtures("qapp")

LONG = "a-very-long-name-" * 30 + ".jpeg"


def paint(placeholder: Placeholder, width: int = 900, height: int = 600, colours: Colours = DARK) -> QImage:
    """The placeholder as it is painted on its background."""
    image = QImage(max(1, width), max(1, height), QImage.Format.Format_RGB32)
    image.fill(QColor(colours.background))
    painter = QPainter(image)
    paint_placeholder(painter, QRectF(0, 0, width, height), placeholder, colours, QFont())
    painter.end()
    return image


def ink(image: QImage, background: str = DARK.background) -> QRectF:
    """The rectangle around everything that is not background."""
    pixels = image.convertToFormat(QImage.Format.Format_RGBA8888)
    painted = Image.frombytes("RGBA", pixels.size().toTuple(), bytes(pixels.constBits())).convert("RGB")
    box = ImageChops.difference(painted, Image.new("RGB", painted.size, background)).getbbox()
    return QRectF() if box is None else QRectF(box[0], box[1], box[2] - box[0], box[3] - box[1])


# Words

@pytest.mark.parametrize("reason", SENTENCES)
def test_a_failed_picture_is_explained_with_its_file(reason: str) -> None:
    failure = next(Failure(known) for known in SENTENCES if known == reason)
    placeholder = failed_placeholder(failure, "rocket.jpg")
    assert placeholder.heading == "This picture can’t be shown"
    assert placeholder.body == failure.sentence
    assert placeholder.description == f"{failure.sentence}\nrocket.jpg"


def test_an_empty_gallery_says_what_to_do() -> None:
    assert "drop them here" in empty_placeholder().description


def test_an_empty_gallery_names_what_is_wrong_with_it_first() -> None:
    assert empty_placeholder("gallery.json could not be read.").body.startswith("gallery.json could not be read.\n")


@pytest.mark.parametrize("text", ["<b>bold</b>", "a & b", "%1 {0}", "naïve 日本語 ไทย", "עברית"])
def test_texts_stay_as_they_were_typed(text: str) -> None:
    assert loading_placeholder(text).name == text


@pytest.mark.parametrize("name", ["photo\u202egpj.exe", "a\x00b", "\x1b[31m", "\udcff"])
def test_characters_that_reorder_a_name_or_are_none_are_made_visible(name: str) -> None:
    safe = loading_placeholder(name).name
    assert "\N{REPLACEMENT CHARACTER}" in safe
    assert safe.isprintable()
    assert failed_placeholder(Failure("damaged"), name).name == safe


# Paint

@pytest.mark.parametrize("placeholder", [
    failed_placeholder(Failure("damaged"), "rocket.jpg"), empty_placeholder(), loading_placeholder("rocket.jpg"),
    standby_placeholder(visitor_words("en"), "“gallery.json” cannot be opened."),
    unshown_placeholder(visitor_words("ru")),
], ids=["failed", "empty", "loading", "awaited", "unshown"])
def test_a_placeholder_stands_in_the_middle_with_space_around_it(placeholder: Placeholder) -> None:
    seen = ink(paint(placeholder))
    assert abs(seen.center().x() - 450) < 8
    assert abs(seen.center().y() - 300) < 60
    assert seen.left() > 100
    assert seen.height() > 60


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (1, 900), (30, 20), (60, 300), (200, 100), (300, 40)])
@pytest.mark.parametrize("placeholder", [
    failed_placeholder(Failure("crashed"), LONG), empty_placeholder("What is wrong is " + "very " * 80 + "long."),
    loading_placeholder(LONG), Placeholder("broken", LONG, LONG, LONG),
], ids=["failed", "empty", "loading", "long"])
def test_a_placeholder_stays_inside_any_area(placeholder: Placeholder, size: tuple[int, int]) -> None:
    width, height = size
    image = QImage(width + 40, height + 40, QImage.Format.Format_RGB32)
    image.fill(QColor(DARK.background))
    painter = QPainter(image)
    paint_placeholder(painter, QRectF(20, 20, width, height), placeholder, DARK, QFont())
    painter.end()
    assert QRectF(20, 20, width, height).contains(ink(image)) or ink(image).isEmpty()


def test_a_long_name_is_elided_in_the_middle_so_that_its_ending_is_seen() -> None:
    longer = failed_placeholder(Failure("damaged"), LONG.replace(".jpeg", "-and-more.jpeg"))
    ends_differently = failed_placeholder(Failure("damaged"), LONG.replace(".jpeg", ".tiff"))
    first, other = paint(failed_placeholder(Failure("damaged"), LONG)), paint(ends_differently)
    assert first != other
    assert ink(paint(longer)).width() < 620


def test_markup_is_painted_as_it_was_typed() -> None:
    assert ink(paint(loading_placeholder("<b>x</b>"))).width() >= ink(paint(loading_placeholder("x"))).width()
    assert paint(loading_placeholder("<b>name.jpg</b>")) != paint(loading_placeholder("name.jpg"))
    assert paint(loading_placeholder("a&b")) != paint(loading_placeholder("ab"))


def test_a_placeholder_is_larger_in_a_large_viewport() -> None:
    placeholder = failed_placeholder(Failure("damaged"), "rocket.jpg")
    assert ink(paint(placeholder, 3840, 2160)).width() > 1.5 * ink(paint(placeholder, 900, 600)).width()


def test_painting_a_placeholder_leaves_the_painter_as_it_was() -> None:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = (painter.font(), painter.pen(), painter.hasClipping(), painter.worldTransform())
    paint_placeholder(painter, QRectF(0, 0, 400, 300), empty_placeholder(), DARK, QFont())
    assert (painter.font(), painter.pen(), painter.hasClipping(), painter.worldTransform()) == before
    painter.end()


# Colours

@pytest.mark.parametrize("background", ["#000000", "#0a0a0a", "#101112", "#e6e6e3", "#ffffff", "#f0dc20"])
@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_text_is_readable_on_every_background(colours: Colours, background: str) -> None:
    chosen = readable_colours(colours._replace(background=background))
    assert contrast(chosen.text, background) >= 7
    assert chosen.background == background


def test_a_theme_keeps_its_own_colours_where_they_can_be_read() -> None:
    assert readable_colours(DARK) == DARK
    assert readable_colours(LIGHT) == LIGHT
    assert readable_colours(LIGHT._replace(background="#0a0a0a")).text == DARK.text


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_the_strongest_tone_of_a_files_name_is_readable_too(colours: Colours) -> None:
    image = paint(Placeholder("broken", "", name="MMMMMMMM"), colours=colours)
    seen = {QColor(image.pixel(x, y)).name() for y in range(300, image.height()) for x in range(image.width())}
    assert max(contrast(tone, colours.background) for tone in seen) >= 6.5  # thin strokes are blended
