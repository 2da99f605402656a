from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage

from tests.fakes import FakeLoader, ManualClock, a_picture
from viewer.imaging.client.picture import Picture, PictureRequest
from viewer.imaging.protocol.failures import Failure
from viewer.imaging.protocol.messages import Box, Region
from viewer.show.displayed_slide import BLANK, DisplayedSlide
from viewer.ui.commands import picture_copy
from viewer.ui.commands.picture_copy import HINT_MS, PictureCopy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

PATH = "/photos/Ночной старт.jpg"
WHOLE = Box(600, 400)
REQUEST = PictureRequest(PATH, WHOLE, 0, Region(0, 0, *WHOLE))


class Said:
    """Stands in for `Messages`."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def say(self, sentence: str) -> None:
        self.all.append(sentence)


class Desk:
    """A picture that is displayed at half its size, and what is said and put on the clipboard about it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.loader, self.clock, self.messages = FakeLoader(), ManualClock(), Said()
        self.owner = QObject()
        self.copy = PictureCopy(self.loader, self.messages, self.clock, self.owner)  # type: ignore[arg-type] # a fake

    def begin(self, turns: int = 0, *, frame: int = 0, picture: Picture | None = None) -> None:
        shown = a_picture(Box(300, 200)) if picture is None else picture
        self.copy.begin(DisplayedSlide(0, None, PATH, shown, True, None, frame), turns)

    def until_said(self, start: str) -> str:
        self.qtbot.waitUntil(lambda: any(sentence.startswith(start) for sentence in self.messages.all))
        return self.messages.all[-1]

    @property
    def requested(self) -> tuple[PictureRequest, ...]:
        return self.loader.requests["copy"]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    QGuiApplication.clipboard().clear()
    del made
    gc.collect()


def pasted() -> QImage:
    """The picture on the clipboard, as another program reads it."""
    return QImage.fromData(QGuiApplication.clipboard().mimeData().data("image/png"))


def in_quarters() -> Picture:
    """A whole picture whose upper left corner is blue."""
    picture = a_picture(WHOLE)
    for at in range(20):
        picture.image.setPixelColor(at, at, QColor("blue"))
    return picture


def test_the_whole_picture_is_requested_and_copied_as_a_picture_and_as_its_file(desk: Desk) -> None:
    desk.begin()
    assert [*desk.requested] == [REQUEST]
    desk.loader.deliver(REQUEST, in_quarters())

    assert desk.until_said("The picture was copied") == "The picture was copied (600 × 400)."
    assert desk.requested == ()
    assert pasted().size().toTuple() == WHOLE
    assert pasted().pixelColor(0, 0) == QColor("blue")
    data = QGuiApplication.clipboard().mimeData()
    assert [url.toLocalFile() for url in data.urls()] == [PATH]
    address = bytes(data.data("text/uri-list").data()).decode().strip()
    assert bytes(data.data("x-special/gnome-copied-files").data()).decode() == f"copy\n{address}"
    assert not data.hasFormat("text/plain")  # or it would be pasted where a picture is meant


@pytest.mark.parametrize(("turns", "size", "corner"), [
    (1, (400, 600), (399, 0)), (2, (600, 400), (599, 399)), (3, (400, 600), (0, 599)),
])
def test_a_turned_picture_is_copied_as_it_is_seen(
    desk: Desk, turns: int, size: tuple[int, int], corner: tuple[int, int],
) -> None:
    desk.begin(turns)
    desk.loader.deliver(REQUEST, in_quarters())

    assert f"({size[0]} × {size[1]})" in desk.until_said("The picture was copied")
    assert pasted().size().toTuple() == size
    assert pasted().pixelColor(*corner) == QColor("blue")


def test_a_picture_that_is_displayed_at_full_size_is_copied_without_asking(desk: Desk) -> None:
    desk.begin(picture=in_quarters())

    assert desk.requested == ()
    desk.until_said("The picture was copied (600 × 400).")


def test_a_whole_picture_that_is_at_hand_is_not_decoded_again(desk: Desk) -> None:
    desk.loader.put(PictureRequest(PATH, WHOLE), in_quarters())
    desk.begin()

    assert desk.requested == ()
    desk.until_said("The picture was copied (600 × 400).")


def test_transparency_is_copied(desk: Desk) -> None:
    clear = QImage(*WHOLE, QImage.Format.Format_ARGB32_Premultiplied)
    clear.fill(QColor(255, 0, 0, 128))
    desk.begin(picture=a_picture(WHOLE)._replace(image=clear))
    desk.until_said("The picture was copied")

    assert pasted().pixelColor(9, 9).alpha() == 128


def test_the_frame_that_is_shown_is_copied(desk: Desk) -> None:
    desk.begin(frame=7)

    assert desk.requested == (REQUEST._replace(frame=7),)


def test_while_the_pixels_come_a_sentence_says_so(desk: Desk) -> None:
    desk.begin()
    desk.clock.advance(HINT_MS - 1)
    assert desk.messages.all == []
    desk.clock.advance(1)
    assert desk.messages.all == ["The picture is being copied."]
    desk.loader.deliver(REQUEST, in_quarters())
    desk.until_said("The picture was copied")
    assert desk.clock.pending == 0


def test_a_picture_that_cannot_be_decoded_says_why_and_leaves_the_clipboard_as_it_was(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("before")
    desk.begin()
    desk.loader.fail(REQUEST, Failure("damaged"))

    assert desk.messages.all == [
        "The picture was not copied. The picture is damaged or incomplete. Copy it here again."]
    assert desk.requested == ()
    assert desk.clock.pending == 0
    assert QGuiApplication.clipboard().text() == "before"


def test_what_arrives_for_others_is_left_to_them(desk: Desk) -> None:
    desk.loader.deliver(REQUEST, in_quarters())
    desk.begin()
    desk.loader.deliver(REQUEST._replace(path="/another.jpg"), in_quarters())
    desk.loader.fail(REQUEST._replace(box=Box(300, 200), region=None), Failure("damaged"))

    assert desk.messages.all == []
    assert desk.requested == (REQUEST,)


def test_a_file_that_has_changed_meanwhile_is_copied_as_it_is_now(desk: Desk) -> None:
    desk.begin()
    larger = Box(1200, 900)
    desk.loader.deliver(REQUEST, a_picture(WHOLE, source=larger))
    again = PictureRequest(PATH, larger, 0, Region(0, 0, *larger))
    assert desk.requested == (again,)
    desk.loader.deliver(again, a_picture(larger, source=larger))

    assert desk.until_said("The picture was copied") == "The picture was copied (1200 × 900)."


def test_the_last_picture_that_was_asked_for_is_the_one_that_is_copied(desk: Desk) -> None:
    desk.begin()
    desk.begin(1)
    desk.loader.deliver(REQUEST, in_quarters())
    desk.until_said("The picture was copied")
    desk.begin(picture=in_quarters())
    desk.begin(2)
    desk.loader.deliver(REQUEST, in_quarters())
    desk.qtbot.waitUntil(lambda: len(desk.messages.all) == 2)

    assert pasted().pixelColor(599, 399) == QColor("blue")


def test_of_a_picture_that_is_too_large_the_largest_is_copied_that_a_clipboard_takes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(picture_copy, "MOST_PIXELS", 60_000)
    desk.begin()
    reduced = Box(300, 200)
    assert desk.requested == ()  # which is what is displayed here

    assert desk.until_said("The picture was copied") == (
        "The picture was copied, reduced to 300 × 200: few programs take more from a clipboard.")
    assert pasted().size().toTuple() == reduced


def test_what_is_copied_at_most_fits_what_programs_take() -> None:
    huge = a_picture(Box(300, 200), source=Box(15_000, 10_000))
    loader = FakeLoader()
    PictureCopy(loader, Said(), ManualClock(), QObject()).begin(  # type: ignore[arg-type] # a fake
        DisplayedSlide(0, None, PATH, huge, True, None), 0)
    (request,) = loader.requests["copy"]

    assert request.region == Region(0, 0, *request.box)
    assert request.box.width * request.box.height * 4 <= 256 << 20
    assert request.box.width / request.box.height == pytest.approx(1.5, rel=1e-3)


def test_nothing_is_copied_where_there_is_no_picture(desk: Desk) -> None:
    desk.copy.begin(BLANK, 0)

    assert desk.loader.calls == []
    assert desk.clock.pending == 0


def test_a_picture_that_cannot_be_encoded_says_so(desk: Desk) -> None:
    desk.begin(picture=a_picture(WHOLE)._replace(image=_unusable()))
    desk.loader.deliver(REQUEST, a_picture(WHOLE)._replace(image=_unusable()))

    assert desk.until_said("There") == "There was not enough memory to copy the picture."


def _unusable() -> QImage:
    """An image without pixels, as one is that there was no memory for."""
    image = QImage()
    assert not image.save("/nowhere/at/all.png")
    image.fill(Qt.GlobalColor.red)
    return image
