from __future__ import annotations

import errno
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer

from viewer.gallery.model import GalleryError
from viewer.ui.scheduling.background_call import run_background_call

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PLACE = "/mnt/share/gallery.json"


def test_a_background_call_runs_in_a_thread_of_its_own_and_returns_what_its_function_does(qtbot: QtBot) -> None:
    del qtbot

    assert run_background_call(threading.current_thread, PLACE) is not threading.main_thread()


def test_the_window_goes_on_while_a_disk_takes_its_time(qtbot: QtBot) -> None:
    del qtbot
    answers = threading.Event()
    QTimer.singleShot(0, answers.set)  # only a loop that goes on lets the call end

    assert run_background_call(lambda: answers.wait(20), PLACE) is True


def test_a_share_that_does_not_answer_is_not_waited_for_for_ever(qtbot: QtBot) -> None:
    del qtbot
    gone = threading.Event()
    try:
        with pytest.raises(GalleryError, match=r"^/mnt/share/gallery.json does not answer, .* try again\.$"):
            run_background_call(gone.wait, PLACE, timeout_ms=30)
    finally:
        gone.set()
    for thread in threading.enumerate():
        if thread.name == "background call":
            thread.join(20)


def test_what_went_wrong_is_said_in_a_sentence(qtbot: QtBot) -> None:
    del qtbot

    def refused() -> None:
        raise GalleryError("This slide is no longer there.")

    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(GalleryError, match=r"^This slide is no longer there\.$"):
        run_background_call(refused, PLACE)
    with pytest.raises(GalleryError, match=r"cannot be written: the disk is full; free some space and try again\.$"):
        run_background_call(full, PLACE)


def test_a_defect_is_raised_at_once_and_is_not_taken_for_a_disk_that_does_not_answer(qtbot: QtBot) -> None:
    del qtbot

    def wrong() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_background_call(wrong, PLACE)
