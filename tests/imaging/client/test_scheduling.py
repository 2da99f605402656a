"""What is wanted, in which order, and what has become of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from viewer.imaging.client.picture import PictureRequest
from viewer.imaging.client.scheduling import PRIORITIES, RequestLists, RequestState, priority_order
from viewer.imaging.protocol.messages import Box

if TYPE_CHECKING:
    from viewer.imaging.protocol.messages import Kind

A, B, C = (PictureRequest(f"{name}.jpg", Box(9, 9)) for name in "abc")


def nothing_at_hand(_: PictureRequest) -> None:
    """The cache is empty."""


def test_while_a_key_is_held_the_slides_that_pass_go_before_the_current_one_and_nothing_else_is_decoded() -> None:
    order = priority_order(set(), paging=True, current_waits=True)

    assert order == (("animation", None), ("preview", None), ("current", None))


def test_while_the_current_slide_waits_thumbnails_go_before_its_neighbours() -> None:
    order = priority_order(set(), paging=False, current_waits=True)

    assert order == (("current", None), ("animation", None), ("thumbnail", None), ("prefetch", None), ("copy", None))


@pytest.mark.parametrize(("kinds", "one_each"), [
    (set(), [("prefetch", 1), ("thumbnail", 1)]),
    ({"picture"}, [("thumbnail", 1)]),
    ({"thumbnail"}, [("prefetch", 1)]),
    ({"picture", "thumbnail"}, []),
])
def test_neighbours_leave_one_worker_to_the_thumbnails(kinds: set[Kind], one_each: list[tuple[str, int]]) -> None:
    order = priority_order(kinds, paging=False, current_waits=False)

    assert order[:2] == (("current", None), ("animation", None))
    assert list(order[2:-3]) == one_each
    assert order[-3:] == (("prefetch", None), ("copy", None), ("thumbnail", None))


def test_what_is_wanted_waits_in_the_order_it_was_asked_for() -> None:
    lists = RequestLists()
    lists.replace("prefetch", [B, A], nothing_at_hand)

    assert lists.waiting("prefetch") == (B, A)
    assert lists.has("prefetch")
    assert not lists.has("thumbnail")


def test_a_new_list_replaces_the_old_one_and_no_other() -> None:
    lists = RequestLists()
    lists.replace("prefetch", [A, B], nothing_at_hand)
    lists.replace("thumbnail", [C], nothing_at_hand)
    lists.replace("prefetch", [B], nothing_at_hand)

    assert (lists.waiting("prefetch"), lists.waiting("thumbnail")) == ((B,), (C,))


def test_what_is_at_hand_is_not_decoded_and_what_is_rough_is_made_better_later() -> None:
    lists = RequestLists()
    at_hand = {A: RequestState.DONE, B: RequestState.ROUGH}
    lists.replace("thumbnail", [A, B, C], at_hand.get)

    assert lists.waiting("thumbnail") == (C,)
    assert lists.rough("thumbnail") == (B,)


def test_a_failure_is_remembered_while_the_request_stays_in_the_list() -> None:
    lists = RequestLists()
    lists.replace("current", [A, B], nothing_at_hand)
    lists.set_state(A, RequestState.FAILED)
    lists.set_state(B, RequestState.RETRYING)
    lists.replace("current", [A, B, C], nothing_at_hand)

    assert lists.waiting("current") == (B, C)
    assert lists.set_state(B, RequestState.DONE) == {RequestState.RETRYING}

    lists.replace("current", [], nothing_at_hand)
    lists.replace("current", [A], nothing_at_hand)
    assert lists.waiting("current") == (A,)


def test_a_failure_counts_although_a_rough_picture_is_at_hand_but_not_beside_a_good_one() -> None:
    lists = RequestLists()
    for state, after in ((RequestState.ROUGH, RequestState.FAILED), (RequestState.DONE, RequestState.DONE)):
        lists.replace("thumbnail", [A], nothing_at_hand)
        lists.set_state(A, RequestState.FAILED)
        lists.replace("thumbnail", [A], {A: state}.get)

        assert lists.set_state(A, RequestState.WAITING) == {after}


def test_what_became_of_a_request_counts_in_every_list_that_it_is_in() -> None:
    lists = RequestLists()
    lists.replace("current", [A], nothing_at_hand)
    lists.replace("copy", [B, A], nothing_at_hand)
    assert list(lists.all_waiting()) == [A, B, A]

    assert lists.set_state(A, RequestState.DONE) == {RequestState.WAITING}
    assert list(lists.all_waiting()) == [B]
    assert lists.set_state(C, RequestState.DONE) == set()


def test_a_file_that_changed_is_decoded_again_and_the_others_are_not() -> None:
    lists = RequestLists()
    for priority in PRIORITIES:
        lists.replace(priority, [A, B], {A: RequestState.DONE, B: RequestState.DONE}.get)
    lists.reset(lambda request: request.path == A.path)

    assert list(lists.all_waiting()) == [A] * len(PRIORITIES)


def test_in_the_end_nothing_is_wanted() -> None:
    lists = RequestLists()
    lists.replace("current", [A], nothing_at_hand)
    lists.clear()

    assert not lists.has("current")
