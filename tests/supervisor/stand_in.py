"""A show that does what its first words say; run as ``python -m tests.supervisor.stand_in WORDS ...``.

``paint=N`` tells of a paint, the next within N milliseconds; ``paint=N,M`` also says that the next slide is due in M.
``unseen=N`` says that nothing can be painted. ``at=ID`` keeps a position, ``say=TEXT`` writes to standard error,
``garble`` sends what is no message. ``helper`` leaves a process in its group, ``deaf`` does not abort when asked.

Then it ends: ``exit=STATUS``, ``abort``, ``raise``, ``hang``, ``stubborn`` (hangs, and takes no SIGTERM),
``wait`` (until the supervisor goes).
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from viewer.kiosk.heartbeat_message import Painted, write_message
from viewer.kiosk.parent import end_with_parent
from viewer.kiosk.position import Position, write_position


def main() -> int:
    """Follow the words."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--heartbeat-fd", type=int, required=True)
    parser.add_argument("--kiosk-entry", type=int, required=True)
    parser.add_argument("--folder", type=Path, default=Path())
    parser.add_argument("words", nargs="*")
    arguments = parser.parse_args()
    link = socket.socket(fileno=arguments.heartbeat_fd)
    end_with_parent()  # as a show does
    visit = 0
    for word in arguments.words:
        name, _, value = word.partition("=")
        match name:
            case "paint":
                visit += 1
                paint, _, slide = value.partition(",")
                due = int(slide) if slide else None
                link.sendall(write_message(Painted(visit, f"slide-{visit}", 1, int(paint), due)))
            case "unseen":
                link.sendall(write_message(Painted(0, "", 0, int(value), seen=False)))
            case "at":
                path = str(arguments.folder / f"{value}.jpg")
                write_position(arguments.folder, Position(0, value, f"{value}.jpg", path, os.getpid()))
            case "say":
                sys.stderr.write(f"{value}\n")
                sys.stderr.flush()
            case "garble":
                link.sendall(b'{"visit": -1}\n')
            case "deaf":
                signal.signal(signal.SIGABRT, signal.SIG_IGN)
            case "helper":
                subprocess.Popen(["sleep", "1000"], stderr=subprocess.DEVNULL)
            case "raise":
                raise RuntimeError(f"process {os.getpid()} has had enough")
            case "exit":
                return int(value)
            case "abort":
                os.abort()
            case "hang":
                this_hangs()
            case "stubborn":
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                link.sendall(write_message(Painted(99, "stubborn", 1, 60_000)))
                this_hangs()
            case "wait":
                link.recv(1)
    return 0


def this_hangs() -> None:
    """Do nothing for a long time."""
    time.sleep(1000)


if __name__ == "__main__":
    sys.exit(main())
