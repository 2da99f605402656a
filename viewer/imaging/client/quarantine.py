"""What is known to be wrong with files, and which of them are left alone until they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.imaging.protocol.failures import LIMITED, Failure, Reason

if TYPE_CHECKING:
    from viewer.imaging.client.picture import PictureRequest
    from viewer.imaging.protocol.messages import Identity

LOSSES: Final = 2
"""Workers that a version of a file may cost before it is left alone."""

_LASTING: Final[frozenset[Reason]] = LIMITED.union({"crashed", "too-slow", "damaged", "unknown-format", "empty"})
"""Reasons that lie in the file itself: it is not parsed again before it has changed. The others may have passed."""


MOST_KNOWN: Final = 2000
"""Files of which is remembered what is wrong with them. Of more of them than that, the first is parsed again when it is
wished again: a folder of nothing else, however large, takes no more memory than a picture."""


class Known(NamedTuple):
    """What is wrong with a file, and with which version of it (None: not known, or whichever)."""

    failure: Failure
    identity: Identity | None


class LossOutcome(NamedTuple):
    """What follows from the loss of a worker: what to tell (None: nothing yet), and whether to try once more."""

    failure: Failure | None
    again: bool


class Quarantine:
    """The record of failures. The later frames of an animation are counted apart from the picture they belong to."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Known] = {}
        self._losses: dict[tuple[str, int], tuple[int, Identity | None]] = {}

    def of(self, path: str, frame: int = 0) -> Failure | None:
        """What is known to be wrong."""
        known = self._known.get((path, frame))
        return None if known is None else known.failure

    def unless(self, request: PictureRequest) -> Identity | None:
        """The version of the file that need not be parsed again, as it would fail again."""
        key = request.path, request.frame
        known = self._known.get(key)
        if known is None or known.failure.reason not in _LASTING:
            return None
        self._note(key, known)  # it is asked about again: it is not to be the first that is forgotten
        return known.identity

    def lost_a_worker(self, request: PictureRequest) -> bool:
        """Whether the file has cost a worker, and has not been decoded since."""
        return (request.path, request.frame) in self._losses

    def lost(self, request: PictureRequest, reason: Reason, identity: Identity | None) -> LossOutcome:
        """A worker was lost over the file: "crashed", or "too-slow".

        The first time it is tried once more; a crash is not even told before that. The second time it is left alone
        until it changes.
        """
        key = request.path, request.frame
        losses, version = self._losses.pop(key, (0, None))
        if version is not None and identity is not None and version != identity:
            losses = 0  # it was another file then
        if losses + 1 >= LOSSES:
            failure = Failure(reason, f"{LOSSES} workers were lost")
            self._note(key, Known(failure, identity))
            return LossOutcome(failure, again=False)
        self._losses[key] = losses + 1, identity
        if reason == "crashed":
            return LossOutcome(None, again=True)
        slow = Failure(reason, "the deadline has passed")
        self._note(key, Known(slow, None))
        return LossOutcome(slow, again=True)

    def failed(self, request: PictureRequest, failure: Failure, identity: Identity | None) -> None:
        """The worker has said what is wrong."""
        self._losses.pop((request.path, request.frame), None)
        self._note((request.path, request.frame), Known(failure, identity))

    def _note(self, key: tuple[str, int], known: Known) -> None:
        self._known.pop(key, None)
        if len(self._known) >= MOST_KNOWN:
            del self._known[next(iter(self._known))]
        self._known[key] = known

    def cleared(self, request: PictureRequest) -> None:
        """The file was decoded."""
        self._losses.pop((request.path, request.frame), None)
        self._known.pop((request.path, request.frame), None)

    def forget(self, path: str | None) -> None:
        """Believe nothing any more about one file, or any."""
        if path is None:
            self._known.clear()
            self._losses.clear()
        for record in (self._known, self._losses):
            for key in [key for key in record if key[0] == path]:
                del record[key]
