"""What the show needs of a source of pictures, as a protocol: the loader implements it, and so does a fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance

    from viewer.imaging.client.picture import Picture, PictureRequest, Priority
    from viewer.imaging.protocol.failures import Failure
    from viewer.imaging.protocol.messages import Identity


class PictureSource(Protocol):
    """Takes requests; returns pictures at once if they are cached, and by signal if not."""

    arrived: SignalInstance
    """Signal of a PictureRequest and the Picture for it."""
    failed: SignalInstance
    """Signal of a PictureRequest and the Failure it came to."""
    replaced: SignalInstance
    """Signal of the path of a file that is another version than the pictures of it that were at hand."""
    rechecked: SignalInstance
    """Signal of a PictureRequest given to `recheck`, and whether its file could be looked at."""

    def request(self, priority: Priority, requests: Sequence[PictureRequest]) -> None:
        """Replace the list of requests of `priority`."""

    def recheck(self, request: PictureRequest | None, unless: Identity | None = None) -> None:
        """Look whether the file is another version than `unless`, and if so decode `request` anew; None: do not."""

    def picture(self, request: PictureRequest) -> Picture | None:
        """The picture for exactly this request, if it is cached."""

    def best(self, path: str) -> Picture | None:
        """The largest picture of this file that is cached."""

    def failure(self, path: str) -> Failure | None:
        """What is known to be wrong with this file."""
