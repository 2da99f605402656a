"""Runs one part in this process: `python -m tests.torture.parts NAME FOLDER WORKLOAD confined|unconfined`.

Each part is a function of a folder and a `Workload` that returns its figures.
"""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication

from tests.torture import file_systems, files, random_input, shows, workers
from tests.torture.common import UNCONFINED, Figures, Workload, using_workers
from tests.torture.kiosk import kiosk

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS: Final[dict[str, Callable[[Path, Workload], Figures]]] = {
    "mutants": files.mutants, "hostile": files.hostile, "changing": files.changing, "kills": workers.kills,
    "worker-faults": workers.worker_faults, "galleries": shows.galleries, "long-show": shows.long_show,
    "shares": file_systems.shares, "full-disk": file_systems.full_disk, "two-at-once": file_systems.two_at_once,
    "huge-folder": file_systems.huge_folder, "all-bad": file_systems.all_bad, "random-input": random_input.random_input,
    "kiosk": kiosk,
}
"""By name, in the order in which they run."""


def main(name: str, folder: Path, workload: Workload, *, confined: bool = True) -> int:
    """Run one part in this process and write its figures into `folder`."""
    application = QApplication([])
    with nullcontext() if confined else using_workers(UNCONFINED):
        figures = PARTS[name](folder, workload)
    (folder / "figures.json").write_text(json.dumps(figures))
    application.processEvents()
    return 0


if __name__ == "__main__":
    requested = Workload(*json.loads(sys.argv[3]))
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), requested, confined=sys.argv[4] == "confined"))
