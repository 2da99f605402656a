"""People in clothes that hang and crease: garments are let fall over somebody's bones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import gaussian_filter1d

from studio.light import Array, smoothstep, vec
from studio.noise import noise3
from studio.tailor import flesh, head, trappings, tresses
from studio.tailor.bones import Bones, Stance, bones, solid
from studio.tailor.cloth import Fall, capsules, drape
from studio.tailor.mesh import Mesh, P, from_grid, limb, loft, spline, yaw
from studio.tailor.stage import Item, Stuff

if TYPE_CHECKING:
    from studio.tailor.stage import Weave

SKIN = ("#a9795c", "#b98a6c", "#8f6248", "#c09678")


@dataclass(frozen=True)
class Outfit:
    """What somebody wears.

    `sleeve` is how far down the arm it goes (1: the wrist), `loose` how wide it is cut; who is not `whole` has no legs,
    being out of the picture from the waist down.
    """

    top: str = "#5a6b7c"
    legs: str = "#3d4048"
    skin: str = SKIN[0]
    hair: str = "short"
    hair_paint: str = "#2c231c"
    hat: str = ""
    hat_paint: str = "#3a4354"
    sleeve: float = 1.0
    loose: float = 1.0
    vest: str = ""
    tucked: bool = False
    strap: bool = False
    whole: bool = True
    pack: str = ""
    shades: bool = False
    weave: Weave | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Cut:
    """How finely cloth is worked out: threads along and round a sleeve, steps of falling, subdivision."""

    rows: int = 30
    columns: int = 22
    steps: int = 34
    finer: int = 1


def dressed(stance: Stance, outfit: Outfit, seed: int, cut: Cut | None = None) -> list[Item]:
    """Somebody in own axes, feet at the origin, looking along +z."""
    cut = cut or Cut()
    b = bones(stance)
    body = capsules(solid(b, 1.10))
    cloth = Stuff(outfit.top, rough=0.9, bump=0.07, grain=0.10, thin=0.12, mottle=0.10, weave=outfit.weave)
    items = [Item(from_grid(_top(b, outfit, seed, cut, 0.90 if outfit.vest else 1.0), finer=cut.finer), cloth)]
    skin = Stuff(outfit.skin, gloss=0.05, rough=0.45, mottle=0.2)
    for i in (0, 1):
        items.append(Item(sleeve(b, i, body, outfit, seed + 3 + i, cut), cloth))
        if outfit.sleeve < 0.95:
            e, w = b.elbows[i], b.wrists[i]
            items.append(Item(trappings.bare_arm(b.shoulders[i], e, w, outfit.sleeve * 1.4), skin))
        if outfit.whole:
            items.append(Item(_leg(b, i, body, seed + 7 + i, cut), Stuff(outfit.legs, bump=0.08, grain=0.10)))
            items += [Item(m, Stuff("#2b2724", gloss=0.03, rough=0.6)) for m in trappings.shoe(b, i)]
    if outfit.whole:
        items.append(Item(seat(b), Stuff(outfit.legs, bump=0.08, grain=0.10)))
    items += _head(b, outfit, skin, seed, 90 * cut.rows if cut.finer > 1 else 900)
    items += trappings.hat(b, outfit.hat, outfit.hat_paint, seed)
    if outfit.vest:
        items += _vest(b, outfit, seed, cut)
    if outfit.strap:
        items.append(Item(trappings.strap(b), trappings.BLACK))
        items.append(Item(trappings.bag(b), Stuff("#26272a", rough=0.8, bump=0.2, grain=0.05)))
    if outfit.pack:
        items += trappings.pack(b, outfit.pack)
    return items


def _head(b: Bones, outfit: Outfit, skin: Stuff, seed: int, strands: int) -> list[Item]:
    """Face, neck, ears and hair, of so many strands."""
    cropped = outfit.hair == "short"
    shaven = (0.15 + 0.35 * float(np.random.default_rng(seed).random())) if cropped else 0.0
    face = head.complexion(outfit.skin, outfit.hair_paint, shaven, cropped)
    items = [Item(head.face(b), face), Item(head.neck(b), skin)]
    items += [Item(m, replace(skin, thin=0.18)) for m in head.ears(b)]
    locks = tresses.hair_stuff(outfit.hair_paint)
    items += [Item(m, locks) for m in tresses.hair(b, outfit.hair, seed, not outfit.hat, strands)]
    return items + (head.sunglasses(b) if outfit.shades else [])


def placed(items: list[Item], at: P, turn: float, height: float = 1.75, layer: int = 0) -> list[Item]:
    """The same things somewhere else, turned (0 looks along +z, 90 along +x), for somebody so tall."""
    matrix = (yaw(turn) * (height / 1.75)).astype(np.float32)
    return [replace(item, mesh=item.mesh.moved(matrix, vec(*at)), layer=layer) for item in items]


def hands(b: Bones, normals: tuple[P, P], curl: float, skin: str) -> list[Item]:
    """Both hands; `normals` is where each palm looks."""
    stuff = Stuff(skin, gloss=0.05, rough=0.45, mottle=0.2)
    found = []
    for i, side in ((0, -1.0), (1, 1.0)):
        found += flesh.hand(b.wrists[i], b.palms[i], vec(*normals[i]), curl, side)
    return [Item(m, stuff) for m in found]


def _trunk_loft(b: Bones, wide: float, rows: int, columns: int, hem: float = -0.12) -> Array:
    stations = (
        (hem, 0.182, 0.132),
        (0.0, 0.176, 0.128),
        (0.12, 0.163, 0.118),
        (0.27, 0.170, 0.124),
        (0.40, 0.180, 0.120),
    )
    above = ((0.485, 0.165, 0.098), (0.533, 0.112, 0.080), (0.568, 0.070, 0.068), (0.600, 0.069, 0.070))
    path = [_p(b.spine(h, 0, 0.012 * np.sin(h * 6))) for h, _, _ in stations + above]
    radii = [(x * wide, z * wide) for _, x, z in stations] + [(x, z) for _, x, z in above]
    return loft(path, radii, _p(b.trunk @ vec(1, 0, 0)), rows, columns)


def _rumpled(grid: Array, along: float, round_: float, amount: float, seed: int) -> Array:
    """A tube with folds already in it: `along` and `round_` are how often they come down it and round it."""
    rows, columns = grid.shape[:2]
    angle = np.linspace(0, 2 * np.pi, columns, endpoint=False)[None]
    down = np.linspace(0, 1, rows)[:, None]
    warp = noise3(np.cos(angle), np.sin(angle), down * 2, 6.0, seed, beta=2.2) - 0.5
    v = down * along + warp * along * 0.35
    fold = noise3(np.cos(angle) * round_, np.sin(angle) * round_, v, 3.0, seed + 1, beta=2.0) - 0.5
    middle = grid.mean(axis=1, keepdims=True)
    return (middle + (grid - middle) * (1 + amount * fold[..., None])).astype(np.float32)


def _top(b: Bones, outfit: Outfit, seed: int, cut: Cut, over: float = 1.0) -> Array:
    """What is worn on the trunk, as a grid from the hem up; `over` is how far outside the body it lies."""
    rows, columns = int(cut.rows * 1.3), cut.columns * 2
    wide, hem = (1.02, 0.02) if outfit.tucked else (1.02, -0.09)
    start = _trunk_loft(b, wide * outfit.loose * over, rows, columns, hem)
    straight = _trunk_loft(bones(Stance()), wide * outfit.loose * over * 1.04, rows, columns, hem)
    straight[..., 1] *= 1.16 if outfit.tucked else 1.07
    start = np.concatenate([_rumpled(start, 1.3, 1.5, 0.42, seed)[: rows - rows // 7], start[rows - rows // 7 :]])
    straight = _rumpled(straight, 1.3, 1.5, 0.46, seed)
    free = np.ones((rows, columns), np.float32)
    free[-int(rows * 0.17) :] = 0
    if outfit.tucked:
        free[:2] = 0
    fall = Fall(steps=cut.steps, rounds=12, bend=0.08, gravity=5.0, wind=(0.9, 0, 0.6), seed=seed)
    hung = drape(start, straight, capsules(solid(b, 1.07 * over)), free, fall)
    return hung if outfit.tucked else _hemmed(hung, b, over)


def _hemmed(grid: Array, b: Bones, over: float) -> Array:
    """A shirt's grid with its hem evened out and held clear of the trousers."""
    evened = grid.copy()
    share = np.linspace(1, 0, len(grid) // 4)[:, None, None]
    evened[: len(share)] += (
        gaussian_filter1d(grid, 1.6, axis=1, mode="wrap")[: len(share)] - grid[: len(share)]
    ) * share
    local = (evened - b.hip) @ b.trunk
    x, z = local[..., 0] / (0.200 * over), local[..., 2] / ((0.140 + 0.70 * max(0.0, 0.95 - float(b.hip[1]))) * over)
    size = np.hypot(x, z)
    low = smoothstep(0.16, 0.03, local[..., 1])
    room = 1 + low * np.clip(1 / np.maximum(size, 0.3) - 1, 0, 1)
    local[..., 0] *= room
    local[..., 2] *= room
    return (b.hip + local @ b.trunk.T).astype(np.float32)


def sleeve(b: Bones, i: int, body: Array, outfit: Outfit, seed: int, cut: Cut) -> Mesh:
    """The left (0) or right (1) sleeve."""
    side = -1.0 if i == 0 else 1.0
    inside = b.shoulders[i] + b.trunk @ vec(-side * 0.07, -0.015, 0)
    s, e, w = b.shoulders[i], b.elbows[i], b.wrists[i]
    k = outfit.loose
    if outfit.sleeve < 0.6:
        end = s + (e - s) * (outfit.sleeve / 0.5)
        path = [inside, s + (e - s) * 0.02, s + (e - s) * 0.45 * outfit.sleeve / 0.5, end]
        radii = [(0.058, 0.062), (0.074 * k, 0.078 * k), (0.074 * k, 0.076 * k), (0.078 * k, 0.076 * k)]
        stretch, rows = 1.03, cut.rows * 2 // 3
    else:
        end = e + (w - e) * min(1.0, (outfit.sleeve - 0.5) * 2)
        path = [inside, s + (e - s) * 0.05, s + (e - s) * 0.55, e, e + (end - e) * 0.5, end]
        radii = [(0.058, 0.062), (0.074 * k, 0.076 * k), (0.066 * k, 0.066 * k)]
        radii += [(0.060 * k, 0.060 * k), (0.054 * k, 0.054 * k), (0.044 * k, 0.042 * k)]
        stretch, rows = 1.10, cut.rows
    start = loft(path, radii, (0.3, 0.2, 1.0), rows, cut.columns)
    steps = np.linalg.norm(np.diff(spline(np.array(path), rows), axis=0), axis=1)
    lengths = np.concatenate([[0], np.cumsum(steps)]) * stretch
    straight = loft(
        [(0, float(v), 0) for v in lengths],
        [tuple(r) for r in spline(np.array(radii), rows)],
        (1, 0, 0),
        rows,
        cut.columns,
    )
    straight = _rumpled(straight, 3.2, 0.7, 0.5, seed)
    start = _rumpled(start, 3.2, 0.7, 0.4, seed)
    free = np.ones((rows, cut.columns), np.float32)
    free[: max(3, rows // 9)] = 0
    if outfit.sleeve >= 0.6:
        free[-2:] = 0
    fall = Fall(steps=cut.steps, rounds=8, bend=0.07, gravity=5.0, wind=(0.6, 0, 0.5), seed=seed)
    return from_grid(drape(start, straight, body, free, fall), finer=cut.finer)


def _leg(b: Bones, i: int, body: Array, seed: int, cut: Cut) -> Mesh:
    t, k, a = b.thighs[i], b.knees[i], b.ankles[i]
    up = t + (t - k) * 0.14
    path = [up, t, t + (k - t) * 0.5, k, k + (a - k) * 0.5, a + (k - a) * 0.04]
    radii = [(0.070, 0.074), (0.088, 0.092), (0.086, 0.088), (0.074, 0.074), (0.070, 0.072), (0.070, 0.074)]
    rows = int(cut.rows * 1.3)
    start = loft(path, radii, (1, 0, 0), rows, cut.columns)
    steps = np.linalg.norm(np.diff(spline(np.array(path), rows), axis=0), axis=1)
    lengths = np.concatenate([[0], np.cumsum(steps)]) * 1.06
    straight = loft(
        [(0, float(v), 0) for v in lengths],
        [tuple(r) for r in spline(np.array(radii), rows)],
        (1, 0, 0),
        rows,
        cut.columns,
    )
    straight = _rumpled(straight, 3.6, 0.8, 0.5, seed)
    start = _rumpled(start, 3.6, 0.8, 0.4, seed)
    free = np.ones((rows, cut.columns), np.float32)
    free[: max(3, rows // 9)] = 0
    free[-1] = 0
    fall = Fall(steps=cut.steps, rounds=8, bend=0.08, gravity=4.0, wind=(0.5, 0, 0.4), seed=seed)
    hung = drape(start, straight, body, free, fall)
    local = (hung - b.hip) @ b.trunk
    size = np.hypot(local[..., 0] / 0.172, local[..., 2] / 0.118)
    tucked = smoothstep(0.40, 0.20, np.linspace(0, 1, rows))[:, None] * smoothstep(-0.26, -0.14, local[..., 1])
    tight = 1 + tucked * np.clip(1 / np.maximum(size, 0.3) - 1, -1, 0)
    local[..., 0] *= tight
    local[..., 2] *= tight
    return from_grid((b.hip + local @ b.trunk.T).astype(np.float32), finer=cut.finer)


def seat(b: Bones) -> Mesh:
    """The trousers about the hips."""
    path = [
        _p(b.spine(0.09)),
        _p(b.spine(0.02, 0, -0.01)),
        _p(b.hip + vec(0, -0.06, -0.01)),
        _p(b.hip + vec(0, -0.13, 0)),
    ]
    grid = loft(
        path, [(0.142, 0.100), (0.152, 0.106), (0.156, 0.108), (0.08, 0.07)], _p(b.trunk @ vec(1, 0, 0)), 16, 32
    )
    return from_grid(grid)


def _vest(b: Bones, outfit: Outfit, seed: int, cut: Cut) -> list[Item]:
    """A sleeveless reporter's vest, open in front, with pockets."""
    grid = _top(b, replace(outfit, tucked=False), seed + 20, cut, 1.11)[: int(cut.rows * 1.22)]
    cloth = Stuff(outfit.vest, rough=0.9, bump=0.10, grain=0.08)
    columns = grid.shape[1]
    items = [
        Item(from_grid(np.roll(grid, -int(columns * 0.29), axis=1)[:, : int(columns * 0.92)], wrapped=False), cloth)
    ]
    for x in (-0.10, 0.10):
        for h, half in ((0.06, 0.055), (0.30, 0.040)):
            p, q = b.spine(h - half * 0.6, x, 0.150), b.spine(h + half * 0.6, x, 0.150)
            items.append(Item(limb(_p(p), _p(q), half, half, 0.35, _p(b.trunk @ vec(1, 0, 0))), cloth))
    return items


def _p(v: Array) -> P:
    return float(v[0]), float(v[1]), float(v[2])
