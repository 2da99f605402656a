"""The pieces solid things are made of: materials, rounded parts, folds of cloth, and where they are put.

A figure is a list of `Part`s and `Fold`s in its own axes (x to its right, y up, z ahead of it, metres), put into the
world by `placed`. Parts of one figure, one `group` and one material melt into one another; everything else meets in a
sharp seam.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from studio import clay
from studio.light import linear

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

P: TypeAlias = tuple[float, float, float]
Turn: TypeAlias = tuple[P, P, P]
UPRIGHT: Turn = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
PATTERNS = {"plain": 0, "stripes": 1, "checks": 2, "blotches": 3, "brocade": 4, "pinstripes": 5}


@dataclass(frozen=True)
class Material:
    """What a thing is made of. Sizes in metres, shares 0 to 1.

    `crumple` and `hang` are the heights of wrinkles in all directions and of hanging folds, `crumple_size` and
    `hang_size` their widths, `drape` below 1 stretches wrinkles upright, above 1 lays them level. `weave` roughens the
    surface in the small, `mottle` varies its tone, `thin` lets the sun through, `clear` makes it glass or film. With
    `gathers` crumpled or hanging cloth takes part in the figure's `Fold`s.
    """

    paint: str
    second: str = ""
    pattern: str = "plain"
    period: float = 0.06
    rough: float = 0.75
    specular: float = 0.03
    metal: float = 0.0
    sheen: float = 0.0
    thin: float = 0.0
    crumple: float = 0.0
    crumple_size: float = 0.06
    hang: float = 0.0
    hang_size: float = 0.07
    drape: float = 1.0
    mottle: float = 0.08
    weave: float = 0.0
    clear: float = 0.0
    gathers: bool = True

    def row(self, gathered: float) -> list[float]:
        """The material's numbers for the tracer; `gathered` is the height of the folds it takes part in."""
        first = [float(v) for v in linear(self.paint)]
        second = [float(v) for v in linear(self.second)] if self.second else first
        cloth = self.gathers and (self.crumple > 0 or self.hang > 0)
        deep = self.crumple + self.hang + (gathered if cloth else 0.0)
        numbers = [self.period, self.rough, self.specular, self.metal, self.sheen, self.thin, self.crumple]
        numbers += [
            self.crumple_size,
            self.hang,
            self.hang_size,
            self.drape,
            self.mottle,
            self.weave,
            self.clear,
            deep,
            float(cloth),
        ]
        return [*first, *second, float(PATTERNS[self.pattern]), *numbers]


def cloth(paint: str, crumple: float = 0.006, size: float = 0.07, **more: float | str) -> Material:
    """Woven cloth: crumpled, fuzzy, dull."""
    return replace(Material(paint, crumple=crumple, crumple_size=size, sheen=0.25, weave=0.25, rough=0.9), **more)  # type: ignore[arg-type]  # the names are Material's


def skin(paint: str = "#bd8b6c") -> Material:
    """Skin: a little gloss, a little light through it."""
    return Material(paint, rough=0.55, specular=0.028, thin=0.12, mottle=0.06, crumple_size=0.04, weave=0.10)


def metal(paint: str = "#a9adb0", rough: float = 0.35) -> Material:
    """Bare metal."""
    return Material(paint, rough=rough, metal=1.0, mottle=0.10)


def plastic(paint: str, rough: float = 0.4) -> Material:
    """Plastic, rubber or gloss paint."""
    return Material(paint, rough=rough, specular=0.045, mottle=0.05)


@dataclass(frozen=True)
class Part:
    """One solid; use the makers below. `soft` is how far it melts into its neighbours, `carve` takes it away."""

    kind: int
    a: P
    b: P
    ra: float
    rb: float
    material: Material
    soft: float = 0.03
    half: P = (0.0, 0.0, 0.0)
    turn: Turn = UPRIGHT
    squash: float = 1.0
    carve: bool = False
    group: str = ""


@dataclass(frozen=True)
class Fold:
    """Cloth gathered about `at`: creases across `along` (a limb), strongest towards `face` (inside the bend).

    `high` is the creases' height, `wave` their distance; with `fan` above 0 they spread from the bend instead, so
    many (7 to 12) to a full turn. Only materials with crumples or hanging folds take part.
    """

    at: P
    along: P
    face: P
    reach: float
    high: float = 0.008
    wave: float = 0.035
    fan: float = 0.0


Thing: TypeAlias = Part | Fold


def material_of(paint: str | Material) -> Material:
    """A paint code as a plain material."""
    return Material(paint) if isinstance(paint, str) else paint


def ball(at: P, radius: float, paint: str | Material, soft: float = 0.03, group: str = "") -> Part:
    """A sphere."""
    return Part(clay.ROUND_CONE, at, at, radius, radius, material_of(paint), soft, group=group)


def rod(
    a: P,
    b: P,
    ra: float,
    rb: float,
    paint: str | Material,
    soft: float = 0.03,
    squash: float = 1.0,
    turn: Turn = UPRIGHT,
    group: str = "",
) -> Part:
    """A cone with round ends; `squash` flattens it along the z axis of `turn`."""
    return Part(clay.ROUND_CONE, a, b, ra, rb, material_of(paint), soft, turn=turn, squash=squash, group=group)


def egg(at: P, half: P, paint: str | Material, soft: float = 0.03, turn: Turn = UPRIGHT, group: str = "") -> Part:
    """An ellipsoid of these half sizes."""
    return Part(clay.ELLIPSOID, at, at, 0.0, 0.0, material_of(paint), soft, half, turn, group=group)


def brick(
    at: P,
    half: P,
    paint: str | Material,
    edge: float = 0.01,
    yaw: float = 0.0,
    soft: float = 0.002,
    turn: Turn | None = None,
    group: str = "",
) -> Part:
    """A box with rounded edges."""
    turned = turn or turned_by(yaw)
    return Part(clay.BOX, at, at, min(edge, *half), 0.0, material_of(paint), soft, half, turned, group=group)


def tube(
    a: P,
    b: P,
    radius: float,
    paint: str | Material,
    soft: float = 0.001,
    end: float | None = None,
    edge: float = 0.0,
    squash: float = 1.0,
    turn: Turn = UPRIGHT,
    group: str = "",
) -> Part:
    """A cylinder with flat ends, or a cone slice with radius `end` at b; `edge` rounds it outwards."""
    rb = radius if end is None else end
    return Part(clay.CYLINDER, a, b, radius, rb, material_of(paint), soft, (edge, 0.0, 0.0), turn, squash, group=group)


def ring(
    at: P,
    half: tuple[float, float],
    thick: float,
    paint: str | Material,
    soft: float = 0.004,
    tall: float = 0.0,
    turn: Turn = UPRIGHT,
    group: str = "",
) -> Part:
    """A round or oval ring about the y axis of `turn`: half sizes along x and z, thickness, half height of a ribbon."""
    sizes = (half[0], 0.0, half[1])
    return Part(clay.RING, at, at, thick, tall, material_of(paint), soft, sizes, turn, group=group)


def sheet(
    at: P,
    half: P,
    bend: float,
    paint: str | Material,
    edge: float = 0.002,
    turn: Turn = UPRIGHT,
    soft: float = 0.002,
    group: str = "",
) -> Part:
    """A thin plate (half sizes, z the thickness) bent towards its +z along x by `bend` per metre."""
    return Part(clay.SHEET, at, at, edge, bend, material_of(paint), soft, half, turn, group=group)


def carved(part: Part, soft: float = 0.004) -> Part:
    """The same solid taken away from its group."""
    return replace(part, carve=True, soft=soft)


def turned_by(yaw: float = 0.0, pitch: float = 0.0, roll: float = 0.0) -> Turn:
    """Axes turned about y (towards +x), then nodded (+ looks down), then rolled (+ the left side goes up); degrees."""
    y, p, r = np.radians([yaw, pitch, roll])
    spin = np.array([[np.cos(y), 0, -np.sin(y)], [0, 1, 0], [np.sin(y), 0, np.cos(y)]])
    nod = np.array([[1, 0, 0], [0, np.cos(p), np.sin(p)], [0, -np.sin(p), np.cos(p)]])
    tilt = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    return _turn(tilt @ nod @ spin)


def facing(z: P, up: P = (0.0, 1.0, 0.0)) -> Turn:
    """Axes whose z looks along `z`, y as near to `up` as can be."""
    ahead = np.asarray(z) / np.linalg.norm(z)
    right = np.cross(up, ahead)
    right = right / max(float(np.linalg.norm(right)), 1e-9)
    return _turn(np.stack([right, np.cross(ahead, right), ahead]))


def _turn(rows: NDArray[np.float64]) -> Turn:
    a, b, c = ((float(x), float(y), float(z)) for x, y, z in rows)
    return a, b, c


def placed(
    things: Iterable[Thing], at: P, yaw: float, size: float = 1.0, pitch: float = 0.0, roll: float = 0.0
) -> list[Thing]:
    """`things` scaled, turned by `yaw` degrees (0 looks along +z, 90 along +x) and moved to `at`."""
    axes = np.array(turned_by(yaw, pitch, roll))

    def spin(p: P) -> P:
        x, y, z = np.asarray(p) @ axes
        return float(x), float(y), float(z)

    def move(p: P) -> P:
        x, y, z = spin(p)
        return at[0] + size * x, at[1] + size * y, at[2] + size * z

    def moved(thing: Thing) -> Thing:
        if isinstance(thing, Fold):
            lengths = {"reach": thing.reach * size, "high": thing.high * size, "wave": thing.wave * size}
            return replace(thing, at=move(thing.at), along=spin(thing.along), face=spin(thing.face), **lengths)
        hx, hy, hz = thing.half
        bent = thing.rb / size if thing.kind == clay.SHEET else thing.rb * size
        return replace(
            thing,
            a=move(thing.a),
            b=move(thing.b),
            ra=thing.ra * size,
            rb=bent,
            soft=thing.soft * size,
            half=(hx * size, hy * size, hz * size),
            turn=_turn(np.array(thing.turn) @ axes),
        )

    return [moved(thing) for thing in things]
