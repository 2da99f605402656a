"""Pixels of the TIFFs that Pillow does not know: 8 bits a channel of integers or floating point of any depth."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, cast

from PIL import Image, ImageFile

from viewer.imaging.worker.float_tone import FloatTone
from viewer.imaging.worker.samples import floats, upper_bytes
from viewer.imaging.worker.tiff_layout import FLOAT, GREY_INVERTED, ICC_LAB, SIGNED, Layout
from viewer.imaging.worker.tiff_parts import Block, blocks, without_prediction

if TYPE_CHECKING:
    from collections.abc import Iterator

DECODER: Final = "liftoff-tiff-samples"
"""Its arguments: a `Layout`, and whether the values are light itself."""

_MODES: Final = {1: "L", 3: "RGB", 4: "CMYK"}
_OTHER_SIGN: Final = bytes(byte ^ 128 for byte in range(256))
_INVERTED: Final = bytes(255 - byte for byte in range(256))


def mode_of(layout: Layout) -> str:
    """The mode of the image that a TIFF of this `layout` becomes."""
    if layout.number == FLOAT and layout.channels == 1:
        return "F"  # which value is white is found out by `colour`
    if layout.photometric in _SPECIAL:
        return _SPECIAL[layout.photometric]
    if layout.alpha:
        return "LA" if layout.channels == 1 else "RGBA"
    return _MODES[layout.channels]


_SPECIAL: Final = {6: "YCbCr", 8: "LAB", 9: "LAB"}


class _SamplesDecoder(ImageFile.PyDecoder):
    """Decoder of samples of any depth."""

    _pulls_fd = True

    def decode(self, buffer: Image.DecoderInput) -> tuple[int, int]:  # noqa: ARG002  (as Pillow has it)
        """Read, unpack and paste block by block. Raises ValueError where the file ends early."""
        assert self.fd is not None
        assert self.im is not None
        layout, is_light = cast("tuple[Layout, bool]", self.args)
        tone = None
        if layout.number == FLOAT and layout.channels > 1:
            tone = FloatTone(is_light=is_light)
            for block in blocks(self.fd, layout):
                for values in _floats(block, layout):
                    tone.see(values)
        for block in blocks(self.fd, layout):
            image = _image(block, layout, tone)
            if block.left + block.width > layout.width:  # the edge of the last tile
                image = image.crop((0, 0, layout.width - block.left, block.height))
            self.im.paste(image.im, (block.left, block.top, block.left + image.width, block.top + image.height))
        return -1, 0


def _image(block: Block, layout: Layout, tone: FloatTone | None) -> Image.Image:
    """The colours of `block`, and its transparency if there is any."""
    size, mode = (block.width, block.height), mode_of(layout)
    if mode == "F":
        values = next(_floats(block, layout))
        if values.width == block.width:  # of one channel, as of several planes, and without a prediction that was there
            return values
        return Image.frombytes("F", size, _chosen(values.tobytes(), layout.samples, 1, 4))
    if tone is None:
        planes = [_upper_bytes(plane, block, layout) for plane in _plain(block, layout)]
    else:
        planes = [tone.shown(values) for values in _floats(block, layout)]
    wanted = layout.channels + (layout.alpha > 0)
    if len(planes) == 1:
        pixels = _chosen(planes[0], layout.samples, wanted, 1)
    else:
        joined = bytearray(wanted * size[0] * size[1])
        for channel in range(wanted):
            joined[channel::wanted] = planes[channel]
        pixels = bytes(joined)
    if (mode, layout.alpha) == ("LA", 1):
        return Image.frombytes("La", size, _with_right_signs(pixels, wanted, layout)).convert("LA")
    return Image.frombytes(mode, size, _with_right_signs(pixels, wanted, layout), "raw",
                           "RGBa" if (mode, layout.alpha) == ("RGBA", 1) else mode)


def _chosen(pixels: bytes, samples: int, wanted: int, size: int) -> bytes:
    """The first `wanted` samples, of `size` bytes each, of every pixel of so many `samples`."""
    if wanted == samples:
        return pixels
    chosen = bytearray(len(pixels) // samples * wanted)
    for byte in range(size * wanted):
        chosen[byte :: size * wanted] = pixels[byte :: size * samples]
    return bytes(chosen)


def _with_right_signs(pixels: bytes, wanted: int, layout: Layout) -> bytes:
    """`pixels` as Pillow has them: grey with white above black, and Lab with signed numbers for colours."""
    if layout.photometric == ICC_LAB:
        changed, table = [1, 2], _OTHER_SIGN
    elif layout.photometric == GREY_INVERTED and layout.number != FLOAT:
        changed, table = [0], _INVERTED
    else:
        return pixels
    right = bytearray(pixels)
    for channel in changed:
        right[channel::wanted] = pixels[channel::wanted].translate(table)
    return bytes(right)


def _plain(block: Block, layout: Layout) -> list[bytes]:
    """The planes of `block` without prediction; one of several channels becomes one for each."""
    return block.planes if layout.predictor == 1 else [
        channel for plane in block.planes
        for channel in without_prediction(plane, (block.width, block.height), layout.samples_of_part, layout)
    ]


def _upper_bytes(plane: bytes, block: Block, layout: Layout) -> bytes:
    """The integers of a `plane` as 0 to 255."""
    order = layout.order if layout.predictor == 1 else sys.byteorder
    count = len(plane) * 8 // block.height // layout.bits  # in a row, of which the last byte may not be filled
    count = min(count, block.width * layout.samples_of_part)
    if count * layout.bits % 8 == 0:
        samples = upper_bytes(plane, layout.bits, order)
    else:
        size = len(plane) // block.height
        samples = b"".join(upper_bytes(plane[row : row + size], layout.bits, order)[:count]
                           for row in range(0, len(plane), size))
    return samples.translate(_OTHER_SIGN) if layout.number == SIGNED else samples


def _floats(block: Block, layout: Layout) -> Iterator[Image.Image]:
    """The floating-point numbers of `block`, as images of one or of several channels."""
    for plane in _plain(block, layout):
        if layout.predictor != 1:
            bits, order = 32 if layout.bits == 64 else layout.bits, sys.byteorder
        else:
            bits, order = layout.bits, layout.order
        yield floats(plane, (len(plane) * 8 // bits // block.height, block.height), bits, order)


Image.register_decoder(DECODER, _SamplesDecoder)
