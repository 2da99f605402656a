"""How a solid answers the light of sun, sky and fire, as compiled code."""

from __future__ import annotations

from math import atan2, sqrt
from typing import TYPE_CHECKING, NamedTuple

from numba import njit

from studio.solids import BOX, FAR, FRUSTUM, cast
from studio.surfaces import NOZZLE, STEEL, around, chance, coat, relief, step

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Day(NamedTuple):
    """Sun, sky, ground and haze as the compiled code reads them."""

    sun: NDArray[np.float64]
    sun_colour: NDArray[np.float64]
    sky: NDArray[np.float64]
    ground: NDArray[np.float64]
    fire: NDArray[np.float64]
    haze: NDArray[np.float64]
    clear: float  # metres of air after which two thirds of a colour have gone into haze
    airglow: float  # how much of the fires' light the air itself sends on
    shimmer: float  # pixels by which hot air bends what is far behind


@njit(cache=True, error_model="numpy")
def describe(tree, i, p, d):
    """At a point on solid `i` met along `d`: the normal towards us, and the point's height and angle on the solid."""
    n = tree.numbers[i]
    along, round_ = 0.0, 0.0
    if tree.kind[i] == BOX:
        best, nx, ny, nz = -FAR, 0.0, 1.0, 0.0
        for k in range(3):
            j = 3 + 3 * k
            v = (p[0] - n[0]) * n[j] + (p[1] - n[1]) * n[j + 1] + (p[2] - n[2]) * n[j + 2]
            if k == 0:
                along = v + n[12]
            share = abs(v) - n[12 + k]
            if share > best:
                sign = 1.0 if v > 0 else -1.0
                best, nx, ny, nz = share, sign * n[j], sign * n[j + 1], sign * n[j + 2]
    elif tree.kind[i] == FRUSTUM:
        cx, cy, cz = p[0] - n[0], p[1] - n[1], p[2] - n[2]
        height = cx * n[3] + cy * n[4] + cz * n[5]
        qx, qy, qz = cx - height * n[3], cy - height * n[4], cz - height * n[5]
        size = max(sqrt(qx * qx + qy * qy + qz * qz), 1e-9)
        slope = (n[11] - n[10]) / n[9]
        nx, ny, nz = qx / size - slope * n[3], qy / size - slope * n[4], qz / size - slope * n[5]
        ox, oy, oz = n[4] * n[8] - n[5] * n[7], n[5] * n[6] - n[3] * n[8], n[3] * n[7] - n[4] * n[6]
        round_ = atan2(qx * ox + qy * oy + qz * oz, qx * n[6] + qy * n[7] + qz * n[8])
        along = height + n[12]
    else:
        ax, ay, az = n[3] - n[0], n[4] - n[1], n[5] - n[2]
        bx, by, bz = n[6] - n[0], n[7] - n[1], n[8] - n[2]
        nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    size = max(sqrt(nx * nx + ny * ny + nz * nz), 1e-12)
    if nx * d[0] + ny * d[1] + nz * d[2] > 0:
        size = -size
    return (nx / size, ny / size, nz / size), along, round_


@njit(cache=True, error_model="numpy")
def shade(day, tree, tail, lamps, o, d, t, which, stack, pixel, sample, mist):
    """Light a solid sends back at distance `t`."""
    p = (o[0] + t * d[0], o[1] + t * d[1], o[2] + t * d[2])
    n, along, angle = describe(tree, which, p, d)
    material = tree.material[which]
    sunny = n[0] * day.sun[0] + n[1] * day.sun[1] + n[2] * day.sun[2]
    lift = tail if material < STEEL else 0.0
    paint = (tree.paint[which, 0], tree.paint[which, 1], tree.paint[which, 2])
    colour, rough, shine = coat(material, paint, p[0], p[1] - lift, p[2], n[1], sunny, along, angle, mist)
    start = (p[0] + n[0] * 0.012, p[1] + n[1] * 0.012, p[2] + n[2] * 0.012)
    m = n
    if rough > 0:
        near = 0.35 if t < 120 else 0.9
        m = relief(mist, p[0], p[1] - lift, p[2], n[0], n[1], n[2], rough, near)
    red = green = blue = 0.0
    cosine = max(m[0] * day.sun[0] + m[1] * day.sun[1] + m[2] * day.sun[2], 0.0)
    if cosine > 0 and sunny > -0.1:
        r1, r2 = chance(pixel, sample), chance(pixel + 0.5, sample + 3.0)
        sun = (day.sun[0] + 0.009 * (r1 - 0.5), day.sun[1], day.sun[2] + 0.009 * (r2 - 0.5))
        if cast(tree, start, sun, FAR, stack, True)[1] < 0:
            hx, hy, hz = day.sun[0] - d[0], day.sun[1] - d[1], day.sun[2] - d[2]
            size = sqrt(hx * hx + hy * hy + hz * hz)
            gleam = shine * max((hx * m[0] + hy * m[1] + hz * m[2]) / size, 0.0) ** 26 * 1.4
            red += day.sun_colour[0] * (colour[0] * cosine + gleam)
            green += day.sun_colour[1] * (colour[1] * cosine + gleam)
            blue += day.sun_colour[2] * (colour[2] * cosine + gleam)
    seen = 0.0
    turn = chance(pixel, 5.0)
    for k in range(3):
        number = sample * 3 + k
        way = around(n, (number + chance(pixel, number + 9.0)) / 12, (turn + number * 0.618034) % 1.0)
        if cast(tree, start, way, 9.0, stack, True)[1] < 0:
            seen += 1 / 3
    up = m[1] * 0.5 + 0.5
    seen = 0.18 + 0.82 * seen
    red += colour[0] * (day.sky[0] * up + day.ground[0] * (1 - up)) * seen
    green += colour[1] * (day.sky[1] * up + day.ground[1] * (1 - up)) * seen
    blue += colour[2] * (day.sky[2] * up + day.ground[2] * (1 - up)) * seen
    warm = _firelight(tree, lamps, start, m, d, shine, stack, pixel, sample)
    red += (colour[0] * warm[0] + warm[1]) * day.fire[0]
    green += (colour[1] * warm[0] + warm[1]) * day.fire[1]
    blue += (colour[2] * warm[0] + warm[1]) * day.fire[2]
    if material == NOZZLE and lamps.shape[0] > 0:
        hot = step(0.40, -0.02, along) ** 2 * 0.55
        red, green, blue = red + hot * 1.0, green + hot * 0.30, blue + hot * 0.06
    return red, green, blue


@njit(cache=True, error_model="numpy")
def _firelight(tree, lamps, start, n, d, shine, stack, pixel, sample):
    """Light of the fires on a surface: what is scattered, and what gleams."""
    total, gleam = 0.0, 0.0
    for i in range(lamps.shape[0]):
        size = lamps[i, 3]
        loose = 0.45 * size  # a smaller source than it is, for less grain
        x = lamps[i, 0] - start[0] + loose * ((sample + chance(pixel, 7.0 + i)) / 4 - 0.5)
        y = lamps[i, 1] - start[1] + loose * (((sample * 2 + 1) % 4 + chance(pixel, 5.0 + i)) / 4 - 0.5)
        z = lamps[i, 2] - start[2] + loose * (chance(pixel + 0.7, sample * 3.0 + i) - 0.5)
        far = sqrt(x * x + y * y + z * z) + 1e-6
        x, y, z = x / far, y / far, z / far
        facing = n[0] * x + n[1] * y + n[2] * z
        strength = lamps[i, 4] / (far * far + size * size)
        facing = (facing + 0.22) / 1.22
        if facing <= 0 or strength * facing < 0.004:
            continue
        if cast(tree, start, (x, y, z), max(far - size * 0.8, 0.05), stack, True)[1] >= 0:
            continue
        hx, hy, hz = x - d[0], y - d[1], z - d[2]
        half = sqrt(hx * hx + hy * hy + hz * hz) + 1e-9
        total += strength * facing
        gleam += strength * shine * max((hx * n[0] + hy * n[1] + hz * n[2]) / half, 0.0) ** 22
    return total, gleam
