"""The picture formats that Liftoff opens, and their usual suffixes.

A file's content decides, not its suffix; only what is built like a TIFF may be camera raw by its suffix.
"""

from __future__ import annotations

from typing import Final

from viewer.camera_raw_formats import RAW_ENDINGS

FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "JPEG": ("jpg", "jpeg", "jpe", "jfif"),
    "PNG": ("png", "apng"),
    "GIF": ("gif",),
    "WebP": ("webp",),
    "TIFF": ("tif", "tiff"),
    "BMP": ("bmp", "dib"),
    "AVIF": ("avif", "avifs"),
    "HEIC": ("heic", "heif", "hif"),
    "camera raw": RAW_ENDINGS,
}
