"""Has something done away from the window's thread while the window goes on: what touches a disk may never come back.

A manifest may lie on a share that has gone away. Whoever waits for its words to be saved waits in an event loop, so
that everything is painted and the show's time passes; and not for ever.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from viewer.gallery.files import why
from viewer.gallery.model import GalleryError

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_MS: Final = 15_000
"""Milliseconds; a disk that has to wake up takes ten seconds."""

_Outcome = TypeVar("_Outcome")


class _BackgroundCall(QObject):
    done = Signal()


def run_background_call(work: Callable[[], _Outcome], place: str, patience_ms: int = PATIENCE_MS) -> _Outcome:
    """What `work` returns, done in a thread of its own; events are handled meanwhile.

    Raises the GalleryError that `work` raises, one for its OSError, and one that names `place` after `patience_ms`
    milliseconds; then `work` is left to itself, and what it returns is lost.
    """
    outcome: list[_Outcome] = []
    refusal: list[str] = []
    background_call, loop = _BackgroundCall(), QEventLoop()
    background_call.done.connect(loop.quit, Qt.ConnectionType.QueuedConnection)

    def run() -> None:
        try:
            outcome.append(work())
        except GalleryError as error:
            refusal.append(str(error))
        except OSError as error:
            refusal.append(f"{place} cannot be written: {why(error)}.")
        with suppress(RuntimeError):  # nobody waits any more
            background_call.done.emit()

    # Python ends without waiting for a daemon, hung or not.
    thread = threading.Thread(target=run, name="errand", daemon=True)
    end = QTimer(singleShot=True, interval=patience_ms)
    end.timeout.connect(loop.quit)
    end.start()
    thread.start()
    loop.exec()
    end.stop()
    if refusal:
        raise GalleryError(refusal[0])
    if not outcome:
        raise GalleryError(f"{place} does not answer, so the words may not be saved; check the disk or the connection, "
                           "and try again.")
    return outcome[0]
