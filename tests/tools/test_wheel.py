"""What an installed copy has: the wheel, built as pip would build it, without a network."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from viewer.resources import COMPILED
from viewer.ui.style.icons import ICON_SIDES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="the build backend is not installed here")
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=100)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_every_file_of_the_assets_as_they_are(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if name.startswith("viewer/assets/")}

    assets = ROOT / "assets"
    assert held == {
        f"viewer/assets/{path.relative_to(assets).as_posix()}": path.read_bytes()
        for path in assets.rglob("*") if path.is_file()
    }
    assert {f"viewer/assets/icons/liftoff-{side}.png" for side in ICON_SIDES} <= held.keys()


def test_the_wheel_holds_the_compiled_resources(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read("viewer/resources.rcc") == COMPILED.read_bytes()
