"""Where somebody's joints are: a stance in, bones out. Own axes: x to the right, y up, z ahead; metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.light import Array, unit, vec
from studio.tailor.mesh import P, yaw

DOWN_LEFT: P = (-0.27, 0.80, 0.06)
DOWN_RIGHT: P = (0.27, 0.80, 0.06)


@dataclass(frozen=True)
class Stance:
    """Where the palms are, how knees and back bend, how the head is held; angles in degrees.

    `lean` forward, `tilt` to the right, `twist` of the shoulders and `look` of the head to the right, `nod` down.
    """

    left: P = DOWN_LEFT
    right: P = DOWN_RIGHT
    crouch: float = 0.0
    lean: float = 0.0
    tilt: float = 0.0
    twist: float = 0.0
    nod: float = 0.0
    look: float = 0.0
    spread: float = 0.13
    elbows: P = (0.55, -0.8, -0.3)


@dataclass(frozen=True)
class Bones:
    """Joints of somebody 1.75 m tall; arms and legs as (left, right)."""

    hip: Array
    trunk: Array
    neck: Array
    skull: Array
    head: Array
    shoulders: tuple[Array, Array]
    elbows: tuple[Array, Array]
    wrists: tuple[Array, Array]
    palms: tuple[Array, Array]
    thighs: tuple[Array, Array]
    knees: tuple[Array, Array]
    ankles: tuple[Array, Array]

    def spine(self, height: float, x: float = 0.0, z: float = 0.0) -> Array:
        """A point of the trunk, `height` metres above the hip along the back."""
        return (self.hip + self.trunk @ vec(x, height, z)).astype(np.float32)


def pitch(degrees: float) -> Array:
    """A turn that bows forward."""
    c, s = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))
    return np.array([(1, 0, 0), (0, c, -s), (0, s, c)], np.float32)


def roll(degrees: float) -> Array:
    """A turn that leans to the right."""
    c, s = float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))
    return np.array([(c, s, 0), (-s, c, 0), (0, 0, 1)], np.float32)


def joint(a: Array, target: Array, upper: float, lower: float, hint: Array) -> tuple[Array, Array]:
    """Elbow or knee between `a` and a target, bent towards `hint`; also the target as far as it can be reached."""
    line = target - a
    distance = float(np.linalg.norm(line))
    reach = float(np.clip(distance, abs(upper - lower) + 0.02, (upper + lower) * 0.997))
    axis = line / max(distance, 1e-6)
    out = (upper**2 - lower**2 + reach**2) / (2 * reach)
    lift = float(np.sqrt(max(upper**2 - out**2, 0)))
    side = unit((hint - float(hint @ axis) * axis).astype(np.float32))
    return (a + axis * out + side * lift).astype(np.float32), (a + axis * reach).astype(np.float32)


def bones(stance: Stance) -> Bones:
    """The joints of a stance."""
    hip = vec(0, 0.95 - stance.crouch, -0.22 * stance.crouch - 0.0016 * stance.lean)
    trunk = roll(stance.tilt) @ pitch(stance.lean) @ yaw(stance.twist)
    neck = hip + trunk @ vec(0, 0.555, 0.0)
    head = roll(stance.tilt * 0.5) @ yaw(stance.twist * 0.6 + stance.look) @ pitch(stance.lean * 0.45 + stance.nod)
    skull = neck + pitch(stance.lean * 0.6) @ vec(0, 0.046, 0.012) + head @ vec(0, 0.085, 0.018)
    shoulders, elbows, wrists, palms, thighs, knees, ankles = [], [], [], [], [], [], []
    for side, palm in ((-1.0, stance.left), (1.0, stance.right)):
        target = vec(*palm)
        raised = float(np.clip((target[1] - (hip[1] + 0.45)) / 0.5, 0, 1))
        shoulder = hip + trunk @ vec(side * (0.185 - 0.02 * raised), 0.495 + 0.05 * raised, 0.0)
        hint = trunk @ (vec(*stance.elbows) * vec(side, 1, 1))
        elbow, hand = joint(shoulder, target, 0.295, 0.335, hint)
        wrist = elbow + (hand - elbow) * (0.255 / 0.335)
        shoulders.append(shoulder)
        elbows.append(elbow)
        wrists.append(wrist.astype(np.float32))
        palms.append(hand)
        thigh = hip + vec(side * 0.09, -0.03, 0)
        knee, ankle = joint(thigh, vec(side * stance.spread, 0.085, -0.02), 0.435, 0.425, vec(side * 0.2, 0, 1))
        thighs.append(thigh)
        knees.append(knee)
        ankles.append(ankle)

    def pair(things: list[Array]) -> tuple[Array, Array]:
        return things[0].astype(np.float32), things[1].astype(np.float32)

    return Bones(
        hip,
        trunk.astype(np.float32),
        neck.astype(np.float32),
        skull.astype(np.float32),
        head.astype(np.float32),
        pair(shoulders),
        pair(elbows),
        pair(wrists),
        pair(palms),
        pair(thighs),
        pair(knees),
        pair(ankles),
    )


def solid(b: Bones, bulk: float = 1.0) -> list[tuple[tuple[float, ...], tuple[float, ...], float, float]]:
    """Round-ended cones the body fills, to keep cloth off it."""
    rows = [
        (b.spine(-0.08, -0.065), b.spine(-0.08, 0.065), 0.122, 0.122),
        (b.spine(0.05, -0.05), b.spine(0.05, 0.05), 0.112, 0.112),
        (b.spine(0.18, -0.05), b.spine(0.18, 0.05), 0.10, 0.10),
        (b.spine(0.33, -0.075), b.spine(0.33, 0.075), 0.108, 0.108),
        (b.spine(0.45, -0.11), b.spine(0.45, 0.11), 0.075, 0.075),
        (b.shoulders[0], b.shoulders[1], 0.055, 0.055),
        (b.neck, b.skull, 0.056, 0.06),
    ]
    for i in (0, 1):
        rows += [
            (b.shoulders[i], b.elbows[i], 0.053, 0.043),
            (b.elbows[i], b.wrists[i], 0.042, 0.030),
            (b.thighs[i], b.knees[i], 0.085, 0.056),
            (b.knees[i], b.ankles[i], 0.056, 0.042),
        ]
    return [(tuple(map(float, p)), tuple(map(float, q)), ra * bulk, rb * bulk) for p, q, ra, rb in rows]
