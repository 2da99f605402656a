"""The shared memory that pixels cross in, and how it is handed over: both sides of it.

The viewer makes a `SharedBuffer`, sized for what it asks, and sends it beside the request (`send`); the worker
receives both
(`Requests`), maps the memory and fills it. The viewer sizes and, on Linux, seals the memory before a worker ever sees
it: a worker that has been taken over can scribble in it but neither shrink nor grow it, which would end the viewer
with a bus error (memfd_create(2), File-sealing notes). Elsewhere it is a file without a name, on Windows a section.

Standard library only, and as little of it as can be: a worker loads this before its first picture.
"""

from __future__ import annotations

import _socket  # what socket is made of: the module around it costs a worker milliseconds before its first picture
import mmap
import os
import select
import struct
import sys
from typing import TYPE_CHECKING, Final

from viewer.imaging.protocol.codec import read_request, write_request
from viewer.imaging.protocol.handshake import read_allowed_paths
from viewer.imaging.protocol.messages import LONGEST_LINE, ProtocolError, Request

if TYPE_CHECKING:
    from types import TracebackType

    from viewer.imaging.protocol.handshake import AllowedPaths

class SharedBuffer:
    """Room for one picture, `capacity` bytes, that both processes see.

    `view` is the memory, writable; it stays valid for as long as anything looks at it (an image made over it, say),
    even after `close`. Raises OSError where the memory cannot be had.
    """

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError("a buffer has room for at least one byte")
        self.capacity: Final = capacity
        self._handle, self._tag, self._memory = _share(capacity)
        self._view: memoryview | None = memoryview(self._memory)

    @classmethod
    def create(cls, capacity: int) -> SharedBuffer:
        """Shared memory of `capacity` bytes, zeroed."""
        return cls(capacity)

    @property
    def view(self) -> memoryview:
        """The memory; raises ValueError once the buffer is closed."""
        if self._view is None:
            raise ValueError("the buffer is closed")
        return self._view

    @property
    def handle(self) -> int:
        """The file descriptor that stands for the memory; -1 once closed, and on Windows, where `tag` names it."""
        return self._handle

    @property
    def tag(self) -> str:
        """The name of the memory on Windows; empty elsewhere."""
        return self._tag

    def close(self) -> None:
        """Let go of the memory; it is freed once nothing looks at it any more. May be called twice."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        if self._view is not None:
            self._view = None
            del self._memory  # not closed by force: what was made over it may still be on the glass

    def __enter__(self) -> SharedBuffer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        self.close()


def send(channel: _socket.socket, request: Request, buffer: SharedBuffer) -> None:
    """Hand `request` and `buffer` to the worker at the other end.

    Never waits on a channel that does not block: one request is under way per worker, so there is room for its line.
    Raises OSError where the worker is gone (or its channel full), ValueError for a request that is too long.
    """
    line = write_request(request)
    if len(line) > LONGEST_LINE:
        raise ValueError("the request is too long")
    if buffer.capacity < request.capacity:
        raise ValueError("the buffer is smaller than the request says")
    if sys.platform == "win32":
        line = buffer.tag.encode("ascii") + b" " + line
        sent = channel.send(line)
    else:
        sent = channel.sendmsg([line], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, struct.pack("i", buffer.handle))])
    if sent != len(line):
        raise BlockingIOError(0, "the worker does not take its request")


class Requests:
    """The worker's end: what is asked for, one by one, each with its memory.

    The last mapping is kept, so that a viewer that uses a buffer again pays for its pages once.
    """

    def __init__(self, channel: _socket.socket) -> None:
        self._channel = channel
        self._received = bytearray()
        self._handles: list[int] = []
        self._known: tuple[int, int, int] | None = None
        self._memory: mmap.mmap | None = None

    def wait(self, seconds: float) -> bool:
        """Whether there is something to read within `seconds`: a request, or the end."""
        return b"\n" in self._received or bool(select.select([self._channel], [], [], seconds)[0])

    def rest(self) -> None:
        """Let go of the last mapping: nothing is to come for a while, and the viewer may have no more use for it."""
        self._memory = self._known = None

    def allowed_paths(self) -> AllowedPaths | None:
        """Wait for what the viewer says first; None once it is gone. Raises ProtocolError and OSError."""
        line = self._line()
        return None if line is None else read_allowed_paths(line)

    def next(self) -> tuple[Request, memoryview] | None:
        """Wait for the next request; None once the viewer is gone. Raises ProtocolError and OSError."""
        line = self._line()
        if line is None:
            return None
        if sys.platform == "win32":
            tag, _, line = line.partition(b" ")
            request = read_request(line)
            return request, memoryview(mmap.mmap(-1, request.capacity, tagname=tag.decode("ascii")))
        request = read_request(line)
        if not self._handles:
            raise ProtocolError("a request without memory")
        return request, self._map(self._handles.pop(0), request.capacity)

    def _line(self) -> bytes | None:
        while (end := self._received.find(b"\n")) < 0:
            if len(self._received) > LONGEST_LINE:
                raise ProtocolError("a line without end")
            chunk = self._channel.recv(65536) if sys.platform == "win32" else self._receive()
            if not chunk:
                return None
            self._received += chunk
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        return line

    def _receive(self) -> bytes:
        data, ancillary, _, _ = self._channel.recvmsg(65536, 64, getattr(_socket, "MSG_CMSG_CLOEXEC", 0))
        for level, kind, content in ancillary:
            if (level, kind) == (_socket.SOL_SOCKET, _socket.SCM_RIGHTS):
                whole = len(content) - len(content) % 4
                self._handles += struct.unpack(f"{whole // 4}i", content[:whole])
        return data

    def _map(self, handle: int, capacity: int) -> memoryview:
        try:
            found = os.fstat(handle)
            if capacity < 1 or found.st_size < capacity:
                raise ProtocolError("the memory is smaller than the request says")
            this = (found.st_dev, found.st_ino, found.st_size)
            if self._memory is None or this != self._known:
                self._memory = mmap.mmap(handle, found.st_size)
                self._known = this
        finally:
            os.close(handle)
        return memoryview(self._memory)[:capacity]


def _share(capacity: int) -> tuple[int, str, mmap.mmap]:
    if sys.platform == "win32":
        tag = f"liftoff-{os.getpid()}-{os.urandom(8).hex()}"
        return -1, tag, mmap.mmap(-1, capacity, tagname=tag)
    handle = _anonymous_file()
    try:
        os.ftruncate(handle, capacity)
        _seal(handle)
        return handle, "", mmap.mmap(handle, capacity)
    except BaseException:
        os.close(handle)
        raise


if sys.platform == "linux":

    def _anonymous_file() -> int:
        return os.memfd_create("liftoff-buffer", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)

    def _seal(handle: int) -> None:
        import fcntl

        fcntl.fcntl(handle, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW)

else:

    def _anonymous_file() -> int:
        import tempfile

        handle, path = tempfile.mkstemp(prefix="liftoff-")
        os.unlink(path)  # noqa: PTH108  (pathlib would be the only use of it here)
        return handle

    def _seal(handle: int) -> None:
        """Only Linux can; elsewhere the worker is trusted not to shrink it."""
