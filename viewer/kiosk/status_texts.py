"""The status for people: the lines that a terminal prints, and the page that a browser shows."""

from __future__ import annotations

import html
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from viewer.gallery.safe_text import line
from viewer.kiosk.status import EVERY_S
from viewer.kiosk.status_overview import headline, overview, problems

if TYPE_CHECKING:
    from viewer.kiosk.status import Status

STYLE: Final = (
    ":root{color-scheme:dark}body{margin:2rem auto;max-width:56rem;padding:0 1rem;background:#16181c;color:#e8e8e8;"
    "font:1rem/1.5 system-ui,sans-serif}h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:1.75rem 0 .25rem}"
    "table{border-collapse:collapse;width:100%}th,td{padding:.25rem .75rem .25rem 0;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere;border-top:1px solid #33373e}th{font-weight:normal;color:#b4bcc8;width:9rem}"
    ".well{color:#8fd19e}.ill{color:#ffb4a8}.well,.ill{font-size:1.2rem;font-weight:bold;margin:.5rem 0}"
    "li{margin:.5rem 0}footer{margin:2rem 0;color:#b4bcc8}a{color:#9cc4ff}"
)
"""The page's whole style sheet; each of its colours is legible on the ground (7:1)."""

CONTENT_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What a browser may do with the page: apply its own style, and nothing else (Content-Security-Policy)."""

_LABEL_WIDTH: Final = 15


def lines(status: Status, age_s: float = 0.0) -> str:
    """What needs looking at, then all else, as lines of text, of a status that is `age_s` seconds old."""
    made = [f"  - {problem}" for problem in problems(status)]
    for group in overview(status, age_s):
        made += ["", group.name, *(f"  {label:<{_LABEL_WIDTH}}{value}" for label, value in group.lines)]
    return "\n".join(made)


def page(status: Status) -> str:
    """The status as a page that renews itself; it needs no script, and every text in it is escaped."""
    title = html.escape(line(status.gallery.title or status.gallery.path) or "Liftoff")
    said = "".join(f"<li>{html.escape(problem)}</li>" for problem in problems(status))
    groups = "\n".join(
        f"<h2>{html.escape(group.name)}</h2>\n<table>\n" + "\n".join(
            f'<tr><th scope="row">{html.escape(label)}</th><td>{html.escape(value)}</td></tr>'
            for label, value in group.lines) + "\n</table>" for group in overview(status))
    summary = html.escape(headline(status))
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{summary} {title}</title>'
        f'<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="{EVERY_S}">'
        f'<style>{STYLE}</style></head>\n<body><main><h1><bdi>{title}</bdi></h1>\n'
        f'<p class="{"ill" if said else "well"}">{summary}</p>\n'
        f'{f"<ol>{said}</ol>" if said else ""}\n'
        f'{groups}\n</main><footer>Screen {status.entry + 1}. Renewed every {EVERY_S} seconds. For programs: '
        '<a href="/status.json">status.json</a>, <a href="/metrics">metrics</a>, '
        '<a href="/health">health</a></footer>\n'
        "</body></html>\n"
    )
