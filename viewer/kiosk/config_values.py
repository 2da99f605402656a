"""What a keeper's values must be beyond their types: a table of keys, each with a function that says what is wrong."""

from __future__ import annotations

import datetime as dt
import difflib
import ipaddress
import re
import zoneinfo
from typing import TYPE_CHECKING, Any, Final

from viewer.actions import ACTIONS, BY_ID
from viewer.gallery.problems import described, shown
from viewer.kiosk.lock import FIXED_OPTIONS
from viewer.settings import BY_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from viewer.settings import Option

_ADDRESS: Final = re.compile(r"(?P<host>[^:\[\]]+|\[[^\[\]]+\]):(?P<port>[0-9]{1,5})")
LAST_PORT: Final = 65_535
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def near(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about a `name` that is not among those known: the nearest, else the first few."""
    known = list(known)
    close = difflib.get_close_matches(name, known, 1, 0.5) or [one for one in known if one.lower() == name.lower()]
    if close:
        return f"write “{close[0]}” if that is meant"
    few = ", ".join(known[:6])
    return f"write one of {few}{', …' if len(known) > 6 else ''}" if few else "leave it out"


def loopback_address(address: str) -> tuple[str, int]:
    """Host and port of an address on this machine, such as 127.0.0.1:8080 or [::1]:8080; raises ValueError."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError("it is not a host and a port")
    host, port = found["host"].strip("[]"), int(found["port"])
    if not 1 <= port <= LAST_PORT:
        raise ValueError("the port is not a number from 1 to 65535")
    if host == "localhost":
        return "127.0.0.1", port
    try:
        is_here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        raise ValueError("the host is no address") from None
    if not is_here:
        raise ValueError("the host could be reached from other machines")
    return host, port


def option_fault(key: str, value: object) -> str:
    """What is wrong with the `value` of an option of `viewer.settings`; empty where it can be used as it is."""
    if isinstance(value, dict) and (meant := f"{key}/{next(iter(value), '')}") in BY_KEY:
        return f"an option’s name has a stroke and quotes; write \"{meant}\" = … instead of {shown(key)}.…"
    if key not in BY_KEY:
        return f"there is no option “{shown(key)}”; {near(key, BY_KEY)}."
    option = BY_KEY[key]
    if key == "show/keep-awake":
        return f"a kiosk has a key of its own for “{key}”; write “awake” at the top of the file instead."
    if key in FIXED_OPTIONS:
        return f"“{key}” is always {described(FIXED_OPTIONS[key])} in a kiosk; leave it out."
    usable = isinstance(value, bool) if isinstance(option.default, bool) else (
        isinstance(value, (str, int, float)) and not isinstance(value, bool))
    accepted = option.accept(value)
    if usable and (accepted == value or str(accepted) == str(value)):
        return ""
    return f"“{key}” is {named(value)}; write {_wanted(option)}."


def named(value: object) -> str:
    """A value of TOML as words in a sentence."""
    return "a date or a time" if isinstance(value, (dt.date, dt.time)) else described(value)


def _wanted(option: Option) -> str:
    if isinstance(option.default, bool):
        return "true or false"
    choices = [f"“{choice}”" for choice in option.choices]
    if option.high:
        unit = f" {option.unit}" if option.unit else ""
        choices.append(f"a number from {option.low:g} to {option.high:g}{unit}")
    return " or ".join(choices) or "a text in quotes"


def _gallery(value: str) -> str:
    if _URL.match(value):
        return f"{described(value)} is an address, and Liftoff shows what lies on this computer; name a file"
    return "it is no possible name of a file; correct it" if "\0" in value else ""


def _pin(value: str) -> str:
    from viewer.kiosk.pin import is_hash

    return "" if not value or is_hash(value) else (
        "this is not a hash; delete the line and type “liftoff kiosk pin”, which writes one")


def _timezone(value: str) -> str:
    try:
        if value:
            zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # OSError: "Europe" is a folder
        known = sorted(zoneinfo.available_timezones())
        return f"there is no time zone {described(value)}; {near(value, known)}" if known else (
            "this machine knows no time zones; install its package tzdata")
    return ""


def _country(value: str) -> str:
    from viewer.kiosk.opening_hours import country_fault

    if re.fullmatch("[A-Za-z]{2}", value) and not country_fault(value.upper()):
        return "" if value.isupper() else f"{described(value)} is no country; write “{value.upper()}” if that is meant"
    if not re.fullmatch("([A-Z]{2})?", value):
        return f"{described(value)} is no country; write two capital letters, as in “DE”"
    return country_fault(value) if value else ""


def _hours(value: str) -> str:
    from viewer.kiosk.opening_hours import syntax_fault

    return syntax_fault(value)


def _address(value: str) -> str:
    try:
        if value:
            loopback_address(value)
    except ValueError as error:
        return f"{described(value)} will not do, {error}; write it as in “127.0.0.1:8080”"
    return ""


def _allowed(value: list[str] | None) -> str:
    for name in value or ():
        if name not in BY_ID:
            return f"there is no action {described(name)}; {near(name, (row.id for row in ACTIONS if row.kiosk))}"
        if not BY_ID[name].kiosk:
            return f"{described(name)} is never for visitors; leave it out"
    return ""


def _command(value: list[str]) -> str:
    if value and not value[0].strip():
        return "its first entry, the program, is empty; write the program’s name there"
    return "an entry has the character \\u0000, which no command can have; delete it" if "\0" in "".join(value) else ""


VALUES: Final[Mapping[str, Callable[[Any], str]]] = {
    "gallery": _gallery,
    "pin": _pin,
    "screen.gallery": _gallery,
    "hours.open": _hours,
    "hours.timezone": _timezone,
    "hours.country": _country,
    "visitors.allowed": _allowed,
    "hooks.on-open": _command,
    "hooks.on-close": _command,
    "status.address": _address,
}
"""By key, without indices: what is wrong with a value of the right type and what to do, no full stop; empty if nothing.
"""
