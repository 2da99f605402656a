"""Embedded metadata: title, caption, credit, alternative text, date, camera and exposure from XMP, IPTC, Exif and PNG.

The sources are read in this order; each fills in what the ones before it left open. Of the dates the fullest is taken.

| our key  | XMP                                             | IPTC IIM            | Exif                    |
|----------|-------------------------------------------------|---------------------|-------------------------|
| title    | dc:title, else photoshop:Headline               | 2:05, else 2:105    | XPTitle                 |
| caption  | dc:description                                  | 2:120               | ImageDescription        |
| credit   | photoshop:Credit, else dc:creator               | 2:110, else 2:80    | Artist                  |
| alt      | Iptc4xmpCore:AltTextAccessibility               |                     |                         |
| rights   | dc:rights, else xmpRights:UsageTerms, WebStatement | 2:116            | Copyright               |
| taken    | exif:DateTimeOriginal, else photoshop:DateCreated | 2:55 with 2:60    | DateTimeOriginal        |
| camera   |                                                 |                     | Make and Model          |
| exposure |                                                 |                     | time, aperture, ISO, focal length |

What cameras and programs write where nobody wrote a word is ignored (`filler_texts`), and so is a title or caption that
is the file's name: by the IPTC Photo Metadata Standard a title is often just an identifier. A caption, which says what
the picture means, never stands in for alternative text, which says what is seen. Texts are bounded, and malformed
metadata never costs the picture.
"""

from __future__ import annotations

import contextlib
import os.path
from typing import TYPE_CHECKING, Final

from viewer.imaging.protocol.messages import LONGEST_TEXT
from viewer.imaging.worker.dates import fullest, iso_date
from viewer.imaging.worker.errors import PARSER_ERRORS
from viewer.imaging.worker.exif import exif_texts
from viewer.imaging.worker.filler_texts import is_filler
from viewer.imaging.worker.iptc import iptc_texts
from viewer.imaging.worker.xmp import xmp_texts

if TYPE_CHECKING:
    from PIL import Image

_SINGLE_LINE: Final = {"title": 500, "camera": 200, "exposure": 200}
"""Longest texts on one line, in characters; all others may have several lines and `LONGEST_TEXT`."""

_OFTEN_FILLED: Final = frozenset(["title", "caption", "alt"])
"""Keys of texts that may be mere filler."""

_BY_PRIORITY: Final = (
    "icc_profile", "exif", "Raw profile type exif", "xmp", "XML:com.adobe.xmp", "photoshop", "Raw profile type iptc",
)
"""Keys of Pillow's `Image.info`: colour profile and orientation before texts."""


def drop_excess_metadata(image: Image.Image, most_bytes: int) -> None:
    """Delete metadata of `image` beyond `most_bytes` in all, keeping first what is needed to show it."""
    left = most_bytes
    for key in _BY_PRIORITY:
        size = _size(image.info.get(key))
        if size <= left:
            left -= size
            continue
        if "exif" in key:
            with contextlib.suppress(*PARSER_ERRORS):
                image.getexif().clear()  # Pillow has already parsed a JPEG's, for the resolution
        del image.info[key]


def _size(found: object) -> int:
    """Bytes of one entry of `Image.info`: bytes, a text, or a table of them."""
    if isinstance(found, dict):
        return sum(_size(part) for part in found.values())
    return len(found) if isinstance(found, bytes | str) else 0


def embedded_texts(image: Image.Image, path: str) -> dict[str, str]:
    """The texts embedded in `image`, whose file is `path`, by `messages.TEXT_KEYS`; only those there are."""
    name = os.path.basename(path).lower()  # noqa: PTH119  (pathlib's import takes longer than the first picture has)
    names = (name, os.path.splitext(name)[0])  # noqa: PTH122  (likewise)
    texts: dict[str, str] = {}
    dates: list[str] = []
    for read in (_from_xmp, _from_iptc, exif_texts, _from_png):
        found: dict[str, list[str]] = {}
        with contextlib.suppress(*PARSER_ERRORS):
            found = read(image)
        dates += map(iso_date, found.pop("taken", ()))
        for key, raw in ((key, raw) for key, several in found.items() for raw in several):
            text = _plain(raw, _SINGLE_LINE.get(key, LONGEST_TEXT), one_line=key in _SINGLE_LINE)
            if text and key not in texts and not (key in _OFTEN_FILLED and is_filler(text, names)):
                texts[key] = text
    if taken := fullest(dates):
        texts["taken"] = taken
    return texts


def _from_xmp(image: Image.Image) -> dict[str, list[str]]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "replace")
    return xmp_texts(packet) if isinstance(packet, bytes) else {}


def _from_iptc(image: Image.Image) -> dict[str, list[str]]:
    resources = image.info.get("photoshop")
    block = resources.get(0x0404) if isinstance(resources, dict) else None
    if block is None:
        block = getattr(image, "tag_v2", {}).get(33723)  # the tag of a TIFF
    return iptc_texts(block) if isinstance(block, bytes) else {}


def _from_png(image: Image.Image) -> dict[str, list[str]]:
    """The registered keywords of PNG text chunks (PNG specification, section 11.3.3.2)."""
    keywords = {"title": "Title", "caption": "Description", "credit": "Author", "rights": "Copyright"}
    if image.format != "PNG":
        return {}
    return {key: [text] for key, keyword in keywords.items() if isinstance(text := image.info.get(keyword), str)}


def _plain(text: str, longest: int, *, one_line: bool) -> str:
    """`text` without control characters, trimmed and cut; line ends stay unless it must fit `one_line`."""
    kept = "".join(
        letter if letter.isprintable() or (letter == "\n" and not one_line) else " "
        for letter in text[: 2 * longest].replace("\r\n", "\n").replace("\r", "\n")
    )
    return kept.strip()[:longest].strip()
