"""What cameras and programs write for a title or caption, against what people write: a corpus of both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.imaging.worker.filler_texts import is_filler

FILLER = [
    # Exif ImageDescription of cameras
    "OLYMPUS DIGITAL CAMERA", "OLYMPUS DIGITAL CAMERA         ", "OLYMPUS DIGITAL CAMERA\0\0\0",
    "olympus  digital camera",
    "KODAK Digital Still Camera", "DIGITAL CAMERA", "SONY DSC", "SAMSUNG", "SAMSUNG\0 \0", "SAMSUNG DIGITAL CAMERA",
    "SAMSUNG CAMERA PICTURES", "MINOLTA DIGITAL CAMERA", "KONICA MINOLTA DIGITAL CAMERA", "Minolta DSC",
    "SANYO DIGITAL CAMERA", "GE DIGITAL CAMERA", "TRAVELER DIGITAL CAMERA", "JENOPTIK DIGITAL CAMERA",
    "MOULTRIE DIGITAL GAME CAMERA", "<KENOX S1050  / Samsung S1050>", "<Digimax i5, Samsung #1>", "DCF 1.0",
    "OLYMPUS OPTICAL DIGITAL CAMERA",
    "DCIM\\100MEDIA\\DJI_0042.JPG", "DCIM/100GOPRO", "Exif_JPEG_PICTURE", "default", "Untitled", "hdrplus", "edf",
    "CASIO COMPUTER CO.,LTD.", "fbt; module: photo; hw-remosaic: false; touch: (-1.0, -1.0); modeInfo: ; sceneMode: 0;",
    # names of files
    "DSC00019", "DSC_0042.JPG", "IMG_1234", "IMG_1234 (2)", "IMG_20180606_171241", "IMG-20180606-WA0001", "_MG_0005",
    "P1010023", "PA150023.JPG", "PICT0007", "Image 12", "Scan 001", "100_0023", "Untitled-1", "pxl_20210101_120000",
    "sunset-at-the-lake_final.jpg",
    # programs
    "Created with GIMP", "Created with The GIMP", "File written by Adobe Photoshop® 5.2",
    "LEAD Technologies Inc. V1.01",
    "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90", "null", "(null)", "undefined", "x-default",
    "Intel(R) JPEG Library, version [1.51.12.44]", "charset=Ascii binary comment", "User comments", "sdr",
    # for programs
    '<?xml version="1.0"?><a/>', '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', '{"mirror":false,"sensor_type":"rear"}', "{}",
    '["a", "b"]', '[{"a": 1}]', "[picture info]\nResolution=2\nCamera Type=C2000", "[Section] key=value",
    # no words
    "", "   ", "\0\0", "...", "0", "-", "00000", "12345", "1 / 2", f"1943 {'1' * 5000}", "2018:06:06 17:12:41", "____",
]
CAPTIONS = [
    "Samsung's new factory in Austin", "A digital camera", "Kodak digital still camera on a table", "My digital camera",
    "Olympus", "Sony DSC-F1 of 1996, the first Cyber-shot", "The Minolta digital camera museum", "GE",
    "Digital cameras", "Created with adobe, straw and patience",
    "Samsung Galaxy on the quay", "Created with love by my daughter", "Created by Ann for the fair", "File written off",
    "Default of the bank, 1931", "Null Island", "The image of a saint", "Photo: Ann A., 1/250 s", "Photo by Ann",
    "Picture postcard", "Untitled landscape, oil on canvas", "Camera obscura", "Nobody knows", "None of us", "Unknown",
    "1943", "12.5.1943", "6/1905", "2018-06-06", "Photo 1943", "1905, before the flood", "Sam 1990", "Apollo 11",
    "Apollo11", "Summer2020", "P. Smith", "Pa 1950", "Img, a village", "DSC00019: harbour at dawn", "Scanner darkly",
    "[Lincoln at Antietam]", "[Detail] The hand", "<b>Bold</b>", "<p>Seen from the north</p>", "{curly}", "❤", "É",
    "Байконур", "発射", "Ω", "42nd Street", "5 o'clock", "X", "e = mc²", "Look; see: this; and: that; or: those",
    "The file photo.jpg was lost", "Hamburg.", "Jpeg artefacts in a test chart", "Monochrome", "Burst pipe",
    "User comments on the new hall",
]


@pytest.mark.parametrize("text", FILLER)
def test_filler_is_no_caption(text: str) -> None:
    assert is_filler(text)


@pytest.mark.parametrize("text", CAPTIONS)
def test_what_a_person_wrote_survives(text: str) -> None:
    assert not is_filler(text)


def test_the_name_of_the_file_says_nothing_new() -> None:
    names = ("old quay.jpg", "old quay")

    assert is_filler("Old Quay", names)
    assert is_filler("OLD  QUAY.JPG\0", names)
    assert not is_filler("Old quay at dawn", names)
    assert not is_filler("Old quay")


@given(st.text() | st.text("[]{}<>=:;\"0123456789._- aP\\0"))
def test_whatever_stands_in_a_file_is_judged(text: str) -> None:
    assert is_filler(text) in (False, True)
    assert is_filler(f"{text}\0") == is_filler(text)
