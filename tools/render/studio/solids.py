"""Ray casting of boxes, cone frusta and triangles: a tree of bounding boxes, met by compiled code."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numba import njit

from studio.light import linear, unit, vec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Point: TypeAlias = tuple[float, float, float]
BOX, FRUSTUM, TRIANGLE = 0, 1, 2
LEAF = 3  # solids in a leaf of the tree
FAR = 1e9


@dataclass(frozen=True)
class Solid:
    """One shape (its numbers as the compiled code reads them), its material, its paint, its bounds."""

    kind: int
    numbers: tuple[float, ...]
    material: int
    paint: str
    low: Point
    high: Point


class Tree(NamedTuple):
    """All solids of a scene, sorted into a tree: node `n` holds `count[n]` solids from `first[n]`, or two children."""

    kind: NDArray[np.int32]
    numbers: NDArray[np.float64]
    material: NDArray[np.int32]
    paint: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    first: NDArray[np.int32]
    count: NDArray[np.int32]


def beam(a: Point, b: Point, width: float, depth: float, material: int, paint: str, up: Point = (0, 1, 0)) -> Solid:
    """A straight box from `a` to `b`, `width` sideways and `depth` the other way."""
    start, end = np.array(a, np.float64), np.array(b, np.float64)
    axis = (end - start) / max(float(np.linalg.norm(end - start)), 1e-9)
    helper = np.array(up, np.float64)
    if abs(float(axis @ helper)) > 0.97 * float(np.linalg.norm(helper)):
        helper = np.array((0.0, 0.0, 1.0)) if abs(axis[2]) < 0.9 else np.array((1.0, 0.0, 0.0))
    side = np.cross(helper, axis)
    side /= np.linalg.norm(side)
    other = np.cross(axis, side)
    half = (float(np.linalg.norm(end - start)) / 2, width / 2, depth / 2)
    return oriented((start + end) / 2, (axis, side, other), half, material, paint)


def oriented(
    centre: NDArray[np.float64],
    axes: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    half: Point,
    material: int,
    paint: str,
) -> Solid:
    """A box about `centre`, `half` as long either way along each of three unit axes."""
    reach = sum(np.abs(axis) * h for axis, h in zip(axes, half, strict=True))
    numbers = (*centre, *axes[0], *axes[1], *axes[2], *half)
    return Solid(BOX, tuple(map(float, numbers)), material, paint, _point(centre - reach), _point(centre + reach))


def frustum(
    base: Point, axis: Point, length: float, low: float, high: float, material: int, paint: str, start: float = 0.0
) -> Solid:
    """The side of a cone slice: from `base` along `axis`, radii `low` and `high` at its ends; both sides are seen."""
    line = unit(vec(*axis)).astype(np.float64)
    helper = np.array((0.0, 0.0, 1.0)) if abs(line[2]) < 0.9 else np.array((1.0, 0.0, 0.0))
    side = np.cross(helper, line)
    side /= np.linalg.norm(side)
    foot = np.array(base, np.float64)
    head = foot + line * length
    span = np.sqrt(np.clip(1 - line * line, 0, 1))
    lower = np.minimum(foot - span * low, head - span * high)
    upper = np.maximum(foot + span * low, head + span * high)
    numbers = (*base, *line, *side, length, low, high, start)
    return Solid(FRUSTUM, tuple(map(float, numbers)), material, paint, _point(lower), _point(upper))


def tube(a: Point, b: Point, width: float, material: int, paint: str) -> Solid:
    """A round bar `width` metres thick."""
    line = np.array(b, np.float64) - np.array(a, np.float64)
    length = float(np.linalg.norm(line))
    return frustum(a, _point(line / max(length, 1e-9)), length, width / 2, width / 2, material, paint)


def triangle(a: Point, b: Point, c: Point, material: int, paint: str) -> Solid:
    """A flat triangle seen from both sides."""
    corners = np.array((a, b, c), np.float64)
    return Solid(
        TRIANGLE, tuple(map(float, corners.ravel())), material, paint, _point(corners.min(0)), _point(corners.max(0))
    )


def quad(a: Point, b: Point, c: Point, d: Point, material: int, paint: str) -> list[Solid]:
    """A flat four-cornered plate."""
    return [triangle(a, b, c, material, paint), triangle(a, c, d, material, paint)]


def _point(v: NDArray[np.float64]) -> Point:
    return float(v[0]), float(v[1]), float(v[2])


def plant(solids: Sequence[Solid]) -> Tree:
    """The tree over `solids`."""
    total = len(solids)
    low = np.array([s.low for s in solids], np.float64).reshape(total, 3) - 1e-4
    high = np.array([s.high for s in solids], np.float64).reshape(total, 3) + 1e-4
    order, node_low, node_high, first, count = _split(low, high)
    numbers = np.zeros((total, 15), np.float64)
    for row, place in enumerate(order):
        values = solids[place].numbers
        numbers[row, : len(values)] = values
    paints = {s.paint: linear(s.paint).astype(np.float64) for s in solids}
    return Tree(
        np.array([solids[i].kind for i in order], np.int32),
        numbers,
        np.array([solids[i].material for i in order], np.int32),
        np.array([paints[solids[i].paint] for i in order], np.float64).reshape(total, 3),
        node_low,
        node_high,
        first,
        count,
    )


@njit(cache=True, error_model="numpy")
def _split(low, high):
    """Halve the solids again and again at the middle of their longest side."""
    total = low.shape[0]
    order = np.arange(total)
    size = max(1, 2 * total)
    node_low, node_high = np.zeros((size, 3)), np.zeros((size, 3))
    first, count = np.zeros(size, np.int32), np.zeros(size, np.int32)
    todo = [(0, 0, total)]
    used = 1
    while len(todo) > 0:
        node, start, end = todo.pop()
        for k in range(3):
            node_low[node, k], node_high[node, k] = FAR, -FAR
            for i in range(start, end):
                node_low[node, k] = min(node_low[node, k], low[order[i], k])
                node_high[node, k] = max(node_high[node, k], high[order[i], k])
        if end - start <= LEAF:
            first[node], count[node] = start, end - start
            continue
        axis = int(np.argmax(node_high[node] - node_low[node]))
        part = order[start:end].copy()
        middles = low[part, axis] + high[part, axis]
        order[start:end] = part[np.argsort(middles, kind="mergesort")]
        half = (start + end) // 2
        first[node] = used
        todo.append((used, start, half))
        todo.append((used + 1, half, end))
        used += 2
    return order, node_low[:used], node_high[:used], first[:used], count[:used]


@njit(cache=True, error_model="numpy")
def _enters(low, high, node, o, inverse, reach):
    """Distance at which a ray enters a node's box, or FAR."""
    near, far = 0.0, reach
    for k in range(3):
        a = (low[node, k] - o[k]) * inverse[k]
        b = (high[node, k] - o[k]) * inverse[k]
        near = max(near, min(a, b))
        far = min(far, max(a, b))
    return near if near <= far else FAR


@njit(cache=True, error_model="numpy")
def _meet(kind, n, o, d, reach):
    """Distance to one solid, or FAR."""
    if kind == BOX:
        near, far = -FAR, FAR
        for k in range(3):
            j = 3 + 3 * k
            p = (o[0] - n[0]) * n[j] + (o[1] - n[1]) * n[j + 1] + (o[2] - n[2]) * n[j + 2]
            v = d[0] * n[j] + d[1] * n[j + 1] + d[2] * n[j + 2]
            if abs(v) < 1e-12:
                v = 1e-12
            a, b = (-n[12 + k] - p) / v, (n[12 + k] - p) / v
            near, far = max(near, min(a, b)), min(far, max(a, b))
        return near if near <= far and near > 1e-4 and near < reach else FAR
    if kind == FRUSTUM:
        return _meet_frustum(n, o, d, reach)
    e1x, e1y, e1z = n[3] - n[0], n[4] - n[1], n[5] - n[2]
    e2x, e2y, e2z = n[6] - n[0], n[7] - n[1], n[8] - n[2]
    hx, hy, hz = d[1] * e2z - d[2] * e2y, d[2] * e2x - d[0] * e2z, d[0] * e2y - d[1] * e2x
    det = e1x * hx + e1y * hy + e1z * hz
    if abs(det) < 1e-14:
        return FAR
    sx, sy, sz = o[0] - n[0], o[1] - n[1], o[2] - n[2]
    u = (sx * hx + sy * hy + sz * hz) / det
    qx, qy, qz = sy * e1z - sz * e1y, sz * e1x - sx * e1z, sx * e1y - sy * e1x
    v = (d[0] * qx + d[1] * qy + d[2] * qz) / det
    t = (e2x * qx + e2y * qy + e2z * qz) / det
    return t if u >= 0 and v >= 0 and u + v <= 1 and t > 1e-4 and t < reach else FAR


@njit(cache=True, error_model="numpy")
def _meet_frustum(n, o, d, reach):
    ax, ay, az, length = n[3], n[4], n[5], n[9]
    cx, cy, cz = o[0] - n[0], o[1] - n[1], o[2] - n[2]
    da, oa = d[0] * ax + d[1] * ay + d[2] * az, cx * ax + cy * ay + cz * az
    slope = (n[11] - n[10]) / length
    px, py, pz = d[0] - da * ax, d[1] - da * ay, d[2] - da * az
    qx, qy, qz = cx - oa * ax, cy - oa * ay, cz - oa * az
    ro, rd = n[10] + slope * oa, slope * da
    a = px * px + py * py + pz * pz - rd * rd
    b = qx * px + qy * py + qz * pz - ro * rd
    c = qx * qx + qy * qy + qz * qz - ro * ro
    disc = b * b - a * c
    if disc <= 0:
        return FAR
    if abs(a) < 1e-12:
        a = 1e-12
    root = sqrt(disc)
    best = FAR
    for sign in (-1.0, 1.0):
        t = (-b + sign * root) / a
        along = oa + t * da
        if t > 1e-4 and t < reach and t < best and along >= 0 and along <= length:
            best = t
    return best


@njit(cache=True, error_model="numpy")
def cast(tree, o, d, reach, stack, any_hit):
    """The nearest solid within `reach` along a ray: (distance, its number), or (FAR, -1); `any_hit` takes the first."""
    inverse = (
        1.0 / (d[0] if abs(d[0]) > 1e-12 else 1e-12),
        1.0 / (d[1] if abs(d[1]) > 1e-12 else 1e-12),
        1.0 / (d[2] if abs(d[2]) > 1e-12 else 1e-12),
    )
    best, which = reach, -1
    stack[0], depth = 0, 1
    while depth > 0:
        depth -= 1
        node = stack[depth]
        if _enters(tree.low, tree.high, node, o, inverse, best) >= FAR:
            continue
        if tree.count[node] > 0:
            for i in range(tree.first[node], tree.first[node] + tree.count[node]):
                t = _meet(tree.kind[i], tree.numbers[i], o, d, best)
                if t < best:
                    best, which = t, i
                    if any_hit:
                        return best, which
            continue
        one, two = tree.first[node], tree.first[node] + 1
        a = _enters(tree.low, tree.high, one, o, inverse, best)
        b = _enters(tree.low, tree.high, two, o, inverse, best)
        if a > b:
            one, two, a, b = two, one, b, a
        if b < FAR:
            stack[depth] = two
            depth += 1
        if a < FAR:
            stack[depth] = one
            depth += 1
    return (best, which) if which >= 0 else (FAR, -1)
