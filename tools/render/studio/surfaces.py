"""What things are made of: paint, frost, steel and concrete as patterns in space, read by the compiled code."""

from __future__ import annotations

from math import cos, floor, sin

from numba import njit

from studio.noise import sample3

# The rocket's parts.
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
# Everything on the ground.
STEEL, CONCRETE, EARTH, RUBBER = 20, 21, 22, 23
# How rough a surface's relief is, and how much it shines, are answered along with its colour.
DUST = (0.36, 0.28, 0.20)


@njit(cache=True, error_model="numpy", inline="always")
def step(low, high, x):
    """0 below `low`, 1 above `high`, smooth between; the bounds may be swapped."""
    t = min(max((x - low) / (high - low), 0.0), 1.0)
    return t * t * (3 - 2 * t)


@njit(cache=True, error_model="numpy", inline="always")
def blend(a, b, t):
    """From colour `a` to colour `b`."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


@njit(cache=True, error_model="numpy", inline="always")
def times(a, k):
    """Colour `a`, `k` times as bright."""
    return (a[0] * k, a[1] * k, a[2] * k)


@njit(cache=True, error_model="numpy", inline="always")
def cloudy(mist, x, y, z, size):
    """Cloudy noise about 0.5 whose largest clumps are some `size` metres long."""
    s = 40.0 / size
    return sample3(mist, x * s, y * s, z * s)


@njit(cache=True, error_model="numpy", inline="always")
def chance(a, b):
    """A fixed number between 0 and 1 for two whole numbers."""
    v = sin(a * 127.1 + b * 311.7) * 43758.5453
    return v - floor(v)


@njit(cache=True, error_model="numpy")
def coat(material, paint, x, y, z, up, sunny, along, angle, mist):
    """Colour, relief and shine of a surface at a point (rocket parts: measured from the tail's centre)."""
    if material < STEEL:
        return _rocket(material, paint, x, y, z, sunny, along, angle, mist)
    if material == STEEL:
        return _steel(paint, x, y, z, up, mist)
    if material == CONCRETE:
        return _concrete(paint, x, y, z, up, mist)
    if material == EARTH:
        tone = 0.65 + 0.7 * cloudy(mist, x, y, z, 9.0) * (0.6 + 0.8 * cloudy(mist, z, x, y, 1.1))
        return times(paint, tone), 0.5, 0.0
    return times(paint, 0.8 + 0.4 * cloudy(mist, x, y, z, 0.8)), 0.1, 0.12


@njit(cache=True, error_model="numpy")
def _steel(paint, x, y, z, up, mist):
    """Old paint: faded, streaked with rust from above, dusty where it faces up."""
    fade = cloudy(mist, x, y * 0.5, z, 7.0)
    fine = cloudy(mist, x + 3.1, y * 0.6, z + 1.7, 0.9)
    colour = times(paint, 0.55 + 0.62 * fade + 0.34 * (fine - 0.3))
    rust = step(0.60, 0.72, 0.45 * cloudy(mist, z + 9.0, y * 0.35, x, 2.4) + 0.62 * fine)
    colour = blend(colour, (0.135, 0.062, 0.031), rust * 0.75)
    colour = blend(colour, times(DUST, 0.9), step(0.3, 0.95, up) * 0.42 * (0.4 + fade))
    return colour, 0.25, 0.16 * (1 - rust)


@njit(cache=True, error_model="numpy")
def _concrete(paint, x, y, z, up, mist):
    """Cast in boards and panels, stained by water and forty years of fire."""
    wide = cloudy(mist, x, y, z, 14.0)
    fine = cloudy(mist, x + 5.0, y, z + 2.0, 1.3)
    run = cloudy(mist, x * 1.6, y * 0.09, z * 1.6, 1.8)
    tone = 0.52 + 0.55 * wide + 0.30 * (fine - 0.4)
    if abs(up) < 0.5:
        row = floor((y + 0.4 * chance(floor(x / 23.0), 1.0)) / 2.9)
        shift = 5.3 * chance(row, 7.0)
        column = floor((x + z + shift) / 5.3)
        tone *= 0.88 + 0.24 * chance(column, row)
        gap = min(abs((x + z + shift) / 5.3 - column - 0.5), 1.0)
        lift = abs((y + 0.4 * chance(floor(x / 23.0), 1.0)) / 2.9 - row - 0.5)
        tone *= 1 - 0.30 * step(0.490, 0.497, gap) - 0.34 * step(0.482, 0.493, lift)
        tone *= 1 - 0.26 * step(0.55, 0.72, run) * step(-0.6, -9.0, y) - 0.16 * step(0.52, 0.68, run)
    colour = times(paint, tone)
    rust = step(0.64, 0.74, 0.5 * run + 0.5 * cloudy(mist, x, y * 0.2, z, 5.0))
    colour = blend(colour, (0.20, 0.115, 0.062), rust * 0.55)
    from_fire = ((x * x + z * z) ** 0.5 + abs(min(y, 0.0)) * 0.3) / 17.0
    return times(colour, 1 - 0.62 * step(1.15, 0.25, from_fire + 0.5 * (wide - 0.5))), 0.6, 0.0


@njit(cache=True, error_model="numpy")
def _rocket(material, paint, x, y, z, sunny, along, angle, mist):
    if material in (CARROT, CORE_WHITE, BAND, TIP):
        return _frost(material, x, y, z, sunny, along, angle, mist)
    if material == KEROSENE:
        return _tank(paint, x, y, z, along, angle, mist)
    grime = cloudy(mist, x, y * 0.4, z, 2.6)
    fine = cloudy(mist, x * 2.0, y * 0.5, z * 2.0, 0.7)
    tone = 0.80 + 0.26 * grime + 0.18 * (fine - 0.4)
    if material in (SKIRT, FIN, RING):
        soot = step(1.05, -0.15, along + 1.3 * (cloudy(mist, x * 3, y * 0.5, z * 3, 1.0) - 0.5))
        soot = soot * 0.62 if material == SKIRT else (0.25 * grime if material == FIN else 0.0)
        colour = blend(times(paint, tone), (0.035, 0.026, 0.020), soot)
        if material == SKIRT:
            hoop = min(min(abs(along - 0.10), abs(along - 0.98)), abs(along - 1.62))
            door = abs((angle * 1.35 + 0.21) - floor(angle * 1.35 + 0.21) - 0.5)
            colour = times(colour, 1 - 0.42 * step(0.035, 0.012, hoop) - 0.20 * step(0.47, 0.49, door))
            colour = times(colour, 1 - 0.12 * step(0.3, 0.9, sin(angle * 96)) * step(0.09, 0.05, hoop))
        return colour, 0.16, 0.13
    if material == NOZZLE:
        ribs = 0.75 + 0.25 * sin(angle * 40)
        hoops = 1 - 0.45 * step(0.44, 0.47, abs(along * 5.0 - floor(along * 5.0) - 0.5))
        return times(paint, ribs * hoops * tone), 0.1, 0.5
    if material == STAGE:
        return _band(paint, along, angle, tone)
    if material == SHROUD:
        return _shroud(paint, along, angle, tone)
    if material == CORE_GREY:
        tone *= 1 - 0.3 * step(0.46, 0.49, abs(along / 1.5 - floor(along / 1.5) - 0.5))
    return times(paint, tone), 0.12, 0.1


@njit(cache=True, error_model="numpy")
def _seams(along, angle, pitch, sheets):
    """Darkness of weld seams: rings every `pitch` metres and staggered uprights, `sheets` to the round."""
    row = floor(along / pitch)
    ring = abs(along / pitch - row - 0.5)
    turn = angle * sheets / 6.2832 + 0.5 * (row % 2)
    upright = abs(turn - floor(turn) - 0.5)
    return max(step(0.480, 0.494, ring), 0.6 * step(0.486, 0.496, upright))


@njit(cache=True, error_model="numpy")
def _frost(material, x, y, z, sunny, along, angle, mist):
    """Hoar frost on the oxygen tanks: cloudy, run into streaks, shed in flakes down to the grey paint."""
    cloud = cloudy(mist, x, y * 0.55, z, 2.7)
    streak = cloudy(mist, x * 3.6, y * 0.13, z * 3.6, 2.2)
    flake = cloudy(mist, x + 7.0, y * 0.7, z, 0.62)
    depth = 0.55 * cloud + 0.34 * streak + 0.22 * flake
    hoop = abs(along / 1.55 - floor(along / 1.55) - 0.5)
    white = blend((0.56, 0.59, 0.615), (0.90, 0.91, 0.915), step(0.40, 0.66, depth))
    metal = times((0.27, 0.272, 0.255), 0.8 + 0.4 * streak)
    edge = 0.0
    if material == CARROT:
        edge = 0.42 * step(8.9, 6.9, along) + 0.10 * step(12.0, 17.0, along)
    elif material == CORE_WHITE:
        edge = 0.10 * step(21.0, 26.5, along)
    elif material == TIP:
        edge = 0.5
    bare = step(0.645, 0.675, 0.42 * cloud + 0.26 * streak + 0.40 * flake + 0.035 * sunny + edge * 0.36)
    thin = step(0.50, 0.66, streak * 0.6 + cloud * 0.4 + edge * 0.3)
    colour = blend(white, (0.42, 0.43, 0.43), thin * 0.5)
    colour = blend(colour, metal, bare * 0.88)
    colour = times(colour, 1 - 0.26 * step(0.455, 0.495, hoop) * (0.4 + 0.9 * flake))
    colour = times(colour, 1 - 0.20 * _seams(along + 0.3, angle, 3.1, 4.0))
    return colour, 0.55 * (1 - 0.6 * bare), 0.03 + 0.12 * bare


@njit(cache=True, error_model="numpy")
def _tank(paint, x, y, z, along, angle, mist):
    """The kerosene tank: dull oxidised paint, hatches, weld seams, meltwater and frost run down from above."""
    oxide = cloudy(mist, x, y * 0.8, z, 1.9)
    run = cloudy(mist, x * 4.2, y * 0.10, z * 4.2, 2.0)
    fine = cloudy(mist, x * 1.5, y * 1.5, z * 1.5, 0.5)
    colour = times(paint, 0.70 + 0.42 * oxide + 0.22 * (fine - 0.4))
    colour = blend(colour, (0.22, 0.19, 0.155), step(0.55, 0.72, oxide * 0.7 + fine * 0.35) * 0.45)
    reach = step(1.2, 6.9, along)
    wet = step(0.50, 0.62, run) * (0.25 + 0.75 * reach)
    colour = times(colour, 1 - 0.42 * wet)
    rime = step(0.50, 0.30, run + 0.10 * (1 - reach)) * step(4.6, 6.9, along + 2.0 * (oxide - 0.5))
    colour = blend(colour, (0.55, 0.57, 0.585), rime * 0.75)
    colour = times(colour, 1 - 0.34 * _seams(along, angle, 1.28, 5.0))
    hatch_a = angle * 1.1 - floor(angle * 1.1)
    inside = step(0.36, 0.37, hatch_a) * step(0.64, 0.63, hatch_a) * step(3.05, 3.08, along) * step(3.75, 3.72, along)
    inner = step(0.38, 0.39, hatch_a) * step(0.62, 0.61, hatch_a) * step(3.10, 3.13, along) * step(3.70, 3.67, along)
    colour = times(colour, 1 - 0.35 * (inside - inner) + 0.08 * inner)
    soot = step(2.5, 1.6, along + 0.8 * (oxide - 0.5)) * 0.35
    return blend(colour, (0.04, 0.034, 0.028), soot), 0.22, 0.10


@njit(cache=True, error_model="numpy")
def _shroud(paint, along, angle, tone):
    """White fairing with four folded olive grid panels, seams and faint stains."""
    quarter = angle / 1.5708 + 0.35
    quarter = abs(quarter - floor(quarter) - 0.5)
    colour = times(paint, tone)
    if quarter < 0.21 and 38.7 < along < 41.0:
        mesh_a, mesh_b = angle * 9 - floor(angle * 9), along * 4.2 - floor(along * 4.2)
        mesh = 1.0 if abs(mesh_a - 0.5) < 0.14 or abs(mesh_b - 0.5) < 0.14 else 0.0
        colour = blend((0.17, 0.16, 0.105), (0.38, 0.36, 0.24), mesh)
    seam = min(min(abs(along - 37.1), abs(along - 42.2)), min(abs(along - 38.4), abs(along - 36.4)))
    split = abs(angle * 0.6366 - floor(angle * 0.6366) - 0.5)
    return times(colour, 1 - 0.3 * step(0.05, 0.02, seam) - 0.16 * step(0.486, 0.494, split)), 0.08, 0.10


@njit(cache=True, error_model="numpy")
def _band(paint, along, angle, tone):
    """The abstract blue band of this flight: pale waves and dots, no lettering."""
    inside = step(32.35, 32.40, along) * step(35.4, 35.35, along)
    wave = sin(angle * 4 + sin(along * 3.1) * 1.3) + sin(along * 5.2 - angle * 2)
    blue = blend((0.013, 0.098, 0.455), (0.05, 0.238, 0.672), step(-0.6, 0.9, wave))
    ornament = step(0.10, 0.02, abs(abs(wave - 0.5) - 0.35))
    dx, dy = angle * 5 - floor(angle * 5) - 0.5, along * 1.4 - floor(along * 1.4) - 0.5
    dots = step(0.16, 0.08, (dx * dx + dy * dy) ** 0.5)
    blue = blend(blue, (0.624, 0.745, 0.871), min(1.0, ornament * 0.55 + dots * 0.6))
    return times(blend(paint, blue, inside), tone), 0.08, 0.12


@njit(cache=True, error_model="numpy", inline="always")
def relief(mist, x, y, z, nx, ny, nz, rough, size):
    """The normal tilted by the slope of cloudy noise of `size` metres."""
    h = size * 0.02
    here = cloudy(mist, x, y, z, size)
    gx = (cloudy(mist, x + h, y, z, size) - here) / h
    gy = (cloudy(mist, x, y + h, z, size) - here) / h
    gz = (cloudy(mist, x, y, z + h, size) - here) / h
    flat = gx * nx + gy * ny + gz * nz
    k = rough * size * 0.032
    nx, ny, nz = nx - k * (gx - flat * nx), ny - k * (gy - flat * ny), nz - k * (gz - flat * nz)
    size_ = max((nx * nx + ny * ny + nz * nz) ** 0.5, 1e-9)
    return nx / size_, ny / size_, nz / size_


@njit(cache=True, error_model="numpy", inline="always")
def around(n, r1, r2):
    """A direction about the normal, more often near it: for the sky's light. `r1` and `r2` are between 0 and 1."""
    z = 1 - 2 * r1
    r = max(1 - z * z, 0.0) ** 0.5
    x, y = r * cos(6.2832 * r2), r * sin(6.2832 * r2)
    dx, dy, dz = n[0] + x * 0.98, n[1] + y * 0.98, n[2] + z * 0.98
    size = max((dx * dx + dy * dy + dz * dz) ** 0.5, 1e-6)
    return dx / size, dy / size, dz / size
