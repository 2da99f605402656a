"""From a file to a picture and back to the desktop's cache: the loader with the workers of the program itself."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from tests.deadlines import pass_deadlines
from tests.embedded import barred, with_embedded
from tests.imaging.client.benches import CURRENT, Eye, colour
from tests.pictures import animated, is_near, numbered, photo, rgba, solid, truncated
from viewer.gallery.model import Gallery, Slide
from viewer.imaging.client.conversion import dimensions_of
from viewer.imaging.client.picture import PictureRequest, Place
from viewer.imaging.pool.read_access import allowed_paths_of
from viewer.imaging.pool.sandbox_probe import sandbox_here
from viewer.imaging.pool.worker_process import WorkerProcess
from viewer.imaging.protocol.messages import Box, Region, Request
from viewer.imaging.protocol.shared_memory import SharedBuffer
from viewer.imaging.thumbnails.writer import ThumbnailWriter
from viewer.locations import thumbnail_root

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from viewer.imaging.protocol.messages import Identity

def test_a_picture_of_a_file_has_its_colours_and_its_size(eye: Eye, tmp_path: Path) -> None:
    picture = eye.see(solid(tmp_path / "a.png", (200, 40, 90), (600, 400)))

    assert (picture.image.width(), picture.image.height()) == (300, 200)
    assert picture.image.format() == QImage.Format.Format_RGB32
    assert (picture.source, picture.format, picture.frames) == (Box(600, 400), "PNG", 1)
    assert is_near(colour(picture, 150, 100), (200, 40, 90, 255))


def test_transparency_comes_premultiplied(eye: Eye, tmp_path: Path) -> None:
    picture = eye.see(rgba(tmp_path / "a.png", (224, 32, 32, 128)))

    assert picture.image.format() == QImage.Format.Format_ARGB32_Premultiplied
    assert is_near(colour(picture, 30, 20), (224, 32, 32, 128))


def test_a_large_picture_outlives_its_worker_and_its_loader(eye: Eye, tmp_path: Path) -> None:
    picture = eye.see(solid(tmp_path / "a.png", (200, 40, 90), (1600, 900)), Box(1600, 900))
    eye.loader.close()

    assert picture.nbytes == 1600 * 900 * 4
    assert is_near(colour(picture, 1599, 899), (200, 40, 90, 255))


def test_the_frames_of_an_animation_are_told_apart(eye: Eye, tmp_path: Path) -> None:
    path = str(animated(tmp_path / "a.gif"))
    requests = [PictureRequest(path, CURRENT, frame) for frame in range(3)]
    eye.loader.request("animation", requests)
    eye.sees(*requests)

    assert len({colour(eye.pictures[request], 5, 5) for request in requests}) == 3
    assert eye.pictures[requests[0]].frames >= 3


def test_bad_files_cost_nothing_but_themselves(eye: Eye, tmp_path: Path) -> None:
    good = solid(tmp_path / "good.jpg")
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "text.jpg").write_text("not a picture")
    os.mkfifo(tmp_path / "pipe.jpg")
    truncated(photo(tmp_path / "photo.jpg", (600, 400)), tmp_path / "half.png", keep=20)
    names = ["empty.jpg", "text.jpg", "pipe.jpg", "half.png", "gone.jpg", "good.jpg"]
    requests = [PictureRequest(str(tmp_path / name), CURRENT) for name in names]
    eye.loader.request("prefetch", requests)
    eye.sees(*requests)

    assert [eye.failures.get(request) for request in requests] == [
        "empty", "unknown-format", "not-a-file", eye.failures[requests[3]], "missing", None
    ]
    assert eye.failures[requests[3]] in {"damaged", "unknown-format"}
    assert eye.pictures[requests[5]].format == "JPEG"
    assert str(good) == requests[5].path


def test_the_readable_part_of_a_jpeg_is_shown_from_when_it_is_asked_for(eye: Eye, tmp_path: Path) -> None:
    path = truncated(photo(tmp_path / "whole.jpg", (600, 400)), tmp_path / "a.jpg", keep=0.5)
    request, small = PictureRequest(str(path), CURRENT), PictureRequest(str(path), Box(256, 256))
    eye.loader.request("current", [request])
    eye.sees(request)
    assert eye.failures.pop(request) == "damaged"

    assert eye.loader.set_partial(partial=True)
    assert not eye.loader.set_partial(partial=True), "nothing is forgotten"
    eye.sees(request)
    eye.loader.request("thumbnail", [small])
    eye.sees(small)
    assert eye.pictures[request].incomplete
    assert eye.pictures[small].incomplete

    assert eye.writer.done(30_000)
    assert not [*Path(eye.writer.root).glob("large/*")], "no other program takes it for the picture"
    assert eye.loader.set_partial(partial=False)
    eye.until(lambda: request in eye.failures)


def test_a_file_that_was_bad_and_has_been_replaced_is_shown(eye: Eye, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_text("not a picture")
    request = PictureRequest(str(path), CURRENT)
    eye.loader.request("current", [request])
    eye.sees(request)
    assert eye.failures.pop(request) == "unknown-format"
    solid(path)
    eye.loader.request("current", [])

    assert eye.see(path).format == "PNG"
    assert eye.loader.failure(str(path)) is None


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_killing_every_worker_in_the_middle_of_it_loses_nothing(
    eye: Eye, tmp_path: Path, sent: signal.Signals
) -> None:
    paths = [photo(tmp_path / f"{number}.jpg", (1200, 800), seed=number) for number in range(6)]
    requests = [PictureRequest(str(path), CURRENT) for path in paths]
    eye.loader.request("prefetch", requests)
    eye.until(lambda: len(eye.pictures) >= 2)
    for pid in eye.pool.pids:
        os.kill(pid, sent)
    eye.sees(*requests)

    assert eye.failures == {}


def test_a_stopped_worker_costs_its_deadline_and_nothing_else(qtbot: QtBot, tmp_path: Path) -> None:
    eye = Eye(qtbot)
    eye.see(solid(tmp_path / "a.png"))
    stopped = eye.pool.pids[0]
    os.kill(stopped, signal.SIGSTOP)
    request = PictureRequest(str(solid(tmp_path / "b.png")), CURRENT)
    eye.loader.request("current", [request])
    pass_deadlines(eye.pool, [stopped])
    eye.until(lambda: request in eye.pictures)

    assert eye.failures == {request: "too-slow"}
    eye.close()


def test_the_first_picture_can_be_begun_before_there_is_a_loader(qtbot: QtBot, tmp_path: Path) -> None:
    path = str(solid(tmp_path / "a.png"))
    early = WorkerProcess.start()
    early.send_allowed_paths(allowed_paths_of(str(tmp_path), ["a.png"], first=path, thumbnails=str(thumbnail_root())))
    early.send(Request(0, "picture", path, 300, 300, 360_000), SharedBuffer(360_000))
    eye = Eye(qtbot, early)
    request = PictureRequest(path, CURRENT)
    eye.loader.request("current", [request])
    eye.sees(request)

    assert early.pictures == 1
    eye.close()


class _Noting(ThumbnailWriter):
    """Notes what it is given to keep."""

    def __init__(self) -> None:
        super().__init__(thumbnail_root())
        self.kept: list[int] = []

    def keep(self, path: str, box: Box, image: QImage, *, source: Box, format_name: str, identity: Identity) -> None:
        self.kept.append(max(image.width(), image.height()))
        super().keep(path, box, image, source=source, format_name=format_name, identity=identity)


def test_a_camera_s_thumbnail_is_shown_first_but_not_kept_for_the_desktop(qtbot: QtBot, tmp_path: Path) -> None:
    eye = Eye(qtbot, writer=_Noting())
    request = PictureRequest(str(with_embedded(tmp_path / "a.jpg", barred((160, 120), (160, 107)), size=(1500, 1000))),
                Box(256, 256))
    widths: list[int] = []
    eye.loader.arrived.connect(lambda _, picture: widths.append(picture.image.width()))
    eye.loader.request("thumbnail", [request])
    eye.until(lambda: len(widths) == 2)

    assert widths == [160, 256]
    assert isinstance(eye.writer, _Noting)
    assert eye.writer.kept == [256]
    eye.close()


def test_a_thumbnail_made_once_is_found_by_the_next_program(eye: Eye, qtbot: QtBot, tmp_path: Path) -> None:
    path = numbered(tmp_path / "№ 7.jpg", 7)
    request = PictureRequest(str(path), Box(256, 256))
    eye.loader.request("thumbnail", [request])
    eye.sees(request)
    assert eye.writer.done(30_000)
    (made,) = (thumbnail_root() / "large").iterdir()
    with Image.open(made) as image:
        assert image.size == (256, 171)
        image.paste((1, 2, 3), (0, 0, 256, 171))
        text = {str(key): str(value) for key, value in image.info.items()}
        _save_as_thumbnail(image, made, text)
    other = Eye(qtbot)
    other.loader.request("thumbnail", [request])
    other.sees(request)

    assert colour(other.pictures[request], 100, 100) == (1, 2, 3, 255)
    other.close()
    with Image.open(made) as image:
        assert image.getpixel((100, 100)) == (1, 2, 3)  # it was not written again


def test_a_file_without_a_thumbnail_is_noted_as_such(eye: Eye, tmp_path: Path) -> None:
    path = truncated(photo(tmp_path / "whole.png", (300, 200)), tmp_path / "half.png", keep=0.5)
    request = PictureRequest(str(path), Box(256, 256))
    eye.loader.request("thumbnail", [request])
    eye.sees(request)
    assert eye.writer.done(30_000)

    (note,) = (thumbnail_root() / "fail").glob("liftoff-*/*.png")
    with Image.open(note) as image:
        assert image.info["Liftoff::Reason"] == eye.failures[request] == "damaged"


def _save_as_thumbnail(image: Image.Image, path: Path, text: dict[str, str]) -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    for key, value in text.items():
        info.add_text(key, value)
    image.save(path, pnginfo=info)


confined = pytest.mark.skipif(
    "landlock" not in getattr(sandbox_here(), "layers", ()), reason="workers cannot be told where to read here"
)


def opened(folder: Path, *files: str) -> Gallery:
    return Gallery(tuple(map(Slide, files)), folder)


def lone_link(folder: Path, number: int) -> str:
    """A picture that lies in a folder of its own, and a link to it in `folder`."""
    beside = folder.parent / f"disk {number}"
    beside.mkdir()
    numbered(beside / "a.jpg", number)
    folder.mkdir(exist_ok=True)
    (folder / f"{number}.jpg").symlink_to(beside / "a.jpg")
    return f"{number}.jpg"


@confined
def test_workers_are_told_to_read_where_the_gallery_is(eye: Eye, tmp_path: Path) -> None:
    solid(tmp_path / "a.png")
    eye.loader.access_policy.set_gallery(opened(tmp_path, "a.png"))
    picture = eye.see(tmp_path / "a.png")

    assert (picture.image.width(), picture.image.height()) == (60, 40)
    assert [process.allowed_paths.folders for process in eye.processes() if process.allowed_paths] == [(str(tmp_path),)]


@confined
def test_pictures_behind_links_are_shown_all_the_same(eye: Eye, tmp_path: Path) -> None:
    folder = tmp_path / "chosen"
    names = [lone_link(folder, number) for number in range(1, 9)]
    eye.loader.access_policy.set_gallery(opened(folder, *names))
    requests = [PictureRequest(str(folder / name), Box(300, 300)) for name in names]
    eye.loader.request("prefetch", requests)
    eye.sees(*requests)

    assert eye.failures == {}
    assert len(eye.started) <= 6, "the neighbours of the first link came with it"


@confined
def test_a_folder_that_was_put_in_later_is_read(eye: Eye, tmp_path: Path) -> None:
    eye.loader.access_policy.set_gallery(opened(tmp_path, "here.png", "stick/there.png"))
    eye.see(solid(tmp_path / "here.png"))
    outside = tmp_path.parent / f"{tmp_path.name} stick"
    outside.mkdir()
    solid(outside / "there.png")  # not below what was there, as a stick is not
    (tmp_path / "stick").symlink_to(outside)

    assert eye.see(tmp_path / "stick" / "there.png").source == Box(60, 40)


@confined
def test_a_file_that_is_replaced_behind_its_link_is_read_again(eye: Eye, tmp_path: Path) -> None:
    name = lone_link(tmp_path / "chosen", 1)
    eye.loader.access_policy.set_gallery(opened(tmp_path / "chosen", name))
    link, target = tmp_path / "chosen" / name, tmp_path / "disk 1" / "a.jpg"
    for size in ((60, 40), (90, 40), (120, 40)):
        solid(tmp_path / "fresh.jpg", size=size).replace(target)
        eye.loader.forget()
        eye.pictures.clear()

        assert eye.see(link).source == Box(*size)


@confined
def test_another_gallery_gets_workers_of_its_own(eye: Eye, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        solid(tmp_path / name / "a.png")
    eye.loader.access_policy.set_gallery(opened(tmp_path / "one", "a.png"))
    eye.see(tmp_path / "one" / "a.png")
    before = eye.pool.pids
    eye.loader.access_policy.set_gallery(opened(tmp_path / "two", "a.png"))
    eye.see(tmp_path / "two" / "a.png")

    assert not set(before) & set(eye.pool.pids)
    allowed = {process.allowed_paths.folders for process in eye.processes() if process.allowed_paths}
    assert allowed == {(str(tmp_path / "two"),)}


@confined
def test_the_same_gallery_read_anew_keeps_its_workers(eye: Eye, tmp_path: Path) -> None:
    solid(tmp_path / "a.png")
    eye.loader.access_policy.set_gallery(opened(tmp_path, "a.png"))
    eye.see(tmp_path / "a.png")
    before = eye.pool.pids
    eye.loader.access_policy.set_gallery(opened(tmp_path, "a.png", "b.png"))

    assert eye.pool.pids == before


@confined
def test_the_sandbox_of_the_workers_is_logged_once(eye: Eye, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    sandbox = sandbox_here()
    assert sandbox is not None
    caplog.set_level("INFO", logger="liftoff.imaging")
    for name in ("a.png", "b.png", "c.png"):
        eye.see(solid(tmp_path / name))

    assert [record.message for record in caplog.records if "decoded in" in record.message] == [
        f"Pictures are decoded in {sandbox.summary()}."
    ]


def test_a_region_comes_with_its_place_and_is_not_taken_for_the_picture(eye: Eye, tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", (900, 600))
    whole = eye.see(path, Box(900, 600))
    eye.loader.request("current", [])
    eye.loader.forget()
    request = PictureRequest(str(path), Box(900, 600), region=Region(100, 200, 300, 250))
    eye.loader.request("current", [request])
    eye.sees(request)
    part = eye.pictures[request]

    assert part.place == Place(100, 200, Box(900, 600))
    assert part.source == Box(900, 600)
    assert part.image == whole.image.copy(100, 200, 300, 250)
    assert eye.loader.picture(request) == part
    assert eye.loader.picture(PictureRequest(str(path), Box(900, 600))) is None
    assert eye.loader.best(str(path)) is None
    assert whole.place is None


def test_a_region_that_would_push_out_all_else_is_not_kept(eye: Eye, tmp_path: Path) -> None:
    eye.loader.set_budgets(4 * 900 * 600, 1 << 20)
    neighbour = eye.see(solid(tmp_path / "b.png", (200, 40, 90), (300, 300)))
    request = PictureRequest(str(photo(tmp_path / "a.jpg", (900, 600))), Box(900, 600), region=Region(0, 0, 800, 600))
    eye.loader.request("current", [request])
    eye.sees(request)

    assert eye.pictures[request].image.size() == QSize(800, 600)
    assert eye.loader.picture(request) is None
    assert eye.loader.best(str(tmp_path / "b.png")) == neighbour


def test_a_region_at_the_edge_of_a_picture_smaller_than_its_box_is_what_there_is(eye: Eye, tmp_path: Path) -> None:
    request = PictureRequest(str(photo(tmp_path / "a.png", (900, 600))), Box(900, 601), region=Region(880, 590, 300,
                                                                                                      250))
    eye.loader.request("current", [request])
    eye.sees(request)

    assert eye.pictures[request].image.size() == QSize(20, 10)
    assert eye.pictures[request].place == Place(880, 590, Box(900, 600))


def test_a_region_may_be_one_of_a_picture_too_large_to_be_carried_over_whole() -> None:
    request = PictureRequest("a.jpg", Box(20_000, 10_000), region=Region(19_000, 9_000, 2000, 800))
    box, region, capacity = dimensions_of(request)

    assert (box, region, capacity) == (Box(20_000, 10_000), Region(19_000, 9_000, 1000, 800), 4 * 1000 * 800)
    assert dimensions_of(PictureRequest("a.jpg", Box(20_000, 10_000)))[0].width < 20_000
