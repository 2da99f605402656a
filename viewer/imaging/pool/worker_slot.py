"""One worker in the pool: connects its process to Qt's event loop, and enforces its deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from viewer.imaging.pool.worker_process import RequestUnread, UnderWay, WorkerLost
from viewer.imaging.protocol.messages import Opened, Parsed
from viewer.timers import single_shot

if TYPE_CHECKING:
    from viewer.imaging.pool.worker_process import WorkerProcess
    from viewer.imaging.protocol.messages import Request
    from viewer.imaging.protocol.shared_memory import SharedBuffer


class WorkerSlot(QObject):
    """A worker process, its request under way (`job`), and the file it was asked for last (`path`).

    `proven` says that it has answered before, `animating` that it has an animation open, `in_background` that its last
    request may not keep it alive, `unread` that it has ended without reading what it was asked.
    """

    answered = Signal(object, object, object)  # this slot, UnderWay, the last reply
    lost = Signal(object, str, str)  # this slot, "crashed" or "too-slow", what happened

    def __init__(self, process: WorkerProcess, deadline: int, parent: QObject) -> None:
        super().__init__(parent)
        self.process = process
        self.job = process.under_way
        self.path = "" if self.job is None else self.job.request.path
        self.proven = process.pictures > 0
        self.animating = False
        self.in_background = False
        self.unread = False
        self._deadline = deadline
        self._given = 0
        self._timer = single_shot(self, self._miss_deadline)
        self._notifier = QSocketNotifier(process.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._receive)
        if self.job is not None:
            self._give_time()

    @property
    def given_ms(self) -> int:
        """Milliseconds that what is under way was given; 0 where nothing is."""
        return 0 if self.job is None else self._given

    def ask(self, request: Request, buffer: SharedBuffer, deadline: int, *, in_background: bool = False) -> None:
        """Send a request, to be answered within `deadline` milliseconds if the picture is an ordinary one; a large one
        has more from when that is known. Raises WorkerLost.
        """
        self.process.send(request, buffer)
        self.job = UnderWay(request, buffer, None)
        self.in_background = in_background
        if not in_background:  # which most likely leaves open what the worker has open
            self.path = request.path
            self.animating = request.frame > 0
        self._deadline, self._given = deadline, 0
        self._give_time()

    def lose_soon(self, job: UnderWay) -> None:
        """The worker has died, which nobody has noticed yet: `job` is lost with it, in the next turn."""
        self.job = job
        self.unread = True
        self._timer.start(0)

    def end(self) -> None:
        """Kill the worker; this slot emits nothing any more."""
        self._timer.stop()
        self._notifier.setEnabled(False)
        self.process.kill()
        if self.job is not None:
            self.job.buffer.close()
        self.deleteLater()

    def _receive(self) -> None:
        if not self._notifier.isEnabled():
            return
        try:
            replies = self.process.receive()
        except WorkerLost as loss:
            self.unread = self.unread or isinstance(loss, RequestUnread)
            if self.job is not None:
                self.job = self.process.under_way or self.job  # which file it had open by then
            self.lost.emit(self, "crashed", str(loss))
            return
        for reply in replies:
            if self.job is None:  # this worker has been replaced meanwhile
                return
            if isinstance(reply, Opened):
                self.job = self.job._replace(identity=reply.identity)
                self._give_time()
                continue
            if isinstance(reply, Parsed):
                self.job = self.job._replace(pixels=reply.pixels)
                self._give_time()
                continue
            job, self.job = self.job, None
            self._timer.stop()
            self.proven = True
            self.answered.emit(self, job, reply)

    def _give_time(self) -> None:
        """Start the deadline, or a longer one where what is known of the picture allows more."""
        if self.job is not None and (wanted := self.job.deadline_ms(self._deadline)) > self._given:
            self._given = wanted
            self._timer.start(wanted)

    def _miss_deadline(self) -> None:
        self._receive()  # the answer may be there, and it is this process that was held up
        if self.job is not None and self._notifier.isEnabled() and not self._timer.isActive():
            self.lost.emit(self, "too-slow", f"no answer within {self._timer.interval()} ms")
