from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from viewer.gallery.paths import path_of
from viewer.ui.commands.view_commands import path_as_mime_data

NOT_UTF_8 = os.fsdecode(b"/tmp/it's a\\1\xff.jpg")


def test_a_path_is_copied_as_itself_and_as_a_url() -> None:
    data = path_as_mime_data("/photos/Ночной старт.jpg")

    assert data.text() == "/photos/Ночной старт.jpg"
    assert [url.toLocalFile() for url in data.urls()] == ["/photos/Ночной старт.jpg"]


@pytest.mark.parametrize("path", [NOT_UTF_8, "/tmp/two\nlines.jpg"])
def test_the_url_of_a_copied_path_has_its_very_bytes(path: str) -> None:
    url = bytes(path_as_mime_data(path).data("text/uri-list").data()).decode().strip()

    assert path_of(url) == Path(path)


@pytest.mark.parametrize("path", [NOT_UTF_8, "/tmp/two\nlines.jpg"])
def test_a_shell_reads_the_text_of_a_copied_path_as_that_path(path: str) -> None:
    text = path_as_mime_data(path).text()

    printed = subprocess.run(["bash", "-c", f"printf %s {text}"], capture_output=True, check=True).stdout
    assert printed == os.fsencode(path)
