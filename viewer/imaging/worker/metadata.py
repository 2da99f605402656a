"""Embedded metadata: the texts, date, keywords, rating and place in XMP, IPTC, Exif, PNG and comments.

The sources are read in this order; each fills in what the ones before it left open. Of the dates the fullest is taken.

| our key  | XMP                                               | IPTC IIM          | Exif                              |
|----------|---------------------------------------------------|-------------------|-----------------------------------|
| title    | dc:title, else photoshop:Headline                 | 2:05, else 2:105  | XPTitle                           |
| caption  | dc:description, else exif:UserComment             | 2:120             | ImageDescription, then comments   |
| credit   | photoshop:Credit, else dc:creator                 | 2:110, else 2:80  | Artist, else XPAuthor             |
| creator  | dc:creator                                        | 2:80              | Artist, else XPAuthor             |
| alt      | Iptc4xmpCore:AltTextAccessibility                 |                   |                                   |
| rights   | dc:rights, else xmpRights:UsageTerms, WebStatement | 2:116            | Copyright                         |
| taken    | exif:DateTimeOriginal, else photoshop:DateCreated | 2:55 with 2:60    | DateTimeOriginal                  |
| camera   |                                                   |                   | Make and Model                    |
| exposure |                                                   |                   | time, aperture, ISO, focal length |
| keywords | dc:subject                                        | 2:25              | XPKeywords                        |
| rating   | xmp:Rating                                        |                   | Rating                            |
| place    | Location, City, State, Country                    | 2:92, 90, 95, 101 | GPS latitude and longitude        |

Exif's comments are UserComment, XPComment and XPSubject. PNG has texts of its own, and a comment in a JPEG, GIF or PNG
is a caption where there is no other. A title, caption, alternative text or rights in several languages is passed on in
all of them.

What cameras and programs write where nobody wrote a word is ignored (`filler_texts`), and so is a title or caption that
is the file's name: by the IPTC Photo Metadata Standard a title is often just an identifier. A caption, which says what
the picture means, never stands in for alternative text, which says what is seen. Texts are bounded, and malformed
metadata never costs the picture.
"""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Final

from viewer.imaging.worker.errors import PARSER_ERRORS
from viewer.imaging.worker.exif import exif_texts
from viewer.imaging.worker.iptc import iptc_texts
from viewer.imaging.worker.text_sources import merged_texts
from viewer.imaging.worker.xmp import xmp_texts

if TYPE_CHECKING:
    from PIL import Image

    from viewer.imaging.protocol.messages import Request, Words
    from viewer.imaging.worker.text_sources import TextSource

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


def embedded_texts(image: Image.Image, path: str) -> dict[str, Words]:
    """The texts embedded in `image`, whose file is `path`, by `messages.TEXT_KEYS`; only those there are."""
    return merged_texts(embedded_sources(image), path)


def texts_of(image: Image.Image, request: Request) -> dict[str, Words]:
    """The texts of the picture that was requested, embedded in `image` or in the files that may be beside it.

    What somebody wrote into a file beside a picture goes first: programs that keep such files leave the picture as it
    was.
    """
    sources = embedded_sources(image)
    if request.beside:
        from viewer.imaging.worker.side_files import side_sources  # few folders have such files

        sources = [*side_sources(request.beside), *sources]
    return merged_texts(sources, request.path)


def embedded_sources(image: Image.Image) -> list[TextSource]:
    """The sources of texts in `image`, the best first."""
    return [partial(read, image) for read in (_from_xmp, _from_iptc, exif_texts, _from_png, _from_comment)]


def _from_xmp(image: Image.Image) -> dict[str, list[Words]]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "replace")
    return xmp_texts(packet) if isinstance(packet, bytes) else {}


def _from_iptc(image: Image.Image) -> dict[str, list[Words]]:
    resources = image.info.get("photoshop")
    block = resources.get(0x0404) if isinstance(resources, dict) else None
    if block is None:
        block = getattr(image, "tag_v2", {}).get(33723)  # the tag of a TIFF
    return iptc_texts(block) if isinstance(block, bytes) else {}


def _from_png(image: Image.Image) -> dict[str, list[Words]]:
    """The registered keywords of PNG text chunks (PNG specification, section 11.3.3.2)."""
    keywords = {"title": "Title", "caption": "Description", "credit": "Author", "rights": "Copyright"}
    if image.format != "PNG":
        return {}
    return {key: [text] for key, keyword in keywords.items() if isinstance(text := image.info.get(keyword), str)}


def _from_comment(image: Image.Image) -> dict[str, list[Words]]:
    """The comment of a JPEG or GIF, in no declared character set, or of a PNG."""
    comment = image.info.get("comment") or image.info.get("Comment")
    if isinstance(comment, bytes):
        from viewer.imaging.worker.character_sets import decoded  # rarely needed

        comment = decoded([comment])[0]
    return {"caption": [comment]} if isinstance(comment, str) else {}
