"""Workers may read the folders that the gallery's pictures lie in, and no wider than need be."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from viewer.gallery.formats.folder import slides_from_names
from viewer.gallery.formats.json_slides import JsonSlides
from viewer.gallery.lazy_slides import LAZY_FROM, Identities, LazySlides
from viewer.gallery.model import Gallery, Slide
from viewer.gallery.open import open_source
from viewer.imaging.pool.read_access import AccessPolicy, allowed_paths_of, side_files
from viewer.imaging.protocol.handshake import LONGEST_ALLOWED_PATHS, AllowedPaths, write_allowed_paths

if sys.platform != "linux":
    pytest.skip("elsewhere workers are not told where to read", allow_module_level=True)


def gallery(*files: str, folder: str = "/photos") -> Gallery:
    return Gallery(tuple(map(Slide, files)), Path(folder))


@pytest.mark.parametrize(("files", "folders"), [
    (["a.jpg", "b.jpg"], ("/data/photos",)), (["2018/a.jpg", "2019/b.jpg"], ("/data/photos/2018", "/data/photos/2019")),
    (["a.jpg", "2018/b.jpg"], ("/data/photos", "/data/photos/2018")), (["/disk/a.jpg"], ("/disk",)),
    (["../a.jpg"], ("/data/photos/..",)), ([], ()), (["MAX/a.jpg"], ("/data/photos/MAX",)),
])
def test_folders_are_those_of_the_files(files: list[str], folders: tuple[str, ...]) -> None:
    assert allowed_paths_of("/data/photos", files).folders == folders


def test_a_folder_that_is_named_from_where_one_stands_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert allowed_paths_of("photos", ["a.jpg"]).folders == (f"{tmp_path}/photos",)


@pytest.mark.parametrize("wide", ["{home}", "/", "{home}/..", "{home}/photos/.."])
def test_of_a_folder_that_holds_more_than_pictures_only_the_pictures_are_opened_up(wide: str, home: Path) -> None:
    folder = wide.format(home=home)
    allowed_paths = allowed_paths_of(folder, ["a.jpg", "b.jpg", "photos/c.jpg"])

    assert allowed_paths.files == (f"{folder.rstrip('/')}/a.jpg", f"{folder.rstrip('/')}/b.jpg")
    assert allowed_paths.folders == (f"{folder.rstrip('/')}/photos",)


def test_a_folder_of_too_many_pictures_to_name_is_opened_up_even_so(home: Path) -> None:
    assert allowed_paths_of(str(home), [f"{number:0100}.jpg" for number in range(1000)]).folders == (str(home),)


def test_too_many_folders_become_those_above_them(home: Path) -> None:
    files = [f"{year}/{day:03}/{'x' * 40}/a.jpg" for year in range(2000, 2020) for day in range(365)]
    allowed_paths = allowed_paths_of(str(home / "photos"), files)

    assert set(allowed_paths.folders) == {f"{home}/photos/{year}" for year in range(2000, 2020)}
    assert len(write_allowed_paths(allowed_paths)) <= LONGEST_ALLOWED_PATHS


def test_too_many_folders_in_a_home_never_become_the_home(home: Path) -> None:
    allowed_paths = allowed_paths_of(str(home), [f"{number:0200}/a.jpg" for number in range(1000)])

    assert str(home) not in allowed_paths.folders
    assert len(write_allowed_paths(allowed_paths)) <= LONGEST_ALLOWED_PATHS


@pytest.fixture
def told() -> list[AllowedPaths]:
    """What workers were told, one after another."""
    return []


@pytest.fixture
def policy(told: list[AllowedPaths]) -> AccessPolicy:
    return AccessPolicy(told.append, "/thumbnails")


def test_of_a_picture_in_a_folder_with_side_files_those_beside_it_may_be_asked_for(
    policy: AccessPolicy, told: list[AllowedPaths], home: Path,
) -> None:
    slides = (Slide("a.jpg"), Slide("sub/b.jpg"))
    policy.set_gallery(Gallery(slides, home, side_endings=frozenset({".xmp"})))

    assert policy.beside("/photos/a.jpg") == ("/photos/a.jpg.xmp", "/photos/a.xmp")
    assert told[-1].files == tuple(f"{home}/{name}" for name in ("a.jpg", "a.jpg.xmp", "a.xmp"))


def test_in_a_folder_without_side_files_there_is_nothing_beside_a_picture(policy: AccessPolicy) -> None:
    policy.set_gallery(gallery("a.jpg"))

    assert policy.beside("/photos/a.jpg") == ()
    assert side_files("/photos/a.jpg", frozenset()) == ()


def test_opening_another_gallery_leaves_the_first_one_s_folders(policy: AccessPolicy, told: list[AllowedPaths]) -> None:
    policy.set_gallery(gallery("a.jpg"))
    policy.set_gallery(gallery("b.jpg", folder="/others"))

    assert [allowed_paths.folders for allowed_paths in told] == [("/photos",), ("/others",)]
    assert told[-1] == AllowedPaths(("/others",), (), "/thumbnails")


def test_what_is_requested_from_the_gallery_changes_nothing(policy: AccessPolicy, told: list[AllowedPaths]) -> None:
    policy.set_gallery(gallery("a.jpg"))
    policy.allow("/photos/b.jpg")

    assert len(told) == 1


def test_what_is_requested_from_elsewhere_is_allowed_once(policy: AccessPolicy, told: list[AllowedPaths]) -> None:
    policy.set_gallery(gallery("a.jpg"))
    policy.allow("/others/b.jpg")
    policy.allow("/others/b.jpg")

    assert len(told) == 2
    assert set(told[-1].folders) == {"/photos", "/others"}


def test_what_is_requested_before_any_gallery_is_allowed(policy: AccessPolicy, told: list[AllowedPaths]) -> None:
    policy.allow("/photos/b.jpg")

    assert [allowed_paths.folders for allowed_paths in told] == [("/photos",)]


def test_a_link_is_named_with_its_neighbours_and_tried_once(policy: AccessPolicy, told: list[AllowedPaths]) -> None:
    policy.set_gallery(gallery("a.jpg", "b.jpg", "c.jpg"))

    assert policy.retry_outside("/photos/b.jpg")
    assert told[-1].files == ("/photos/b.jpg", "/photos/c.jpg", "/photos/a.jpg")
    assert not policy.retry_outside("/photos/b.jpg")


def test_a_link_that_could_be_read_once_is_tried_again_when_it_cannot(
    policy: AccessPolicy, told: list[AllowedPaths],
) -> None:
    policy.set_gallery(gallery("a.jpg"))
    policy.retry_outside("/photos/a.jpg")
    policy.note_read("/photos/a.jpg")
    before = policy.current

    assert policy.retry_outside("/photos/a.jpg")
    assert before is not None
    assert policy.current is not None
    assert not before.satisfies(policy.current), "the same names, which lead to other files by now"
    assert not policy.retry_outside("/photos/a.jpg")
    policy.forget()
    assert policy.retry_outside("/photos/a.jpg")
    assert policy.current is told[-1]
    assert len(told) == 3, "only an older worker can have said that"


def test_what_an_older_worker_says_of_a_link_that_was_named_since_changes_nothing(
    policy: AccessPolicy, told: list[AllowedPaths],
) -> None:
    policy.set_gallery(gallery("a.jpg", "b.jpg"))
    policy.retry_outside("/photos/a.jpg")

    assert policy.retry_outside("/photos/b.jpg")
    assert len(told) == 2


def test_of_a_large_list_only_its_folder_is_told_and_none_of_its_slides_read(
    policy: AccessPolicy, told: list[AllowedPaths], tmp_path: Path,
) -> None:
    place = tmp_path / "gallery.json"
    place.write_text(json.dumps({
        "format": "photo-manifest", "version": 1,
        "slides": [{"file": f"{number}/a.jpg"} for number in range(LAZY_FROM)],
    }))
    opened = open_source(place).gallery
    assert isinstance(opened.slides, JsonSlides)
    policy.set_gallery(opened)

    assert told[-1].folders == (str(tmp_path),)


def test_of_a_large_folder_only_itself_is_told_until_one_of_its_files_turns_out_to_lie_elsewhere(
    policy: AccessPolicy, told: list[AllowedPaths],
) -> None:
    slides = slides_from_names([f"{number:04}.jpg" for number in range(LAZY_FROM)])
    policy.set_gallery(Gallery(slides, Path("/photos")))
    assert told[-1][:2] == (("/photos",), ())

    assert policy.retry_outside("/photos/0007.jpg")
    assert told[-1].files[:2] == ("/photos/0007.jpg", "/photos/0008.jpg")


def test_a_home_folder_with_more_pictures_than_can_be_named_is_told_whole(
    policy: AccessPolicy, told: list[AllowedPaths], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/home/someone")
    names = [f"{number:04}.jpg" for number in range(LAZY_FROM)]
    policy.set_gallery(Gallery(slides_from_names(names), Path("/home/someone")))

    assert told[-1][:2] == (("/home/someone",), ())


def test_being_strict_is_part_of_what_workers_are_told(policy: AccessPolicy, told: list[AllowedPaths]) -> None:
    policy.require_sandbox(True)
    assert told == []
    policy.set_gallery(gallery("a.jpg"))
    policy.require_sandbox(False)

    assert [allowed_paths.strict for allowed_paths in told] == [True, False]


def test_nothing_but_the_folder_is_allowed_unless_more_is_asked_for() -> None:
    assert allowed_paths_of("/data/photos", ["a.jpg"]) == AllowedPaths(("/data/photos",))


def test_the_first_picture_is_listed_in_any_case(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)

    assert allowed_paths_of("/data", ["a.jpg"], first="/data/b.jpg").files == ("/data/b.jpg",)
    assert allowed_paths_of(str(home), ["a.jpg"], first="b.jpg").files == (f"{home}/b.jpg", f"{home}/a.jpg")


def test_a_folder_whose_name_only_begins_like_the_home_is_no_home(home: Path) -> None:
    folder = str(home)[:-1]

    assert allowed_paths_of(folder, ["a.jpg"]) == AllowedPaths((folder,))


def test_too_many_folders_become_one_two_levels_down_but_never_one_below_the_root() -> None:
    files = [f"{number:0200}/a.jpg" for number in range(1000)]

    assert allowed_paths_of("/data/photos", files).folders == ("/data/photos",)
    assert "/data" not in allowed_paths_of("/data", files).folders


class Unread(LazySlides):
    """A large gallery whose slides must not be read one by one."""

    def identities(self) -> Identities:
        raise AssertionError("not asked for")

    def _parse(self, index: int) -> Slide:
        raise AssertionError(f"slide {index} is read")


def test_no_slide_of_a_large_list_is_read(policy: AccessPolicy, told: list[AllowedPaths]) -> None:
    policy.set_gallery(Gallery(Unread(LAZY_FROM), Path("/photos")))

    assert told[-1].folders == ("/photos",)


def test_what_is_requested_before_any_gallery_is_told_as_for_a_gallery(
    policy: AccessPolicy, told: list[AllowedPaths],
) -> None:
    policy.note_read("/photos/a.jpg")
    policy.require_sandbox(True)
    policy.allow("/photos/b.jpg")

    assert told == [AllowedPaths(("/photos",), (), "/thumbnails", strict=True)]


def test_a_link_is_followed_although_no_gallery_is_open(policy: AccessPolicy, told: list[AllowedPaths]) -> None:
    policy.allow("/photos/a.jpg")

    assert policy.retry_outside("/photos/a.jpg")
    assert told[-1].files == ("/photos/a.jpg",)


def test_what_is_requested_from_elsewhere_leaves_the_files_that_are_listed(
    policy: AccessPolicy, told: list[AllowedPaths], home: Path,
) -> None:
    policy.set_gallery(gallery("a.jpg", folder=str(home)))
    policy.allow("/others/b.jpg")

    assert told[-1][:2] == (("/others",), (f"{home}/a.jpg",))


def test_links_from_elsewhere_are_listed_first_and_none_of_them_is_lost(
    policy: AccessPolicy, told: list[AllowedPaths],
) -> None:
    policy.set_gallery(gallery("a.jpg", "b.jpg"))
    policy.retry_outside("/others/x.jpg")
    policy.retry_outside("/others/y.jpg")

    assert [allowed_paths.files for allowed_paths in told[1:]] == [
        ("/others/x.jpg", "/photos/a.jpg", "/photos/b.jpg"),
        ("/others/y.jpg", "/others/x.jpg", "/photos/a.jpg", "/photos/b.jpg"),
    ]


def test_a_file_that_was_read_before_it_was_listed_was_no_link_then(
    policy: AccessPolicy, told: list[AllowedPaths],
) -> None:
    policy.set_gallery(gallery("a.jpg", "b.jpg"))
    policy.note_read("/photos/b.jpg")
    policy.retry_outside("/photos/a.jpg")

    assert policy.retry_outside("/photos/b.jpg")
    assert len(told) == 2


def test_a_show_that_is_kept_inside_allows_its_folder_alone(policy: AccessPolicy, told: list[AllowedPaths]) -> None:
    policy.keep_inside()
    policy.set_gallery(gallery("a.jpg", "sub/b.jpg", "/others/c.jpg", "../d.jpg"))

    assert told == [AllowedPaths(("/photos",), (), "/thumbnails")]


def test_a_show_that_is_kept_inside_has_fresh_workers_look_once_at_what_lay_outside(
    policy: AccessPolicy, told: list[AllowedPaths],
) -> None:
    policy.keep_inside()
    policy.set_gallery(gallery("a.jpg"))

    assert policy.retry_outside("/photos/a.jpg")
    assert not policy.retry_outside("/photos/a.jpg")
    assert [allowed_paths.files for allowed_paths in told] == [(), ()], "a link is not allowed by being met"
    assert not told[0].satisfies(told[1])


def test_a_show_kept_inside_a_home_names_its_pictures(
    policy: AccessPolicy, told: list[AllowedPaths], home: Path,
) -> None:
    policy.keep_inside()
    policy.set_gallery(gallery("a.jpg", folder=str(home)))

    assert told[-1][:2] == ((), (f"{home}/a.jpg",))
