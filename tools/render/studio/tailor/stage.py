"""Things of triangles on the ground under one sun and sky: they shade one another, and the ground."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from studio.light import Array, Light, linear, unit, vec
from studio.noise import noise3
from studio.tailor.raster import Beam, normals, pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.camera import Camera
    from studio.tailor.mesh import Mesh

STRIP, DOME = 160, 44  # picture rows worked on at a time; directions the sky is sampled in


class Weave(Protocol):
    """What is woven into, or printed on, a material: its albedo and its gloss at places on it."""

    def __call__(self, uv: Array, albedo: Array) -> tuple[Array, Array]:
        """Albedo (n, 3) and gloss (n) at `uv` (n, 2; metres) for a plain paint of `albedo`."""


@dataclass(frozen=True)
class Stuff:
    """A material: paint, how it shines, its small crumples (`bump` deep, `grain` metres long), light let through.

    `fuzz` is how much the nap at its edges catches light that comes from behind.
    """

    paint: str
    gloss: float = 0.0
    rough: float = 0.5
    bump: float = 0.0
    grain: float = 0.12
    thin: float = 0.0
    stretch: float = 1.0
    mottle: float = 0.25
    glow: float = 0.0
    fuzz: float = 1.0
    weave: Weave | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Item:
    """A mesh of a material; `layer` groups what is rendered together."""

    mesh: Mesh
    stuff: Stuff
    layer: int = 0


class Stage:
    """All things of a picture, lit once; then seen layer by layer."""

    def __init__(self, items: Sequence[Item], light: Light, sharp: int = 4096) -> None:
        self.light = light
        starts = np.cumsum([0] + [len(item.mesh.points) for item in items])
        self.points = np.concatenate([item.mesh.points for item in items])
        self.uv = np.concatenate([item.mesh.uv for item in items])
        pairs = list(zip(items, starts[:-1], strict=True))
        self.faces = np.concatenate([_outward(item.mesh) + start for item, start in pairs]).astype(np.int32)
        weld = np.concatenate([item.mesh.weld + start for item, start in pairs])
        self.stuffs = [item.stuff for item in items]
        sizes = [len(item.mesh.faces) for item in items]
        self.kind = np.repeat(np.arange(len(items), dtype=np.int32), sizes)
        self.layer = np.repeat(np.array([item.layer for item in items], np.int32), sizes)
        self.normal = normals(self.points, self.faces, weld)
        self.sun = Beam.through(self.points, self.faces, light.sun, sharp)
        self.dome = [(way, Beam.through(self.points, self.faces, way, sharp // 5)) for way in _sphere(DOME)]
        self.fill = self._fill(self.points, self.normal)

    def _fill(self, points: Array, normal: Array, ground_too: bool = True) -> Array:
        """Sky and ground light at points, as far as nothing is in its way."""
        total = np.zeros((len(points), 3), np.float32)
        weight = np.zeros(len(points), np.float32)
        for way, beam in self.dome:
            if way[1] < 0 and not ground_too:
                continue
            facing = np.clip(normal @ way, 0, None)
            open_ = beam.reaches(points + normal * 0.012, max(0.02, beam.cell))
            open_ = open_ + (1 - open_) * 0.14
            total += (facing * open_)[:, None] * (self.light.sky if way[1] > 0 else self.light.ground)
            weight += facing
        return (total / np.maximum(weight, 1e-6)[:, None]).astype(np.float32)

    def shade_ground(self, points: Array) -> Array:
        """How much of its light reaches places on the level ground (n, 3), by colour."""
        up = np.broadcast_to(vec(0, 1, 0), points.shape).astype(np.float32)
        fill = self._fill(points, up, ground_too=False)
        sun = self.sun.reaches(points, 0.012, 0.012)[:, None] * self.light.sun[1] * self.light.sun_colour
        return ((fill + sun) / (self.light.sky + self.light.sun[1] * self.light.sun_colour)).astype(np.float32)

    def render(self, camera: Camera, layer: int, samples: int = 2) -> tuple[Array, Array]:
        """A layer as (premultiplied light, alpha) of the whole picture."""
        chosen = np.flatnonzero(self.layer == layer)
        faces = self.faces[chosen]
        fine = camera.scaled(samples)
        pixels, depth = fine.project(self.points)
        used = np.unique(faces)
        rows = pixels[used, 1][depth[used] > 0.1]
        top = int(np.clip(rows.min() / samples - 1, 0, camera.height))
        bottom = int(np.clip(rows.max() / samples + 2, 0, camera.height))
        colour = np.zeros((camera.height, camera.width, 3), np.float32)
        alpha = np.zeros((camera.height, camera.width), np.float32)
        eye = vec(*camera.eye)
        for y in range(top, bottom, STRIP):
            y1 = min(y + STRIP, bottom)
            which, two, three = pick(pixels, depth, faces, fine.width, y * samples, y1 * samples)
            seen = which >= 0
            lit = np.zeros((*which.shape, 3), np.float32)
            if seen.any():
                lit[seen] = self._shade(chosen[which[seen]], two[seen], three[seen], eye)
            shape = (y1 - y, samples, camera.width, samples)
            colour[y:y1] = lit.reshape(*shape, 3).mean(axis=(1, 3))
            alpha[y:y1] = seen.reshape(shape).mean(axis=(1, 3))
        return colour, alpha

    def _shade(self, face: Array, two: Array, three: Array, eye: Array) -> Array:
        corner = self.faces[face]
        share = np.stack([1 - two - three, two, three], axis=1)[..., None]

        def at(values: Array) -> Array:
            return (values[corner] * share).sum(axis=1, dtype=np.float32)

        points, uv, fill = at(self.points), at(self.uv), at(self.fill)
        normal = unit(at(self.normal))
        view = unit(eye - points)
        behind = (normal * view).sum(-1) < -0.05
        normal[behind] *= -1
        sunny = self.sun.reaches(points + normal * 0.006, max(0.010, 2.5 * self.sun.cell), 0.008)
        lit = np.zeros_like(points)
        kind = self.kind[face]
        for k in np.unique(kind):
            mine = kind == k
            lit[mine] = self._matter(
                self.stuffs[k], points[mine], normal[mine], uv[mine], fill[mine], sunny[mine], view[mine]
            )
        return lit

    def _matter(
        self, stuff: Stuff, points: Array, normal: Array, uv: Array, fill: Array, sunny: Array, view: Array
    ) -> Array:
        light = self.light
        albedo = np.broadcast_to(linear(stuff.paint), points.shape).astype(np.float32)
        gloss: Array | float = stuff.gloss
        if stuff.weave is not None:
            albedo, gloss = stuff.weave(uv, albedo)
        if stuff.mottle:
            u, v = uv.T
            wear = noise3(u, v * 0.8, points[:, 0] * 0 + len(stuff.paint), 0.7, 41, beta=1.5)
            albedo = albedo * (1 + stuff.mottle * 2 * (wear - 0.5))[:, None]
        if stuff.glow:
            return (albedo * stuff.glow).astype(np.float32)
        bumped = _crumpled(normal, points, stuff) if stuff.bump else normal
        cosine = np.clip(bumped @ light.sun, 0, None)
        through = stuff.thin * np.clip(-(bumped @ light.sun), 0, None)
        lit = albedo * (fill + ((cosine + through) * np.maximum(sunny, through * 2))[:, None] * light.sun_colour)
        edge = np.clip(1 - (bumped * view).sum(-1), 0, 1) ** 4
        lit = lit + (edge * 0.10 * (0.3 + stuff.rough) * stuff.fuzz)[:, None] * fill
        against = np.clip(-(view @ light.sun) * 0.5 + 0.5, 0, 1) ** 2
        fuzz = edge**0.7 * np.clip((bumped @ light.sun + 0.25) / 1.25, 0, 1) * sunny * against * 3.0 * stuff.fuzz
        lit = lit + (fuzz[:, None] * (0.12 + albedo)) * light.sun_colour
        if stuff.gloss:
            half = unit(light.sun + view)
            power = 4 + 120 * (1 - stuff.rough) ** 2
            spot = np.clip((half * bumped).sum(-1), 0, 1) ** power * (power + 8) / 25
            tint = 0.5 * albedo / np.maximum(albedo.max(axis=-1, keepdims=True), 1e-3) + 0.5
            lit = lit + (np.asarray(gloss) * spot * sunny)[:, None] * light.sun_colour * tint
            mirror = 2 * (bumped * view).sum(-1, keepdims=True) * bumped - view
            sky = light.sky * 1.6 * np.clip(mirror[:, 1:2] * 0.5 + 0.5, 0, 1) ** 2
            lit = lit + (np.asarray(gloss) * (0.15 + edge))[:, None] * sky * tint
        return lit.astype(np.float32)


def _outward(mesh: Mesh) -> Array:
    """Its triangles, turned so that their normals look away from its middle."""
    a, b, c = (mesh.points[mesh.faces[:, k]].astype(np.float64) - mesh.points.mean(axis=0) for k in range(3))
    inside_out = float((a * np.cross(b, c)).sum()) < 0
    return mesh.faces[:, ::-1] if inside_out else mesh.faces


def _sphere(count: int) -> Array:
    """Directions spread evenly over the sphere."""
    k = np.arange(count) + 0.5
    y = 1 - 2 * k / count
    angle = np.pi * (1 + 5**0.5) * k
    r = np.sqrt(1 - y * y)
    return np.stack([r * np.cos(angle), y, r * np.sin(angle)], axis=1).astype(np.float32)


def _crumpled(normal: Array, points: Array, stuff: Stuff) -> Array:
    """The normal tilted by the slope of small noise: creases too fine for the mesh."""
    x, y, z = points.T
    h = stuff.grain * 0.03

    def height(dx: float, dy: float, dz: float) -> Array:
        return noise3(x + dx, (y + dy) / stuff.stretch, z + dz, stuff.grain * 4, 71, beta=2.2)

    base = height(0, 0, 0)
    slope = np.stack([height(h, 0, 0) - base, height(0, h, 0) - base, height(0, 0, h) - base], axis=-1)
    slope = slope / h * stuff.grain * stuff.bump
    slope -= (slope * normal).sum(-1, keepdims=True) * normal
    return unit((normal - slope).astype(np.float32))
