"""Proves to the supervisor that slides are painted: each message follows a paint that really happened.

A timer that ticks proves that the event loop turns, and no more: a slot that raises can stop the show for good while
every other timer goes on. So the viewport is asked for a paint, at least every ten seconds, and what the message says
is that it came; and when the next slide has to be there is said once for each, and is not put off by saying it again.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal, SignalInstance

from viewer.kiosk.heartbeat_message import LONGEST_ID, Painted, write_message
from viewer.show.clock import DeferredCall

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.show.clock import Clock
    from viewer.show.player import Player
    from viewer.show.session import Session

PROOF_MS: Final = 10_000
"""Milliseconds from one paint that is told of to the next that is asked for."""

PAINT_GRACE_MS: Final = 20_000
"""Milliseconds that a paint which was asked for may take: the machine may be busy, but nobody looks at this for longer.
"""

SLIDE_GRACE_MS: Final = 5000
"""Milliseconds beyond what decoding the next slide may take."""


class Viewport(Protocol):
    """What slides are painted on: `painted` comes with each paint, `shown` after the first one of a visit."""

    painted: SignalInstance
    shown: SignalInstance

    def update(self) -> None:
        """Ask for a paint."""

    def can_be_painted(self) -> bool:
        """Whether a paint that is asked for will come."""


class Heartbeat(QObject):
    """Tells of paints over the socket `descriptor`, which it takes over, and `lost` when nobody is at its other end.

    `patience` returns how many milliseconds the next picture may take: a slide that is not painted yet has that long
    from when the show came to it. One that cannot be shown and is passed over is left before.
    """

    lost = Signal()

    def __init__(self, descriptor: int, session: Session, player: Player, viewport: Viewport, clock: Clock,
                 patience: Callable[[], int], parent: QObject | None = None) -> None:
        """Raises OSError where `descriptor` is no socket."""
        super().__init__(parent)
        self._session, self._player, self._viewport, self._clock = session, player, viewport, clock
        self._patience = patience
        self._link = socket.socket(fileno=descriptor)
        self._link.setblocking(False)
        self._link.set_inheritable(False)
        self._asked = True  # the first paint will be told of
        self._painted_ms = 0
        self._moved_ms = clock.now()
        self._shown: object = None
        self._slide_due: int | None = None
        self._due_for: tuple[int, int | None] = (-1, None)
        self._proof = DeferredCall(clock, self._ask, self)
        self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._listen)
        # Queued: by then the frame has been handed to the screen.
        viewport.painted.connect(self._painted, Qt.ConnectionType.QueuedConnection)
        viewport.shown.connect(self._slide_shown)
        session.moving.connect(self._moving)
        player.state_changed.connect(self._state_changed)
        self._proof.start(PROOF_MS)

    def close(self) -> None:
        """Tell no more."""
        self._proof.cancel()
        self._notifier.setEnabled(False)
        self._link.close()

    def _ask(self) -> None:
        self._proof.start(PROOF_MS)
        if self._viewport.can_be_painted():
            self._asked = True
            self._viewport.update()
        else:
            self._tell(seen=False)

    def _painted(self) -> None:
        self._painted_ms = self._clock.now()
        if self._asked:
            self._tell()

    def _state_changed(self) -> None:
        self._slide_due = None  # a pause stops the slide's time
        if self._painted_ms:  # else the window is about to come up
            self._ask()

    def _slide_shown(self, visit: object) -> None:
        self._shown = visit
        self._tell()

    def _tell(self, *, seen: bool = True) -> None:
        self._asked = False
        slide = self._session.slide
        name = "" if slide is None else slide.id or slide.file
        message = Painted(self._session.visit, name[:LONGEST_ID], self._painted_ms, PROOF_MS + PAINT_GRACE_MS,
                          self._next_slide_ms() if seen else None, seen)
        try:
            self._link.send(write_message(message))
        except OSError:
            return  # the supervisor does not read, and will start another show; or it is gone, which is noticed
        self._proof.start(PROOF_MS)

    def _next_slide_ms(self) -> int | None:
        """Milliseconds until the next slide is there, or something has failed; None where none is to come by itself."""
        left = self._player.due_ms
        if left is None:
            self._slide_due = None
            return None
        now, slide = self._clock.now(), (self._session.visit, self._player.slide_ms)
        if self._session.visit != self._shown:
            due = self._moved_ms + self._patience() + SLIDE_GRACE_MS
        else:
            due = now + left + self._patience() + SLIDE_GRACE_MS
            if self._slide_due is not None and slide == self._due_for:
                due = min(due, self._slide_due)  # a promise that is made again is the same promise
        self._due_for, self._slide_due = slide, due
        return max(due - now, 0)

    def _moving(self) -> None:
        self._moved_ms = self._clock.now()

    def _listen(self) -> None:
        try:
            data = self._link.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._notifier.setEnabled(False)
            self.lost.emit()
