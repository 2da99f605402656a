"""Malformed and malicious manifests: broken, deeply nested, huge, with odd numbers and texts."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOSTILE_TEXTS: Final = (
    "", " ", "\n" * 5000, "\t\v\f\r", "\x00\x01\x07\x1b[2J\x7f\x85", "\u202egnp.exe\u202c", "\u2066" * 400,
    "\u200f\u061c", "<b>bold</b><img src='file:///etc/passwd'><a href='http://example.org'>link</a>", "&lt;&amp;&#x41;",
    "%s%n%x {0} {}", "http://example.org/ javascript:alert(1)", "e\u0301\u0302\u0303" * 500, "\ufeff\ufffe\uffff",
    "\ud83d", "\udfff\ud800", "\U0001f680" * 300, "A" * 100_000, "word " * 20_000, "\u0e01" * 5000,
    "../../../../etc/passwd", "/dev/zero", "C:\\con", "file:///etc/passwd", "https://example.org/a.jpg", "~", "$HOME",
    "a\0b.jpg", "x" * 5000 + ".jpg",
)
"""Texts that commonly break programs."""

HOSTILE_NUMBERS: Final = (
    "0", "-1", "1e999", "-1e999", "NaN", "Infinity", "1" * 5000, "0.1e-9999", "9007199254740993", "1e308", "-0",
    "00", "1_0",
)
"""Extreme or malformed numbers, as JSON source."""

_KEYS: Final = (
    "file", "id", "title", "caption", "alt", "credit", "rights", "source", "taken", "duration", "focus", "notes",
    "valid", "keywords", "rating", "sha256", "colour", "",
)


def write_manifests(folder: Path, count: int, seed: int) -> list[Path]:
    """Write `count` manifests of all `KINDS` in turn, equal for an equal `seed`."""
    folder.mkdir()
    written = []
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        kinds = HEAVY if number % 100 == 99 else KINDS
        name, kind = list(kinds.items())[(number // 100 if kinds is HEAVY else number) % len(kinds)]
        path = folder / f"{number:05d}-{name}.json"
        path.write_bytes(kind(rng))
        written.append(path)
    return written


def _dump(value: object) -> bytes:
    return json.dumps(value).encode("ascii")


def _sound(rng: random.Random) -> dict[str, Any]:
    slides = [{"file": f"{rng.randrange(99)}.jpg", "title": f"Title {n}", "caption": "words " * 9} for n in range(5)]
    return {"format": "photo-manifest", "version": 1, "title": "Sound", "slides": slides}


def _any_value(rng: random.Random, depth: int = 0) -> Any:
    match rng.randrange(9 if depth < 5 else 6):
        case 0:
            return None
        case 1:
            return rng.choice((True, False))
        case 2:
            return rng.choice((0, 1, -1, 2**31, 2**63, 2**64, -(2**70), 1e300, 0.5))
        case 3 | 4 | 5:
            return rng.choice(HOSTILE_TEXTS)
        case 6:
            return [_any_value(rng, depth + 1) for _ in range(rng.randrange(4))]
        case _:
            keys = (*_KEYS, "en", "ru", "x" * 300)
            return {rng.choice(keys): _any_value(rng, depth + 1) for _ in range(rng.randrange(5))}


def _any_slides(rng: random.Random) -> bytes:
    slides = [
        {key: _any_value(rng) for key in rng.sample(_KEYS, rng.randrange(1, 7))}
        | rng.choice(({}, {"file": "a.jpg"}))
        for _ in range(rng.randrange(40))
    ]
    odd = rng.choice(("title", "lang", "show", "date", "x"))
    return _dump({**_sound(rng), "slides": slides, odd: _any_value(rng)})


def _any_top(rng: random.Random) -> bytes:
    return _dump(_any_value(rng))


def _hostile_texts(rng: random.Random) -> bytes:
    slides = [{"file": "a.jpg", key: text} for text in HOSTILE_TEXTS for key in ("title", "caption", "credit", "id")]
    slides += [{"file": text} for text in HOSTILE_TEXTS]
    rng.shuffle(slides)
    return _dump({**_sound(rng), "title": rng.choice(HOSTILE_TEXTS), "slides": slides})


def _numbers(rng: random.Random) -> bytes:
    number = rng.choice(HOSTILE_NUMBERS)
    slide = f'{{"file": "a.jpg", "duration": {number}, "focus": [{number}, {rng.choice(HOSTILE_NUMBERS)}]}}'
    version = rng.choice(("1", "1", "1", number))
    return f'{{"format": "photo-manifest", "version": {version}, "slides": [{slide}, {{"file": "b.jpg"}}]}}'.encode()


def _deep(rng: random.Random) -> bytes:
    depth = rng.choice((50, 1000, 100_000))
    opening, closing = rng.choice(((b"[", b"]"), (b'{"a":', b"}"), (b'{"slides":[', b"]}")))
    inner = opening * depth + b"1" + closing * rng.choice((depth, depth, depth - 1))
    return rng.choice((inner, b'{"format": "photo-manifest", "version": 1, "slides": ' + inner + b"}"))


def _broken(rng: random.Random) -> bytes:
    data = bytearray(_dump(_sound(rng)))
    for _ in range(rng.choice((1, 3, 9))):
        at = rng.randrange(len(data))
        match rng.randrange(3):
            case 0:
                data[at] = rng.randrange(256)
            case 1:
                del data[at : at + rng.randrange(1, 20)]
            case _:
                data[at:at] = rng.choice((b'"', b"{", b"]", b",", b"\\u", b"\\ud800", b"\0", b"\xff\xfe", b"//"))
        if not data:
            return b""
    return bytes(data)


def _encoded(rng: random.Random) -> bytes:
    text = json.dumps({**_sound(rng), "title": "Запуск"}, ensure_ascii=False)
    return text.encode(rng.choice(("utf-8-sig", "utf-16", "utf-32", "cp1251", "utf-7")))


def _long_caption(rng: random.Random) -> bytes:
    sound = _sound(rng)
    sound["slides"][0]["caption"] = rng.choice(("a", "word ", "\n", "\u202e", "<b>", "\u0301")) * (10 << 20 >> 2)
    return _dump(sound)


def _repeated(rng: random.Random) -> bytes:
    sound = _sound(rng)
    sound["slides"] = [{"file": "a.jpg", "id": "same"}] * rng.choice((2, 50_000))
    return _dump(sound)


def _million(_rng: random.Random) -> bytes:
    slides = b",".join(b'{"file":"%d.jpg"}' % number for number in range(1_000_000))
    return b'{"format":"photo-manifest","version":1,"slides":[' + slides + b"]}"


KINDS: Final[dict[str, Callable[[random.Random], bytes]]] = {
    "slides": _any_slides, "top": _any_top, "texts": _hostile_texts, "numbers": _numbers, "deep": _deep,
    "broken": _broken, "broken-again": _broken, "encoded": _encoded, "slides-again": _any_slides,
    "numbers-again": _numbers,
}
"""Generators of manifests by what is wrong with them."""

HEAVY: Final[dict[str, Callable[[random.Random], bytes]]] = {
    "caption": _long_caption, "repeated": _repeated, "million": _million,
}
"""Generators of manifests of many megabytes, used for one in a hundred."""
