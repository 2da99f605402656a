"""The passes that make a picture of a `studio.clay.World`: find, gather light, smooth it, shade, refine, shadows.

A view is a row of numbers: eye, right, up and forward (3 each), focal length and the axis' pixel (x, y), all in pixels
of the box that is being painted.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from studio.clay import (
    CLEAR,
    FAR,
    MATERIAL,
    METAL,
    ROUGH,
    SHEEN,
    SPECULAR,
    THIN,
    WEAVE,
    Table,
    World,
    noise_at,
)
from studio.tracer import (
    GROUND,
    LEVEL,
    SKY,
    SUN,
    SUN_COLOUR,
    SUN_WIDTH,
    Rgb,
    albedo_at,
    around,
    distance_at,
    heaven,
    incoming,
    normal_at,
    sunlight,
    trace,
)

Layer = NDArray[np.float32]
Marks = NDArray[np.int32]
FOCAL = 12
# Sub-pixel places for edges, a turned square.
NUDGES = ((-0.375, -0.125), (0.125, -0.375), (0.375, 0.125), (-0.125, 0.375))


@njit(cache=True)
def _ray(view: Table, x: float, y: float) -> tuple[Rgb, float]:
    """The unit direction through a pixel, and its part along the view axis."""
    u, v = (x - view[FOCAL + 1]) / view[FOCAL], (view[FOCAL + 2] - y) / view[FOCAL]
    dx = view[9] + u * view[3] + v * view[6]
    dy = view[10] + u * view[4] + v * view[7]
    dz = view[11] + u * view[5] + v * view[8]
    n = np.sqrt(dx * dx + dy * dy + dz * dz)
    return (dx / n, dy / n, dz / n), 1.0 / n


@njit(cache=True, parallel=True)
def find(world: World, view: Table, shape: tuple[int, int]) -> tuple[Layer, Marks, Layer]:
    """For every pixel's middle: distance (FAR: nothing), group (-1: nothing) and surface direction."""
    height, width = shape
    far = np.full((height, width), FAR, np.float32)
    marks = np.full((height, width), -1, np.int32)
    normals = np.zeros((height, width, 3), np.float32)
    eye = (view[0], view[1], view[2])
    fine = 0.35 / view[FOCAL]
    for y in prange(height):
        for x in range(width):
            d, _ = _ray(view, x + 0.5, y + 0.5)
            t, group, _ = trace(world, eye, d, 0.02, 1e4, True, fine)
            if group < 0:
                continue
            far[y, x], marks[y, x] = t, group
            px, py, pz = eye[0] + d[0] * t, eye[1] + d[1] * t, eye[2] + d[2] * t
            n = normal_at(world, px, py, pz, max(0.8 * t / view[FOCAL], 0.0006), True)
            normals[y, x, 0], normals[y, x, 1], normals[y, x, 2] = n
    return far, marks, normals


@njit(cache=True, parallel=True)
def gather(
    world: World, view: Table, light: Table, far: Layer, marks: Marks, normals: Layer, step: int, rays: int
) -> tuple[Layer, Marks]:
    """On a grid of every `step`th pixel: the light from all around, and which pixel it was measured at (-1: none)."""
    height, width = (far.shape[0] + step - 1) // step, (far.shape[1] + step - 1) // step
    mild = np.zeros((height, width, 3), np.float32)
    place = np.full((height, width), -1, np.int32)
    for i in prange(height):
        for j in range(width):
            for n in range(step * step):
                y, x = i * step + n // step, j * step + n % step
                if y < far.shape[0] and x < far.shape[1] and marks[y, x] >= 0:
                    place[i, j] = y * far.shape[1] + x
                    break
            if place[i, j] < 0:
                continue
            y, x = place[i, j] // far.shape[1], place[i, j] % far.shape[1]
            d, _ = _ray(view, x + 0.5, y + 0.5)
            t = far[y, x]
            normal = (float(normals[y, x, 0]), float(normals[y, x, 1]), float(normals[y, x, 2]))
            p = (view[0] + d[0] * t, view[1] + d[1] * t, view[2] + d[2] * t)
            turn = ((i % 4) * 4 + (j % 4) * 7 % 16) / 16.0 + 0.37 * (i % 4)
            mild[i, j, 0], mild[i, j, 1], mild[i, j, 2] = around(world, light, p, normal, rays, turn)
    return mild, place


@njit(cache=True)
def _blend(
    mild: Layer, place: Marks, far: Layer, normals: Layer, y: int, x: int, step: int, reach: int, wide: float
) -> Rgb:
    """The gathered light at a pixel from its neighbours on the grid, as far as they lie on the same surface."""
    row, column = y // step, x // step
    t = far[y, x]
    total, red, green, blue = 1e-9, 0.0, 0.0, 0.0
    for i in range(max(row - reach, 0), min(row + reach + 1, mild.shape[0])):
        for j in range(max(column - reach, 0), min(column + reach + 1, mild.shape[1])):
            if place[i, j] < 0:
                continue
            y1, x1 = place[i, j] // far.shape[1], place[i, j] % far.shape[1]
            cosine = (
                normals[y, x, 0] * normals[y1, x1, 0]
                + normals[y, x, 1] * normals[y1, x1, 1]
                + normals[y, x, 2] * normals[y1, x1, 2]
            )
            if cosine < 0.05:
                cosine = 0.05
            away = ((y - y1) ** 2 + (x - x1) ** 2) / (step * step)
            weight = cosine**6 * np.exp(-away / wide - abs(t - far[y1, x1]) / (0.004 * t + 0.01)) + 1e-7
            total += weight
            red += weight * mild[i, j, 0]
            green += weight * mild[i, j, 1]
            blue += weight * mild[i, j, 2]
    return red / total, green / total, blue / total


@njit(cache=True, parallel=True)
def soothe(mild: Layer, place: Marks, far: Layer, normals: Layer, step: int) -> Layer:
    """The gathered light with its speckle averaged away along each surface."""
    calm = np.zeros_like(mild)
    for i in prange(mild.shape[0]):
        for j in range(mild.shape[1]):
            if place[i, j] >= 0:
                y, x = place[i, j] // far.shape[1], place[i, j] % far.shape[1]
                calm[i, j, 0], calm[i, j, 1], calm[i, j, 2] = _blend(mild, place, far, normals, y, x, step, 3, 7.0)
    return calm


@njit(cache=True)
def _woven(world: World, p: Rgb, n: Rgb, depth: float, footprint: float) -> Rgb:
    """A direction disturbed by fine wrinkles and threads, as far as they are not smaller than a pixel."""
    x, y, z = n
    for size, share in ((0.012, 0.6), (0.004, 0.5), (0.0015, 0.5)):
        fade = min(max(size / (2.5 * footprint) - 0.4, 0.0), 1.0)
        if fade <= 0:
            continue
        s = 1.0 / size
        k = depth * share * fade
        x += k * (noise_at(world.noise, p[0] * s, p[1] * s, p[2] * s + 5.0) - 0.5)
        y += k * (noise_at(world.noise, p[0] * s + 9.0, p[1] * s, p[2] * s) - 0.5)
        z += k * (noise_at(world.noise, p[0] * s, p[1] * s + 13.0, p[2] * s) - 0.5)
    length = np.sqrt(x * x + y * y + z * z)
    return x / length, y / length, z / length


@njit(cache=True)
def _gloss(rough: float, n: Rgb, d: Rgb, sun: Rgb) -> float:
    """How bright the sun's mirror image is on a surface of this roughness."""
    hx, hy, hz = sun[0] - d[0], sun[1] - d[1], sun[2] - d[2]
    length = max(np.sqrt(hx * hx + hy * hy + hz * hz), 1e-6)
    nh = max((n[0] * hx + n[1] * hy + n[2] * hz) / length, 0.0)
    nl = n[0] * sun[0] + n[1] * sun[1] + n[2] * sun[2]
    if nl <= 0:
        return 0.0
    a2 = max(rough, 0.06) ** 4
    spread = nh * nh * (a2 - 1) + 1
    return a2 / (spread * spread) * 0.25 * min(nl * 4, 1.0)


@njit(cache=True)
def _channel(
    c: int,
    light: Table,
    albedo: Rgb,
    mild: Rgb,
    image: Rgb,
    dull: float,
    direct: float,
    thin: tuple[float, float],
    fuzz: float,
    crevice: float,
    grazing: float,
    shine: float,
    m: Table,
) -> float:
    """One colour of `_tint`: matt light, light through thin cloth, mirrored light, and the fuzz of cloth."""
    base, rough, sunny = albedo[c], m[ROUGH], light[SUN_COLOUR + c]
    strength = m[SPECULAR] + (base - m[SPECULAR]) * m[METAL]
    strength += (1 - strength) * grazing * (1 - rough) * crevice
    value = base * dull * (direct * sunny + thin[0] * sunny * base + mild[c] * crevice)
    value += strength * (image[c] * crevice * (1 - 0.5 * rough) + shine * sunny)
    return value + (0.5 * base + 0.15) * (fuzz * mild[c] * crevice + thin[1] * sunny)


@njit(cache=True)
def _tint(world: World, light: Table, p: Rgb, d: Rgb, n: Rgb, group: int, mild: Rgb, footprint: float) -> Rgb:
    """The light a place sends to the eye."""
    m = world.materials[int(world.groups[group, MATERIAL])]
    sun = (light[SUN], light[SUN + 1], light[SUN + 2])
    if m[WEAVE] > 0:
        n = _woven(world, p, n, m[WEAVE], footprint)
    facing = max(-(n[0] * d[0] + n[1] * d[1] + n[2] * d[2]), 0.0)
    cosine = n[0] * sun[0] + n[1] * sun[1] + n[2] * sun[2]
    lift = max(0.004, footprint * 1.5)
    start = (p[0] + n[0] * lift, p[1] + n[1] * lift, p[2] + n[2] * lift)
    seen = sunlight(world, start, sun, True, SUN_WIDTH, 90) if cosine > 0 else 0.0
    through = 0.0
    if m[THIN] > 0 and cosine < 0.25:
        behind = (p[0] + sun[0] * 0.03, p[1] + sun[1] * 0.03, p[2] + sun[2] * 0.03)
        through = m[THIN] * min(max(0.25 - cosine, 0.0), 1.0) * sunlight(world, behind, sun, False, 0.03, 40)
    near = distance_at(world, p[0] + n[0] * 0.014, p[1] + n[1] * 0.014, p[2] + n[2] * 0.014, True) / 0.014
    crevice = 0.45 + 0.55 * min(max(near, 0.0), 1.0)
    direct = max(cosine, 0.0) * seen
    grazing = (1 - facing) ** 5
    rough, metal = m[ROUGH], m[METAL]
    shine = _gloss(rough, n, d, sun) * seen
    back = 2 * (n[0] * d[0] + n[1] * d[1] + n[2] * d[2])
    mirror = (d[0] - back * n[0], d[1] - back * n[1], d[2] - back * n[2])
    if rough < 0.42 and (metal > 0 or m[SPECULAR] > 0.03):
        image = incoming(world, light, start, mirror, 4.0)
    else:
        image = (mild[0] * 0.8, mild[1] * 0.8, mild[2] * 0.8)
    albedo = albedo_at(world, group, p[0], p[1], p[2])
    dull = (1 - metal) * (1 - grazing * (1 - rough) * 0.6)
    fuzz = m[SHEEN] * (1 - facing) ** 3
    thin = through, (direct * 0.5) * fuzz
    red = _channel(0, light, albedo, mild, image, dull, direct, thin, fuzz, crevice, grazing, shine, m)
    green = _channel(1, light, albedo, mild, image, dull, direct, thin, fuzz, crevice, grazing, shine, m)
    blue = _channel(2, light, albedo, mild, image, dull, direct, thin, fuzz, crevice, grazing, shine, m)
    return red, green, blue


@njit(cache=True, parallel=True)
def shade(
    world: World,
    view: Table,
    light: Table,
    far: Layer,
    marks: Marks,
    normals: Layer,
    calm: Layer,
    place: Marks,
    step: int,
) -> tuple[Layer, Layer]:
    """One sample for every pixel: light sent to the eye, and what fell on it from all around."""
    height, width = far.shape
    picture = np.zeros((height, width, 3), np.float32)
    mild = np.zeros((height, width, 3), np.float32)
    for y in prange(height):
        for x in range(width):
            if marks[y, x] < 0:
                continue
            d, _ = _ray(view, x + 0.5, y + 0.5)
            t = far[y, x]
            p = (view[0] + d[0] * t, view[1] + d[1] * t, view[2] + d[2] * t)
            n = (float(normals[y, x, 0]), float(normals[y, x, 1]), float(normals[y, x, 2]))
            e = _blend(calm, place, far, normals, y, x, step, 1, 1.2)
            mild[y, x, 0], mild[y, x, 1], mild[y, x, 2] = e
            c = _tint(world, light, p, d, n, marks[y, x], e, t / view[FOCAL])
            picture[y, x, 0], picture[y, x, 1], picture[y, x, 2] = c
    return picture, mild


@njit(cache=True)
def _rough_place(picture: Layer, far: Layer, marks: Marks, y: int, x: int) -> bool:
    """Whether one sample is too few: at an outline, a seam between things, a step in depth, a hard shadow's edge."""
    here = picture[y, x, 0] + picture[y, x, 1] + picture[y, x, 2]
    for i in range(max(y - 1, 0), min(y + 2, far.shape[0])):
        for j in range(max(x - 1, 0), min(x + 2, far.shape[1])):
            if marks[i, j] != marks[y, x]:
                return True
            if marks[y, x] >= 0:
                if abs(far[i, j] - far[y, x]) > 0.003 * far[y, x]:
                    return True
                there = picture[i, j, 0] + picture[i, j, 1] + picture[i, j, 2]
                if abs(here - there) > 0.2 * (here + there) + 0.06:
                    return True
    return False


@njit(cache=True, parallel=True)
def refine(
    world: World, view: Table, light: Table, far: Layer, marks: Marks, normals: Layer, picture: Layer, mild: Layer
) -> tuple[Layer, Layer]:
    """The picture with several samples where one is too few, premultiplied, and its alpha."""
    height, width = far.shape
    smooth = picture.copy()
    alpha = np.zeros((height, width), np.float32)
    eye = (view[0], view[1], view[2])
    fine = 0.35 / view[FOCAL]
    for y in prange(height):
        for x in range(width):
            if not _rough_place(picture, far, marks, y, x):
                alpha[y, x] = 1.0 if marks[y, x] >= 0 else 0.0
                continue
            red, green, blue, hits = 0.0, 0.0, 0.0, 0.0
            for k in range(4):
                d, _ = _ray(view, x + 0.5 + NUDGES[k][0], y + 0.5 + NUDGES[k][1])
                t, group, _ = trace(world, eye, d, 0.02, 1e4, True, fine)
                if group < 0:
                    continue
                p = (eye[0] + d[0] * t, eye[1] + d[1] * t, eye[2] + d[2] * t)
                n = normal_at(world, p[0], p[1], p[2], max(0.8 * t / view[FOCAL], 0.0006), True)
                e = _borrowed(far, marks, normals, mild, y, x, t, group, n, light)
                c = _tint(world, light, p, d, n, group, e, t / view[FOCAL])
                red, green, blue, hits = red + c[0], green + c[1], blue + c[2], hits + 1
            smooth[y, x, 0], smooth[y, x, 1], smooth[y, x, 2] = red / 4, green / 4, blue / 4
            alpha[y, x] = hits / 4
    return smooth, alpha


@njit(cache=True)
def _borrowed(
    far: Layer, marks: Marks, normals: Layer, mild: Layer, y: int, x: int, t: float, group: int, n: Rgb, light: Table
) -> Rgb:
    """The light from all around at a sample, from the most alike of the nine pixels about it."""
    best, bi, bj = -1.0, -1, -1
    for i in range(max(y - 1, 0), min(y + 2, far.shape[0])):
        for j in range(max(x - 1, 0), min(x + 2, far.shape[1])):
            if marks[i, j] < 0:
                continue
            alike = 1 + n[0] * normals[i, j, 0] + n[1] * normals[i, j, 1] + n[2] * normals[i, j, 2]
            alike = alike / (1 + 40 * abs(far[i, j] - t)) + (0.5 if marks[i, j] == group else 0.0)
            if alike > best:
                best, bi, bj = alike, i, j
    if bi < 0:
        up = 0.5 + 0.5 * n[1]
        return (
            light[SKY] * up + light[GROUND] * (1 - up),
            light[SKY + 1] * up + light[GROUND + 1] * (1 - up),
            light[SKY + 2] * up + light[GROUND + 2] * (1 - up),
        )
    return mild[bi, bj, 0], mild[bi, bj, 1], mild[bi, bj, 2]


@njit(cache=True, parallel=True)
def catch(world: World, view: Table, light: Table, shape: tuple[int, int], step: int, rays: int) -> tuple[Layer, Layer]:
    """What the figures leave of the ground's light: of the sun (every pixel), of the sky (every `step`th)."""
    height, width = shape
    sunny = np.ones((height, width), np.float32)
    open_ = np.ones(((height + step - 1) // step, (width + step - 1) // step), np.float32)
    sun = (light[SUN], light[SUN + 1], light[SUN + 2])
    full = light[SKY] + light[SKY + 1] + light[SKY + 2]
    for y in prange(height):
        for x in range(width):
            d, _ = _ray(view, x + 0.5, y + 0.5)
            if d[1] > -1e-5:
                continue
            t = (view[1] - light[LEVEL]) / -d[1]
            if t <= 0:
                continue
            p = (view[0] + d[0] * t, light[LEVEL] + 0.003, view[2] + d[2] * t)
            sunny[y, x] = sunlight(world, p, sun, False, max(SUN_WIDTH, 0.6 * t / view[FOCAL]), 120)
            if y % step == 0 and x % step == 0:
                turn = ((y // step % 4) * 4 + (x // step % 4) * 7 % 16) / 16.0 + 0.37 * (y // step % 4)
                if distance_at(world, p[0], p[1], p[2], False) < 1.2:
                    e = around(world, light, p, (0.0, 1.0, 0.0), rays, turn)
                    open_[y // step, x // step] = min((e[0] + e[1] + e[2]) / full, 1.0)
    return sunny, open_


@njit(cache=True, parallel=True)
def glaze(glass: World, world: World, view: Table, light: Table, far: Layer) -> tuple[Layer, Layer]:
    """Clear things before everything else: what they reflect (premultiplied), and how much they hide."""
    height, width = far.shape
    picture = np.zeros((height, width, 3), np.float32)
    alpha = np.zeros((height, width), np.float32)
    eye = (view[0], view[1], view[2])
    sun = (light[SUN], light[SUN + 1], light[SUN + 2])
    for y in prange(height):
        for x in range(width):
            for k in range(4):
                d, _ = _ray(view, x + 0.5 + NUDGES[k][0], y + 0.5 + NUDGES[k][1])
                t, group, _ = trace(glass, eye, d, 0.02, float(far[y, x]), True, 0.35 / view[FOCAL])
                if group < 0:
                    continue
                m = glass.materials[int(glass.groups[group, MATERIAL])]
                p = (eye[0] + d[0] * t, eye[1] + d[1] * t, eye[2] + d[2] * t)
                n = normal_at(glass, p[0], p[1], p[2], max(0.8 * t / view[FOCAL], 0.0006), True)
                facing = abs(n[0] * d[0] + n[1] * d[1] + n[2] * d[2])
                reflect = m[SPECULAR] + (1 - m[SPECULAR]) * (1 - facing) ** 5
                back = 2 * (n[0] * d[0] + n[1] * d[1] + n[2] * d[2])
                mirror = (d[0] - back * n[0], d[1] - back * n[1], d[2] - back * n[2])
                image = incoming(world, light, p, mirror, 4.0)
                start = (p[0] + n[0] * 0.01, p[1] + n[1] * 0.01, p[2] + n[2] * 0.01)
                seen = sunlight(world, start, sun, False, SUN_WIDTH, 60)
                shine = _gloss(m[ROUGH], n, d, sun) * seen
                hide = 1 - m[CLEAR] * facing**0.35
                skylight = heaven(light, n[0], n[1], n[2])
                lit = 0.35 + 0.65 * abs(n[0] * sun[0] + n[1] * sun[1] + n[2] * sun[2])
                albedo = albedo_at(glass, group, p[0], p[1], p[2])
                for c in range(3):
                    body = albedo[c] * hide * (lit * seen * light[SUN_COLOUR + c] * 0.8 + skylight[c])
                    shown = body * (1 - reflect) + reflect * (image[c] + shine * light[SUN_COLOUR + c] * 4)
                    picture[y, x, c] += 0.25 * shown
                alpha[y, x] += 0.25 * (hide + (1 - hide) * reflect)
    return picture, alpha
