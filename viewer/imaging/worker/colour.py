"""Colour conversion: from any pixel format and ICC profile to sRGB with 8 bits a channel.

Two steps with scaling between them, so that the expensive one works on few pixels: `to_scalable_mode` before it
(premultiplied alpha where there is transparency), `ColourConverter.to_srgb` with the ICC profile after it. A profile
that is broken or does not match the image is ignored; it never costs the picture.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Final

from PIL import Image

from viewer.imaging.worker.errors import PARSER_ERRORS

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsTransform

GREY_RANGE: Final = "liftoff_grey_range"
"""Key of `Image.info`: black and white of a grey picture of up to 16 bits, where they are not 0 and 65535."""

UNSIGNED: Final = "liftoff_unsigned"
"""Key of `Image.info`: a picture's 32-bit integers have no sign, though Pillow gives the upper half of them one."""

_LARGEST_PROFILE: Final = 8 << 20
"""Bytes."""


def to_scalable_mode(image: Image.Image) -> Image.Image:
    """`image` in a mode that can be resampled: L, RGB, RGBa (premultiplied), CMYK or LAB."""
    mode, palette = image.mode, image.palette
    if mode.startswith("I;16"):  # Pillow's own conversion clips at 255, which makes nearly everything white
        wide = image if mode == "I;16" else image.convert("I")
        black, white = image.info.get(GREY_RANGE, (0, 65535))
        scale = 255 / (white - black)
        grey = wide.point(lambda value: value * scale + (0.5 - black * scale)).convert("L")
        clear = image.info.get("transparency")
        if not isinstance(clear, int):
            return grey
        return Image.merge("LA", (grey, _other_than(clear, wide))).convert("RGBA").convert("RGBa")
    if mode in ("I", "F"):
        return _from_32_bits(image)
    has_transparent_colour = mode in ("1", "L", "P", "RGB") and (
        "transparency" in image.info or (mode == "P" and palette is not None and palette.mode.endswith("A"))
    )
    if has_transparent_colour or mode in ("LA", "La", "PA", "RGBA"):
        straight = image if mode == "RGBA" else image.convert("RGBA")  # a copy of 100 megapixels is half a gigabyte
        return straight.convert("RGBa")
    if mode in ("L", "RGB", "CMYK", "LAB", "RGBa"):
        return image
    return image.convert("L" if mode == "1" else "RGB")


def _other_than(grey: int, image: Image.Image) -> Image.Image:
    """255 wherever `image`, of mode I;16 or I, is not as bright as `grey`, 0 elsewhere, as a mask.

    Pillow's own mask takes every value above 255 for 255.
    """
    from PIL import ImageChops  # rarely needed

    data, step = image.tobytes(), 2 if image.mode == "I;16" else 4
    first, second = (0, 1) if image.mode == "I;16" or sys.byteorder == "little" else (3, 2)
    bytes_of_grey = ((first, grey & 255), (second, grey >> 8))
    low, high = (Image.frombytes("L", image.size, data[at::step]).point([255] * one + [0] + [255] * (255 - one))
                 for at, one in bytes_of_grey)
    return ImageChops.lighter(low, high)


def _from_32_bits(image: Image.Image) -> Image.Image:
    """32-bit integers or floats as L. Files do not say which value is white, so it is guessed from the range."""
    low, high = image.getextrema()
    assert isinstance(low, int | float)  # there is one channel
    assert isinstance(high, int | float)
    if low < 0 and image.info.get(UNSIGNED):
        return Image.frombytes("L", image.size, image.tobytes()[3 if sys.byteorder == "little" else 0 :: 4])
    if image.mode == "F" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    elif low >= 0 and high <= 255:
        low, high = 0.0, 255.0
    elif low >= 0 and high <= 65535:
        low, high = 0.0, 65535.0
    if not high > low:  # also for NaN
        return Image.new("L", image.size)
    scale = 255 / (high - low)
    offset = 0.5 - low * scale
    return image.convert("F").point(lambda value: value * scale + offset).convert("L")


class ColourConverter:
    """Converts images to sRGB. Caches the last ICC transform: pictures of one camera share a profile."""

    def __init__(self) -> None:
        self._last: tuple[bytes, str, ImageCmsTransform] | None = None

    def to_srgb(self, image: Image.Image, profile: object) -> Image.Image:
        """`image`, in a mode of `to_scalable_mode`, as RGB or RGBa, by the ICC `profile` in its file, if any."""
        if image.mode == "LAB":
            return self._transformed(image, b"", "LAB") or image.convert("RGB")
        if isinstance(profile, bytes) and 128 < len(profile) <= _LARGEST_PROFILE:
            from viewer.imaging.worker.icc import is_srgb

            match profile[16:20], image.mode:
                case (b"RGB ", "RGBa") if not is_srgb(profile):
                    straight = self._transformed(image.convert("RGBA"), profile, "RGBA")
                    return image if straight is None else straight.convert("RGBa")
                case (b"RGB ", "RGB" | "L") if not is_srgb(profile):
                    rgb = image if image.mode == "RGB" else image.convert("RGB")
                    return self._transformed(rgb, profile, "RGB") or rgb
                case (b"GRAY", "L") | (b"CMYK", "CMYK"):
                    return self._transformed(image, profile, image.mode) or image.convert("RGB")
        return image if image.mode in ("RGB", "RGBa") else image.convert("RGB")

    def _transformed(self, image: Image.Image, profile: bytes, mode: str) -> Image.Image | None:
        """`image` through the ICC transform, whose input is in `mode`; None where the profile is unusable."""
        from PIL import ImageCms

        try:
            if self._last is None or self._last[:2] != (profile, mode):
                source = (
                    ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else ImageCms.createProfile("LAB", 5000)
                )
                # Perceptual: a larger gamut is compressed as a whole rather than clipped in parts.
                transform = ImageCms.buildTransform(
                    source, ImageCms.createProfile("sRGB"), mode, "RGBA" if mode == "RGBA" else "RGB",
                    ImageCms.Intent.PERCEPTUAL, ImageCms.Flags.BLACKPOINTCOMPENSATION,
                )
                self._last = profile, mode, transform
            return ImageCms.applyTransform(image, self._last[2])
        except (ImageCms.PyCMSError, *PARSER_ERRORS):
            return None
