from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from viewer.gallery.formats.manifest import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.parts.conftest import Benchmark


@pytest.mark.parametrize("slides", [11, 100_000])
def test_a_manifest_is_read(benchmark: Benchmark, tmp_path: Path, slides: int) -> None:
    rows = [
        {"file": f"{number % 11:05}.jpg", "id": f"n{number}", "title": f"Picture {number + 1}",
         "caption": f"What there is to say about picture {number + 1}, in a sentence or two. " * 2, "credit": "Nobody"}
        for number in range(slides)
    ]
    path = tmp_path / "gallery.json"
    path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "title": "Many", "slides": rows}), "utf-8")

    gallery, problems = benchmark(read_manifest, path)

    assert len(gallery.slides) == slides
    assert problems == []
