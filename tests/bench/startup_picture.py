"""A picture of what a start imports: for each version a bar of modules, and below each module those that it brought."""

from __future__ import annotations

from colorsys import hls_to_rgb
from html import escape
from typing import TYPE_CHECKING, Final

from tests.bench.startup_imports import FAMILIES, THE_REST, family_of, grown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.bench.startup_imports import Branch, Import

WIDTH: Final = 1200
_ROW: Final = 18
_HEAD: Final = 30
_LETTER: Final = 6.2
"""Pixels; a name is written where it fits."""

_LEAST: Final = 0.5
"""Pixels; what would be narrower is left out."""

_HUES: Final = dict(zip([family for family, _ in FAMILIES] + [THE_REST], (140, 210, 240, 190, 270, 300, 30, 50),
                        strict=True))
_STYLE: Final = """text { font: 11px sans-serif; fill: #222 } .head { font-weight: bold; font-size: 13px }
rect { stroke: #fff; stroke-width: .5 } svg { background: #fff }
@media (prefers-color-scheme: dark) { text { fill: #eee } svg { background: #161616 } rect { stroke: #161616 } }
"""


def picture(told: Mapping[str, Sequence[Import]]) -> str:
    """An SVG of all of `told`, to one scale, that a browser shows by day and by night; modules tell their times when
    pointed at.
    """
    trees = {name: grown(imports) for name, imports in told.items()}
    longest = max((_whole(tree) for tree in trees.values()), default=1.0)
    body, top = [_legend()], 2.0 * _ROW
    for name, tree in trees.items():
        body.append(f'<text class="head" x="4" y="{top + 20:.0f}">{escape(name)}: {_whole(tree):.0f} ms, of which '
                    f"each module with those that it brings</text>")
        body += _bars(tree, 0.0, top + _HEAD, WIDTH / longest)
        top += _HEAD + _ROW * (max(map(_depth, tree), default=0) + 1)
    style = f"{_fills(0.75)}\n{_STYLE}@media (prefers-color-scheme: dark) {{ {_fills(0.32)} }}"
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top:.0f}">',
                      f"<style>{style}</style>", *body, "</svg>", ""])


def _fills(lightness: float) -> str:
    """A colour for each family."""
    made = []
    for at, hue in enumerate(_HUES.values()):
        parts = hls_to_rgb(hue / 360, lightness, 0.4)
        made.append(f".f{at} {{ fill: #{''.join(f'{round(part * 255):02x}' for part in parts)} }}")
    return " ".join(made)


def _bars(branches: Sequence[Branch], left: float, top: float, scale: float) -> Iterator[str]:
    for branch in branches:
        width = branch.module.whole * scale
        if width >= _LEAST:
            name, own, whole, _ = branch.module
            kind = list(_HUES).index(family_of(name))
            title = f"<title>{escape(name)}: {whole:.1f} ms, {own:.1f} of its own</title>"
            yield (f'<g>{title}<rect class="f{kind}" x="{left:.1f}" y="{top:.0f}" width="{width:.1f}" '
                   f'height="{_ROW - 1}"/>{_label(name, left, top, width)}</g>')
            yield from _bars(branch.brought, left, top + _ROW, scale)
        left += width


def _label(name: str, left: float, top: float, width: float) -> str:
    short = name if len(name) * _LETTER < width - 4 else name.rpartition(".")[2]
    if len(short) * _LETTER > width - 4:
        return ""
    return f'<text x="{left + 3:.1f}" y="{top + 13:.0f}">{escape(short)}</text>'


def _legend() -> str:
    parts, left = [], 4.0
    for at, family in enumerate(_HUES):
        parts.append(f'<rect class="f{at}" x="{left:.0f}" y="8" width="12" height="12"/>'
                     f'<text x="{left + 16:.0f}" y="18">{escape(family)}</text>')
        left += 30 + len(family) * _LETTER
    return "".join(parts)


def _whole(branches: Sequence[Branch]) -> float:
    return sum(branch.module.whole for branch in branches)


def _depth(branch: Branch) -> int:
    return 1 + max(map(_depth, branch.brought), default=0)
