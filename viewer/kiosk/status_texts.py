"""The status for people: the lines that a terminal prints, and the page that a browser shows."""

from __future__ import annotations

import html
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec

from viewer.gallery.safe_text import line
from viewer.kiosk.status import EVERY_S, Part, rows

if TYPE_CHECKING:
    from viewer.kiosk.status import Row, Status

_STYLE: Final = (
    "body{margin:2em auto;max-width:60em;padding:0 1em;background:#16181c;color:#e8e8e8;"
    "font:1rem/1.5 system-ui,sans-serif}h1{font-size:1.4rem}table{border-collapse:collapse;width:100%}"
    "th,td{padding:.2em .6em;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{font-weight:normal;color:#a8b0bc;width:40%}tr.group th{color:#fff;font-weight:bold;padding-top:1em}"
    ".well{color:#8fd19e}.ill{color:#ffb4a8}a{color:#9cc4ff}"
)

CONTENT_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What a browser may do with the page: apply its own style, and nothing else (Content-Security-Policy)."""


def summary(status: Status) -> str:
    """One line: whether all is well, else how much is not."""
    count = len(status.problems)
    return "All is well." if not count else f"{count} {'thing needs' if count == 1 else 'things need'} looking at."


def lines(status: Status) -> str:
    """What needs looking at, and all else, as lines of text; groups are indented."""
    made = [*(f"  {problem}" for problem in map(line, status.problems)), ""]
    for row in rows(status):
        if isinstance(row.value, Part):
            made += [f"{row.description}:"]
        elif row.path != "problems":
            indent = "  " if "." in row.path else ""
            made += [f"{indent}{row.description}: {words(row)}"]
    return "\n".join(made)


def page(status: Status) -> str:
    """The status as a page that renews itself; it needs no script, and every text in it is escaped."""
    ill = [f'<p class="ill">{html.escape(line(problem))}</p>' for problem in status.problems]
    title = html.escape(line(status.gallery.title or status.gallery.path) or "Liftoff")
    cells = []
    for row in rows(status):
        name = html.escape(row.description)
        if isinstance(row.value, Part):
            cells.append(f'<tr class="group"><th colspan="2">{name}</th></tr>')
        elif row.path != "problems":
            cells.append(f"<tr><th>{name}</th><td>{html.escape(words(row))}</td></tr>")
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="{EVERY_S}">'
        f'<style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n'
        f'<p class="{"ill" if ill else "well"}">{html.escape(summary(status))}</p>\n{"".join(ill)}\n'
        f'<table>\n{chr(10).join(cells)}\n</table>\n'
        '<p><a href="/status.json">status.json</a> <a href="/metrics">metrics</a> <a href="/health">health</a></p>\n'
        "</body></html>\n"
    )


def words(row: Row) -> str:
    """The value of a row that is no group, on one line that is safe to show."""
    return _words(row.value, row.metric) or "–"


def _words(value: object, unit: str = "") -> str:
    match value:
        case None:
            return "not known"
        case bool():
            return "yes" if value else "no"
        case int() | float() if unit.endswith("_bytes"):
            return f"{value / 1_000_000:.0f} MB"
        case int() | float() if unit.endswith("_seconds"):
            return _duration(value)
        case Part():
            return ", ".join(f"{name} {said}" for name, part in msgspec.structs.asdict(value).items()
                             if (said := _words(part)))
        case tuple():
            return "; ".join(map(_words, value))
        case float():
            return f"{value:g}"
    return line(str(value))


def _duration(seconds: float) -> str:
    whole = round(seconds)
    days, hours, minutes = whole // 86_400, whole // 3600 % 24, whole // 60 % 60
    units = ((days, "d"), (hours, "h"), (minutes, "min"))
    parts = [f"{number} {unit}" for number, unit in units if number]
    return " ".join(parts[:2]) if whole >= 60 else f"{whole} s"
