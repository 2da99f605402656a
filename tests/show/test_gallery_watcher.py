from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.shares import Share
from viewer.gallery.matching import SlideMatch, match_slides
from viewer.gallery.open import builtin_manifest
from viewer.show import gallery_watcher
from viewer.show.gallery_watcher import THREAD_NAME, GalleryWatcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from viewer.gallery.open import Opened


def write(place: Path, *titles: str) -> Path:
    """A manifest with a slide for each title, put in place in one go."""
    text = json.dumps({"format": "photo-manifest", "version": 1,
                       "slides": [{"file": f"{title}.jpg", "title": title} for title in titles]})
    place.parent.mkdir(exist_ok=True)
    fresh = place.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(place)
    return place


class Desk:
    """A watcher, and what it emitted; it watches what it opens, as the program does."""

    def __init__(self, qtbot: QtBot, *, keeps_last: bool = False) -> None:
        self._qtbot = qtbot
        self.gallery_watcher = GalleryWatcher(keeps_last=keeps_last)
        self.opened: list[list[str]] = []
        self.changed: list[list[str]] = []
        self.failed: list[str] = []
        self.latest: Opened | None = None
        self.gallery_watcher.opened.connect(lambda opened: self._take(opened, self.opened))
        self.gallery_watcher.changed.connect(lambda opened: self._take(opened, self.changed))
        self.gallery_watcher.failed.connect(self.failed.append)

    def _take(self, opened: Opened, heard: list[list[str]]) -> None:
        heard.append([str(slide.title) for slide in opened.gallery.slides])
        self.latest = opened
        self.gallery_watcher.watch(opened.gallery)

    def opens(self, path: Path) -> None:
        """Open a gallery, and wait for it and for the first look at its file."""
        self.gallery_watcher.open(path)
        self.until_opened(1)
        self.looks()

    def until_opened(self, times: int) -> None:
        self._qtbot.waitUntil(lambda: len(self.opened) == times)

    def until_changed(self, times: int) -> None:
        self._qtbot.waitUntil(lambda: len(self.changed) == times)

    def until_failed(self, times: int) -> None:
        self._qtbot.waitUntil(lambda: len(self.failed) == times)

    def until_asked(self, share: Share) -> None:
        self._qtbot.waitUntil(share.asked.is_set)

    def looks(self) -> None:
        """Have the file looked at, and wait until nothing is under way any more."""
        self._qtbot.waitUntil(self.is_idle)
        self.gallery_watcher.look()
        self._qtbot.waitUntil(self.is_idle)

    def is_idle(self) -> bool:
        return not self.gallery_watcher.is_looking

    def until(self, happened: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(happened)


@pytest.fixture
def share() -> Iterator[Share]:
    """A share that answers at the end at the latest."""
    made = Share()
    yield made
    made.answer()


@pytest.fixture
def desk(qtbot: QtBot, share: Share) -> Iterator[Desk]:
    """A watcher at work; threads that still wait for the share are released first."""
    made = Desk(qtbot)
    yield made
    share.answer()
    made.gallery_watcher.close()


def test_a_manifest_is_opened(desk: Desk, tmp_path: Path) -> None:
    desk.opens(write(tmp_path / "gallery.json", "one", "two"))

    assert desk.opened == [["one", "two"]]
    assert desk.failed == []


def test_without_a_source_the_programs_own_gallery_is_opened(desk: Desk) -> None:
    desk.gallery_watcher.open(None)
    desk.until_opened(1)

    assert desk.latest is not None
    assert desk.latest.gallery.origin == builtin_manifest()


def test_what_cannot_be_opened_is_said_in_one_sentence_and_what_was_open_is_still_watched(
    desk: Desk, tmp_path: Path,
) -> None:
    place = write(tmp_path / "gallery.json", "one")
    desk.opens(place)
    desk.gallery_watcher.open(tmp_path / "nowhere.json")
    desk.until_failed(1)
    assert "nowhere.json" in desk.failed[0]

    write(place, "one", "two")
    desk.gallery_watcher.look()
    desk.until_changed(1)
    assert desk.changed == [["one", "two"]]


@pytest.mark.parametrize("error", [RecursionError, MemoryError, ValueError("deep")])
def test_an_error_that_no_reader_foresees_is_said_in_a_sentence_too(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_source: object) -> None:
        raise error

    monkeypatch.setattr(gallery_watcher, "open_source", fail)
    desk.gallery_watcher.open(tmp_path)
    desk.until_failed(1)

    assert desk.failed[0].startswith("The gallery cannot be opened: reading it failed (")
    assert "Traceback" in caplog.text


def test_a_name_that_no_disk_can_hold_is_refused_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    desk.gallery_watcher.open([tmp_path / ("a" * 300), tmp_path / "b.jpg"])
    desk.until_failed(1)

    assert "name is too long" in desk.failed[0]


def test_the_newest_request_wins_and_an_older_one_that_comes_late_is_dropped(
    desk: Desk, share: Share, tmp_path: Path,
) -> None:
    share.hang()
    desk.gallery_watcher.open(share.path(write(tmp_path / "slow" / "gallery.json", "slow")))
    desk.until_asked(share)
    desk.gallery_watcher.open(write(tmp_path / "quick" / "gallery.json", "quick"))
    desk.until_opened(1)
    share.answer()
    desk.gallery_watcher.open(write(tmp_path / "last" / "gallery.json", "last"))
    desk.until_opened(2)

    assert desk.opened == [["quick"], ["last"]]


def test_any_number_of_readings_that_hang_do_not_stop_another(desk: Desk, share: Share, tmp_path: Path) -> None:
    place = write(tmp_path / "slow" / "gallery.json", "slow")
    share.hang()
    for _ in range(5):
        desk.gallery_watcher.open(share.path(place))
    desk.gallery_watcher.open(write(tmp_path / "quick" / "gallery.json", "quick"))
    desk.until_opened(1)

    assert desk.opened == [["quick"]]


def test_a_manifest_that_was_replaced_is_read_again(desk: Desk, tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json", "one")
    desk.opens(place)
    write(place, "one", "two")
    desk.gallery_watcher.look()
    desk.until_changed(1)

    assert desk.changed == [["one", "two"]]
    assert desk.opened == [["one"]]


def test_a_manifest_that_was_rewritten_in_place_is_read_again(desk: Desk, tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json", "one")
    desk.opens(place)
    place.write_text(place.read_text().replace("one", "another"))
    desk.gallery_watcher.look()
    desk.until_changed(1)

    assert desk.changed == [["another"]]


def test_a_picture_that_is_added_to_a_folder_is_noticed(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    desk.opens(tmp_path)
    (tmp_path / "b.jpg").touch()
    desk.gallery_watcher.look()
    desk.until_changed(1)

    assert desk.latest is not None
    assert [slide.file for slide in desk.latest.gallery.slides] == ["a.jpg", "b.jpg"]


def test_a_file_that_is_as_it_was_is_not_read_again(desk: Desk, tmp_path: Path) -> None:
    desk.opens(write(tmp_path / "gallery.json", "one"))
    for _ in range(3):
        desk.looks()

    assert desk.changed == []


def test_a_manifest_that_vanishes_keeps_its_gallery_and_is_read_when_it_comes_back(desk: Desk, tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json", "one")
    desk.opens(place)
    place.unlink()
    for _ in range(2):
        desk.looks()
    assert desk.changed == []
    assert desk.failed == []

    write(place, "one", "two")
    desk.gallery_watcher.look()
    desk.until_changed(1)
    assert desk.changed == [["one", "two"]]


def test_a_broken_new_version_is_said_once_and_a_whole_one_is_taken_again(desk: Desk, tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json", "one")
    desk.opens(place)
    place.write_text("{ no gallery")
    desk.gallery_watcher.look()
    desk.until_failed(1)
    for _ in range(2):
        desk.looks()
    assert len(desk.failed) == 1

    write(place, "one", "two")
    desk.gallery_watcher.look()
    desk.until_changed(1)
    assert desk.changed == [["one", "two"]]


@pytest.mark.parametrize("keeps_last", [False, True])
def test_a_new_version_without_slides_is_taken_or_refused_where_the_last_good_one_is_to_stay(
    qtbot: QtBot, tmp_path: Path, *, keeps_last: bool,
) -> None:
    desk = Desk(qtbot, keeps_last=keeps_last)
    place = write(tmp_path / "gallery.json", "one")
    desk.opens(place)
    write(place)
    desk.gallery_watcher.look()
    if keeps_last:
        desk.until_failed(1)
        assert "has no slides, and the one before is shown on" in desk.failed[0]
        assert desk.changed == []
    else:
        desk.until_changed(1)
        assert desk.failed == []

    write(place, "one", "two")
    desk.gallery_watcher.look()
    desk.until(lambda: desk.changed[-1:] == [["one", "two"]])
    desk.gallery_watcher.close()


@pytest.mark.parametrize("content", [b'{"format": "photo-manifest", "version": 1, "slides"', b"", bytes(4096), b"[]"])
def test_a_folder_whose_manifest_breaks_while_it_is_shown_keeps_its_words(
    desk: Desk, tmp_path: Path, content: bytes,
) -> None:
    (tmp_path / "one.jpg").write_bytes(b"x")
    place = write(tmp_path / "gallery.json", "one")
    desk.opens(tmp_path)
    place.write_bytes(content)
    desk.gallery_watcher.look()
    desk.until_failed(1)
    assert desk.changed == []

    place.write_text('{"format": "photo-manifest", "version": 1, "slides": [{"file": "one.jpg", "title": "whole"}]}')
    desk.gallery_watcher.look()
    desk.until_changed(1)
    assert desk.changed == [["whole"]]


def test_a_folder_whose_manifest_was_broken_when_it_was_opened_takes_it_once_it_is_put_right_in_place(
    desk: Desk, tmp_path: Path,
) -> None:
    (tmp_path / "one.jpg").write_bytes(b"x")
    place = tmp_path / "gallery.json"
    place.write_text("{ broken")
    desk.opens(tmp_path)
    assert desk.opened == [[""]]

    place.write_text('{"format": "photo-manifest", "version": 1, "slides": [{"file": "one.jpg", "title": "whole"}]}')
    desk.gallery_watcher.look()
    desk.until_changed(1)
    assert desk.changed == [["whole"]]


def test_what_the_program_wrote_itself_is_not_read_again(desk: Desk, tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json", "one")
    desk.opens(place)
    write(place, "reworded")
    assert desk.latest is not None
    desk.gallery_watcher.watch(desk.latest.gallery, ours=True)
    for _ in range(2):
        desk.looks()
    assert desk.changed == []

    write(place, "from outside")
    desk.gallery_watcher.look()
    desk.until_changed(1)
    assert desk.changed == [["from outside"]]


def test_a_change_that_comes_while_a_new_version_waits_to_be_shown_is_not_missed(desk: Desk, tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json", "one")
    desk.opens(place)
    waiting: list[Opened] = []
    desk.gallery_watcher.changed.disconnect()
    desk.gallery_watcher.changed.connect(lambda opened: waiting.append(opened))
    write(place, "two")
    desk.gallery_watcher.look()
    desk.until(lambda: len(waiting) == 1)
    write(place, "three")
    desk.gallery_watcher.watch(waiting[0].gallery)  # at the slide's end
    desk.until(lambda: len(waiting) == 2)

    assert [slide.title for slide in waiting[1].gallery.slides] == ["three"]


def test_with_a_change_comes_where_the_slides_are_now(desk: Desk, tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json", "one", "two")
    desk.opens(place)
    assert desk.latest is not None
    shown, known = desk.latest.gallery, list[SlideMatch]()
    desk.gallery_watcher.changed.connect(lambda _, match_slides: known.append(match_slides))

    write(place, "two", "one")
    desk.gallery_watcher.look()
    desk.until_changed(1)

    assert known[0].old is shown
    assert known[0] == match_slides(shown, desk.latest.gallery)


def test_a_change_on_the_disk_does_not_drop_what_is_being_opened(desk: Desk, share: Share, tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json", "one")
    desk.opens(place)
    share.hang()
    desk.gallery_watcher.open(share.path(write(tmp_path / "slow" / "gallery.json", "slow")))
    desk.until_asked(share)
    write(place, "one", "two")
    desk.gallery_watcher.look()
    desk.until_changed(1)
    share.answer()
    desk.until_opened(2)

    assert desk.opened == [["one"], ["slow"]]


def test_reloading_reads_what_is_open_though_nothing_has_changed(desk: Desk, tmp_path: Path) -> None:
    desk.opens(write(tmp_path / "gallery.json", "one"))
    desk.gallery_watcher.reload()
    desk.until_changed(1)

    assert desk.changed == [["one"]]


def test_a_look_that_hangs_starts_no_second_one_and_spares_the_next_gallery(
    desk: Desk, share: Share, tmp_path: Path,
) -> None:
    desk.opens(share.path(write(tmp_path / "slow" / "gallery.json", "slow")))
    share.hang()
    desk.gallery_watcher.look()
    desk.until_asked(share)
    share.asked.clear()
    for _ in range(3):
        desk.gallery_watcher.look()
    assert desk.gallery_watcher.is_looking
    assert not share.asked.is_set()

    place = write(tmp_path / "quick" / "gallery.json", "quick")
    desk.gallery_watcher.open(place)
    desk.until_opened(2)
    desk.looks()
    write(place, "quick", "quicker")
    desk.gallery_watcher.look()
    desk.until_changed(1)
    assert desk.changed == [["quick", "quicker"]]


def test_closing_does_not_wait_for_a_look_that_hangs(desk: Desk, share: Share, tmp_path: Path) -> None:
    desk.opens(share.path(write(tmp_path / "gallery.json", "one")))
    share.hang()
    desk.gallery_watcher.look()
    desk.until_asked(share)

    desk.gallery_watcher.close()
    assert share.is_hanging


def test_after_closing_nothing_is_said_any_more(desk: Desk, share: Share, qtbot: QtBot, tmp_path: Path) -> None:
    place = write(tmp_path / "gallery.json", "one")
    desk.opens(place)
    share.hang()
    desk.gallery_watcher.open(share.path(place))
    desk.until_asked(share)
    desk.gallery_watcher.close()
    share.answer()
    desk.gallery_watcher.open(place)
    desk.gallery_watcher.look()
    qtbot.waitUntil(lambda: all(thread.name != THREAD_NAME for thread in threading.enumerate()))

    assert len(desk.opened) == 1


def test_a_look_that_hangs_does_not_keep_the_process_alive(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from tests.shares import Share; from viewer.gallery.model import Gallery\n"
        "from viewer.show.gallery_watcher import GalleryWatcher\n"
        "app = QCoreApplication([]); share = Share(); share.hang(); watcher = GalleryWatcher()\n"
        "place = share.path(Path(sys.argv[1]))\n"
        "watcher.watch(Gallery((), place.parent, place)); share.asked.wait(); watcher.close()\n"
        "print('closed', share.is_hanging)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "gallery.json")], timeout=Share.TIMEOUT / 2,
                          check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2])

    assert (done.returncode, done.stdout, done.stderr) == (0, "closed True\n", "")
