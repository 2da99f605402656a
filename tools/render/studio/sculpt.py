"""Solid things - people, cameras, stairs - traced with sun, sky, bounce and shadows.

`render` takes any number of figures (see `studio.parts`), which shade and colour one another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from studio import clay, passes
from studio.film import blur, resize
from studio.parts import Fold, Material, P, Part, Thing
from studio.tracer import trace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.camera import Camera
    from studio.light import Array, Light

RAYS, STEP = 14, 2


@dataclass
class Cast:
    """A rendered group of figures over the whole picture.

    `colour` is premultiplied by `alpha`; `depth` is along the view axis, infinite where nothing is; `shade` is what the
    figures leave of the ground's light: multiply the ground by it before laying the figures over.
    """

    colour: Array
    alpha: Array
    depth: Array
    shade: Array = field(repr=False)


@dataclass
class _Tables:
    parts: list[list[float]] = field(default_factory=list)
    groups: list[list[float]] = field(default_factory=list)
    materials: list[list[float]] = field(default_factory=list)
    folds: list[list[float]] = field(default_factory=list)
    deep: list[float] = field(default_factory=list)


def _core(part: Part) -> float:
    """A radius about the part's axis that is surely inside it; negative for hollow ones."""
    if part.kind in (clay.ROUND_CONE, clay.CYLINDER):
        inner = min(part.ra, part.rb) * min(1.0, part.squash)
        return inner if part.kind == clay.ROUND_CONE else inner * 0.0
    if part.kind == clay.RING:
        return -max(part.half)
    return min(part.half) if part.kind != clay.SHEET else -abs(part.rb) * part.half[0] ** 2


def _tables(figures: Sequence[Sequence[Thing]], clear: bool) -> _Tables:
    out = _Tables()
    for things in figures:
        begin = len(out.folds)
        folds = [thing for thing in things if isinstance(thing, Fold)]
        out.folds += [[*f.at, *f.along, *f.face, f.reach, f.high, f.wave, f.fan] for f in folds]
        gathered = 0.85 * max((f.high for f in folds), default=0.0)
        groups: dict[tuple[str, Material], list[Part]] = {}
        for thing in things:
            if isinstance(thing, Part) and (thing.material.clear > 0) == clear:
                groups.setdefault((thing.group, thing.material), []).append(thing)
        for (_, material), parts in groups.items():
            if all(p.carve for p in parts):
                continue
            number, first = len(out.groups), parts[0]
            row = material.row(gathered)
            out.materials.append(row)
            axes = [v for line in first.turn for v in line]
            holes = float(any(p.carve for p in parts))
            out.groups.append([number, *first.a, *axes, begin, len(out.folds), holes])
            for p in sorted(parts, key=lambda part: part.carve):
                frame = [v for line in p.turn for v in line]
                sizes = (p.ra, p.rb, max(p.soft, 1e-4), *frame, *p.half, p.squash)
                out.parts.append([p.kind, *p.a, *p.b, *sizes, p.carve, number, _core(p)])
                out.deep.append(row[clay.DEPTH])
    return out


def _noise() -> clay.Table:
    return np.random.default_rng(4711).random((clay.LATTICE,) * 3)


def _world(figures: Sequence[Sequence[Thing]], clear: bool = False) -> clay.World | None:
    tables = _tables(figures, clear)
    if not tables.parts:
        return None
    parts, groups = np.array(tables.parts), np.array(tables.groups)
    deep = np.array(tables.deep)
    low, high = _extent(parts, deep)
    cell = float(np.clip((np.prod(high - low) / 260_000) ** (1 / 3), 0.012, 0.5))
    size = np.ceil((high - low) / cell).astype(np.int64)
    limit = 48
    while True:
        counts, lists, clearance = clay.sort_cells(parts, groups, deep, low, size, cell, 6, limit)
        if counts.max() <= limit:
            break
        limit = int(counts.max())
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    items = lists[np.arange(limit)[None, :] < counts[:, None]].astype(np.int64)
    folds = np.array(tables.folds, np.float64).reshape(-1, clay.FOLD_SIZE)
    materials = np.array(tables.materials)
    return clay.World(parts, groups, materials, folds, _noise(), low, size, cell, starts, items, clearance)


def _extent(parts: clay.Table, deep: clay.Table) -> tuple[clay.Table, clay.Table]:
    """The box that holds all parts."""
    a, b = parts[:, clay.A : clay.A + 3], parts[:, clay.B : clay.B + 3]
    half = np.linalg.norm(parts[:, clay.HALF : clay.HALF + 3], axis=1)
    round_ = np.isin(parts[:, clay.KIND], (clay.ROUND_CONE, clay.CYLINDER))
    reach = np.maximum(parts[:, clay.RA], np.where(round_, parts[:, clay.RB], 0)) * np.maximum(parts[:, clay.SQUASH], 1)
    bent = parts[:, clay.KIND] == clay.SHEET
    reach = reach + half + np.where(bent, np.abs(parts[:, clay.RB]) * parts[:, clay.HALF] ** 2, 0) + deep
    reach = reach + np.where(parts[:, clay.KIND] == clay.RING, parts[:, clay.RB], 0) + 0.01
    return (np.minimum(a, b) - reach[:, None]).min(axis=0), (np.maximum(a, b) + reach[:, None]).max(axis=0)


def _view(camera: Camera, left: int, top: int) -> clay.Table:
    right, up, forward = camera.axes
    cx, cy = camera.centre
    return np.array([*camera.eye, *right, *up, *forward, camera.focal, cx - left, cy - top], np.float64)


def _light(light: Light, ground: float | None) -> clay.Table:
    level = (0.0, 0.0) if ground is None else (ground, 1.0)
    return np.array([*light.sun, *light.sun_colour, *light.sky, *light.ground, *level], np.float64)


def _frame(camera: Camera, world: clay.World, light: Light, ground: float | None) -> tuple[int, int, int, int]:
    """The part of the picture that figures, and with a ground their shadows, can touch."""
    low, high = world.low, world.low + world.cell * world.size
    corners = np.array([(x, y, z) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    if ground is not None:
        drop = np.maximum(corners[:, 1:2] - ground, 0) / max(float(light.sun[1]), 0.05)
        shadows = corners - drop * np.asarray(light.sun, np.float64)
        rim = np.array((0.8, 0.0, 0.8))
        corners = np.concatenate([corners, shadows - rim, shadows + rim])
    if camera.to_camera(corners.astype(np.float32))[:, 2].min() < 0.1:
        return 0, 0, camera.width, camera.height
    return camera.bounds(corners.astype(np.float32))


def render(
    camera: Camera,
    figures: Sequence[Sequence[Thing]],
    light: Light,
    ground: float | None = None,
    rays: int = RAYS,
    step: int = STEP,
) -> Cast:
    """Figures in one light, shading one another; with `ground`, its height, they also throw shadows on it.

    `rays` are sent out from every `step`th pixel to gather the light from all around.
    """
    height, width = camera.height, camera.width
    cast = Cast(
        np.zeros((height, width, 3), np.float32),
        np.zeros((height, width), np.float32),
        np.full((height, width), np.inf, np.float32),
        np.ones((height, width, 3), np.float32),
    )
    world = _world(figures)
    glass = _world(figures, clear=True)
    if world is None:
        return cast
    left, top, right, bottom = _frame(camera, world, light, ground)
    if right <= left or bottom <= top:
        return cast
    place = slice(top, bottom), slice(left, right)
    shape = bottom - top, right - left
    view, lamp = _view(camera, left, top), _light(light, ground)
    far, marks, normals = passes.find(world, view, shape)
    mild, spots = passes.gather(world, view, lamp, far, marks, normals, step, rays)
    calm = passes.soothe(mild, spots, far, normals, step)
    picture, fill = passes.shade(world, view, lamp, far, marks, normals, calm, spots, step)
    colour, alpha = passes.refine(world, view, lamp, far, marks, normals, picture, fill)
    if glass is not None:
        front, hidden = passes.glaze(glass, world, view, lamp, far)
        colour = front + colour * (1 - hidden)[..., None]
        alpha = hidden + alpha * (1 - hidden)
    cast.colour[place], cast.alpha[place] = colour, alpha
    forward = camera.axes[2]
    rays_ = camera.rays((left, top, right, bottom))
    slant = (rays_ @ forward) / np.linalg.norm(rays_, axis=-1)
    cast.depth[place] = np.where(marks >= 0, far * slant, np.inf)
    if ground is not None:
        cast.shade[place] = _shadow(world, view, lamp, shape, light, rays)
    return cast


def _shadow(
    world: clay.World, view: clay.Table, lamp: clay.Table, shape: tuple[int, int], light: Light, rays: int
) -> Array:
    """What figures leave of a level ground's light."""
    step = 4
    sunny, open_ = passes.catch(world, view, lamp, shape, step, rays)
    open_ = blur(open_, 1.6)
    grown = resize(open_, open_.shape[1] * step, open_.shape[0] * step)[: shape[0], : shape[1]]
    direct = light.sun_colour * max(float(light.sun[1]), 0.0)
    left_over = direct * sunny[..., None] + light.sky * grown[..., None]
    return (left_over / (direct + light.sky)).astype(np.float32)


class Skin:
    """The surface of a figure, to lay things on."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self._world = _world([things])

    def touch(self, start: P, aim: P) -> P | None:
        """Where it is met on the way from `start` to `aim` and beyond, None if nowhere."""
        line = np.asarray(aim) - np.asarray(start)
        way = line / np.linalg.norm(line)
        direction = (float(way[0]), float(way[1]), float(way[2]))
        if self._world is None:
            return None
        distance, group, _ = trace(self._world, start, direction, 0.0, 2.0, True, 0.001)
        if group < 0:
            return None
        x, y, z = (float(o + d * distance) for o, d in zip(start, direction, strict=True))
        return x, y, z


def lay(film_image: Array, cast: Cast) -> Array:
    """A picture with shadows of the figures on it and the figures over it."""
    image = film_image * cast.shade
    return (image * (1 - cast.alpha[..., None]) + cast.colour).astype(np.float32)
