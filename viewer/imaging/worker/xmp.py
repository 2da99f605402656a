"""XMP metadata (ISO 16684-1): untrusted XML inside the picture, parsed with defusedxml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LARGEST: Final = 1 << 20
"""Bytes of a packet that is parsed; one JPEG segment holds 65,502 at most."""

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP: Final = "{http://ns.adobe.com/photoshop/1.0/}"
_RIGHTS: Final = "{http://ns.adobe.com/xap/1.0/rights/}"
_IPTC: Final = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXIF: Final = "{http://ns.adobe.com/exif/1.0/}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

_PROPERTIES: Final = {
    "title": (_DC + "title", _PHOTOSHOP + "Headline"),
    "caption": (_DC + "description",),
    "credit": (_PHOTOSHOP + "Credit", _DC + "creator"),
    "alt": (_IPTC + "AltTextAccessibility",),
    "rights": (_DC + "rights", _RIGHTS + "UsageTerms", _RIGHTS + "WebStatement"),
    "taken": (_EXIF + "DateTimeOriginal", _PHOTOSHOP + "DateCreated"),
}
_LOCAL_NAMES: Final = tuple(name.rpartition("}")[2].encode("ascii") for names in _PROPERTIES.values() for name in names)


def xmp_texts(packet: bytes) -> dict[str, list[str]]:
    """The texts in `packet` by `messages.TEXT_KEYS`, the best first.

    Raises ValueError and SyntaxError for what is not XMP.
    """
    # Most cameras' packets hold none of these: searching first saves the parser, and the first time its import.
    if len(packet) > _LARGEST or not any(name in packet for name in _LOCAL_NAMES):
        return {}
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # it has no types of its own

    root = fromstring(packet.strip(b"\0 \t\r\n"), forbid_dtd=True)
    properties: dict[str, str] = {}
    for description in root.iter(_RDF + "Description"):
        for name, value in description.attrib.items():
            properties.setdefault(name, value)
        for child in description:
            properties.setdefault(child.tag, _value(child))
    return {key: [properties[name] for name in names if name in properties] for key, names in _PROPERTIES.items()}


def _value(element: Element) -> str:
    """The default of a language alternative, the items of a list, or the plain text."""
    items = list(element.iter(_RDF + "li"))
    if not items:
        return element.text or ""
    if element.find(_RDF + "Alt") is None:
        return ", ".join(item.text.strip() for item in items if item.text)
    chosen = next((item for item in items if item.get(_LANG) == "x-default"), items[0])
    return chosen.text or ""
