"""`python -I -m viewer.imaging.worker FD`: decodes pictures for the viewer at the other end of socket FD.

It ends when the viewer closes the socket, or goes. On Windows the socket comes through standard input instead
(`socket.share`). What is imported here is loaded before the first picture, so it is little.
"""

from __future__ import annotations

import _socket
import signal
import sys
import warnings

from PIL import Image

from viewer.imaging.protocol.codec import write_reply
from viewer.imaging.protocol.handshake import write_sandbox
from viewer.imaging.protocol.limits import HIGHEST
from viewer.imaging.protocol.messages import ProtocolError
from viewer.imaging.protocol.request_reader import RequestReader
from viewer.imaging.worker.handler import RequestHandler
from viewer.imaging.worker.malloc import give_back_memory, keep_memory
from viewer.imaging.worker.sandbox.apply import Confinement, apply_limits

_PAUSE = 0.5
"""Seconds without a request after which memory is given back to the system."""


def main() -> int:
    """Serve until the viewer is gone."""
    channel = _channel()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the viewer
    apply_limits()
    keep_memory()
    Image.MAX_IMAGE_PIXELS = HIGHEST.pixels
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        _serve(channel)
    except (OSError, ProtocolError):  # the viewer is gone, or is none
        return 1
    return 0


def _serve(channel: _socket.socket) -> None:
    requests, answers, confinement = RequestReader(channel), RequestHandler(), Confinement()
    allowed_paths = requests.allowed_paths()
    if allowed_paths is None:
        return
    sandbox = confinement.apply(allowed_paths)
    channel.sendall(write_sandbox(sandbox))
    if allowed_paths.strict and not sandbox.is_complete:
        raise ProtocolError("not shut in as was asked for")
    while True:
        if not requests.wait(_PAUSE):
            requests.release_memory()
            give_back_memory()
        asked = requests.next()
        if asked is None:
            return
        request, memory = asked
        reply = answers.answer(request, memory, lambda reply: channel.sendall(write_reply(reply)))
        memory.release()
        channel.sendall(write_reply(reply))


def _channel() -> _socket.socket:
    if sys.platform == "win32":
        import socket

        return socket.fromshare(sys.stdin.buffer.read())
    return _socket.socket(fileno=int(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
