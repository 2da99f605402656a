"""An unattended show and files beyond its gallery's folder: nothing of them is seen, however they are reached."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.pictures import numbered
from tests.stories.conftest import SIZE
from viewer.kiosk.config import KioskConfig

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fakes import ManualClock
    from tests.stories.kiosk_show import KioskShow


@pytest.fixture
def gallery(tmp_path: Path) -> Callable[..., Path]:
    """Write a gallery of pictures 1 and 2, the first one under another name that a test gives; beyond it lies 9."""
    def write(file: str) -> Path:
        folder = tmp_path / "gallery"
        folder.mkdir()
        for number in (1, 2):
            numbered(folder / f"{number}.jpg", number, (SIZE.width, SIZE.height))
        (tmp_path / "secret").mkdir()
        numbered(tmp_path / "secret" / "9.jpg", 9, (SIZE.width, SIZE.height))
        (folder / "link.jpg").symlink_to(tmp_path / "secret" / "9.jpg")
        (folder / "sub").symlink_to(tmp_path / "secret")
        slides = [{"file": file.format(here=tmp_path)}, {"file": "1.jpg"}, {"file": "2.jpg"}]
        (folder / "gallery.json").write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": slides}))
        return folder / "gallery.json"

    return write


@pytest.mark.parametrize("file", ["../secret/9.jpg", "{here}/secret/9.jpg", "sub/../../secret/9.jpg"])
def test_a_path_that_leads_out_is_passed_over_and_logged(
    unattended: Callable[..., KioskShow], gallery: Callable[..., Path], caplog: pytest.LogCaptureFixture, file: str,
) -> None:
    show = unattended(gallery(file))

    show.waits_to_see(1)

    assert show.program.session.count == 2
    assert "outside the gallery's folder" in caplog.text


@pytest.mark.parametrize("file", ["link.jpg", "sub/9.jpg"])
def test_where_a_link_leads_out_nothing_is_seen_of_it(
    unattended: Callable[..., KioskShow], gallery: Callable[..., Path], file: str, clock: ManualClock,
) -> None:
    show = unattended(gallery(file))

    seen: set[int | None] = set()
    show.program.view_model.displayed_changed.connect(lambda _displayed: seen.add(show.sees()))

    def is_passed_over() -> bool:
        clock.advance(1)
        return show.sees() == 1

    show.until(is_passed_over)

    assert show.program.loader.failure(show.program.session.path_of(0)) is not None
    assert 9 not in seen


@pytest.mark.parametrize("file", ["../secret/9.jpg", "{here}/secret/9.jpg", "link.jpg", "sub/9.jpg"])
def test_a_keeper_can_allow_all_of_them(
    unattended: Callable[..., KioskShow], gallery: Callable[..., Path], file: str,
) -> None:
    show = unattended(gallery(file), KioskConfig(outside_files=True))

    show.waits_to_see(9)


def test_a_gallery_that_changes_is_held_to_it_as_well(
    unattended: Callable[..., KioskShow], gallery: Callable[..., Path],
) -> None:
    path = gallery("2.jpg")
    show = unattended(path)
    show.waits_to_see(2)
    show.press(Qt.Key.Key_Space)

    fresh = path.with_name("new")
    slides = [{"file": name} for name in ("2.jpg", "../secret/9.jpg", "1.jpg")]
    fresh.write_text(json.dumps({"format": "photo-manifest", "version": 1, "title": "new", "slides": slides}))
    fresh.replace(path)
    show.program.gallery_watcher.look()

    show.until(lambda: show.program.session.gallery.title == "new")
    assert [slide.file for slide in show.program.session.gallery.slides] == ["2.jpg", "1.jpg"]


def test_a_gallery_behind_a_link_is_shown(unattended: Callable[..., KioskShow], gallery: Callable[..., Path]) -> None:
    path = gallery("2.jpg")
    current = path.parents[1] / "current"
    current.symlink_to(path.parent)

    show = unattended(current / "gallery.json")

    show.waits_to_see(2)


def test_a_gallery_without_slides_offers_visitors_nothing_to_open(
    unattended: Callable[..., KioskShow], gallery: Callable[..., Path],
) -> None:
    path = gallery("2.jpg")
    path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": [{"file": "../secret/9.jpg"}]}))
    show = unattended(path)
    show.press(Qt.Key.Key_Space)

    assert show.program.session.count == 0
    show.until(lambda: show.program.slide_view.accessibleName() == "The pictures will be back soon")
    assert not show.window.findChildren(QPushButton)
