"""What a ray gathers on its way through fire, dust and glowing air, as compiled code."""

from __future__ import annotations

from math import atan, exp, sqrt

from numba import njit

from studio.billows import EMPTY, depth_towards, lookup, swell
from studio.flame import glow, heat, span, track
from studio.solids import FAR
from studio.surfaces import step


@njit(cache=True, error_model="numpy")
def _between(low, high, o, d):
    """Where a ray enters and leaves a box."""
    near, far = 0.0, FAR
    for k in range(3):
        v = d[k] if abs(d[k]) > 1e-12 else 1e-12
        a, b = (low[k] - o[k]) / v, (high[k] - o[k]) / v
        near, far = max(near, min(a, b)), min(far, max(a, b))
    return near, far


@njit(cache=True, error_model="numpy")
def march(day, lamps, fire, cloud, o, d, depths, tones, shift, tables):
    """Add up fire, dust and glowing air in front of the four samples of a pixel."""
    heads, mist = tables[0], tables[1]
    nearest, farthest = min(depths[0], depths[1], depths[2], depths[3]), max(depths[0], depths[1], depths[2], depths[3])
    c = cloud.corner
    shape = cloud.body.shape
    corner = (c[0] + shape[0] * cloud.cell, c[1] + shape[1] * cloud.cell, c[2] + shape[2] * cloud.cell)
    cloud_in, cloud_out = _between((c[0], c[1], c[2]), corner, o, d)
    reach = span(fire, fire.length)
    low = (-reach, max(fire.tail - fire.length, fire.floor), -reach)
    top = fire.tail + 900.0 if fire.streak > 0 else fire.tail
    flame_in, flame_out = _between(low, (reach, top, reach), o, d)
    if flame_in >= flame_out or fire.strength <= 0:
        flame_in, flame_out = FAR, -FAR
    if cloud_in >= cloud_out:
        cloud_in, cloud_out = FAR, -FAR
    t, end = min(flame_in, cloud_in), min(max(flame_out, cloud_out), farthest)
    red = green = blue = 0.0
    clear, live = 1.0, 1.0
    done = 0
    dt = 0.0
    first = True
    while t < end and clear > 0.004:
        x, y, z = o[0] + t * d[0], o[1] + t * d[1], o[2] + t * d[2]
        body = EMPTY
        stride = 8.0
        if cloud_in <= t <= cloud_out:
            body = lookup(cloud.body, cloud.corner, cloud.cell, x, y, z, EMPTY)
            edge = -0.42 * cloud.look.clump * cloud.look.rough
            fine = 0.055 * cloud.look.clump * (1.0 + 1.6 * (1 - clear))
            stride = fine if body > edge else max(fine, (edge - body) * 0.9)
        elif t < cloud_in:
            stride = cloud_in - t + 0.01
        hot = False
        if t < flame_in:
            stride = min(stride, flame_in - t + 0.01)
        elif t < flame_out:
            below = fire.tail - y
            away = sqrt(x * x + z * z) - span(fire, below)
            hot = away < 0.3
            stride = min(stride, (0.10 + 0.012 * max(below, 0.0)) if hot else max(0.25, away * 0.8))
        dt = stride * shift if first else stride
        first = False
        middle = t + dt * 0.5
        x, y, z = o[0] + middle * d[0], o[1] + middle * d[1], o[2] + middle * d[2]
        for s in range(4):
            if depths[s] <= t and not (done >> s) & 1:
                done |= 1 << s
                live -= 0.25
                red += clear * 0.25 * tones[s, 0]
                green += clear * 0.25 * tones[s, 1]
                blue += clear * 0.25 * tones[s, 2]
        thick, er, eg, eb = 0.0, 0.0, 0.0, 0.0
        if hot:
            h, k = track(fire, x, y, z, mist) if fire.streak > 0 else heat(fire, x, y, z, mist)
            if k > 0:
                r, g, b = glow(h)
                thick = k
                er, eg, eb = er + r * k * fire.strength, eg + g * k * fire.strength, eb + b * k * fire.strength
        if body > EMPTY * 0.99:
            body = lookup(cloud.body, cloud.corner, cloud.cell, x, y, z, EMPTY)
            k, crest = swell(cloud, body, x, y, z, heads, mist, 3)
            if k > 0.01:
                r, g, b = _dusty(day, cloud, x, y, z, body, crest, heads, mist)
                thick += k
                er, eg, eb = er + r * k, eg + g * k, eb + b * k
        if thick > 0:
            share = 1 - exp(-thick * dt)
            weight = clear * live * share / thick
            red, green, blue = red + weight * er, green + weight * eg, blue + weight * eb
            clear *= 1 - share
        t += dt
    for s in range(4):
        if not (done >> s) & 1:
            red += clear * 0.25 * tones[s, 0]
            green += clear * 0.25 * tones[s, 1]
            blue += clear * 0.25 * tones[s, 2]
    if day.airglow > 0:
        air = _air(lamps, o, d, min(0.5 * (nearest + farthest), 2000.0)) * day.airglow
        red, green, blue = red + air * day.fire[0], green + air * day.fire[1] * 1.1, blue + air * day.fire[2]
    return red, green, blue


@njit(cache=True, error_model="numpy")
def _dusty(day, cloud, x, y, z, body, crest, heads, mist):
    """Light a place in the dust sends towards us."""
    wide = cloud.cell * 2
    sun = lookup(cloud.sun, cloud.corner, wide, x + day.sun[0] * 1.2, y + day.sun[1] * 1.2, z + day.sun[2] * 1.2, 1.0)
    near = depth_towards(cloud, x, y, z, day.sun, 0.055 * cloud.look.clump, 3, 1.8, heads, mist)
    sun *= 0.22 + 0.78 * exp(-near * 0.85)
    sky = lookup(cloud.sky, cloud.corner, wide, x, y, z, 1.0) * (0.62 + 0.45 * crest)
    burn = lookup(cloud.fire, cloud.corner, wide, x, y, z, 0.0) * (0.70 + 0.40 * crest)
    hot = lookup(cloud.warmth, cloud.corner, cloud.cell, x, y, z, 0.0)
    share = step(0.0, 24.0, y)
    out0 = out1 = out2 = 0.0
    for k in range(3):
        colour = cloud.low_colour[k] + (cloud.colour[k] - cloud.low_colour[k]) * share
        lit = 0.95 * sun * day.sun_colour[k] + sky * (day.sky[k] * 0.85 + day.ground[k] * 0.55) + burn * day.fire[k]
        if k == 0:
            out0 = colour * lit
        elif k == 1:
            out1 = colour * lit
        else:
            out2 = colour * lit
    if hot > 0.02:
        h = hot * (1.85 - 1.45 * crest) * min(1.0, 0.35 + 0.5 * max(body + 0.6, 0.0)) + 0.25 * hot * hot
        r, g, b = glow(h)
        dim = max(0.0, 1 - 1.2 * h)
        out0, out1, out2 = out0 * dim + r, out1 * dim + g, out2 * dim + b
    return out0, out1, out2


@njit(cache=True, error_model="numpy")
def _air(lamps, o, d, end):
    """Light scattered once, by even thin haze, along a ray that ends at `end`."""
    total = 0.0
    for i in range(lamps.shape[0]):
        x, y, z = lamps[i, 0] - o[0], lamps[i, 1] - o[1], lamps[i, 2] - o[2]
        along = x * d[0] + y * d[1] + z * d[2]
        away = sqrt(max(x * x + y * y + z * z - along * along, 0.0) + lamps[i, 3] ** 2 * 4)
        total += lamps[i, 4] / away * (atan((end - along) / away) + atan(along / away))
    return total
