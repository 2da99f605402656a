"""Animations: frame count, frame timing and an open-file cache. GIF, WebP, PNG, AVIF; a TIFF's pages are no frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from viewer.imaging.worker.errors import PARSER_ERRORS, DecodeError

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

    from viewer.imaging.protocol.limits import Limits
    from viewer.imaging.protocol.messages import Identity
    from viewer.imaging.worker.formats import Format

_ANIMATED: Final = ("GIF", "WEBP", "PNG", "AVIF")
_LARGEST_IGNORED, _REPLACEMENT = 10, 100
"""Milliseconds: like browsers, for which animations are made, a frame of 10 or less is shown for 100."""

_LONGEST: Final = 24 * 60 * 60 * 1000
_LARGEST_CACHED: Final = 64 << 20
"""Bytes, of the file and of one frame, up to which an animation stays open."""

_MAX_MISSES: Final = 8
"""Requests for other pictures after which the cached animation is closed."""


STILL: Final = (1, 0, 0)
"""The timing of a picture that is not animated."""


def frame_count(image: ImageFile, found: Format, limits: Limits) -> int:
    """How many frames are shown, within `limits`; of a GIF this parses the whole file."""
    if found not in _ANIMATED:
        return 1
    frames = max(1, min(int(getattr(image, "n_frames", 1)) - _hidden(image), limits.frames))
    width, height = image.size
    return frames if frames * width * height * 4 <= limits.animation_bytes else 1


def seek_frame(image: ImageFile, frame: int, frames: int) -> None:
    """Have the next load decode `frame`, counted from 0, of `frames`. Raises DecodeError and parser errors."""
    if frame >= frames:
        raise DecodeError("damaged", f"frame {frame} of {frames}")
    if frames > 1:
        image.seek(frame + _hidden(image))


def timing_of(image: ImageFile, found: Format, frames: int) -> tuple[int, int, int]:
    """Frames in the file, milliseconds of the frame that has just been loaded, and loops of the whole (0: for ever)."""
    if frames == 1:
        return STILL
    duration = _whole_number(image.info.get("duration"))
    loops = _whole_number(image.info.get("loop"), 1)
    if found == "GIF" and loops > 0 and "loop" in image.info:
        loops += 1  # the NETSCAPE extension counts repetitions after the first run
    if found == "AVIF":
        loops = 0  # Pillow does not report it, and image sequences usually loop
    duration = min(duration, _LONGEST) if duration > _LARGEST_IGNORED else _REPLACEMENT
    return frames, duration, min(loops, 1 << 30)


def _hidden(image: ImageFile) -> int:
    """1 for an animated PNG whose default image is not part of the animation, else 0."""
    return int(bool(getattr(image, "default_image", False)))


def _whole_number(raw: object, default: int = 0) -> int:
    try:
        return max(0, round(raw)) if isinstance(raw, int | float) else default
    except PARSER_ERRORS:  # NaN or infinite
        return default


class OpenImage(NamedTuple):
    """A parsed file from which any of its frames can be decoded."""

    path: str
    identity: Identity
    limits: Limits
    file: BinaryIO
    image: ImageFile
    format: Format
    frames: int


class AnimationCache:
    """Cache of one open animation, so that decoding the next frame does not decode all frames before it again."""

    def __init__(self) -> None:
        self._entry: OpenImage | None = None
        self._misses = 0

    def get(self, path: str, identity: Identity, limits: Limits) -> OpenImage | None:
        """The cached animation if it is this version of this file, opened under these limits."""
        if self._entry is not None and self._entry[:3] == (path, identity, limits):
            self._misses = 0
            return self._entry
        self._misses += 1
        if self._misses > _MAX_MISSES:
            self._close()
        return None

    def put(self, animation: OpenImage) -> None:
        """Cache `animation` and its open file in place of the last one, unless it is too large."""
        width, height = animation.image.size
        if animation is self._entry or max(4 * width * height, animation.identity.size) > _LARGEST_CACHED:
            return
        self._close()
        self._entry, self._misses = animation, 0

    def owns(self, file: BinaryIO) -> bool:
        """Whether `file` belongs to the cached animation, which closes it."""
        return self._entry is not None and self._entry.file is file

    def discard(self, path: str) -> None:
        """Close the cached animation if it is the one at `path`."""
        if self._entry is not None and self._entry.path == path:
            self._close()

    def _close(self) -> None:
        if self._entry is not None:
            self._entry.file.close()
            self._entry = None
