from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from viewer.kiosk.position import Position, forget_position, read_position, write_position

if TYPE_CHECKING:
    from pathlib import Path

HERE = Position(2, "quay", "photos/quay.jpg", "/srv/show/photos/quay.jpg", 4711)


def test_a_position_is_kept_and_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "screen-1"
    assert read_position(folder) is None

    assert write_position(folder, HERE) == ""
    assert read_position(folder) == HERE
    assert [path.name for path in folder.iterdir()] == ["position.json"]  # nothing half-written is left

    forget_position(folder)
    forget_position(folder)
    assert read_position(folder) is None


@pytest.mark.parametrize("data", [b"", b"\0" * 90, b"{}", b'"\xff"', b'{"index": "x"}', b"[" * 60_000,
                                  b" " * 70_000 + b'{"index": 1, "id": "", "file": "", "path": ""}'])
def test_a_damaged_position_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "position.json").write_bytes(data)

    assert read_position(tmp_path) is None


def test_a_disk_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    assert write_position(tmp_path / "file", HERE) == "there is no such file; check the name"
    forget_position(tmp_path / "file")
