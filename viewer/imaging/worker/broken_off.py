"""JPEG files that break off: decodes the part that is there, as a copy that was interrupted leaves it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from viewer.imaging.worker.errors import DecodeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.ImageFile import ImageFile

_END: Final = b"\xff\xd9"
"""The marker for the end of a picture (ITU-T T.81, table B.1)."""

_NOTHING: Final = range(126, 131)
"""What libjpeg writes where there are no data, in the channels of any colour space: half of 255, rounded."""

_LEAST: Final = 0.005
"""The least part of a picture that is worth showing; less may be one block, made up by libjpeg."""


def load_as_ended(image: ImageFile, load: Callable[[], None]) -> None:
    """Have `load` decode `image`, whose file has turned out to break off, as if the file ended there.

    Raises DecodeError where nothing can be read of it, and what parsers raise.
    """
    assert image.fp is not None  # it has not been loaded
    image.fp.seek(0)
    image.fp = io.BytesIO(image.fp.read() + _END)
    load()
    values = image.getchannel(0).histogram()
    if sum(values[value] for value in _NOTHING) > (1 - _LEAST) * sum(values):
        raise DecodeError("damaged", "the file breaks off before the picture begins")
