"""The part of docs/accessibility.md that is written by listening to the program: its tree, and what is said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.accessibility.client import Node
    from tests.accessibility.heard_program import HeardProgram

PAGE: Final = Path(__file__).parents[2] / "docs" / "accessibility.md"
_BEGIN: Final = "<!-- written by python -m tests.accessibility -->\n"
_END: Final = "<!-- end of what is written -->\n"
_LONGEST: Final = 92  # characters of a text that are shown
_ROWS: Final = 3  # of a list

_SESSION: Final = (
    ("Right", "→"), ("Right", "→"), ("Shift+c", "Shift+C"), ("z", "Z"), ("z", "Z"), ("r", "R"), ("Shift+r", "Shift+R"),
    (".", "."), (".", "."), ("i", "I"), ("i", "I"), ("4", "4"), ("Return", "Enter"), ("s", "S"), ("space", "Space"),
    ("s", "S"), ("Home", "Home"),
)
"""Keys, by their X11 names and as they are written, that are pressed one after the other from the first slide on."""


def written_part(page: str) -> str:
    """What lies between the marks of `page`."""
    return page.partition(_BEGIN)[2].partition(_END)[0]


def with_part(page: str, part: str) -> str:
    """`page` with `part` between its marks."""
    before, begin, rest = page.partition(_BEGIN)
    return before + begin + part + _END + rest.partition(_END)[2]


def heard_part(program: HeardProgram) -> str:
    """The part anew, from a program at its first slide, to which it comes back."""
    lines = ["", "```", *_outline(program.client.tree()), "```", "", "| key | what is said |", "|---|---|"]
    lines.append(f"| (start) | {program.first_words} |")
    lines += [f"| {shown} | {' / '.join(program.hears(key))} |" for key, shown in _SESSION]
    lines += [f"| Tab | {_cut(focused)} |" for focused in _tabs(program)]
    return "\n".join([*lines, "", ""])


def _outline(node: Node, depth: int = 0) -> Iterator[str]:
    """Roles, names and descriptions, a line each; what only holds others is left out."""
    if node.role in ("application", "filler") or not (node.name or node.description):
        inner = depth
    else:
        inner = depth + 1
        about = f": {node.description}" if node.description and node.description != node.name else ""
        marks = " (focus)" if "focused" in node.states and node.role != "list item" else ""
        yield _cut("  " * depth + f"{node.role} {node.name!r}{marks}{about}".replace("\n", " "))
    rows = [child for child in node.children if child.role == "list item"]
    passing = {"scroll bar"}  # which there is depends on fonts
    if any(child.role == "image" for child in node.children):
        passing.add("label")  # a message over the picture
    for child in node.children:
        if child not in rows[_ROWS:] and child.role not in passing:
            yield from _outline(child, inner)
    if rows[_ROWS:]:
        yield "  " * inner + "..."


def _tabs(program: HeardProgram) -> Iterator[str]:
    """What is read on the way of the focus round the window."""
    while True:
        node = program.focus_after("Tab")
        about = f". {node.description}" if node.description and node.description != node.name else ""
        yield f"{node.name}, {node.role}{about}".replace("\n", " ")
        if node.path == program.picture:
            return


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST - 4].rstrip() + " ..."
