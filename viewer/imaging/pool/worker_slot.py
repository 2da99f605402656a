"""One worker in the pool, as Qt's event loop sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from viewer.imaging.pool.worker_process import RequestUnread, UnderWay, WorkerLost
from viewer.imaging.protocol.messages import Opened
from viewer.timers import single_shot

if TYPE_CHECKING:
    from viewer.imaging.pool.worker_process import WorkerProcess
    from viewer.imaging.protocol.messages import Request
    from viewer.imaging.protocol.shared_memory import SharedBuffer


class WorkerSlot(QObject):
    """One worker in the pool: its process, what it was asked, the file it has open, and the time it has left."""

    answered = Signal(object, object, object)  # this seat, UnderWay, the last reply
    lost = Signal(object, str, str)  # this seat, "crashed" or "too-slow", what happened

    def __init__(self, process: WorkerProcess, deadline: int, parent: QObject) -> None:
        super().__init__(parent)
        self.process = process
        self.job = process.under_way
        self.path = "" if self.job is None else self.job.request.path
        self.proven = process.pictures > 0
        self.animating = False
        self.unheard = False  # the worker has ended without reading what it was asked
        self._timer = single_shot(self, self._be_late)
        self._notifier = QSocketNotifier(process.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._listen)
        if self.job is not None:
            self._timer.start(deadline)

    def ask(self, request: Request, buffer: SharedBuffer, deadline: int) -> None:
        """Send a request, to be answered within `deadline` milliseconds. Raises WorkerLost."""
        self.process.send(request, buffer)
        self.job = UnderWay(request, buffer, None)
        self.path = request.path
        self.animating = request.frame > 0
        self._timer.start(deadline)

    def lose_later(self, job: UnderWay) -> None:
        """The worker is dead, though nobody has noticed yet: `job` is lost with it, in the next turn."""
        self.job = job
        self.unheard = True
        self._timer.start(0)

    def end(self) -> None:
        """End the worker; nothing is heard of this seat any more."""
        self._timer.stop()
        self._notifier.setEnabled(False)
        self.process.kill()
        if self.job is not None:
            self.job.buffer.close()
        self.deleteLater()

    def _listen(self) -> None:
        if not self._notifier.isEnabled():
            return
        try:
            replies = self.process.receive()
        except WorkerLost as loss:
            self.unheard = self.unheard or isinstance(loss, RequestUnread)
            if self.job is not None:
                self.job = self.process.under_way or self.job  # which file it had open by then
            self.lost.emit(self, "crashed", str(loss))
            return
        for reply in replies:
            if self.job is None:  # the pool has replaced this worker meanwhile
                return
            if isinstance(reply, Opened):
                self.job = self.job._replace(identity=reply.identity)
                continue
            job, self.job = self.job, None
            self._timer.stop()
            self.proven = True
            self.answered.emit(self, job, reply)

    def _be_late(self) -> None:
        self._listen()  # the answer may be there, and it is this process that was held up
        if self.job is not None and self._notifier.isEnabled() and not self._timer.isActive():
            self.lost.emit(self, "too-slow", f"no answer within {self._timer.interval()} ms")
