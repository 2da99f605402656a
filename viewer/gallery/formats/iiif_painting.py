"""Finds what is painted on a canvas of a IIIF manifest: its first picture, else a film or a sound."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from viewer.gallery.paths import percent_decoded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Kind: TypeAlias = Literal["picture", "film", "sound", "other"]

_KINDS: Final[dict[str, Kind]] = {"image": "picture", "video": "film", "movingimage": "film", "sound": "sound",
                                  "audio": "sound"}
"""By a resource's type, in version 2 with a prefix ("dctypes:MovingImage"), or the first part of its media type."""
_DEEPEST: Final = 8  # resources in one another; manifests have two
# The IIIF Image API's address of a picture: identifier/region/size/rotation/quality.format
_IMAGE_REQUEST: Final = re.compile(r"(.*?)/(?:full|square|[0-9.,]+|pct:[0-9.,]+)/[^/]+/!?[0-9.]+/([a-z]+)\.([a-z0-9]+)")


class Painting(NamedTuple):
    """A resource on a canvas: what kind of thing it is, and the address of its file, empty if it has none."""

    kind: Kind
    address: str

    @property
    def is_on_the_net(self) -> bool:
        """Whether the address is one that would have to be fetched."""
        return re.match("https?://", self.address, re.IGNORECASE) is not None

    def local_file(self, folder: Path) -> str:
        """The picture's file: the one of that name in `folder`, the manifest's, or a path as it is written."""
        if not self.is_on_the_net:
            return self.address
        address = self.address
        with suppress(ValueError):  # "http://[x/a.jpg" is no address, but still ends in a name
            address = urlsplit(address).path
        request = _IMAGE_REQUEST.fullmatch(address)
        if not request:
            return _last(address)
        name, suffix = _last(request[1]), request[3]
        names = (f"{PurePosixPath(name).stem}.{suffix}", f"{name}.{suffix}", name)  # the likeliest first
        return next((name for name in names if os.path.lexists(folder / name)), names[0])


def painted(canvas: dict[str, Any]) -> Painting | None:
    """The first picture painted on `canvas`, else the first film or sound, else None."""
    found = [painting for body in _bodies(canvas) for painting in _paintings(body, _DEEPEST)]
    pictures = [painting for painting in found if painting.kind == "picture"]
    others = [painting for painting in found if painting.kind != "other"]
    return next(iter(pictures or others), None)


def _bodies(canvas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for annotation in objects(canvas.get("images")):  # Presentation 2, where they are pictures
        for resource in objects(annotation.get("resource")):
            yield resource if "type" in resource else {"type": resource.get("@type", "Image")} | resource
    for page in objects(canvas.get("items")):
        for annotation in objects(page.get("items")):
            if annotation.get("motivation") in ("painting", ["painting"]):
                yield from objects(annotation.get("body"))


def _paintings(resource: dict[str, Any], depth: int) -> Iterator[Painting]:
    """What there is in a resource: itself, or of a choice the first, or the source of a part of a resource."""
    kind = str(resource.get("type", resource.get("@type", ""))).rpartition(":")[2]
    if kind in ("Choice", "SpecificResource"):
        # Version 2 has a choice's first as "default", and a part's source as "full" (Open Annotation, section 3.2).
        key = next((key for key in ("items", "default", "source", "full") if key in resource), "")
        inner = listed(resource.get(key))[:1]
        for part in inner if depth else ():
            if isinstance(part, str):  # the address alone: Presentation API 3.0, section 5.7
                yield Painting("picture", part)
            elif isinstance(part, dict):
                yield from _paintings(part, depth - 1)
        return
    media = str(resource.get("format", "")).partition("/")[0]
    address = resource.get("id", resource.get("@id"))
    yield Painting(_KINDS.get(kind.lower(), _KINDS.get(media, "other")), address if isinstance(address, str) else "")


def _last(address: str) -> str:
    return percent_decoded(address).rpartition("/")[2].replace("\0", "")


def listed(value: object) -> list[Any]:
    """`value` as a list: IIIF allows one thing in place of a list of it."""
    return value if isinstance(value, list) else [] if value is None else [value]


def objects(value: object) -> list[dict[str, Any]]:
    """Those parts of `listed(value)` that are JSON objects."""
    return [part for part in listed(value) if isinstance(part, dict)]
