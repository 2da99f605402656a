"""Worker with hanging file access (`hanging_worker.py WHERE NAMES FD`), as on a network share that does not answer.

Opening (WHERE is "open") or reading ("read") a file whose path contains NAMES blocks for ever. Run by path, isolated,
as the program runs its own workers.
"""

from __future__ import annotations

import _socket
import select
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

    from viewer.imaging.protocol.limits import Limits
    from viewer.imaging.protocol.messages import Identity


def _hang() -> None:
    """Block for ever; pause(2) is not allowed by the seccomp filter."""
    while True:
        select.select([], [], [], 3600)


def main(where: str, names: str, descriptor: int) -> int:
    """Run the worker; its exit status."""
    from viewer.imaging.protocol.limits import DEFAULT
    from viewer.imaging.worker import __main__ as worker
    from viewer.imaging.worker import formats, handler, open_file, thumbnail

    def open_picture(path: str, *most_bytes: int) -> tuple[BinaryIO, Identity]:
        if names in path:
            _hang()
        return open_file.open_picture(path, *most_bytes)

    def open_image(file: BinaryIO, limits: Limits = DEFAULT, path: str = "") -> object:
        if file.read(9).endswith(b"share"):  # how a picture on the share begins
            _hang()
        file.seek(0)
        return formats.open_image(file, limits, path)

    for module in (handler, thumbnail):
        setattr(module, *(("open_picture", open_picture) if where == "open" else ("open_image", open_image)))
    setattr(worker, "_channel", lambda: _socket.socket(fileno=descriptor))  # noqa: B010 - the checker minds assigning to a function
    return worker.main()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
