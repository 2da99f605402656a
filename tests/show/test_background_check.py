from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.show.galleries import a_gallery
from viewer.gallery.formats.manifest import read_manifest
from viewer.gallery.lazy_slides import BATCH, LAZY_FROM
from viewer.show.background_check import FIRST_MS, PAUSE_MS, BackgroundCheck

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes import ManualClock
    from viewer.gallery.model import Gallery, Problem
    from viewer.show.session import Session

WHOLE = FIRST_MS + PAUSE_MS * (1 + LAZY_FROM // BATCH)
"""The text is packed in one step, and then read through."""


def large(folder: Path, **last: Any) -> Gallery:
    slides = [{"file": f"{n}.jpg"} for n in range(LAZY_FROM - 1)]
    path = folder / "gallery.json"
    slides.append({"file": "z.jpg"} | last)
    path.write_text(json.dumps({"format": "photo-manifest", "version": 1, "slides": slides}))
    return read_manifest(path)[0]


@pytest.fixture
def found(session: Session, clock: ManualClock) -> list[list[Problem]]:
    told: list[list[Problem]] = []
    background_check = BackgroundCheck(session, clock, session)
    background_check.found.connect(told.append)
    return told


def test_what_is_wrong_with_a_large_gallery_is_told_once_it_is_read_through(
    session: Session, clock: ManualClock, found: list[list[Problem]], tmp_path: Path,
) -> None:
    session.set_gallery(large(tmp_path, focus="left"))
    clock.advance(WHOLE - 1)
    assert found == []

    clock.advance(1)

    assert [[one.pointer for one in problems] for problems in found] == [[f"/slides/{LAZY_FROM - 1}/focus"]]
    assert clock.pending == 0


def test_nothing_is_told_of_a_large_gallery_without_mistakes(
    session: Session, clock: ManualClock, found: list[list[Problem]], tmp_path: Path,
) -> None:
    session.set_gallery(large(tmp_path))
    clock.advance(WHOLE)

    assert found == []
    assert clock.pending == 0


def test_another_gallery_ends_the_reading_of_the_first(
    session: Session, clock: ManualClock, found: list[list[Problem]], tmp_path: Path,
) -> None:
    session.set_gallery(large(tmp_path, focus="left"))
    clock.advance(FIRST_MS + PAUSE_MS)
    session.set_gallery(a_gallery(1, 2, 3))
    clock.advance(WHOLE)

    assert found == []
    assert clock.pending == 0
