"""Embedded metadata: XMP, IPTC, Exif and PNG text chunks."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from tests import pictures

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
  xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" photoshop:Headline="A headline" {attributes}>
{properties}
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def _alternatives(name: str, **texts: str) -> str:
    items = "".join(f'<rdf:li xml:lang="{lang.replace("_", "-")}">{text}</rdf:li>' for lang, text in texts.items())
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def _xmp(*properties: str, attributes: str = "") -> bytes:
    return XMP.format(properties="\n".join(properties), attributes=attributes).encode()


PACKET = _xmp(
    _alternatives("dc:title", de="Der Start", x_default="Liftoff"),
    _alternatives("dc:description", x_default="The rocket &amp; its tower.\nSecond line."),
    "<dc:creator><rdf:Seq><rdf:li>Ann A.</rdf:li><rdf:li>Ben B.</rdf:li></rdf:Seq></dc:creator>",
    _alternatives("Iptc4xmpCore:AltTextAccessibility", x_default="A rocket rises from the steppe."),
    _alternatives("dc:rights", x_default="Public domain"),
    attributes='exif:DateTimeOriginal="2018-06-06T17:12:41+05:00"',
)


def _iim(*datasets: tuple[int, int, bytes]) -> bytes:
    block = b"".join(
        b"\x1c" + bytes([record, number]) + struct.pack(">H", len(texts)) + texts for record, number, texts in datasets
    )
    padded = block + bytes(len(block) % 2)
    resource = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(block)) + padded
    segment = b"Photoshop 3.0\0" + resource
    return b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment


def _with_iim(path: Path, *datasets: tuple[int, int, bytes]) -> Path:
    data = pictures.solid(path).read_bytes()
    path.write_bytes(data[:2] + _iim(*datasets) + data[2:])
    return path


def _exif(main: dict[int, Any], details: dict[int, Any] | None = None) -> bytes:
    exif = Image.Exif()
    exif.update(main)
    exif.get_ifd(0x8769).update(details or {})
    return exif.tobytes()


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif", ".avif", ".heic"])
def test_xmp_is_read_from_every_format(worker: Client, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    if suffix == ".png":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", PACKET.decode())
        pictures.solid(path, pnginfo=info)
    elif suffix == ".tif":
        pictures.solid(path, tiffinfo={700: PACKET})
    else:
        pictures.solid(path, xmp=PACKET)

    assert worker.ask(path).done.texts == {
        "title": {"none": "Liftoff", "de": "Der Start"}, "caption": "The rocket & its tower.\nSecond line.",
        "credit": "Ann A., Ben B.",
        "alt": "A rocket rises from the steppe.", "rights": "Public domain", "taken": "2018-06-06T17:12:41+05:00",
    }


def test_a_title_or_caption_equal_to_the_file_name_is_ignored(worker: Client, tmp_path: Path) -> None:
    title = _alternatives("dc:title", x_default="Quay42")
    caption = _alternatives("dc:description", x_default="QUAY42.JPG")
    packet = _xmp(title, caption)
    texts = worker.ask(pictures.solid(tmp_path / "quay42.jpg", xmp=packet)).done.texts

    assert texts == {"title": "A headline"}
    assert worker.ask(pictures.solid(tmp_path / "b.jpg", xmp=packet)).done.texts["title"] == "Quay42"


def test_filler_of_any_source_is_ignored_and_leaves_the_place_to_the_next(worker: Client, tmp_path: Path) -> None:
    title = _alternatives("dc:title", x_default="DSC00019")
    caption = _alternatives("dc:description", x_default="SONY DSC")
    both = pictures.solid(tmp_path / "a.jpg", xmp=_xmp(title, caption), exif=_exif({270: "The old quay"}))
    photoshop = b"File written by Adobe Photoshop\xa8 4.0"
    iim = _with_iim(tmp_path / "b.jpg", (2, 5, b"null"), (2, 105, b"A quay"), (2, 120, photoshop))
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Description", "Created with GIMP")
    by_camera = _exif({270: b"KODAK Digital Still Camera  \0"})

    assert worker.ask(both).done.texts == {"title": "A headline", "caption": "The old quay"}
    assert worker.ask(iim).done.texts == {"title": "A quay"}
    assert worker.ask(pictures.solid(tmp_path / "c.png", pnginfo=info)).done.texts == {}
    assert worker.ask(pictures.solid(tmp_path / "d.jpg", exif=by_camera)).done.texts == {}


def test_a_headline_serves_as_the_title(worker: Client, tmp_path: Path) -> None:
    packet = _xmp(_alternatives("dc:description", x_default="Words"))

    assert worker.ask(pictures.solid(tmp_path / "a.jpg", xmp=packet)).done.texts["title"] == "A headline"


def test_a_caption_never_serves_as_alternative_text(worker: Client, tmp_path: Path) -> None:
    packet = _xmp(_alternatives("dc:description", x_default="Photo: Ann A., 1/250 s"))
    texts = worker.ask(pictures.solid(tmp_path / "a.jpg", xmp=packet)).done.texts

    assert texts["caption"] == "Photo: Ann A., 1/250 s"
    assert "alt" not in texts


@pytest.mark.parametrize("packet", [
    b"<dc:title", b"dc:title " * 10, b"\xff\xfe dc:title", b"<a>dc:title</a>",
    b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;&b;">]><a>title &d;</a>',
    b"<title>" * 50_000,
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>title &b;</a>',
])
def test_a_broken_or_malicious_xmp_packet_costs_only_its_texts(worker: Client, tmp_path: Path, packet: bytes) -> None:
    answer = worker.ask(pictures.solid(tmp_path / "a.webp", xmp=packet))

    assert answer.size == (60, 40)
    assert answer.done.texts == {}


def test_iptc_is_read(worker: Client, tmp_path: Path) -> None:
    path = _with_iim(
        tmp_path / "a.jpg", (1, 90, b"\x1b%G"), (2, 5, "Старт".encode()), (2, 120, b"A caption"), (2, 80, b"Ann A."),
        (2, 110, b"Agency"), (2, 116, b"(c) Agency"), (2, 55, b"20180606"), (2, 60, b"171241+0500"),
    )

    assert worker.ask(path).done.texts == {
        "title": "Старт", "caption": "A caption", "credit": "Agency", "creator": "Ann A.", "rights": "(c) Agency",
        "taken": "2018-06-06T17:12:41+05:00",
    }


def test_the_character_set_of_iptc_is_guessed_if_missing(worker: Client, tmp_path: Path) -> None:
    path = _with_iim(tmp_path / "a.jpg", (2, 5, "Grüße".encode("latin-1")), (2, 120, "Grüße".encode()))

    assert worker.ask(path).done.texts == {"title": "Grüße", "caption": "Grüße"}


def test_iptc_of_an_old_mac_is_read(worker: Client, tmp_path: Path) -> None:
    title, credit = "Hingehört".encode("mac_roman"), "Zoë Müller".encode("mac_roman")
    path = _with_iim(tmp_path / "a.jpg", (2, 5, title), (2, 80, credit))

    assert worker.ask(path).done.texts == {"title": "Hingehört", "credit": "Zoë Müller"}


def test_exif_is_read(worker: Client, tmp_path: Path) -> None:
    exif = _exif(
        {270: "A caption", 315: "Ann A.", 33432: "(c) Ann A.", 271: "NIKON CORPORATION", 272: "NIKON D5"},
        {36867: "2018:06:06 17:12:41", 36881: "+05:00", 33434: IFDRational(1, 250), 33437: IFDRational(8, 1),
         34855: 100, 37386: IFDRational(50, 1)},
    )

    assert worker.ask(pictures.solid(tmp_path / "a.jpg", exif=exif)).done.texts == {
        "caption": "A caption", "credit": "Ann A.", "rights": "(c) Ann A.", "camera": "NIKON D5",
        "taken": "2018-06-06T17:12:41+05:00", "exposure": "1/250 s, f/8, ISO 100, 50 mm",
    }


@pytest.mark.parametrize(("details", "wanted"), [
    ({33434: IFDRational(2, 1)}, "2 s"), ({33434: IFDRational(10, 4)}, "2.5 s"),
    ({33434: IFDRational(1, 3), 33437: IFDRational(56, 10)}, "1/3 s, f/5.6"),
    ({37386: IFDRational(425, 100)}, "4.25 mm"), ({33434: IFDRational(0, 0), 34855: 0}, None),
])
def test_an_exposure_is_written_as_photographers_write_it(
    worker: Client, tmp_path: Path, details: dict[int, object], wanted: str | None,
) -> None:
    path = pictures.solid(tmp_path / "a.jpg", exif=_exif({}, details))

    assert worker.ask(path).done.texts.get("exposure") == wanted


@pytest.mark.parametrize(("written", "wanted"), [
    ("2018:06:06 17:12:41", "2018-06-06T17:12:41"), ("2018:06:06", "2018-06-06"), ("0000:00:00 00:00:00", None),
    ("    :  :     :  :  ", None), ("yesterday", None), ("2018:06:06 17:12", "2018-06-06T17:12"),
    ("2018:13:06 17:12:41", None), ("2018:02:30 17:12:41", None),
])
def test_a_date_is_iso_8601_or_ignored(worker: Client, tmp_path: Path, written: str, wanted: str | None) -> None:
    path = pictures.solid(tmp_path / "a.jpg", exif=_exif({}, {36867: written}))

    assert worker.ask(path).done.texts.get("taken") == wanted


def test_a_camera_s_default_description_is_ignored(worker: Client, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.jpg", exif=_exif({270: "OLYMPUS DIGITAL CAMERA         "}))

    assert "caption" not in worker.ask(path).done.texts


def test_the_fullest_sound_date_of_all_sources_is_taken(worker: Client, tmp_path: Path) -> None:
    exif = _exif({}, {36867: "2003:08:27 10:20:30"})
    by_day = _xmp(attributes='exif:DateTimeOriginal="2003:08:27"')
    unsound = _xmp(attributes='photoshop:DateCreated="0000-00-00"')
    zone = _xmp(attributes='exif:DateTimeOriginal="0000:00:00" photoshop:DateCreated="2003-08-27T10:20:30+02:00"')

    def taken(**options: Any) -> object:
        return worker.ask(pictures.solid(tmp_path / "a.jpg", **options)).done.texts.get("taken")

    assert taken(xmp=by_day) == "2003-08-27"
    assert taken(xmp=by_day, exif=exif) == taken(xmp=unsound, exif=exif) == "2003-08-27T10:20:30"
    assert taken(xmp=zone, exif=exif) == "2003-08-27T10:20:30+02:00"
    assert taken(xmp=unsound) is None


@pytest.mark.parametrize(("day", "time", "wanted"), [
    (b"20180606", b"171241+0500", "2018-06-06T17:12:41+05:00"), (b"20180606", b"", "2018-06-06"),
    (b"20180600", b"", "2018-06"), (b"19430000", b"000000+0000", "1943"),
    (b"00000000", b"", None), (b"20181306", b"", None), (b"2018", b"", "2018"), (b"201", b"", None),
])
def test_a_date_of_iptc_is_iso_8601_or_ignored(
    worker: Client, tmp_path: Path, day: bytes, time: bytes, wanted: str | None,
) -> None:
    assert worker.ask(_with_iim(tmp_path / "a.jpg", (2, 55, day), (2, 60, time))).done.texts.get("taken") == wanted


@pytest.mark.parametrize(("make", "model", "wanted"), [
    ("NIKON CORPORATION", "NIKON D5", "NIKON D5"),
    ("OLYMPUS IMAGING CORP.  ", "E-M5            ", "OLYMPUS IMAGING CORP. E-M5"),
    ("EASTMAN KODAK COMPANY", "KODAK DC210  Zoom (V05.00)", "KODAK DC210 Zoom (V05.00)"), ("HTC", "HTC_One", "HTC_One"),
    ("Canon", "", "Canon"), ("", "D5", "D5"), ("SONY ", "DSC-F1", "SONY DSC-F1"),
    ("Google", "Pixel  7", "Google Pixel 7"),
])
def test_a_camera_is_named_without_repetition_and_runs_of_spaces(
    worker: Client, tmp_path: Path, make: str, model: str, wanted: str,
) -> None:
    path = pictures.solid(tmp_path / "a.jpg", exif=_exif({271: make, 272: model}))

    assert worker.ask(path).done.texts["camera"] == wanted


def test_utf_8_in_exif_is_recognised(worker: Client, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.jpg", exif=_exif({270: "Grüße aus Байконур".encode()}))

    assert worker.ask(path).done.texts["caption"] == "Grüße aus Байконур"


def test_png_text_chunks_are_read(worker: Client, tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    for keyword, texts in (("Title", "Старт"), ("Description", "Words"), ("Author", "Ann"), ("Software", "x")):
        info.add_itxt(keyword, texts)

    assert worker.ask(pictures.solid(tmp_path / "a.png", pnginfo=info)).done.texts == {
        "title": "Старт", "caption": "Words", "credit": "Ann",
    }


def test_xmp_goes_before_exif(worker: Client, tmp_path: Path) -> None:
    path = pictures.solid(tmp_path / "a.jpg", xmp=PACKET, exif=_exif({270: "Old", 272: "D5"}))
    texts = worker.ask(path).done.texts

    assert str(texts["caption"]).startswith("The rocket")
    assert texts["camera"] == "D5"


def test_texts_are_bounded_and_without_control_characters(worker: Client, tmp_path: Path) -> None:
    caption = ("a\x1b[31m\x07\u202eb" + "x" * 50_000).encode()
    path = pictures.solid(tmp_path / "a.jpg", exif=_exif({270: caption, 272: "One\nline" + "y" * 5_000}))
    texts = worker.ask(path).done.texts

    assert str(texts["caption"]).startswith("a [31m  b")
    assert len(texts["caption"]) == 20_000
    assert str(texts["camera"]).startswith("One line")
    assert len(texts["camera"]) == 200


def test_a_text_in_several_languages_is_passed_on_in_all_of_them(worker: Client, tmp_path: Path) -> None:
    packet = _xmp(
        _alternatives("dc:title", x_default="Liftoff", en="Liftoff", de="Der Start", pt_BR="Decolagem"),
        _alternatives("dc:description", x_default="Nobody says in which language", ru="Старт"),
        _alternatives("dc:rights", x_default="Free", de="Free"),
    )

    assert worker.ask(pictures.solid(tmp_path / "a.jpg", xmp=packet)).done.texts == {
        "title": {"en": "Liftoff", "de": "Der Start", "pt-BR": "Decolagem"},
        "caption": {"none": "Nobody says in which language", "ru": "Старт"},
        "rights": "Free",
    }


def test_filler_in_one_language_does_not_cost_the_others(worker: Client, tmp_path: Path) -> None:
    packet = _xmp(_alternatives("dc:description", x_default="OLYMPUS DIGITAL CAMERA", de="Der Hafen", en="a.jpg"))

    assert worker.ask(pictures.solid(tmp_path / "a.jpg", xmp=packet)).done.texts["caption"] == "Der Hafen"


def test_what_is_no_language_is_left_out(worker: Client, tmp_path: Path) -> None:
    languages = {f"x{number}" if number % 2 else f"de-{number:03}": f"Text {number}" for number in range(60)}
    packet = _xmp(_alternatives("dc:title", **{"d e": "Nothing", **languages}))
    title = worker.ask(pictures.solid(tmp_path / "a.jpg", xmp=packet)).done.texts["title"]

    assert isinstance(title, dict)
    assert 10 < len(title) <= 24
    assert "d e" not in title


def test_keywords_come_one_a_line_and_each_once(worker: Client, tmp_path: Path) -> None:
    bag = "".join(f"<rdf:li>{word}</rdf:li>" for word in ("harbour, old", "ships", "ships", "  "))
    in_xmp = pictures.solid(tmp_path / "a.jpg", xmp=_xmp(f"<dc:subject><rdf:Bag>{bag}</rdf:Bag></dc:subject>"))
    in_iptc = _with_iim(tmp_path / "b.jpg", (2, 25, b"harbour"), (2, 25, b"ships"), (2, 80, b"Ann"), (2, 80, b"Ben"))
    in_exif = pictures.solid(tmp_path / "c.jpg", exif=_exif({0x9C9E: "harbour;ships\0".encode("utf-16-le")}))

    assert worker.ask(in_xmp).done.texts["keywords"] == "harbour, old\nships"
    assert worker.ask(in_iptc).done.texts == {"keywords": "harbour\nships", "credit": "Ann, Ben"}
    assert worker.ask(in_exif).done.texts["keywords"] == "harbour\nships"


@pytest.mark.parametrize(("rating", "wanted"), [("5", "5"), ("1", "1"), ("0", None), ("-1", None), ("6", None),
                                                ("4.5", None), ("x", None)])
def test_a_rating_is_one_to_five_stars(worker: Client, tmp_path: Path, rating: str, wanted: str | None) -> None:
    described = 'xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    as_attribute = pictures.solid(tmp_path / "a.jpg", xmp=_xmp(attributes=f'{described} xmp:Rating="{rating}"'))
    as_element = pictures.solid(tmp_path / "b.jpg", xmp=_xmp(
        f"<xmp:Rating>{rating}</xmp:Rating>", attributes=described))

    assert worker.ask(as_attribute).done.texts.get("rating") == wanted
    assert worker.ask(as_element).done.texts.get("rating") == wanted
    if wanted:
        in_exif = pictures.solid(tmp_path / "c.jpg", exif=_exif({0x4746: int(rating)}))
        assert worker.ask(in_exif).done.texts["rating"] == wanted


@pytest.mark.parametrize("comment", [
    b"ASCII\0\0\0The old harbour", b"UNICODE\0" + "The old harbour".encode("utf-16-le"),
    b"UNICODE\0" + "The old harbour".encode("utf-16-be"), b"\0" * 8 + b"The old harbour\0\0",
    b"JIS\0\0\0\0\0The old harbour", b"The old harbour",
])
def test_a_comment_in_exif_is_a_caption_in_each_of_its_character_sets(
    worker: Client, tmp_path: Path, comment: bytes,
) -> None:
    path = pictures.solid(tmp_path / "a.jpg", exif=_exif({}, {0x9286: comment}))

    assert worker.ask(path).done.texts["caption"] == "The old harbour"


@pytest.mark.parametrize("comment", [b"ASCII\0\0\0" + b" " * 100, b"ASCII\0\0\0charset=Ascii", b"\0" * 200, b""])
def test_a_comment_that_a_camera_leaves_empty_is_none(worker: Client, tmp_path: Path, comment: bytes) -> None:
    path = pictures.solid(tmp_path / "a.jpg", exif=_exif({270: "Words"}, {0x9286: comment}))

    assert worker.ask(path).done.texts == {"caption": "Words"}


def test_comments_of_windows_jpeg_gif_and_png_are_captions(worker: Client, tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "The old harbour")
    files = [
        pictures.solid(tmp_path / "a.jpg", exif=_exif({0x9C9C: "The old harbour\0".encode("utf-16-le")})),
        pictures.solid(tmp_path / "b.jpg", comment=b"The old harbour"),
        pictures.solid(tmp_path / "c.gif", comment=b"The old harbour"),
        pictures.solid(tmp_path / "d.png", pnginfo=info),
    ]

    assert [worker.ask(path).done.texts for path in files] == 4 * [{"caption": "The old harbour"}]


def test_a_place_is_told_in_words_or_else_in_degrees(worker: Client, tmp_path: Path) -> None:
    gps = {1: "N", 2: (48.0, 51.0, 30.12), 3: "W", 4: (2.0, 17.0, 40.2)}
    attributes = 'photoshop:City="Paris" photoshop:State=" Paris" photoshop:Country="France"'
    exif = Image.Exif()
    exif.get_ifd(0x8825).update(gps)
    nowhere = Image.Exif()
    nowhere.get_ifd(0x8825).update({**gps, 2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)})

    def place(name: str, **options: Any) -> object:
        return worker.ask(pictures.solid(tmp_path / name, **options)).done.texts.get("place")

    assert place("a.jpg", exif=exif.tobytes()) == "48.85837, -2.29450"
    assert place("b.jpg", exif=exif.tobytes(), xmp=_xmp(attributes=attributes)) == "Paris, France"
    assert place("c.jpg", exif=nowhere.tobytes()) is None
    in_iptc = _with_iim(tmp_path / "d.jpg", (2, 101, b"Peru"), (2, 90, b"Lima"))
    assert worker.ask(in_iptc).done.texts["place"] == "Lima, Peru"


def test_thumbnails_and_later_frames_come_without_texts(worker: Client, tmp_path: Path) -> None:
    assert worker.ask(pictures.solid(tmp_path / "a.jpg", xmp=PACKET), kind="thumbnail").done.texts == {}
    assert worker.ask(pictures.animated(tmp_path / "a.gif"), frame=1).done.texts == {}
