"""Requests for pictures, and decoded pictures: the types that show, ui and imaging share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QImage

    from viewer.imaging.protocol.messages import Box, Identity, Region, Words

Priority: TypeAlias = Literal["current", "animation", "preview", "prefetch", "copy", "thumbnail"]
"""Why a picture is wanted, most urgent first.

"preview" is for the slides that pass while a key is held down: small pictures, which then go before the current one.
"copy" is for the clipboard: whole pictures, which are not seen."""


class PictureRequest(NamedTuple):
    """One picture at one size: fitted into `box` (device pixels) after orientation. `frame` counts from 0.

    With a `region`, only that part of the picture fitted into `box`.
    """

    path: str
    box: Box
    frame: int = 0
    region: Region | None = None


class Place(NamedTuple):
    """Where a region lies: its upper left corner in the `whole` picture, all in pixels of one scale."""

    x: int
    y: int
    whole: Box


class Picture(NamedTuple):
    """A decoded picture, ready to paint.

    `image` is RGB32 or premultiplied ARGB32 in sRGB, oriented, at most the size that was asked for. `source` is the
    size of the whole picture in the file after orientation. `frames`, `duration` (milliseconds) and `loops` (0: for
    ever) describe an animation. `texts` are the words embedded in the file, by `protocol.TEXT_KEYS`. Where `image` is a
    part of the picture only, `place` says which. An `incomplete` one is grey where its file has broken off.
    """

    image: QImage
    source: Box
    frames: int
    duration: int
    loops: int
    format: str
    identity: Identity
    texts: Mapping[str, Words]
    place: Place | None = None
    incomplete: bool = False

    @property
    def nbytes(self) -> int:
        """What it takes in memory, in bytes."""
        return self.image.sizeInBytes()

    def is_sharp_in(self, box: Box) -> bool:
        """Whether no more detail than this could be seen in `box`: it fills one side of it, or is all there is."""
        width, height = self.image.width(), self.image.height()
        return (
            width >= box.width or height >= box.height
            or (width >= self.source.width and height >= self.source.height)
        )
