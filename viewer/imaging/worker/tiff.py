"""TIFF files: corrects what Pillow misreads, and names the kinds that it does not open (TIFF 6.0)."""

from __future__ import annotations

import io
import re
from typing import Final

from PIL import Image, ImageFile, ImagePalette
from PIL.TiffImagePlugin import COMPRESSION_INFO, ImageFileDirectory_v2, TiffImageFile

from viewer.imaging.worker.colour import GREY_RANGE, UNSIGNED
from viewer.imaging.worker.errors import DecodeError

_BITS, _PHOTOMETRIC, _SAMPLES, _PLANES, _COLOUR_MAP, _NUMBERS = 258, 262, 277, 284, 320, 339
_COMPRESSION, _FILL_ORDER, _ORIENTATION, _PROFILE = 259, 266, 274, 34675
"""Tags."""

_JPEG, _WEBP = 7, 50001
"""Compressions."""

_BYTE_COUNTS: Final = (279, 325)
"""Tags of strips and of tiles, without which there are no pixels."""

_COLOURS: Final = {
    0: "grey", 1: "grey", 2: "RGB", 3: "palette", 5: "CMYK", 6: "YCbCr", 8: "Lab", 9: "Lab", 10: "Lab",
    32803: "camera raw", 32844: "LogLuv", 32845: "LogLuv", 34892: "camera raw",
}
_KINDS_OF_NUMBERS: Final = {2: "signed", 3: "floating point", 5: "complex", 6: "complex"}


_ORDER: Final = re.compile("(?<=[0-9])B")
"""The sign for big-endian order in Pillow's names for the layout of samples."""


class TiffFile(TiffImageFile):
    """A TIFF as Pillow opens it, with corrections. Raises DecodeError for a kind that Pillow does not know."""

    def _open(self) -> None:
        assert self.fp is not None
        head = self.fp.read(4)
        self.fp.seek(0)
        if head == b"MM\0+":
            self._open_big_endian()
        else:
            super()._open()

    def _open_big_endian(self) -> None:
        """As `TiffImageFile._open`, which looks for the number of BigTIFF where only the other order has it."""
        assert self.fp is not None
        head = self.fp.read(16)
        first = int.from_bytes(head[8:], "big")
        tags = ImageFileDirectory_v2(b"MM\0*" + bytes(4))
        tags._bigtiff, tags.next = True, first
        self.tag_v2, self._fp, self._frame_pos = tags, self.fp, []
        self._tag_data_remaining, self._tag_data_limits = self.fp.seek(0, io.SEEK_END), []
        for name, value in (("first", first), ("next", first), ("frame", -1)):
            setattr(self, f"_TiffImageFile__{name}", value)
        self._seek(0)

    def getexif(self) -> Image.Exif:
        """The tags, as Exif; those of big-endian BigTIFF, which Pillow cannot read anew, from memory."""
        if self.tag_v2._bigtiff and self.tag_v2.prefix == b"MM" and self._exif is None:
            self._exif = Image.Exif()
            self._exif._loaded = True
            self._exif.update(self.tag_v2)
        return super().getexif()

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
            if not self._setup_samples():
                raise DecodeError("unsupported", self._kind_in_full()) from error
            return
        if tags.get(_COMPRESSION) == _JPEG and max(tags.get(_BITS, (1,))) > 8 and self._setup_samples():
            return  # Pillow's codec has 8
        if self._is_misread(separate=separate):
            if self._setup_samples():
                return
            if tags.get(_FILL_ORDER, 1) == 1 or separate:
                raise DecodeError("unsupported", self._kind_in_full())
        if self.use_load_libtiff and self.mode in ("I", "F") and tags.prefix == b"MM":
            # libtiff has put the bytes into the order of this machine, which Pillow knows of 16 bits alone.
            self.tile = [tile._replace(args=(_ORDER.sub("N", tile.args[0]), *tile.args[1:]))
                         for tile in self.tile if isinstance(tile.args, tuple)]
        if self.mode in ("P", "PA") and max(tags[_COLOUR_MAP]) < 256:
            # The values should have 16 bits. Some programs write 8, as libtiff knows too; Pillow makes them black.
            self.palette = ImagePalette.raw("RGB;L", bytes(tags[_COLOUR_MAP]))
        if self.mode == "I;16":
            black, white = 0, (1 << max(tags.get(_BITS, (16,)))) - 1
            self.info[GREY_RANGE] = (white, black) if tags.get(_PHOTOMETRIC) == 0 else (black, white)
        if self.mode == "I" and max(tags.get(_BITS, (1,))) == 32 and tags.get(_NUMBERS, (1,))[0] == 1:
            self.info[UNSIGNED] = True

    def _is_misread(self, *, separate: bool) -> bool:
        """Whether Pillow, which thinks that it knows this layout, would show other colours, or fail at the pixels.

        It takes any uncompressed planes for those of 8 bits in usual order, misses names for bytes with the lowest bit
        first, and can neither join planes of grey and alpha nor convert grey with alpha that is multiplied into it. Its
        libtiff has no WebP.
        """
        tags = self.tag_v2
        if tags.get(_COMPRESSION) == _WEBP or self.mode == "La" or (self.mode == "LA" and separate):
            return True
        return not self.use_load_libtiff and (separate or tags.get(_FILL_ORDER, 1) == 2)

    def _setup_samples(self) -> bool:
        """Set up a picture for the decoder of our own; whether that knows its layout."""
        from viewer.imaging.worker.tiff_layout import FLOAT, layout_of
        from viewer.imaging.worker.tiff_parts import COMPRESSIONS
        from viewer.imaging.worker.tiff_pixels import DECODER, mode_of

        tags = self.tag_v2
        layout = layout_of(tags)
        if layout is None:
            return False
        if layout.compression not in COMPRESSIONS:
            from viewer.imaging.worker.codecs import BY_COMPRESSION, for_codec, require

            if layout.compression not in BY_COMPRESSION:
                return False
            require(f"{self._kind()}, {BY_COMPRESSION[layout.compression].what}")
            layout = for_codec(layout)
        size = layout.width, layout.height
        self._mode, self._tile_size, self.use_load_libtiff = mode_of(layout), size, False
        self._size = size[::-1] if tags.get(_ORIENTATION) in (5, 6, 7, 8) else size
        profile, is_light = tags.get(_PROFILE), False
        if layout.number == FLOAT and isinstance(profile, bytes):
            from viewer.imaging.worker.colour_space import with_curve_of_srgb

            curved = with_curve_of_srgb(profile)
            profile, is_light = curved or profile, curved is not None
        if profile:
            self.info["icc_profile"] = profile
        self.tile = [ImageFile._Tile(DECODER, (0, 0, *size), 0, (layout, is_light))]
        return True

    def _kind_in_full(self) -> str:
        """The kind, and a compression that Pillow does not know either."""
        from viewer.imaging.worker.codecs import BY_COMPRESSION

        number = self.tag_v2.get(_COMPRESSION, 1)
        if number in BY_COMPRESSION:
            return f"{self._kind()}, {BY_COMPRESSION[number].what}"
        return self._kind() if number in COMPRESSION_INFO else f"{self._kind()}, compression {number}"

    def _kind(self) -> str:
        """What kind of TIFF this is, as in "TIFF, RGB, 10 bits a channel"."""
        tags = self.tag_v2
        depths = sorted({bits for bits in tags.get(_BITS, (1,)) if isinstance(bits, int)})
        return ", ".join(filter(None, (
            "TIFF", _COLOURS.get(tags.get(_PHOTOMETRIC, 0)), _KINDS_OF_NUMBERS.get(tags.get(_NUMBERS, (1,))[0]),
            f"{'/'.join(map(str, depths))} bits a channel",
        )))
