"""Remote cameras as solids: body, lens, hood, trigger, ball head, tripod, sandbags. Own axes, z along the lens.

Sizes in metres; a camera's origin is the middle of its body.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.parts import (
    Fold,
    Material,
    P,
    Thing,
    ball,
    brick,
    carved,
    cloth,
    egg,
    metal,
    placed,
    ring,
    rod,
    tube,
    turned_by,
)

SHELL = Material("#212124", rough=0.5, specular=0.05, weave=0.10, mottle=0.12)
RUBBER = Material("#141415", rough=0.85, specular=0.02, weave=0.35, mottle=0.15)
SATIN = Material("#232427", rough=0.38, specular=0.05, mottle=0.06)
PALE = Material("#b9b6aa", rough=0.5, specular=0.04, mottle=0.08)
GLASS = Material("#0b1020", rough=0.06, specular=0.12, mottle=0.0)
SCREEN = Material("#0a0b0d", rough=0.10, specular=0.06, mottle=0.03)
TUBE = Material("#1c1d1f", rough=0.32, specular=0.06, mottle=0.10)
ALLOY = metal("#8f9397", 0.34)
LEVEL: P = (1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Remote:
    """One camera on its stand: where, how high (middle of the body), where it looks, its lens."""

    at: P
    high: float
    yaw: float
    pitch: float
    long: float = 0.16
    wide: float = 0.040
    pale: bool = False
    spread: float = 0.40
    turn: float = 20.0
    seed: int = 1

    @property
    def middle(self) -> P:
        """The middle of the body in the world."""
        return self.at[0], self.at[1] + self.high, self.at[2]


def solids(remote: Remote) -> list[list[Thing]]:
    """Everything solid of a remote camera, in the world: camera, stand, sandbags."""
    head = placed(camera(remote), remote.middle, remote.yaw, pitch=-remote.pitch)
    return [head, placed(stand(remote), remote.at, remote.yaw), *(_sacks(remote))]


def camera(remote: Remote) -> list[Thing]:
    """Body, prism hump, grip, dials, screen, trigger, then the lens."""
    things: list[Thing] = [
        brick((0, 0, 0), (0.070, 0.046, 0.024), SHELL, 0.011, soft=0.010, group="body"),
        brick((0.058, -0.004, 0.020), (0.016, 0.044, 0.026), RUBBER, 0.014, soft=0.008, group="grip"),
        brick((-0.046, -0.006, 0.0245), (0.018, 0.032, 0.003), RUBBER, 0.003, group="skin"),
        brick((0, 0.056, 0.004), (0.034, 0.016, 0.026), SHELL, 0.012, soft=0.014, group="body"),
        brick((0, 0.072, 0.006), (0.022, 0.012, 0.022), SHELL, 0.010, soft=0.012, group="body"),
        brick((0, 0.055, 0.028), (0.026, 0.014, 0.010), SHELL, 0.008, soft=0.010, group="body"),
        brick((0, 0.054, -0.030), (0.019, 0.013, 0.010), RUBBER, 0.006, group="eyepiece"),
        brick((-0.006, -0.010, -0.0255), (0.041, 0.029, 0.003), SATIN, 0.004, group="frame"),
        brick((-0.006, -0.010, -0.0284), (0.037, 0.025, 0.0012), SCREEN, 0.001, group="screen"),
        tube((-0.050, 0.044, 0), (-0.050, 0.060, 0), 0.0145, SATIN, edge=0.002),
        tube((-0.050, 0.060, 0), (-0.050, 0.0625, 0), 0.011, SHELL, edge=0.001),
        tube((0.056, 0.044, 0.022), (0.056, 0.052, 0.024), 0.0085, ALLOY, edge=0.002),
        tube((0.040, 0.044, -0.006), (0.040, 0.050, -0.006), 0.006, SATIN),
        tube((0.056, 0.044, -0.008), (0.056, 0.051, -0.008), 0.012, RUBBER, edge=0.002),
        tube((0.054, -0.008, -0.024), (0.054, -0.008, -0.029), 0.015, SATIN, edge=0.002),
        tube((0.054, -0.008, -0.029), (0.054, -0.008, -0.0305), 0.006, SHELL),
        brick((0, 0.086, -0.002), (0.011, 0.003, 0.011), ALLOY, 0.001),
    ]
    things += [tube((0.050, y, -0.024), (0.050, y, -0.0275), 0.004, SATIN) for y in (0.018, 0.032, -0.034)]
    things += [ring((s * 0.073, 0.036, 0), (0.007, 0.005), 0.0016, ALLOY, turn=turned_by(90, 0, 90)) for s in (-1, 1)]
    return [*things, *_trigger(), *_lens(remote)]


def _trigger() -> list[Thing]:
    """The radio on the hot shoe with its aerial and its lead to the body."""
    lamp = Material("#ff3b1e", rough=0.3, specular=0.05, mottle=0.0)
    things: list[Thing] = [
        brick((0, 0.112, -0.004), (0.017, 0.022, 0.027), SATIN, 0.006, group="radio"),
        brick((0, 0.117, -0.0315), (0.012, 0.010, 0.001), SCREEN, 0.001, group="radio screen"),
        ball((0.009, 0.100, -0.0312), 0.0022, lamp, 0.0005),
        rod((-0.012, 0.130, 0.006), (-0.018, 0.168, 0.002), 0.0042, 0.0036, RUBBER, 0.002),
    ]
    path = [
        (-0.017, 0.10, 0.0),
        (-0.05, 0.105, 0.012),
        (-0.088, 0.07, 0.012),
        (-0.094, 0.02, 0.006),
        (-0.072, -0.01, 0.004),
    ]
    return things + lead(path, 0.0022)


def lead(path: list[P], thick: float, paint: Material = RUBBER, pieces: int = 5) -> list[Thing]:
    """A cable through points."""
    marks = np.array(path)
    t = np.arange(len(path))
    fine = np.linspace(0, len(path) - 1, pieces * (len(path) - 1) + 1)
    smooth = np.stack([np.interp(fine, t, marks[:, k]) for k in range(3)], axis=-1)
    for _ in range(3):
        smooth[1:-1] = (smooth[:-2] + 2 * smooth[1:-1] + smooth[2:]) / 4
    points: list[P] = [(float(x), float(y), float(z)) for x, y, z in smooth]
    return [rod(points[i], points[i + 1], thick, thick, paint, 0.001, group="lead") for i in range(len(points) - 1)]


def _lens(remote: Remote) -> list[Thing]:
    """Mount, barrel with ribbed rings, hood with the glass deep inside."""
    long, r = remote.long, remote.wide
    paint = PALE if remote.pale else SATIN
    end, hood = 0.026 + long, 0.026 + long + 0.055
    things: list[Thing] = [
        tube((0, 0, 0.022), (0, 0, 0.031), 0.034, ALLOY, edge=0.001),
        tube((0, 0, 0.030), (0, 0, 0.026 + long * 0.30), r * 0.90, paint, end=r * 0.95, edge=0.002),
        tube((0, 0, 0.026 + long * 0.28), (0, 0, end), r, paint, edge=0.002),
        tube((0, 0, 0.026 + long * 0.30), (0, 0, 0.026 + long * 0.302 + 0.002), r * 1.03, ALLOY),
        tube((0, 0, end - 0.012), (0, 0, end - 0.004), r * 1.06, SATIN, edge=0.002),
        tube((0, 0, end - 0.006), (0, 0, hood), r * 1.10, SHELL, end=r * 1.30, group="hood"),
        carved(tube((0, 0, end + 0.004), (0, 0, hood + 0.01), r * 1.02, SHELL, end=r * 1.26, group="hood"), 0.001),
        egg((0, 0, end - 0.004), (r * 0.98, r * 0.98, 0.016), GLASS, 0.001, group="glass"),
    ]
    for start, stop in ((0.36, 0.58), (0.70, 0.86)):
        marks = np.arange(0.026 + long * start, 0.026 + long * stop, 0.0052)
        things.append(tube((0, 0, float(marks[0])), (0, 0, float(marks[-1]) + 0.004), r * 1.04, RUBBER, edge=0.001))
        things += [tube((0, 0, float(z)), (0, 0, float(z) + 0.0030), r * 1.075, RUBBER, edge=0.001) for z in marks]
    if long > 0.15:
        things.append(tube((0, 0, 0.075), (0, 0, 0.094), r * 1.12, paint, edge=0.002))
        things.append(brick((0, -r * 1.15, 0.0845), (0.010, 0.018, 0.012), paint, 0.004))
    return things


def stand(remote: Remote) -> list[Thing]:
    """Ball head, column, three legs of three sections with twist locks, spreader, rubber feet."""
    h = remote.high
    things: list[Thing] = [
        brick((0, h - 0.053, 0), (0.027, 0.006, 0.024), ALLOY, 0.003),
        brick((0, h - 0.065, 0), (0.023, 0.006, 0.028), TUBE, 0.004),
        tube((0.024, h - 0.065, 0), (0.046, h - 0.065, 0), 0.009, RUBBER, edge=0.002),
        rod((0, h - 0.07, 0), (0, h - 0.092, 0), 0.010, 0.012, ALLOY, 0.002),
        ball((0, h - 0.104, 0), 0.0215, ALLOY, 0.001),
        tube((0, h - 0.148, 0), (0, h - 0.106, 0), 0.0275, TUBE, edge=0.004),
        tube((0.026, h - 0.124, 0), (0.056, h - 0.124, 0), 0.0125, RUBBER, edge=0.003),
        tube((-0.020, h - 0.134, 0.018), (-0.032, h - 0.134, 0.030), 0.008, RUBBER, edge=0.002),
        tube((0, h - 0.158, 0), (0, h - 0.148, 0), 0.032, TUBE, edge=0.002),
        tube((0, h - 0.215, 0), (0, h - 0.158, 0), 0.0140, ALLOY),
        tube((0, h - 0.262, 0), (0, h - 0.212, 0), 0.036, TUBE, end=0.030, edge=0.006),
        tube((0, h * 0.42, 0), (0, h - 0.26, 0), 0.0135, TUBE),
        tube((0, h * 0.42 - 0.02, 0), (0, h * 0.42 + 0.012, 0), 0.019, RUBBER, edge=0.003),
    ]
    things += lead([(-0.07, h, -0.01), (-0.12, h - 0.10, 0.0), (-0.07, h - 0.25, 0.03), (-0.09, h * 0.5, 0.05)], 0.0026)
    drop: list[P] = [(-0.09, h * 0.5, 0.05), (-0.15, h * 0.2, 0.02), (-0.22, 0.004, 0.0), (-0.42, 0.003, -0.10)]
    things += lead([*drop, (-0.60, 0.003, 0.08), (-0.85, 0.003, 0.02), (-1.2, 0.003, 0.12)], 0.0026)
    top = h - 0.232
    for third in range(3):
        a = np.radians(remote.turn + 120 * third)
        out = np.array((np.sin(a), 0.0, np.cos(a)))
        hip, foot = out * 0.036 + (0, top, 0), out * remote.spread + (0, 0.014, 0)
        things += _leg(hip, foot)
        knee = hip + (foot - hip) * 0.40
        things.append(rod((0, h * 0.44, 0), _p(knee), 0.0058, 0.0052, TUBE, 0.001, group="spreader"))
    return things


def _leg(hip: np.ndarray, foot: np.ndarray) -> list[Thing]:
    def at(t: float) -> P:
        return _p(hip + (foot - hip) * t)

    things: list[Thing] = [ball(_p(hip), 0.021, TUBE, 0.012, group="hip")]
    for start, stop, radius in ((0.0, 0.46, 0.0150), (0.42, 0.76, 0.0122), (0.72, 1.0, 0.0096)):
        things.append(tube(at(start), at(stop), radius, TUBE))
    for t, radius in ((0.44, 0.0190), (0.74, 0.0160)):
        things.append(tube(at(t - 0.030), at(t + 0.030), radius, RUBBER, edge=0.003))
        things += [tube(at(t + d), at(t + d + 0.004), radius * 1.07, RUBBER) for d in (-0.02, -0.008, 0.004, 0.016)]
    things.append(rod(at(0.06), at(0.30), 0.0182, 0.0182, RUBBER, 0.001))
    things.append(rod(at(0.985), _p(foot), 0.0125, 0.0165, RUBBER, 0.004))
    return things


def _p(v: np.ndarray) -> P:
    return float(v[0]), float(v[1]), float(v[2])


def _sacks(remote: Remote) -> list[list[Thing]]:
    """A sack hung under the column, two laid against the feet."""
    rng = np.random.default_rng(remote.seed)
    paints = ("#8d7c5c", "#6d7256", "#94866d")
    jute = [cloth(p, 0.0055, 0.050, rough=0.95, weave=0.8, mottle=0.30, hang=0.003, hang_size=0.04) for p in paints]
    figures = [
        placed(hung_sack(jute[remote.seed % 3]), (remote.at[0], remote.high * 0.40, remote.at[2]), remote.yaw + 40)
    ]
    for third in (0, 1, 2):
        a = np.radians(remote.turn + 120 * third + remote.yaw)
        out = remote.spread * float(rng.uniform(0.80, 0.96))
        at = remote.at[0] + out * float(np.sin(a)), 0.0, remote.at[2] + out * float(np.cos(a))
        across = float(np.degrees(a)) + float(rng.uniform(-35, 35))
        figures.append(
            placed(laid_sack(jute[(remote.seed + third) % 3], rng), at, across, float(rng.uniform(0.8, 1.0)))
        )
    return figures


def hung_sack(jute: Material) -> list[Thing]:
    """A sewn sack hanging by its corners from a cord, origin at the hook."""
    cord = Material("#c9bfa6", rough=0.9, weave=0.5)
    return [
        *lead([(0, 0, 0), (-0.03, -0.035, 0), (-0.062, -0.075, 0.004)], 0.0032, cord),
        *lead([(0, 0, 0), (0.03, -0.035, 0), (0.062, -0.078, 0.004)], 0.0032, cord),
        brick((0, -0.150, 0), (0.078, 0.074, 0.026), jute, 0.024, soft=0.05, group="sack"),
        egg((0.004, -0.185, 0), (0.080, 0.066, 0.055), jute, 0.05, group="sack"),
        brick((0, -0.078, 0.002), (0.074, 0.012, 0.007), jute, 0.006, soft=0.012, group="sack"),
        Fold((0, -0.09, 0), (0, 1, 0), (0, 0, -1), 0.06, 0.005, 0.03, 9),
    ]


def laid_sack(jute: Material, rng: np.random.Generator) -> list[Thing]:
    """A sewn sack of sand thrown over a foot: flat, slumped at its ends, hems and corner ears standing off."""
    sag = float(rng.uniform(-0.014, 0.014))
    things: list[Thing] = [
        brick(
            (-0.085, 0.040 + sag, 0.012),
            (0.098, 0.034, 0.092),
            jute,
            0.032,
            soft=0.05,
            turn=turned_by(4, 0, 7),
            group="sack",
        ),
        brick(
            (0.085, 0.040 - sag, -0.010),
            (0.098, 0.036, 0.090),
            jute,
            0.034,
            soft=0.05,
            turn=turned_by(-5, 0, -6),
            group="sack",
        ),
        egg((0.05, 0.055, 0.01), (0.11, 0.030, 0.07), jute, 0.05, group="sack"),
        Fold((0.0, 0.06, 0), (1, 0, 0), (0, 1, 0), 0.16, 0.008, 0.05),
    ]
    for side in (-1, 1):
        hem = (side * 0.192, 0.034, 0.004 * side)
        things.append(
            brick(
                hem,
                (0.016, 0.007, 0.080),
                jute,
                0.005,
                soft=0.016,
                turn=turned_by(side * 4, 0, side * 14),
                group="sack",
            )
        )
        things += [
            egg((side * 0.196, 0.036, z), (0.020, 0.010, 0.012), jute, 0.012, group="sack") for z in (-0.082, 0.082)
        ]
    return things
