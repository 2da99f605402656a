"""Shared memory for decoded pixels, and how the viewer sends it with a request.

The viewer creates a `SharedBuffer` of the size it asks for and sends its descriptor with the request (`send`); the
worker maps and fills it (`viewer.imaging.protocol.request_reader`). On Linux the memory is sealed before a worker sees
it: a compromised worker can overwrite it but neither shrink nor grow it, which would kill the viewer with SIGBUS
(memfd_create(2), File-sealing notes). Elsewhere it is an unlinked temporary file, on Windows a named section.

Standard library only.
"""

from __future__ import annotations

import _socket  # what socket is made of: the module around it costs a worker milliseconds before its first picture
import mmap
import os
import struct
import sys
from typing import TYPE_CHECKING, Final

from viewer.imaging.protocol.codec import write_request
from viewer.imaging.protocol.messages import LONGEST_LINE, Request

if TYPE_CHECKING:
    from types import TracebackType


class SharedBuffer:
    """Zeroed memory for one picture, `capacity` bytes, shared by both processes.

    `view` is the writable memory; it stays valid as long as anything references it (a QImage over it, say), even after
    `close`. Raises OSError where the memory cannot be allocated.
    """

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError("a buffer holds at least one byte")
        self.capacity: Final = capacity
        self._handle, self._tag, self._memory = _share(capacity)
        self._view: memoryview | None = memoryview(self._memory)

    @property
    def view(self) -> memoryview:
        """The memory; raises ValueError once the buffer is closed."""
        if self._view is None:
            raise ValueError("the buffer is closed")
        return self._view

    @property
    def handle(self) -> int:
        """The memory's file descriptor; -1 once closed, and on Windows, where `tag` names it."""
        return self._handle

    @property
    def tag(self) -> str:
        """The name of the memory on Windows; empty elsewhere."""
        return self._tag

    def close(self) -> None:
        """Drop this reference to the memory, which is freed with the last one. Idempotent."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        if self._view is not None:
            self._view = None
            del self._memory  # not closed by force: an image over it may still be on the screen

    def __enter__(self) -> SharedBuffer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
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
        """Only Linux has seals; elsewhere the worker is trusted not to shrink the memory."""
