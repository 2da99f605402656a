"""The picture formats that Liftoff opens, and their usual suffixes. A file's content decides, not its suffix."""

from __future__ import annotations

from typing import Final

FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "JPEG": ("jpg", "jpeg", "jpe", "jfif"),
    "PNG": ("png", "apng"),
    "GIF": ("gif",),
    "WebP": ("webp",),
    "TIFF": ("tif", "tiff"),
    "BMP": ("bmp", "dib"),
    "AVIF": ("avif", "avifs"),
    "HEIC": ("heic", "heif", "hif"),
}
