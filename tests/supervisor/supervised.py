"""A supervisor with limits of a test's own; run as ``python -m tests.supervisor.supervised LIMITS FOLDER COMMAND ...``.

LIMITS is a JSON object of `Limits`; COMMAND is the show's, its words after ``--``.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from viewer.kiosk.disk_thread import DiskThread
from viewer.startup import preflight
from viewer.supervisor.edge_log import EdgeLog
from viewer.supervisor.limits import Limits
from viewer.supervisor.run import Supervisor
from viewer.supervisor.service_manager import ServiceManager
from viewer.supervisor.show_process import ShowCommand
from viewer.supervisor.watched_show import Surroundings, WatchedShow

if __name__ == "__main__":
    limits = Limits(**json.loads(sys.argv[1]))
    at = sys.argv.index("--")
    disk = DiskThread()
    command = ShowCommand(tuple(sys.argv[3:at]), tuple(sys.argv[at + 1:]))
    around = Surroundings(command, limits, preflight.screen, EdgeLog(time.monotonic).say, disk)
    Supervisor([WatchedShow(0, Path(sys.argv[2]), around)], ServiceManager(), limits).run()
    disk.close()
