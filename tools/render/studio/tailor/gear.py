"""What photographers and onlookers hold: cameras, long lenses, phones with the picture on them."""

from __future__ import annotations

import numpy as np

from studio.light import Array, unit, vec
from studio.tailor.mesh import Mesh, P, box, frame, from_grid, limb, loft
from studio.tailor.stage import Item, Stuff

SHELL = Stuff("#17181a", gloss=0.10, rough=0.45, mottle=0.1)
RUBBER = Stuff("#1e1e1f", gloss=0.02, rough=0.7, mottle=0.1)
GLASS = Stuff("#0c1420", gloss=0.5, rough=0.05, mottle=0.0)
PALE = Stuff("#cfcbc0", gloss=0.05, rough=0.5, mottle=0.1)


def camera(at: P, forward: P, long: float = 0.12, pale: bool = False, flash: bool = False) -> list[Item]:
    """A reflex camera centred at `at` looking along `forward`; its lens is `long` metres."""
    turn = frame(unit(vec(*forward)), vec(0, 1, 0))
    here = vec(*at)
    body = [(box((0.072, 0.048, 0.030), 0.012), (0, 0, 0)), (box((0.030, 0.020, 0.028), 0.010), (0, 0.060, 0.0))]
    body.append((box((0.014, 0.046, 0.042), 0.012), (-0.058, -0.004, 0.012)))
    items = [Item(mesh.moved(turn, here + turn @ vec(*shift)), SHELL) for mesh, shift in body]
    thick = 0.034 + 0.05 * max(0.0, long - 0.12)
    stations = ((0.02, 0.001), (0.022, thick * 0.95), (0.02 + long * 0.25, thick * 0.95), (0.02 + long * 0.27, thick))
    more = ((0.02 + long * 0.62, thick), (0.02 + long * 0.64, thick * 1.12), (0.02 + long * 0.98, thick * 1.25))
    inside = ((0.02 + long, thick * 1.22), (0.02 + long * 0.9, thick * 1.05))
    rings = stations + more + inside
    barrel = loft(
        [(0, 0, z + 0.0003 * i) for i, (z, _) in enumerate(rings)], [(r, r) for _, r in rings], (1, 0, 0), 44, 26
    )
    items.append(Item(from_grid(barrel).moved(turn, here), PALE if pale else RUBBER))
    end = 0.02 + long * 0.86
    items.append(Item(limb((0, 0, end), (0, 0, end + 0.004), thick, thick * 0.9, columns=24).moved(turn, here), GLASS))
    if flash:
        items.append(Item(box((0.034, 0.036, 0.022), 0.006).moved(turn, here + turn @ vec(0, 0.125, 0.005)), SHELL))
        items.append(Item(box((0.031, 0.018, 0.002)).moved(turn, here + turn @ vec(0, 0.135, 0.028)), PALE))
    return items


def phone(at: P, forward: P, screen: Stuff, lying: bool = True, size: float = 1.0) -> list[Item]:
    """A phone looking along `forward`, its screen to the other side."""
    turn = frame(unit(vec(*forward)), vec(0, 1, 0))
    half = (0.073 * size, 0.036 * size, 0.004) if lying else (0.036 * size, 0.073 * size, 0.004)
    glass = _pane(half[0] * 0.95, half[1] * 0.92)
    return [
        Item(box(half, 0.003).moved(turn, vec(*at)), SHELL),
        Item(glass.moved(turn, vec(*at) + turn @ vec(0, 0, -0.0046)), screen),
    ]


def _pane(x: float, y: float) -> Mesh:
    grid: Array = np.array([[(-x, -y, 0), (x, -y, 0)], [(-x, y, 0), (x, y, 0)]], np.float32)
    uv: Array = np.array([[(0, 0), (1, 0)], [(0, 1), (1, 1)]], np.float32)
    return from_grid(grid, wrapped=False, uv=uv)
