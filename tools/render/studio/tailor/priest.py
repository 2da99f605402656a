"""The priest who blesses with water, seen from behind; and the boy who holds the pail."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studio.light import Array, smoothstep, unit, vec
from studio.tailor import flesh, head, tresses
from studio.tailor.bones import Bones, Stance, bones, solid
from studio.tailor.cloth import capsules
from studio.tailor.dress import Cut, Outfit, dressed, hands, sleeve
from studio.tailor.mesh import Mesh, P, ball, from_grid, limb, loft
from studio.tailor.stage import Item, Stuff
from studio.tailor.vestment import YOKE, bell, brocade

SKIN = "#a87a5e"
HAIR = tresses.hair_stuff("#a39d93")
CLOTH_OF_GOLD = Stuff("#b08a3c", gloss=0.2, rough=0.55, mottle=0.0, thin=0.10, weave=brocade)
WOOL = Stuff("#46423d", rough=0.95, bump=0.08, grain=0.11, stretch=2.5, mottle=0.06, fuzz=0.10)
COLLAR = 1.53  # height of the vestment's neck
THROW = Stance(
    left=(-0.12, 1.20, 0.34),
    right=(0.40, 1.83, 0.42),
    lean=5,
    tilt=-3,
    twist=-8,
    nod=3,
    look=22,
    elbows=(0.9, -0.35, -0.3),
)


def brush_tip() -> Array:
    """Where the drops leave the brush, in the priest's own axes."""
    b = bones(THROW)
    return b.palms[1] + _throw(b) * 0.52


def _throw(b: Bones) -> Array:
    return unit(b.wrists[1] - b.elbows[1] + vec(0.10, 0.10, 0.16))


def priest(wind: P) -> list[Item]:
    """Gold vestment over a black cassock, tall hat, grey hair and beard, brush flung up in the right hand."""
    b = bones(THROW)
    items = [Item(bell(b, COLLAR, wind), CLOTH_OF_GOLD)]
    skin = Stuff(SKIN, gloss=0.06, rough=0.45)
    items += [Item(head.face(b), head.complexion(SKIN, "#6b655c", 0.5)), Item(head.neck(b), skin)]
    items += [Item(m, Stuff(SKIN, gloss=0.05, rough=0.5, thin=0.2, mottle=0.1)) for m in head.ears(b)]
    items += [Item(m, HAIR) for m in [*tresses.hair(b, "fringe", 31, count=1800), *_hanging(b), *_beard(b)]]
    items += [Item(m, Stuff("#41264f", rough=0.9, mottle=0.25, bump=0.03, grain=0.02)) for m in _kamilavka(b)]
    items.append(Item(_sleeve(b), WOOL))
    items.append(Item(_cuff(b), CLOTH_OF_GOLD))
    items.append(Item(_collar(), CLOTH_OF_GOLD))
    out = _throw(b)
    grip = b.trunk @ vec(-0.3, -0.25, 1)
    items += [Item(m, skin) for m in flesh.hand(b.wrists[1], b.palms[1] - out * 0.01, grip, 1.0, 1.0)]
    return items + _brush(b.palms[1] + unit(grip) * 0.028, out)


def _kamilavka(b: Bones) -> list[Mesh]:
    profile = [
        (0.001, 0.215),
        (0.07, 0.217),
        (0.106, 0.214),
        (0.110, 0.209),
        (0.104, 0.13),
        (0.100, 0.062),
        (0.097, 0.06),
    ]
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    grid = np.array([[(r * np.sin(a) * 0.93, y, r * np.cos(a)) for a in angle] for r, y in profile], np.float32)
    fine = from_grid(grid, finer=4)
    return [fine.moved(b.head, b.skull + b.head @ vec(0, -0.005, -0.008))]


def _hanging(b: Bones) -> list[Mesh]:
    """Long hair, drawn behind the ears and down over the collar."""
    way = ((0.07, -0.060), (0.0, -0.084), (-0.08, -0.096), (-0.15, -0.120), (-0.20, -0.140), (-0.24, -0.150))
    at = np.array([b.skull + b.head @ vec(0, y, z) for y, z in way])
    radii = [(0.050, 0.030), (0.073, 0.034), (0.076, 0.036), (0.070, 0.030), (0.052, 0.020), (0.016, 0.006)]
    return tresses.tuft(at, radii, 3600, 0.17, 33, 0.0009)


def _beard(b: Bones) -> list[Mesh]:
    """A full beard from the ears down, the wind in it; and whiskers up the cheek."""
    way = ((-0.035, 0.040), (-0.09, 0.075), (-0.17, 0.105), (-0.26, 0.112), (-0.31, 0.105))
    at = np.array([b.skull + b.head @ vec(0.35 * max(0.0, -y - 0.1), y, z) for y, z in way])
    radii = [(0.064, 0.028), (0.076, 0.046), (0.072, 0.046), (0.050, 0.030), (0.014, 0.010)]
    cheeks, out = ball((0.079, 0.119, 0.100), 60, 90)
    keep = smoothstep(-0.20, -0.34, out[..., 1]) * smoothstep(-0.02, 0.12, out[..., 2])
    keep = np.maximum(
        keep, smoothstep(0.30, 0.24, np.abs(out[..., 2] - 0.16)) * (np.abs(out[..., 1] + 0.2) < 0.22) * 0.5
    )
    whiskers = tresses.combed(cheeks, keep.astype(np.float32), 1600, 0.05, 37, 0.0009, 0.007)
    return [*tresses.tuft(at, radii, 3000, 0.14, 35, 0.0009), whiskers.moved(b.head, b.skull)]


def _sleeve(b: Bones) -> Mesh:
    """The cassock's wide sleeve."""
    outfit, cut = Outfit(sleeve=0.90, loose=1.08), Cut(rows=46, columns=34, steps=50, finer=2)
    return sleeve(b, 1, capsules(solid(b)), outfit, 37, cut)


def _cuff(b: Bones) -> Mesh:
    """A stiff gold cuff, laced over the end of the sleeve."""
    e, w = b.elbows[1], b.wrists[1]
    stops = ((0.59, 0.066), (0.63, 0.066), (0.70, 0.063), (0.85, 0.056), (0.99, 0.048))
    path = np.array([e + (w - e) * k for k, _ in stops])
    mesh = from_grid(loft(path, [(r, r * 0.96) for _, r in stops], (0, 0, 1), 60, 72))
    # The galloon of the vestment's yoke runs round it.
    flat = mesh.uv * np.array([2.8, 0.9]) + np.array([0.1, YOKE - 0.02])
    return Mesh(mesh.points, mesh.faces, flat.astype(np.float32), mesh.weld)


def _collar() -> Mesh:
    """The stiff standing edge of the vestment, higher behind."""
    angle = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    tilt = -0.020 * np.cos(angle)
    rings = []
    for r, h in (
        (0.076, -0.03),
        (0.074, 0.0),
        (0.075, 0.024),
        (0.079, 0.026),
        (0.083, 0.020),
        (0.089, 0.0),
        (0.093, -0.02),
    ):
        rings.append(
            np.stack([r * np.sin(angle), COLLAR + h + tilt * (1 + 12 * max(h, 0.0)), r * np.cos(angle) - 0.01], -1)
        )
    mesh = from_grid(np.array(rings, np.float32))
    flat = np.stack([mesh.uv[:, 0] * 4, np.full(len(mesh.uv), 0.13)], -1)
    return Mesh(mesh.points, mesh.faces, flat.astype(np.float32), mesh.weld)


def _brush(grip: Array, out: Array) -> list[Item]:
    wood, straw = Stuff("#5e4127", gloss=0.08, rough=0.5), Stuff("#b59a63", gloss=0.12, rough=0.4, thin=0.4)
    items = [Item(limb(_p(grip - out * 0.09), _p(grip + out * 0.26), 0.011, 0.014), wood)]
    items.append(
        Item(limb(_p(grip + out * 0.24), _p(grip + out * 0.27), 0.019, 0.019), Stuff("#c9b26a", gloss=0.4, rough=0.3))
    )
    rng = np.random.default_rng(39)
    for _ in range(150):
        way = unit(out + rng.normal(0, 0.13, 3).astype(np.float32) + vec(0.05, -0.05, 0.02))
        start = grip + out * 0.255 + rng.normal(0, 0.006, 3).astype(np.float32)
        bend = start + way * 0.11
        tip = bend + unit(way + vec(0.10, -0.16, 0.04)) * float(rng.uniform(0.09, 0.16))
        items += [
            Item(limb(_p(start), _p(bend), 0.0022, 0.002, columns=5), straw),
            Item(limb(_p(bend), _p(tip), 0.002, 0.001, columns=5), straw),
        ]
    return items


def acolyte() -> list[Item]:
    """A young man in a dark cassock, head bowed, holding out a metal pail."""
    stance = Stance(
        left=(0.12, 1.06, 0.36), right=(0.30, 1.06, 0.28), nod=14, look=20, twist=12, elbows=(0.8, -0.8, -0.2)
    )
    b = bones(stance)
    outfit = Outfit(top="#1b1b20", legs="#1b1b20", skin="#b98a6c", hair="short", hair_paint="#3a2a1c", loose=1.08)
    items = dressed(stance, outfit, 81, Cut(rows=40, columns=30, steps=40, finer=2))
    items = [replace(item, stuff=WOOL) if item.stuff.paint == outfit.top else item for item in items]
    items += hands(b, ((0, -0.4, 1), (0, -0.4, 1)), 1.0, outfit.skin)
    return items + _pail(vec(0.23, 0.74, 0.34))


def _pail(at: Array) -> list[Item]:
    steel = Stuff("#a9adb0", gloss=0.6, rough=0.28, mottle=0.3)
    outside = ((0.001, 0.0), (0.085, 0.001), (0.092, 0.01), (0.118, 0.225), (0.124, 0.232), (0.124, 0.238))
    rings = (*outside, (0.116, 0.232), (0.110, 0.17), (0.001, 0.168))
    still = np.eye(3, dtype=np.float32)
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    grid = np.array([[(r * np.sin(a), y, r * np.cos(a)) for a in angle] for r, y in rings], np.float32)
    bow = [vec(0.123 * np.cos(t), 0.20 + 0.10 * np.sin(t), 0.0) for t in np.linspace(0, np.pi, 9)]
    handle = loft(np.array(bow), [(0.004, 0.004)] * 9, (0, 0, 1), 24, 8)
    return [Item(from_grid(g, finer=2).moved(still, at), steel) for g in (grid, handle)]


def _p(v: Array) -> P:
    return float(v[0]), float(v[1]), float(v[2])
