"""The Soyuz-FG: its shape from published lengths and heights read off photographs, its paint, its frost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.light import Array, Light, linear, mix, smoothstep, unit, vec
from studio.noise import noise2
from studio.solids import Frustum, Hits, Plate, cast, within

if TYPE_CHECKING:
    from studio.camera import Camera

(
    SKIRT,
    KEROSENE,
    CARROT,
    TIP,
    CORE_GREY,
    CORE_WHITE,
    LATTICE,
    RING,
    BAND,
    STAGE,
    SHROUD,
    TOWER,
    NOZZLE,
    FIN,
    COLLAR,
    BASE,
) = range(16)
LENGTH = 49.5
TILE = 48  # picture pixels
# height from, height to, radius from, radius to, part: the core and everything above it
CORE = (
    (0.6, 14.5, 1.02, 1.02, CORE_GREY),
    (14.5, 19.2, 1.02, 1.475, CORE_WHITE),
    (19.2, 26.5, 1.475, 1.33, CORE_WHITE),
    (26.5, 27.9, 1.33, 1.33, LATTICE),
    (27.9, 30.2, 1.33, 1.33, RING),
    (30.2, 31.9, 1.33, 1.33, BAND),
    (31.9, 36.0, 1.33, 1.33, STAGE),
    (36.0, 36.4, 1.33, 1.5, SHROUD),
    (36.4, 42.3, 1.5, 1.5, SHROUD),
    (42.3, 44.0, 1.5, 0.45, SHROUD),
    (44.0, 45.7, 0.4, 0.38, TOWER),
    (45.7, 46.5, 0.55, 0.42, COLLAR),
    (46.5, 48.3, 0.30, 0.26, TOWER),
    (48.3, 49.2, 0.36, 0.24, TOWER),
    (49.2, 49.5, 0.15, 0.02, TOWER),
)
CARROT_PROFILE = (
    (0.0, 1.7, 1.36, 1.34, SKIRT),
    (1.7, 6.9, 1.33, 1.25, KEROSENE),
    (6.9, 17.6, 1.25, 0.52, CARROT),
    (17.6, 19.4, 0.52, 0.06, TIP),
)


def _turned(x: float, z: float, turn: float) -> tuple[float, float]:
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return float(c * x + s * z), float(c * z - s * x)


def shape(tail: float, turn: float) -> list[Frustum | Plate]:
    """The rocket standing over the origin, its nozzle plane at height `tail`, turned `turn` degrees."""
    solids: list[Frustum | Plate] = [
        Frustum((0, tail + low, 0), (0, 1, 0), high - low, r0, r1, part, start=low, holed=part == LATTICE)
        for low, high, r0, r1, part in CORE
    ]
    for quarter in range(4):
        ax, az = _turned(0, -1, turn + 90 * quarter)
        solids += _booster(ax, az, tail)
    solids += [
        Frustum((dx, tail - 0.5, dz), (0, 1, 0), 1.2, 0.36, 0.24, NOZZLE)
        for dx, dz in ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5))
    ]
    return solids


def _booster(ax: float, az: float, tail: float) -> list[Frustum | Plate]:
    """One carrot in the direction (ax, az): leaning in, its fin outward, four nozzles below."""
    foot, head = 2.62, 1.38
    lean = ((head - foot) * ax / 19.4, 1.0, (head - foot) * az / 19.4)
    norm = float(np.sqrt(sum(v * v for v in lean)))
    parts: list[Frustum | Plate] = []
    for low, high, r0, r1, part in CARROT_PROFILE:
        base = (foot * ax + lean[0] * low, tail + low, foot * az + lean[2] * low)
        parts.append(Frustum(base, lean, (high - low) * norm, r0, r1, part, start=low))
    px, pz = -az, ax
    rim = [
        (foot * ax + 1.34 * np.cos(t), tail + 0.02, foot * az + 1.34 * np.sin(t)) for t in np.linspace(0, 2 * np.pi, 13)
    ]
    hub = (foot * ax, tail + 0.05, foot * az)
    parts += [Plate((hub, rim[i], rim[i + 1]), BASE) for i in range(12)]
    out = foot + 1.3
    parts.append(
        Plate(
            (
                (out * ax, tail + 1.7, out * az),
                (out * ax, tail + 0.1, out * az),
                ((out + 1.15) * ax, tail + 0.1, (out + 1.15) * az),
            ),
            FIN,
        )
    )
    for du, dv in ((-0.52, -0.52), (0.52, -0.52), (0.52, 0.52), (-0.52, 0.52)):
        x, z = foot * ax + du * ax + dv * px, foot * az + du * az + dv * pz
        parts.append(Frustum((x, tail - 0.55, z), (0, 1, 0), 1.0, 0.38, 0.26, NOZZLE))
    return parts


def paint(hits: Hits) -> Array:
    """The albedo of every hit: bare paint, then frost, rings, streaks and soot."""
    u, v, part = hits.angle, hits.along, hits.part
    albedo = np.full((*part.shape, 3), 0.5, np.float32)
    plain = {
        SKIRT: "#d9701e",
        KEROSENE: "#74726d",
        TIP: "#6e6d6b",
        CORE_GREY: "#55524d",
        LATTICE: "#26282a",
        RING: "#d8701f",
        STAGE: "#4d5048",
        TOWER: "#d9dad8",
        NOZZLE: "#2b2724",
        FIN: "#c9641a",
        COLLAR: "#3c3d3f",
        BASE: "#3a3531",
    }
    for number, code in plain.items():
        albedo[part == number] = linear(code)
    frosty = np.isin(part, (CARROT, CORE_WHITE, BAND))
    albedo = np.where(frosty[..., None], _frost(u, v, part), albedo)
    albedo = np.where((part == SHROUD)[..., None], _shroud(u, v), albedo)
    albedo = np.where((part == STAGE)[..., None], _band(u, v, albedo), albedo)
    tank = (part == KEROSENE)[..., None]
    albedo = np.where(tank, albedo * (0.86 + 0.30 * noise2(u * 4.0, v * 0.25, 9, seed=33, beta=1.2)[..., None]), albedo)
    soot = np.where(part == SKIRT, smoothstep(0.9, 0.0, v) * 0.35, 0)[..., None]
    albedo = albedo * (1 - soot * (0.4 + 1.2 * noise2(u * 6, v, 7, seed=34)[..., None]))
    dirt = noise2(u * 3.0, v * 0.7, 23, seed=31, beta=1.3)[..., None]
    rings = _rings(v, part)[..., None]
    return (albedo * (0.82 + 0.34 * dirt) * rings).astype(np.float32)


def _rings(v: Array, part: Array) -> Array:
    """Thin dark seams between panels."""
    pitch = np.where(np.isin(part, (CARROT, CORE_WHITE)), 1.55, 2.6)
    seam = np.abs((v / pitch) % 1 - 0.5)
    skirt = (part == SKIRT) & ((v < 0.12) | (np.abs(v - 1.05) < 0.035))
    return (1 - 0.18 * smoothstep(0.485, 0.497, seam) - 0.3 * skirt).astype(np.float32)


def _frost(u: Array, v: Array, part: Array) -> Array:
    """Hoar frost: cloudy white with streaks running down, worn through to grey in patches."""
    radius = np.where(part == CARROT, 1.0, 1.4)
    streak = noise2(u * radius * 5.2, v * 0.32, 21, seed=41, beta=1.25)
    cloud = noise2(u * radius * 1.6, v * 0.8, 17, seed=42, beta=1.7)
    white = mix(linear("#c3c8cc"), linear("#f3f5f6"), smoothstep(0.30, 0.62, streak * 0.55 + cloud * 0.45)[..., None])
    bare = smoothstep(0.63, 0.74, cloud * 0.55 + streak * 0.5 + 0.05 * np.sin(v * 4))
    low = np.where(part == CARROT, smoothstep(8.6, 6.9, v), 0) * 0.55
    return mix(white, linear("#8b8a84"), np.clip(bare * 0.75 + low, 0, 1)[..., None])


def _shroud(u: Array, v: Array) -> Array:
    """White fairing with four folded olive grid panels and faint stains."""
    quarter = np.abs(((u / (np.pi / 2) + 0.35) % 1) - 0.5)
    panel = (quarter < 0.21) & (v > 38.7) & (v < 41.0)
    mesh = (np.abs((u * 9) % 1 - 0.5) < 0.14) | (np.abs((v * 4.2) % 1 - 0.5) < 0.14)
    white = np.broadcast_to(linear("#e9eae7"), (*u.shape, 3))
    olive = mix(linear("#77735c"), linear("#aaa587"), mesh.astype(np.float32)[..., None])
    colour = np.where(panel[..., None], olive, white)
    stripe = (np.abs(v - 37.1) < 0.06) | (np.abs(v - 42.2) < 0.05)
    return (colour * np.where(stripe, 0.7, 1.0)[..., None]).astype(np.float32)


def _band(u: Array, v: Array, under: Array) -> Array:
    """The abstract blue band of this flight: pale waves and dots, no lettering."""
    inside = smoothstep(32.35, 32.45, v) * smoothstep(35.4, 35.3, v)
    wave = np.sin(u * 4 + np.sin(v * 3.1) * 1.3) + np.sin(v * 5.2 - u * 2)
    blue = mix(linear("#1f58b4"), linear("#3f86d6"), smoothstep(-0.6, 0.9, wave)[..., None])
    ornament = smoothstep(0.10, 0.02, np.abs(np.abs(wave - 0.5) - 0.35))
    dots = smoothstep(0.16, 0.08, np.hypot((u * 5) % 1 - 0.5, (v * 1.4) % 1 - 0.5))
    blue = mix(blue, linear("#cfe0f0"), np.clip(ornament * 0.55 + dots * 0.6, 0, 1)[..., None])
    return mix(under, blue, inside[..., None])


def render(
    camera: Camera,
    tail: float,
    light: Light,
    turn: float = 24.0,
    fire: float = 0.0,
    samples: float = 2.0,
    fire_reach: float = 5.0,
) -> tuple[Array, Array]:
    """The rocket as (premultiplied light, alpha) of the whole picture.

    `fire` is the strength of the orange light its own engines throw up on it, `fire_reach` how far in metres.
    """
    corners = np.array([(x, tail + y, z) for x in (-5.4, 5.4) for y in (-1.0, LENGTH) for z in (-5.4, 5.4)], np.float32)
    left, top, right, bottom = camera.bounds(corners)
    colour = np.zeros((camera.height, camera.width, 3), np.float32)
    alpha = np.zeros((camera.height, camera.width), np.float32)
    if right <= left or bottom <= top:
        return colour, alpha
    k = round(samples)
    fine = camera.scaled(k)
    solids = shape(tail, turn)
    for y in range(top, bottom, TILE):
        for x in range(left, right, TILE):
            y1, x1 = min(y + TILE, bottom), min(x + TILE, right)
            strip, cover = _block(fine, (x * k, y * k, x1 * k, y1 * k), solids, light, tail, fire, fire_reach)
            strip = strip * cover[..., None]
            colour[y:y1, x:x1] = strip.reshape(y1 - y, k, x1 - x, k, 3).mean(axis=(1, 3))
            alpha[y:y1, x:x1] = cover.reshape(y1 - y, k, x1 - x, k).mean(axis=(1, 3))
    return colour, alpha


def _block(
    camera: Camera,
    box: tuple[int, int, int, int],
    solids: list[Frustum | Plate],
    light: Light,
    tail: float,
    fire: float,
    reach: float,
) -> tuple[Array, Array]:
    rays = camera.rays(box)
    eye = vec(*camera.eye)
    out = np.zeros(rays.shape, np.float32)
    directions = unit(rays.reshape(-1, 3))
    axis = unit(directions.mean(axis=0))
    slope = float(np.sqrt(max(0.0, 1 - float((directions @ axis).min()) ** 2))) * 1.05
    hits = cast(within(solids, eye, axis, 0.0, slope), eye, rays)
    found = hits.part >= 0
    if not found.any():
        return out, found.astype(np.float32)
    depth = np.where(found, hits.depth, 0)
    points = (eye + depth[..., None] * rays)[found]
    normal = hits.normal[found]
    flat = Hits(hits.depth[found], normal, hits.part[found], hits.along[found], hits.angle[found])
    albedo = paint(flat)
    start = (points + normal * 0.02 + light.sun * 0.03).astype(np.float32)
    middle = points.mean(axis=0)
    casters = within(solids, middle, light.sun, float(np.linalg.norm(points - middle, axis=1).max()), 0.0)
    shadow = cast(casters, start, np.broadcast_to(light.sun, start.shape).astype(np.float32))
    visible = (shadow.part < 0).astype(np.float32)
    lit = light.shade(albedo, normal, visible) * _occlusion(points, normal, tail)[..., None]
    if fire > 0:
        lit = lit + albedo * _fire_light(points, normal, tail, reach)[..., None] * vec(1.0, 0.50, 0.17) * fire
    out[found] = lit
    return out, found.astype(np.float32)


def _occlusion(points: Array, normal: Array, tail: float) -> Array:
    """Darker between the boosters, where little sky is seen."""
    out = np.hypot(points[:, 0], points[:, 2])
    facing = (points[:, 0] * normal[:, 0] + points[:, 2] * normal[:, 2]) / np.maximum(out, 0.1)
    low = smoothstep(19.5, 15.0, points[:, 1] - tail)
    return (1 - low * (0.55 * smoothstep(2.6, 0.6, out) + 0.25 * smoothstep(0.3, -0.8, facing))).astype(np.float32)


def _fire_light(points: Array, normal: Array, tail: float, reach: float) -> Array:
    height = points[:, 1] - tail
    facing = np.clip(0.55 - 0.6 * normal[:, 1], 0.1, 1)
    return (facing * (np.exp(-np.clip(height, 0, None) / reach) + 0.12 * np.exp(-height / (4 * reach)))).astype(
        np.float32
    )
