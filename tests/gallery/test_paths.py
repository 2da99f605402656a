from __future__ import annotations

import os
from pathlib import Path

import pytest

from viewer.gallery.paths import path_of


@pytest.mark.parametrize("path", [
    Path("/tmp/a.jpg"), Path("/tmp/a b#?%.jpg"), Path("/tmp/й.jpg"), Path(os.fsdecode(b"/tmp/a\xff.jpg")),
])
def test_a_file_url_names_the_very_bytes_of_its_path(path: Path) -> None:
    assert path_of(path.as_uri()) == path
    assert path_of(path.as_uri().replace("file://", "FILE://localhost")) == path


@pytest.mark.parametrize("url", ["file://elsewhere/share/a.jpg", "https://example.org/a.jpg", "file://[x/a.jpg",
                                 "/tmp/a.jpg"])
def test_a_url_of_no_local_file_names_no_path(url: str) -> None:
    assert path_of(url) is None
