"""The table of the status' fields in docs/kiosk-status.md: ``python -m tests.kiosk.status_fields`` writes it anew."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.kiosk.statuses import FULL
from viewer.kiosk.status import Part, rows

PAGE: Final = Path(__file__).parents[2] / "docs" / "kiosk-status.md"
_BEGIN: Final = "<!-- fields -->\n"
_END: Final = "<!-- end of fields -->"


def page() -> str:
    """The page as it should be."""
    before, _, rest = PAGE.read_text("utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    return f"{before}{_BEGIN}{_table()}{_END}{after}"


def _table() -> str:
    lines = ["| field | what it says | metric |", "|---|---|---|", *_lines(FULL, "")]
    return "\n".join(lines) + "\n"


def _lines(part: Part, within: str) -> list[str]:
    made = []
    for row in rows(part):
        made.append(f"| {within}{row.path} | {row.description} | {row.metric and f'`{row.metric}`'} |")
        if isinstance(row.value, tuple) and row.value and isinstance(row.value[0], Part):
            made += _lines(row.value[0], f"{row.path}[].")
    return made


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
