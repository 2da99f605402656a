"""Shared memory for decoded pixels, and both ends of the channel that carries it with each request.

The viewer creates a `SharedBuffer` of the size it asks for and sends its descriptor with the request (`send`); the
worker maps and fills it (`RequestReader`). On Linux the memory is sealed before a worker sees
it: a compromised worker can overwrite it but neither shrink nor grow it, which would kill the viewer with SIGBUS
(memfd_create(2), File-sealing notes). Elsewhere it is an unlinked temporary file, on Windows a named section.

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
from viewer.imaging.protocol.messages import LONGEST_LINE, ProtocolError

if TYPE_CHECKING:
    from viewer.imaging.protocol.handshake import AllowedPaths
    from viewer.imaging.protocol.messages import Request


class SharedBuffer:
    """Zeroed memory for one picture, `capacity` bytes, shared by both processes.

    `view` is the writable memory; it stays valid as long as anything references it (a QImage over it, say), even after
    `close`. `handle` is its file descriptor, -1 once closed, and on Windows, where `tag` names the memory. Raises
    OSError where the memory cannot be allocated.
    """

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError("a buffer holds at least one byte")
        self.capacity: Final = capacity
        self.handle, self.tag, self._memory = _share(capacity)
        self._view: memoryview | None = memoryview(self._memory)

    @property
    def view(self) -> memoryview:
        """The memory; raises ValueError once the buffer is closed."""
        if self._view is None:
            raise ValueError("the buffer is closed")
        return self._view

    def close(self) -> None:
        """Drop this reference to the memory, which is freed with the last one. Idempotent."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1
        if self._view is not None:
            self._view = None
            del self._memory  # not closed by force: an image over it may still be on the screen

    def __enter__(self) -> SharedBuffer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def send(channel: _socket.socket, request: Request, buffer: SharedBuffer) -> None:
    """Send `request` and `buffer` to the worker at the other end.

    Never waits on a non-blocking channel: with one request under way per worker, its line fits the socket's buffer.
    Raises OSError where the worker is gone or its channel full, ValueError for a request that is too long.
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
        raise BlockingIOError(0, "the worker does not read its channel")


def _share(capacity: int) -> tuple[int, str, mmap.mmap]:
    """The new memory's descriptor, its name on Windows, and its mapping."""
    if sys.platform == "win32":
        tag = f"liftoff-{os.getpid()}-{os.urandom(8).hex()}"
        return -1, tag, mmap.mmap(-1, capacity, tagname=tag)
    if sys.platform == "linux":
        handle = os.memfd_create("liftoff-buffer", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    else:
        import tempfile

        handle, path = tempfile.mkstemp(prefix="liftoff-")
        os.unlink(path)  # noqa: PTH108  (pathlib would be the only use of it here)
    try:
        os.ftruncate(handle, capacity)
        if sys.platform == "linux":  # only it has seals; elsewhere the worker is trusted not to shrink the memory
            import fcntl

            fcntl.fcntl(handle, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW)
        return handle, "", mmap.mmap(handle, capacity)
    except BaseException:  # whatever it is: nobody else would close the descriptor, and it is raised again
        os.close(handle)
        raise


class RequestReader:
    """Blocking reader of requests, one at a time, each with its shared memory mapped.

    The last mapping is kept: a buffer that the viewer sends again is not mapped and faulted in twice.
    """

    def __init__(self, channel: _socket.socket) -> None:
        self._channel = channel
        self._received = bytearray()
        self._handles: list[int] = []
        self._known: tuple[int, int, int] | None = None
        self._memory: mmap.mmap | None = None

    def wait(self, seconds: float) -> bool:
        """Whether a request, or the end of the channel, can be read within `seconds`."""
        return b"\n" in self._received or bool(select.select([self._channel], [], [], seconds)[0])

    def release_memory(self) -> None:
        """Unmap the last buffer: the worker is idle, and the viewer may have freed it."""
        self._memory = self._known = None

    def allowed_paths(self) -> AllowedPaths | None:
        """Wait for the first line of the handshake; None once the viewer has closed the channel.

        Raises ProtocolError and OSError, like `next`.
        """
        line = self._line()
        return None if line is None else read_allowed_paths(line)

    def next(self) -> tuple[Request, memoryview] | None:
        """Wait for the next request; None once the viewer has closed the channel."""
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
