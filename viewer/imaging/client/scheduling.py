"""What is wanted: the priorities and their order, one list of requests for each, and the state of each request."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence, Set

    from viewer.imaging.client.picture import PictureRequest, Priority
    from viewer.imaging.protocol.messages import Kind

PRIORITIES: Final[tuple[Priority, ...]] = ("current", "animation", "preview", "prefetch", "copy", "thumbnail")

CURRENT_ALONE_MS: Final = 250
"""Milliseconds that a picture for the current slide has the machine to itself; then the others go on beside it."""


def priority_order(kinds: Set[Kind], *, paging: bool, current_waits: bool) -> tuple[tuple[Priority, int | None], ...]:
    """The priorities, most urgent first, each with how many of its requests may be sent in turn (None: all).

    `kinds` are being decoded. While a key is held (`paging`) each slide is wanted for a moment only, and a large
    picture would come too late. While the current slide waits, thumbnails are what can be shown meanwhile. Otherwise
    the neighbours go first, but leave one worker to the visible thumbnails, which would else wait for a quarter of a
    second.
    """
    if paging:
        return ("animation", None), ("preview", None), ("current", None)
    if current_waits:
        return ("current", None), ("animation", None), ("thumbnail", None), ("prefetch", None), ("copy", None)
    one_each: list[tuple[Priority, int | None]] = []
    if "picture" not in kinds:
        one_each.append(("prefetch", 1))
    if "thumbnail" not in kinds:
        one_each.append(("thumbnail", 1))
    return ("current", None), ("animation", None), *one_each, ("prefetch", None), ("copy", None), ("thumbnail", None)


class RequestState(Enum):
    """What has become of a request."""

    WAITING = auto()
    RETRYING = auto()  # it failed, which was reported, and is tried once more
    FAILED = auto()
    ROUGH = auto()  # the file's embedded thumbnail is at hand; a better one is made when all have one
    DONE = auto()


class RequestLists:
    """Each priority's list is replaced as a whole, so that what is no longer wanted never piles up."""

    def __init__(self) -> None:
        self._lists: dict[Priority, dict[PictureRequest, RequestState]] = {priority: {} for priority in PRIORITIES}

    def replace(self, priority: Priority, requests: Sequence[PictureRequest],
                at_hand: Callable[[PictureRequest], RequestState | None]) -> None:
        """Want exactly `requests`, most urgent first; `at_hand` is the state of one whose picture is cached, or None.

        Failures of requests that were in the list before are not forgotten, so that they are not tried again.
        """
        before, self._lists[priority] = self._lists[priority], {}
        for request in requests:
            state, old = at_hand(request), before.get(request)
            if state is not RequestState.DONE and old in (RequestState.RETRYING, RequestState.FAILED):
                state = old
            self._lists[priority][request] = state or RequestState.WAITING

    def has(self, priority: Priority) -> bool:
        """Whether anything is wanted at this priority, done or not."""
        return bool(self._lists[priority])

    def waiting(self, priority: Priority) -> tuple[PictureRequest, ...]:
        """The requests of one list that are to be decoded, most urgent first."""
        to_do = RequestState.WAITING, RequestState.RETRYING
        return tuple(request for request, state in self._lists[priority].items() if state in to_do)

    def rough(self, priority: Priority) -> tuple[PictureRequest, ...]:
        """The requests of one list that have only an embedded thumbnail so far."""
        return tuple(request for request, state in self._lists[priority].items() if state is RequestState.ROUGH)

    def all_waiting(self) -> Iterator[PictureRequest]:
        """Every request that is to be decoded; one that is in several lists comes several times."""
        for priority in PRIORITIES:
            yield from self.waiting(priority)

    def set_state(self, request: PictureRequest, state: RequestState) -> set[RequestState]:
        """Note what has become of `request` in every list; returns the states it had."""
        holders = [requests for requests in self._lists.values() if request in requests]
        before = {requests[request] for requests in holders}
        for requests in holders:
            requests[request] = state
        return before

    def reset(self, is_meant: Callable[[PictureRequest], bool]) -> None:
        """Have the requests of which `is_meant` is true decoded again."""
        for requests in self._lists.values():
            requests.update((request, RequestState.WAITING) for request in requests if is_meant(request))

    def clear(self) -> None:
        """Want nothing any more."""
        for requests in self._lists.values():
            requests.clear()
