"""The words inside a picture's file, so that it still says what it is when it is alone: XMP whole, IPTC IIM as it fits.

IIM is the older of the two and read more widely; its lengths are bounded in bytes. What is cut there is whole in XMP.
Written after the IPTC Photo Metadata Standard and "IPTC - NAA Information Interchange Model", version 4.2.
"""

from __future__ import annotations

import hashlib
from typing import Any
from xml.sax.saxutils import escape, quoteattr

AUTHORS = "The Liftoff authors"
RIGHTS = "Illustration: MIT licence. Caption: space.com"

# Painted by the program's own scripts: in the IPTC's words a "digital creation", neither photographed nor generated.
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" photoshop:Credit={credit} photoshop:Source={source}
 photoshop:DateCreated={taken}
 Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation">
<dc:title>{title}</dc:title><dc:description>{caption}</dc:description><dc:rights>{rights}</dc:rights>
<dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>
<Iptc4xmpCore:AltTextAccessibility>{alt}</Iptc4xmpCore:AltTextAccessibility>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""

UTF_8 = b"\x1b%G"
CHARACTER_SET, TITLE, DAY, TIME = (1, 90), (2, 5), (2, 55), (2, 60)
CREATOR, CREDIT, SOURCE, COPYRIGHT, CAPTION = (2, 80), (2, 110), (2, 115), (2, 116), (2, 120)
LONGEST = {TITLE: 64, CREATOR: 32, CREDIT: 32, SOURCE: 32, COPYRIGHT: 128, CAPTION: 2000}
"""Bytes that IIM allows."""

IPTC_BLOCK, IPTC_DIGEST = 0x0404, 0x0425
APP13 = b"\xff\xed"


def xmp(slide: dict[str, Any]) -> bytes:
    """A slide of the manifest as an XMP packet."""

    def in_a_language(text: str) -> str:
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'

    return XMP.format(
        **{key: in_a_language(slide[key]) for key in ("title", "caption", "alt")},
        **{key: quoteattr(slide[key]) for key in ("credit", "source", "taken")},
        rights=in_a_language(RIGHTS),
        creator=escape(AUTHORS),
    ).encode()


def iim(slide: dict[str, Any]) -> bytes:
    """A slide of the manifest as IIM datasets, in UTF-8."""
    day, _, time = slide["taken"].partition("T")
    datasets = [
        (CHARACTER_SET, UTF_8),
        ((2, 0), b"\0\4"),
        (TITLE, _cut(slide["title"], LONGEST[TITLE])),
        (DAY, day.replace("-", "").encode("ascii")),
        (TIME, _clock(time)),
        (CREATOR, _cut(AUTHORS, LONGEST[CREATOR])),
        (CREDIT, _cut(slide["credit"], LONGEST[CREDIT])),
        (SOURCE, _cut(slide["source"], LONGEST[SOURCE])),
        (COPYRIGHT, _cut(RIGHTS, LONGEST[COPYRIGHT])),
        (CAPTION, _cut(slide["caption"], LONGEST[CAPTION])),
    ]
    return b"".join(
        bytes((0x1C, *number)) + len(words).to_bytes(2, "big") + words for number, words in datasets if words
    )


def photoshop_segment(block: bytes) -> bytes:
    """The IIM `block` as a JPEG segment, with the digest by which readers know that it and the XMP agree."""
    digest = hashlib.md5(block, usedforsecurity=False).digest()
    body = b"Photoshop 3.0\0" + _resource(IPTC_BLOCK, block) + _resource(IPTC_DIGEST, digest)
    return APP13 + (len(body) + 2).to_bytes(2, "big") + body


def _resource(number: int, content: bytes) -> bytes:
    padding = b"\0" * (len(content) % 2)
    return b"8BIM" + number.to_bytes(2, "big") + b"\0\0" + len(content).to_bytes(4, "big") + content + padding


def _cut(text: str, longest: int) -> bytes:
    """`text` in UTF-8, shortened at a space to `longest` bytes, with a sign that something is missing."""
    words = text.encode()
    if len(words) <= longest:
        return words
    end = "…".encode()
    room = longest - len(end)
    short = words[: room + 1].rpartition(b" ")[0] or words[:room].decode(errors="ignore").encode()
    return short.rstrip(b" ,;:.") + end


def _clock(time: str) -> bytes:
    """ "17:12:41+06:00" as IIM writes it, 171241+0600; without seconds they are noughts."""
    if not time:
        return b""
    digits = time.replace(":", "")
    clock, offset = digits[:-5], digits[-5:]
    return (clock.ljust(6, "0") + offset).encode("ascii")
