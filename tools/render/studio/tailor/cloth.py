"""Cloth that hangs: a grid of threads that keep their length, pulled by gravity and wind, kept off a body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from studio.light import Array


@dataclass(frozen=True)
class Fall:
    """How a piece of cloth is let fall: steps of 1/60 s, and rounds of pulling its threads straight in each."""

    steps: int = 60
    rounds: int = 8
    bend: float = 0.25
    damping: float = 0.97
    gravity: float = 9.8
    wind: tuple[float, float, float] = (0.0, 0.0, 0.0)
    friction: float = 0.35
    floor: float = 0.012
    seed: int = 1


def capsules(rows: list[tuple[tuple[float, ...], tuple[float, ...], float, float]]) -> Array:
    """Round-ended cones (a, b, radius at a, radius at b) as the rows `drape` wants."""
    return np.array([(*a, *b, ra, rb) for a, b, ra, rb in rows], np.float32)


def drape(start: Array, rest: Array, body: Array, free: Array, fall: Fall, wrapped: bool = True) -> Array:
    """Let a (rows, columns, 3) grid fall from `start`; its threads want the lengths they have in `rest`.

    `body` is one set of capsules (k, 8), or two (2, k, 8) for a body that moves from the first to the second in the
    first half of the time. `free` (rows, columns) is 0 where the cloth is held, 1 where it is free.
    """
    one, two, length, stiff = _threads(rest, wrapped, fall.bend)
    moves = np.stack([body, body]) if body.ndim == 2 else body
    rng = np.random.default_rng(fall.seed)
    points = start.reshape(-1, 3).astype(np.float32)
    points = points + rng.normal(0, 0.0015, points.shape).astype(np.float32) * free.reshape(-1, 1)
    end = _fall(
        points.astype(np.float32),
        free.reshape(-1).astype(np.float32),
        one,
        two,
        length,
        stiff,
        moves.astype(np.float32),
        fall.steps,
        fall.rounds,
        np.float32(fall.damping),
        np.float32(fall.gravity / 3600),
        np.array(fall.wind, np.float32) / np.float32(3600),
        np.float32(fall.friction),
        np.float32(fall.floor),
    )
    return end.reshape(start.shape)


def _threads(rest: Array, wrapped: bool, bend: float) -> tuple[Array, Array, Array, Array]:
    """Pairs of grid points tied together, their lengths, and how stiffly."""
    rows, columns = rest.shape[:2]
    index = np.arange(rows * columns).reshape(rows, columns)
    flat = rest.reshape(-1, 3)
    ones, twos, stiff = [], [], []
    for down, right, strength in (
        (0, 1, 1.0),
        (1, 0, 1.0),
        (1, 1, 0.35),
        (1, -1, 0.35),
        (0, 2, bend),
        (2, 0, bend),
        (0, 4, bend * bend),
        (4, 0, bend * bend),
    ):
        a = index[: rows - down]
        b = np.roll(index, -right, axis=1)[down:]
        if not wrapped and right:
            a, b = (a[:, :-right], b[:, :-right]) if right > 0 else (a[:, -right:], b[:, -right:])
        ones.append(a.reshape(-1))
        twos.append(b.reshape(-1))
        stiff.append(np.full(a.size, strength, np.float32))
    one, two = np.concatenate(ones).astype(np.int32), np.concatenate(twos).astype(np.int32)
    length = np.linalg.norm(flat[one] - flat[two], axis=1).astype(np.float32)
    return one, two, length, np.concatenate(stiff)


@njit(cache=True)
def _fall(p, free, one, two, length, stiff, body, steps, rounds, damping, gravity, wind, friction, floor):  # type: ignore[no-untyped-def]  # compiled
    n = p.shape[0]
    q = p.copy()
    caps = body[0].copy()
    for step in range(steps):
        ease = min(1.0, step / max(1.0, steps * 0.5))
        ease = ease * ease * (3 - 2 * ease)
        for k in range(caps.shape[0]):
            for j in range(8):
                caps[k, j] = body[0, k, j] + (body[1, k, j] - body[0, k, j]) * ease
        for i in range(n):
            if free[i] > 0:
                gust = 0.6 + 0.4 * np.sin(3.1 * p[i, 0] + 2.3 * p[i, 1] + 0.11 * step)
                for j in range(3):
                    v = (p[i, j] - q[i, j]) * damping
                    q[i, j] = p[i, j]
                    p[i, j] += v + wind[j] * gust - (gravity if j == 1 else 0.0)
        for r in range(rounds):
            for e in range(one.shape[0]):
                a, b = one[e], two[e]
                wa, wb = free[a], free[b]
                if wa + wb == 0:
                    continue
                dx, dy, dz = p[b, 0] - p[a, 0], p[b, 1] - p[a, 1], p[b, 2] - p[a, 2]
                d = np.sqrt(dx * dx + dy * dy + dz * dz) + 1e-9
                k = stiff[e] * (d - length[e]) / d / (wa + wb)
                p[a, 0] += dx * k * wa
                p[a, 1] += dy * k * wa
                p[a, 2] += dz * k * wa
                p[b, 0] -= dx * k * wb
                p[b, 1] -= dy * k * wb
                p[b, 2] -= dz * k * wb
            if r % 3 == 2 or r == rounds - 1:
                _push_out(p, q, free, caps, friction, floor)
    return p


@njit(cache=True)
def _push_out(p, q, free, caps, friction, floor):  # type: ignore[no-untyped-def]  # compiled
    for i in range(p.shape[0]):
        if free[i] == 0:
            continue
        if p[i, 1] < floor:
            p[i, 1] = floor
        for k in range(caps.shape[0]):
            ax, ay, az = caps[k, 0], caps[k, 1], caps[k, 2]
            bx, by, bz = caps[k, 3] - ax, caps[k, 4] - ay, caps[k, 5] - az
            rx, ry, rz = p[i, 0] - ax, p[i, 1] - ay, p[i, 2] - az
            t = min(1.0, max(0.0, (rx * bx + ry * by + rz * bz) / (bx * bx + by * by + bz * bz + 1e-9)))
            gx, gy, gz = rx - t * bx, ry - t * by, rz - t * bz
            d = np.sqrt(gx * gx + gy * gy + gz * gz) + 1e-9
            radius = caps[k, 6] + (caps[k, 7] - caps[k, 6]) * t
            if d < radius:
                push = (radius - d) / d
                p[i, 0] += gx * push
                p[i, 1] += gy * push
                p[i, 2] += gz * push
                for j in range(3):
                    q[i, j] += (p[i, j] - q[i, j]) * friction
