"""What is compiled into viewer/resources.rcc is what resources.qrc lists, as the files are now."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import parse

from PySide6.QtCore import QDir, QDirIterator, QResource

from viewer.resources import COMPILED

ROOT = Path(__file__).parent.parent


def listed() -> dict[str, Path]:
    """The files that resources.qrc lists, by the names they have as resources."""
    groups = parse(ROOT / "resources.qrc").getroot()
    return {f"{group.attrib['prefix']}/{file.attrib['alias']}": ROOT / (file.text or "")
            for group in groups for file in group}


def compiled() -> dict[str, bytes]:
    """What the compiled resources hold, told apart from what the program itself has registered."""
    assert QResource.registerResource(str(COMPILED), "/compiled")
    files = QDirIterator(":/compiled", QDir.Filter.Files, QDirIterator.IteratorFlag.Subdirectories)
    paths = [files.next() for _ in iter(files.hasNext, False)]
    held = {path.removeprefix(":/compiled"): bytes(QResource(path).uncompressedData().data()) for path in paths}
    QResource.unregisterResource(str(COMPILED), "/compiled")
    return held


def test_the_compiled_resources_are_the_files_as_they_are_now() -> None:
    assert compiled() == {name: path.read_bytes() for name, path in listed().items()}, "run ./tools/resources"


def test_every_icon_and_style_sheet_of_the_assets_is_listed() -> None:
    there = {path for kind in ("icons/*.svg", "style/*") for path in (ROOT / "assets").glob(kind)}

    assert set(listed().values()) == there


def test_the_compiled_resources_are_small() -> None:
    assert COMPILED.stat().st_size < 16_000
