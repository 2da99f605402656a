"""On which days slides may be shown."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from viewer.gallery.formats import manifest
from viewer.gallery.formats.json_slides import JsonSlides
from viewer.gallery.formats.manifest import parse_slide, read_manifest
from viewer.gallery.lazy_slides import LAZY_FROM, is_valid_on
from viewer.gallery.model import Slide, Validity

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.gallery.problems import Reporter

DAY = dt.date(2026, 6, 6)
PAST = {"until": "2026-06-05"}


@pytest.fixture
def lazily(tmp_path: Path) -> JsonSlides:
    """A large gallery whose first slides have all kinds of days; all others have expired."""
    first: list[Any] = [{}, {"valid": PAST}, {"valid": {"from": "2026-06-06"}}, {"valid": {"from": "2026-06-07"}},
                        {"valid": 5}, {"valid": None}, {"valid": {"until": "soon"}}, {"caption": '"valid"'}]
    slides = [{"file": f"{number}.jpg", **(first[number] if number < len(first) else {"valid": PAST})}
              for number in range(LAZY_FROM)]
    text = json.dumps({"format": "photo-manifest", "version": 1, "slides": slides})
    text = text.replace(f'"{LAZY_FROM - 1}.jpg", "valid"', f'"{LAZY_FROM - 1}.jpg", "v\\u0061lid"')
    (tmp_path / "gallery.json").write_text(text)
    gallery, _problems = read_manifest(tmp_path / "gallery.json")
    assert isinstance(gallery.slides, JsonSlides)
    return gallery.slides


def test_a_slide_is_shown_on_its_days(lazily: JsonSlides) -> None:
    for slides in (lazily, tuple(lazily)):
        assert [number for number in range(LAZY_FROM) if is_valid_on(slides, number, DAY)] == [0, 2, 4, 5, 6, 7]
        assert is_valid_on(slides, 3, dt.date(2026, 6, 7))


def test_slides_that_have_expired_are_not_parsed(lazily: JsonSlides, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[object] = []

    def parse(raw: object, folder: Path, reporter: Reporter) -> Slide | None:
        parsed.append(raw)
        return parse_slide(raw, folder, reporter)

    monkeypatch.setattr(manifest, "parse_slide", parse)
    list(lazily.compress())

    assert sum(is_valid_on(lazily, number, DAY) for number in range(LAZY_FROM)) == 6
    assert len(parsed) < 15


def test_without_slides_or_days_there_is_nothing_to_look_up() -> None:
    assert is_valid_on((Slide("a.jpg"),), 0, DAY)
    assert not is_valid_on((Slide("a.jpg", valid=Validity(until="2026-06-05")),), 0, DAY)
