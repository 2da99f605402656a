"""The gallery that comes with the program: its words are exactly the source's, its pictures are there and differ."""

from __future__ import annotations

import hashlib
import io
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, IptcImagePlugin
from PIL.JpegImagePlugin import JpegImageFile

from viewer.imaging.worker.iptc import iptc_texts
from viewer.imaging.worker.metadata import embedded_texts
from viewer.imaging.worker.xmp import xmp_texts

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "expedition-56"
SOURCE = Path(__file__).resolve().parent / "data" / "expedition-56.txt"
STAMP = " date 2018-06-09 "
TITLES = (
    "A Mighty Roar",
    "Capturing History",
    "Capturing Every Angle",
    "Boosters Firing",
    "Fiery Blast-off",
    "Shining Through",
    "A Long, Straight Shot",
    "Goodbye, Earth!",
    "Time Grows Near",
    "Offering Blessings",
    "Liftoff!",
)
UPRIGHT = {"capturing-every-angle", "goodbye-earth"}

Slide = dict[str, Any]


@pytest.fixture(scope="module")
def gallery() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / "gallery.json").read_text("utf-8"))
    return data


@pytest.fixture(scope="module")
def slides(gallery: dict[str, Any]) -> list[Slide]:
    found: list[Slide] = gallery["slides"]
    return found


def source_pairs() -> list[tuple[str, str]]:
    """Title and caption of every slide as the source text has them, without the date stamped on its first line."""
    lines = SOURCE.read_bytes().decode("utf-8").split("\n")
    lines[0] = lines[0].removeprefix(STAMP)
    return list(zip(lines[0::2], lines[1::2], strict=True))


def test_the_source_is_eleven_pairs_with_a_stamped_first_line_and_no_newline_at_the_end() -> None:
    text = SOURCE.read_bytes()
    assert text.startswith(STAMP.encode() + b"A Mighty Roar\n")
    assert not text.endswith(b"\n")
    assert [title for title, _ in source_pairs()] == list(TITLES)


def test_every_title_and_caption_is_word_for_word_the_source_in_its_order(slides: list[Slide]) -> None:
    assert [(slide["title"], slide["caption"]) for slide in slides] == source_pairs()


def test_the_oddities_of_the_captions_are_kept(slides: list[Slide]) -> None:
    captions = {slide["id"]: slide["caption"] for slide in slides}
    assert "Prokopyev (bottom, NASA" in captions["goodbye-earth"]
    assert "MS--09" in captions["goodbye-earth"]
    assert captions["liftoff"].endswith("to the International Space Station.")
    assert sum(caption.count("Auñón-Chancellor") for caption in captions.values()) == 5


def test_the_stamp_is_the_date_of_the_gallery_and_never_part_of_a_title(gallery: dict[str, Any]) -> None:
    assert gallery["date"] == "2018-06-09"
    assert not any("2018-06-09" in slide["title"] for slide in gallery["slides"])


def test_the_gallery_says_what_it_is(gallery: dict[str, Any]) -> None:
    assert (gallery["format"], gallery["version"], gallery["lang"]) == ("photo-manifest", 1, "en")
    assert gallery["title"] == "Expedition 56: The Launch of Soyuz MS-09"
    assert all(gallery[key].strip() for key in ("summary", "credit", "rights"))
    assert "public domain" not in gallery["rights"].lower()


def test_every_slide_has_all_its_words(slides: list[Slide]) -> None:
    for slide in slides:
        assert all(
            slide[key].strip() == slide[key] != "" for key in ("id", "alt", "credit", "source", "taken", "notes")
        ), slide["id"]
        assert slide["alt"] not in (slide["caption"], slide["title"])
        assert slide["alt"].endswith(".")
        assert slide["notes"].endswith(".")


def test_ids_are_stable_slugs_and_all_different(slides: list[Slide]) -> None:
    ids = [slide["id"] for slide in slides]
    assert len(set(ids)) == 11
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in ids)
    assert [slide["file"] for slide in slides] == [f"{n:02d}-{name}.jpg" for n, name in enumerate(ids, 1)]


def test_an_illustration_is_never_presented_as_a_photograph(slides: list[Slide]) -> None:
    for number, slide in enumerate(slides, 1):
        who = "NASA/Joel Kowsky" if number <= 7 else "NASA"
        assert slide["credit"] == f"Illustration after the photograph by {who}. Caption: space.com"
        assert slide["source"] == f"Original photograph: {who}"


def test_times_are_iso_8601_in_local_time_where_known(slides: list[Slide]) -> None:
    for slide in slides:
        moment = datetime.fromisoformat(slide["taken"])
        assert (moment.year, moment.month) == (2018, 6)
        assert moment.day == (5 if slide["id"] == "offering-blessings" else 6)
        if "T" in slide["taken"]:
            offset = moment.utcoffset()
            assert offset is not None
            assert offset.total_seconds() == 6 * 3600


def test_the_focal_point_lies_inside_the_picture(slides: list[Slide]) -> None:
    for slide in slides:
        x, y = slide["focus"]
        assert 0 < x < 1, slide["id"]
        assert 0 < y < 1, slide["id"]


def test_every_picture_is_there_whole_in_full_size_and_in_srgb(slides: list[Slide]) -> None:
    for slide in slides:
        path = FOLDER / slide["file"]
        with Image.open(path) as picture:
            picture.load()
            size = (1920, 2880) if slide["id"] in UPRIGHT else (2880, 1920)
            assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", size), slide["id"]
            profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
            assert "sRGB" in ImageCms.getProfileDescription(profile), slide["id"]
        assert path.stat().st_size < 1_500_000, slide["id"]


def test_no_picture_is_quantised_more_coarsely_than_at_quality_90(slides: list[Slide]) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, "JPEG", quality=90)
    coarsest = _quantisation(Image.open(buffer))
    for slide in slides:
        with Image.open(FOLDER / slide["file"]) as picture:
            steps = _quantisation(picture)
        assert all(step <= most for step, most in zip(steps, coarsest, strict=True)), slide["id"]


def _quantisation(picture: Image.Image) -> list[int]:
    """The steps of all frequencies, of brightness and then of colour."""
    assert isinstance(picture, JpegImageFile)
    return [step for table in picture.quantization.values() for step in table]


def test_a_picture_on_its_own_still_says_what_it_is(slides: list[Slide]) -> None:
    for slide in slides:
        with Image.open(FOLDER / slide["file"]) as picture:
            texts = embedded_texts(picture, slide["file"])
            packet = xmp_texts(picture.info["xmp"])
            older = iptc_texts(picture.info["photoshop"][0x0404])
        for key in ("title", "caption", "credit", "alt", "taken"):
            assert texts[key] == packet[key][0] == slide[key], (slide["id"], key)
        assert texts["rights"] == "Illustration: MIT licence. Caption: space.com", slide["id"]
        for key in ("title", "caption"):
            assert older[key][0] == slide[key], (slide["id"], key)
        assert str(older["taken"][0])[:10] == slide["taken"][:10], slide["id"]
        start, cut, _ = str(older["credit"][0]).partition("…")
        assert cut, "an IPTC credit has 32 bytes: what does not fit is in the XMP"
        assert slide["credit"].startswith(start), slide["id"]


def test_pillow_reads_the_numbered_iptc_fields(slides: list[Slide]) -> None:
    with Image.open(FOLDER / slides[0]["file"]) as picture:
        assert isinstance(picture, JpegImageFile)
        fields = IptcImagePlugin.getiptcinfo(picture)

    assert fields is not None
    assert fields[(1, 90)] == b"\x1b%G"
    assert fields[(2, 5)] == b"A Mighty Roar"
    assert fields[(2, 55)] == b"20180606"
    assert fields[(2, 60)] == b"171241+0600"
    assert fields[(2, 80)] == b"The Liftoff authors"
    assert fields[(2, 110)] == "Illustration after the…".encode()
    assert fields[(2, 115)] == "Original photograph…".encode()
    assert fields[(2, 120)] == slides[0]["caption"].encode()


def test_the_digest_says_that_xmp_and_iptc_agree(slides: list[Slide]) -> None:
    for slide in slides:
        with Image.open(FOLDER / slide["file"]) as picture:
            resources = picture.info["photoshop"]
        assert resources[0x0425] == hashlib.md5(resources[0x0404], usedforsecurity=False).digest(), slide["id"]


def test_no_two_thumbnails_are_alike(slides: list[Slide]) -> None:
    digests, looks = set(), []
    for slide in slides:
        path = FOLDER / slide["file"]
        digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
        with Image.open(path) as picture:
            picture.thumbnail((160, 160))
            looks.append(picture.convert("RGB").resize((24, 16), Image.Resampling.BOX).tobytes())
    assert len(digests) == 11
    for i, one in enumerate(looks):
        for other in looks[i + 1 :]:
            difference = sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)
            assert difference > 6, f"two pictures differ by {difference:.1f} of 255 on average"


def test_nothing_else_lies_in_the_folder(slides: list[Slide]) -> None:
    assert {path.name for path in FOLDER.iterdir()} == {slide["file"] for slide in slides} | {"gallery.json"}
