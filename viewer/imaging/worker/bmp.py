"""BMP files: decoders for run-length coded pixels, which Pillow's own shifts, and for bit fields of any layout.

By Microsoft's description of bitmap storage ("Bitmap Compression", "BITMAPV5HEADER").
"""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageFile
from PIL.BmpImagePlugin import BmpImageFile

from viewer.imaging.worker.errors import DecodeError

_END_OF_LINE, _END_OF_PICTURE, _MOVE = 0, 1, 2
_BIT_FIELDS: Final = b"\3\0\0\0"
_LARGEST_HEADER: Final = 14 + 124 + 16
"""Bytes: of the file, of the picture, and of masks behind it."""


class BmpFile(BmpImageFile):
    """A BMP as Pillow opens it, with decoders of our own for what Pillow misreads or refuses."""

    def _open(self) -> None:
        assert self.fp is not None
        head = self.fp.read(_LARGEST_HEADER)
        self.fp.seek(0)
        try:
            super()._open()
        except OSError as error:
            if len(head) >= 70 and head[30:34] == _BIT_FIELDS:
                self._open_bit_fields(head)
            elif str(error).startswith("Unsupported BMP") and len(head) >= 34 and head[30:34] != _BIT_FIELDS:
                bits, compression = int.from_bytes(head[28:30], "little"), int.from_bytes(head[30:34], "little")
                raise DecodeError("unsupported", f"BMP, {bits} bits a pixel, compression {compression}") from error
            else:
                raise
        self.tile = [
            tile._replace(codec_name="liftoff-bmp-runs") if tile.codec_name == "bmp_rle" else tile for tile in self.tile
        ]

    def _open_bit_fields(self, head: bytes) -> None:
        """Parse the header of a picture whose pixels are words of 16 or 32 bits, with a mask for each channel."""
        size, width, height = (int.from_bytes(head[at : at + 4], "little") for at in (14, 18, 22))
        bits = int.from_bytes(head[28:30], "little")
        downwards = height >= 1 << 31
        height = (1 << 32) - height if downwards else height
        # A header of 40 bytes has three masks behind it; from 56 bytes on there is a fourth, for alpha, in it.
        count = 4 if size >= 56 else 3
        masks = [int.from_bytes(head[at : at + 4], "little") for at in range(54, 54 + 4 * count, 4)]
        if bits not in (16, 32) or not all(masks[:3]) or not all(_is_field(mask, bits) for mask in masks):
            raise DecodeError("damaged", f"bit fields {masks} of {bits} bits")
        self._size, self._mode = (width, height), "RGBA" if masks[3:] and masks[3] else "RGB"
        extents, offset = (0, 0, width, height), int.from_bytes(head[10:14], "little")
        arguments = (bits, tuple(filter(None, masks)), 1 if downwards else -1)
        self.tile = [ImageFile._Tile("liftoff-bmp-fields", extents, offset, arguments)]


class _FieldsDecoder(ImageFile.PyDecoder):
    """Decoder of words of 16 or 32 bits, each a pixel. Its arguments: bits, masks, and -1 for bottom-up."""

    _pulls_fd = True

    def decode(self, buffer: Image.DecoderInput) -> tuple[int, int]:  # noqa: ARG002  (as Pillow has it)
        """Read and unpack row by row. Raises ValueError where the file ends early."""
        assert self.fd is not None
        bits, masks, direction = self.args
        width, height = self.state.xsize, self.state.ysize
        size, stride = bits // 8 * width, (bits * width + 31) // 32 * 4
        fields = [_Field(mask, bits, width) for mask in masks]
        pixels = bytearray()
        row = bytearray(len(masks) * width)
        for _ in range(height):
            line = self.fd.read(stride)
            if len(line) < size:
                raise ValueError("not enough image data")
            number = int.from_bytes(line[:size], "little")
            for channel, field in enumerate(fields):
                row[channel :: len(masks)] = field.values(number)
            pixels += row
        self.set_as_raw(pixels, self.mode, (0, direction))
        return -1, 0


def _is_field(mask: int, bits: int) -> bool:
    """Whether the bits of `mask`, if any, lie side by side in a word of `bits` bits."""
    return mask >> bits == 0 and mask + (mask & -mask) & mask == 0


class _Field:
    """The bits of one channel in a row of pixels, which is taken as one large number: quick without a loop."""

    def __init__(self, mask: int, bits: int, width: int) -> None:
        """The bits of `mask`, side by side, in each of `width` words of `bits` bits."""
        lowest = (mask & -mask).bit_length() - 1
        kept = min(mask.bit_length() - lowest, 8)
        self._shift = mask.bit_length() - kept  # of more than 8 bits, the upper ones
        self._mask = int.from_bytes(((1 << kept) - 1).to_bytes(bits // 8, "little") * width, "little")
        self._size, self._step = bits // 8 * width, bits // 8
        self._scale = bytes(min(value, (1 << kept) - 1) * 255 // ((1 << kept) - 1) for value in range(256))

    def values(self, row: int) -> bytes:
        """The channel's value in each pixel of `row`, 0 to 255."""
        kept = (row >> self._shift & self._mask).to_bytes(self._size, "little")
        return kept[:: self._step].translate(self._scale)


class _RunsDecoder(ImageFile.PyDecoder):
    """Decoder of run-length coded palette indices of 4 or 8 bits (RLE4, RLE8), with Pillow's arguments.

    Pillow's own lets runs that reach beyond the end of a row shift all that follows.
    """

    _pulls_fd = True

    def decode(self, buffer: Image.DecoderInput) -> tuple[int, int]:  # noqa: ARG002  (as Pillow has it)
        """Read to the end of the picture; pixels left out have index 0. Raises ValueError where the file ends early."""
        assert self.fd is not None
        read = self.fd.read
        _, is_of_4_bits, direction = self.args
        width, height = self.state.xsize, self.state.ysize
        pixels = bytearray(width * height)
        x = y = 0
        while y < height:
            count, value = _two(read(2))
            if count:
                run = bytes((value >> 4, value & 15)) * (count // 2 + 1) if is_of_4_bits else bytes((value,)) * count
            elif value == _END_OF_LINE:
                x, y = 0, y + 1
                continue
            elif value == _END_OF_PICTURE:
                break
            elif value == _MOVE:
                right, down = _two(read(2))
                x, y = min(x + right, width), y + down
                continue
            else:  # pixels one by one, padded to an even number of bytes
                count = value
                size = (count + 1) // 2 if is_of_4_bits else count
                run = read(size + size % 2)
                if len(run) < size:
                    raise ValueError("not enough image data")
                if is_of_4_bits:
                    run = bytes(half for byte in run for half in (byte >> 4, byte & 15))
            shown = min(count, width - x)
            pixels[y * width + x : y * width + x + shown] = run[:shown]
            x += shown
        self.set_as_raw(pixels, "L" if self.mode in ("1", "L") else "P", (0, direction))
        return -1, 0


def _two(read: bytes) -> tuple[int, int]:
    """The two bytes `read`. Raises ValueError where there are fewer."""
    if len(read) < 2:
        raise ValueError("not enough image data")
    return read[0], read[1]


Image.register_decoder("liftoff-bmp-fields", _FieldsDecoder)
Image.register_decoder("liftoff-bmp-runs", _RunsDecoder)
