"""`python -m tests.bench.thumbnails FOLDER COUNT`: thumbnails of the first COUNT photos, by the loader alone.

Says as JSON how many seconds it took and how many came.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from viewer.imaging.client.loader import Loader
from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.pool.pool import Pool
from viewer.imaging.protocol.messages import Box
from viewer.imaging.thumbnails.writer import ThumbnailWriter
from viewer.locations import thumbnail_root


def main(folder: Path, count: int) -> int:
    """PictureRequest for them all, and wait."""
    app = QCoreApplication(sys.argv[:1])
    requests = [PictureRequest(str(path), Box(256, 256)) for path in sorted(folder.glob("*.jpg"))[:count]]
    loader = Loader(Pool(), ThumbnailWriter(thumbnail_root()))
    settled: list[bool] = []

    def settle(came: bool) -> None:
        settled.append(came)
        if len(settled) == len(requests):
            app.quit()

    loader.arrived.connect(lambda *_: settle(True))
    loader.failed.connect(lambda *_: settle(False))
    begun = time.perf_counter()
    QTimer.singleShot(0, lambda: loader.request("thumbnail", requests))
    app.exec()
    seconds = time.perf_counter() - begun
    loader.close()
    sys.stdout.write(json.dumps({"seconds": seconds, "came": sum(settled)}) + "\n")
    return 0 if all(settled) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
