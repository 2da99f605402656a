"""Known failures, and the quarantine of files that cost workers: they are left alone until they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.imaging.protocol.failures import LIMITED, Failure, Reason

if TYPE_CHECKING:
    from viewer.imaging.client.picture import PictureRequest
    from viewer.imaging.protocol.messages import Identity

LOSSES: Final = 2
"""Workers that one version of a file may cost before it is quarantined."""

LASTING: Final[frozenset[Reason]] = LIMITED.union(
    {"crashed", "too-slow", "damaged", "unknown-format", "unsupported", "needs-formats", "empty"},
)
"""Reasons that lie in the file itself: it is not parsed again before it has changed. Others may be transient."""

MOST_KNOWN: Final = 2000
"""Failing files that are remembered. With more, the least recently wanted is parsed again when it is wanted again, so
that a folder of nothing else takes no more memory than a picture."""


class LossOutcome(NamedTuple):
    """What follows from a lost worker: what to report (None: nothing yet), and whether to retry."""

    failure: Failure | None
    again: bool


class Quarantine:
    """Failures by file and frame: a broken later frame of an animation does not condemn its first picture.

    `_known` holds each failure with the version that failed (None: not known, or any).
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], tuple[Failure, Identity | None]] = {}
        self._losses: dict[tuple[str, int], tuple[int, Identity | None]] = {}

    def of(self, path: str, frame: int = 0) -> Failure | None:
        """The known failure of a file, if any."""
        return self._known.get((path, frame), (None, None))[0]

    def unless(self, request: PictureRequest) -> Identity | None:
        """The version of the file that would fail again, and need not be parsed."""
        key = request.path, request.frame
        failure, identity = self._known.get(key, (None, None))
        if failure is None or failure.reason not in LASTING:
            return None
        self._note(key, failure, identity)  # wanted again: not the next to be dropped
        return identity

    def lost_a_worker(self, request: PictureRequest) -> bool:
        """Whether the file has cost a worker and has not been decoded since."""
        return (request.path, request.frame) in self._losses

    def lost(self, request: PictureRequest, reason: Reason, identity: Identity | None) -> LossOutcome:
        """Record that a worker was lost over the file, "crashed" or "too-slow".

        The first time it is to be retried; a crash is not reported before that. The second time it is quarantined.
        """
        key = request.path, request.frame
        losses, version = self._losses.pop(key, (0, None))
        if version is not None and identity is not None and version != identity:
            losses = 0  # it was another file then
        if losses + 1 >= LOSSES:
            failure = Failure(reason, f"{LOSSES} workers were lost")
            self._note(key, failure, identity)
            return LossOutcome(failure, again=False)
        self._losses[key] = losses + 1, identity  # pragma: no mutate: of two losses none is left to count
        if reason == "crashed":
            return LossOutcome(None, again=True)
        slow = Failure(reason, "the deadline has passed")
        self._note(key, slow, None)
        return LossOutcome(slow, again=True)

    def failed(self, request: PictureRequest, failure: Failure, identity: Identity | None) -> None:
        """Record the failure that a worker has reported."""
        self._losses.pop((request.path, request.frame), None)
        self._note((request.path, request.frame), failure, identity)

    def _note(self, key: tuple[str, int], failure: Failure, identity: Identity | None) -> None:
        self._known.pop(key, None)
        if len(self._known) >= MOST_KNOWN:
            del self._known[next(iter(self._known))]
        self._known[key] = failure, identity

    def cleared(self, request: PictureRequest) -> None:
        """Record that the file was decoded."""
        self._losses.pop((request.path, request.frame), None)
        self._known.pop((request.path, request.frame), None)

    def clear(self) -> None:
        """Forget all files."""
        self._known.clear()
        self._losses.clear()
