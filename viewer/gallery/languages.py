"""Choice among translations by language tags (BCP 47), for readers of one language or of several.

A reader's preference is a language priority list (RFC 4647, section 2.3) as in ``"pt-BR, es"``: tags with commas
between them, the best first; an empty one prefers nothing. Of several tags of a language the one in the same script
is nearest, then the one of the same region, then one of no country in particular (lookup, RFC 4647, section 3.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The script that a tag without one means, by region, of languages often written in two (CLDR, likely subtags).
_SCRIPTS: Final = {"zh": {"": "hans", "tw": "hant", "hk": "hant", "mo": "hant"}, "sr": {"": "cyrl", "me": "latn"}}


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
    return _language(tag) in map(_language, priority_list(lang))


def compact(tags: Iterable[str]) -> str:
    """A priority list that holds one of `tags` for each language.

    That is the first, or the first with a region and without a script: operating systems name both ``pt-Latn-BR`` and
    ``pt-BR`` where the script is the usual one.
    """
    chosen: dict[str, str] = {}
    for tag in tags:
        language = _language(tag)
        script, region = _script_and_region(tag)
        if _script_and_region(chosen.setdefault(language, tag))[0] and region and not script:
            chosen[language] = tag
    return ",".join(chosen.values())


def _language(tag: str) -> str:
    return tag.lower().replace("_", "-").partition("-")[0]


def _script_and_region(tag: str) -> tuple[str, str]:
    """The script and region in `tag`, in lower case, or empty; variants are left out (RFC 5646, section 2.1)."""
    parts = tag.lower().replace("_", "-").split("-")[1:]
    script = next((part for part in parts if len(part) == 4 and part.isalpha()), "")
    return script, next((part for part in parts if len(part) == (2 if part.isalpha() else 3)), "")


def _likeness(tag: str, wanted: str) -> tuple[bool, bool, bool, bool]:
    """How near two tags of one language are; the greater, the nearer."""
    script, region = _script_and_region(tag)
    wanted_script, wanted_region = _script_and_region(wanted)
    usual = _SCRIPTS.get(_language(tag), {})
    script = script or usual.get(region, usual.get("", ""))
    wanted_script = wanted_script or usual.get(wanted_region, usual.get("", ""))
    of_no_country = not region or region.isdecimal()  # 419 is Latin America, 001 the world (UN M49)
    return tag.lower() == wanted.lower(), script == wanted_script, region == wanted_region, of_no_country
