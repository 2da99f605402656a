"""Runs a function in a thread and waits for it in an event loop: for what touches a disk that may never answer.

A manifest may lie on a share that has gone away. While its texts are being saved the window is painted and the show's
time passes; and the wait ends.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal

from viewer.gallery.files import why
from viewer.gallery.model import GalleryError
from viewer.timers import single_shot

if TYPE_CHECKING:
    from collections.abc import Callable

TIMEOUT_MS: Final = 15_000
"""Milliseconds; a disk that has to spin up takes ten seconds."""

_Outcome = TypeVar("_Outcome")


class _BackgroundCall(QObject):
    done = Signal()


def run_background_call(work: Callable[[], _Outcome], place: str, timeout_ms: int = TIMEOUT_MS) -> _Outcome:
    """What `work` returns, run in a thread of its own; events are handled meanwhile.

    Raises what `work` raises, but a GalleryError for an OSError, and one that names `place` after `timeout_ms`
    milliseconds; then `work` is abandoned, and what it returns is lost.
    """
    outcome: Future[_Outcome] = Future()
    background_call, loop = _BackgroundCall(), QEventLoop()
    background_call.done.connect(loop.quit, Qt.ConnectionType.QueuedConnection)

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001 - handed to the caller, in whose thread it is raised
            outcome.set_exception(error)
        with suppress(RuntimeError):  # nobody waits any more
            background_call.done.emit()

    # Python ends without waiting for a daemon, hung or not.
    thread = threading.Thread(target=run, name="background call", daemon=True)
    end = single_shot(None, loop.quit, timeout_ms)
    end.start()
    thread.start()
    loop.exec()
    end.stop()
    if not outcome.done():
        raise GalleryError(f"{place} does not answer, so the words may not be saved; check the disk or the connection, "
                           "and try again.")
    try:
        return outcome.result()
    except OSError as error:
        raise GalleryError(f"{place} cannot be written: {why(error)}.") from error
