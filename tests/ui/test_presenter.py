"""The presenter among real widgets, with a loader that delivers when it is told to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.fakes import FakeLoader, ManualClock, a_picture
from viewer.gallery.model import Gallery, Slide
from viewer.imaging.protocol.failures import Failure
from viewer.settings_store import SettingsStore
from viewer.show.player import Player
from viewer.show.session import Session
from viewer.show.slide_view_model import SlideViewModel
from viewer.ui.presenter import Presenter
from viewer.ui.thumbnails.bar import ThumbnailBar
from viewer.ui.thumbnails.list_view import ThumbnailListView
from viewer.ui.viewport.slide_view import SlideView
from viewer.ui.window.central_widget import CentralWidget
from viewer.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from viewer.gallery.model import Text

ENGLISH_AND_RUSSIAN = Slide(
    "a.jpg", title={"en": "Launch", "ru": "Пуск"}, caption={"en": "It flies.", "ru": "Летит."},
    alt={"en": "A rocket", "ru": "Ракета"},
)


def a_gallery(*slides: Slide, title: Text = "") -> Gallery:
    return Gallery(slides, Path("/pictures"), title=title)


def a_slide(number: int) -> Slide:
    return Slide(f"{number}.jpg", title=f"Title {number}", caption=f"Caption {number}", alt=f"Alt {number}")


class Desk:
    """Everything between a session and the screen."""

    def __init__(self, qtbot: QtBot, ini: Path) -> None:
        self._qtbot = qtbot
        self.settings = SettingsStore(ini)
        self.settings.set("caption/language", "en")
        self.settings.set("show/interval", "10")
        self.settings.set("show/transition", "cut")
        self.loader, self.clock = FakeLoader(), ManualClock()
        self.session = Session(self.settings, seed=1)
        self.player = Player(self.session, self.clock)
        self.slide_view = SlideView(self.clock)
        self.central = CentralWidget(self.slide_view)
        self.strip = ThumbnailListView(self.loader)
        thumbnail_bar = ThumbnailBar()
        thumbnail_bar.hold(self.strip)
        self.window = MainWindow(self.central, thumbnail_bar)
        self.view_model = SlideViewModel(self.session, self.loader, self.settings, self.clock)
        self.presenter = Presenter(self.session, self.player, self.view_model, self.slide_view, self.central,
                                   self.window)
        self.presenter.take_strip(self.strip)
        self.announced: list[str] = []
        self.presenter.announced.connect(self.announced.append)
        self.slide_view.box_changed.connect(self.view_model.set_box)
        for seen in (self.slide_view.shown, self.slide_view.sharp_shown):
            seen.connect(self._seen)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def _seen(self, visit: object) -> None:
        if visit == self.session.visit:
            self.player.slide_shown(self.view_model.displayed)

    def show(self, gallery: Gallery) -> None:
        self.session.set_gallery(gallery, keep=False)

    def deliver(self, colour: Qt.GlobalColor = Qt.GlobalColor.red, *, incomplete: bool = False, **texts: str) -> None:
        """The picture on its way arrives, with `texts` embedded in its file, and is seen."""
        request, = self.loader.requests["current"]
        picture = a_picture(request.box, colour=colour, texts=texts)._replace(incomplete=incomplete)
        self.loader.deliver(request, picture)
        self.until_seen()

    def fail(self, failure: Failure) -> None:
        request, = self.loader.requests["current"]
        self.loader.fail(request, failure)
        self.until_seen()

    def until_seen(self) -> None:
        """Wait until the canvas is painted and has said so."""
        announced = len(self.announced)
        if self.player.state == "playing":
            self._qtbot.waitUntil(lambda: self.player.remaining_ms is not None)
        else:
            self._qtbot.waitUntil(lambda: len(self.announced) > announced)

    @property
    def words(self) -> tuple[str, str, str]:
        """Place, title and caption in the panel."""
        words = self.window.panel.words
        return words.place, words.title, words.caption

    def close(self) -> None:
        self.player.stop()
        self.view_model.close()
        self.window.close()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path / "liftoff.ini")
    yield made
    made.close()


def test_whoever_pages_by_hand_reads_at_once_which_slide_is_on_its_way(desk: Desk) -> None:
    desk.show(a_gallery(a_slide(1), a_slide(2)))
    desk.deliver()
    assert desk.words == ("1 of 2", "Title 1", "Caption 1")

    desk.session.step()
    assert desk.words == ("2 of 2", "Title 2", "Caption 2")
    assert desk.slide_view.image is not None, "the old picture stays until there is something better"


def test_while_the_show_plays_the_words_change_together_with_the_picture(desk: Desk) -> None:
    desk.show(a_gallery(a_slide(1), a_slide(2)))
    desk.deliver()
    desk.player.play()
    desk.clock.advance(10_000)
    assert desk.session.index == 1
    assert desk.words == ("1 of 2", "Title 1", "Caption 1")

    desk.deliver(Qt.GlobalColor.blue)
    assert desk.words == ("2 of 2", "Title 2", "Caption 2")


def test_the_same_words_stand_beside_the_picture_in_full_screen(desk: Desk) -> None:
    desk.show(a_gallery(a_slide(1), a_slide(2)))
    desk.deliver()
    desk.session.step()

    assert desk.central.panel.words == desk.window.panel.words


def test_words_that_come_with_the_file_stand_in_where_the_manifest_has_none(desk: Desk) -> None:
    desk.show(a_gallery(Slide("a.jpg"), Slide("b.jpg", title="Its own")))
    assert desk.words == ("1 of 2", "a.jpg", "")
    desk.deliver(title="Embedded", caption="From the file", alt="Seen")
    assert desk.words == ("1 of 2", "Embedded", "From the file")
    assert (desk.slide_view.accessibleName(), desk.slide_view.accessibleDescription()) == ("Embedded", "Seen")
    assert desk.announced == ["1 of 2, Embedded. Seen"]

    desk.session.step()
    assert desk.words == ("2 of 2", "Its own", "")
    desk.deliver(title="Not needed", caption="Needed")
    assert desk.words == ("2 of 2", "Its own", "Needed")


def test_another_language_changes_panels_strip_title_and_what_is_read_out(desk: Desk) -> None:
    desk.show(a_gallery(ENGLISH_AND_RUSSIAN, a_slide(2), title={"en": "Home", "ru": "Дом"}))
    desk.deliver()
    desk.settings.set("caption/language", "ru")

    for panel in (desk.window.panel, desk.central.panel):
        assert (panel.words.title, panel.words.caption) == ("Пуск", "Летит.")
    assert desk.strip.model().index(0, 0).data() == "1: Пуск"
    assert desk.strip.currentIndex().row() == 0
    assert desk.window.windowTitle() == "Пуск – Дом"
    assert (desk.slide_view.accessibleName(), desk.slide_view.accessibleDescription()) == ("Пуск", "Ракета")
    assert len(desk.announced) == 1, "the slide is the same"


def test_another_language_keeps_the_words_that_came_with_the_file(desk: Desk) -> None:
    desk.show(a_gallery(Slide("a.jpg", title={"en": "Launch", "ru": "Пуск"})))
    desk.deliver(caption="From the file")
    desk.settings.set("caption/language", "ru")

    assert desk.words == ("1 of 1", "Пуск", "From the file")


def test_another_language_does_not_bring_the_last_pictures_words_to_the_next(desk: Desk) -> None:
    desk.show(a_gallery(a_slide(1), Slide("b.jpg", title={"en": "Launch", "ru": "Пуск"})))
    desk.deliver(caption="From the first file", alt="Of the first")
    desk.session.step()
    desk.settings.set("caption/language", "ru")

    assert desk.words == ("2 of 2", "Пуск", "")


def test_another_language_does_not_run_ahead_of_the_picture_while_the_show_plays(desk: Desk) -> None:
    desk.show(a_gallery(ENGLISH_AND_RUSSIAN, a_slide(2)))
    desk.deliver()
    desk.player.play()
    desk.clock.advance(10_000)
    desk.settings.set("caption/language", "ru")

    assert desk.words == ("1 of 2", "Пуск", "Летит.")


def test_a_slide_that_fails_shows_its_words_and_a_placeholder_and_both_are_announced(desk: Desk) -> None:
    desk.show(a_gallery(a_slide(1)))
    desk.fail(Failure("damaged", ""))

    assert desk.words == ("1 of 1", "Title 1", "Caption 1")
    assert desk.slide_view.accessibleName() == "This picture can’t be shown"
    assert len(desk.announced) == 1
    assert desk.announced[0].startswith("1 of 1, Title 1. This picture can’t be shown: ")
    assert "1.jpg" in desk.announced[0]


def test_a_file_that_fails_is_named_once(desk: Desk) -> None:
    desk.show(a_gallery(Slide("1.jpg")))
    desk.fail(Failure("damaged", ""))

    (said,) = desk.announced
    assert (said.count("1.jpg"), said.count("\n")) == (1, 0)


def test_paging_is_announced_with_place_title_and_what_is_to_be_seen(desk: Desk) -> None:
    desk.show(a_gallery(a_slide(1), a_slide(2)))
    desk.deliver()
    desk.session.step()
    desk.deliver(Qt.GlobalColor.blue)

    assert desk.announced == ["1 of 2, Title 1. Alt 1", "2 of 2, Title 2. Alt 2"]


def test_a_slide_without_alternative_text_is_announced_with_its_caption(desk: Desk) -> None:
    desk.show(a_gallery(Slide("1.jpg", title="Title", caption="It rises.")))
    desk.deliver()

    assert desk.announced == ["1 of 1, Title. It rises."]


@pytest.mark.parametrize(("alt", "said"), [("Alt", "Alt {}"), ("", "{} It rises.")])
def test_an_incomplete_picture_is_marked_and_said_to_be_one_beside_all_other_words(
    desk: Desk, alt: str, said: str,
) -> None:
    sentence = "The picture is incomplete: its file breaks off. Copy it here again."
    desk.show(a_gallery(Slide("a.jpg", title="Title", caption="It rises.", alt=alt), a_slide(2)))
    desk.deliver(incomplete=True)
    assert desk.announced == [f"1 of 2, Title. {said.format(sentence)}"]
    assert desk.slide_view.accessibleDescription().endswith(sentence)
    assert desk.central.indicator.text() == "Incomplete"

    desk.session.step()
    desk.deliver()
    assert desk.announced[1:] == ["2 of 2, Title 2. Alt 2"]
    assert desk.central.indicator.text() == ""


def test_a_gallery_without_slides_is_announced_with_what_to_do(desk: Desk) -> None:
    desk.show(a_gallery())
    desk.until_seen()

    assert desk.announced == ["No pictures here yet. Open a folder of pictures or a gallery, or drop them here."]


def test_all_words_of_a_slide_can_be_had_again(desk: Desk) -> None:
    assert desk.presenter.slide_in_words() == ""
    desk.show(a_gallery(Slide("1.jpg", title="Title", caption="It rises.", alt="A rocket", taken="2018-06-06",
                              credit="NASA")))
    desk.deliver()

    assert desk.presenter.slide_in_words() == "1 of 1, Title. A rocket. It rises. 6 June 2018. NASA"


def test_no_name_or_description_has_marks_of_direction(desk: Desk) -> None:
    """Texts from right to left are isolated on the screen; a voice might read the marks out."""
    marked = "\u2068שיגור\u2069"
    desk.show(a_gallery(Slide("1.jpg", title=marked, caption=marked, alt=marked, credit=marked), title=marked))
    desk.deliver()
    rows = desk.strip.model()
    heard = [rows.index(0, 0).data(role) for role in (
        Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole)]
    for widget in (desk.window, *desk.window.findChildren(QWidget)):
        heard += [widget.accessibleName(), widget.accessibleDescription()]

    assert sum("שיגור" in words for words in heard) >= 8
    assert [words for words in heard if re.search("[\u2066-\u2069]", words)] == []


def test_a_running_show_announces_nothing_until_it_is_paused(desk: Desk) -> None:
    desk.show(a_gallery(a_slide(1), a_slide(2), a_slide(3)))
    desk.deliver()
    desk.player.play()
    desk.clock.advance(10_000)
    desk.deliver(Qt.GlobalColor.blue)
    assert desk.announced == ["1 of 3, Title 1. Alt 1"]

    desk.player.pause()
    desk.session.step()
    desk.deliver(Qt.GlobalColor.green)
    assert desk.announced[1:] == ["3 of 3, Title 3. Alt 3"]


def test_a_gallery_without_slides_empties_the_panel_and_says_what_is_wrong(desk: Desk) -> None:
    desk.show(a_gallery(a_slide(1), title="Home"))
    desk.deliver()
    desk.presenter.set_problem("gallery.json has no slides.")
    desk.show(a_gallery())

    assert desk.words == ("", "", "")
    assert desk.window.windowTitle() == "Liftoff"
    assert desk.slide_view.accessibleName() == "No pictures here yet"
    assert "gallery.json has no slides." in desk.slide_view.accessibleDescription()
    assert desk.strip.model().rowCount() == 0
    desk.settings.set("caption/language", "ru")
    assert desk.words == ("", "", "")


def test_before_a_gallery_was_opened_nothing_is_said_of_one(desk: Desk) -> None:
    desk.window.resize(900, 700)
    QApplication.processEvents()

    assert desk.slide_view.accessibleName() == ""
    assert desk.words == ("", "", "")


def test_the_title_bar_names_the_slide_that_is_shown_and_the_gallery(desk: Desk) -> None:
    desk.show(a_gallery(a_slide(1), a_slide(2)))
    desk.deliver()
    assert desk.window.windowTitle() == "Title 1 – pictures"

    desk.player.play()
    desk.clock.advance(10_000)
    assert desk.window.windowTitle() == "Title 1 – pictures", "the other picture is on its way"
    desk.deliver(Qt.GlobalColor.blue)
    assert desk.window.windowTitle() == "Title 2 – pictures"


def test_another_frame_of_an_animation_changes_the_picture_and_leaves_the_words_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.show(a_gallery(a_slide(1)))
    request, = desk.loader.requests["current"]
    desk.loader.put(request._replace(frame=1), a_picture(request.box, colour=Qt.GlobalColor.blue, frames=2))
    desk.loader.deliver(request, a_picture(request.box, frames=2, duration=100))
    desk.until_seen()
    filled: list[object] = []
    monkeypatch.setattr(desk.window.panel, "set_words", filled.append)

    desk.clock.advance(100)

    assert desk.slide_view.image is not None
    assert desk.slide_view.image.pixelColor(0, 0) == Qt.GlobalColor.blue
    assert filled == []


def test_the_strip_follows_every_move(desk: Desk) -> None:
    desk.show(a_gallery(*map(a_slide, range(5))))
    for move, row in ((desk.session.last, 4), (desk.session.step, 0), (desk.session.step, 1)):
        move()
        assert desk.strip.currentIndex().row() == row


def test_a_strip_that_comes_later_has_the_gallery_and_where_the_show_is(desk: Desk, qtbot: QtBot) -> None:
    desk.show(a_gallery(*map(a_slide, range(5))))
    desk.session.go(3)
    later = ThumbnailListView(desk.loader)
    qtbot.addWidget(later)
    desk.presenter.take_strip(later)

    assert later.model().rowCount() == 5
    assert later.currentIndex().row() == 3


def test_a_new_version_of_the_gallery_brings_its_words(desk: Desk) -> None:
    desk.show(a_gallery(a_slide(1), a_slide(2)))
    desk.deliver()
    changed = Slide("1.jpg", title="Reworded", caption="Anew")
    desk.session.set_gallery(a_gallery(a_slide(2), changed), keep=True)

    assert desk.words == ("2 of 2", "Reworded", "Anew")
    assert desk.strip.model().index(1, 0).data() == "2: Reworded"
