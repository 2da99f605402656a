from __future__ import annotations

import os
from typing import TYPE_CHECKING

from viewer.supervisor.single import lock

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_is_held_by_one_until_it_ends(tmp_path: Path) -> None:
    first = lock(tmp_path / "kiosk")
    assert first is not None
    assert lock(tmp_path / "kiosk") is None

    os.close(first)
    second = lock(tmp_path / "kiosk")
    assert second is not None
    os.close(second)


def test_a_folder_that_cannot_be_written_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    assert lock(tmp_path / "file" / "kiosk") == -1
