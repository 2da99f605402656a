"""Worker without a sandbox (`unconfined_worker.py FD`), to compare its pictures with those of a confined one.

Run by path and isolated, as the program runs its own workers. The program itself has no such switch.
"""

from __future__ import annotations

import _socket
import sys
from typing import TYPE_CHECKING

from viewer.imaging.protocol.handshake import Sandbox

if TYPE_CHECKING:
    from viewer.imaging.protocol.handshake import AllowedPaths


def main(descriptor: int) -> int:
    """Run the worker; its exit status."""
    from viewer.imaging.worker import __main__ as worker
    from viewer.imaging.worker.sandbox.apply import Confinement

    def leave_unconfined(_confinement: Confinement, _allowed_paths: AllowedPaths) -> Sandbox:
        return Sandbox(("limits",), 0, (("landlock", "off"), ("seccomp", "off")), ())

    setattr(Confinement, "apply", leave_unconfined)  # noqa: B010 - the checker minds assigning to a method
    setattr(worker, "_channel", lambda: _socket.socket(fileno=descriptor))  # noqa: B010 - likewise
    return worker.main()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
