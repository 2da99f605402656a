"""JPEG of more than 8 bits a channel: 12, as medical pictures have, or 9 to 16 in the lossless kind (ITU-T T.81)."""

from __future__ import annotations

import io
import sys
from typing import IO, Any, Final

from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from viewer.imaging.worker.codecs import JPEG, decoded, require
from viewer.imaging.worker.errors import DecodeError
from viewer.imaging.worker.samples import upper_bytes

_DECODER: Final = "liftoff-deep-jpeg"
"""Its arguments: the file's content, and the bits of a sample."""


def open_deep_jpeg(file: IO[bytes], place: int, bits: int) -> ImageFile.ImageFile:
    """The JPEG in `file` of so many `bits` a channel, which its byte at `place` says; its pixels not yet decoded.

    Pillow reads the header as if there were 8. Raises DecodeError where the codec is not installed, or for fewer bits.
    """
    kind = f"JPEG, {bits} bits a channel"
    if bits < 8:
        raise DecodeError("unsupported", kind)
    require(kind)
    file.seek(0)
    content = file.read()
    image = _DeepJpegFile(io.BytesIO(content[:place] + b"\x08" + content[place + 1 :]), "")
    if image.mode not in ("L", "RGB"):
        raise DecodeError("unsupported", f"{kind}, {image.mode}")
    image.tile = [ImageFile._Tile(_DECODER, (0, 0, *image.size), 0, (content, bits))]
    return image


class _DeepJpegFile(JpegImageFile):
    def draft(self, mode: str | None, size: tuple[int, int] | None) -> None:
        """Nothing: this codec does not scale."""


class _DeepJpegDecoder(ImageFile.PyDecoder):
    """Decoder of JPEG of more than 8 bits a channel."""

    _pulls_fd = True

    def decode(self, buffer: Image.DecoderInput) -> tuple[int, int]:  # noqa: ARG002  (as Pillow has it)
        """Decode all. Raises ValueError for what is broken, or has another size than the header said."""
        arguments: Any = self.args
        content, bits = arguments
        samples = decoded(content, JPEG, (self.state.ysize, self.state.xsize, len(self.mode)), 16, bits)
        self.set_as_raw(upper_bytes(samples, 16, sys.byteorder), self.mode)
        return -1, 0


Image.register_decoder(_DECODER, _DeepJpegDecoder)
