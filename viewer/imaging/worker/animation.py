"""Animations: which frame, for how long, how often. GIF, WebP, PNG and AVIF; the pages of a TIFF are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from viewer.imaging.worker.errors import UNPARSABLE, DecodeError

if TYPE_CHECKING:
    from typing import BinaryIO

    from PIL.ImageFile import ImageFile

    from viewer.imaging.protocol.limits import Limits
    from viewer.imaging.protocol.messages import Identity
    from viewer.imaging.worker.formats import Format

_ANIMATED: Final = ("GIF", "WEBP", "PNG", "AVIF")
_SHORTEST, _INSTEAD = 10, 100
"""Milliseconds: browsers show a frame that says 10 or less for 100, and animations are made for browsers."""

_LONGEST: Final = 24 * 60 * 60 * 1000
_LARGEST_KEPT: Final = 64 << 20
"""Bytes, of the file and of one frame, up to which an animation stays open."""

_PATIENCE: Final = 8
"""Other pictures that may come between before an open animation is let go."""


class Timing(NamedTuple):
    """`frames` in the file, how many milliseconds this one is seen, how often it all runs (0: for ever)."""

    frames: int
    duration: int
    loops: int


STILL: Final = Timing(1, 0, 0)


def frames_in(image: ImageFile, found: Format, limits: Limits) -> int:
    """How many frames are to be shown, within `limits`; for a GIF this walks through the file."""
    if found not in _ANIMATED:
        return 1
    frames = max(1, min(int(getattr(image, "n_frames", 1)) - _hidden(image), limits.frames))
    width, height = image.size
    return frames if frames * width * height * 4 <= limits.animation_bytes else 1


def go_to(image: ImageFile, frame: int, frames: int) -> None:
    """Let the next load give `frame`, counted from 0. Raises DecodeError where there is none, and what parsers
    raise."""
    if frame >= frames:
        raise DecodeError("damaged", f"frame {frame} of {frames}")
    if frames > 1:
        image.seek(frame + _hidden(image))


def timing_of(image: ImageFile, found: Format, frames: int) -> Timing:
    """The timing of the frame that has just been loaded."""
    if frames == 1:
        return STILL
    duration = _number(image.info.get("duration"))
    loops = _number(image.info.get("loop"), 1)
    if found == "GIF" and loops > 0 and "loop" in image.info:
        loops += 1  # the extension counts the repetitions after the first run
    if found == "AVIF":
        loops = 0  # Pillow does not tell, and sequences are made to go on
    return Timing(frames, min(duration, _LONGEST) if duration > _SHORTEST else _INSTEAD, min(loops, 1 << 30))


def _hidden(image: ImageFile) -> int:
    """1 where an animated PNG begins with a picture for programs that know no animations, else 0."""
    return int(bool(getattr(image, "default_image", False)))


def _number(raw: object, otherwise: int = 0) -> int:
    try:
        return max(0, round(raw)) if isinstance(raw, int | float) else otherwise
    except UNPARSABLE:  # not a number, or infinite
        return otherwise


class OpenAnimation(NamedTuple):
    """An animation that stands ready for its next frame."""

    path: str
    identity: Identity
    limits: Limits
    file: BinaryIO
    image: ImageFile
    found: Format
    frames: int


class AnimationCache:
    """Keeps the animation that was looked at last, so that its next frame costs one frame and not all before it."""

    def __init__(self) -> None:
        self._open: OpenAnimation | None = None
        self._others = 0

    def resume(self, path: str, identity: Identity, limits: Limits) -> OpenAnimation | None:
        """The animation, if it is the one that is open, under these limits, and the file still is the same version."""
        if self._open is not None and self._open[:3] == (path, identity, limits):
            self._others = 0
            return self._open
        self._others += 1
        if self._others > _PATIENCE:
            self.let_go()
        return None

    def keep(self, animation: OpenAnimation) -> bool:
        """Hold on to `animation` and its file instead of the one before; False where it is too large for that."""
        if animation is self._open:
            return True
        width, height = animation.image.size
        if 4 * width * height > _LARGEST_KEPT or animation.identity.size > _LARGEST_KEPT:
            return False
        self.let_go()
        self._open, self._others = animation, 0
        return True

    def holds(self, file: BinaryIO) -> bool:
        """Whether `file` is the one of the animation that is open."""
        return self._open is not None and self._open.file is file

    def let_go(self, path: str | None = None) -> None:
        """Close the animation that is open, if any, and if it is the one at `path` where that is given."""
        if self._open is not None and path in (None, self._open.path):
            self._open.file.close()
            self._open = None
