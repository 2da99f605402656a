"""The words that travel inside a picture: title, caption, credit, alternative text and when and how it was taken.

Three vocabularies, the newest first; each fills in what the ones before it left open. Last come a PNG's own keywords.

| our word | XMP                                             | IPTC IIM            | Exif                    |
|----------|-------------------------------------------------|---------------------|-------------------------|
| title    | dc:title, else photoshop:Headline               | 2:05, else 2:105    | XPTitle                 |
| caption  | dc:description                                  | 2:120               | ImageDescription        |
| credit   | photoshop:Credit, else dc:creator               | 2:110, else 2:80    | Artist                  |
| alt      | Iptc4xmpCore:AltTextAccessibility               |                     |                         |
| rights   | dc:rights, else xmpRights:UsageTerms, WebStatement | 2:116            | Copyright               |
| taken    | exif:DateTimeOriginal, else photoshop:DateCreated | 2:55 with 2:60    | DateTimeOriginal        |
| camera   |                                                 |                     | Make and Model          |
| exposure |                                                 |                     | time, aperture, ISO, focal length |

Two traps (IPTC Photo Metadata Standard): a title is first of all an identifier, so one equal to the file's name is
none; and a caption is never taken for an alternative text, which says what is seen, not what it means. Words are
bounded, and nothing that is wrong with them ever costs the picture.
"""

from __future__ import annotations

import contextlib
import os.path
from typing import TYPE_CHECKING, Final

from viewer.imaging.protocol.messages import LONGEST_TEXT
from viewer.imaging.worker.errors import UNPARSABLE
from viewer.imaging.worker.iptc import words_in_iim
from viewer.imaging.worker.xmp import words_in_xmp

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

_SHORT: Final = {"title": 500, "taken": 40, "camera": 200, "exposure": 200}
"""Characters of the words that belong on one line; the others may have `LONGEST_TEXT`."""

_BY_NEED: Final = (
    "icc_profile", "exif", "Raw profile type exif", "xmp", "XML:com.adobe.xmp", "photoshop", "Raw profile type iptc",
)
"""Where Pillow keeps metadata, the colours and the way up before the words."""

_CAMERA_WORDS: Final = frozenset(
    ["olympus digital camera", "sony dsc", "dcim", "default", "digital camera", "untitled", "hdrplus", "minolta dsc",
     "kodak digital still camera", "samsung digital camera", "konica minolta digital camera", "screenshot"]
)
"""What cameras write where a description belongs."""

_MAKE, _MODEL, _DESCRIPTION, _ARTIST, _COPYRIGHT, _XP_TITLE = 271, 272, 270, 315, 33432, 40091
_EXIF_IFD: Final = 0x8769
_EXPOSURE_TIME, _APERTURE, _SENSITIVITY, _TAKEN, _OFFSET, _FOCAL_LENGTH = 33434, 33437, 34855, 36867, 36881, 37386


def leave_out_metadata(image: Image.Image, most_bytes: int) -> None:
    """Have `image` forget what metadata it has beyond `most_bytes`, what is needed to show it counted first."""
    left = most_bytes
    for key in _BY_NEED:
        size = _size(image.info.get(key))
        if size <= left:
            left -= size
            continue
        if "exif" in key:
            with contextlib.suppress(*UNPARSABLE):
                image.getexif().clear()  # of a JPEG it has been read already, for the resolution
        del image.info[key]


def _size(found: object) -> int:
    """Bytes of one kind of metadata, as Pillow keeps it: bytes, a text, or a table of them."""
    if isinstance(found, dict):
        return sum(_size(part) for part in found.values())
    return len(found) if isinstance(found, bytes | str) else 0


def texts_in(image: Image.Image, path: str) -> dict[str, str]:
    """The words embedded in `image`, whose file is `path`, by `protocol.TEXT_KEYS`; only those there are."""
    texts: dict[str, str] = {}
    for source in (_from_xmp, _from_iim, _from_exif, _from_png):
        for key, words in _asked(source, image).items():
            plain = _plain(words, _SHORT.get(key, LONGEST_TEXT), one_line=key in _SHORT)
            if plain and not (key == "title" and _is_the_name(plain, path)):
                texts.setdefault(key, plain)
    return texts


def _asked(source: Callable[[Image.Image], dict[str, str]], image: Image.Image) -> dict[str, str]:
    try:
        return source(image)
    except UNPARSABLE:
        return {}


def _from_xmp(image: Image.Image) -> dict[str, str]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "replace")
    return words_in_xmp(packet) if isinstance(packet, bytes) else {}


def _from_iim(image: Image.Image) -> dict[str, str]:
    resources = image.info.get("photoshop")
    block = resources.get(0x0404) if isinstance(resources, dict) else None
    if block is None:
        block = getattr(image, "tag_v2", {}).get(33723)  # where a TIFF keeps it
    return words_in_iim(block) if isinstance(block, bytes) else {}


def _from_exif(image: Image.Image) -> dict[str, str]:
    exif = image.getexif()
    details = exif.get_ifd(_EXIF_IFD)
    description = _text(exif.get(_DESCRIPTION))
    if description.strip().lower() in _CAMERA_WORDS:
        description = ""
    return {
        "title": _text(exif.get(_XP_TITLE), "utf-16-le"),
        "caption": description,
        "credit": _text(exif.get(_ARTIST)),
        "rights": _text(exif.get(_COPYRIGHT)),
        "taken": _moment(_text(details.get(_TAKEN)), _text(details.get(_OFFSET))),
        "camera": _camera(_text(exif.get(_MAKE)), _text(exif.get(_MODEL))),
        "exposure": _exposure(details),
    }


def _from_png(image: Image.Image) -> dict[str, str]:
    """The keywords that the PNG specification registers (section 11.3.3.2), where nothing better is said."""
    keywords = {"title": "Title", "caption": "Description", "credit": "Author", "rights": "Copyright"}
    if image.format != "PNG":
        return {}
    found = {key: image.info.get(keyword) for key, keyword in keywords.items()}
    return {key: words for key, words in found.items() if isinstance(words, str)}


def _moment(taken: str, offset: str) -> str:
    """ISO 8601 for Exif's "2018:06:06 17:12:41", with the offset from UTC where the camera knew it."""
    day, _, time = taken.strip().partition(" ")
    numbers = day.replace("-", ":").split(":") + time.split(":")[:3]
    if len(numbers) < 3 or not all(part.isdigit() for part in numbers[:3]) or int(numbers[0]) == 0:
        return ""
    date = "-".join(numbers[:3])
    if len(numbers) != 6 or not all(part.isdigit() for part in numbers):
        return date
    zone = offset.strip()
    return f"{date}T{':'.join(numbers[3:])}" + (zone if len(zone) == 6 and zone[0] in "+-" else "")


def _camera(make: str, model: str) -> str:
    make, model = make.strip(), model.strip()
    first = make.partition(" ")[0]
    return model if not make or model.lower().startswith(first.lower()) else f"{make} {model}".strip()


def _exposure(details: dict[int, object]) -> str:
    """What photographers read: "1/250 s, f/8, ISO 100, 50 mm"."""
    parts = []
    if (seconds := _number(details.get(_EXPOSURE_TIME))) > 0:
        parts.append(f"1/{round(1 / seconds)} s" if seconds < 0.4 else f"{seconds:.4g} s")
    if (aperture := _number(details.get(_APERTURE))) > 0:
        parts.append(f"f/{aperture:.3g}")
    if (sensitivity := _number(details.get(_SENSITIVITY))) > 0:
        parts.append(f"ISO {sensitivity:.0f}")
    if (length := _number(details.get(_FOCAL_LENGTH))) > 0:
        parts.append(f"{length:.4g} mm")
    return ", ".join(parts)


def _number(raw: object) -> float:
    """A number from Exif, 0 where there is none; some cameras write a row of them, of which the first counts."""
    if isinstance(raw, tuple):
        raw = raw[0] if raw else None
    try:
        number = float(raw)  # type: ignore[arg-type]  # whatever the file had there: a fraction of Pillow's, most often
    except UNPARSABLE:
        return 0.0
    return number if 0 < number < 1e6 else 0.0


def _text(raw: object, encoding: str = "utf-8") -> str:
    """A text from Exif, which by its letter is ASCII, and is UTF-8 or Latin-1 in the world."""
    if isinstance(raw, tuple):
        raw = raw[0] if raw and isinstance(raw[0], str) else bytes(raw)
    if isinstance(raw, str):
        # Pillow reads these as Latin-1: what is UTF-8 when taken back to bytes was meant as such.
        try:
            return raw.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return raw
    if isinstance(raw, bytes):
        return raw.decode(encoding, "replace").partition("\0")[0]
    return ""


def _plain(words: str, longest: int, *, one_line: bool) -> str:
    """Without control characters, trimmed; line ends stay where there may be several lines."""
    kept = "".join(
        letter if letter.isprintable() or (letter == "\n" and not one_line) else " "
        for letter in words[: 2 * longest].replace("\r\n", "\n").replace("\r", "\n")
    )
    return kept.strip()[:longest].strip()


def _is_the_name(title: str, path: str) -> bool:
    name = os.path.basename(path).lower()  # noqa: PTH119  (pathlib's import takes longer than the first picture has)
    return title.lower() in (name, os.path.splitext(name)[0])  # noqa: PTH122  (likewise)
