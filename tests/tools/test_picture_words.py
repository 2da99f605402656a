"""The words that the picture scripts put into every file, read back by Pillow and by the program's own readers."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageFile, IptcImagePlugin

from viewer.imaging.worker.iim import words_in_iim
from viewer.imaging.worker.metadata import texts_in
from viewer.imaging.worker.xmp import words_in_xmp

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
SLIDES: list[dict[str, Any]] = json.loads((ROOT / "assets/expedition-56/gallery.json").read_text("utf-8"))["slides"]
LONG = {"title": "A title far too long for the old standard " * 4, "caption": "Auñón-Chancellor " * 200,
        "credit": "Ñ" * 40, "source": "Original photograph: Somebody With A Long Name", "alt": "Two < three & four.",
        "taken": "2018-06-06T14:37+06:00"}  # fmt: skip


@pytest.fixture(scope="module")
def words() -> ModuleType:
    """The module itself: it needs nothing beyond the standard library, unlike the scripts beside it."""
    spec = importlib.util.spec_from_file_location("picture_words", ROOT / "tools" / "render" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def jpeg(words: ModuleType, slide: dict[str, Any]) -> ImageFile.ImageFile:
    buffer = io.BytesIO()
    segment = words.photoshop_segment(words.iim(slide))
    Image.new("RGB", (16, 16)).save(buffer, "JPEG", extra=segment, xmp=words.xmp(slide))
    return Image.open(buffer)


@pytest.mark.parametrize("slide", SLIDES, ids=lambda slide: str(slide["id"]))
def test_the_program_reads_back_every_word_of_a_slide(words: ModuleType, slide: dict[str, Any]) -> None:
    texts = texts_in(jpeg(words, slide), slide["file"])

    for key in ("title", "caption", "credit", "alt", "taken"):
        assert texts[key] == slide[key]
    assert texts["rights"] == words.RIGHTS


@pytest.mark.parametrize("slide", SLIDES, ids=lambda slide: str(slide["id"]))
def test_the_older_block_alone_says_the_same_as_far_as_it_fits(words: ModuleType, slide: dict[str, Any]) -> None:
    texts = words_in_iim(jpeg(words, slide).info["photoshop"][0x0404])

    assert (texts["title"], texts["caption"]) == (slide["title"], slide["caption"])
    assert texts["taken"][:10] == slide["taken"][:10]
    assert texts["credit"] == "Illustration after the…"


def test_pillow_reads_the_numbered_fields(words: ModuleType) -> None:
    slide = SLIDES[0]

    info = IptcImagePlugin.getiptcinfo(jpeg(words, slide))

    assert info is not None
    assert info[(1, 90)] == b"\x1b%G"
    assert info[(2, 5)] == b"A Mighty Roar"
    assert info[(2, 55)] == b"20180606"
    assert info[(2, 60)] == b"171241+0600"
    assert info[(2, 80)] == b"The Liftoff authors"
    assert info[(2, 110)] == "Illustration after the…".encode()
    assert info[(2, 115)] == "Original photograph…".encode()
    assert info[(2, 120)] == slide["caption"].encode()


def test_what_is_too_long_for_the_older_block_is_cut_between_words_and_whole_in_the_newer(words: ModuleType) -> None:
    info = IptcImagePlugin.getiptcinfo(jpeg(words, LONG))

    assert info is not None
    for number, longest in words.LONGEST.items():
        value = info[number]
        assert isinstance(value, bytes)
        assert len(value) <= longest
        value.decode("utf-8")
    assert info[(2, 5)] == "A title far too long for the old standard A title far too…".encode()
    caption = info[(2, 120)]
    assert isinstance(caption, bytes)
    assert caption.endswith("Auñón-Chancellor…".encode())
    assert words_in_xmp(words.xmp(LONG))["caption"] == LONG["caption"].strip()
    assert words_in_xmp(words.xmp(LONG))["alt"] == LONG["alt"]


def test_a_single_word_too_long_is_cut_between_letters(words: ModuleType) -> None:
    info = IptcImagePlugin.getiptcinfo(jpeg(words, LONG))

    assert info is not None
    assert info[(2, 110)] == ("Ñ" * 14 + "…").encode()


def test_an_hour_without_seconds_gets_them_and_a_day_alone_gets_no_hour(words: ModuleType) -> None:
    assert b"143700+0600" in words.iim(LONG)
    assert b"\x1c\x02\x3c" not in words.iim({**LONG, "taken": "2018-06-05"})
    assert b"20180605" in words.iim({**LONG, "taken": "2018-06-05"})


def test_the_digest_says_that_both_blocks_agree(words: ModuleType) -> None:
    resources = jpeg(words, SLIDES[4]).info["photoshop"]

    assert resources[0x0425] == hashlib.md5(resources[0x0404], usedforsecurity=False).digest()
