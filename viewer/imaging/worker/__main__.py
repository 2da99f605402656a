"""Worker process (`python -I -m viewer.imaging.worker FD`): decodes pictures for the viewer, over the socket FD.

It exits when the viewer closes the socket or ends. On Windows the socket arrives on standard input (`socket.share`)
instead. Start-up imports are kept few, because the first picture waits for them.
"""

from __future__ import annotations

import _socket
import signal
import sys
import warnings
from typing import Final

from PIL import Image

from viewer.imaging.protocol.codec import write_reply
from viewer.imaging.protocol.handshake import write_sandbox
from viewer.imaging.protocol.limits import HIGHEST
from viewer.imaging.protocol.messages import ProtocolError
from viewer.imaging.protocol.shared_memory import RequestReader
from viewer.imaging.worker.handler import RequestHandler
from viewer.imaging.worker.malloc import retain_freed_memory, trim_heap
from viewer.imaging.worker.sandbox.apply import Confinement
from viewer.imaging.worker.sandbox.rlimits import apply_limits

_IDLE: Final = 0.5
"""Seconds without a request after which free memory is returned to the system."""


def main() -> int:
    """Serve until the viewer is gone; the exit status."""
    try:
        channel = _channel()
    except (IndexError, OSError, ValueError):
        sys.stderr.write("liftoff: --worker is for Liftoff itself. Leave it out.\n")
        return 2
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the viewer
    apply_limits()
    retain_freed_memory()
    Image.MAX_IMAGE_PIXELS = HIGHEST.pixels
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        _serve(channel)
    except (OSError, ProtocolError):  # the viewer is gone, or the other end is no viewer
        return 1
    return 0


def _serve(channel: _socket.socket) -> None:
    reader, handler, confinement = RequestReader(channel), RequestHandler(), Confinement()
    allowed_paths = reader.allowed_paths()
    if allowed_paths is None:
        return
    sandbox = confinement.apply(allowed_paths)
    channel.sendall(write_sandbox(sandbox))
    if allowed_paths.strict and not sandbox.is_complete:
        raise ProtocolError("the sandbox is incomplete and was required")
    while True:
        if not reader.wait(_IDLE):
            reader.release_memory()
            trim_heap()
        received = reader.next()
        if received is None:
            return
        request, memory = received
        reply = handler.handle(request, memory, lambda reply: channel.sendall(write_reply(reply)))
        memory.release()
        channel.sendall(write_reply(reply))


def _channel() -> _socket.socket:
    if sys.platform == "win32":
        import socket

        return socket.fromshare(sys.stdin.buffer.read())
    return _socket.socket(fileno=int(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
