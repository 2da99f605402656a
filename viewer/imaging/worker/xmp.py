"""The words in an XMP packet (ISO 16684-1): an XML text inside the picture, written by anyone, read with defusedxml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LARGEST: Final = 1 << 20
"""Bytes of a packet that is read; the standard's own limit for one JPEG segment is 65,502."""

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP: Final = "{http://ns.adobe.com/photoshop/1.0/}"
_RIGHTS: Final = "{http://ns.adobe.com/xap/1.0/rights/}"
_IPTC: Final = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXIF: Final = "{http://ns.adobe.com/exif/1.0/}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

_NAMES: Final = {
    "title": (_DC + "title", _PHOTOSHOP + "Headline"),
    "caption": (_DC + "description",),
    "credit": (_PHOTOSHOP + "Credit", _DC + "creator"),
    "alt": (_IPTC + "AltTextAccessibility",),
    "rights": (_DC + "rights", _RIGHTS + "UsageTerms", _RIGHTS + "WebStatement"),
    "taken": (_EXIF + "DateTimeOriginal", _PHOTOSHOP + "DateCreated"),
}
_TELLING: Final = tuple(
    name.rpartition("}")[2].encode("ascii") for names in _NAMES.values() for name in names
)


def words_in_xmp(packet: bytes) -> dict[str, str]:
    """The words in `packet` by `protocol.TEXT_KEYS`. Raises ValueError and SyntaxError for what is not XMP."""
    # Most packets of cameras hold no words at all: looking first saves the parser, and at first its import.
    if len(packet) > _LARGEST or not any(name in packet for name in _TELLING):
        return {}
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # it has no types of its own

    root = fromstring(packet.strip(b"\0 \t\r\n"), forbid_dtd=True)
    properties: dict[str, str] = {}
    for description in root.iter(_RDF + "Description"):
        for name, value in description.attrib.items():
            properties.setdefault(name, value)
        for child in description:
            properties.setdefault(child.tag, _value(child))
    found = {}
    for key, names in _NAMES.items():
        words = next((words for name in names if (words := properties.get(name, "").strip())), "")
        if words:
            found[key] = words
    return found


def _value(element: Element) -> str:
    """The wording for everyone of a language alternative, the names of a list, or the plain text."""
    items = list(element.iter(_RDF + "li"))
    if not items:
        return element.text or ""
    if element.find(_RDF + "Alt") is None:
        return ", ".join(item.text.strip() for item in items if item.text)
    chosen = next((item for item in items if item.get(_LANG) == "x-default"), items[0])
    return chosen.text or ""
