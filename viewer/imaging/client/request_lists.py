"""The requests as they stand: one list per priority, and the state of each request in it."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from viewer.imaging.client.scheduling import PRIORITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from viewer.imaging.client.picture import PictureRequest, Priority


class RequestState(Enum):
    """What has become of a request."""

    WAITING = auto()
    RETRYING = auto()  # it failed, which was reported, and is tried once more
    FAILED = auto()
    ROUGH = auto()  # the file's embedded thumbnail is at hand; a better one is made when all have one
    DONE = auto()


_TO_DO = (RequestState.WAITING, RequestState.RETRYING)


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

    def state(self, priority: Priority, request: PictureRequest) -> RequestState | None:
        """The state of `request` in one list; None where it is not in it."""
        return self._lists[priority].get(request)

    def waiting(self, priority: Priority) -> tuple[PictureRequest, ...]:
        """The requests of one list that are to be decoded, most urgent first."""
        return tuple(request for request, state in self._lists[priority].items() if state in _TO_DO)

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
