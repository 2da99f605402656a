"""From whatever a file holds to sRGB with 8 bits a channel, on screen as its maker saw it.

Two steps with the scaling between them, so that the dear one, the profile, is done on few pixels: `workable` gets to
a mode that can be scaled without losing anything (premultiplied where there is transparency), `Colours.to_srgb` does
the rest. A profile that is broken or does not fit is left out: it never costs the picture.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from PIL import Image

from viewer.imaging.worker.errors import UNPARSABLE

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsTransform

_TRANSPARENT_BY_INFO: Final = frozenset(["1", "L", "P", "RGB"])
_LARGEST_PROFILE: Final = 8 << 20
_SRGB_NAMES: Final = (b"sRGB", b"uRGB")
_TINY_SRGB_NAME: Final = b"c2"
"""What profiles call themselves that are sRGB; the last is a tiny one for the web, which shares its name with none."""


def workable(image: Image.Image) -> Image.Image:
    """`image` as L, RGB, RGBa (premultiplied), CMYK or LAB."""
    mode = image.mode
    if mode in ("L", "RGB", "CMYK", "LAB", "RGBa") and not _is_transparent(image):
        return image
    if mode.startswith("I;16"):
        return _from_16_bits(image)
    if mode in ("I", "F"):
        return _from_wide(image)
    if _is_transparent(image):
        straight = image if mode == "RGBA" else image.convert("RGBA")  # a copy of 100 megapixels is half a gigabyte
        return straight.convert("RGBa")
    return image.convert("L" if mode == "1" else "RGB")


def _is_transparent(image: Image.Image) -> bool:
    if image.mode in ("LA", "La", "PA", "RGBA"):
        return True
    if image.mode not in _TRANSPARENT_BY_INFO:
        return False
    palette = image.palette if image.mode == "P" else None
    return "transparency" in image.info or (palette is not None and palette.mode.endswith("A"))


def _from_16_bits(image: Image.Image) -> Image.Image:
    """Pillow's own conversion clips at 255, which makes nearly everything white."""
    wide = image if image.mode == "I;16" else image.convert("I")
    return wide.point(lambda value: value * (255 / 65535) + 0.5).convert("L")


def _from_wide(image: Image.Image) -> Image.Image:
    """32 bits a pixel, whole numbers or not, with no word in the file on what is white: told from what occurs."""
    low, high = _range(image)
    if image.mode == "F" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    elif low >= 0 and high <= 255:
        low, high = 0.0, 255.0
    elif low >= 0 and high <= 65535:
        low, high = 0.0, 65535.0
    if not high > low:  # also where a value is not a number
        return Image.new("L", image.size)
    scale = 255 / (high - low)
    offset = 0.5 - low * scale
    return image.convert("F").point(lambda value: value * scale + offset).convert("L")


def _range(image: Image.Image) -> tuple[float, float]:
    low, high = image.getextrema()
    if isinstance(low, tuple) or isinstance(high, tuple):
        raise TypeError("a range for each of several channels")
    return low, high


class Colours:
    """Takes pictures to sRGB. Keeps the last conversion: the pictures of one camera have one profile."""

    def __init__(self) -> None:
        self._last: tuple[bytes, str, ImageCmsTransform] | None = None

    def to_srgb(self, image: Image.Image, profile: object) -> Image.Image:
        """`image` (as `workable` left it) as RGB or RGBa, by way of `profile`, the bytes found in its file, if any."""
        if image.mode == "LAB":
            return self._converted(image, b"", "LAB") or image.convert("RGB")
        if isinstance(profile, bytes) and 128 < len(profile) <= _LARGEST_PROFILE:
            match profile[16:20], image.mode:
                case (b"RGB ", "RGBa") if not is_srgb(profile):
                    straight = self._converted(image.convert("RGBA"), profile, "RGBA")
                    return image if straight is None else straight.convert("RGBa")
                case (b"RGB ", "RGB" | "L") if not is_srgb(profile):
                    rgb = image if image.mode == "RGB" else image.convert("RGB")
                    return self._converted(rgb, profile, "RGB") or rgb
                case (b"GRAY", "L") | (b"CMYK", "CMYK"):
                    return self._converted(image, profile, image.mode) or image.convert("RGB")
        return image if image.mode in ("RGB", "RGBa") else image.convert("RGB")

    def _converted(self, image: Image.Image, profile: bytes, mode: str) -> Image.Image | None:
        """None where the profile is no good."""
        from PIL import ImageCms

        try:
            if self._last is None or self._last[:2] != (profile, mode):
                source = (
                    ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else ImageCms.createProfile("LAB", 5000)
                )
                # Perceptual: out of a larger space, or from inks, the whole picture moves in rather than parts clip.
                transform = ImageCms.buildTransform(
                    source, ImageCms.createProfile("sRGB"), mode, "RGBA" if mode == "RGBA" else "RGB",
                    ImageCms.Intent.PERCEPTUAL, ImageCms.Flags.BLACKPOINTCOMPENSATION,
                )
                self._last = profile, mode, transform
            return ImageCms.applyTransform(image, self._last[2])
        except (ImageCms.PyCMSError, *UNPARSABLE):
            return None


def is_srgb(profile: bytes) -> bool:
    """Whether `profile` says of itself that it is sRGB, so that nothing is to be done."""
    name = _description(profile)
    return name == _TINY_SRGB_NAME or (name.startswith(_SRGB_NAMES) and b"linear" not in name.lower())


def _description(profile: bytes) -> bytes:
    """The profile's name (ICC.1, tag `desc`, in the old or the new form) in ASCII, or nothing."""
    for entry in range(132, min(132 + 12 * 100, len(profile) - 11), 12):
        if profile[entry : entry + 4] == b"desc":
            at = int.from_bytes(profile[entry + 4 : entry + 8], "big")
            if profile[at : at + 4] == b"mluc":
                size = int.from_bytes(profile[at + 20 : at + 24], "big")
                words = at + int.from_bytes(profile[at + 24 : at + 28], "big")
                return profile[words : words + min(size, 200)].replace(b"\0", b"")
            size = int.from_bytes(profile[at + 8 : at + 12], "big")
            return profile[at + 12 : at + 12 + min(size, 200)].rstrip(b"\0")
    return b""
