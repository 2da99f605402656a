"""Thumbnails written for the whole desktop. They are read back by Pillow, as any other program would."""

from __future__ import annotations

import logging
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage

from tests.shares import Share
from viewer import __version__
from viewer.imaging.client.picture import Picture, PictureRequest
from viewer.imaging.protocol.messages import Box, Identity
from viewer.imaging.thumbnails.writer import MOST_WAITING, ThumbnailWriter, bucket_within
from viewer.imaging.thumbnails.xdg import cache_path, fail_path, file_uri
from viewer.locations import thumbnail_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

IDENTITY = Identity(1_528_283_520_987_654_321, 12_345, 42)
REQUEST = PictureRequest("/photos/Ночной старт #1.jpg", Box(256, 256))


def a_picture(width: int = 256, height: int = 171) -> Picture:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return Picture(image, Box(6000, 4000), 1, 0, 0, "JPEG", IDENTITY, {})


@pytest.fixture
def writer(qapp: QCoreApplication) -> Iterator[ThumbnailWriter]:  # noqa: ARG001 - signals cross threads
    writer = ThumbnailWriter(thumbnail_root())
    yield writer
    writer.close()
    QCoreApplication.processEvents()


def keep(writer: ThumbnailWriter, request: PictureRequest, picture: Picture) -> None:
    writer.keep(request.path, request.box, picture.image, source=picture.source, format_name=picture.format,
                identity=picture.identity)


def kept(request: PictureRequest = REQUEST, bucket: str = "large") -> Path:
    return Path(cache_path(str(thumbnail_root()), file_uri(request.path), bucket))


def test_a_thumbnail_is_kept_where_and_as_the_specification_says(writer: ThumbnailWriter) -> None:
    keep(writer, REQUEST, a_picture())
    assert writer.done(30_000)

    with Image.open(kept()) as image:
        assert (image.format, image.size) == ("PNG", (256, 171))
        assert image.convert("RGB").getpixel((100, 100)) == (255, 0, 0)
        image.info.pop("dpi")
        assert image.info == {
            "Thumb::URI": "file:///photos/%D0%9D%D0%BE%D1%87%D0%BD%D0%BE%D0%B9%20%D1%81%D1%82%D0%B0%D1%80%D1%82%20%231.jpg",
            "Thumb::MTime": "1528283520",
            "Thumb::Size": "12345",
            "Thumb::Image::Width": "6000",
            "Thumb::Image::Height": "4000",
            "Thumb::Mimetype": "image/jpeg",
            "Software": f"Liftoff {__version__}",
        }


def test_only_its_owner_may_read_a_thumbnail(writer: ThumbnailWriter) -> None:
    keep(writer, REQUEST, a_picture())
    assert writer.done(30_000)

    assert stat.S_IMODE(kept().stat().st_mode) == 0o600
    assert stat.S_IMODE(kept().parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(thumbnail_root().stat().st_mode) == 0o700
    assert list(kept().parent.iterdir()) == [kept()]


def test_an_older_thumbnail_is_replaced(writer: ThumbnailWriter) -> None:
    kept().parent.mkdir(parents=True)
    kept().write_bytes(b"of last year")
    keep(writer, REQUEST, a_picture())
    assert writer.done(30_000)

    with Image.open(kept()) as image:
        assert image.size == (256, 171)


@pytest.mark.parametrize(
    ("box", "bucket"),
    [
        (Box(127, 200), None), (Box(128, 128), ("normal", 128)), (Box(255, 600), ("normal", 128)),
        (Box(256, 256), ("large", 256)), (Box(400, 300), ("large", 256)), (Box(512, 512), ("x-large", 512)),
        (Box(5000, 5000), ("xx-large", 1024)),
    ],
)
def test_the_size_is_the_largest_that_the_box_fills(box: Box, bucket: tuple[str, int] | None) -> None:
    assert bucket_within(box) == bucket


def test_a_thumbnail_between_two_sizes_is_made_smaller(writer: ThumbnailWriter) -> None:
    request = REQUEST._replace(box=Box(400, 400))
    keep(writer, request, a_picture(400, 267))
    assert writer.done(30_000)

    with Image.open(kept(request)) as image:
        assert image.size == (256, 170)


def test_a_thumbnail_too_small_for_anyone_else_is_not_kept(writer: ThumbnailWriter) -> None:
    keep(writer, REQUEST._replace(box=Box(64, 64)), a_picture(64, 43))
    assert writer.done(30_000)

    assert not thumbnail_root().exists()


@pytest.mark.parametrize("inside", ["large/abc.png", "normal/../large/abc.png", "fail/x/y.png"])
def test_no_thumbnail_is_kept_of_a_thumbnail(writer: ThumbnailWriter, inside: str) -> None:
    keep(writer, PictureRequest(f"{thumbnail_root()}/{inside}", Box(256, 256)), a_picture())
    writer.note_failure(f"{thumbnail_root()}/{inside}", "damaged", IDENTITY)
    assert writer.done(30_000)

    assert not thumbnail_root().exists()


def test_a_file_that_is_at_fault_itself_is_noted(writer: ThumbnailWriter) -> None:
    writer.note_failure(REQUEST.path, "damaged", IDENTITY)
    assert writer.done(30_000)

    with Image.open(fail_path(str(thumbnail_root()), file_uri(REQUEST.path))) as image:
        assert image.size == (1, 1)
        assert (image.info["Thumb::URI"], image.info["Thumb::MTime"]) == (file_uri(REQUEST.path), "1528283520")
        assert image.info["Liftoff::Reason"] == "damaged"


def test_what_is_not_the_files_fault_is_not_noted(writer: ThumbnailWriter) -> None:
    writer.note_failure(REQUEST.path, "too-slow", IDENTITY)
    writer.note_failure(REQUEST.path, "missing", None)
    writer.note_failure(REQUEST.path, "out-of-memory", IDENTITY)
    assert writer.done(30_000)

    assert not thumbnail_root().exists()


def test_a_place_that_cannot_be_written_is_said_once_and_does_no_harm(
    writer: ThumbnailWriter, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    thumbnail_root().write_text("not a folder")
    for number in range(3):
        keep(writer, PictureRequest(f"/photos/{number}.jpg", Box(256, 256)), a_picture())
    assert writer.done(30_000)
    qtbot.waitUntil(lambda: len(caplog.records) > 0)
    QCoreApplication.processEvents()

    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage() == f"Thumbnails cannot be kept for the next time: File exists: {kept().parent}"


def test_a_place_that_is_full_leaves_no_half_thumbnail(
    writer: ThumbnailWriter, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    kept().mkdir(parents=True)  # so that the last step fails
    keep(writer, REQUEST, a_picture())
    assert writer.done(30_000)
    qtbot.waitUntil(lambda: len(caplog.records) == 1)

    assert list(kept().parent.iterdir()) == [kept()]


@pytest.fixture
def share() -> Iterator[Share]:
    share = Share()
    share.hang()
    yield share
    share.answer()


@pytest.fixture
def hung(share: Share, qapp: QCoreApplication) -> Iterator[ThumbnailWriter]:  # noqa: ARG001 - signals cross threads
    """A writer whose folder lies on a share that does not answer."""
    thumbnail_root().mkdir(parents=True)
    hung = ThumbnailWriter(share.path(thumbnail_root()))
    yield hung
    hung.close()
    share.answer()
    assert hung.done(30_000)


def test_of_thumbnails_that_cannot_be_written_in_time_only_some_wait(hung: ThumbnailWriter, share: Share) -> None:
    for number in range(MOST_WAITING + 10):
        keep(hung, PictureRequest(f"/photos/{number}.jpg", Box(256, 256)), a_picture())
    share.answer()
    assert hung.done(30_000)
    assert len(list(kept().parent.iterdir())) == MOST_WAITING

    keep(hung, REQUEST, a_picture())
    assert hung.done(30_000)
    assert kept().exists()


def test_a_folder_that_does_not_answer_keeps_nobody_from_closing(hung: ThumbnailWriter, share: Share) -> None:
    keep(hung, REQUEST, a_picture())
    keep(hung, REQUEST._replace(path="/photos/other.jpg"), a_picture())
    assert share.asked.wait(30)
    hung.close()

    assert not hung.done(0), "it did not wait for the answer"
    share.answer()
    assert hung.done(30_000)
    assert list(kept().parent.iterdir()) == [kept()], "what waited is not written any more"


@pytest.mark.usefixtures("home")
def test_a_folder_that_does_not_answer_does_not_keep_the_program_from_ending(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from tests.shares import Share
from viewer.imaging.protocol.messages import Box, Identity
from viewer.imaging.thumbnails.writer import ThumbnailWriter
app = QCoreApplication([])
share = Share()
share.hang()
writer = ThumbnailWriter(share.path(Path(sys.argv[1])))
writer.keep("/photos/a.jpg", Box(256, 256), QImage(256, 171, QImage.Format.Format_RGB32), source=Box(600, 400),
            format_name="JPEG", identity=Identity(1, 2, 3))
assert share.asked.wait(30)
writer.close()
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], timeout=Share.TIMEOUT / 2, check=False,
                          capture_output=True, text=True, cwd=Path(__file__).parents[3])

    assert (done.returncode, done.stderr) == (0, "")


def test_the_thread_ends_when_there_is_nothing_to_write_and_another_one_follows_it(
    writer: ThumbnailWriter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("viewer.imaging.thumbnails.writer.IDLE_SECONDS", 0)
    for number in range(2):
        request = REQUEST._replace(path=f"/photos/{number}.jpg")
        keep(writer, request, a_picture())
        assert writer.done(30_000)
        assert kept(request).exists()
        qtbot.waitUntil(lambda: not any(thread.name == "thumbnail-writer" for thread in threading.enumerate()))


def test_after_closing_nothing_is_written(writer: ThumbnailWriter) -> None:
    writer.close()
    keep(writer, REQUEST, a_picture())
    assert writer.done(30_000)

    assert not thumbnail_root().exists()


def test_a_writer_without_a_place_writes_nothing(qapp: QCoreApplication) -> None:  # noqa: ARG001 - it makes threads
    writer = ThumbnailWriter(None)
    keep(writer, REQUEST, a_picture())
    writer.note_failure(REQUEST.path, "damaged", IDENTITY)

    assert writer.done(30_000)
    assert writer.root == ""
