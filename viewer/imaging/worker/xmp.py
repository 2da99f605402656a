"""XMP metadata (ISO 16684-1): untrusted XML inside the picture or in a file beside it, parsed with defusedxml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from viewer.imaging.protocol.messages import MOST_LANGUAGES

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from viewer.imaging.protocol.messages import Words

_LARGEST: Final = 1 << 20
"""Bytes of a packet that is parsed; one JPEG segment holds 65,502 at most."""

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_XMP: Final = "{http://ns.adobe.com/xap/1.0/}"
_PHOTOSHOP: Final = "{http://ns.adobe.com/photoshop/1.0/}"
_RIGHTS: Final = "{http://ns.adobe.com/xap/1.0/rights/}"
_IPTC: Final = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXIF: Final = "{http://ns.adobe.com/exif/1.0/}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

_PROPERTIES: Final = {
    "title": (_DC + "title", _PHOTOSHOP + "Headline"),
    "caption": (_DC + "description", _EXIF + "UserComment"),
    "credit": (_PHOTOSHOP + "Credit", _DC + "creator"),
    "creator": (_DC + "creator",),
    "alt": (_IPTC + "AltTextAccessibility",),
    "rights": (_DC + "rights", _RIGHTS + "UsageTerms", _RIGHTS + "WebStatement"),
    "taken": (_EXIF + "DateTimeOriginal", _PHOTOSHOP + "DateCreated"),
    "keywords": (_DC + "subject",),
    "rating": (_XMP + "Rating",),
}
_PLACE: Final = (_IPTC + "Location", _PHOTOSHOP + "City", _PHOTOSHOP + "State", _PHOTOSHOP + "Country")
"""Properties that together are the place, from the narrowest to the widest."""

_LOCAL_NAMES: Final = tuple(name.rpartition("}")[2].encode("ascii")
                            for name in (*_PLACE, *(one for names in _PROPERTIES.values() for one in names))
                            if not name.endswith("Rating"))
_RATED: Final = re.compile(rb"Rating\s*(?:=\s*[\"']|>)\s*[1-5]")  # cameras write a rating of 0 into every picture
_LANGUAGE_TAG: Final = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
_NO_LANGUAGE: Final = "none"


def xmp_texts(packet: bytes) -> dict[str, list[Words]]:
    """The texts in `packet` by `messages.TEXT_KEYS`, the best first.

    Raises ValueError and SyntaxError for what is not XMP.
    """
    # Most cameras' packets hold none of these: searching first saves the parser, and the first time its import.
    if len(packet) > _LARGEST or not (any(name in packet for name in _LOCAL_NAMES) or _RATED.search(packet)):
        return {}
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # it has no types of its own

    root = fromstring(packet.strip(b"\0 \t\r\n"), forbid_dtd=True)
    properties: dict[str, Words] = {}
    for description in root.iter(_RDF + "Description"):
        for name, value in description.attrib.items():
            properties.setdefault(name, value)
        for child in description:
            properties.setdefault(child.tag, _value(child, "\n" if child.tag == _DC + "subject" else ", "))
    texts = {key: [properties[name] for name in names if name in properties] for key, names in _PROPERTIES.items()}
    parts = dict.fromkeys(part.strip() for name in _PLACE if isinstance(part := properties.get(name), str))
    return {**texts, "place": [", ".join(filter(None, parts))]}


def _value(element: Element, separator: str) -> Words:
    """The wordings of a language alternative, the items of a list with `separator` between them, or the plain text."""
    items = list(element.iter(_RDF + "li"))
    if not items:
        return element.text or ""
    if element.find(_RDF + "Alt") is None:
        return separator.join(item.text.strip() for item in items if item.text)
    return _alternatives([(item.get(_LANG, ""), item.text or "") for item in items if item.text])


def _alternatives(items: list[tuple[str, str]]) -> Words:
    """One wording, or one for each language.

    The default, ``x-default``, repeats one of the others (XMP specification, section 8.2.2.4), or stands for itself
    where it is in a language that nobody named.
    """
    wordings: dict[str, str] = {}
    for tag, wording in items[:MOST_LANGUAGES]:
        if tag and tag.lower() != "x-default" and _LANGUAGE_TAG.fullmatch(tag):
            wordings.setdefault(tag, wording)
    default = next((wording for tag, wording in items if tag.lower() == "x-default"), items[0][1] if items else "")
    if default not in wordings.values():
        wordings = {_NO_LANGUAGE: default, **wordings}
    return default if len(wordings) == 1 else wordings
