"""Choice among translations by language tags (BCP 47), for readers of one language or of several.

A reader's preference is a language priority list (RFC 4647, section 2.3) as in ``"pt-BR, es"``: tags with commas
between them, the best first; an empty one prefers nothing. Of several tags of a language the one in the same script
is nearest, then the one of the same region, then one of no country in particular (lookup, RFC 4647, section 3.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SCRIPTS: Final = {"zh": "hans", "zh-tw": "hant", "zh-hk": "hant", "zh-mo": "hant", "sr": "cyrl", "sr-me": "latn"}
"""The script that a tag without one means, of languages that are often written in two (CLDR, likely subtags)."""


class _Tag(NamedTuple):
    language: str
    script: str
    region: str


def nearest_tag(words: Mapping[str, str], lang: str) -> str | None:
    """The key of the language map `words` whose wording a reader of `lang` is shown; None where all are empty.

    Without one in a language of theirs that is the English one, the one that is tagged ``none``, or the first.
    """
    tags = [tag for tag, wording in words.items() if wording]
    for wanted in [*priority_list(lang), "en"]:
        of_language = [tag for tag in tags if is_language_of(tag, wanted)]
        if of_language:
            return max(of_language, key=lambda tag: _likeness(tag, wanted))
    return next((tag for tag in tags if tag.lower() == "none"), tags[0] if tags else None)


def priority_list(lang: str) -> list[str]:
    """The tags in `lang`, the best first."""
    return [tag.strip() for tag in lang.split(",") if tag.strip()]


def is_language_of(tag: str, lang: str) -> bool:
    """Whether a reader of `lang` reads the language of `tag`, in whichever region."""
    return _parsed(tag).language in (_parsed(wanted).language for wanted in priority_list(lang))


def compact(tags: Iterable[str]) -> str:
    """A priority list that holds one of `tags` for each language.

    That is the first, or the first with a region and without a script: operating systems name both ``pt-Latn-BR`` and
    ``pt-BR`` where the script is the usual one.
    """
    chosen: dict[str, str] = {}
    for tag in tags:
        language, script, region = _parsed(tag)
        before = _parsed(chosen.setdefault(language, tag))
        if region and not script and before.script:
            chosen[language] = tag
    return ",".join(chosen.values())


def _parsed(tag: str) -> _Tag:
    """The parts of `tag`, in lower case; variants and extensions are left out (RFC 5646, section 2.1)."""
    language, *rest = tag.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    region = next((part for part in rest if len(part) == (2 if part.isalpha() else 3)), "")
    return _Tag(language, script, region)


def _likeness(one: str, other: str) -> tuple[bool, bool, bool, bool]:
    tag, wanted = _parsed(one), _parsed(other)
    of_no_country = not tag.region or tag.region.isdecimal()  # 419 is Latin America, 001 the world (UN M49)
    return one.lower() == other.lower(), _script(tag) == _script(wanted), tag.region == wanted.region, of_no_country


def _script(tag: _Tag) -> str:
    return tag.script or _SCRIPTS.get(f"{tag.language}-{tag.region}", _SCRIPTS.get(tag.language, ""))
