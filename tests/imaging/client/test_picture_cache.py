"""Which decoded pictures are kept, and how they are found again."""

from __future__ import annotations

import sys

import pytest

from tests.fakes import a_picture
from viewer.imaging.client.picture import Picture, PictureRequest
from viewer.imaging.client.picture_cache import PictureCache, neighbours_that_fit, pictures_budget
from viewer.imaging.protocol.messages import Box, Identity, Region

BOX = Box(300, 200)
REQUEST = PictureRequest("a.jpg", BOX)
PICTURE_BYTES = 4 * 300 * 200
FULL_HD = Box(1920, 1080)
MIB = 1 << 20


def test_ten_pictures_of_the_viewports_size_are_kept_where_the_limit_allows_it() -> None:
    assert pictures_budget(FULL_HD, 1 << 40) == 10 * 4 * 1920 * 1080
    assert pictures_budget(FULL_HD, 50 * MIB) == 50 * MIB


@pytest.mark.parametrize("viewport", [Box(0, 0), Box(100, 100)])
def test_however_small_the_viewport_is_32_mebibytes_may_be_kept(viewport: Box) -> None:
    assert pictures_budget(viewport, 1 << 40) == 32 * MIB


def test_three_quarters_of_the_memory_are_for_neighbours_and_one_is_decoded_in_any_case() -> None:
    four = 4 * 4 * 1920 * 1080

    assert neighbours_that_fit(FULL_HD, four) == 3
    assert neighbours_that_fit(FULL_HD, four - 1) == 3  # the frames' quarter is rounded down
    assert neighbours_that_fit(FULL_HD, four - 4) == 2
    assert neighbours_that_fit(FULL_HD, 0) == 1
    assert neighbours_that_fit(Box(0, 0), 16) == 3  # before the window is laid out: pictures of one pixel


def cache_of(pictures: int = 100, thumbnails: int = 100) -> PictureCache:
    """Room for so many pictures of `BOX`, beside a quarter more for frames, and so many thumbnails."""
    return PictureCache(pictures * PICTURE_BYTES * 4 // 3, thumbnails * PICTURE_BYTES)


def test_what_was_decoded_is_found_by_its_request() -> None:
    cache, picture = cache_of(), a_picture(BOX)
    cache.put("picture", REQUEST, picture)

    assert cache.get(REQUEST) is picture
    assert cache.get(REQUEST._replace(path="b.jpg")) is None


def test_a_box_of_another_shape_that_gives_the_same_pixels_is_answered_too() -> None:
    cache, picture = cache_of(), a_picture(BOX)
    cache.put("picture", REQUEST, picture)

    assert cache.get(REQUEST._replace(box=Box(300, 999))) is picture
    assert cache.get(REQUEST._replace(box=Box(999, 200))) is picture
    assert cache.get(REQUEST._replace(box=Box(301, 999))) is None
    assert cache.get(REQUEST._replace(box=Box(999, 201))) is None


def test_a_picture_in_full_answers_every_box_that_is_larger() -> None:
    cache, picture = cache_of(), a_picture()
    cache.put("picture", REQUEST._replace(box=Box(600, 400)), picture)

    assert cache.get(REQUEST._replace(box=Box(5000, 5000))) is picture
    assert cache.get(REQUEST._replace(box=Box(599, 400))) is None


def test_a_region_is_found_by_its_own_request_alone() -> None:
    cache, whole, part = cache_of(), a_picture(BOX), a_picture(BOX)
    region = REQUEST._replace(region=Region(0, 0, 100, 100))
    cache.put("picture", REQUEST, whole)
    assert cache.get(region) is None
    cache.put("picture", region, part)

    assert cache.get(region) is part
    assert cache.get(region._replace(box=Box(300, 999))) is None
    assert cache.get(REQUEST) is whole
    cache.forget("a.jpg")
    cache.put("picture", region, part)
    assert cache.get(REQUEST._replace(box=Box(300, 999))) is None
    assert cache.best("a.jpg") is None


def test_frames_of_an_animation_are_not_mistaken_for_one_another() -> None:
    cache = cache_of()
    frames = [a_picture(BOX) for _ in range(3)]
    for number, frame in enumerate(frames):
        cache.put("picture", REQUEST._replace(frame=number), frame)

    wider = REQUEST._replace(box=Box(300, 999))
    assert [cache.get(wider._replace(frame=number)) for number in range(3)] == frames
    assert cache.get(wider._replace(frame=3)) is None
    assert cache.best("a.jpg") is frames[0]


def test_a_thumbnail_answers_the_request_it_was_made_for() -> None:
    cache, thumbnail = cache_of(), a_picture(BOX)
    cache.put("thumbnail", REQUEST, thumbnail)

    assert cache.get(REQUEST) is thumbnail
    assert cache.best("a.jpg") is thumbnail


def test_the_best_picture_of_a_file_is_the_one_with_the_most_pixels() -> None:
    cache = cache_of()
    thumbnail, large, small = (a_picture(box) for box in (Box(150, 100), Box(600, 400), Box(300, 200)))
    cache.put("thumbnail", REQUEST._replace(box=Box(150, 100)), thumbnail)
    assert cache.best("a.jpg") is thumbnail
    cache.put("picture", REQUEST._replace(box=Box(600, 400)), large)
    cache.put("picture", REQUEST, small)

    assert cache.best("a.jpg") is large
    assert cache.best("b.jpg") is None


def test_pictures_thumbnails_and_frames_do_not_evict_one_another() -> None:
    cache = cache_of(pictures=3, thumbnails=1)
    thumbnail = REQUEST._replace(box=Box(150, 100))
    cache.put("thumbnail", thumbnail, a_picture(Box(150, 100)))
    cache.put("picture", REQUEST, a_picture(BOX))
    for number in range(1, 9):
        cache.put("picture", REQUEST._replace(frame=number), a_picture(BOX))

    assert cache.get(REQUEST)
    assert cache.get(thumbnail)
    assert not cache.get(REQUEST._replace(frame=7))
    assert cache.get(REQUEST._replace(frame=8))


def numbered(number: int) -> PictureRequest:
    return REQUEST._replace(path=f"{number}.jpg")


def test_what_was_not_used_for_longest_makes_room_and_is_not_found_by_its_file_either() -> None:
    cache = cache_of(pictures=3)
    for number in range(4):
        cache.put("picture", numbered(number), a_picture(BOX))
        cache.get(numbered(0))

    assert [bool(cache.get(numbered(number))) for number in range(4)] == [True, False, True, True]
    assert cache.best("1.jpg") is None
    assert cache.identity("1.jpg") is None


def test_when_one_size_of_a_file_makes_room_the_others_are_still_found_by_it() -> None:
    cache, small = cache_of(pictures=2), a_picture(Box(150, 100))
    cache.put("picture", numbered(0), a_picture(BOX))
    cache.put("picture", numbered(0)._replace(box=Box(150, 100)), small)
    cache.put("picture", numbered(1), a_picture(BOX))

    assert cache.get(numbered(0)) is None
    assert cache.best("0.jpg") is small


def test_nothing_is_kept_of_a_request_whose_picture_made_room() -> None:
    cache, request = cache_of(pictures=2), numbered(0)
    before = sys.getrefcount(request)
    cache.put("picture", request, a_picture(BOX))
    cache.put("picture", request._replace(box=Box(30, 20)), a_picture(Box(30, 20)))
    cache.put("picture", numbered(1), a_picture(BOX))

    assert sys.getrefcount(request) == before


def test_a_picture_that_was_found_through_another_box_counts_as_used() -> None:
    cache = cache_of(pictures=2)
    cache.put("picture", numbered(0), a_picture(BOX))
    cache.put("picture", numbered(1), a_picture(BOX))
    cache.get(numbered(0)._replace(box=Box(300, 999)))
    cache.put("picture", numbered(2), a_picture(BOX))

    assert cache.get(numbered(0))
    assert not cache.get(numbered(1))


@pytest.mark.parametrize(("spare", "kept"), [(0, True), (-1, False)])
def test_a_region_that_takes_more_than_two_thirds_of_the_room_is_not_kept(spare: int, kept: bool) -> None:
    stills = PICTURE_BYTES * 3 // 2 + spare
    cache = PictureCache(0, 0)
    cache.set_budgets(stills + stills // 3, 0)
    region = REQUEST._replace(region=Region(0, 0, 300, 200))
    cache.put("picture", region, a_picture(BOX))

    assert bool(cache.get(region)) is kept


def test_smaller_budgets_take_effect_at_once_and_one_of_each_kind_stays() -> None:
    cache = cache_of()
    for number in range(4):
        cache.put("picture", numbered(number), a_picture(BOX))
        cache.put("picture", numbered(number)._replace(frame=1), a_picture(BOX))
        cache.put("thumbnail", numbered(number)._replace(box=Box(30, 20)), a_picture(Box(30, 20)))
    cache.set_budgets(4 * PICTURE_BYTES, 4 * 30 * 20 * 2)

    assert [bool(cache.get(numbered(number))) for number in range(4)] == [False, True, True, True]
    assert [bool(cache.get(numbered(number)._replace(frame=1))) for number in range(4)] == [False, False, False, True]
    assert [bool(cache.get(numbered(number)._replace(box=Box(30, 20)))) for number in range(4)] == [
        False, False, True, True]


@pytest.mark.parametrize("put", [("picture", 0), ("picture", 1), ("thumbnail", 0)])
def test_the_version_of_a_file_is_that_of_whatever_is_held_of_it(put: tuple[str, int]) -> None:
    cache = cache_of()
    picture: Picture = a_picture(BOX)._replace(identity=Identity(7, 8, 9))
    cache.put("thumbnail" if put[0] == "thumbnail" else "picture", REQUEST._replace(frame=put[1]), picture)
    assert cache.identity("a.jpg") == Identity(7, 8, 9)

    cache.forget("a.jpg")
    cache.forget("a.jpg")
    assert cache.identity("a.jpg") is None
    assert cache.get(REQUEST._replace(frame=put[1])) is None


def test_forgetting_one_file_gives_its_room_back_and_leaves_the_others() -> None:
    cache = cache_of(pictures=2)
    cache.put("picture", numbered(0), a_picture(BOX))
    cache.put("picture", numbered(1), a_picture(BOX))
    cache.forget("1.jpg")
    cache.put("picture", numbered(2), a_picture(BOX))

    assert cache.get(numbered(0))
    assert cache.get(numbered(2))


def test_clearing_forgets_every_kind() -> None:
    cache = cache_of()
    cache.put("picture", REQUEST, a_picture(BOX))
    cache.put("picture", REQUEST._replace(frame=1), a_picture(BOX))
    cache.put("thumbnail", REQUEST._replace(box=Box(30, 20)), a_picture(Box(30, 20)))
    cache.clear()

    assert cache.best("a.jpg") is None
    assert cache.identity("a.jpg") is None
