"""The worker's end of the channel: reads requests, and maps the shared memory that comes with each.

Standard library only, and as little of it as can be: a worker loads this before its first picture.
"""

from __future__ import annotations

import _socket  # what socket is made of: the module around it costs a worker milliseconds before its first picture
import mmap
import os
import select
import struct
import sys
from typing import TYPE_CHECKING

from viewer.imaging.protocol.codec import read_request
from viewer.imaging.protocol.handshake import read_allowed_paths
from viewer.imaging.protocol.messages import LONGEST_LINE, ProtocolError

if TYPE_CHECKING:
    from viewer.imaging.protocol.handshake import AllowedPaths
    from viewer.imaging.protocol.messages import Request


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
