"""`hanging.py WHERE NAMES FD`: a real worker on whose disk some files hang, as on a share that has gone.

What opens (WHERE is "open") or reads ("read") a file that has NAMES in its path does not come back. Run by path,
isolated, as the program runs its own workers.
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
    """A worker that is shut in may not pause, but it may wait for what never comes."""
    while True:
        select.select([], [], [], 3600)


def main(where: str, names: str, descriptor: int) -> int:
    """Be a worker."""
    from viewer.imaging.worker import __main__ as worker
    from viewer.imaging.worker import formats, handler, open_file, thumbnail

    def open_picture(path: str, *most_bytes: int) -> tuple[BinaryIO, Identity]:
        if names in path:
            _hang()
        return open_file.open_picture(path, *most_bytes)

    def open_image(file: BinaryIO, *limits: Limits) -> object:
        if file.read(9).endswith(b"share"):  # how a picture there begins
            _hang()
        file.seek(0)
        return formats.open_image(file, *limits)

    for module in (handler, thumbnail):
        setattr(module, *(("open_picture", open_picture) if where == "open" else ("open_image", open_image)))
    setattr(worker, "_channel", lambda: _socket.socket(fileno=descriptor))  # noqa: B010 - the checker minds assigning to a function
    return worker.main()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
