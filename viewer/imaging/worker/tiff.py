"""TIFF files: corrects what Pillow misreads, and names the kinds that it does not open (TIFF 6.0)."""

from __future__ import annotations

from typing import Final

from PIL import ImagePalette
from PIL.TiffImagePlugin import TiffImageFile

from viewer.imaging.worker.colour import GREY_RANGE, UNSIGNED
from viewer.imaging.worker.errors import DecodeError

_BITS, _PHOTOMETRIC, _SAMPLES, _PLANES, _COLOUR_MAP, _NUMBERS = 258, 262, 277, 284, 320, 339
"""Tags."""

_BYTE_COUNTS: Final = (279, 325)
"""Tags of strips and of tiles, without which there are no pixels."""

_COLOURS: Final = {
    0: "grey", 1: "grey", 2: "RGB", 3: "palette", 5: "CMYK", 6: "YCbCr", 8: "Lab", 9: "Lab", 10: "Lab",
    32803: "camera raw", 32844: "LogLuv", 32845: "LogLuv", 34892: "camera raw",
}
_KINDS_OF_NUMBERS: Final = {2: "signed", 3: "floating point", 5: "complex", 6: "complex"}


class TiffFile(TiffImageFile):
    """A TIFF as Pillow opens it, with corrections. Raises DecodeError for a kind that Pillow does not know."""

    def _open(self) -> None:
        assert self.fp is not None
        head = self.fp.read(4)
        self.fp.seek(0)
        if head == b"MM\0+":
            raise DecodeError("unsupported", "BigTIFF in big-endian order")
        super()._open()

    def _setup(self) -> None:
        tags = self.tag_v2
        separate = tags.get(_PLANES, 1) == 2
        if separate and tags.get(_SAMPLES, 1) == 1:
            tags[_PLANES], separate = 1, False  # one channel is one plane, but Pillow would forget its layout
        try:
            super()._setup()
        except (LookupError, SyntaxError) as error:
            if not any(tag in tags for tag in _BYTE_COUNTS):  # the tags end early
                raise
            raise DecodeError("unsupported", self._kind()) from error
        if separate and max(tags.get(_BITS, (1,))) == 16 and not self.use_load_libtiff:
            # Pillow takes the values for 8 bits.
            order = "16B" if tags.prefix == b"MM" else "16L"
            self.tile = [
                tile._replace(args=(f"{tile.args[0]};{order}", *tile.args[1:]))
                for tile in self.tile if isinstance(tile.args, tuple)
            ]
        if self.mode in ("P", "PA") and max(tags[_COLOUR_MAP]) < 256:
            # The values should have 16 bits. Some programs write 8, as libtiff knows too; Pillow makes them black.
            self.palette = ImagePalette.raw("RGB;L", bytes(tags[_COLOUR_MAP]))
        if self.mode == "I;16":
            black, white = 0, (1 << max(tags.get(_BITS, (16,)))) - 1
            self.info[GREY_RANGE] = (white, black) if tags.get(_PHOTOMETRIC) == 0 else (black, white)
        if self.mode == "I" and max(tags.get(_BITS, (1,))) == 32 and tags.get(_NUMBERS, (1,))[0] == 1:
            self.info[UNSIGNED] = True

    def _kind(self) -> str:
        """What kind of TIFF this is, as in "TIFF, RGB, 10 bits a channel"."""
        tags = self.tag_v2
        depths = sorted({bits for bits in tags.get(_BITS, (1,)) if isinstance(bits, int)})
        return ", ".join(filter(None, (
            "TIFF", _COLOURS.get(tags.get(_PHOTOMETRIC, 0)), _KINDS_OF_NUMBERS.get(tags.get(_NUMBERS, (1,))[0]),
            f"{'/'.join(map(str, depths))} bits a channel",
        )))
