"""Stories of someone who pages through a gallery by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.pictures import photo
from viewer.gallery.open import builtin_manifest, open_source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stories.conftest import Show

RIGHT, LEFT, HOME, END = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End

pytestmark = pytest.mark.story


def look_alike(one: QImage, other: QImage) -> bool:
    """Whether two pictures are the same but for how finely they were scaled: on 16 x 16 patches, 6 of 255 apart."""
    small = [
        image.scaled(16, 16, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        for image in (one, other)
    ]
    apart = [
        abs(getattr(small[0].pixelColor(x, y), channel)() - getattr(small[1].pixelColor(x, y), channel)())
        for x in range(16) for y in range(16) for channel in ("red", "green", "blue")
    ]
    return bool(sum(apart) < 6 * len(apart))


def test_without_a_source_the_launch_gallery_opens_and_each_of_its_eleven_pictures_is_seen(
    begin: Callable[..., Show],
) -> None:
    slides = open_source(builtin_manifest()).gallery.slides
    show = begin()
    seen = []
    for number, slide in enumerate(slides, 1):
        show.waits_for_place(f"{number} of 11")
        assert show.title == slide.title
        assert show.window.panel.words.caption == slide.caption
        seen.append(show.pixels())
        show.press(RIGHT)
    assert not any(look_alike(one, other) for at, one in enumerate(seen) for other in seen[:at])

    show.waits_for_place("1 of 11")
    for number in range(11, 0, -1):
        show.press(LEFT)
        show.waits_for_place(f"{number} of 11")
        assert look_alike(show.pixels(), seen[number - 1])


def test_every_picture_of_a_manifest_is_reached_and_the_way_back_is_the_same(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([11, 22, 33]))
    for number in (11, 22, 33):
        show.waits_to_see(number)
        show.press(RIGHT)
    show.waits_to_see(11)
    for number in (33, 22, 11):
        show.press(LEFT)
        show.waits_to_see(number)


def test_holding_right_ends_on_the_slide_where_the_key_was_let_go(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest(range(1, 31)))
    show.waits_to_see(1)
    show.hold(RIGHT, 25)

    assert show.place == "26 of 30"
    show.waits_to_see(26)


def test_end_and_home_jump(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest(range(1, 13)))
    show.press(END)
    show.waits_to_see(12)
    show.press(HOME)
    show.waits_to_see(1)


def test_digits_then_enter_go_to_a_slide_even_one_that_begins_with_one(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest(range(1, 13)))
    show.waits_to_see(1)
    show.press(Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Return)
    show.waits_to_see(12)
    show.press(Qt.Key.Key_5, Qt.Key.Key_Return)
    show.waits_to_see(5)
    show.press(Qt.Key.Key_9, Qt.Key.Key_9, Qt.Key.Key_Return)

    assert show.program.central.toast.text() == "There is no slide 99: the last one is 12."


def test_keys_page_from_every_focus(begin: Callable[..., Show], manifest: Callable[..., Path]) -> None:
    show = begin(manifest([1, 2, 3, 4]))
    show.waits_to_see(1)
    for number, focus in enumerate((show.thumbnails, show.window.panel, show.program.slide_view), 2):
        focus.setFocus()
        show.press(RIGHT)
        show.waits_to_see(number)


def test_a_damaged_file_in_the_middle_costs_its_own_slide_and_no_other(
    begin: Callable[..., Show], manifest: Callable[..., Path], tmp_path: Path,
) -> None:
    path = manifest([1, 2, 3])
    (tmp_path / "2.jpg").write_bytes((tmp_path / "2.jpg").read_bytes()[:3000])
    show = begin(path)
    show.waits_to_see(1)
    show.press(RIGHT)
    show.until(lambda: show.program.view_model.displayed.failure is not None)

    assert "damaged" in show.program.slide_view.accessibleDescription()
    assert "2.jpg" in show.program.slide_view.accessibleDescription()
    show.press(RIGHT)
    show.waits_to_see(3)
    show.press(LEFT, LEFT)
    show.waits_to_see(1)


def test_a_picture_opens_its_folder_and_begins_with_itself(begin: Callable[..., Show], tmp_path: Path) -> None:
    for name in ("b2.jpg", "b10.jpg", "b1.jpg"):
        photo(tmp_path / name, (120, 80))
    show = begin(tmp_path / "b10.jpg")

    assert (show.place, show.title) == ("3 of 3", "b10.jpg")


def test_of_a_huge_picture_what_is_looked_at_has_full_pixels_wherever_one_looks(
    begin: Callable[..., Show], tmp_path: Path,
) -> None:
    photo(tmp_path / "a.jpg", (7000, 5000), quality=60)
    with Image.open(tmp_path / "a.jpg") as file:
        original = QImage(file.convert("RGB").tobytes(), 7000, 5000, 3 * 7000, QImage.Format.Format_RGB888).copy()
    show = begin(tmp_path / "a.jpg")
    show.waits_for_place("1 of 1")

    def is_the_file() -> bool:
        """Whether the slide view shows the pixels of the file, those that belong there."""
        view = show.program.slide_view.view
        # The slide view alone: the zoom, which is written over its corner, is no part of it.
        canvas = show.program.slide_view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        if view is None:
            return False
        seen = view.visible
        here = canvas.copy(*seen)
        return here == original.copy(seen.x - view.target.x, seen.y - view.target.y, seen.width, seen.height)

    show.press(Qt.Key.Key_1)
    show.until(is_the_file)
    for _ in range(20):
        show.press(Qt.Key.Key_Right, modifiers=Qt.KeyboardModifier.ControlModifier)
    show.until(is_the_file)
    assert show.program.slide_view.image is not None
    assert show.program.slide_view.image.width() < 7000  # all of it was never carried over


def test_the_view_is_zoomed_with_full_pixels_and_fits_again(
    begin: Callable[..., Show], manifest: Callable[..., Path],
) -> None:
    show = begin(manifest([7, 8]))
    show.waits_to_see(7)
    show.press(Qt.Key.Key_1)
    show.until(lambda: (image := show.program.slide_view.image) is not None and image.width() == 1500)
    assert show.program.slide_view.zoom == 1.0

    show.press(Qt.Key.Key_0)
    show.waits_to_see(7)
    show.press(Qt.Key.Key_Z)
    assert show.program.slide_view.zoom == 1.0
    show.press(RIGHT)
    show.waits_to_see(8)
