"""Clear film wrapped round a camera: a crumpled skin stretched over its corners, every facet a small mirror.

The skin is the hull of what it covers, creased; it is drawn layer over layer from far to near, each taking a share of
what is behind it and giving back its reflection of sky, ground and sun.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit, prange
from scipy.spatial import ConvexHull

from studio.light import Array, Light, unit, vec
from studio.noise import noise3

if TYPE_CHECKING:
    from studio.camera import Camera


@dataclass(frozen=True)
class Skin:
    """A grid (rows, columns, 3) of points in the world, and which of them are there (the rest is cut away)."""

    points: Array
    there: Array


def hull_skin(corners: Array, inside: Array, seed: int, size: tuple[int, int], slack: float = 1.0) -> Array:
    """A creased skin over `corners`, seen from the point `inside` them, as a grid closed round the z axis."""
    hull = ConvexHull(corners - inside)
    rows, columns = size
    polar = np.linspace(0.02, np.pi - 0.02, rows, dtype=np.float32)[:, None]
    turn = np.linspace(0, 2 * np.pi, columns, dtype=np.float32)[None, :]
    ways = np.stack(
        [np.sin(polar) * np.cos(turn), np.sin(polar) * np.sin(turn), np.cos(polar) * np.ones_like(turn)], axis=-1
    ).astype(np.float32)
    planes = np.unique(np.round(hull.equations, 5), axis=0)
    reach = np.full(ways.shape[:2], np.inf, np.float32)
    for plane in planes.astype(np.float32):
        slope = ways @ plane[:3]
        reach = np.where(slope > 1e-3, np.minimum(reach, -plane[3] / np.maximum(slope, 1e-3)), reach)
    skin = inside + ways * reach[..., None]
    return (skin + ways * crease(skin, seed, slack)[..., None]).astype(np.float32)


def crease(points: Array, seed: int, slack: float) -> Array:
    """How far creases stand out at `points`: folds in many directions, each only in places, straight, sharp."""
    rng = np.random.default_rng(seed)
    x, y, z = (points[..., k] for k in range(3))
    warp = np.stack([noise3(x + seed + 5 * k, y, z, 0.55, 811) - 0.5 for k in range(3)], axis=-1)
    total = np.zeros(points.shape[:2], np.float32)
    for n in range(18):
        wave = 0.18 * 0.86**n
        way = unit(rng.normal(0, 1, 3).astype(np.float32))
        phase = (points + warp * wave * 0.9) @ way / wave + rng.random()
        fold = np.abs(phase - np.floor(phase) - 0.5) * 2
        sway = rng.uniform(0, 7, 3)
        where = np.clip(noise3(x + sway[0], y + sway[1], z + sway[2], 3.2 * wave, 812) * 4 - 1.4, 0, 1)
        total += fold * where * np.float32(wave * rng.uniform(0.035, 0.085))
    return (total * slack).astype(np.float32)


def normals(points: Array) -> Array:
    """Unit normals of a grid."""
    across = np.gradient(points, axis=1)
    along = np.gradient(points, axis=0)
    return unit(np.cross(across, along).astype(np.float32)).astype(np.float32)


def render(
    camera: Camera, skins: list[Skin], light: Light, solid_depth: Array, body: Array, fine: int = 2
) -> tuple[Array, Array]:
    """The film as (premultiplied light, share hidden) of the whole picture.

    `solid_depth` is the depth of the solid things; `body` (centre, axes as rows, half sizes: 5 x 3) keeps the sun off
    the film behind it. Every pixel is worked out `fine` times finer each way.
    """
    height, width = camera.height, camera.width
    colour, alpha = np.zeros((height, width, 3), np.float32), np.zeros((height, width), np.float32)
    cloud = np.concatenate([s.points[s.there] for s in skins])
    left, top, right, bottom = camera.bounds(cloud)
    if right <= left or bottom <= top:
        return colour, alpha
    big = camera.scaled(fine)
    shape = (bottom - top) * fine, (right - left) * fine
    out = np.zeros((*shape, 4), np.float32)
    solid = np.repeat(np.repeat(solid_depth[top:bottom, left:right], fine, 0), fine, 1).astype(np.float32)
    pixels, places, faces, depths, normal = [], [], [], [], []
    start = 0
    for skin in skins:
        rows, columns = skin.points.shape[:2]
        index = np.arange(rows * columns).reshape(rows, columns) + start
        a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
        keep = skin.there[:-1, :-1] & skin.there[:-1, 1:] & skin.there[1:, 1:] & skin.there[1:, :-1]
        faces += [np.stack([a, b, c], -1)[keep], np.stack([a, c, d], -1)[keep]]
        at, depth = big.project(skin.points.reshape(-1, 3))
        pixels.append(at - np.array((left * fine, top * fine), np.float32))
        depths.append(depth)
        places.append(skin.points.reshape(-1, 3))
        normal.append(normals(skin.points).reshape(-1, 3))
        start += rows * columns
    z = np.concatenate(depths)
    triangles = np.concatenate(faces)
    order = np.argsort(-z[triangles].mean(axis=1), kind="stable")
    where = np.concatenate(places)
    sunny = _unshaded(where, light.sun.astype(np.float32), body.astype(np.float32))
    _paint(
        out,
        np.concatenate(pixels),
        z,
        where,
        np.concatenate(normal),
        sunny,
        triangles[order],
        solid,
        vec(*camera.eye),
        light.sun.astype(np.float32),
        light.sun_colour.astype(np.float32),
    )
    small = out.reshape(bottom - top, fine, right - left, fine, 4).mean(axis=(1, 3))
    colour[top:bottom, left:right], alpha[top:bottom, left:right] = small[..., :3], small[..., 3]
    return colour, alpha


@njit(cache=True, parallel=True)
def _unshaded(points, sun, body):  # type: ignore[no-untyped-def]  # compiled
    """1 where the sun reaches a point past the box `body`."""
    out = np.ones(points.shape[0], np.float32)
    for i in prange(points.shape[0]):
        enter, leave = 0.004, 9.0
        for k in range(3):
            axis = body[1 + k]
            o = 0.0
            d = 0.0
            for j in range(3):
                o += (points[i, j] - body[0, j]) * axis[j]
                d += sun[j] * axis[j]
            if abs(d) < 1e-6:
                d = 1e-6
            t0, t1 = (-body[4, k] - o) / d, (body[4, k] - o) / d
            enter, leave = max(enter, min(t0, t1)), min(leave, max(t0, t1))
        if enter < leave:
            out[i] = 0.12
    return out


@njit(cache=True)
def _around(dx, dy, dz, sun, sunlight, sunny):  # type: ignore[no-untyped-def]  # compiled
    """The light that comes from a direction: evening sky, lit ground, the sun blurred a little by the film."""
    flat = max((dx * dx + dz * dz) ** 0.5, 1e-6) * max((sun[0] * sun[0] + sun[2] * sun[2]) ** 0.5, 1e-6)
    near = 0.5 + 0.5 * (dx * sun[0] + dz * sun[2]) / flat
    warm = near * near * near
    up = min(max(dy, 0.0) / 0.7, 1.0)
    up = up * up * (3 - 2 * up)
    land = min(max(0.5 - dy / 0.24, 0.0), 1.0)
    land = land * land * (3 - 2 * land) * 0.85
    r = ((0.40 + 0.95 * warm) * (1 - up) + 0.13 * up) * (1 - land) + (0.17 + 0.05 * warm) * land
    g = ((0.40 + 0.48 * warm) * (1 - up) + 0.21 * up) * (1 - land) + (0.135 + 0.03 * warm) * land
    b = ((0.44 + 0.10 * warm) * (1 - up) + 0.36 * up) * (1 - land) + 0.11 * land
    c = dx * sun[0] + dy * sun[1] + dz * sun[2] - 1.0
    peak = sunny * (260.0 * np.exp(c / 0.00022) + 1.1 * np.exp(c / 0.0045))
    return r + peak * sunlight[0], g + peak * sunlight[1] * 1.15, b + peak * sunlight[2] * 1.35


@njit(cache=True)
def _paint(out, p, depth, where, normal, sunny, faces, solid, eye, sun, sunlight):  # type: ignore[no-untyped-def]  # compiled
    height, width = solid.shape
    for f in range(faces.shape[0]):
        a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
        ax, ay, bx, by, cx, cy = p[a, 0], p[a, 1], p[b, 0], p[b, 1], p[c, 0], p[c, 1]
        area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
        if abs(area) < 1e-9:
            continue
        for y in range(max(0, int(min(ay, by, cy))), min(height, int(max(ay, by, cy)) + 1)):
            for x in range(max(0, int(min(ax, bx, cx))), min(width, int(max(ax, bx, cx)) + 1)):
                u, v = x + 0.5, y + 0.5
                wa = ((bx - u) * (cy - v) - (cx - u) * (by - v)) / area
                wb = ((cx - u) * (ay - v) - (ax - u) * (cy - v)) / area
                wc = 1 - wa - wb
                if wa < 0 or wb < 0 or wc < 0 or wa * depth[a] + wb * depth[b] + wc * depth[c] > solid[y, x]:
                    continue
                nx = wa * normal[a, 0] + wb * normal[b, 0] + wc * normal[c, 0]
                ny = wa * normal[a, 1] + wb * normal[b, 1] + wc * normal[c, 1]
                nz = wa * normal[a, 2] + wb * normal[b, 2] + wc * normal[c, 2]
                n = max((nx * nx + ny * ny + nz * nz) ** 0.5, 1e-9)
                nx, ny, nz = nx / n, ny / n, nz / n
                dx, dy, dz = where[a, 0] - eye[0], where[a, 1] - eye[1], where[a, 2] - eye[2]
                n = max((dx * dx + dy * dy + dz * dz) ** 0.5, 1e-9)
                dx, dy, dz = dx / n, dy / n, dz / n
                cosine = dx * nx + dy * ny + dz * nz
                rx, ry, rz = dx - 2 * cosine * nx, dy - 2 * cosine * ny, dz - 2 * cosine * nz
                once = 0.045 + 0.955 * (1 - min(abs(cosine), 1.0)) ** 5
                mirror = 2 * once / (1 + once)
                lit = wa * sunny[a] + wb * sunny[b] + wc * sunny[c]
                er, eg, eb = _around(rx, ry, rz, sun, sunlight, lit)
                milk = 0.030 / max(abs(cosine), 0.22)
                glow = lit * abs(nx * sun[0] + ny * sun[1] + nz * sun[2]) * 0.75
                share = min(mirror + milk, 1.0)
                keep = 1 - share
                out[y, x, 0] = out[y, x, 0] * keep + mirror * er + milk * (0.20 + glow * sunlight[0])
                out[y, x, 1] = out[y, x, 1] * keep + mirror * eg + milk * (0.24 + glow * sunlight[1])
                out[y, x, 2] = out[y, x, 2] * keep + mirror * eb + milk * (0.32 + glow * sunlight[2])
                out[y, x, 3] = 1 - (1 - out[y, x, 3]) * keep
