"""Lattices, rails, slabs and everything else of straight edges: 3D members drawn as lit strokes with skia."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import skia

from studio.light import Array, Light, linear, to_linear, to_srgb, unit, vec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.camera import Camera

Point = tuple[float, float, float]
GREEN, RUST, YELLOW, WHITE, PALE, RED, DARK = (
    "#49584a",
    "#744b39",
    "#b1903c",
    "#d8d6cf",
    "#9aa596",
    "#a8412f",
    "#2d302e",
)

ROUND, STRIPS = 5.0, 7  # from this many pixels on a member is drawn round, in so many strips


@dataclass(frozen=True)
class Bar:
    """A straight member between two points, `width` metres thick, of a paint."""

    a: Point
    b: Point
    width: float
    paint: str


@dataclass(frozen=True)
class Face:
    """A flat polygon of a paint."""

    corners: tuple[Point, ...]
    paint: str


def layer(camera: Camera, draw: Callable[[skia.Canvas], None]) -> tuple[Array, Array]:
    """What `draw` paints, as (linear light not premultiplied, alpha)."""
    surface = skia.Surface(camera.width, camera.height)
    with surface as canvas:
        canvas.clear(0)
        draw(canvas)
    pixels = surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(np.float32) / 255
    return to_linear(pixels[..., :3]), pixels[..., 3]


def colour(light: Array, alpha: float = 1.0) -> int:
    """A skia colour for linear light (clipped at 1)."""
    r, g, b = (int(v * 255 + 0.5) for v in to_srgb(np.asarray(light, np.float32)))
    return int(skia.Color(r, g, b, int(alpha * 255)))


def draw(
    camera: Camera,
    things: Iterable[Bar | Face],
    light: Light,
    veil: float = 0.0,
    veil_colour: Array | None = None,
    fires: Array | None = None,
    fire_tint: Array | None = None,
) -> tuple[Array, Array]:
    """Bars and faces, far ones first. `fires` are rows x, y, z, strength whose light they take; `veil` fades them."""
    ordered = sorted(things, key=lambda thing: -_distance(camera, thing))
    tint = vec(1.0, 0.48, 0.16) if fire_tint is None else fire_tint
    fade = linear("#a6a7a2") if veil_colour is None else veil_colour

    def paint(canvas: skia.Canvas) -> None:
        for thing in ordered:
            if isinstance(thing, Bar):
                _stroke(canvas, camera, thing, light, fires, tint, veil, fade)
            else:
                _fill(canvas, camera, thing, light, fires, tint, veil, fade)

    return layer(camera, paint)


def _distance(camera: Camera, thing: Bar | Face) -> float:
    points = np.array([thing.a, thing.b] if isinstance(thing, Bar) else thing.corners, np.float32)
    return float(camera.to_camera(points)[:, 2].mean())


def _glow(at: Array, fires: Array | None) -> float:
    if fires is None:
        return 0.0
    d2 = ((fires[:, :3] - at) ** 2).sum(-1)
    return float((fires[:, 3] * 90 / (d2 + 40)).sum())


def _stroke(
    canvas: skia.Canvas,
    camera: Camera,
    bar: Bar,
    light: Light,
    fires: Array | None,
    tint: Array,
    veil: float,
    fade: Array,
) -> None:
    """One member: a stroke in its shadowed colour and a thinner one, off to the sun's side, in its sunny colour."""
    ends = np.array([bar.a, bar.b], np.float32)
    if camera.to_camera(ends)[:, 2].min() < 0.3:
        return
    (p, q), depth = camera.project(ends)
    width = bar.width * camera.focal / float(depth.mean())
    along = unit(ends[1] - ends[0])
    albedo = linear(bar.paint)
    cosine = float(np.sqrt(max(0.0, 1 - float(along @ light.sun) ** 2)))
    right, up, forward = camera.axes
    facing = float(-(light.sun @ forward)) * 0.5 + 0.5
    warm = _glow(ends.mean(axis=0), fires) * tint * albedo
    dark = albedo * (light.sky * 0.8 + light.ground) + warm
    lit = dark + albedo * light.sun_colour * cosine * (0.06 + 0.84 * facing)
    side = np.array([light.sun @ right, -(light.sun @ up)], np.float32)
    normal = np.array([-(q - p)[1], (q - p)[0]], np.float32)
    normal /= max(float(np.hypot(*normal)), 1e-6)
    offset = normal * np.sign(float(normal @ side)) * width * 0.22
    thin = min(1.0, max(width, 0.25) / 0.9)
    stroke = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeCap=skia.Paint.kRound_Cap)
    stroke.setStrokeWidth(max(width, 0.9))
    if width > ROUND:
        _tube(canvas, camera, bar, light, fires, tint, veil, fade)
        return
    if width < 2.2:
        stroke.setColor(colour((dark + (lit - dark) * 0.6) * (1 - veil) + fade * veil, thin))
        canvas.drawLine(float(p[0]), float(p[1]), float(q[0]), float(q[1]), stroke)
        return
    stroke.setColor(colour(dark * (1 - veil) + fade * veil))
    canvas.drawLine(float(p[0]), float(p[1]), float(q[0]), float(q[1]), stroke)
    stroke.setStrokeWidth(width * 0.5)
    stroke.setColor(colour(lit * (1 - veil) + fade * veil))
    (px, py), (qx, qy) = p + offset, q + offset
    canvas.drawLine(float(px), float(py), float(qx), float(qy), stroke)


def _tube(
    canvas: skia.Canvas,
    camera: Camera,
    bar: Bar,
    light: Light,
    fires: Array | None,
    tint: Array,
    veil: float,
    fade: Array,
) -> None:
    """A member near enough to look round: strips along it, each lit by its own normal, in pieces so that fire fades."""
    ends = np.array([bar.a, bar.b], np.float32)
    axis = unit(ends[1] - ends[0])
    toward = unit(vec(*camera.eye) - ends.mean(axis=0))
    toward = unit(toward - float(toward @ axis) * axis)
    side = np.cross(axis, toward).astype(np.float32)
    albedo = linear(bar.paint)
    pieces = max(1, min(8, round(float(np.linalg.norm(ends[1] - ends[0])) / 2.5)))
    marks = [ends[0] + (ends[1] - ends[0]) * (i / pieces) for i in range(pieces + 1)]
    edges = np.linspace(-1, 1, STRIPS + 1) * 1.06
    for i in range(pieces):
        middle = (marks[i] + marks[i + 1]) / 2
        for low, high in itertools.pairwise(edges):
            sine = float(np.clip((low + high) / 2, -0.97, 0.97))
            normal = unit(side * sine + toward * float(np.sqrt(1 - sine * sine)))
            shade = light.shade(albedo[None], normal[None])[0] * (0.72 + 0.28 * float(np.sqrt(1 - sine * sine)))
            shade = shade + _facing_glow(middle, normal, fires) * tint * albedo
            reach = bar.width / 2
            corners = [
                marks[i] + side * (low * reach),
                marks[i + 1] + side * (low * reach),
                marks[i + 1] + side * (edges[-1] * reach),
                marks[i] + side * (edges[-1] * reach),
            ]
            pixels, _ = camera.project(np.array(corners, np.float32))
            path = skia.Path()
            path.addPoly([skia.Point(float(x), float(y)) for x, y in pixels], True)
            canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=colour(shade * (1 - veil) + fade * veil)))


def _facing_glow(at: Array, normal: Array, fires: Array | None) -> float:
    if fires is None:
        return 0.0
    rel = fires[:, :3] - at
    d2 = (rel**2).sum(-1)
    facing = np.clip((rel @ normal) / np.sqrt(d2 + 1e-6), 0, 1) * 0.8 + 0.2
    return float((fires[:, 3] * 90 / (d2 + 40) * facing).sum())


def _fill(
    canvas: skia.Canvas,
    camera: Camera,
    face: Face,
    light: Light,
    fires: Array | None,
    tint: Array,
    veil: float,
    fade: Array,
) -> None:
    points = np.array(face.corners, np.float32)
    if camera.to_camera(points)[:, 2].min() < 0.3:
        return
    normal = unit(np.cross(points[1] - points[0], points[2] - points[0]).astype(np.float32))
    if float(normal @ (points[0] - vec(*camera.eye))) > 0:
        normal = -normal
    albedo = linear(face.paint)
    shade = light.shade(albedo[None], normal[None])[0] + _glow(points.mean(axis=0), fires) * tint * albedo
    pixels, _ = camera.project(points)
    path = skia.Path()
    path.addPoly([skia.Point(float(x), float(y)) for x, y in pixels], True)
    canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=colour(shade * (1 - veil) + fade * veil)))


def lattice(
    foot: Point,
    head: Point,
    wide: tuple[float, float],
    bays: int,
    chord: str,
    brace: str,
    thick: float = 0.22,
    across: Point = (0, 0, 1),
) -> list[Bar]:
    """A four-chord lattice from `foot` to `head`, `wide` metres square at each end, braced with crossing diagonals."""
    a, b = vec(*foot), vec(*head)
    axis = unit(b - a)
    u = unit(np.cross(vec(*across), axis).astype(np.float32))
    v = np.cross(axis, u).astype(np.float32)
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    rings = []
    for i in range(bays + 1):
        t = i / bays
        half = (wide[0] + (wide[1] - wide[0]) * t) / 2
        rings.append([a + (b - a) * t + (u * i1 + v * j1) * half for i1, j1 in corners])
    bars: list[Bar] = []
    for i in range(bays):
        for c in range(4):
            n = (c + 1) % 4
            bars.append(Bar(_p(rings[i][c]), _p(rings[i + 1][c]), thick, chord))
            bars.append(Bar(_p(rings[i + 1][c]), _p(rings[i + 1][n]), thick * 0.55, brace))
            one, two = ((c, n), (n, c))
            bars.append(Bar(_p(rings[i][one[0]]), _p(rings[i + 1][one[1]]), thick * 0.5, brace))
            bars.append(Bar(_p(rings[i][two[0]]), _p(rings[i + 1][two[1]]), thick * 0.5, brace))
    return bars


def _p(v: Array) -> Point:
    return float(v[0]), float(v[1]), float(v[2])


def box(low: Point, high: Point, paint: str) -> list[Face]:
    """A box with edges along the axes."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    return [
        Face(((x0, y0, z0), (x1, y0, z0), (x1, y1, z0), (x0, y1, z0)), paint),
        Face(((x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)), paint),
        Face(((x0, y0, z0), (x0, y0, z1), (x0, y1, z1), (x0, y1, z0)), paint),
        Face(((x1, y0, z0), (x1, y0, z1), (x1, y1, z1), (x1, y1, z0)), paint),
        Face(((x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)), paint),
    ]
