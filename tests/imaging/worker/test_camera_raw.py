"""Camera raw: the preview that is shown, how it is turned and coloured, and files that have none or lie about it."""

from __future__ import annotations

import io
import random
import struct
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests import camera_raw_files, pictures
from tests.camera_raw_files import (
    KINDS,
    TiffWriter,
    cr3,
    dng,
    jpeg,
    lossless_jpeg,
    nef,
    old_pef,
    page,
    pointed_at,
    write,
)
from tests.pictures import is_near, quadrants_image, solid_image
from tests.raw_pictures import RGB, tiff
from tests.thorough import THOROUGH
from tests.torture.mutants import MUTATIONS
from viewer.gallery.model import Gallery, Slide
from viewer.imaging.pool.file_survey import FileSurvey
from viewer.imaging.protocol.messages import Failed
from viewer.imaging.worker.camera_raw import find_preview
from viewer.imaging.worker.errors import DecodeError
from viewer.imaging.worker.tiff_directories import MOST_DIRECTORIES, NEXT, TiffReader

if TYPE_CHECKING:
    from pathlib import Path

    from tests.imaging.worker.client import Client

CFA = 32803


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", [1, 6, 8])
def test_the_preview_of_a_raw_file_is_shown_upright(
    worker: Client, tmp_path: Path, kind: str, orientation: int,
) -> None:
    stored = quadrants_image((1024, 768) if orientation == 1 else (768, 1024))
    if orientation in pictures.TRANSPOSED_BY_EXIF:
        stored = stored.transpose(pictures.TRANSPOSED_BY_EXIF[orientation])
    answer = worker.ask(write(tmp_path / f"a.{kind}", stored, orientation))

    assert answer.source_size == ((1024, 768) if orientation == 1 else (768, 1024))
    assert answer.is_upright()
    assert answer.done.format == kind.upper()


@pytest.mark.parametrize("kind", [*KINDS])
def test_a_thumbnail_is_made_of_the_preview(worker: Client, tmp_path: Path, kind: str) -> None:
    answer = worker.ask(write(tmp_path / f"a.{kind}", orientation=3), (256, 256), kind="thumbnail")

    assert answer.size == (256, 192)
    assert is_near(answer.corners()[0], pictures.CORNERS[3])
    assert answer.done.format == kind.upper()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "raf"])
def test_the_exif_of_the_raw_file_is_told(worker: Client, tmp_path: Path, kind: str) -> None:
    texts = worker.ask(write(tmp_path / f"a.{kind}")).done.texts

    assert (texts["exposure"], texts["taken"]) == ("ISO 400", "2018-06-06T17:12:39")
    assert "Model 1" in texts["camera"]


def test_the_words_in_the_xmp_of_a_raw_file_are_told(worker: Client, tmp_path: Path) -> None:
    xmp = (b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
           b"<rdf:Description xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' photoshop:Headline='The old quay'/>"
           b"</rdf:RDF></x:xmpmeta>")
    boxes, tag = tmp_path / "a.cr3", tmp_path / "a.pef"
    boxes.write_bytes(cr3(jpeg(), xmp=xmp))
    writer = TiffWriter()
    tag.write_bytes(writer.finished(writer.directory([*pointed_at(writer, jpeg()), (700, 1, xmp), (262, 3, [CFA])])))

    assert [worker.ask(path).done.texts.get("title") for path in (boxes, tag)] == ["The old quay"] * 2


@pytest.mark.parametrize("own", [1, 3])
def test_an_orientation_is_applied_once_where_both_files_have_one(worker: Client, tmp_path: Path, own: int) -> None:
    exif = Image.Exif()
    exif[274] = own
    turned = quadrants_image((1024, 768)).transpose(Image.Transpose.ROTATE_180)
    path = tmp_path / "a.nef"
    path.write_bytes(nef(jpeg(turned, exif=exif.tobytes()), 3))

    assert worker.ask(path).is_upright()


def test_the_largest_preview_is_shown(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.cr3"
    path.write_bytes(cr3(jpeg(size=(1600, 1200)), small=jpeg(solid_image(size=(800, 600)))))
    assert worker.ask(path).source_size == (1600, 1200)

    path.write_bytes(cr3(jpeg(size=(700, 500)), small=jpeg(size=(800, 600))))
    assert worker.ask(path).source_size == (800, 600)


def test_a_smaller_preview_is_shown_where_the_file_breaks_off_in_a_larger_one(worker: Client, tmp_path: Path) -> None:
    whole = cr3(jpeg(size=(1600, 1200)), small=jpeg(size=(800, 600)))
    path = tmp_path / "a.cr3"
    path.write_bytes(whole[:-5000])

    assert worker.ask(path).source_size == (800, 600)


def test_a_preview_that_only_the_makers_note_names_is_found(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.pef"
    path.write_bytes(old_pef(jpeg()))

    assert worker.ask(path).is_upright()


@pytest.mark.parametrize("kind", KINDS)
def test_a_thumbnail_does_not_pass_for_the_picture(worker: Client, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    small = jpeg(size=(160, 120))
    path.write_bytes(cr3(small, small=small) if kind == "cr3" else KINDS[kind](small, 1))
    last = worker.ask(path).last

    assert isinstance(last, Failed)
    assert last.failure.reason == "unsupported"
    assert f"camera raw ({kind.upper()})" in last.failure.sentence


@pytest.mark.parametrize("name", ["a.tif", "a.cr2"])
def test_a_small_first_page_that_is_not_called_reduced_does_not_pass_for_the_picture(
    worker: Client, tmp_path: Path, name: str,
) -> None:
    raw_file = TiffWriter()
    hidden = raw_file.directory(page(raw_file, (6000, 4000), colours=CFA, content=lossless_jpeg()))
    path = tmp_path / name
    path.write_bytes(raw_file.finished(raw_file.directory([*page(raw_file, (160, 106)), (330, 4, [hidden])])))

    assert worker.ask(path).reason == "unsupported"


@pytest.mark.parametrize("kind", ["cr2", "dng", "nef"])
def test_raw_data_are_known_whatever_the_file_is_called(worker: Client, tmp_path: Path, kind: str) -> None:
    answer = worker.ask(write(tmp_path / f"a.{kind}").rename(tmp_path / "a.tif"))

    assert answer.is_upright()
    assert answer.done.format == {"nef": "RAW"}.get(kind, kind.upper())


def test_a_thumbnail_that_is_called_camera_raw_is_not_opened_as_a_tiff(worker: Client, tmp_path: Path) -> None:
    path = tiff(tmp_path / "a.NEF", (160, 106), [8] * 3, RGB, [bytes(3 * 160 * 106)])

    assert worker.ask(path).reason == "unsupported"
    assert worker.ask(path.rename(tmp_path / "a.tif")).size == (160, 106)


def test_a_rendered_dng_is_the_tiff_that_it_is(worker: Client, tmp_path: Path) -> None:
    path = tiff(tmp_path / "a.dng", (700, 500), [8] * 3, RGB, [bytes([200, 104, 64]) * 700 * 500],
                more=[(50706, 4, [0x401])])
    answer = worker.ask(path)

    assert (answer.size, answer.done.format) == ((700, 500), "TIFF")
    assert answer.pixel(9, 9) == (200, 104, 64, 255)


def test_a_rendered_picture_goes_before_a_smaller_preview_beside_it(worker: Client, tmp_path: Path) -> None:
    writer, path = TiffWriter(), tmp_path / "a.dng"
    hidden = writer.directory(pointed_at(writer, jpeg(size=(640, 480))))
    path.write_bytes(writer.finished(writer.directory([*page(writer, (900, 600)), (330, 4, [hidden])])))

    assert worker.ask(path).done.format == "TIFF"


def test_a_jpeg_that_lacks_its_tables_is_no_preview(worker: Client, tmp_path: Path) -> None:
    """As strips are in a TIFF, which keeps the tables of all of them in one place."""
    whole = jpeg()
    start = whole.index(b"\xff\xdb")
    end = start
    while whole[end : end + 2] == b"\xff\xdb":
        end += 2 + int.from_bytes(whole[end + 2 : end + 4], "big")
    path = tmp_path / "a.nef"
    path.write_bytes(nef(whole[:start] + whole[end:]))

    assert worker.ask(path).reason == "unsupported"


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_colours_of_adobe_rgb_are_converted(worker: Client, tmp_path: Path, order: str) -> None:
    """Cameras name it by Exif alone: the index of interoperability is R03."""
    def exif_of(index: bytes) -> bytes:
        writer = TiffWriter(b"II*\0" if order == "<" else b"MM\0*", order)
        inner = writer.directory([(1, 2, index + b"\0")])
        details = writer.directory([(40961, 3, [65535]), (40965, 4, [inner])])
        return b"Exif\0\0" + writer.finished(writer.directory([(34665, 4, [details])]))

    green = solid_image((100, 200, 100), (700, 500))
    seen = []
    for index in (b"R98", b"R03"):
        pictures.write(green, tmp_path / "a.jpg", exif=exif_of(index))
        seen.append(worker.ask(tmp_path / "a.jpg").pixel(9, 9))

    assert is_near(seen[0], (100, 200, 100), 3)
    assert is_near(seen[1], (0, 202, 96), 4)  # by CIE's formulas; beyond sRGB, so that red is cut off


@pytest.mark.parametrize(("space", "wanted"), [(None, (0, 202, 96)), (3, (0, 202, 96)), (2, (100, 200, 100))])
def test_the_colours_of_a_preview_are_those_that_the_raw_file_names(
    worker: Client, tmp_path: Path, space: int | None, wanted: tuple[int, int, int],
) -> None:
    """By its Exif, as cameras do, or by the preview's own tag in a DNG, where the Exif is that of another preview."""
    writer = TiffWriter()
    inner = writer.directory([(1, 2, b"R03\0")])
    details = writer.directory([(40961, 3, [65535]), (40965, 4, [inner])])
    preview = writer.directory([*pointed_at(writer, jpeg(solid_image((100, 200, 100), (700, 500)))),
                                *([] if space is None else [(50970, 4, [space])])])
    path = tmp_path / "a.nef"
    path.write_bytes(writer.finished(writer.directory([
        *page(writer, (160, 120), reduced=True), (330, 4, [preview]), (34665, 4, [details])])))

    assert is_near(worker.ask(path).pixel(9, 9), wanted, 4)


def test_what_check_says_is_what_is_shown(tmp_path: Path) -> None:
    shown = [str(write(tmp_path / f"a.{kind}")) for kind in KINDS]
    hidden = tmp_path / "none.nef"
    hidden.write_bytes(nef(jpeg(size=(160, 120))))
    slides = tuple(Slide(path) for path in (*shown, str(hidden)))
    failures = FileSurvey(Gallery(slides, tmp_path), lambda _: None).run([*shown, str(hidden)])

    assert list(failures) == [str(hidden)]
    assert "camera raw (NEF)" in failures[str(hidden)].sentence


def test_directories_that_lead_round_in_a_circle_are_read_once() -> None:
    writer = TiffWriter()
    first = writer.directory([(330, 4, [0])])
    second = writer.directory([(330, 4, [first])], first)
    writer.data[first + 10 : first + 14] = struct.pack("<I", second)
    content = writer.finished(first)
    reader = TiffReader(io.BytesIO(content), "<", size=len(content))

    assert len(list(reader.walk(first, (330,)))) == 2


def test_of_a_chain_without_end_no_more_is_read_than_any_camera_writes() -> None:
    writer = TiffWriter()
    following = 0
    for _ in range(500):
        following = writer.directory([(256, 4, [1])], following)
    content = writer.finished(following)
    reader = TiffReader(io.BytesIO(content), "<", size=len(content))

    assert len(list(reader.walk(following, ()))) == MOST_DIRECTORIES


def test_tags_that_point_out_of_the_file_are_left_out() -> None:
    entries = ((513, 4, 1 << 30, 9), (514, 4, 0xFFFFFFFF, 0xFFFFFFFF), (700, 7, 20, 0xFFFFFFF0), (256, 4, 1, 7))
    content = b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + b"".join(
        struct.pack("<HHII", *entry) for entry in entries) + struct.pack("<I", 0xFFFFFFFF)
    reader = TiffReader(io.BytesIO(content), "<", size=len(content))
    found = reader.directory(reader.first_directory())

    assert set(found) == {256, NEXT}
    assert reader.directory(0xFFFFFFFF) == reader.directory(len(content) - 1) == {}
    assert [*reader.walk(8, (NEXT,))][1:] == [{}]


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_raw_file_has_a_preview_or_a_reason(kind: str) -> None:
    """Whatever is damaged, nothing else is raised, and nothing is read beyond the file."""
    seed = KINDS[kind](jpeg(solid_image(size=(640, 480))), 1)
    for number in range(400 if THOROUGH else 60):
        rng = random.Random(f"{kind}/{number}")
        mutant = bytes(rng.choice([*MUTATIONS.values()])(bytearray(seed), rng, [seed]))
        try:
            preview = find_preview(io.BytesIO(mutant), mutant[:64], kind, 1 << 20)
        except DecodeError as error:
            assert error.failure.reason == "unsupported"  # noqa: PT017 - either outcome is right
        else:
            assert preview is None or preview.jpeg.read(2) == b"\xff\xd8"


def test_a_preview_is_not_read_beyond_what_any_camera_embeds(worker: Client, tmp_path: Path) -> None:
    """A length of gigabytes in a sparse file would be read into memory."""
    content = bytearray(camera_raw_files.rw2(jpeg()))
    at = content.index(struct.pack("<HH", 46, 7)) + 4
    content[at : at + 4] = struct.pack("<I", 900 << 20)
    path = tmp_path / "a.rw2"
    path.write_bytes(content)
    with path.open("r+b") as file:
        file.truncate(1000 << 20)

    assert worker.ask(path).reason == "unsupported"


def test_raw_data_that_are_a_lossless_jpeg_are_no_preview(worker: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(dng(lossless_jpeg()))

    assert worker.ask(path).reason == "unsupported"
