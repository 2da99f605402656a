"""Languages by their own names, as people look for them in a list: Deutsch, русский, português (Brasil)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from viewer.gallery.languages import priority_list

if TYPE_CHECKING:
    from collections.abc import Iterable


def language_names(wanted: Iterable[str]) -> dict[str, str]:
    """The own names of languages by their tags (BCP 47), sorted by name; several tags with commas between them, the
    best first, have all their names.
    """
    names = {tags: ", ".join(map(_name, priority_list(tags))) for tags in wanted if tags}
    return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))


def _name(tag: str) -> str:
    locale = QLocale(tag)
    if locale.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return tag
    script = locale.script()
    alike = QLocale.matchingLocales(locale.language(), script, QLocale.Country.AnyCountry)
    # CLDR knows no plain English, but of all the names that countries have for it this one names no country.
    plain = min((name for one in alike if (name := one.nativeLanguageName())), key=len, default=tag)
    region = next((part for part in tag.replace("_", "-").split("-")[1:] if len(part) == 2 or part.isdecimal()), "")
    own = locale.nativeLanguageName()
    if not region:
        return plain
    return own if own != plain else f"{plain} ({locale.nativeTerritoryName() or region})"
