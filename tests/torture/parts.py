"""The parts of the torture by name, each run in a process of its own: `python -m tests.torture.parts NAME ...`.

Each part takes a folder and a `Dose`, and answers its figures.
"""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication

from tests.torture import files, hands, places, shows, workers
from tests.torture.common import UNCONFINED, Dose, Figures, workers_by

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS: Final[dict[str, Callable[[Path, Dose], Figures]]] = {
    "mutants": files.mutants, "hostile": files.hostile, "changing": files.changing, "kills": workers.kills,
    "sabotage": workers.sabotage, "galleries": shows.galleries, "long-show": shows.long_show,
    "shares": places.shares, "full-disk": places.full_disk, "two-at-once": places.two_at_once,
    "huge-folder": places.huge_folder, "all-bad": places.all_bad, "hands": hands.hands,
}
"""In the order in which they are run."""


def main(name: str, folder: Path, dose: Dose, *, confined: bool = True) -> int:
    """Run one part in this process and write its figures into `folder`."""
    application = QApplication([])
    with nullcontext() if confined else workers_by(UNCONFINED):
        figures = PARTS[name](folder, dose)
    (folder / "figures.json").write_text(json.dumps(figures))
    application.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Dose(*json.loads(sys.argv[3])), confined=sys.argv[4] == "confined"))
